import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { isKind, undefinedOn } from '../client/errors.ts';
import type { Api, Call } from '../client/request.ts';
import { enumeration, flag, instant, many, maybe, shape, text } from '../client/wire.ts';

/** Source: *Partner Center webhooks*. One registration per tenant. */
const registration = shape({ subscriberId: maybe(text), webhookUrl: text, webhookEvents: many(text) });
const eventNames = z.array(text);
const started = shape({ correlationId: z.string().min(1) });
const testResult = shape({
  correlationId: maybe(text),
  status: maybe(enumeration()),
  results: many(
    shape({
      responseCode: maybe(text),
      responseMessage: maybe(text),
      systemError: maybe(flag),
      dateTimeUtc: maybe(instant),
    }),
  ),
});

export interface WebhookRegistration {
  readonly url: string;
  readonly events: readonly string[];
  readonly subscriberId?: string;
}

/**
 * What became of it. `foreign`: another host is registered, and was left so (there is one registration per tenant, and
 * it may be somebody's livelihood). `not-offered`: none of the events is on offer, so nothing was registered.
 */
export type Ensured =
  | { readonly outcome: 'registered' | 'kept' | 'replaced' | 'foreign'; readonly registration: WebhookRegistration }
  | { readonly outcome: 'not-offered'; readonly registration?: undefined };

export interface WebhookTest {
  /** `completed` is good; `started`, `failed` and others occur. */
  readonly status: string;
  readonly attempts: readonly {
    readonly code: string;
    readonly message: string;
    /** Partner Center's own trouble, not the receiver's. */
    readonly isSystemError: boolean;
    readonly at?: Date;
  }[];
}

export interface Webhooks {
  /** `undefined` where nothing is registered. */
  registration(): Promise<WebhookRegistration | undefined>;
  /**
   * Registers these events at this address, unless they are; events that are not on offer are left out. What is
   * registered at the same host, or at the address we had formerly, is ours and is replaced.
   */
  ensure(url: string, events: readonly string[], formerUrl?: string): Promise<Ensured>;
  /** Asks for a test event; at most two a minute, `test-created` must be registered. Returns its correlation id. */
  test(): Promise<string>;
  testResult(correlationId: string): Promise<WebhookTest>;
}

function toEventNames(body: unknown): string[] {
  return eventNames.parse(body);
}

export function toRegistration(body: unknown): WebhookRegistration {
  const { subscriberId, webhookUrl, webhookEvents } = registration.parse(body);
  return { url: webhookUrl, events: webhookEvents, ...(subscriberId ? { subscriberId } : {}) };
}

/** PascalCase, as the article has it. */
export function fromRegistration(url: string, events: readonly string[]) {
  return { WebhookUrl: url, WebhookEvents: [...events] };
}

export function toTestResult(body: unknown): WebhookTest {
  const { status, results } = testResult.parse(body);
  return {
    status: status ?? '',
    attempts: results.map(({ responseCode, responseMessage, systemError, dateTimeUtc }) => ({
      code: responseCode ?? '',
      message: responseMessage ?? '',
      isSystemError: systemError ?? false,
      ...(dateTimeUtc ? { at: dateTimeUtc } : {}),
    })),
  };
}

const root = '/webhooks/v1/registration';

export function createWebhooks(api: Api): Webhooks {
  const call = (operation: string, method: Call['method'], rest = ''): Call => ({
    operation,
    method,
    path: `${root}${rest}`,
    token: 'either',
  });
  const events = () => api.read(call('listWebhookEvents', 'GET', '/events'), toEventNames);

  function current(): Promise<WebhookRegistration | undefined> {
    const read = api.read(call('getWebhookRegistration', 'GET'), (body) =>
      body === undefined || body === null ? undefined : toRegistration(body),
    );
    return read.catch(undefinedOn('not-found'));
  }

  async function put(operation: string, method: 'POST' | 'PUT', url: string, wanted: readonly string[]) {
    const body = fromRegistration(url, wanted);
    const answered = await api.read({ ...call(operation, method), body, requestId: randomUUID() }, (answer) =>
      answer === undefined || answer === null ? undefined : toRegistration(answer),
    );
    return answered ?? { url, events: wanted };
  }
  const register = (url: string, wanted: readonly string[]) => put('registerWebhook', 'POST', url, wanted);
  const replace = (url: string, wanted: readonly string[]) => put('replaceWebhook', 'PUT', url, wanted);

  return {
    registration: current,

    async ensure(url, wanted, formerUrl) {
      const [known, offered] = await Promise.all([current(), events()]);
      const names = offered.map((name) => name.toLowerCase());
      const possible = wanted.filter((name) => names.includes(name.toLowerCase()));
      if (possible.length === 0) return { outcome: 'not-offered' };

      const settle = async (registered: WebhookRegistration): Promise<Ensured> => {
        if (isSame(registered, url, possible)) return { outcome: 'kept', registration: registered };
        const isOurs = registered.url === formerUrl || hostOf(registered.url) === hostOf(url);
        if (!isOurs) return { outcome: 'foreign', registration: registered };
        return { outcome: 'replaced', registration: await replace(url, possible) };
      };
      if (known) return settle(known);
      try {
        return { outcome: 'registered', registration: await register(url, possible) };
      } catch (error) {
        // Another process of ours, or somebody else, was quicker.
        const made = isKind(error, 'conflict') ? await current() : undefined;
        if (!made) throw error;
        return settle(made);
      }
    },

    test: async () => {
      const { correlationId } = await api.read(call('testWebhook', 'POST', '/validationEvents'), (body) =>
        started.parse(body),
      );
      return correlationId;
    },

    testResult: (correlationId) =>
      api.read(call('getWebhookTest', 'GET', `/validationEvents/${encodeURIComponent(correlationId)}`), toTestResult),
  };
}

function hostOf(url: string): string | undefined {
  return URL.canParse(url) ? new URL(url).host : undefined;
}

function isSame(known: WebhookRegistration, url: string, events: readonly string[]): boolean {
  const sortNames = (names: readonly string[]) => names.map((name) => name.toLowerCase()).sort();
  return known.url === url && JSON.stringify(sortNames(known.events)) === JSON.stringify(sortNames(events));
}
