import { MicrosoftError } from '../../microsoft/errors.ts';
import type { Log } from '../../microsoft/log.ts';
import { realTimer, type Timer } from '../../microsoft/timer.ts';
import { remedies } from '../../words/operators.ts';
import { isKind } from '../client/errors.ts';
import type { Ensured, WebhookRegistration, Webhooks, WebhookTest } from './registration.ts';

/** What the bot acts on; `test-created` lets an operator try it. */
const events = ['test-created', 'subscription-updated', 'invoice-ready'];
/** Somebody may have registered another address meanwhile: it is looked at every day. */
const checkEveryMs = 24 * 60 * 60_000;
const afterFailureMs = 10 * 60_000;
const logText = 'partner center webhook';
const testLogText = 'partner center webhook test';
/** Before each reading of the result of the test event; the first delivery takes a moment. */
const testPausesMs = [1_000, 2_000, 4_000, 8_000, 15_000, 30_000];
const testEvent = 'test-created';

export interface WebhookRegistrar {
  /** Checks the registration, unless that was done lately; a new one is tried with one test event. Never throws. */
  check(): Promise<void>;
  /** Checks no more, and waits for the check in progress: close the client as well, or before. */
  close(): Promise<void>;
}

export interface RegistrarOptions {
  readonly webhooks: WebhookRegistrarOptions['webhooks'];
  /** PUBLIC_URL; without one Partner Center has nowhere to send events to. */
  readonly publicUrl: string | undefined;
  /** The simulator is on this machine, and is the only one that may use http. */
  readonly isSimulated: boolean;
  /** Keeps the address over restarts. */
  readonly vault: {
    load(
      name: string,
    ): Promise<{ readonly kind: 'none' | 'sealed' } | { readonly kind: 'found'; readonly value: string }>;
    save(name: string, value: string): Promise<void>;
  };
  readonly log: Log;
}

/** The registrar of a bot that Partner Center can reach. */
export function createRegistrarFor({ publicUrl, isSimulated, vault, ...parts }: RegistrarOptions) {
  if (publicUrl === undefined) return undefined;
  if (!isSimulated && !publicUrl.startsWith('https:')) {
    parts.log.warn({ publicUrl }, 'PUBLIC_URL is not https: Partner Center sends no events there');
    return undefined;
  }
  const former = {
    async load() {
      const held = await vault.load('webhook-url');
      return held.kind === 'found' ? held.value : undefined;
    },
    save: (url: string) => vault.save('webhook-url', url),
  };
  return createWebhookRegistrar({ ...parts, url: `${publicUrl}/webhooks/partner-center`, former, timer: realTimer });
}

interface WebhookRegistrarOptions {
  readonly webhooks: Pick<Webhooks, 'ensure' | 'test' | 'testResult'>;
  /** Where Partner Center reaches the bot's webhook receiver. */
  readonly url: string;
  /** The address we registered last, so that it is known as ours when `url` has changed. */
  readonly former: { load(): Promise<string | undefined>; save(url: string): Promise<void> };
  readonly timer: Timer;
  readonly log: Log;
}

/** Keeps the bot registered for Partner Center's events (docs/partner-center.md#webhooks-the-registration). */
export function createWebhookRegistrar({
  webhooks,
  url,
  former,
  timer,
  log,
}: WebhookRegistrarOptions): WebhookRegistrar {
  let dueAt = Number.NEGATIVE_INFINITY;
  let checking: Promise<void> | undefined;
  const closing = new AbortController();

  async function ensure(): Promise<void> {
    try {
      const ensured = await webhooks.ensure(url, events, await former.load());
      dueAt = timer.now() + checkEveryMs;
      logOutcome(ensured);
      const { outcome, registration } = ensured;
      if (outcome !== 'foreign' && outcome !== 'not-offered') await former.save(url);
      if (outcome === 'registered' || outcome === 'replaced') await test(registration);
    } catch (error) {
      dueAt = timer.now() + afterFailureMs;
      warn({ outcome: 'failed', url, ...factsOf(error) }, logText);
    }
  }

  /** One test event: whether Partner Center reaches us is known now, and not when the first cancellation is missed. */
  async function test({ events }: WebhookRegistration): Promise<void> {
    if (!events.some((name) => name.toLowerCase() === testEvent)) return;
    try {
      const { status, attempts } = await waitForResult(await webhooks.test());
      if (status === 'completed') log.info({ status, url, attempts }, testLogText);
      else warn({ status, url, attempts, remedy: remedies.testEventNotDelivered }, testLogText);
    } catch (error) {
      warn({ status: 'unknown', url, cause: factsOf(error) }, testLogText);
    }
  }

  /** As it is once it has been delivered, or after a minute; a failed delivery may be followed by a good one. */
  async function waitForResult(correlationId: string): Promise<WebhookTest> {
    let result: WebhookTest = { status: 'started', attempts: [] };
    for (const pauseMs of testPausesMs) {
      await timer.pause(pauseMs, closing.signal);
      result = await webhooks.testResult(correlationId).catch((error) => {
        // It may not be there yet.
        if (isKind(error, 'not-found')) return result;
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

  function logOutcome({ outcome, registration }: Ensured): void {
    if (outcome === 'not-offered') {
      log.warn({ outcome, url, events }, logText);
      return;
    }
    if (outcome !== 'foreign') {
      log.info({ outcome, url, events: registration.events }, logText);
      return;
    }
    // Without path and query: they may hold somebody's secret.
    const registered = URL.canParse(registration.url) ? new URL(registration.url).host : 'an address that is none';
    const remedy = remedies.registeredElsewhere(registered);
    log.warn({ outcome, url, registered, remedy }, logText);
  }

  return {
    check() {
      if (closing.signal.aborted || (!checking && timer.now() < dueAt)) return Promise.resolve();
      checking ??= ensure().finally(() => {
        checking = undefined;
      });
      return checking;
    },
    async close() {
      closing.abort();
      await checking;
    },
  };
}

function factsOf(error: unknown): object {
  if (!(error instanceof MicrosoftError)) return {};
  const { kind, status, code, correlationId } = error;
  return { kind, status, code, correlationId };
}
