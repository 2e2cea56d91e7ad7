import { createPartnerCenter } from '../../src/partner-center/index.ts';
import { defaultAccount } from '../../src/simulator/index.ts';
import type { TestApp } from '../support/app.ts';
import type { Conversation } from '../support/conversation.ts';
import type { SimulatorRequest } from '../support/simulator-control.ts';
import { waitUntil } from '../support/wait-until.ts';
import { found } from './assertions.ts';
import { buy, catalogItems, forOneYear } from './catalog-items.ts';
import {
  cardOf,
  type FreshOrder,
  misbehaviour,
  type Need,
  type Plan,
  type rounds,
  type Scenario,
  type Trouble,
  worldOf,
} from './scenarios.ts';

/** A call is given up after 20 s; a job begins 10 s after the turn that could not finish. */
const endsWithinMs = 50_000;
const arriveAtOnce = 5;
/** All calls so far are read at each look. */
const lookEveryMs = 300;
const inProgress = /working on|being placed|being filed|carry on|keep trying|tried again by itself/i;

/** One scenario under one trouble, and what the person saw. */
export interface ScenarioRun {
  readonly name: string;
  readonly trouble: Trouble;
  readonly scenario: Scenario;
  talk: Conversation;
  cardBefore: string;
  /** Until the first answer. */
  tookMs: number;
  /** How long an answer took, at the same time, in which Partner Center has no part: the machine is busy. */
  busyMs: number;
  first: string;
  /** It went through at once, whatever Partner Center answered. */
  isUnharmed: boolean;
  /** When all was given up and nothing had been mended. */
  beforeMending: string;
  /** What they alone were shown until then. */
  targetedText: string;
  /** It was shown as done although Partner Center had not done it. */
  isClaimed: boolean;
  /** How often it was done before anything had been mended, and in the end. */
  doneBefore: number;
  done: number;
  /** What there is to see in the end: keys are taken away later. */
  last: string;
  isDone: boolean;
  isRefused: boolean;
  /** The calls of it that went wrong, and all of them. */
  failed: readonly SimulatorRequest[];
  calls: readonly SimulatorRequest[];
  problem?: unknown;
}

/** One after the other: side by side the apps only wait, so that none is slow because another is busy. */
export type Queue = <T>(work: () => Promise<T>) => Promise<T>;

export function createQueue(): Queue {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const turn = last.then(work);
    last = turn.catch(() => undefined);
    return turn;
  };
}

/** All scenarios of the round, at the same time: until they are given up, and on to their end after mending. */
export async function runScenarios(
  app: TestApp,
  round: (typeof rounds)[number][number],
  queue: Queue,
): Promise<ScenarioRun[]> {
  const runs = await queue(() => goToScenarios(app, round));
  const standing = runs.flatMap(({ scenario }) => scenario.standing ?? []).map((fault) => ({ ...fault, times: 1_000 }));
  const begunAt = (await app.requests()).length;
  const calls = () => app.requests(begunAt);
  await app.fault(...standing);
  for (const { scenario, trouble } of runs) {
    await app.fault({ method: scenario.method, path: scenario.path, times: 1_000, ...misbehaviour(trouble).fault });
  }
  const busy = timed(() => app.in('channel').says('help'));
  await each(runs, async (run) => {
    run.cardBefore = cardOf(run.talk);
    Object.assign(run, await act(app, run));
    run.isUnharmed = run.scenario.isDone(run.talk);
  });
  const { tookMs: busyMs } = await busy;
  for (const run of runs) run.busyMs = busyMs;
  await untilAll(runs, calls, isGivenUp);
  const [seen, state] = [await calls(), await app.state()];
  for (const run of runs) {
    run.beforeMending = cardOf(run.talk);
    run.targetedText = JSON.stringify(run.talk.targeted().map(({ card }) => card));
    run.isClaimed = run.scenario.isDone(run.talk) && !wasDone(run, seen);
    run.failed = seen.filter((one) => isOf(run.scenario, one));
    run.doneBefore = run.scenario.count?.(state) ?? 0;
  }
  await app.clearFaults();
  await app.fault(...standing);

  await each(runs, (run) => carryThrough(app, run));
  const written = runs.filter((run) => run.scenario.count !== undefined && !isRefused(run));
  await untilAll(written, calls, (run, all) => misbehaviour(run.trouble).doesTheWork || isAnswered(run, all));
  await app.advance(120);
  const [all, after] = [await calls(), await app.state()];
  for (const run of runs) {
    run.calls = all.filter((one) => isOf(run.scenario, one));
    run.done = run.scenario.count?.(after) ?? 0;
    run.last = cardOf(run.talk);
    run.isRefused = isRefused(run);
    run.isDone = run.scenario.isDone(run.talk);
  }
  return runs;
}

