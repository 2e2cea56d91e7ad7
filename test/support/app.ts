import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { type App, checks, startApp } from '../../src/app.ts';
import { readConfig } from '../../src/config/read-config.ts';
import { createLog } from '../../src/log.ts';
import { defaultAccount } from '../../src/simulator/sign-in/account.ts';
import { type CardView, filledIn, viewOf } from './card-view.ts';
import { type FreshDatabase, freshDatabase } from './databases.ts';
import { startProcess } from './process.ts';
import { type Connector, type Message, startConnector } from './stub-connector.ts';

export const people = {
  ada: { id: '11111111-1111-4111-8111-111111111111', name: 'Ada Nowak', role: 'ADMIN_AGENTS' },
  bert: { id: '22222222-2222-4222-8222-222222222222', name: 'Bert Lis', role: 'ADMIN_AGENTS' },
  sara: { id: '33333333-3333-4333-8333-333333333333', name: 'Sara Wilk', role: 'SALES_AGENTS' },
  hela: { id: '44444444-4444-4444-8444-444444444444', name: 'Hela Kos', role: 'HELPDESK_AGENTS' },
  gert: { id: '55555555-5555-4555-8555-555555555555', name: 'Gert Sowa', role: 'GLOBAL_ADMINS' },
  stan: { id: '66666666-6666-4666-8666-666666666666', name: 'Stan Obcy', role: '' },
} as const;

export type Who = keyof typeof people;

/** Where people talk: a thread in a channel, a group chat, or their own chat with the bot. */
export type Where = 'channel' | 'group' | 'personal';

/** So many times a desk can be asked for a conversation; each has people and a thread of its own. */
const companies = 200;

/** One of the people, as they are in the conversation with this number. */
export function personOf(who: Who, number: number): { readonly id: string; readonly name: string } {
  const { id, name } = people[who];
  return { id: `${id.slice(0, -4)}${String(number).padStart(4, '0')}`, name };
}

function placeOf(where: Where, number: number, personId: string): string {
  const digits = String(number).padStart(5, '0');
  if (where === 'personal') return `a:29:${personId}`;
  return where === 'group' ? `19:${digits}@thread.v2` : `19:general@thread.tacv2;messageid=17000000${digits}`;
}

interface Activity {
  readonly [name: string]: unknown;
}

/** What came back at once, in the answer of the invoke. */
export interface InvokeAnswer {
  readonly status: number;
  readonly card?: CardView;
  readonly said?: string;
  readonly text: string;
  /** How long the person waited, in milliseconds. */
  readonly tookMs: number;
}

/** The whole product, driven over HTTP as Teams drives it. */
export interface Desk {
  readonly url: string;
  readonly simulatorUrl: string;
  readonly connector: Connector;
  readonly database: FreshDatabase;
  readonly log: readonly string[];
  /** Everything the simulator knows. */
  state(): Promise<SimulatorState>;
  simulator(method: string, path: string, body?: unknown): Promise<unknown>;
  advance(seconds: number): Promise<void>;
  /** A new conversation: a thread that is empty yet, people who have not been here yet. */
  in(where: Where, who?: Who): Talk;
  /** The next calls to Partner Center that fit go wrong in this way. */
  fault(...faults: Json[]): Promise<void>;
  /** A call to Partner Center as somebody in the portal would make it. */
  asPartner(method: string, path: string, body: unknown): Promise<void>;
  view(card: Json): CardView;
  /** Sends any activity. */
  post(activity: Activity): Promise<Response>;
  restart(): Promise<void>;
  /** Only where it runs as a process: SIGKILL, then the same again. */
  kill(): Promise<void>;
  start(): Promise<void>;
  /** SIGTERM, or `stop` where it runs in here; resolves with the exit code. */
  terminate(): Promise<number | null>;
  stop(): Promise<void>;
}

export interface SimulatorState {
  readonly now: string;
  readonly customers: readonly Json[];
  readonly carts: readonly Json[];
  readonly orders: readonly Json[];
  readonly serviceRequests: readonly Json[];
  readonly agreements: readonly Json[];
  readonly auditRecords: readonly Json[];
}

