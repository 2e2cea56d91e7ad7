/** Numbers that look random and are the same for the same seed. */
export interface Random {
  /** At least 0 and below 1. */
  next(): number;
  /** A whole number, at least 0 and below `count`. */
  below(count: number): number;
  between(least: number, most: number): number;
  isTrue(probability: number): boolean;
  pick<T>(list: readonly T[]): T | undefined;
  /** Others of its own, which do not depend on how many were drawn here before. */
  fork(name: string): Random;
}

export function createRandom(seed: number | string): Random {
  let state = hashOf(String(seed));
  const next = (): number => {
    // mulberry32
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (count: number): number => Math.floor(next() * count);
  return {
    next,
    below,
    between: (least, most) => least + next() * (most - least),
    isTrue: (probability) => next() < probability,
    pick: (list) => list[below(list.length)],
    fork: (name) => createRandom(`${seed} ${name}`),
  };
}

/** FNV-1a. */
export function hashOf(text: string, before = 0x811c9dc5): number {
  let hash = before;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}
