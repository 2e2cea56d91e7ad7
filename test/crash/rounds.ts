import { setTimeout as pause } from 'node:timers/promises';
import { judge } from '../histories/checker.ts';
import type { HistoryEvent, Recorded } from '../histories/events.ts';
import { outsideOf, readEnd } from '../histories/read-end.ts';
import { now } from '../histories/record.ts';
import { toNowReview, toTicketReview } from '../support/cancellation-steps.ts';
import type { Cluster } from '../support/cluster.ts';
import type { Shown } from '../support/conversation.ts';
import { readDatabase } from '../support/database-contents.ts';
import { type FreshDatabase, freshDatabase, freshEmbedded } from '../support/databases.ts';
import { compileOnce } from '../support/process.ts';
import { startTcpProxy } from '../support/tcp-proxy.ts';
import { waitUntil } from '../support/wait-until.ts';
import { disturb } from './disturb.ts';
import type { Passage } from './gate.ts';
import { skewOf } from './skew.ts';
import { startWorld, type Talk, type World } from './world.ts';

export interface Wanted {
  readonly kills: number;
  readonly seed: number;
  /** Three processes on a database of a server, or one with its own. */
  readonly on: 'server' | 'embedded';
  /** The server, where it is not that of `DATABASE_URL`: it is crashed, and its disk is full, now and then. */
  readonly cluster?: Cluster;
  /** Besides, the server or another process is disturbed now and then, and the clocks of two processes are wrong. */
  readonly isDisturbed?: boolean;
  /** What is in the database before. */
  readonly fill?: (database: FreshDatabase) => Promise<void>;
}

export interface Figures {
  kills: number;
  jobs: number;
  histories: number;
  readonly disturbances: string[];
  /**
   * Of what was submitted and not ended when its process was killed: how long until its card shows the end. From the kill,
   * or, where nobody else lives, from the moment the next start is ready.
   */
  readonly recoveriesMs: number[];
  readonly startsMs: number[];
  readonly broken: { readonly seed: number; readonly invariant: string; readonly sentence: string }[];
}

/** Each history is so long: what is broken in it can be read by a person. */
const killsOfHistory = 12;
/** Whoever has waited for so long presses again. */
const patienceMs = 6_000;
const longestMs = 90_000;
const promisedMs = 5_000;
/** Processes that start take the processor from those that answer; how soon they answer is judged where nobody starts. */
const startingMs = 10_000;

/** Kills processes in the middle of orders, tickets and cancellations, and judges what has become of them. */
export async function playCrashes(
  wanted: Wanted,
  tell: (figures: Figures) => void = () => undefined,
): Promise<Figures> {
  const figures: Figures = {
    ...{ kills: 0, jobs: 0, histories: 0, disturbances: [] },
    ...{ recoveriesMs: [], startsMs: [], broken: [] },
  };
  for (let seed = wanted.seed; figures.kills < wanted.kills; seed += 1) {
    const { history, broken } = await playHistory({ ...wanted, seed }, figures);
    figures.histories += 1;
    figures.broken.push(...[...judge(history, { answerMs: startingMs }), ...broken].map((one) => ({ seed, ...one })));
    tell(figures);
  }
  return figures;
}

interface Job {
  readonly talk: Talk;
  readonly button: 'Confirm' | 'Submit';
  readonly review: Shown;
  readonly ended: RegExp;
}

/** What a kill has interrupted: whether it had been submitted by then, the database tells at the end. */
interface Interrupted {
  readonly place: string;
  /** In milliseconds since 1970. */
  readonly killedAt: number;
  readonly tookMs: number;
}

/** The process dies at the request with this number that is so far, or after a time. */
type Attack = { readonly at: Passage['at']; readonly number: number } | { readonly afterMs: number };

type Random = () => number;

function pick<T>(random: Random, values: readonly [T, ...T[]]): T {
  return values[Math.floor(random() * values.length)] ?? values[0];
}