// biome-ignore lint/suspicious/noExplicitAny: foreign JSON that tests look into
export type Json = Record<string, any>;

/** One person's side of a conversation. */
export interface Talk {
  readonly place: string;
  /** Types a message, with the mention in a channel, and returns the newest card that came of it. */
  says(text: string): Promise<CardView>;
  /** Presses a button of the newest card, or of `on`, and returns the answer of the invoke. */
  presses(title: string, values?: Values, on?: Shown): Promise<InvokeAnswer>;
  /** The same, for a button that changes the card: what everybody sees then. */
  goes(title: string, values?: Values, on?: Shown): Promise<CardView>;
  /** Presses a button that opens a dialog, or one within it (`on`). */
  opens(title: string, on?: Shown): Promise<DialogAnswer>;
  /** The activity that such a press is, to be sent by hand or twice. */
  press(title: string, values?: Values, on?: Shown): Activity;
  /** The message that such words are. */
  words(text: string): Activity;
  /** The newest message with a card that everybody in the place sees, as it stands now. */
  card(): Shown;
  /** All of them, oldest first. */
  cards(): Shown[];
  /** What was sent to this person alone, oldest first; taken away or not. */
  whispers(): Message[];
  /** Somebody else in the same thread, or in a chat of their own. */
  as(who: Who): Talk;
  /** The same person elsewhere. */
  in(where: Where): Talk;
  readonly person: { readonly id: string; readonly name: string };
}

export type Values = Readonly<Record<string, string>>;

export interface Shown {
  readonly message: Pick<Message, 'id'>;
  readonly view: CardView;
}

export interface DialogAnswer {
  readonly status: number;
  readonly kind: string;
  readonly card?: CardView;
  readonly said?: string;
  readonly text: string;
}

interface Running {
  readonly url: string;
  readonly simulatorUrl: string;
  stop(): Promise<number | null>;
  kill(): Promise<void>;
}

export interface DeskOptions {
  /** As a process of its own, that can be killed. */
  readonly asProcess?: boolean;
}

