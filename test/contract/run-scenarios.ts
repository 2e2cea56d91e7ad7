import { setTimeout as pause } from 'node:timers/promises';
import { createPartnerCenter } from '../../src/partner-center/index.ts';
import { defaultAccount } from '../../src/simulator/sign-in/account.ts';
import type { Desk, Talk } from '../support/app.ts';
import { buy, forOneYear, wares } from './catalog-items.ts';
import { found } from './instruments.ts';
import {
  cardOf,
  type Deed,
  type FreshOrder,
  misbehaviour,
  type Need,
  type Plan,
  type rounds,
  type Trouble,
  worldOf,
} from './scenarios.ts';
import type { Seen } from './server.ts';

/** A call is given up after 20 s; a job begins 10 s after the turn that could not finish. */
const endsWithinMs = 50_000;
const arriveAtOnce = 5;
/** All calls so far are read at each look. */
const lookEveryMs = 300;
const underway = /working on|being placed|being filed|carry on|keep trying|tried again by itself/i;

/** One deed under one trouble, and what the person saw. */
export interface Scene {
  readonly name: string;
  readonly trouble: Trouble;
  readonly deed: Deed;
  talk: Talk;
  cardBefore: string;
  /** Until the first answer. */
  tookMs: number;
  /** So long took, at the same time, an answer that Partner Center has no part in: the machine is busy. */
  busyMs: number;
  first: string;
  /** It went through at once, whatever Partner Center answered. */
  isUnharmed: boolean;
  /** When all was given up and nothing had been mended. */
  beforeMending: string;
  /** What they alone were shown until then. */
  whispered: string;
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
  failed: readonly Seen[];
  calls: readonly Seen[];
  problem?: unknown;
}

/** One after the other: side by side the desks only wait, so that none is slow because another is busy. */
export type Stage = <T>(work: () => Promise<T>) => Promise<T>;

export function createStage(): Stage {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const turn = last.then(work);
    last = turn.catch(() => undefined);
    return turn;
  };
}

/** All deeds of the round, at the same time: until they are given up, and on to their end after mending. */
export async function play(desk: Desk, round: (typeof rounds)[number][number], stage: Stage): Promise<Scene[]> {
  const requests = async () => (await desk.simulator('GET', 'requests')) as Seen[];
  const scenes = await stage(() => arrived(desk, round));
  const standing = scenes.flatMap(({ deed }) => deed.standing ?? []).map((fault) => ({ ...fault, times: 1_000 }));
  const begunAt = (await requests()).length;
  const calls = async () => (await requests()).slice(begunAt);
  await desk.fault(...standing);
  for (const { deed, trouble } of scenes) {
    await desk.fault({ method: deed.method, path: deed.path, times: 1_000, ...misbehaviour(trouble).fault });
  }
  const busy = timed(() => desk.in('channel').says('help'));
  await each(scenes, async (scene) => {
    scene.cardBefore = cardOf(scene.talk);
    Object.assign(scene, await act(desk, scene));
    scene.isUnharmed = scene.deed.isDone(scene.talk);
  });
  const { tookMs: busyMs } = await busy;
  for (const scene of scenes) scene.busyMs = busyMs;
  await untilAll(scenes, calls, isGivenUp);
  const [seen, state] = [await calls(), await desk.state()];
  for (const scene of scenes) {
    scene.beforeMending = cardOf(scene.talk);
    scene.whispered = JSON.stringify(scene.talk.whispers().map(({ card }) => card));
    scene.isClaimed = scene.deed.isDone(scene.talk) && !wasDone(scene, seen);
    scene.failed = seen.filter((one) => isOf(scene.deed, one));
    scene.doneBefore = scene.deed.count?.(state) ?? 0;
  }
  await desk.simulator('DELETE', 'faults');
  await desk.fault(...standing);

  await each(scenes, (scene) => carryThrough(desk, scene));
  const written = scenes.filter((scene) => scene.deed.count !== undefined && !isRefused(scene));
  await untilAll(written, calls, (scene, all) => misbehaviour(scene.trouble).doesTheWork || isAnswered(scene, all));
  await desk.advance(120);
  const [all, after] = [await calls(), await desk.state()];
  for (const scene of scenes) {
    scene.calls = all.filter((one) => isOf(scene.deed, one));
    scene.done = scene.deed.count?.(after) ?? 0;
    scene.last = cardOf(scene.talk);
    scene.isRefused = isRefused(scene);
    scene.isDone = scene.deed.isDone(scene.talk);
  }
  return scenes;
}

