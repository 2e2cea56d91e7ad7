import { randomUUID } from 'node:crypto';
import { type App, startApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { createLog } from '../../src/log.ts';
import { type FreshDatabase, freshDatabase } from '../storage/support.ts';
import { type CardView, filledIn, viewOf } from './card-view.ts';
import { type Connector, type Message, startConnector } from './connector.ts';

export const people = {
  ada: { id: '11111111-1111-4111-8111-111111111111', name: 'Ada Nowak', role: 'ADMIN_AGENTS' },
  bert: { id: '22222222-2222-4222-8222-222222222222', name: 'Bert Lis', role: 'ADMIN_AGENTS' },
  sara: { id: '33333333-3333-4333-8333-333333333333', name: 'Sara Wilk', role: 'SALES_AGENTS' },
  hela: { id: '44444444-4444-4444-8444-444444444444', name: 'Hela Kos', role: 'HELPDESK_AGENTS' },
  gert: { id: '55555555-5555-4555-8555-555555555555', name: 'Gert Sowa', role: 'GLOBAL_ADMINS' },
  stan: { id: '66666666-6666-4666-8666-666666666666', name: 'Stan Obcy', role: '' },
} as const;

export type Who = keyof typeof people;

/** Where people talk: a thread in a channel, or their own chat with the bot. */
export type Where = 'channel' | 'personal';

const thread = '19:general@thread.tacv2;messageid=1700000000001';

interface Activity {
  readonly [name: string]: unknown;
}

/** What came back at once, in the answer of the invoke. */
export interface InvokeAnswer {
  readonly status: number;
  readonly card?: CardView;
  readonly said?: string;
  readonly text: string;
}

/** The whole product, driven over HTTP as Teams drives it. */
export interface Desk {
  readonly url: string;
  readonly connector: Connector;
  readonly database: FreshDatabase;
  readonly log: readonly string[];
  /** Everything the simulator knows. */
  state(): Promise<SimulatorState>;
  simulator(method: string, path: string, body?: unknown): Promise<unknown>;
  advance(seconds: number): Promise<void>;
  in(where: Where, who?: Who): Talk;
  /** Sends any activity. */
  post(activity: Activity): Promise<Response>;
  restart(): Promise<void>;
  stop(): Promise<void>;
}

export interface SimulatorState {
  readonly now: string;
  readonly customers: readonly Json[];
  readonly carts: readonly Json[];
  readonly orders: readonly Json[];
  readonly serviceRequests: readonly Json[];
}

// biome-ignore lint/suspicious/noExplicitAny: foreign JSON that tests look into
export type Json = Record<string, any>;

/** One person's side of a conversation. */
export interface Talk {
  readonly place: string;
  /** Types a message, with the mention in a channel, and returns the newest card that came of it. */
  says(text: string): Promise<CardView>;
  /** Presses a button of the newest card, or of `on`, and returns the answer of the invoke. */
  presses(title: string, values?: Record<string, string>, on?: Shown): Promise<InvokeAnswer>;
  /** The activity that such a press is, to be sent by hand or twice. */
  press(title: string, values?: Record<string, string>, on?: Shown): Activity;
  /** The newest message with a card that everybody in the place sees, as it stands now. */
  card(): Shown;
  as(who: Who): Talk;
}

export interface Shown {
  readonly message: Message;
  readonly view: CardView;
}

export async function openDesk(env: Record<string, string> = {}): Promise<Desk> {
  const connector = await startConnector();
  const database = await freshDatabase();
  const log: string[] = [];
  const config = () =>
    readConfig({
      PORT: '0',
      SIMULATOR_PORT: '0',
      DATA_DIR: database.dataDir,
      DATABASE_URL: database.databaseUrl,
      TRACK_SECONDS: '1',
      ...rolesEnv(),
      ...env,
    });
  const start = (): Promise<App> => startApp(config(), createLog('debug', { write: (line) => void log.push(line) }));
  let app = await start();
  let stopped = false;

  const simulator: Desk['simulator'] = async (method, path, body) => {
    const init = body === undefined ? { method } : { method, body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
    const response = await fetch(`${app.simulatorUrl}/__simulator/${path}`, init);
    if (!response.ok) throw new Error(`simulator ${path}: ${response.status} ${await response.text()}`);
    return response.json().catch(() => undefined);
  };

  const post: Desk['post'] = (activity) =>
    fetch(`${app.url}/api/messages`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(activity) });

  const desk: Desk = {
    get url() {
      return app.url;
    },
    connector,
    database,
    log,
    simulator,
    post,
    state: () => simulator('GET', 'state') as Promise<SimulatorState>,
    advance: async (seconds) => void (await simulator('POST', 'clock', { advanceSeconds: seconds })),
    in: (where, who = 'ada') => talk(desk, where, who),
    async restart() {
      await app.stop();
      app = await start();
    },
    async stop() {
      if (stopped) return;
      stopped = true;
      await app.stop();
      await connector.close();
      await database.cleanUp();
    },
  };
  return desk;
}

function rolesEnv(): Record<string, string> {
  const lists: Record<string, string> = {};
  for (const { id, role } of Object.values(people)) if (role) lists[role] = lists[role] ? `${lists[role]},${id}` : id;
  return lists;
}

function talk(desk: Desk, where: Where, who: Who): Talk {
  const { connector } = desk;
  const { id, name } = people[who];
  const place = where === 'channel' ? thread : `a:29:${id}`;
  const base = {
    channelId: 'msteams',
    serviceUrl: connector.url,
    from: { id: `29:${id}`, name, aadObjectId: id },
    recipient: { id: '28:bot', name: 'Software Desk' },
    conversation: {
      id: place,
      conversationType: where === 'channel' ? 'channel' : 'personal',
      isGroup: where === 'channel',
      tenantId: 'aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa',
    },
    channelData: { tenant: { id: 'aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa' } },
    locale: 'en-GB',
    localTimezone: 'Europe/Warsaw',
  };

  const newest = (): Shown => {
    const message = connector.messages(place).filter((one) => one.card && !one.isTargeted && !one.isDeleted).at(-1);
    if (!message?.card) throw new Error('no card here');
    return { message, view: viewOf(message.card) };
  };

  const press: Talk['press'] = (title, values = {}, on = newest()) => {
    const action = on.view.button(title);
    const data = { ...(action.data as Json), ...(action.associatedInputs === 'none' ? {} : filledIn(on.view, values)) };
    return {
      ...base,
      type: 'invoke',
      name: 'adaptiveCard/action',
      id: `f:${randomUUID()}`,
      replyToId: on.message.id,
      value: { action: { type: 'Action.Execute', verb: action.verb, data }, trigger: 'manual' },
    };
  };

  return {
    place,
    press,
    card: newest,
    as: (other) => talk(desk, where, other),
    async says(text) {
      const before = connector.messages(place).length;
      const mention = { type: 'mention', text: '<at>Software Desk</at>', mentioned: { id: '28:bot', name: 'Software Desk' } };
      const spoken = where === 'channel' ? { text: `<at>Software Desk</at> ${text}`, entities: [mention] } : { text };
      const response = await desk.post({ ...base, type: 'message', id: randomUUID(), ...spoken });
      if (response.status !== 200) throw new Error(`${response.status} for "${text}"`);
      await connector.until(() => connector.messages(place).length > before, `an answer to "${text}"`);
      return newest().view;
    },
    async presses(title, values, on) {
      return answerOf(await desk.post(press(title, values, on)));
    },
  };
}

export async function answerOf(response: Response): Promise<InvokeAnswer> {
  const text = await response.text();
  const body = text ? (JSON.parse(text) as Json) : {};
  const isCard = body.type === 'application/vnd.microsoft.card.adaptive';
  return {
    status: response.status,
    card: isCard ? viewOf(body.value) : undefined,
    said: typeof body.value === 'string' ? body.value : undefined,
    text,
  };
}