/** The people of the round, each where the scenario begins; from the seed on. */
async function goToScenarios(app: TestApp, round: (typeof rounds)[number][number]): Promise<ScenarioRun[]> {
  await app.simulator('POST', 'reset');
  const cast = (Object.entries(round) as [Trouble, readonly Plan[]][]).flatMap(([trouble, plans]) =>
    plans.map((plan) => ({ trouble, plan })),
  );
  const stock = await stockFor(
    app,
    cast.flatMap(({ plan }) => plan.needs ?? []),
  );
  const world = worldOf(await app.state(), stock);
  const runs = cast.map(({ trouble, plan: { name, on } }): ScenarioRun => {
    const begun = { cardBefore: '', tookMs: 0, busyMs: 0, first: '', beforeMending: '', targetedText: '' };
    const nothingYet = { isUnharmed: false, isClaimed: false, isDone: false, isRefused: false };
    const uncounted = { doneBefore: 0, done: 0, last: '', failed: [], calls: [] };
    return { name, trouble, scenario: on(world), talk: app.in('channel'), ...begun, ...nothingYet, ...uncounted };
  });
  const arrive = async ({ scenario, talk, trouble }: ScenarioRun) => {
    const { method, path, isFromStart } = scenario;
    if (isFromStart) await app.fault({ method, path, times: 1_000, ...misbehaviour(trouble).fault });
    await scenario.arrive?.(talk, app);
    // What was begun for the first card is given up before the next one asks for it.
    const isGivenUp = async () =>
      (await app.requests()).filter((one) => isOf(scenario, one)).length >= misbehaviour(trouble).tries;
    if (isFromStart) await waitUntil(isGivenUp, 'the first reading to be given up', endsWithinMs, lookEveryMs);
  };
  for (let at = 0; at < runs.length; at += arriveAtOnce) await each(runs.slice(at, at + arriveAtOnce), arrive);
  return runs;
}

/** Orders made in Partner Center by somebody else, and completed: each of its own scenario. */
async function stockFor(app: TestApp, needs: readonly Need[]): Promise<Record<Need, FreshOrder[]>> {
  const stock: Record<Need, FreshOrder[]> = { perpetual: [], rented: [] };
  if (needs.length === 0) return stock;
  const silent = () => undefined;
  const center = createPartnerCenter({
    ...defaultAccount(),
    url: app.simulatorUrl,
    authority: app.simulatorUrl,
    clock: { now: () => new Date() },
    log: { debug: silent, info: silent, warn: silent, error: silent },
  });
  const [customer] = (await center.customers.search('Contoso', 1)).found;
  const { id: customerId } = found(customer, 'customer');
  const made = await Promise.all(
    needs.map(async (need) => {
      const [item, plan] =
        need === 'rented' ? ([catalogItems.rented, forOneYear] as const) : ([catalogItems.server, {}] as const);
      return { need, order: (await buy(center, { id: customerId }, item, plan)).order };
    }),
  );
  await app.advance(60);
  for (const { need, order } of made) {
    const { lines } = found(await center.ordering.order(customerId, order.id), 'order');
    stock[need].push({ id: order.id, number: order.number, subscriptionId: lines[0]?.subscriptionId });
  }
  await center.close();
  return stock;
}

async function act(app: TestApp, { scenario, talk }: ScenarioRun): Promise<Pick<ScenarioRun, 'tookMs' | 'first'>> {
  if (typeof scenario.act === 'object') {
    const { press, values } = scenario.act;
    const pressed = async () => {
      const { tookMs, card, said, text } = await talk.presses(press, values, cardWith(talk, press));
      return { tookMs, first: card?.text ?? said ?? text };
    };
    const answer = await pressed();
    // What led here may not have ended yet, though its card is there.
    const isEarly = /last answer is still being worked on/.test(answer.first) && cardWith(talk, press) !== undefined;
    return isEarly ? pressed() : answer;
  }
  const words = typeof scenario.act === 'string' ? scenario.act : scenario.act(talk);
  const before = app.connector.messages(talk.place).length;
  return timed(async () => {
    await app.post(talk.words(words));
    const isAnswered = () => app.connector.messages(talk.place).length > before;
    await app.connector.until(isAnswered, `an answer to ${words}`, endsWithinMs);
    return cardOf(talk);
  });
}

