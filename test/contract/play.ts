import { type Desk, eventually, type SimulatorState, type Talk } from '../conversations/desk.ts';
import { cardOf, type Deed, plans, type Trouble, troubles, worldOf } from './deeds.ts';
import type { Seen } from './server.ts';

/** A call is given up after 20 s; a job begins 10 s after the turn that could not finish. */
const endsWithinMs = 50_000;
const underway = /working on|being placed|being filed|carry on|keep trying/i;

/** One deed under one trouble, and what the person saw. */
export interface Scene {
  readonly name: string;
  readonly trouble: Trouble;
  readonly deed: Deed;
  readonly talk: Talk;
  cardBefore: string;
  /** Until the first answer. */
  tookMs: number;
  first: string;
  /** When all was given up and nothing had been mended. */
  beforeMending: string;
  /** It was shown as done although Partner Center had not done it. */
  isClaimed: boolean;
  problem?: unknown;
}

/** All deeds under these troubles, at the same time: until they are given up, and on to their end after mending. */
export async function play(desk: Desk, under: readonly Trouble[]): Promise<{ scenes: Scene[]; after: SimulatorState }> {
  const world = worldOf(await desk.state());
  const scenes = under.flatMap((trouble) =>
    plans[trouble].map(({ name, on }): Scene => {
      const begun = { cardBefore: '', tookMs: 0, first: '', beforeMending: '', isClaimed: false };
      return { name, trouble, deed: on(world), talk: desk.in('channel'), ...begun };
    }),
  );
  for (const scene of scenes) await each([scene], async () => void (await scene.deed.arrive?.(scene.talk)));

  const requests = async () => (await desk.simulator('GET', 'requests')) as Seen[];
  const begunAt = (await requests()).length;
  const calls = async () => (await requests()).slice(begunAt);
  for (const { deed, trouble } of scenes) {
    await desk.fault({ method: deed.method, path: deed.path, times: 1_000, ...troubles[trouble] });
  }
  await each(scenes, async (scene) => {
    scene.cardBefore = cardOf(scene.talk);
    Object.assign(scene, await act(desk, scene));
  });
  await untilAll(scenes, calls, isGivenUp);
  const seen = await calls();
  for (const scene of scenes) {
    scene.beforeMending = cardOf(scene.talk);
    scene.isClaimed = scene.deed.isDone(scene.talk) && !wasDone(scene, seen);
  }
  await desk.simulator('DELETE', 'faults');

  await each(scenes, (scene) => carryThrough(desk, scene));
  const written = scenes.filter(({ deed }) => deed.count !== undefined);
  await untilAll(written, calls, (scene, seen) => isDropped(scene) || isAnswered(scene, seen));
  await desk.advance(120);
  return { scenes, after: await desk.state() };
}

async function act(desk: Desk, { deed, talk }: Scene): Promise<Pick<Scene, 'tookMs' | 'first'>> {
  if (typeof deed.act !== 'string') {
    const { tookMs, card, said, text } = await talk.presses(deed.act.press, deed.act.values);
    return { tookMs, first: card?.text ?? said ?? text };
  }
  const begunAt = performance.now();
  const before = desk.connector.messages(talk.place).length;
  await desk.post(talk.words(deed.act));
  await desk.connector.until(() => desk.connector.messages(talk.place).length > before, `an answer to ${deed.act}`);
  return { tookMs: performance.now() - begunAt, first: cardOf(talk) };
}

/** The person goes on where they were, as the card says; what is under way ends by itself. */
async function carryThrough(desk: Desk, scene: Scene): Promise<void> {
  const { name, deed, talk } = scene;
  const isOver = () => deed.isDone(talk) || !underway.test(cardOf(talk));
  const isDone = (withinMs: number) => desk.connector.until(() => deed.isDone(talk), `${name} to be done`, withinMs);
  await desk.connector.until(isOver, `${name} to end`, endsWithinMs);
  // A press that comes while the last one is still being worked on is told so, and pressed again.
  for (let press = 0; press < 5 && !deed.isDone(talk) && !underway.test(cardOf(talk)); press += 1) {
    await act(desk, scene);
    await isDone(4_000).catch(() => {});
  }
  await isDone(endsWithinMs);
}

/** All tries were made, and the person was told. What hangs stays so for 20 s and is mended before. */
function isGivenUp({ deed, trouble, talk, cardBefore }: Scene, seen: readonly Seen[]): boolean {
  if (trouble === 'hangs' || deed.isDone(talk)) return true;
  const isTold = cardOf(talk) !== cardBefore && !/Working on it/.test(cardOf(talk));
  return isTold && seen.filter((one) => isOf(deed, one)).length >= 4;
}

function isDropped({ trouble }: Scene): boolean {
  return trouble === 'does the work and drops the connection';
}

function wasDone(scene: Scene, seen: readonly Seen[]): boolean {
  return isDropped(scene) || (scene.trouble !== 'answers with a web page' && isAnswered(scene, seen));
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
  const look = async () => {
    const seen = await calls();
    open = open.filter((scene) => !isSoFar(scene, seen));
    return open.length === 0;
  };
  await eventually(look, 'an end', endsWithinMs).catch(() => {
    for (const scene of open)
      scene.problem = new Error(`no end within ${endsWithinMs} ms; it says: ${cardOf(scene.talk)}`);
  });
}
