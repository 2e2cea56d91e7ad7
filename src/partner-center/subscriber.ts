import { PartnerCenterError } from './errors.ts';
import type { Log } from './request.ts';
import type { Timer } from './timer.ts';
import type { Ensured, WebhookRegistration, Webhooks, WebhookTest } from './webhooks.ts';

/** What the bot acts on; `test-created` lets an operator try it. */
const events = ['test-created', 'subscription-updated', 'invoice-ready'];
/** Somebody may have registered another address meanwhile: it is looked at every day. */
const againMs = 24 * 60 * 60_000;
const afterFailureMs = 10 * 60_000;
const text = 'partner center webhook';
const testText = 'partner center webhook test';
/** Between looks at the result of the test event; the first delivery takes a moment. */
const testPausesMs = [1_000, 2_000, 4_000, 8_000, 15_000, 30_000];
const testEvent = 'test-created';

export interface Subscriber {
  /** Sees to the registration, unless that was done lately; a new one is tried with one test event. Never throws. */
  look(): Promise<void>;
  /** Looks no more, and waits for the look in progress: close the client as well, or before. */
  close(): Promise<void>;
}

export interface SubscriberOptions {
  readonly webhooks: Pick<Webhooks, 'ensure' | 'test' | 'testResult'>;
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
  const closing = new AbortController();

  async function ensure(): Promise<void> {
    try {
      const ensured = await webhooks.ensure(url, events, await former.load());
      dueAt = timer.now() + againMs;
      tell(ensured);
      const { outcome, registration } = ensured;
      if (outcome !== 'foreign' && outcome !== 'not-offered') await former.save(url);
      if (outcome === 'registered' || outcome === 'replaced') await tryOut(registration);
    } catch (error) {
      dueAt = timer.now() + afterFailureMs;
      warn({ outcome: 'failed', url, ...factsOf(error) }, text);
    }
  }

  /** One test event: whether Partner Center reaches us is known now, and not when the first cancellation is missed. */
  async function tryOut({ events }: WebhookRegistration): Promise<void> {
    if (!events.some((name) => name.toLowerCase() === testEvent)) return;
    try {
      const { status, attempts } = await resultOf(await webhooks.test());
      if (status === 'completed') log.info({ status, url, attempts }, testText);
      else warn({ status, url, attempts, remedy: unreached }, testText);
    } catch (error) {
      warn({ status: 'unknown', url, cause: factsOf(error) }, testText);
    }
  }

  /** As it is once it has been delivered, or after a minute; a failed delivery may be followed by a good one. */
  async function resultOf(correlationId: string): Promise<WebhookTest> {
    let result: WebhookTest = { status: 'started', attempts: [] };
    for (const pauseMs of testPausesMs) {
      await timer.pause(pauseMs, closing.signal);
      result = await webhooks.testResult(correlationId).catch((error) => {
        // It may not be there yet.
        if (error instanceof PartnerCenterError && error.kind === 'not-found') return result;
        throw error;
      });
      if (result.status === 'completed') break;
    }
    return result;
  }

  /** What fails because we end is no news. */
  function warn(facts: object, text: string): void {
    if (!closing.signal.aborted) log.warn(facts, text);
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
      if (closing.signal.aborted || (!looking && timer.now() < dueAt)) return Promise.resolve();
      looking ??= ensure().finally(() => {
        looking = undefined;
      });
      return looking;
    },
    async close() {
      closing.abort();
      await looking;
    },
  };
}

const unreached =
  'Partner Center could not deliver its test event. Its address must be reached from the Internet over https with a certificate of a public authority, and proxies must let the header Authorization through and leave the body as it is. Where the bot itself refused the event, the log line `partner center event refused` says why. Cases are tracked all the same, only later.';

function factsOf(error: unknown): object {
  if (!(error instanceof PartnerCenterError)) return {};
  const { kind, status, code, correlationId } = error;
  return { kind, status, code, correlationId };
}