/** The people of the round, each where the deed begins; from the seed on. */
async function arrived(desk: Desk, round: (typeof rounds)[number][number]): Promise<Scene[]> {
  await desk.simulator('POST', 'reset');
  const cast = (Object.entries(round) as [Trouble, readonly Plan[]][]).flatMap(([trouble, plans]) =>
    plans.map((plan) => ({ trouble, plan })),
  );
  const stock = await stockFor(
    desk,
    cast.flatMap(({ plan }) => plan.needs ?? []),
  );
  const world = worldOf(await desk.state(), stock);
  const scenes = cast.map(({ trouble, plan: { name, on } }): Scene => {
    const begun = { cardBefore: '', tookMs: 0, busyMs: 0, first: '', beforeMending: '', whispered: '' };
    const nothingYet = { isUnharmed: false, isClaimed: false, isDone: false, isRefused: false };
    const uncounted = { doneBefore: 0, done: 0, last: '', failed: [], calls: [] };
    return { name, trouble, deed: on(world), talk: desk.in('channel'), ...begun, ...nothingYet, ...uncounted };
  });
  const arrive = async ({ deed, talk }: Scene) => void (await deed.arrive?.(talk, desk));
  for (let at = 0; at < scenes.length; at += arriveAtOnce) await each(scenes.slice(at, at + arriveAtOnce), arrive);
  return scenes;
}

/** Orders made in Partner Center by somebody else, and completed: each of its own deed. */
async function stockFor(desk: Desk, needs: readonly Need[]): Promise<Record<Need, FreshOrder[]>> {
  const stock: Record<Need, FreshOrder[]> = { perpetual: [], rented: [] };
  if (needs.length === 0) return stock;
  const silent = () => undefined;
  const center = createPartnerCenter({
    ...defaultAccount(),
    url: desk.simulatorUrl,
    authority: desk.simulatorUrl,
    clock: { now: () => new Date() },
    log: { debug: silent, info: silent, warn: silent, error: silent },
  });
  const [customer] = (await center.customers.search('Contoso', 1)).found;
  const { id: customerId } = found(customer, 'customer');
  const made = await Promise.all(
    needs.map(async (need) => {
      const [ware, plan] = need === 'rented' ? ([wares.rented, forOneYear] as const) : ([wares.server, {}] as const);
      return { need, order: (await buy(center, { id: customerId }, ware, plan)).order };
    }),
  );
  await desk.advance(60);
  for (const { need, order } of made) {
    const { lines } = found(await center.ordering.order(customerId, order.id), 'order');
    stock[need].push({ id: order.id, number: order.number, subscriptionId: lines[0]?.subscriptionId });
  }
  await center.close();
  return stock;
}

async function act(desk: Desk, { deed, talk }: Scene): Promise<Pick<Scene, 'tookMs' | 'first'>> {
  if (typeof deed.act === 'object') {
    const { press, values } = deed.act;
    const pressed = async () => {
      const { tookMs, card, said, text } = await talk.presses(press, values, cardWith(talk, press));
      return { tookMs, first: card?.text ?? said ?? text };
    };
    const answer = await pressed();
    // What led here may not have ended yet, though its card is there.
    const isEarly = /last answer is still being worked on/.test(answer.first) && cardWith(talk, press) !== undefined;
    return isEarly ? pressed() : answer;
  }
  const words = typeof deed.act === 'string' ? deed.act : deed.act(talk);
  const before = desk.connector.messages(talk.place).length;
  return timed(async () => {
    await desk.post(talk.words(words));
    const isAnswered = () => desk.connector.messages(talk.place).length > before;
    await desk.connector.until(isAnswered, `an answer to ${words}`, endsWithinMs);
    return cardOf(talk);
  });
}

