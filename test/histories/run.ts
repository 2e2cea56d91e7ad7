import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Broken, judge } from './checker.ts';
import type { HistoryEvent, Recorded } from './events.ts';
import { injectFaults } from './faults.ts';
import { planOf } from './people.ts';
import { play, warmUp } from './play.ts';
import { keySeconds, type Product, startProduct } from './product.ts';
import { pressUnknownCards } from './unknown-cards.ts';

export interface Wanted {
  /** Of the first plan; the others follow it by one. */
  readonly seed: number;
  readonly submissions: number;
  /** Or as many as begin within this time. */
  readonly seconds?: number;
  readonly processes: number;
  readonly asChildren?: boolean;
  /** Partner Center and Teams fail now and then. */
  readonly isFaulty?: boolean;
  /** So many plans are played at the same time on each product. */
  readonly atOnce?: number;
  /** So many products at the same time: while one comes to rest, the others are busy. */
  readonly products?: number;
  /** Within which an activity is to be answered; longer where all of it shares one process. */
  readonly answerMs?: number;
  readonly onProgress?: (figures: Figures) => void;
}

export interface Figures {
  plans: number;
  /** Orders and cancellations that were written down. */
  submissions: number;
  deliveries: number;
  faults: number;
  seconds: number;
  /** How long people waited, longest first, in milliseconds. */
  slowest: number[];
  /** Conversations that did not get as far as they were meant to. */
  readonly stopped: { readonly seed: number; readonly why: string }[];
  readonly broken: { readonly seed: number | undefined; readonly invariant: string; readonly sentence: string }[];
  /** The histories in which something was broken, as files. */
  readonly kept: string[];
}

/** Each product has so many conversations: what it keeps in memory, and how many admin agents it tells, stays small. */
const plansOfProduct = 24;

/** Of what was slowest. */
const slowestKept = 50_000;

/** Where the next plans begin. */
interface Course {
  nextSeed: number;
  /** Nothing new is begun after this, in milliseconds of `performance.now()`. */
  readonly endAt: number;
  /** Of the products that are being played. */
  readonly underWay: Set<Product>;
}

/** Plays plans on one product after the other until there are enough submissions, and judges what happened. */
export async function runHistories(wanted: Wanted): Promise<Figures> {
  const figures: Figures = {
    ...{ plans: 0, submissions: 0, deliveries: 0, faults: 0, seconds: 0 },
    ...{ slowest: [], stopped: [], broken: [], kept: [] },
  };
  const begunAt = performance.now();
  const endAt = begunAt + (wanted.seconds ?? Number.POSITIVE_INFINITY) * 1000;
  const course: Course = { nextSeed: wanted.seed, endAt, underWay: new Set() };
  const lane = async (): Promise<void> => {
    while (!isEnough(wanted, figures, course)) {
      await playOnce(wanted, figures, course);
      figures.seconds = (performance.now() - begunAt) / 1000;
      wanted.onProgress?.(figures);
    }
  };
  await Promise.all(Array.from({ length: wanted.products ?? 1 }, lane));
  return figures;
}

function isEnough({ submissions }: Wanted, figures: Figures, { underWay, endAt }: Course): boolean {
  if (performance.now() > endAt) return true;
  const open = [...underWay].reduce((sum, product) => sum + product.submissions(), 0);
  return figures.submissions + open >= submissions;
}

