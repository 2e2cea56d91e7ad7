import type { Words } from '../../words/words.ts';
import type { DialogPage, Host } from './host.ts';

export type PageWords = Words['web']['page'];
export type CardContent = Readonly<Record<string, unknown>>;

/** A message of this person; `card` absent: it was taken away. */
export interface Message {
  readonly messageId: string;
  /** It was there before, perhaps on a page that is closed by now. */
  readonly isChange?: boolean;
  readonly card?: CardContent;
}

export interface TurnAnswer {
  readonly messages: readonly Message[];
  readonly text?: string;
  readonly card?: CardContent;
  readonly secret?: CardContent;
  readonly hideAfterSeconds?: number;
  readonly page?: DialogPage;
}

export type Asked =
  | { readonly text: string }
  | { readonly action: unknown; readonly messageId?: string; readonly isDialog?: boolean };

export type LiveEvent = Message | { readonly changed: 'cases' };

interface Session {
  readonly csrf: string;
  readonly name: string;
  readonly language: string;
  readonly words: PageWords;
}

/** The server refused; the page says that it did not get through. */
export class ApiError extends Error {
  readonly status: number;
  /** What the server says about it, in the reader's words. */
  readonly text: string | undefined;

  constructor(status: number, text?: string) {
    super(`HTTP ${status}`);
    this.name = 'ApiError';
    this.status = status;
    this.text = text;
  }
}

/** The server as one signed-in person sees it. */
export interface Api extends Pick<Session, 'name' | 'language' | 'words'> {
  get<T>(path: string): Promise<T>;
  /** Why it did not get through. */
  explain(error: unknown): string;
  post(path: string, body: unknown): Promise<Response>;
  /** Whatever the server answers, for what says by itself what is wrong. */
  request(path: string, init?: RequestInit): Promise<Response>;
  /** A press, or words. Asked again, it is the same press. */
  turn(asked: Asked): Promise<TurnAnswer>;
  /** What happens while the page is open; what was missed while the connection was down comes when it is up again. */
  listen(onEvent: (event: LiveEvent) => void, onUp: () => void): void;
}

const pausesMs = [500, 2_000];

/** Signs in; throws `ApiError` where the server lets nobody in. */
export async function openApi(host: Host): Promise<Api> {
  let session = await signIn(host);

  async function send(path: string, init: RequestInit): Promise<Response> {
    const headers = { ...init.headers, 'X-CSRF-Token': session.csrf };
    return fetch(`/web/api/${path}`, { ...init, headers, credentials: 'same-origin' });
  }

  /** A session ends after hours, or goes on under another cookie; whoever still looks at the page gets another one. */
  async function ask(path: string, init: RequestInit = {}): Promise<Response> {
    let response = await send(path, init);
    if (await isOver(response)) {
      session = await signIn(host);
      response = await send(path, init);
    }
    if (!response.ok) {
      const body = await response.json().catch(() => ({}));
      throw new ApiError(response.status, body.text);
    }
    return response;
  }

  const json = (body: unknown): RequestInit => ({
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });

  function listen(onEvent: (event: LiveEvent) => void, onUp: () => void): void {
    const source = new EventSource('/web/api/events');
    source.onopen = onUp;
    source.onmessage = ({ data }) => onEvent(JSON.parse(data) as LiveEvent);
    // The browser connects again by itself, unless the server refused: then the session has ended.
    source.onerror = async () => {
      if (source.readyState !== EventSource.CLOSED) return;
      await new Promise((resolve) => setTimeout(resolve, 5_000));
      session = await signIn(host).catch(() => session);
      listen(onEvent, onUp);
    };
  }

  return {
    name: session.name,
    language: session.language,
    words: session.words,
    explain: (error) => (error instanceof ApiError && error.text) || session.words.failed,
    get: async <T>(path: string) => (await ask(path)).json() as Promise<T>,
    post: (path, body) => ask(path, json(body)),
    request: (path, init = {}) => send(path, init),
    async turn(asked) {
      const body = { ...asked, key: crypto.randomUUID() };
      const send = async (): Promise<TurnAnswer> => (await ask('turn', json(body))).json();
      for (const ms of pausesMs) {
        try {
          return await send();
        } catch (error) {
          // What the server has read and refused would be refused again.
          if (error instanceof ApiError && error.status < 500) throw error;
          await new Promise((resolve) => setTimeout(resolve, ms));
        }
      }
      return send();
    },
    listen,
  };
}

/** A no to this person comes with a sentence. */
async function isOver(response: Response): Promise<boolean> {
  if (response.status !== 403) return response.status === 401;
  const body = await response
    .clone()
    .json()
    .catch(() => ({}));
  return body.text === undefined;
}

async function signIn(host: Host): Promise<Session> {
  const token = await host.token();
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const response = await fetch('/web/api/session', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ ...(token !== undefined && { token }), locale: host.locale, timeZone }),
    credentials: 'same-origin',
  });
  if (!response.ok) {
    const body = await response.json().catch(() => ({}));
    throw new ApiError(response.status, body.text);
  }
  return response.json();
}
