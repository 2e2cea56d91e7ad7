import type { SoldItem, SoldItems } from './catalog.ts';

/** What partners buy most of all software, in words of its titles. */
const wanted: readonly (readonly string[])[] = [
  ['windows', 'server', 'standard', 'core'],
  ['windows', 'server', 'datacenter', 'core'],
  ['windows', 'server', 'cal'],
  ['sql', 'server', 'standard', 'core'],
  ['sql', 'server', 'enterprise'],
  ['office', 'ltsc', 'standard'],
  ['office', 'ltsc', 'professional'],
  ['visio'],
  ['project'],
  ['windows', 'server'],
  ['sql', 'server'],
  ['exchange', 'server'],
];
/** Of each of them; the newest. */
const ofEach = 2;
const lookedAt = 200;

/** What is likely to be wanted where nothing is known yet: of the software that is bought most, the newest. */
export function likelyItems(items: SoldItems, limit: number): readonly SoldItem[] {
  const newest = wanted.flatMap((words) => {
    const { found } = items.find(words, lookedAt);
    return found.toSorted((one, other) => yearIn(other.title) - yearIn(one.title)).slice(0, ofEach);
  });
  return [...new Set([...newest, ...items.find([], limit).found])].slice(0, limit);
}

function yearIn(title: string): number {
  return Number(/\b20\d\d\b/.exec(title)?.[0] ?? 0);
}
