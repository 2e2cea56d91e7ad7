import type { StoreKeeper } from '../store-keeper.ts';
import { createSigner, type Signer } from './certificate.ts';
import { deliverDue, nextAttemptAt } from './deliver.ts';

/** Takes webhook events to the subscriber, one round at a time, and shows the certificate they are signed with. */
export interface Postman {
  /** Starts a round if anything is due, else waits until something is; returns at once. */
  look(): void;
  certificate(): Promise<Buffer>;
  /** Waits for the round in progress. */
  finish(): Promise<void>;
}

/** The longest a timer can wait; whatever is due later is looked at again then. */
const LONGEST_WAIT_MS = 2 ** 31 - 1;

export function createPostman(keeper: StoreKeeper, closing: AbortSignal): Postman {
  // A key pair takes a moment to make, and most runs never need one.
  let signer: Promise<Signer> | undefined;
  let round: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;
  const signing = () => {
    signer ??= createSigner();
    return signer;
  };
  closing.addEventListener('abort', () => clearTimeout(timer));

  async function deliver(): Promise<void> {
    await deliverDue(keeper.world(), await signing(), closing);
    keeper.saveIfChanged();
  }

  /** The clock may have been moved since the last look, so the wait is measured anew each time. */
  function look(): void {
    clearTimeout(timer);
    if (round !== undefined || closing.aborted) return;
    const world = keeper.world();
    const dueAt = nextAttemptAt(world);
    if (dueAt === undefined) return;
    const waitMs = dueAt - world.clock.now();
    // The process need not stay alive for it.
    if (waitMs > 0) timer = setTimeout(look, Math.min(waitMs, LONGEST_WAIT_MS)).unref();
    else round = deliver().then(lookAgain, warn);
  }

  function lookAgain(): void {
    round = undefined;
    look();
  }

  function warn(error: unknown): void {
    round = undefined;
    process.emitWarning(`The simulator could not deliver its events: ${error}`);
  }

  return {
    look,
    certificate: async () => (await signing()).certificate,
    async finish() {
      await round;
    },
  };
}
