import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Checks, type Config, playgroundGroups, policyProblem, readPolicy } from './config/index.ts';
import { createStaff } from './directory/index.ts';
import { createSetupCheck } from './doctor/index.ts';
import { type Clock, createLanguages, createUsage, languageOf, longestWindowDays, type World } from './domain/index.ts';
import { createFileInspector, createSentFiles } from './files/index.ts';
import {
  createAuditFileGiver,
  createExtension,
  createFlows,
  createNotifier,
  createRunner,
  titleIn,
  withheldCard,
} from './flows/index.ts';
import { createJobHandlers } from './jobs.ts';
import { type Log, watchLog } from './log.ts';
import { clouds, withCorrelationId } from './microsoft/index.ts';
import {
  createPartnerCenter,
  createRegistrarFor,
  createWebhookReceiver,
  readClientSecret,
} from './partner-center/index.ts';
import { createMetrics, createServer, demandFreePort, failListening, type Metrics } from './server/index.ts';
import { createSimulator, defaultAccount, defaultGroups, type Simulator } from './simulator/index.ts';
import { openStorage, refreshTokensIn, type Storage } from './storage/index.ts';
import { createSigningKeys, createTeams } from './teams/index.ts';
import { createLinks, createWeb } from './web/index.ts';
import { onOneLine, suggestedCommands, wordsFor } from './words/index.ts';

/** For `readConfig`, which knows none of the rooms. */
export const checks: Checks = {
  ...clouds,
  readText,
  readClientSecret: (written) => readClientSecret(written, readText),
  policyProblem: (path) => policyProblem(path, readText),
};

export interface App {
  readonly url: string;
  /** Absent when a real Partner Center, or a simulator elsewhere, answers. */
  readonly simulatorUrl?: string;
  /** Makes the web pages now, so that the first one to open them need not wait. */
  prepare(): Promise<void>;
  /** Takes nothing new, lets turns and jobs in flight end (bounded), closes the database. */
  stop(): Promise<void>;
}

/** How long work that goes on after its answer is waited for at the end; what is left, the jobs carry on. */
const patienceMs = 10_000;

/** Wires all rooms and starts them. Throws when a part cannot start; what had been started is stopped again. */
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
    return await open({ config, log, metrics, policy, storage, simulator, closers, stop });
  } catch (error) {
    await stop();
    throw error;
  }
}

interface Opening {
  readonly config: Config;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly policy: World['policy'];
  readonly storage: Storage;
  readonly simulator: Simulator | undefined;
  readonly closers: (() => Promise<unknown>)[];
  readonly stop: () => Promise<void>;
}

