import type { Customer, Customers } from '../../domain/customers/customer.ts';
import { fold, wordsIn } from '../../domain/search/fold.ts';
import { createWordSearch } from '../../domain/search/word-search.ts';
import { createRecentValues } from '../../domain/work/recent-values.ts';
import type { Timer } from '../../microsoft/timer.ts';

/** Customers that are known in this process; some 300 bytes each. */
const knownAtMost = 100_000;
/** What Partner Center was asked lately is not asked again: with each letter somebody types comes another search. */
const askedAtMost = 2_000;
const askedMs = 60_000;
/** Whoever types is shown what is known by then; what comes later is there for the next letter. */
const waitMs = 700;
/** What fewer letters begin with is too much to be listed. */
const shortestAsked = 2;

interface SuggestionParts {
  /** Reads the first page of the list, which need not be asked for each time; true where that is all of it. */
  readFirstPage(): Promise<boolean>;
  /** Those whose name or domain begins so; true where these are all that do. */
  readBeginning(text: string, limit: number): Promise<boolean>;
  readonly timer: Timer;
}

interface Suggestions extends Pick<Customers, 'suggest' | 'known'> {
  /** Whatever list they come from. */
  remember(customers: readonly Customer[]): void;
}

/** Customers while somebody types: those that are known already, and what Partner Center says in time. */
export function createSuggestions({ readFirstPage, readBeginning, timer }: SuggestionParts): Suggestions {
  const search = createWordSearch<Customer>({ textOf: ({ name, domain }) => `${name} ${domain}`, most: knownAtMost });
  /** By what a name was to begin with: are those all? */
  const asked = createRecentValues<boolean>({ most: askedAtMost, keptMs: askedMs, now: timer.now });
  let isWhole = false;
  let isRead = false;

  /** In the background once it has been read. */
  async function lookAtFirstPage(): Promise<void> {
    const isKnown = isRead;
    const reading = readFirstPage().then((answer) => {
      isWhole = answer;
      isRead = true;
    });
    // What fails here is tried again with the next letter.
    const done = reading.catch(() => undefined);
    if (!isKnown) await done;
  }

  async function ask(text: string, limit: number): Promise<void> {
    const beginning = fold(text);
    const isTold = Array.from(beginning).some((_letter, at) => asked.get(beginning.slice(0, at))?.value === true);
    if (isTold || asked.get(beginning)) return;
    asked.put(beginning, false);
    asked.put(beginning, await readBeginning(text, limit));
  }

  return {
    remember(customers) {
      for (const one of customers) search.put(one.id.toLowerCase(), one);
    },

    known: (customerId) => search.get(customerId.toLowerCase()),

    async suggest(text, limit) {
      const words = wordsIn(text);
      await inTime(lookAtFirstPage());
      const here = search.find(words, limit);
      if (isWhole || words.length === 0 || here.found.length >= limit) return { ...here, more: here.more || !isWhole };
      if (text.trim().length >= shortestAsked) await inTime(ask(text.trim(), limit));
      const { found } = search.find(words, limit);
      return { found, more: true };
    },
  };
}

/** What fails or takes too long is nobody's concern: then what is known is shown. */
async function inTime(work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, waitMs);
  });
  await Promise.race([work.catch(() => undefined), late]).finally(() => clearTimeout(timer));
}