export async function openDesk(env: Record<string, string> = {}, { asProcess }: DeskOptions = {}): Promise<Desk> {
  const connector = await startConnector();
  const database = await freshDatabase();
  const log: string[] = [];
  const variables = {
    PORT: '0',
    SIMULATOR_PORT: '0',
    DATA_DIR: database.dataDir,
    DATABASE_URL: database.databaseUrl,
    TRACK_SECONDS: '1',
    ...rolesEnv(),
    ...env,
  };
  const begin = (): Promise<Running> =>
    asProcess
      ? inAProcess(variables, database.dataDir, log)
      : inHere(() =>
          startApp(readConfig(variables, checks), createLog('debug', { write: (line) => void log.push(line) })),
        );
  let running: Running | undefined = await begin();
  const now = (): Running => {
    if (!running) throw new Error('it does not run');
    return running;
  };
  let stopped = false;
  let conversations = 0;

  const simulator: Desk['simulator'] = async (method, path, body) => {
    const init =
      body === undefined
        ? { method }
        : { method, body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
    const response = await fetch(`${now().simulatorUrl}/__simulator/${path}`, init);
    if (!response.ok) throw new Error(`simulator ${path}: ${response.status} ${await response.text()}`);
    return response.json().catch(() => undefined);
  };

  const post: Desk['post'] = (activity) =>
    fetch(`${now().url}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(activity),
    });

  const terminate = async (): Promise<number | null> => {
    const ending = now();
    running = undefined;
    return ending.stop();
  };

  const desk: Desk = {
    get url() {
      return now().url;
    },
    get simulatorUrl() {
      return now().simulatorUrl;
    },
    connector,
    database,
    log,
    simulator,
    post,
    state: () => simulator('GET', 'state') as Promise<SimulatorState>,
    advance: async (seconds) => void (await simulator('POST', 'clock', { advanceSeconds: seconds })),
    fault: async (...faults) => void (await simulator('POST', 'faults', faults)),
    view: viewOf,
    async asPartner(method, path, body) {
      const { simulatorUrl } = now();
      const { tenantId, clientId, clientSecret, refreshToken } = defaultAccount();
      const form = {
        grant_type: 'refresh_token',
        client_id: clientId,
        client_secret: clientSecret,
        refresh_token: refreshToken,
      };
      const scope = 'https://api.partnercenter.microsoft.com/user_impersonation';
      const signedIn = await fetch(`${simulatorUrl}/${tenantId}/oauth2/v2.0/token`, {
        method: 'POST',
        body: new URLSearchParams({ ...form, scope }),
      });
      const { access_token: token } = (await signedIn.json()) as Json;
      const response = await fetch(`${simulatorUrl}${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    },
    in(where, who = 'ada') {
      conversations += 1;
      if (conversations >= companies) throw new Error('too many conversations for one desk');
      return talk(desk, conversations, where, who);
    },
    async restart() {
      await terminate();
      running = await begin();
    },
    async kill() {
      const killed = now();
      running = undefined;
      await killed.kill();
    },
    async start() {
      running = await begin();
    },
    terminate,
    async stop() {
      if (stopped) return;
      stopped = true;
      if (running) await terminate();
      await connector.close();
      await database.cleanUp();
    },
  };
  return desk;
}

async function inHere(start: () => Promise<App>): Promise<Running> {
  const app = await start();
  return {
    url: app.url,
    simulatorUrl: app.simulatorUrl ?? '',
    stop: () => app.stop().then(() => 0),
    kill: () => Promise.reject(new Error('only a process can be killed')),
  };
}

async function inAProcess(variables: Record<string, string | undefined>, cwd: string, log: string[]): Promise<Running> {
  const child = await startProcess({ LOG_LEVEL: 'debug', ...variables }, { cwd, onOutput: (text) => log.push(text) });
  return { url: child.url, simulatorUrl: child.simulatorUrl, stop: () => child.terminate(), kill: () => child.kill() };
}

export function rolesEnv(): Record<string, string> {
  const lists: Record<string, string[]> = {};
  for (const who of Object.keys(people) as Who[]) {
    const { role } = people[who];
    if (role === '') continue;
    lists[role] ??= [];
    for (let number = 1; number < companies; number += 1) lists[role].push(personOf(who, number).id);
  }
  return Object.fromEntries(Object.entries(lists).map(([role, ids]) => [role, ids.join(',')]));
}

function talk(desk: Desk, number: number, where: Where, who: Who): Talk {
  const { connector } = desk;
  const { id, name } = personOf(who, number);
  const place = placeOf(where, number, id);
  const base = {
    channelId: 'msteams',
    serviceUrl: connector.url,
    from: { id: `29:${id}`, name, aadObjectId: id },
    recipient: { id: '28:bot', name: 'Software Desk' },
    conversation: {
      id: place,
      conversationType: where === 'group' ? 'groupChat' : where,
      isGroup: where !== 'personal',
      tenantId: 'aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa',
    },
    channelData: { tenant: { id: 'aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa' } },
    locale: 'en-GB',
    localTimezone: 'Europe/Warsaw',
  };

  const cards = (): Shown[] =>
    connector
      .messages(place)
      .flatMap((one) =>
        one.card && !one.isTargeted && !one.isDeleted ? { message: one, view: viewOf(one.card) } : [],
      );

  const newest = (): Shown => {
    const last = cards().at(-1);
    if (!last) throw new Error('no card here');
    return last;
  };

  const pressedData = (title: string, values: Values, on: Shown) => {
    const action = on.view.button(title);
    const data = { ...(action.data as Json), ...(action.associatedInputs === 'none' ? {} : filledIn(on.view, values)) };
    return { action, data };
  };

  const press: Talk['press'] = (title, values = {}, on = newest()) => {
    const { action, data } = pressedData(title, values, on);
    return {
      ...base,
      type: 'invoke',
      name: 'adaptiveCard/action',
      id: `f:${randomUUID()}`,
      replyToId: on.message.id,
      value: { action: { type: 'Action.Execute', verb: action.verb, data }, trigger: 'manual' },
    };
  };

  const words: Talk['words'] = (text) => {
    const mentioned = { id: '28:bot', name: 'Software Desk' };
    const mention = { type: 'mention', text: '<at>Software Desk</at>', mentioned };
    const spoken = where !== 'personal' ? { text: `<at>Software Desk</at> ${text}`, entities: [mention] } : { text };
    return { ...base, type: 'message', id: randomUUID(), ...spoken };
  };

  const presses: Talk['presses'] = (title, values, on) => pressed(desk, press(title, values, on));

  return {
    place,
    press,
    words,
    presses,
    card: newest,
    cards,
    whispers: () =>
      connector.messages(place).filter(({ isTargeted, recipientId }) => isTargeted && recipientId === `29:${id}`),
    as: (other) => talk(desk, number, where, other),
    in: (elsewhere) => talk(desk, number, elsewhere, who),
    person: { id, name },
    async says(text) {
      const before = connector.messages(place).length;
      const response = await desk.post(words(text));
      if (response.status !== 200) throw new Error(`${response.status} for "${text}"`);
      await connector.until(
        () => connector.messages(place).length > before && !isWorking(cards().at(-1)),
        `an answer to "${text}"`,
      );
      return newest().view;
    },
    async goes(title, values, on = newest()) {
      const { status, said } = await presses(title, values, on);
      if (status !== 200) throw new Error(`${status} for "${title}": ${said}`);
      const shown = () => cards().find(({ message }) => message.id === on.message.id)?.view;
      const isChanged = () => !isDeepStrictEqual(shown()?.json, on.view.json);
      // Where the machine is slow, the answer is that the card will change.
      if (/^still working/i.test(said ?? '')) await connector.until(isChanged, `the card after "${title}"`);
      return newest().view;
    },
    async opens(title, on = newest()) {
      const { action, data } = pressedData(title, {}, on);
      const isInside = (action.data as Json).msteams === undefined;
      const response = await desk.post({
        ...base,
        type: 'invoke',
        name: isInside ? 'task/submit' : 'task/fetch',
        id: `f:${randomUUID()}`,
        replyToId: isInside ? undefined : on.message.id,
        value: { data, context: { theme: 'default' } },
      });
      return dialogAnswerOf(response);
    },
  };
}

function isWorking(shown: Shown | undefined): boolean {
  return shown !== undefined && /^Working on it/m.test(shown.view.text);
}

/** Sends the press and waits for its answer. */
export async function pressed(desk: Desk, activity: Activity): Promise<InvokeAnswer> {
  const begunAt = performance.now();
  const response = await desk.post(activity);
  const text = await response.text();
  const body = text ? (JSON.parse(text) as Json) : {};
  const isCard = body.type === 'application/vnd.microsoft.card.adaptive';
  return {
    status: response.status,
    card: isCard ? viewOf(body.value) : undefined,
    said: typeof body.value === 'string' ? body.value : undefined,
    text,
    tookMs: performance.now() - begunAt,
  };
}

async function dialogAnswerOf(response: Response): Promise<DialogAnswer> {
  const text = await response.text();
  const task = text ? (JSON.parse(text) as Json).task : undefined;
  const card = task?.value?.card?.content;
  return {
    status: response.status,
    kind: task?.type ?? 'closed',
    card: card && viewOf(card),
    said: typeof task?.value === 'string' ? task.value : undefined,
    text,
  };
}

/** Waits for something that no message of the bot announces. */
export async function eventually<T>(
  look: () => Promise<T | undefined | false>,
  what: string,
  withinMs = 10_000,
): Promise<T> {
  const giveUpAt = performance.now() + withinMs;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (performance.now() > giveUpAt) throw new Error(`did not happen within ${withinMs} ms: ${what}`);
    await pause(25);
  }
}

/** One test that is played in a channel thread and in a personal chat, at the same time. */
export function inBoth(title: string, play: (where: 'channel' | 'personal') => Promise<void>): Mocha.Test {
  return it(title, () => both(play).then(() => undefined));
}

/** Plays it in both places and returns what each play found; a failure tells where. */
export function both<T>(play: (where: 'channel' | 'personal') => Promise<T>): Promise<[T, T]> {
  const told = (where: 'channel' | 'personal'): Promise<T> =>
    play(where).catch((error: Error) => {
      error.message = `in a ${where} conversation: ${error.message}`;
      throw error;
    });
  return Promise.all([told('channel'), told('personal')]);
}
