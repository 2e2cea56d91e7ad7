import { setImmediate as yieldToOthers } from 'node:timers/promises';
import { wordsIn } from './fold.ts';
import { createVocabulary } from './vocabulary.ts';

/** What was found, the likeliest first. */
export interface Found<T> {
  readonly found: T[];
  /** There are others that fit. */
  readonly more: boolean;
}

/**
 * Things that are looked for by their words while somebody types, in memory. All words must be there, in any order and as
 * beginnings or parts; no words at all fit everything. Of those that fit as well, what was put first comes first.
 */
export interface WordSearch<T> {
  readonly size: number;
  /** One that is there already is replaced. */
  put(key: string, thing: T): void;
  get(key: string): T | undefined;
  find(words: readonly string[], limit: number): Found<T>;
}

interface Options<T> {
  textOf(thing: T): string;
  /** Where there would be more, all are forgotten: whoever asks puts what is needed again. */
  readonly most: number;
}

export function createWordSearch<T>({ textOf, most }: Options<T>): WordSearch<T> {
  let things: (T | undefined)[] = [];
  let texts: string[] = [];
  let places = new Map<string, number>();
  let vocabulary = createVocabulary();

  function forgetAll(): void {
    [things, texts, places, vocabulary] = [[], [], new Map(), createVocabulary()];
  }

  return {
    get size() {
      return places.size;
    },

    put(key, thing) {
      const text = textOf(thing);
      const before = places.get(key);
      if (before !== undefined && texts[before] === text) {
        things[before] = thing;
        return;
      }
      if (before !== undefined) things[before] = undefined;
      if (things.length >= most) forgetAll();
      const place = things.push(thing) - 1;
      texts.push(text);
      places.set(key, place);
      for (const [index, word] of wordsIn(text).entries()) vocabulary.put(word, place, index === 0);
    },

    get(key) {
      const place = places.get(key);
      return place === undefined ? undefined : things[place];
    },

    find(words, limit) {
      const fits = vocabulary.fits(words, things.length);
      const best: { readonly thing: T; readonly fit: number }[] = [];
      let fitting = 0;
      for (const [place, thing] of things.entries()) {
        const fit = fits[place] ?? 0;
        if (fit === 0 || thing === undefined) continue;
        fitting += 1;
        const worst = best[limit - 1];
        if (worst && worst.fit >= fit) continue;
        const at = best.findIndex((one) => one.fit < fit);
        best.splice(at < 0 ? best.length : at, 0, { thing, fit });
        if (best.length > limit) best.pop();
      }
      return { found: best.map(({ thing }) => thing), more: fitting > best.length };
    },
  };
}

/** So many are put at a time: what else there is to do comes between. */
const atATime = 1_000;

/** Puts a long list without holding up the process. */
export async function putAll<T>(
  search: WordSearch<T>,
  things: readonly T[],
  keyOf: (thing: T) => string,
): Promise<void> {
  for (const [at, thing] of things.entries()) {
    if (at > 0 && at % atATime === 0) await yieldToOthers();
    search.put(keyOf(thing), thing);
  }
}
