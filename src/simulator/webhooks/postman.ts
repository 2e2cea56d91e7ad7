import type { StoreKeeper } from '../store-keeper.ts';
import { createSigner, type Signer } from './certificate.ts';
import { deliverDue, isDue } from './deliver.ts';

/** Takes webhook events to the subscriber, one round at a time, and shows the certificate they are signed with. */
export interface Postman {
  /** Starts a round if anything is due; returns at once. */
  look(): void;
  certificate(): Promise<Buffer>;
  /** Waits for the round in progress. */
  finish(): Promise<void>;
}

export function createPostman(keeper: StoreKeeper, closing: AbortSignal): Postman {
  // A key pair takes a moment to make, and most runs never need one.
  let signer: Promise<Signer> | undefined;
  let round: Promise<void> | undefined;
  const signing = () => {
    signer ??= createSigner();
    return signer;
  };

  async function deliver(): Promise<void> {
    await deliverDue(keeper.world(), await signing(), closing);
    keeper.saveIfChanged();
  }

  return {
    look() {
      const world = keeper.world();
      const now = world.clock.now();
      if (round !== undefined || !world.webhookEvents.values().some((event) => isDue(event, now))) return;
      round = deliver()
        .catch((error: unknown) => process.emitWarning(`The simulator could not deliver its events: ${error}`))
        .finally(() => {
          round = undefined;
        });
    },
    certificate: async () => (await signing()).certificate,
    async finish() {
      await round;
    },
  };
}
