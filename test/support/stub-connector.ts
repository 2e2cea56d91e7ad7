import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request that the bot sent to "Teams". */
export interface Sent {
  readonly method: string;
  readonly path: string;
  readonly isTargeted: boolean;
  readonly conversationId: string;
  readonly messageId?: string;
  readonly body: Record<string, unknown>;
  /** The body as it came, to be searched for what must not be in it. */
  readonly text: string;
}

/** A message as it stands in a conversation now. */
export interface Message {
  readonly id: string;
  readonly conversationId: string;
  readonly isTargeted: boolean;
  readonly recipientId?: string;
  readonly card?: Record<string, unknown>;
  readonly isDeleted: boolean;
}

/** A stand-in for the Bot Connector: takes messages, remembers every request, and can be told to refuse. */
export interface Connector {
  readonly url: string;
  readonly sent: readonly Sent[];
  messages(conversationId?: string): Message[];
  /** The next request that fits is answered with this status. */
  refuseNext(fits: (sent: Sent) => boolean, status: number, code: string): void;
  /** The next request that fits is carried out, and answered with 502 all the same. */
  loseAnswer(fits: (sent: Sent) => boolean): void;
  /** Resolves with what `look` finds, as soon as it finds something; fails after `withinMs`. */
  until<T>(look: () => T | undefined | false, what: string, withinMs?: number): Promise<T>;
  close(): Promise<void>;
}

export async function startConnector(): Promise<Connector> {
  const sent: Sent[] = [];
  const messages = new Map<string, Message>();
  const refusals: { fits: (sent: Sent) => boolean; status: number; code: string }[] = [];
  const losses: ((sent: Sent) => boolean)[] = [];
  const watchers = new Set<() => void>();
  let last = 0;

  function take(request: Sent): { status: number; body: unknown } {
    const refusal = refusals.findIndex(({ fits }) => fits(request));
    if (refusal >= 0) {
      const [{ status, code } = { status: 500, code: '' }] = refusals.splice(refusal, 1);
      return { status, body: { error: { code, message: code } } };
    }
    if (request.path === '/v3/conversations') {
      const [member] = (request.body.members as { id: string }[] | undefined) ?? [];
      return { status: 201, body: { id: `a:${member?.id}` } };
    }
    if (request.body.type === 'typing') return { status: 201, body: {} };
    const id = request.messageId ?? String(++last);
    const before = messages.get(id);
    const recipient = request.body.recipient as { id?: string } | undefined;
    if (request.method !== 'POST' && !before)
      return { status: 404, body: { error: { code: 'ActivityNotFoundInConversation' } } };
    messages.set(id, {
      id,
      conversationId: request.conversationId,
      isTargeted: before?.isTargeted ?? request.isTargeted,
      recipientId: before?.recipientId ?? recipient?.id,
      card: request.method === 'DELETE' ? undefined : cardIn(request.body),
      isDeleted: request.method === 'DELETE',
    });
    return { status: request.method === 'POST' ? 201 : 200, body: { id } };
  }

  const server = createServer((request, response) => {
    void readAll(request).then((text) => {
      const seen = parse(request, text);
      sent.push(seen);
      const loss = losses.findIndex((fits) => fits(seen));
      const done = take(seen);
      const { status, body } = loss >= 0 ? { status: 502, body: {} } : done;
      if (loss >= 0) losses.splice(loss, 1);
      // In two steps: restify's own writeHead, which it puts on every response of the process, returns nothing.
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
      for (const look of watchers) look();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  return {
    url: `http://127.0.0.1:${port}/`,
    sent,
    messages: (conversationId) =>
      [...messages.values()].filter((message) => !conversationId || message.conversationId === conversationId),
    refuseNext: (fits, status, code) => void refusals.push({ fits, status, code }),
    loseAnswer: (fits) => void losses.push(fits),
    until(look, what, withinMs = 10_000) {
      return new Promise((resolve, reject) => {
        const check = (): void => {
          const found = look();
          if (!found) return;
          watchers.delete(check);
          clearTimeout(timer);
          resolve(found);
        };
        const timer = setTimeout(() => {
          watchers.delete(check);
          reject(new Error(`did not happen within ${withinMs} ms: ${what}`));
        }, withinMs);
        watchers.add(check);
        check();
      });
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function parse(request: IncomingMessage, text: string): Sent {
  const url = new URL(request.url ?? '/', 'http://connector');
  const [, conversationId = '', messageId] =
    url.pathname.match(/^\/v3\/conversations\/([^/]+)\/activities(?:\/([^/]+))?$/) ?? [];
  return {
    method: request.method ?? '',
    path: url.pathname,
    isTargeted: url.searchParams.get('isTargetedActivity') === 'true',
    conversationId: decodeURIComponent(conversationId),
    messageId: messageId && decodeURIComponent(messageId),
    body: text ? JSON.parse(text) : {},
    text,
  };
}

function cardIn(body: Record<string, unknown>): Record<string, unknown> | undefined {
  const [attachment] = (body.attachments as { content: Record<string, unknown> }[] | undefined) ?? [];
  return attachment?.content;
}

async function readAll(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