async function open({ config, log, metrics, policy, storage, simulator, closers, stop }: Opening): Promise<App> {
  const clock: Clock = simulator ?? storage.clock;
  const access = accessTo(config, simulator);
  const partnerCenter = createPartnerCenter({
    ...access,
    timeoutMs: config.partnerCenterTimeoutSeconds * 1000,
    clock,
    log,
    rateLimits: storage.rateLimits,
    demandRepeatable: () => storage.leases.demandHeld(),
    onCall: metrics.called,
    refreshTokens: refreshTokensIn(storage.vault),
  });
  const registrar = createRegistrarFor({
    webhooks: partnerCenter.webhooks,
    publicUrl: config.publicUrl,
    isSimulated: isSimulated(config),
    vault: storage.vault,
    log,
  });
  closers.push(() => Promise.all([partnerCenter.close(), registrar?.close()]));

  const { sessions, visibleKeys } = storage;
  const teams = createTeams({
    ...config,
    references: storage.references,
    approvalsChannel: policy.approvals.channel,
    withheldCard: (placeId) => withheldCard(world, placeId),
    refusedFeatures: storage.refusedFeatures,
    sendSlots: storage.sendSlots,
    observe: metrics.sent,
    log,
  });
  const { openPages: pages, webSessions } = storage;
  const web = createWeb({ ...teams, pages, sessions: webSessions, log });
  const { messenger, references } = web;
  const { defaultLanguage: byDefault } = config;
  const languages = createLanguages({ choices: storage.languageChoices, references, byDefault });
  const wordsOf = (locale = '') => wordsFor(languageOf(locale) ?? byDefault);
  const secrets = { reveal: config.keyReveal, seconds: config.keyRevealSeconds };
  const isDialog = secrets.reveal === 'dialog';
  const flows = createFlows({ keys: { seconds: secrets.seconds, isDialog }, hasPages: config.publicUrl !== undefined });
  const notifier = createNotifier({ world: () => world, messenger, references, flows, log });
  const world: World = {
    ...storage,
    ...partnerCenter,
    clock,
    policy,
    usage: createUsage(policy.limits),
    staff: createStaff(config.roles, access, log),
    languages,
    contacts: teams.contacts,
    fileInspector: createFileInspector(),
    sentFiles: createSentFiles({ isLoopbackAllowed: config.bot.mode === 'development' }),
    auditFileOffers: teams.auditFileOffers,
    notify: notifier,
    setup: createSetupCheck(config, storage.examine),
    isSimulated: isSimulated(config),
  };
  const runner = createRunner({ world, sessions, visibleKeys, flows, messenger, references, secrets, log });
  closers.push(() => Promise.race([runner.idle(), new Promise((resolve) => setTimeout(resolve, patienceMs).unref())]));

  const extension = createExtension({ world, publicUrl: config.publicUrl, log });
  const handle: typeof runner.handle = (incoming) => withCorrelationId(incoming.turnId, () => runner.handle(incoming));
  const turns = { handle };
  const bot = teams.createBot({
    languages,
    onRemoved: (placeId) => visibleKeys.removeOfPlace(placeId),
    runner: {
      handle,
      search: (incoming, query) => withCorrelationId(incoming.turnId, () => runner.search(incoming, query)),
    },
    dialogs: web.createDialogTurns(turns),
    extension: {
      ...extension,
      search: (asked) => withCorrelationId(asked.turnId, () => extension.search(asked)),
      unfurl: (asked) => withCorrelationId(asked.turnId, () => extension.unfurl(asked)),
    },
    fallbackTexts: {
      stillWorking: (locale) => wordsOf(locale).common.stillWorking,
      fault: (locale, turnId) => onOneLine(wordsOf(locale).common.fault(turnId)),
      notStaff: (locale, why) => onOneLine(wordsOf(locale).refusals['not-staff']({ why })),
      suggestions: (locale) => suggestedCommands(wordsOf(locale)),
      notUnderstood: (locale) => wordsOf(locale).help.notUnderstood('?'),
      notShownHere: (locale, readers) => wordsOf(locale).common.withheld(readers).text,
    },
    giveFile: createAuditFileGiver(world),
    title: wordsOf().help.title,
    publicUrl: config.publicUrl,
    observe: metrics.turn,
  });

  const door = web.createDoor({
    signIn: signInOf(config, log),
    publicUrl: config.publicUrl,
    defaultLanguage: byDefault,
    languages,
    drafts: storage.drafts,
    tenantId: config.staffTenantId,
    runner: turns,
    world,
    hideAfterSeconds: secrets.seconds,
    overview: storage.caseOverview,
    extension,
    titleOf: (words, draft) => titleIn(words, flows, draft),
    observe: metrics.turn,
  });
  const receiver = createWebhookReceiver({
    simulatorUrl: world.isSimulated ? access.url : undefined,
    now: () => clock.now(),
    accept: (mark, { customerId }) => storage.partnerEvents.accept(mark, customerId),
    log,
    count: metrics.event,
  });
  const server = createServer({
    webhooks: (request) => receiver.handle(request),
    web: (request) => door.handle(request),
    links: createLinks(config.bot.mode === 'registered' ? config.bot.appId : undefined),
    host: config.host,
    port: config.port,
    bot,
    readiness: async () => {
      const atPartnerCenter = partnerCenter.trouble();
      const isRefused = atPartnerCenter === 'sign-in';
      return {
        problems: [...(await storage.problems()), ...(isRefused ? ['sign-in'] : [])],
        warnings: atPartnerCenter && !isRefused ? [atPartnerCenter] : [],
      };
    },
    readyBody: config.bot.mode === 'development' ? () => ({ url: server.url(), simulator: simulator?.url }) : undefined,
    metrics,
    sources: {
      count: () => storage.samples(clock.now()),
      heldUntil: () => storage.rateLimits.heldUntil(new URL(access.url).host),
      trouble: partnerCenter.trouble,
    },
    metricsToken: config.metricsToken,
    log,
  });
  await server.listen().catch((cause) => failListening(cause, 'PORT', config.port));
  closers.push(() => server.close());
  // Only now, as the first sweep registers for events too: the test event comes at once.
  const { trackSeconds } = config;
  const handlers = createJobHandlers({
    world,
    trackSeconds,
    notifier,
    runner,
    registrar,
    countDifference: metrics.difference,
  });
  await storage.work(handlers, { sweepSeconds: trackSeconds, windowDays: longestWindowDays(policy) });
  // In the background; where it fails, the sweep tries again.
  void registrar?.check();
  return { url: server.url(), simulatorUrl: simulator?.url, prepare: () => door.prepare(), stop };
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
function accessTo({ partnerCenter }: Config, simulator: Simulator | undefined) {
  if (partnerCenter.mode === 'simulator') {
    if (!simulator) throw new Error('the simulator is not running');
    return { url: simulator.url, ...simulator.credentials };
  }
  const { url, authority, credentials } = partnerCenter;
  return { url, authority, ...(credentials ?? defaultAccount()) };
}

/** By whose keys the tokens are checked that Teams gives the web pages. */
function signInOf({ web }: Config, log: Log) {
  if (web.mode === 'development') return web;
  const url = `${web.authority}/${web.tenantId}/v2.0/.well-known/openid-configuration`;
  return { ...web, keys: createSigningKeys({ url, log }) };
}

function isSimulated({ partnerCenter }: Config): boolean {
  return partnerCenter.mode === 'simulator' || partnerCenter.credentials === undefined;
}
