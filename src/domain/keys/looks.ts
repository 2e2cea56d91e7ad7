import type { KeyReveal } from './key-reveals.ts';

/** Who saw what of an order, how often, and when. */
export interface Look {
  readonly name: string;
  readonly what: KeyReveal['what'];
  readonly item: string;
  readonly times: number;
  readonly firstAt: Date;
  readonly lastAt: Date;
  /** At Partner Center itself. */
  readonly isOutside?: boolean;
}

/** By person and by what they saw, whoever saw it first at the top; the rows are the oldest first. */
export function looksIn(keyReveals: readonly KeyReveal[]): Look[] {
  const same = Map.groupBy(keyReveals, ({ isOutside, personId, what, item }) =>
    JSON.stringify([isOutside ?? false, personId, what, item]),
  );
  return [...same.values()].flatMap((rows) => {
    const [first, last] = [rows[0], rows.at(-1)];
    if (!first || !last) return [];
    const { personName: name, what, item, isOutside } = last;
    const times = rows.length;
    return { name, what, item, times, firstAt: first.at, lastAt: last.at, ...(isOutside && { isOutside }) };
  });
}
