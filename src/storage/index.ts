import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import type { Approvals } from '../domain/approvals/approval.ts';
import type { Audit } from '../domain/audit/audit.ts';
import type { CaseOverview } from '../domain/cancellations/case-overview.ts';
import type { Cases } from '../domain/cancellations/cases.ts';
import type { TicketFiles } from '../domain/cancellations/ticket-files.ts';
import type { Tracking } from '../domain/cancellations/tracking.ts';
import type { Clock } from '../domain/clock.ts';
import type { AgreementConfirmations } from '../domain/customers/agreement.ts';
import type { Differences } from '../domain/differences/difference.ts';
import type { Drafts, Sessions } from '../domain/drafts/drafts.ts';
import type { KeyReveals } from '../domain/keys/key-reveals.ts';
import type { RevealTokens } from '../domain/keys/reveal-tokens.ts';
import type { VisibleKeys } from '../domain/keys/visible-keys.ts';
import type { Leaks } from '../domain/leaks/leak.ts';
import type { DailyDigests } from '../domain/notices/daily-digests.ts';
import type { Notices } from '../domain/notices/notice.ts';
import type { Reminders } from '../domain/notices/reminders.ts';
import type { CustomerRecords } from '../domain/orders/customer-records.ts';
import type { KnownOrders } from '../domain/orders/known-orders.ts';
import type { OrderSubmissions } from '../domain/orders/submissions.ts';
import type { RefusedFeatures } from '../domain/people/features.ts';
import type { LanguageChoices } from '../domain/people/languages.ts';
import type { OpenPages } from '../domain/people/open-pages.ts';
import type { References } from '../domain/people/references.ts';
import type { KnownRoles } from '../domain/people/role-changes.ts';
import type { WebSessions } from '../domain/people/web-sessions.ts';
import { builtInPolicy, longestWindowDays } from '../domain/policy.ts';
import type { Attempts } from '../domain/work/attempts.ts';
import { inTime } from '../domain/work/in-time.ts';
import type { Leases } from '../domain/work/leases.ts';
import type { SendSlots } from '../domain/work/send-slots.ts';
import type { Tracer } from '../domain/work/trace.ts';
import { createAgreementConfirmations } from './agreement-confirmations.ts';
import { createApprovals } from './approvals.ts';
import { createAttempts } from './attempts.ts';
import { createAudit } from './audit.ts';
import { createCaseOverview } from './case-overview.ts';
import { createCases } from './cases.ts';
import { createCustomerRecords } from './customer-records.ts';
import { createDailyDigests } from './daily-digests.ts';
import { type Database, openDatabase } from './database.ts';
import { createDifferences } from './differences.ts';
import { createDrafts } from './drafts.ts';
import { type Examined, examineOpen } from './examine.ts';
import { createFavourites, type StoredFavourites } from './favourites.ts';
import { startJobs, takeBackJobs } from './jobs.ts';
import { createKeyReveals } from './key-reveals.ts';
import { createKnownOrders } from './known-orders.ts';
import { createKnownRoles } from './known-roles.ts';
import { createLanguageChoices } from './languages.ts';
import { createLeaks } from './leaks.ts';
import { createLeases, takeBackLeases } from './leases.ts';
import type { Log } from './log.ts';
import { addMissingJobs } from './missing-jobs.ts';
import { createNotices } from './notices.ts';
import { createOpenPages } from './open-pages.ts';
import { createOrderSubmissions } from './order-submissions.ts';
import { createPartnerEvents, type PartnerEvents } from './partner-events.ts';
import { prune, pruneRulesFor } from './prune.ts';
import { pruneAudit } from './prune-audit.ts';
import { createRateLimits, type RateLimits } from './rate-limits.ts';
import { createReferences } from './references.ts';
import { createRefusedFeatures } from './refused-features.ts';
import { createReminders } from './reminders.ts';
import { createRevealTokens } from './reveal-tokens.ts';
import { readSamples, type Sample } from './samples.ts';
import { createSendSlots } from './send-slots.ts';
import { createSessions } from './sessions.ts';
import { createTicketFiles } from './ticket-files.ts';
import { createTracking } from './tracking.ts';
import { createVault, type Vault } from './vault.ts';
import { readHead, readPruned } from './verify-audit.ts';
import { createVisibleKeys } from './visible-keys.ts';
import { startWakeUps, type WakeUps } from './wake-ups.ts';
import { createWebSessions } from './web-sessions.ts';
import { type Handlers, startWorkers } from './workers.ts';

