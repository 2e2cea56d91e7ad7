import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Checks, type Config, playgroundGroups, policyProblem, readPolicy } from './config/index.ts';
import { type Log, watchLog } from './log.ts';
import { clouds } from './microsoft/index.ts';
import { readClientSecret } from './partner-center/index.ts';
import { createMetrics, demandFreePort, failListening } from './server/index.ts';
import { createSimulator, defaultAccount, defaultGroups, type Simulator } from './simulator/index.ts';
import { openStorage } from './storage/index.ts';
import { createSigningKeys } from './teams/index.ts';
import { startTracing } from './tracing/index.ts';
import { type Access, type App, wire } from './wiring.ts';

/** For `readConfig`, which knows none of the rooms. */
export const checks: Checks = {
  ...clouds,
  readText,
  readClientSecret: (written) => readClientSecret(written, readText),
  policyProblem: (path) => policyProblem(path, readText),
};

/** Opens what the rooms stand on, wires them and starts them. Throws when a part cannot start; what had been started is stopped again. */
export async function startApp(config: Config, givenLog: Log): Promise<App> {
  const metrics = createMetrics();
  const log = watchLog(givenLog, metrics.logged);
  await demandFreePort(config.host, config.port, 'PORT');
  if (config.partnerCenter.mode === 'simulator')
    await demandFreePort('127.0.0.1', config.simulator.port, 'SIMULATOR_PORT');
  const policy = readPolicy(config.policyFile, readText);
  const closers: (() => Promise<unknown>)[] = [];
  let stopping: Promise<void> | undefined;
  const closeAll = async () => {
    for (const close of closers.splice(0).reverse())
      await close().catch((error) => log.error({ err: error }, 'closing failed'));
  };
  const stop = () => {
    stopping ??= closeAll();
    return stopping;
  };
  try {
    const tracer = await startTracing(config.tracing, log);
    closers.push(async () => tracer?.close());
    const storage = await openStorage({
      databaseUrl: config.storage.mode === 'postgres' ? config.storage.databaseUrl : undefined,
      dataDir: config.storage.dataDir,
      vaultKeys: config.partnerCenter.mode === 'live' ? config.sealingKeys : [],
      // In development the simulator's secret, which everybody knows.
      fileKeys: config.sealingKeys.length > 0 ? config.sealingKeys : [defaultAccount().clientSecret],
      log,
    });
    closers.push(() => storage.close());
    await storage.favourites.load();
    await storage.audit.recordPolicy({ at: new Date(), file: config.policyFile, rules: policy });
    const simulator = config.partnerCenter.mode === 'simulator' ? await startSimulator(config) : undefined;
    if (simulator) closers.push(() => simulator.close());
    const access = accessTo(config, simulator);
    const signIn = signInOf(config.web, log);
    return await wire({ config, log, metrics, policy, storage, simulator, access, signIn, tracer, closers, stop });
  } catch (error) {
    await stop();
    throw error;
  }
}

function startSimulator({ simulator, storage, roles }: Config): Promise<Simulator> {
  const stateFile = join(storage.dataDir, 'simulator.json');
  const seeded = Object.fromEntries(defaultGroups().map(({ id, members }) => [id, members]));
  const groups = roles.source === 'static' ? {} : playgroundGroups(roles, seeded);
  return createSimulator({ ...simulator, stateFile, groups }).catch((cause) =>
    failListening(cause, 'SIMULATOR_PORT', simulator.port),
  );
}

function readText(path: string): string {
  return readFileSync(path, 'utf8');
}

/** The embedded simulator's own account; that of a simulator on this machine; or the partner's. */
function accessTo({ partnerCenter }: Config, simulator: Simulator | undefined): Access {
  if (partnerCenter.mode === 'simulator') {
    if (!simulator) throw new Error('the simulator is not running');
    return { url: simulator.url, ...simulator.credentials };
  }
  const { url, authority, credentials } = partnerCenter;
  return { url, authority, ...(credentials ?? defaultAccount()) };
}

/** By whose keys the tokens are checked that Teams gives the web pages. */
function signInOf(web: Config['web'], log: Log) {
  if (web.mode === 'development') return web;
  const url = `${web.authority}/${web.tenantId}/v2.0/.well-known/openid-configuration`;
  return { ...web, keys: createSigningKeys({ url, log }) };
}
