import { isBesideTitles, isSlip, productWords } from '../words/product-words.ts';

/** What some words name among things with titles. */
export interface NamedThings<T> {
  /** Those that fit best; none where nothing fits. */
  readonly found: readonly T[];
  /** Every word that was typed is in the title of each of them; a word of another kind may name something else. */
  readonly isCertain: boolean;
  /** What fits none of them. */
  readonly unknown: readonly string[];
}

/**
 * The things whose titles have most of the words: short forms (`WS2025 DC`), beginnings of words and small slips count,
 * numbers only as they are. Of several, one whose whole title was typed is meant.
 */
export function findNamed<T>(things: readonly T[], titleOf: (thing: T) => string, text: string): NamedThings<T> {
  const wanted = [...new Set(productWords(text))].filter((word) => !isBesideTitles(word));
  if (wanted.length === 0) return { found: [], isCertain: false, unknown: [] };
  const scored = things.map((thing) => {
    const title = productWords(titleOf(thing));
    const fitting = wanted.filter((word) => title.some((one) => isMeant(word, one)));
    const isWhole = title.every((one) => isBesideTitles(one) || wanted.some((word) => isMeant(word, one)));
    return { thing, fitting, isWhole };
  });
  const most = Math.max(0, ...scored.map(({ fitting }) => fitting.length));
  if (most === 0) return { found: [], isCertain: false, unknown: wanted };
  const best = scored.filter(({ fitting }) => fitting.length === most);
  const whole = best.filter(({ isWhole }) => isWhole);
  const meant = whole.length === 1 ? whole : best;
  const unknown = wanted.filter((word) => !meant.some(({ fitting }) => fitting.includes(word)));
  const isCertain = meant.every(({ fitting }) => fitting.length === wanted.length);
  return { found: meant.map(({ thing }) => thing), isCertain, unknown };
}

function isMeant(word: string, ofTitle: string): boolean {
  if (word === ofTitle) return true;
  if (/\d/.test(word)) return false;
  return (word.length >= 3 && ofTitle.startsWith(word)) || isSlip(word, ofTitle);
}
