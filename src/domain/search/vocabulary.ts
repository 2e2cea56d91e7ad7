/** The words of many texts, and in which of them each stands. */
export interface Vocabulary {
  /** The word stands in the text at that place; `isFirst`: it is what the text begins with. */
  put(word: string, place: number, isFirst: boolean): void;
  /** How well each of so many texts has the words: 0 where one is missing. */
  fits(words: readonly string[], count: number): Uint8Array;
}

/** What a word counts that stands there as it is, that begins a word there, and that is a part of one. */
const worth = { whole: 4, beginning: 3, part: 1 } as const;
/** What a text begins with was probably typed first. */
const worthOfFirst = 1;
/** Shorter ones are inside nearly everything. */
const shortestPart = 3;
/** More than that is not typed. */
const mostWords = 12;
/** Of the words that were sought last, the answers are kept: with each letter that is typed, only the last word changes. */
const mostKept = 24;

/** Numbers in long arrays instead of a list for each word: a hundred thousand words are looked through in milliseconds. */
export function createVocabulary(): Vocabulary {
  const numbers = new Map<string, number>();
  const words: string[] = [];
  /** Each use of a word as it was put: its number; and twice the place, and one more where it is the first. */
  const used: number[] = [];
  const uses: number[] = [];
  const kept = new Map<string, Uint8Array>();
  // All words in one text, which is looked through in a tenth of the time of the words themselves.
  let all = '\n';
  let starts = new Int32Array(0);
  /** The uses by the number of the word, and from where on those of each word are. */
  let sorted = new Int32Array(0);
  let from = new Int32Array(0);
  let isCurrent = true;

  function bringUpToDate(): void {
    if (isCurrent) return;
    starts = new Int32Array(words.length + 1);
    let start = 1;
    for (let number = 0; number < words.length; number += 1) {
      starts[number] = start;
      start += (words[number]?.length ?? 0) + 1;
    }
    starts[words.length] = start;
    all = `\n${words.join('\n')}\n`;
    from = new Int32Array(words.length + 1);
    for (const number of used) from[number + 1] = (from[number + 1] ?? 0) + 1;
    for (let number = 0; number < words.length; number += 1)
      from[number + 1] = (from[number + 1] ?? 0) + (from[number] ?? 0);
    const next = from.slice();
    sorted = new Int32Array(uses.length);
    for (let at = 0; at < uses.length; at += 1) {
      const number = used[at] ?? 0;
      const place = next[number] ?? 0;
      sorted[place] = uses[at] ?? 0;
      next[number] = place + 1;
    }
    kept.clear();
    isCurrent = true;
  }

  /** Calls back for each word that has the text in it, once. */
  function eachWith(text: string, found: (number: number, worthOfIt: number) => void): void {
    const isShort = text.length < shortestPart;
    const sought = isShort ? `\n${text}` : text;
    let number = 0;
    for (let at = all.indexOf(sought); at >= 0; ) {
      const letter = isShort ? at + 1 : at;
      while ((starts[number + 1] ?? 0) <= letter) number += 1;
      const start = starts[number] ?? 0;
      const end = (starts[number + 1] ?? 0) - 1;
      const isWhole = end - start === text.length;
      found(number, isWhole ? worth.whole : letter === start ? worth.beginning : worth.part);
      // Where it stands in the word once more does not matter.
      at = all.indexOf(sought, end);
    }
  }

  function fitsOf(text: string, isFirst: boolean, count: number): Uint8Array {
    const key = `${isFirst} ${text}`;
    const before = kept.get(key);
    if (before?.length === count) return before;
    const best = new Uint8Array(count);
    eachWith(text, (number, worthOfIt) => {
      const bonus = isFirst && worthOfIt !== worth.part ? worthOfFirst : 0;
      const end = from[number + 1] ?? 0;
      for (let at = from[number] ?? 0; at < end; at += 1) {
        const use = sorted[at] ?? 0;
        const fit = worthOfIt + (use & 1 ? bonus : 0);
        if ((best[use >> 1] ?? 0) < fit) best[use >> 1] = fit;
      }
    });
    kept.set(key, best);
    const oldest = kept.size > mostKept ? kept.keys().next().value : undefined;
    if (oldest !== undefined) kept.delete(oldest);
    return best;
  }

  return {
    put(word, place, isFirst) {
      let number = numbers.get(word);
      if (number === undefined) {
        number = words.push(word) - 1;
        numbers.set(word, number);
      }
      used.push(number);
      uses.push(2 * place + (isFirst ? 1 : 0));
      isCurrent = false;
    },

    fits(sought, count) {
      bringUpToDate();
      const fits = new Uint8Array(count).fill(1);
      for (const [index, text] of sought.slice(0, mostWords).entries()) {
        const best = fitsOf(text, index === 0, count);
        for (let place = 0; place < count; place += 1) {
          const fit = best[place] ?? 0;
          fits[place] = fit === 0 || fits[place] === 0 ? 0 : fit + (fits[place] ?? 0);
        }
      }
      return fits;
    },
  };
}