async function playHistory(wanted: Wanted, figures: Figures) {
  const { seed, on, cluster, isDisturbed = false, fill } = wanted;
  const random = randomFrom(seed);
  const database = on === 'server' ? await freshDatabase(cluster?.url) : await freshEmbedded();
  await fill?.(database);
  const proxy = database.databaseUrl === undefined ? undefined : await startTcpProxy(database.databaseUrl);
  let see: (passage: Passage) => void = () => undefined;
  const world = await startWorld({ database, see: (passage) => see(passage) });
  const start = async (name: string): Promise<void> => {
    const begunAt = performance.now();
    // The embedded database has the clock of its process, by which it is told afterwards what was submitted when.
    const clock = isDisturbed && proxy ? await skewOf(name) : {};
    await world.start(name, { DATABASE_URL: proxy?.url, LOG_LEVEL: 'warn', ...clock });
    figures.startsMs.push(performance.now() - begunAt);
  };
  const interrupted: Interrupted[] = [];
  const broken: { invariant: string; sentence: string }[] = [];

  /** Nobody can start while the database is away: the operator's supervisor tries again. */
  async function startAgain(name: string, tries = 15): Promise<void> {
    try {
      await start(name);
    } catch (error) {
      if (!isDisturbed || tries === 1) throw error;
      await pause(1_000);
      await startAgain(name, tries - 1);
    }
  }

  /** Resolves when the process is dead. */
  async function attack(victim: string, { jobs }: { jobs: readonly Job[] }): Promise<void> {
    const how: Attack =
      random() < 0.3
        ? { afterMs: random() * 600 }
        : { at: pick(random, ['arrived', 'done', 'answered']), number: 1 + Math.floor(random() * 14) };
    const dead = Promise.withResolvers<void>();
    let timer: NodeJS.Timeout | undefined;
    const kill = (): void => {
      see = () => undefined;
      clearTimeout(timer);
      world.kill(victim).then(dead.resolve, dead.reject);
    };
    let left = 'at' in how ? how.number : 0;
    // Where less is asked than that, it dies when everything is over.
    timer = setTimeout(kill, 'at' in how ? 3_000 : how.afterMs);
    see = ({ at }) => {
      if (!('at' in how) || at !== how.at) return;
      left -= 1;
      if (left === 0) kill();
    };
    const presses = jobs.map(({ talk, button, review }) => talk.presses(button, {}, review).catch(() => undefined));
    await dead.promise;
    await Promise.all(presses);
  }

  /** What the next round finds: who is starting, and when it will be there. */
  const upAgain = new Map<string, Promise<unknown>>();

  /** Somebody who lives goes on with the work of the one that dies, who is started again meanwhile. */
  async function playRound(victim: string, other: string | undefined, bought: string[]): Promise<void> {
    await Promise.all([upAgain.get(victim), other && upAgain.get(other)]);
    const kinds = ['order', 'ticket', 'now'] as const;
    const jobs = await Promise.all([
      prepare(world, victim, bought.length > 0 ? pick(random, kinds) : 'order', bought),
      prepare(world, victim, 'order', bought),
    ]);
    figures.jobs += jobs.length;
    await attack(victim, { jobs });
    const killedAt = now();
    figures.kills += 1;
    const open = jobs.filter((job) => !isEnded(job));
    const wrong =
      isDisturbed && proxy && other && random() < 0.3
        ? disturb({ world, proxy, other, ...(cluster && { cluster }) }, random())
        : undefined;
    if (wrong) figures.disturbances.push(wrong.what);
    const up = startAgain(victim);
    up.catch(() => undefined);
    upAgain.set(victim, up);
    if (other === undefined) await up;
    const since = other === undefined ? now() : killedAt;
    await Promise.all([
      ...open.map(async (job) => {
        job.talk.send(other ?? victim);
        await untilEnded(job, world).catch((error: Error) =>
          broken.push({ invariant: 'what was begun comes to its end', sentence: error.message }),
        );
        if (!wrong) interrupted.push({ place: job.talk.place, killedAt, tookMs: now() - since });
      }),
      wrong?.over,
    ]);
    for (const job of jobs) bought.push(...(/Order number: (\S+)/.exec(textOf(job))?.slice(1) ?? []));
  }

  try {
    // With three, a round need not wait for the start of the one that was killed last.
    const names = on === 'server' ? ['a', 'b', 'c'] : ['a'];
    await compileOnce(database.dataDir);
    await Promise.all(names.map(start));
    const bought: string[] = [];
    for (let round = 0; round < killsOfHistory && figures.kills < wanted.kills; round += 1)
      await playRound(
        names[round % names.length] ?? '',
        names.length > 1 ? names[(round + 1) % names.length] : undefined,
        bought,
      );
    await Promise.all(upAgain.values());
    const history = await endOf(world, database);
    const submittedAt = await readDatabase(database, submissionTimes);
    for (const { place, killedAt, tookMs } of interrupted) {
      if ((submittedAt.get(place) ?? Number.POSITIVE_INFINITY) > killedAt) continue;
      figures.recoveriesMs.push(tookMs);
      if (tookMs > promisedMs)
        broken.push({
          invariant: 'another goes on within five seconds',
          sentence: `${place}: ${Math.round(tookMs)} ms`,
        });
    }
    return { history, broken };
  } finally {
    see = () => undefined;
    await world.stop();
    await proxy?.close();
  }
}