export { refreshTokensIn } from './vault.ts';

export interface Storage {
  /** The same for all processes on the database. */
  readonly clock: Clock;
  readonly orderSubmissions: OrderSubmissions;
  readonly cases: Cases;
  readonly tracking: Tracking;
  readonly attempts: Attempts;
  readonly notices: Notices;
  readonly dailyDigests: DailyDigests;
  readonly keyReveals: KeyReveals;
  readonly revealTokens: RevealTokens;
  readonly leaks: Leaks;
  readonly agreementConfirmations: AgreementConfirmations;
  readonly audit: Audit;
  readonly approvals: Approvals;
  readonly reminders: Reminders;
  readonly knownOrders: KnownOrders;
  readonly customerRecords: CustomerRecords;
  readonly differences: Differences;
  readonly knownRoles: KnownRoles;
  readonly leases: Leases;
  readonly drafts: Drafts;
  readonly references: References;
  readonly ticketFiles: TicketFiles;
  readonly languageChoices: LanguageChoices;
  readonly refusedFeatures: RefusedFeatures;
  readonly favourites: StoredFavourites;
  readonly sendSlots: SendSlots;
  readonly sessions: Sessions;
  readonly visibleKeys: VisibleKeys;
  readonly partnerEvents: PartnerEvents;
  readonly vault: Vault;
  readonly rateLimits: RateLimits;
  readonly caseOverview: CaseOverview;
  readonly webSessions: WebSessions;
  readonly openPages: OpenPages;
  /** Starts working on the jobs. Called once, when everything they need is there. */
  work(handlers: Handlers, options: WorkOptions): Promise<void>;
  /** How much there is of what an operator watches; rejects where the database does not tell within some seconds. */
  samples(now: Date): Promise<Sample[]>;
  /** What the database says of itself. */
  examine(): Promise<Examined>;
  /** Does the database answer right now, and take what is written? */
  isReady(): Promise<boolean>;
  /** Why nothing should be sent to this process now. `jobs`: they are not worked on. */
  problems(): Promise<readonly ('database' | 'jobs')[]>;
  /** Takes no more jobs, and waits up to ten seconds for those in flight; what is not done by then is done later. */
  stopWork(): Promise<void>;
  /** The work first, where it has not been stopped. */
  close(): Promise<void>;
}

interface WorkOptions {
  readonly sweepSeconds: number;
  /** The longest cancellation window of the policy: what was submitted within it is still known. */
  readonly windowDays?: number;
  /** So long the audit log is kept. */
  readonly auditDays?: number;
  /** Where jobs are told; a job goes on with the trace of the turn that began it. */
  readonly tracer?: Tracer | undefined;
}

export interface StorageOptions {
  /** A PostgreSQL server; without it the database lives in this process, its files in `dataDir`. */
  readonly databaseUrl?: string;
  readonly dataDir: string;
  readonly log: Log;
  /** What the vault's keys are made from: the first seals, each opens. Without one the vault keeps nothing. */
  readonly vaultKeys?: readonly string[];
  /** What the keys of files are made from, likewise. Without one they cannot be read once this process has ended. */
  readonly fileKeys?: readonly string[];
}

const patienceMs = 10_000;
const readyMs = 2_000;
/** Prometheus gives up after ten. */
const samplesMs = 5_000;
/** The job engine asks the database every ten seconds at least. */
const jobsMs = 60_000;

