import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { Agent, createServer, request } from 'node:http';
import { type CardView, filledIn, viewOf } from '../test/support/card-view.ts';

/** Everybody who talks to the bot; each may do everything. */
export const people = Array.from(
  { length: 1000 },
  (_, index) => `11111111-1111-4111-8111-${String(index).padStart(12, '0')}`,
);

const tenantId = 'aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa';
const agent = new Agent({ keepAlive: true });

/** One place in which one person talks to a bot. */
export interface Talk {
  /** Types a message; resolves when the bot has answered it, in the place. */
  says(text: string): Promise<void>;
  /** Does the newest card have it? */
  has(button: string): boolean;
  /** Presses a button of the newest card; resolves when the card that came back is there. */
  presses(button: string, values?: Record<string, string>): Promise<void>;
}

export interface Teams {
  readonly url: string;
  /** The person's own chat with the bot. */
  chat(botUrl: string, person: number): Talk;
  /** A new thread in a channel. */
  thread(botUrl: string, person: number): Talk;
  close(): void;
}

/** Stands in for Teams and its Bot Connector: sends what people do, and takes what the bot answers. */
export async function startTeams(): Promise<Teams> {
  const answers = new Map<string, (body: string, messageId: string) => void>();
  let messages = 0;
  let threads = 0;

  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk) => chunks.push(chunk));
    incoming.on('end', () => {
      messages += 1;
      const [, , , conversation = '', , messageId = String(messages)] = incoming.url?.split(/[/?]/) ?? [];
      response.writeHead(201, { 'content-type': 'application/json' });
      response.end(`{"id":"${messageId}"}`);
      const body = Buffer.concat(chunks).toString();
      if (body.includes('"type":"message"')) answers.get(decodeURIComponent(conversation))?.(body, messageId);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`;

  function talk(botUrl: string, person: string, conversation: { id: string; conversationType: string }): Talk {
    const base = {
      channelId: 'msteams',
      serviceUrl: url,
      from: { id: `29:${person}`, name: 'Ada Nowak', aadObjectId: person },
      recipient: { id: '28:bot', name: 'Software Desk' },
      conversation: { ...conversation, tenantId, isGroup: conversation.conversationType !== 'personal' },
      channelData: { tenant: { id: tenantId } },
      locale: 'en-GB',
      localTimezone: 'Europe/Warsaw',
    };
    let newest: { body: string; messageId: string } | undefined;

    /** Resolves when the bot has written or changed a message here; that it is at work is no answer yet. */
    function nextMessage(): Promise<void> {
      return new Promise((resolve) => {
        answers.set(conversation.id, (body, messageId) => {
          if (body.includes('Working on it')) return;
          answers.delete(conversation.id);
          newest = { body, messageId };
          resolve();
        });
      });
    }

    function cardOf(body: string): CardView {
      const { attachments, value } = JSON.parse(body);
      return viewOf(value ?? attachments[0].content);
    }

    return {
      async says(text) {
        const answered = nextMessage();
        const mention = { type: 'mention', text: '<at>Bot</at>', mentioned: base.recipient };
        const spoken = base.conversation.isGroup ? { text: `<at>Bot</at> ${text}`, entities: [mention] } : { text };
        await post(botUrl, { ...base, type: 'message', id: randomUUID(), ...spoken });
        await answered;
      },

      has: (button) => newest !== undefined && cardOf(newest.body).buttons.some((title) => title.startsWith(button)),

      async presses(button, values = {}) {
        if (!newest) throw new Error('there is no card to press on');
        const { messageId } = newest;
        const card = cardOf(newest.body);
        const changed = nextMessage();
        const action = card.button(button);
        const data = { ...Object(action.data), ...filledIn(card, values) };
        const answer = await post(botUrl, {
          ...base,
          type: 'invoke',
          name: 'adaptiveCard/action',
          id: `f:${randomUUID()}`,
          replyToId: messageId,
          value: { action: { type: 'Action.Execute', verb: action.verb, data }, trigger: 'manual' },
        });
        if (answer.includes('application/vnd.microsoft.card.adaptive')) newest = { body: answer, messageId };
        else if (answer.includes('Still working')) await changed;
        else throw new Error(`no card came back for ${button}: ${answer.slice(0, 500)}`);
      },
    };
  }

  return {
    url,
    chat(botUrl, number) {
      const person = people[number % people.length] ?? '';
      return talk(botUrl, person, { id: `a:29:${person}`, conversationType: 'personal' });
    },
    thread(botUrl, number) {
      threads += 1;
      const id = `19:general@thread.tacv2;messageid=${1_700_000_000_000 + threads}`;
      return talk(botUrl, people[number % people.length] ?? '', { id, conversationType: 'channel' });
    },
    close() {
      server.close();
      server.closeAllConnections();
      agent.destroy();
    },
  };
}

/** Not `fetch`, which takes several times as long: the load must not be the bottleneck. */
function post(botUrl: string, activity: object): Promise<string> {
  return new Promise((resolve, reject) => {
    const body = JSON.stringify(activity);
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    const outgoing = request(
      `${botUrl}/api/messages`,
      { method: 'POST', agent, headers, timeout: 30_000 },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (part) => {
          text += part;
        });
        response.on('end', () => {
          if (response.statusCode === 200) resolve(text);
          else reject(new Error(`the bot answered ${response.statusCode}: ${text.slice(0, 500)}`));
        });
      },
    );
    outgoing.on('error', reject);
    outgoing.on('timeout', () => outgoing.destroy(new Error('the bot did not answer within 30 seconds')));
    outgoing.end(body);
  });
}
