import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { type CardView, filledIn, viewOf } from './card-view.ts';
import type { KeyServer } from './key-server.ts';
import { personOf, type Who } from './people.ts';

type Json = Record<string, unknown>;

export const staffTenant = 'aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa';
export const appId = 'bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb';

/** The variables of a bot with an app id, whose people sign in at `keys`. */
export function registeredEnv(keys: KeyServer): Record<string, string> {
  const { origin } = new URL(keys.url);
  return {
    HOST: '127.0.0.1',
    MicrosoftAppId: appId,
    MicrosoftAppPassword: 'not a password',
    MicrosoftAppType: 'SingleTenant',
    MicrosoftAppTenantId: staffTenant,
    ToChannelFromBotLoginUrl: `${origin}/botframework.com`,
    ToChannelFromBotOAuthScope: 'https://api.botframework.com',
    ToBotFromChannelTokenIssuer: 'https://api.botframework.com',
    ToBotFromChannelOpenIdMetadataUrl: keys.url,
    ToBotFromEmulatorOpenIdMetadataUrl: keys.url,
    OAuthUrl: origin,
    CallerId: 'urn:botframework:azure',
    ValidateAuthority: 'true',
  };
}

/** What Teams' single sign-on puts into a token of this person; `changed` for tokens that must not pass. */
export function ssoClaims(keys: KeyServer, who: Who = 'ada', changed: Json = {}): Json {
  const seconds = Math.floor(Date.now() / 1000);
  const { id, name } = personOf(who, 1);
  return {
    aud: appId,
    iss: `${new URL(keys.url).origin}/${staffTenant}/v2.0`,
    iat: seconds,
    nbf: seconds,
    exp: seconds + 3600,
    azp: '5e3ce6c0-2b1f-4285-8d4b-75ee78787346',
    name,
    oid: id,
    scp: 'access_as_user',
    tid: staffTenant,
    ver: '2.0',
    ...changed,
  };
}

export interface PageAnswer {
  readonly messages: readonly { readonly messageId: string; readonly card?: Json }[];
  readonly text?: string;
  readonly card?: Json;
  readonly secret?: Json;
}

/** A page of a person: what the browser would send for it. */
export interface WebPage {
  readonly cookie: string;
  readonly csrf: string;
  readonly words: Readonly<Record<string, string>>;
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Response>;
  post(path: string, body: unknown, headers?: Readonly<Record<string, string>>): Promise<Response>;
  turn(asked: Json): Promise<PageAnswer>;
  /** The card that is the answer to these words. */
  says(text: string): Promise<{ readonly messageId: string; readonly view: CardView }>;
  /** Presses a button of that card. */
  presses(
    title: string,
    on: { readonly messageId: string; readonly view: CardView },
    values?: Readonly<Record<string, string>>,
  ): Promise<PageAnswer>;
  /** Everything that the page is told live, until `close`. */
  listen(): Promise<{ readonly received: () => string; close(): void }>;
}

export function beginSession(
  url: string,
  token?: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  return fetch(`${url}/web/api/session`, {
    method: 'POST',
    headers: { origin: new URL(url).origin, 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ ...(token && { token }), locale: 'en-GB', timeZone: 'Europe/Warsaw' }),
  });
}

/** `url`: a function for an app that is started again meanwhile. */
export async function openWebPage(url: string | (() => string), token?: string): Promise<WebPage> {
  const at = typeof url === 'string' ? () => url : url;
  const response = await beginSession(at(), token);
  assert.equal(response.status, 200);
  const { csrf, words } = (await response.json()) as { csrf: string; words: Record<string, string> };
  const [cookie = ''] = (response.headers.get('set-cookie') ?? '').split(';');
  const own = () => ({ cookie, origin: new URL(at()).origin, 'sec-fetch-site': 'same-origin' });
  const get: WebPage['get'] = (path, headers = {}) =>
    fetch(`${at()}/web/api/${path}`, { headers: { ...own(), ...headers } });
  const post: WebPage['post'] = (path, body, headers = {}) =>
    fetch(`${at()}/web/api/${path}`, {
      method: 'POST',
      headers: { ...own(), 'content-type': 'application/json', 'x-csrf-token': csrf, ...headers },
      body: JSON.stringify(body),
    });
  const turn: WebPage['turn'] = async (asked) => {
    const answered = await post('turn', { key: randomUUID(), ...asked });
    assert.equal(answered.status, 200);
    return (await answered.json()) as PageAnswer;
  };
  return {
    cookie,
    csrf,
    words,
    get,
    post,
    turn,
    async says(text) {
      const { messages } = await turn({ text });
      const last = messages.at(-1);
      assert.ok(last?.card, `no card answers "${text}"`);
      return { messageId: last.messageId, view: viewOf(last.card) };
    },
    presses(title, { messageId, view }, values = {}) {
      const { data, verb } = view.button(title);
      return turn({ action: { do: verb, ...(data as Json), ...filledIn(view, values) }, messageId });
    },
    async listen() {
      const closing = new AbortController();
      const opened = await fetch(`${at()}/web/api/events`, { headers: own(), signal: closing.signal });
      assert.equal(opened.headers.get('content-type'), 'text/event-stream');
      let received = '';
      const reading = (async () => {
        const decoder = new TextDecoder();
        for await (const part of opened.body ?? []) received += decoder.decode(part, { stream: true });
      })();
      reading.catch(() => undefined);
      return { received: () => received, close: () => closing.abort() };
    },
  };
}