async function timed<T>(work: () => Promise<T>): Promise<{ tookMs: number; first: T }> {
  const begunAt = performance.now();
  const first = await work();
  return { tookMs: performance.now() - begunAt, first };
}

/** The person goes on where they were, as the card says; what is under way ends by itself. */
async function carryThrough(app: TestApp, run: ScenarioRun): Promise<void> {
  const { name, scenario } = run;
  const isEnded = () => scenario.isDone(run.talk) || isRefused(run);
  const isInProgress = () => inProgress.test(cardOf(run.talk));
  const ends = (withinMs: number) => app.connector.until(isEnded, `${name} to be done`, withinMs);
  await app.connector.until(() => isEnded() || !isInProgress(), `${name} to end`, endsWithinMs);
  // A press that comes while the last one is still being worked on is told so, and pressed again.
  const giveUpAt = performance.now() + endsWithinMs;
  while (!isEnded() && !isInProgress() && performance.now() < giveUpAt) {
    if (!isActPossible(run)) {
      // It was refused for good: they begin anew.
      run.talk = app.in('channel');
      await scenario.arrive?.(run.talk, app);
    }
    await act(app, run);
    await ends(4_000).catch(() => {});
  }
  await ends(endsWithinMs);
}

function isRefused({ scenario, talk, trouble }: ScenarioRun): boolean {
  return misbehaviour(trouble).refuses === true && scenario.isRefused?.(talk) === true;
}

function isActPossible({ scenario: { act }, talk }: ScenarioRun): boolean {
  return typeof act !== 'object' || cardWith(talk, act.press) !== undefined;
}

/** Below it may stand what was said since. */
function cardWith(talk: Conversation, button: string) {
  return talk.cards().findLast(({ view }) => view.buttons.some((title) => title.startsWith(button)));
}

/** All tries were made, and the person was told. What hangs stays so for 20 s and is mended before. */
function isGivenUp({ scenario, trouble, talk, cardBefore }: ScenarioRun, seen: readonly SimulatorRequest[]): boolean {
  if (trouble === 'hangs' || scenario.isDone(talk)) return true;
  const isTold = cardOf(talk) !== cardBefore && !/Working on it/.test(cardOf(talk));
  return isTold && seen.filter((one) => isOf(scenario, one)).length >= misbehaviour(trouble).tries;
}

function wasDone(run: ScenarioRun, seen: readonly SimulatorRequest[]): boolean {
  if (misbehaviour(run.trouble).doesTheWork || run.scenario.count === undefined) return true;
  return run.trouble !== 'answers with a web page' && isAnswered(run, seen);
}

function isAnswered({ scenario }: ScenarioRun, seen: readonly SimulatorRequest[]): boolean {
  return seen.some((one) => isOf(scenario, one) && one.status >= 200 && one.status < 300);
}

function isOf({ method, path }: Scenario, seen: SimulatorRequest): boolean {
  return seen.method === method && new RegExp(path).test(seen.path);
}

/** Keeps what went wrong with the run it happened in. */
async function each(runs: readonly ScenarioRun[], work: (run: ScenarioRun) => Promise<void>): Promise<void> {
  await Promise.all(
    runs.map(async (run) => {
      if (run.problem !== undefined) return;
      await work(run).catch((error) => {
        run.problem = new Error(`${error}; it says: ${cardOf(run.talk)}`, { cause: error });
      });
    }),
  );
}

/** Looks at the calls until all runs are so far; those that never are keep that as their problem. */
async function untilAll(
  runs: readonly ScenarioRun[],
  calls: () => Promise<SimulatorRequest[]>,
  isSoFar: (run: ScenarioRun, seen: readonly SimulatorRequest[]) => boolean,
): Promise<void> {
  let open = runs.filter(({ problem }) => problem === undefined);
  const isOver = async () => {
    const seen = await calls();
    open = open.filter((run) => !isSoFar(run, seen));
    return open.length === 0;
  };
  await waitUntil(isOver, 'the end of the round', endsWithinMs, lookEveryMs).catch(() => undefined);
  for (const run of open) run.problem = new Error(`no end within ${endsWithinMs} ms; it says: ${cardOf(run.talk)}`);
}