/** From the first word to the card that decides. */
async function prepare(world: World, name: string, what: 'order' | 'ticket' | 'now', bought: string[]): Promise<Job> {
  const talk = world.in(what === 'now' ? 'personal' : 'channel', 'ada', name);
  const order = what === 'order' ? undefined : bought.shift();
  if (order === undefined) {
    await talk.says(`buy 2 windows server 2022 standard 16 core for ${world.domain}`);
    return { talk, button: 'Confirm', review: talk.card(), ended: /^Ordered: 2 ×/m };
  }
  // Partner Center completes an order after a while.
  await world.advance(60);
  await (what === 'ticket' ? toTicketReview(talk, order) : toNowReview(talk, order));
  return { talk, button: 'Submit', review: talk.card(), ended: /waiting for Microsoft|being cancelled|completed/ };
}

function isEnded({ talk, ended }: Job): boolean {
  return talk.cards().some(({ view }) => ended.test(view.text));
}

function textOf({ talk }: Job): string {
  return talk
    .cards()
    .map(({ view }) => view.text)
    .join('\n');
}

/** By itself; whoever sees nothing happen for long presses again, on the card as it was. */
async function untilEnded(job: Job, { connector }: World): Promise<void> {
  const giveUpAt = performance.now() + longestMs;
  for (;;) {
    const hasEnded = await connector
      .until(() => isEnded(job), 'the end', patienceMs)
      .then(
        () => true,
        () => false,
      );
    if (hasEnded) return;
    if (performance.now() > giveUpAt) throw new Error(`${job.talk.place}: not ended, its cards say: ${textOf(job)}`);
    await job.talk.presses(job.button, {}, job.review).catch(() => undefined);
  }
}

/** When each place submitted what it submitted, in milliseconds since 1970. */
async function submissionTimes(
  query: (sql: string) => Promise<Record<string, unknown>[]>,
): Promise<Map<string, number>> {
  const rows = await query(
    `select place_id, extract(epoch from created_at)::float8 * 1000 as at from software_desk.order_submissions
     union all select place_id, extract(epoch from created_at)::float8 * 1000 from software_desk.cases`,
  );
  return new Map(rows.map(({ place_id, at }) => [String(place_id), Number(at)]));
}

/** Waits until nothing is under way, ends the processes, and gives what has happened with what there is. */
export async function endOf(world: World, database: FreshDatabase): Promise<readonly HistoryEvent[]> {
  const there = async () => outsideOf(await world.state('orders', 'serviceRequests'));
  const isQuiet = database.databaseUrl
    ? await waitUntil(
        async () => isAtRest(await readDatabase(database, async (query) => readEnd(query, false, await there()))),
        'rest',
        longestMs,
        250,
      ).then(
        () => true,
        () => false,
      )
    : await untilStill(world);
  const outside = await there();
  await world.endAll();
  const end = await readDatabase(database, (query) => readEnd(query, isQuiet, outside));
  return [...world.recorder.events.toSorted((one, other) => one.at - other.at), end];
}

/** The embedded database takes no second reader: nothing is sent, taken or shown for longer than any pause. */
async function untilStill({ recorder }: World): Promise<boolean> {
  for (let count = -1; count !== recorder.events.length; ) {
    count = recorder.events.length;
    await pause(5_000);
  }
  return true;
}

function isAtRest({ orders, cases, notices }: Recorded): boolean {
  return (
    orders.every(({ state }) => state !== 'accepted') &&
    cases.every(({ state }) => ['completed', 'refused', 'needs_person'].includes(state)) &&
    notices.every(({ state }) => state !== 'due')
  );
}

/** The same numbers for the same seed (mulberry32). */
function randomFrom(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