async function timed<T>(work: () => Promise<T>): Promise<{ tookMs: number; first: T }> {
  const begunAt = performance.now();
  const first = await work();
  return { tookMs: performance.now() - begunAt, first };
}

/** The person goes on where they were, as the card says; what is under way ends by itself. */
async function carryThrough(desk: Desk, scene: Scene): Promise<void> {
  const { name, deed } = scene;
  const isEnded = () => deed.isDone(scene.talk) || isRefused(scene);
  const isUnderway = () => underway.test(cardOf(scene.talk));
  const ends = (withinMs: number) => desk.connector.until(isEnded, `${name} to be done`, withinMs);
  await desk.connector.until(() => isEnded() || !isUnderway(), `${name} to end`, endsWithinMs);
  // A press that comes while the last one is still being worked on is told so, and pressed again.
  const giveUpAt = performance.now() + endsWithinMs;
  while (!isEnded() && !isUnderway() && performance.now() < giveUpAt) {
    if (!isActPossible(scene)) {
      // It was refused for good: they begin anew.
      scene.talk = desk.in('channel');
      await deed.arrive?.(scene.talk, desk);
    }
    await act(desk, scene);
    await ends(4_000).catch(() => {});
  }
  await ends(endsWithinMs);
}

function isRefused({ deed, talk, trouble }: Scene): boolean {
  return misbehaviour(trouble).refuses === true && deed.isRefused?.(talk) === true;
}

function isActPossible({ deed: { act }, talk }: Scene): boolean {
  return typeof act !== 'object' || cardWith(talk, act.press) !== undefined;
}

/** Below it may stand what was said since. */
function cardWith(talk: Talk, button: string) {
  return talk.cards().findLast(({ view }) => view.buttons.some((title) => title.startsWith(button)));
}

/** All tries were made, and the person was told. What hangs stays so for 20 s and is mended before. */
function isGivenUp({ deed, trouble, talk, cardBefore }: Scene, seen: readonly Seen[]): boolean {
  if (trouble === 'hangs' || deed.isDone(talk)) return true;
  const isTold = cardOf(talk) !== cardBefore && !/Working on it/.test(cardOf(talk));
  return isTold && seen.filter((one) => isOf(deed, one)).length >= misbehaviour(trouble).tries;
}

function wasDone(scene: Scene, seen: readonly Seen[]): boolean {
  if (misbehaviour(scene.trouble).doesTheWork || scene.deed.count === undefined) return true;
  return scene.trouble !== 'answers with a web page' && isAnswered(scene, seen);
}

function isAnswered({ deed }: Scene, seen: readonly Seen[]): boolean {
  return seen.some((one) => isOf(deed, one) && one.status >= 200 && one.status < 300);
}

function isOf({ method, path }: Deed, seen: Seen): boolean {
  return seen.method === method && new RegExp(path).test(seen.path);
}

/** Keeps what went wrong with the scene it happened in. */
async function each(scenes: readonly Scene[], work: (scene: Scene) => Promise<void>): Promise<void> {
  await Promise.all(
    scenes.map(async (scene) => {
      if (scene.problem !== undefined) return;
      await work(scene).catch((error) => {
        scene.problem = new Error(`${error}; it says: ${cardOf(scene.talk)}`, { cause: error });
      });
    }),
  );
}

/** Looks at the calls until all scenes are so far; those that never are keep that as their problem. */
async function untilAll(
  scenes: readonly Scene[],
  calls: () => Promise<Seen[]>,
  isSoFar: (scene: Scene, seen: readonly Seen[]) => boolean,
): Promise<void> {
  let open = scenes.filter(({ problem }) => problem === undefined);
  for (const giveUpAt = performance.now() + endsWithinMs; performance.now() < giveUpAt; await pause(lookEveryMs)) {
    const seen = await calls();
    open = open.filter((scene) => !isSoFar(scene, seen));
    if (open.length === 0) return;
  }
  for (const scene of open)
    scene.problem = new Error(`no end within ${endsWithinMs} ms; it says: ${cardOf(scene.talk)}`);
}
