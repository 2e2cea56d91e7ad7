import { checks, startApp } from '../../src/app.ts';
import { readConfig } from '../../src/config/read-config.ts';
import { createLog } from '../../src/log.ts';
import { type Conversation, startConversation, type Teams, type Where } from './conversation.ts';
import { type FreshDatabase, freshDatabase } from './databases.ts';
import { mostConversations, rolesEnv, type Who } from './people.ts';
import { startProcess } from './process.ts';
import { callAsPortal, controlSimulator, type SimulatorControl } from './simulator-control.ts';
import { startStubConnector } from './stub-connector.ts';

/** The whole product (bot, database, simulator), driven over HTTP as Teams drives it. */
export interface TestApp extends Teams, Omit<SimulatorControl, 'call' | 'reset'> {
  readonly url: string;
  readonly simulatorUrl: string;
  readonly database: FreshDatabase;
  /** What it has logged so far. */
  readonly log: readonly string[];
  /** Any call of the simulator's control API. */
  readonly simulator: SimulatorControl['call'];
  /** A call to Partner Center as somebody in the portal would make it. */
  asPartner(method: string, path: string, body: unknown): Promise<void>;
  /** A new conversation: a thread that is empty yet, people who have not been here yet. */
  in(where: Where, who?: Who): Conversation;
  /** `changed`: what an operator has changed among its variables meanwhile. */
  restart(changed?: Readonly<Record<string, string | undefined>>): Promise<void>;
  /** Only where it runs as a process: SIGKILL. */
  kill(): Promise<void>;
  start(): Promise<void>;
  /** SIGTERM, or `stop` where it runs in here; resolves with the exit code. */
  terminate(): Promise<number | null>;
  /** For good, with all that belongs to it. */
  stop(): Promise<void>;
}

export interface TestAppOptions {
  /** As a process of its own, that can be killed. */
  readonly asProcess?: boolean;
  /** The people of Agents Playground have roles, not those of `people.ts`. */
  readonly forPlayground?: boolean;
}

interface Running {
  readonly url: string;
  readonly simulatorUrl: string;
  stop(): Promise<number | null>;
  kill(): Promise<void>;
}

type Variables = Readonly<Record<string, string | undefined>>;

/** On free ports, with a database of its own. */
export async function startTestApp(
  env: Readonly<Record<string, string>> = {},
  { asProcess, forPlayground }: TestAppOptions = {},
): Promise<TestApp> {
  const connector = await startStubConnector();
  const database = await freshDatabase();
  const log: string[] = [];
  let variables: Variables = {
    PORT: '0',
    SIMULATOR_PORT: '0',
    SIMULATOR_DELAY_SECONDS: '50',
    DATA_DIR: database.dataDir,
    DATABASE_URL: database.databaseUrl,
    TRACK_SECONDS: '1',
    ...(forPlayground ? {} : rolesEnv()),
    ...env,
  };
  const begin = (): Promise<Running> =>
    asProcess ? startAsProcess(variables, database.dataDir, log) : startHere(variables, log);
  let running: Running | undefined = await begin();
  const now = (): Running => {
    if (!running) throw new Error('it does not run');
    return running;
  };
  let isStopped = false;
  let conversations = 0;

  const teams: Teams = {
    connector,
    post: (activity) =>
      fetch(`${now().url}/api/messages`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(activity),
      }),
  };
  const terminate = async (): Promise<number | null> => {
    const ending = now();
    running = undefined;
    return ending.stop();
  };
  const { call, reset: _, ...control } = controlSimulator(() => now().simulatorUrl);

  return {
    get url() {
      return now().url;
    },
    get simulatorUrl() {
      return now().simulatorUrl;
    },
    ...teams,
    ...control,
    simulator: call,
    database,
    log,
    asPartner: (method, path, body) => callAsPortal(now().simulatorUrl, method, path, body),
    in(where, who = 'ada') {
      conversations += 1;
      if (conversations >= mostConversations) throw new Error('too many conversations for one app');
      return startConversation(teams, conversations, where, who);
    },
    async restart(changed = {}) {
      await terminate();
      variables = { ...variables, ...changed };
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
      if (isStopped) return;
      isStopped = true;
      if (running) await terminate();
      await connector.close();
      await database.cleanUp();
    },
  };
}

async function startHere(variables: Variables, log: string[]): Promise<Running> {
  const written = createLog('debug', { write: (line) => void log.push(line) });
  const app = await startApp(readConfig(variables, checks), written);
  return {
    url: app.url,
    simulatorUrl: app.simulatorUrl ?? '',
    stop: () => app.stop().then(() => 0),
    kill: () => Promise.reject(new Error('only a process can be killed')),
  };
}

async function startAsProcess(variables: Variables, cwd: string, log: string[]): Promise<Running> {
  const child = await startProcess({ LOG_LEVEL: 'debug', ...variables }, { cwd, onOutput: (text) => log.push(text) });
  return { url: child.url, simulatorUrl: child.simulatorUrl, stop: () => child.terminate(), kill: () => child.kill() };
}
