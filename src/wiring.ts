import type { Config, PartnerCenterCredentials } from './config/index.ts';
import { createStaff } from './directory/index.ts';
import { createSetupCheck } from './doctor/index.ts';
import {
  type Clock,
  createLanguages,
  createUsage,
  longestWindowDays,
  recordStranger,
  type Stranger,
  type World,
  withRoleChanges,
} from './domain/index.ts';
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
import type { Log } from './log.ts';
import { withCorrelationId } from './microsoft/index.ts';
import { createPartnerCenter, createRegistrarFor, createWebhookReceiver } from './partner-center/index.ts';
import { createReadiness, createServer, failListening, type Metrics } from './server/index.ts';
import type { Simulator } from './simulator/index.ts';
import { refreshTokensIn, type Storage } from './storage/index.ts';
import { createTeams } from './teams/index.ts';
import { createTraces, type Tracer } from './tracing/index.ts';
import { createLinks, createWeb } from './web/index.ts';
import { createFallbackTexts, wordsFor } from './words/index.ts';

export interface App {
  readonly url: string;
  /** Absent when a real Partner Center, or a simulator elsewhere, answers. */
  readonly simulatorUrl?: string;
  /** Makes the web pages now, so that the first one to open them need not wait. */
  prepare(): Promise<void>;
  /** Takes nothing new, lets turns and jobs in flight end (bounded), closes the database. */
  stop(): Promise<void>;
}

/** Partner Center's address, and the account that it is called with. */
export interface Access extends PartnerCenterCredentials {
  readonly url: string;
  readonly authority: string;
}

/** How long work that goes on after its answer is waited for at the end; what is left, the jobs carry on. */
const patienceMs = 10_000;

/** What is there before the rooms are wired; what `closers` hold is called at the end, the last of them first. */
interface Opening {
  readonly config: Config;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly policy: World['policy'];
  readonly storage: Storage;
  readonly simulator: Simulator | undefined;
  readonly access: Access;
  readonly signIn: Parameters<ReturnType<typeof createWeb>['createDoor']>[0]['signIn'];
  readonly tracer: Tracer | undefined;
  readonly closers: (() => Promise<unknown>)[];
  readonly stop: () => Promise<void>;
}

/** Makes every room, gives each what it needs of the others, and starts to listen and to work. */
export async function wire({
  config,
  log,
  metrics,
  policy,
  storage,
  simulator,
  access,
  signIn,
  tracer,
  closers,
  stop,
}: Opening): Promise<App> {
  const isSimulated = config.partnerCenter.mode === 'simulator' || config.partnerCenter.credentials === undefined;
  const clock: Clock = simulator ?? storage.clock;
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
    isSimulated,
    vault: storage.vault,
    log,
  });
  closers.push(() => Promise.all([partnerCenter.close(), registrar?.close()]));
  // Jobs in flight ask it to their end.
  closers.push(() => storage.stopWork());

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
    staff: withRoleChanges(createStaff(config.roles, access, log), {
      knownRoles: storage.knownRoles,
      now: () => clock.now(),
      nameOf: async (personId) => (await references.person(personId))?.name,
      failed: (err) => log.warn({ err }, 'a change of roles could not be recorded'),
    }),
    languages,
    contacts: teams.contacts,
    fileInspector: createFileInspector(),
    sentFiles: createSentFiles({ isLoopbackAllowed: config.bot.mode === 'development' }),
    auditFileOffers: teams.auditFileOffers,
    notify: notifier,
    setup: createSetupCheck(config, storage.examine),
    isSimulated,
  };
  const runner = createRunner({ world, sessions, visibleKeys, flows, messenger, references, secrets, log });
  closers.push(() => Promise.race([runner.idle(), new Promise((resolve) => setTimeout(resolve, patienceMs).unref())]));

  const refuseStranger = (stranger: Stranger): void =>
    void recordStranger(world, stranger).catch((err) => log.error({ err }, 'a refusal is not in the audit log'));
  const extension = createExtension({ world, publicUrl: config.publicUrl, log });
  const traces = createTraces(tracer);
  const handle: typeof runner.handle = (incoming) =>
    withCorrelationId(incoming.turnId, () => traces.turn(incoming, () => runner.handle(incoming)));
  const turns = { handle };
  const bot = teams.createBot({
    languages,
    onRemoved: (placeId) => visibleKeys.removeOfPlace(placeId),
    onStranger: refuseStranger,
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
    fallbackTexts: createFallbackTexts(byDefault),
    giveFile: createAuditFileGiver(world),
    title: wordsFor(byDefault).help.title,
    publicUrl: config.publicUrl,
    observe: metrics.turn,
  });

  const door = web.createDoor({
    signIn,
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
    refusedSignIns: { count: metrics.refusedSignIn, record: refuseStranger },
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
    webhooks: (request) => traces.begin('Partner Center event', () => receiver.handle(request)),
    web: (request) => door.handle(request),
    links: createLinks(config.bot.mode === 'registered' ? config.bot.appId : undefined),
    host: config.host,
    port: config.port,
    bot: { ...bot, handle: (request) => traces.begin('activity', () => bot.handle(request)) },
    readiness: createReadiness(storage.problems, partnerCenter.trouble),
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
  await storage.work(handlers, {
    sweepSeconds: trackSeconds,
    windowDays: longestWindowDays(policy),
    auditDays: policy.auditDays,
    tracer,
  });
  // In the background; where it fails, the sweep tries again.
  void registrar?.check();
  return { url: server.url(), simulatorUrl: simulator?.url, prepare: () => door.prepare(), stop };
}
