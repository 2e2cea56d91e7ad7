import { json } from 'node:stream/consumers';
import { startStubServer } from '../stub-server.ts';

/** The parts of an activity that a bot without Bot Framework looks at. */
export interface Activity {
  readonly type: string;
  readonly id: string;
  readonly text?: string;
  readonly serviceUrl: string;
  readonly replyToId?: string;
  readonly from: { readonly id: string; readonly aadObjectId?: string };
  readonly recipient: { readonly id: string; readonly name: string };
  readonly conversation: { readonly id: string; readonly conversationType?: string };
  readonly value?: { readonly action?: { readonly verb?: string; readonly data?: Record<string, unknown> } };
}

type Card = Record<string, unknown>;

export interface StubBot {
  readonly url: string;
  /** Every activity that came, oldest first. */
  readonly activities: Activity[];
  /** Posts a message into the conversation of an activity, and returns its id. */
  post(to: Activity, message: { text?: string; card?: Card }): Promise<string>;
  /** Replaces a message. */
  edit(to: Activity, id: string, message: { text?: string; card?: Card }): Promise<void>;
  close(): Promise<void>;
}

/** A bot of a few lines: `onMessage` is told of messages, `answer` gives the card that answers a button. */
export async function startStubBot(parts: {
  onMessage: (activity: Activity, bot: StubBot) => Promise<void>;
  answer: (activity: Activity, bot: StubBot) => Promise<Card>;
}): Promise<StubBot> {
  const activities: Activity[] = [];
  const server = await startStubServer(async (request, response) => {
    // The Playground looks with HEAD whether somebody is there.
    if (request.method !== 'POST') {
      // Not `writeHead(405).end()`: restify, once loaded, makes `writeHead` of the whole process return nothing.
      response.statusCode = 405;
      return response.end();
    }
    const activity = (await json(request)) as Activity;
    activities.push(activity);
    if (activity.type === 'invoke') {
      const value = await parts.answer(activity, bot);
      response.setHeader('content-type', 'application/json');
      return response.end(JSON.stringify({ statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value }));
    }
    if (activity.type === 'message') await parts.onMessage(activity, bot);
    return response.end();
  });

  async function send(
    method: string,
    to: Activity,
    path: string,
    message: { text?: string; card?: Card },
  ): Promise<string> {
    const { text, card } = message;
    const response = await fetch(
      `${to.serviceUrl}/v3/conversations/${encodeURIComponent(to.conversation.id)}/${path}`,
      {
        method,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          type: 'message',
          from: to.recipient,
          conversation: to.conversation,
          text,
          ...(card && { attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: card }] }),
        }),
      },
    );
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status}`);
    return ((await response.json()) as { id: string }).id;
  }

  const bot: StubBot = {
    url: server.url,
    activities,
    post: (to, message) => send('POST', to, 'activities', message),
    edit: async (to, id, message) => {
      await send('PUT', to, `activities/${encodeURIComponent(id)}`, message);
    },
    close: () => server.close(),
  };
  return bot;
}
