import type { Role } from '../../src/domain/people/staff.ts';
import type { HistoryEvent } from '../histories/events.ts';
import { createConnector } from './connector.ts';
import { createSimulatedPartnerCenter } from './partner-center.ts';
import { createPeople, people, type Receiver } from './people.ts';
import { type Aim, planOf } from './plan.ts';
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
export async function simulate(seed: number, maxSteps: number, aim?: Aim): Promise<Simulated> {
  const random = createRandom(seed);
  const plan = planOf(random.fork('plan'), aim);
  const scheduler = createScheduler(random.fork('scheduler'));
  const history: HistoryEvent[] = [];
  const log: Logged[] = [];
  const tell = (event: HistoryEvent) => void history.push(event);
  const connector = createConnector(scheduler, random.fork('teams'), plan.teams, { tell, reach });
  setSurroundings({ scheduler, random: random.fork('ids') });
  const storage = createSimulatedStorage(scheduler, random.fork('database'), reach);
  const outside = random.fork('outside');
  const partnerCenter = createSimulatedPartnerCenter(scheduler, outside, plan.partnerCenter, {
    ...{ tell, reach, holderOf: storage.holderOf },
  });
  const roles = new Map<string, readonly Role[]>(people.map(({ id, role }) => [id, [role]]));
  const receivers: (Receiver | undefined)[] = plan.skews.map(() => undefined);
  const chance = random.fork('faults');
  const blows = random.fork('blows');
  let isQuiet = false;

  function start(index: number): void {
    const process = scheduler.startProcess(`process ${index + 1}`, plan.skews[index] ?? 0);
    tell({ kind: 'time', at: scheduler.now(), what: 'started', process: process.name });
    const bot = scheduler.as(process, () =>
      startProduct({
        ...{ process, storage, partnerCenter, roles, sendRequest: connector.sendRequest },
        log: (logged) => void log.push(logged),
      }),
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

  /** The work of a process has got there. */
  function reach(point: string, process: Process | undefined): void {
    const { at, does, probability = 0 } = (!isQuiet && plan.blow) || {};
    if (at !== point || !process || process.isDead || process.isFrozen || !blows.isTrue(probability)) return;
    const index = receivers.findIndex((one) => one?.process === process);
    if (does === 'crash') crash(index);
    else freeze(process, blows.between(35_000, 60_000));
  }

  const anyLong = () => (chance.isTrue(0.5) ? chance.between(100, 5_000) : chance.between(5_000, 60_000));

  function freeze(process: Process, ms?: number): void {
    const wake = scheduler.freeze(process, chance.isTrue(0.3));
    tell({ kind: 'time', at: scheduler.now(), what: 'frozen', process: process.name });
    storage.jobs.missed(process);
    scheduler.after(ms ?? anyLong(), undefined, () => {
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
  const { teams } = plan;
  const hadTrouble = teams.rate > 0 || teams.refuses !== undefined || plan.blow !== undefined;
  Object.assign(plan.partnerCenter, { rate: 0, losesAnswers: 0 });
  Object.assign(teams, { rate: 0, refuses: undefined });
  everyone.stop();
  isQuiet = true;
  tell({ kind: 'time', at: scheduler.now(), what: 'fault', note: 'no more faults' });
  tell(recordedOf(scheduler, storage, partnerCenter));
  const { kept } = storage.records;
  const isCalm = plan.crashes === 0 && plan.freezes === 0 && plan.outages === 0 && !hadTrouble;
  const { orderSubmissions, cases } = storage.records.written;
  const isSubmitted = (submission = ''): boolean =>
    orderSubmissions.has(submission) || [...cases.values()].some(({ submissionId }) => submissionId === submission);
  // Twice: the first answer may be that it is being worked on.
  for (const part of [1 / 2, 3 / 4])
    scheduler.after(quietMs * part, undefined, () => {
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
  tell({ ...recordedOf(scheduler, storage, partnerCenter), isQuiet: true });
  const hash = history.reduce((sum, event) => hashOf(JSON.stringify(event), sum), 0).toString(16);
  return { seed, steps: scheduler.steps(), ms: scheduler.now(), history, hash, log, isCalm };
}
