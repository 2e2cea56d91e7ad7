import { PartnerCenterError } from './errors.ts';
import type { Log } from './request.ts';
import type { Timer } from './timer.ts';
import type { Ensured, Webhooks } from './webhooks.ts';

/** What the bot acts on; `test-created` lets an operator try it. */
const events = ['test-created', 'subscription-updated', 'invoice-ready'];
/** Somebody may have registered another address meanwhile: it is looked at every day. */
const againMs = 24 * 60 * 60_000;
const afterFailureMs = 10 * 60_000;
const text = 'partner center webhook';

export interface Subscriber {
  /** Sees to the registration, unless that was done lately. Never throws. */
  look(): Promise<void>;
  /** Looks no more, and waits for the look in progress: close the client as well, or before. */
  close(): Promise<void>;
}

export interface SubscriberOptions {
  readonly webhooks: Pick<Webhooks, 'ensure'>;
  /** Where Partner Center reaches the bot's door for events. */
  readonly url: string;
  /** The address we registered last, so that it is known as ours when `url` has changed. */
  readonly former: { load(): Promise<string | undefined>; save(url: string): Promise<void> };
  readonly timer: Timer;
  readonly log: Log;
}

/** Keeps the bot registered for Partner Center's events (reference §9). */
export function createSubscriber({ webhooks, url, former, timer, log }: SubscriberOptions): Subscriber {
  let dueAt = Number.NEGATIVE_INFINITY;
  let looking: Promise<void> | undefined;
  let isClosed = false;

  async function ensure(): Promise<void> {
    try {
      const ensured = await webhooks.ensure(url, events, await former.load());
      dueAt = timer.now() + againMs;
      tell(ensured);
      if (ensured.outcome !== 'foreign' && ensured.outcome !== 'not-offered') await former.save(url);
    } catch (error) {
      dueAt = timer.now() + afterFailureMs;
      if (isClosed) return;
      const { kind, status, code, correlationId } = error instanceof PartnerCenterError ? error : {};
      log.warn({ outcome: 'failed', url, kind, status, code, correlationId }, text);
    }
  }

  function tell({ outcome, registration }: Ensured): void {
    if (outcome === 'not-offered') {
      log.warn({ outcome, url, events }, text);
      return;
    }
    if (outcome !== 'foreign') {
      log.info({ outcome, url, events: registration.events }, text);
      return;
    }
    // Without path and query: they may hold somebody's secret.
    const registered = URL.canParse(registration.url) ? new URL(registration.url).host : 'an address that is none';
    const remedy = `Partner Center has one registration for each tenant, and it is held by ${registered}: events go there, the bot keeps looking by itself. If nobody needs that one any more, replace it by hand with this address (PUT /webhooks/v1/registration).`;
    log.warn({ outcome, url, registered, remedy }, text);
  }

  return {
    look() {
      if (isClosed || (!looking && timer.now() < dueAt)) return Promise.resolve();
      looking ??= ensure().finally(() => {
        looking = undefined;
      });
      return looking;
    },
    async close() {
      isClosed = true;
      await looking;
    },
  };
}
