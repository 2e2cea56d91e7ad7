import type { Role } from '../../src/domain/people/staff.ts';
import type { HistoryEvent } from '../histories/events.ts';
import { createConnector } from './connector.ts';
import { createSimulatedPartnerCenter } from './partner-center.ts';
import { createPeople, people, type Receiver } from './people.ts';
import { type Logged, startProduct } from './product.ts';
import { createRandom, hashOf } from './random.ts';
import { recordedOf } from './recorded.ts';
import { createScheduler, type Process } from './scheduler.ts';
import { setSurroundings } from './simulated-time.ts';
import { createSimulatedStorage } from './storage.ts';

export interface Simulated {
  readonly seed: number;
  readonly steps: number;
  /** How long it took in simulated time. */
  readonly ms: number;
  readonly history: readonly HistoryEvent[];
  /** Of the history, byte for byte. */
  readonly hash: string;
  readonly log: readonly Logged[];
  /** No process died or stood still, and Teams took everything. */
  readonly isCalm: boolean;
}

/** After the faults have ended, so long for everything to come to an end; what is tried once an hour is tried then. */
const quietMs = 2 * 3_600_000;

/** One history from one seed: the same seed, the same history. */
export async function simulate(seed: number, maxSteps: number): Promise<Simulated> {
  const random = createRandom(seed);
  const plan = planOf(random.fork('plan'));
  const scheduler = createScheduler(random.fork('scheduler'));
  const history: HistoryEvent[] = [];
  const log: Logged[] = [];
  const tell = (event: HistoryEvent) => void history.push(event);
  const connector = createConnector(scheduler, random.fork('teams'), plan.teams, tell);
  setSurroundings({ scheduler, random: random.fork('ids'), fetch: connector.fetch });
  const storage = createSimulatedStorage(scheduler, random.fork('database'));
  const partnerCenter = createSimulatedPartnerCenter(scheduler, random.fork('outside'), plan.partnerCenter, tell);
  const roles = new Map<string, readonly Role[]>(people.map(({ id, role }) => [id, [role]]));
  const receivers: (Receiver | undefined)[] = plan.skews.map(() => undefined);
  const chance = random.fork('faults');

  function start(index: number): void {
    const process = scheduler.startProcess(`process ${index + 1}`, plan.skews[index] ?? 0);
    tell({ kind: 'time', at: scheduler.now(), what: 'started', process: process.name });
    const bot = scheduler.as(process, () =>
      startProduct({ process, storage, partnerCenter, roles, log: (logged) => void log.push(logged) }),
    );
    receivers[index] = { process, handle: (body) => bot.handle({ body }) };
  }

  const able = () => receivers.filter((one) => one !== undefined).filter(({ process }) => !process.isFrozen);

  function crash(index: number): void {
    const process = receivers[index]?.process;
    if (!process) return;
    scheduler.kill(process);
    receivers[index] = undefined;
    tell({ kind: 'time', at: scheduler.now(), what: 'crashed', process: process.name });
    storage.jobs.missed(process);
    scheduler.after(chance.between(1_000, 3_000), undefined, () => {
      if (able().length > 0) storage.takeOver(process);
    });
    scheduler.after(chance.between(500, 20_000), undefined, () => start(index));
  }

  function freeze(process: Process): void {
    const wake = scheduler.freeze(process, chance.isTrue(0.3));
    tell({ kind: 'time', at: scheduler.now(), what: 'frozen', process: process.name });
    storage.jobs.missed(process);
    scheduler.after(chance.isTrue(0.5) ? chance.between(100, 5_000) : chance.between(5_000, 60_000), undefined, () => {
      if (process.isDead) return;
      wake();
      tell({ kind: 'time', at: scheduler.now(), what: 'woken', process: process.name });
      storage.jobs.look();
    });
  }

  /** Between any two steps. */
  function disturb(): void {
    const { crashes, freezes, outages, leaps } = plan;
    const at = scheduler.now();
    const [index] = [chance.below(receivers.length)];
    if (chance.isTrue(crashes)) crash(index);
    const process = receivers[index]?.process;
    if (chance.isTrue(freezes) && process && !process.isFrozen) freeze(process);
    if (chance.isTrue(outages)) {
      storage.goAway(chance.between(100, 20_000));
      tell({ kind: 'time', at, what: 'fault', note: 'the database is away' });
    }
    if (chance.isTrue(leaps) && process) process.skewMs += chance.between(-300_000, 300_000);
  }

  const everyone = createPeople({
    ...{ scheduler, random: random.fork('people'), habits: plan.habits, connector, partnerCenter, tell },
    receiver: () => chance.pick(able()),
  });
  for (let bought = 0; bought < 6; bought += 1) partnerCenter.buyElsewhere();
  for (const index of receivers.keys()) start(index);
  everyone.begin();
  while (scheduler.steps() < maxSteps && (await scheduler.step())) disturb();
  const { partnerCenter: outside, teams } = plan;
  const hadTrouble = teams.rate > 0;
  outside.rate = 0;
  teams.rate = 0;
  everyone.stop();
  tell({ kind: 'time', at: scheduler.now(), what: 'fault', note: 'no more faults' });
  const { kept } = storage.records;
  const isCalm = plan.crashes === 0 && plan.freezes === 0 && plan.outages === 0 && !hadTrouble;
  const { orderSubmissions, cases } = storage.records.written;
  const isSubmitted = (submission = ''): boolean =>
    orderSubmissions.has(submission) || [...cases.values()].some(({ submissionId }) => submissionId === submission);
  scheduler.after(quietMs / 2, undefined, () => {
    if (isCalm) return;
    everyone.pressLeftovers((id) => {
      const draft = kept.get(id);
      return draft && (draft.settled || isSubmitted(draft.submissionId)) ? draft.ownerId : undefined;
    });
  });
  const until = scheduler.now() + quietMs;
  let isRecorded = false;
  scheduler.after(quietMs, undefined, () => {
    isRecorded = true;
  });
  while (!isRecorded && scheduler.now() < until) await scheduler.step();
  tell(recordedOf(scheduler, storage, partnerCenter));
  const hash = history.reduce((sum, event) => hashOf(JSON.stringify(event), sum), 0).toString(16);
  return { seed, steps: scheduler.steps(), ms: scheduler.now(), history, hash, log, isCalm };
}

