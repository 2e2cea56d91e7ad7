import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createSimulator } from '../../src/simulator/index.ts';
import { type Conversation, startConversation, type Where } from '../support/conversation.ts';
import { type FreshDatabase, freshDatabase } from '../support/databases.ts';
import { rolesEnv, type Who } from '../support/people.ts';
import { type Process, startProcess } from '../support/process.ts';
import { controlSimulator, type SimulatorControl } from '../support/simulator-control.ts';
import { type StubConnector, startStubConnector } from '../support/stub-connector.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** Processes of the product, to be killed and frozen, between a Teams and a Partner Center that live on. */
export interface World extends SimulatorControl {
  readonly connector: StubConnector;
  readonly simulatorUrl: string;
  readonly database: FreshDatabase;
  readonly log: readonly string[];
  /** Starts one more process on the same database; tells when it is ready. */
  start(name: string, env?: Env): Promise<Process>;
  process(name: string): Process;
  kill(name: string): Promise<void>;
  /** A new conversation whose activities go to this process, or to the one that `send` names from then on. */
  in(where: Where, who: Who, name: string): Conversation & { send(name: string): void };
  stop(): Promise<void>;
}

export async function startWorld(database?: FreshDatabase): Promise<World> {
  const connector = await startStubConnector();
  const simulator = await createSimulator({
    port: 0,
    mode: 'extended',
    delaySeconds: 1,
    requestsPerMinute: Number.MAX_SAFE_INTEGER,
  });
  const where = database ?? (await freshDatabase());
  const policyFile = join(where.dataDir, 'policy.json');
  // Many order the same thing one after the other.
  await writeFile(policyFile, JSON.stringify({ askBackMinutes: 0 }));
  const running = new Map<string, Process>();
  const log: string[] = [];
  let conversations = 0;
  const find = (name: string): Process => {
    const found = running.get(name);
    if (!found) throw new Error(`${name} does not run`);
    return found;
  };

  return {
    ...controlSimulator(() => simulator.url),
    connector,
    simulatorUrl: simulator.url,
    database: where,
    log,
    async start(name, env = {}) {
      const variables = {
        ...rolesEnv(),
        PORT: '0',
        PARTNER_CENTER_URL: simulator.url,
        DATA_DIR: where.dataDir,
        DATABASE_URL: where.databaseUrl,
        POLICY_FILE: policyFile,
        TRACK_SECONDS: '1',
        LOG_LEVEL: 'info',
        ...env,
      };
      const onOutput = (text: string) => void log.push(`${name} ${text}`);
      const started = await startProcess(variables, { cwd: where.dataDir, onOutput });
      running.set(name, started);
      return started;
    },
    process: find,
    async kill(name) {
      const killed = find(name);
      running.delete(name);
      await killed.kill();
    },
    in(place, who, name) {
      conversations += 1;
      let target = name;
      const post = (activity: object) =>
        fetch(`${find(target).url}/api/messages`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(activity),
        });
      const talk = startConversation({ connector, post }, conversations, place, who);
      return Object.assign(talk, {
        send: (other: string) => {
          target = other;
        },
      });
    },
    async stop() {
      await Promise.all([...running.values()].map((one) => one.terminate()));
      await simulator.close();
      await connector.close();
      await where.cleanUp();
    },
  };
}
