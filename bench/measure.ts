import { setTimeout as pause } from 'node:timers/promises';
import type { Counts } from './count.ts';
import type { BotProcess } from './processes.ts';
import type { Scenario } from './scenarios.ts';
import type { Talk, Teams } from './teams.ts';

export interface Measured {
  readonly turnsPerSecond: number;
  /** Of a turn, in milliseconds, while as many as possible are asked for. */
  readonly p50: number;
  readonly p99: number;
  /** The same while a fixed number is asked for in every second, counted from when each was to begin. */
  readonly openP50: number;
  readonly openP99: number;
  /** Of both: one in a thousand, the slowest, and of how many. */
  readonly p999: number;
  readonly slowest: number;
  readonly turns: number;
  readonly openPerSecond: number;
  /** What one turn costs: processor time of the bot, what it asks of its database, and of Partner Center. */
  readonly cpuMs: number;
  readonly roundTrips: number;
  readonly statements: number;
  readonly partnerCenterCalls: number;
  readonly rssMb: number;
}

export interface Load {
  readonly seconds: number;
  /** Conversations in which somebody talks at the same time. */
  readonly atOnce: number;
  /** What is tried; less where the bot does less than that at its fastest. */
  readonly openPerSecond: number;
}

/** First as fast as it goes, then at a fixed rate. */
export async function measure(scenario: Scenario, teams: Teams, bot: BotProcess, load: Load): Promise<Measured> {
  const queue = createQueue(scenario, teams, bot, load);
  if (scenario.canRepeat) await queue.prepare(repeatedIn);
  const warm = await runClosed(scenario, queue, { ...load, seconds: Math.max(load.seconds / 2, 1) });
  const expected = (warm.times.length / warm.seconds) * load.seconds;

  await queue.prepare(expected);
  const before = await bot.counts();
  const { times, seconds } = await runClosed(scenario, queue, load);
  const after = await bot.counts();

  const openPerSecond = Math.min(load.openPerSecond, (times.length / seconds) * 0.7);
  await queue.prepare(load.seconds * openPerSecond);
  const openTimes = await runOpen(scenario, queue, { ...load, openPerSecond });
  const per = (count: (counts: Counts) => number) => (count(after) - count(before)) / times.length;
  return {
    turnsPerSecond: times.length / seconds,
    p50: percentile(times, 0.5),
    p99: percentile(times, 0.99),
    openP50: percentile(openTimes, 0.5),
    openP99: percentile(openTimes, 0.99),
    p999: percentile([...times, ...openTimes], 0.999),
    slowest: percentile([...times, ...openTimes], 1),
    turns: times.length + openTimes.length,
    openPerSecond,
    cpuMs: per((counts) => counts.cpuMs),
    roundTrips: per((counts) => counts.roundTrips),
    statements: per((counts) => counts.statements),
    partnerCenterCalls: per((counts) => counts.requests[bot.partnerCenterUrl] ?? 0),
    rssMb: after.rssMb,
  };
}

interface Queue {
  /** A conversation that was prepared, or else one that is prepared now. */
  take(): Promise<Talk>;
  giveBack(talk: Talk): void;
  /** Sees to it that so many are ready, where each is good for one turn only. */
  prepare(count: number): Promise<void>;
  /** Nothing is ready any more, and to prepare more would be measured too. */
  isUsedUp(): boolean;
}

/** As many conversations take turns where each can be had again. */
const repeatedIn = 800;

function createQueue(scenario: Scenario, teams: Teams, bot: BotProcess, { atOnce }: Load): Queue {
  const ready: Talk[] = [];
  let prepared = 0;
  const prepareOne = () => {
    prepared += 1;
    return scenario.prepare(teams, bot.url, prepared);
  };
  return {
    // In turn, because the bot sends no conversation more than Teams takes from it in a second.
    take: async () => ready.shift() ?? prepareOne(),
    giveBack(talk) {
      if (scenario.canRepeat) ready.push(talk);
    },
    async prepare(count) {
      let missing = Math.ceil(scenario.canRepeat ? Math.min(count, repeatedIn) : count) - ready.length;
      const some = async () => {
        while (missing-- > 0) ready.push(await prepareOne());
      };
      await Promise.all(Array.from({ length: atOnce }, some));
    },
    isUsedUp: () => !scenario.canRepeat && ready.length === 0,
  };
}

/** Each of the conversations goes on as soon as it has its answer. */
async function runClosed(
  scenario: Scenario,
  queue: Queue,
  { seconds, atOnce }: Load,
): Promise<{ times: number[]; seconds: number }> {
  const times: number[] = [];
  // The first run has nothing prepared, and finds out how much it takes.
  const mayPrepare = queue.isUsedUp();
  const began = performance.now();
  const some = async () => {
    while (performance.now() < began + seconds * 1000 && (mayPrepare || !queue.isUsedUp())) {
      const talk = await queue.take();
      const asked = performance.now();
      await scenario.turn(talk);
      times.push(performance.now() - asked);
      queue.giveBack(talk);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, some));
  return { times, seconds: (performance.now() - began) / 1000 };
}

/** Somebody begins at fixed times, however slow the answers are: as people do, who do not wait for each other. */
async function runOpen(scenario: Scenario, queue: Queue, { seconds, openPerSecond }: Load): Promise<number[]> {
  const talks: Talk[] = [];
  while (talks.length < seconds * openPerSecond) talks.push(await queue.take());
  const times: number[] = [];
  const turns: Promise<void>[] = [];
  const began = performance.now();
  for (const [index, talk] of talks.entries()) {
    const due = began + (index * 1000) / openPerSecond;
    const early = due - performance.now();
    if (early > 1) await pause(early);
    turns.push(
      scenario.turn(talk).then(() => {
        times.push(performance.now() - due);
      }),
    );
  }
  await Promise.all(turns);
  return times;
}

function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(Math.floor(sorted.length * share), sorted.length - 1)] ?? Number.NaN;
}
