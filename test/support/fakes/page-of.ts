import { pageSize } from '../../../src/domain/notices/pages.ts';

/** At most `limit` of them, those after `past`, in the order of what `keyOf` gives. */
export function pageOf<T>(all: readonly T[], keyOf: (one: T) => string, past?: T, limit = pageSize): T[] {
  return all
    .filter((one) => past === undefined || keyOf(one) > keyOf(past))
    .sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1))
    .slice(0, limit);
}
