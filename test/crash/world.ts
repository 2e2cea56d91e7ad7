import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createSimulator } from '../../src/simulator/index.ts';
import { createRecorder, type Recorder } from '../histories/record.ts';
import { type Activity, type Conversation, startConversation, type Where } from '../support/conversation.ts';
import { type FreshDatabase, freshDatabase } from '../support/databases.ts';
import { rolesEnv, type Who } from '../support/people.ts';
import { type Process, startProcess } from '../support/process.ts';
import { controlSimulator, type SimulatorControl } from '../support/simulator-control.ts';
import { type StubConnector, startStubConnector } from '../support/stub-connector.ts';
import { type Gate, type Passage, startGate } from './gate.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** A conversation whose activities go to one process, or to the one that `send` names from then on. */
export type Talk = Conversation & { send(name: string): void };

/** Processes of the product, to be killed and frozen, between a Teams and a Partner Center that live on and record. */
export interface World extends SimulatorControl {
  readonly connector: StubConnector;
  readonly simulatorUrl: string;
  readonly database: FreshDatabase;
  readonly recorder: Recorder;
  readonly log: readonly string[];
  /** Of a customer at whom nothing is in the way of an order. */
  readonly domain: string;
  /** Starts one more process on the same database; tells when it is ready. */
  start(name: string, env?: Env): Promise<Process>;
  process(name: string): Process;
  /** It is dead when this is called; resolves when that is seen. */
  kill(name: string): Promise<void>;
  /** It stands still, its connections open, until what this gives is called. */
  freeze(name: string): () => void;
  /** A new conversation, with this process. */
  in(where: Where, who: Who, name: string): Talk;
  /** Ends the processes; the rest stays. */
  endAll(): Promise<void>;
  stop(): Promise<void>;
}

interface WorldOptions {
  readonly database?: FreshDatabase;
  /** Told of every request on its way out of the product and back. */
  readonly see?: (passage: Passage) => void;
  /** Who is in which group of the simulator's directory. */
  readonly groups?: Record<string, string[]>;
}

/** People go on as fast as they are answered; each variable of a process may have 128 KB. */
const mostTalks = 1_500;

export async function startWorld({ database, see, groups }: WorldOptions = {}): Promise<World> {
  const recorder = createRecorder();
  const connector = await startStubConnector({ observe: recorder.took });
  const simulator = await createSimulator({
    ...{ port: 0, mode: 'extended', delaySeconds: 1, requestsPerMinute: Number.MAX_SAFE_INTEGER },
    ...(groups && { groups }),
    observe: recorder.worked,
  });
  const gates: Gate[] = see ? await Promise.all([connector, simulator].map(({ url }) => startGate(url, see))) : [];
  const [toTeams, toPartnerCenter = simulator.url] = gates.map(({ url }) => url);
  const serviceUrl = toTeams === undefined ? connector.url : new URL(new URL(connector.url).pathname, toTeams).href;
  const where = database ?? (await freshDatabase());
  const policyFile = join(where.dataDir, 'policy.json');
  // Many order the same thing one after the other.
  await writeFile(policyFile, JSON.stringify({ askBackMinutes: 0 }));
  const control = controlSimulator(() => simulator.url);
  const { customers } = await control.state('customers');
  const buyer = customers.find(({ companyProfile }) => companyProfile.companyName.includes('Tailspin'));
  const running = new Map<string, Process>();
  const log: string[] = [];
  let conversations = 0;
  const find = (name: string): Process => {
    const found = running.get(name);
    if (!found) throw new Error(`${name} does not run`);
    return found;
  };
  const endAll = async (): Promise<void> => {
    const all = [...running.values()];
    running.clear();
    await Promise.all(all.map((one) => one.terminate()));
  };

  return {
    ...control,
    ...{ connector, simulatorUrl: simulator.url, database: where, recorder, log },
    domain: buyer?.companyProfile.domain ?? '',
    async start(name, env = {}) {
      const variables = {
        ...rolesEnv(mostTalks),
        PORT: '0',
        PARTNER_CENTER_URL: toPartnerCenter,
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
      recorder.happened('started', { process: name });
      return started;
    },
    process: find,
    kill(name) {
      const killed = find(name).kill();
      running.delete(name);
      recorder.happened('crashed', { process: name });
      return killed;
    },
    freeze(name) {
      const { pid } = find(name);
      process.kill(pid, 'SIGSTOP');
      recorder.happened('frozen', { process: name });
      return () => {
        // It may have been killed meanwhile.
        if (running.get(name)?.pid !== pid) return;
        process.kill(pid, 'SIGCONT');
        recorder.happened('woken', { process: name });
      };
    },
    in(place, who, name) {
      conversations += 1;
      if (conversations >= mostTalks) throw new Error('too many conversations for one world');
      let target = name;
      const post = async (activity: Activity): Promise<Response> => {
        let answer: Response | undefined;
        await recorder.deliver(activity, target, async () => {
          const response = await fetch(`${find(target).url}/api/messages`, {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify(activity),
          });
          answer = response.clone();
          return response;
        });
        if (!answer) throw new Error(`${target} did not answer`);
        return answer;
      };
      const teams = { connector: { ...connector, url: serviceUrl }, post };
      const talk = startConversation(teams, conversations, place, who);
      return Object.assign(talk, {
        send: (other: string) => {
          target = other;
        },
      });
    },
    endAll,
    async stop() {
      await endAll();
      for (const gate of gates) await gate.close();
      await simulator.close();
      await connector.close();
      await where.cleanUp();
    },
  };
}