/** Opens the database and brings its schema up to date. Throws `DatabaseUnusable` or `DataDirInUse`. */
export async function openStorage(options: StorageOptions): Promise<Storage> {
  const database = await openDatabase(options, options.log);
  try {
    return await createStorage(database, options);
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** All records on a database that is open; closing the storage closes it. */
export async function createStorage(
  database: Database,
  { log, vaultKeys = [], fileKeys = [] }: Pick<StorageOptions, 'log' | 'vaultKeys' | 'fileKeys'>,
): Promise<Storage> {
  const { pool, isOurs, presence, clock, close } = database;
  const engine = await startJobs(pool, log);
  const { boss, enqueue } = engine;
  const [fileKey = randomUUID(), ...olderFileKeys] = fileKeys;
  let wakeUps: WakeUps | undefined;
  const openPages = createOpenPages(database, log);
  const vault = createVault(pool, vaultKeys);
  const closing = new AbortController();
  if (isOurs) {
    // Whoever held something before is dead.
    await takeBackJobs(pool);
    await takeBackLeases(pool);
  }

  // Bounded all along: where the database does not answer any more, there is nothing left to wait for.
  const stopWork = once(async () => {
    closing.abort();
    await within(patienceMs, wakeUps?.close() ?? Promise.resolve());
    await within(2 * patienceMs, boss.stop({ close: false, timeout: patienceMs }));
  });

  return {
    clock,
    orderSubmissions: createOrderSubmissions(pool, engine),
    cases: createCases(pool, engine),
    tracking: createTracking(pool),
    attempts: createAttempts(pool),
    notices: createNotices(pool, enqueue),
    dailyDigests: createDailyDigests(pool),
    keyReveals: createKeyReveals(pool),
    revealTokens: createRevealTokens(pool),
    leaks: createLeaks(pool, enqueue),
    agreementConfirmations: createAgreementConfirmations(pool),
    audit: createAudit(pool),
    approvals: createApprovals(pool, enqueue),
    reminders: createReminders(pool),
    knownOrders: createKnownOrders(pool),
    customerRecords: createCustomerRecords(pool),
    differences: createDifferences(pool, enqueue),
    knownRoles: createKnownRoles(pool),
    leases: createLeases(pool, log, { presence }),
    drafts: createDrafts(pool),
    references: createReferences(pool),
    languageChoices: createLanguageChoices(pool),
    refusedFeatures: createRefusedFeatures(pool),
    favourites: createFavourites(pool, log),
    sendSlots: createSendSlots(pool),
    sessions: createSessions(pool, engine),
    visibleKeys: createVisibleKeys(pool),
    partnerEvents: createPartnerEvents(pool, enqueue),
    ticketFiles: createTicketFiles(pool, engine, [fileKey, ...olderFileKeys]),
    vault,
    samples: (now) => inTime(readSamples(pool, now), samplesMs, 'counting'),
    examine: () => examineOpen(pool, !isOurs, vault),
    rateLimits: createRateLimits(pool),
    caseOverview: createCaseOverview(pool),
    webSessions: createWebSessions(pool),
    openPages,
    async work(
      handlers,
      { sweepSeconds, windowDays = longestWindowDays(builtInPolicy), auditDays = builtInPolicy.auditDays, tracer },
    ) {
      const tidy = async () => {
        const deleted = await prune(pool, { rules: pruneRulesFor(windowDays), signal: closing.signal });
        log.info({ deleted }, 'records that are over were deleted');
        const { id, hash } = await readHead(pool);
        log.info({ anchor: `${id}:${hash}` }, 'the audit log was written as far as this');
        const added = await addMissingJobs(pool, engine.jobStatement);
        if (added > 0) log.warn({ added }, 'unfinished orders, cancellations or notices had no job and have one again');
        const before = new Date(clock.now().getTime() - auditDays * 86_400_000);
        const pruned = await pruneAudit(pool, { before, signal: closing.signal });
        const last = pruned > 0 ? await readPruned(pool) : undefined;
        if (last) log.info({ pruned, anchor: `${last.id}:${last.hash}` }, 'the audit log was pruned as far as this');
      };
      const wake = await startWorkers(boss, log, handlers, { sweepSeconds, tidy, tracer });
      wakeUps = await startWakeUps(database, log, wake);
    },
    isReady: () => isWritable(pool),
    async problems() {
      if (!(await isWritable(pool))) return ['database'];
      const isAtWork = wakeUps !== undefined && performance.now() - engine.answeredAt() < jobsMs;
      return isAtWork ? [] : ['jobs'];
    },
    stopWork,
    close: once(async () => {
      await stopWork();
      await within(patienceMs, openPages.close());
      await within(patienceMs, close());
    }),
  };
}

/** A second call waits for the first one. */
function once(act: () => Promise<void>): () => Promise<void> {
  let acting: Promise<void> | undefined;
  return () => {
    acting ??= act();
    return acting;
  };
}

async function isWritable(pool: Pool): Promise<boolean> {
  const query = pool
    .query<{ is_writable: boolean }>(`select current_setting('transaction_read_only') = 'off' as is_writable`)
    .then(
      ({ rows }) => rows[0]?.is_writable ?? false,
      () => false,
    );
  return (await within(readyMs, query)) ?? false;
}

/** The promise's value, or `undefined` when it takes too long. */
async function within<T>(ms: number, promise: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, ms, undefined);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