async function playOnce(wanted: Wanted, figures: Figures, course: Course): Promise<void> {
  const { processes, asChildren, isFaulty = false, atOnce = 6 } = wanted;
  const firstSeed = course.nextSeed;
  course.nextSeed += plansOfProduct;
  const product = await startProduct({ processes, asChildren, conversations: plansOfProduct + 1 });
  await warmUp(product, plansOfProduct + 1);
  product.recorder.events.length = 0;
  course.underWay.add(product);
  const faults = isFaulty ? injectFaults(product, firstSeed, 10) : undefined;
  let next = 0;
  const playPlans = async (): Promise<void> => {
    while (next < plansOfProduct && !isEnough(wanted, figures, course)) {
      const number = next;
      next += 1;
      for (const { message } of await play(product, number + 1, planOf(firstSeed + number)))
        figures.stopped.push({ seed: firstSeed + number, why: message });
    }
  };
  await Promise.all(Array.from({ length: atOnce }, playPlans));
  await faults?.stop();
  const pressAll = async (): Promise<boolean> => {
    const pressed = Array.from({ length: next }, (_, number) =>
      pressUnknownCards(product, number + 1, planOf(firstSeed + number)),
    );
    return (await Promise.all(pressed)).includes(true);
  };
  const history = await product.finish(pressAll);
  course.underWay.delete(product);
  figures.plans += next;
  await count(history, figures, firstSeed, wanted);
}

async function count(
  history: readonly HistoryEvent[],
  figures: Figures,
  firstSeed: number,
  { answerMs, isFaulty }: Pick<Wanted, 'answerMs' | 'isFaulty'>,
): Promise<void> {
  const end = history.at(-1);
  if (end?.kind !== 'recorded') throw new Error('nobody looked at the end');
  figures.submissions += end.orders.length + end.cases.length;
  for (const one of history) {
    if (one.kind === 'sent') figures.deliveries += 1;
    if (one.kind === 'answered') figures.slowest.push(one.ms);
    if (one.kind === 'time' && one.what === 'fault') figures.faults += 1;
  }
  figures.slowest = figures.slowest.toSorted((one, other) => other - one).slice(0, slowestKept);
  const broken = judge(history, {
    keyMs: keySeconds * 1_000,
    // A deletion that was refused is tried again after growing pauses.
    keyGraceMs: isFaulty ? 60_000 : 5_000,
    ...(answerMs !== undefined && { answerMs }),
  });
  if (!end.isQuiet) broken.push({ invariant: 'everything comes to its end', sentence: restless(end), events: [end] });
  for (const one of broken) {
    const number = numberOf(one, end);
    const seed = number === undefined ? undefined : firstSeed + number - 1;
    figures.broken.push({ seed, invariant: one.invariant, sentence: one.sentence });
  }
  if (broken.length === 0) return;
  const file = join(tmpdir(), `software-desk-history-${firstSeed}.json`);
  await writeFile(file, JSON.stringify({ broken, history }));
  figures.kept.push(file);
}

/** What was still under way. */
function restless({ orders, cases, notices, visibleKeys }: Recorded): string {
  const open = [
    ...orders.filter(({ state }) => state === 'accepted').map(({ submission }) => `order ${submission}`),
    ...cases
      .filter(({ state }) => !['completed', 'refused', 'needs_person'].includes(state))
      .map(({ reference, state }) => `${reference} ${state}`),
    ...notices.filter(({ state }) => state === 'due').map(({ kind, about }) => `notice ${kind} ${about}`),
    ...visibleKeys.map(({ message }) => `key in ${message}`),
  ];
  return `it did not come to rest: ${open.join(', ')}`;
}

/** In which conversation it happened: people and places have its number. */
function numberOf({ sentence, events }: Broken, { orders, cases }: Recorded): number | undefined {
  const named = [...orders, ...cases].find(
    (one) => sentence.includes(one.submission) || ('reference' in one && sentence.includes(one.reference)),
  );
  const text = named ? named.person : JSON.stringify(events.filter(({ kind }) => kind !== 'recorded'));
  const [, , ofPerson] = /\b(\d)\1{7}-.{14}-\1{8}(\d{4})\b/.exec(text) ?? [];
  const [, ofPlace] = /19:(?:general@thread\.tacv2;messageid=17000000)?(\d{5})\b/.exec(text) ?? [];
  const digits = ofPerson ?? ofPlace;
  return digits === undefined ? undefined : Number(digits);
}