/** Each seed has its own kind of weather. */
function planOf(random: ReturnType<typeof createRandom>) {
  const often = (rates: readonly number[]): number => random.pick(rates) ?? 0;
  const isCalm = random.isTrue(0.25);
  const unlessCalm = (rates: readonly number[]): number => (isCalm ? 0 : often(rates));
  const forgetsAfterMs = random.pick([10_000, 300_000, Number.POSITIVE_INFINITY]) ?? 0;
  return {
    /** One process or two; how far each clock is off. */
    skews: Array.from({ length: 1 + random.below(2) }, () =>
      random.isTrue(0.5) ? 0 : Math.round(random.between(-120_000, 120_000)),
    ),
    crashes: unlessCalm([0, 1 / 2_000, 1 / 300, 1 / 80]),
    freezes: unlessCalm([0, 1 / 1_000, 1 / 200]),
    outages: unlessCalm([0, 0, 1 / 3_000]),
    leaps: often([0, 0, 1 / 2_000]),
    teams: { rate: unlessCalm([0, 0.02, 0.1, 0.3]) },
    partnerCenter: {
      rate: often([0, 0.02, 0.1, 0.3]),
      forgetsAfterMs,
      slowToShow: often([0, 0.3, 0.8]),
      wantsTicket: often([0, 0.2, 0.5]),
    },
    habits: { thinkMs: often([3_000, 10_000, 30_000]), sloppiness: often([0.05, 0.2, 0.4]) },
  };
}
