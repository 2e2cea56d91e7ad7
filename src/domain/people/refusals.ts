/** How often Teams has refused something in a row, and since when (ISO 8601). */
export interface Refusals {
  readonly count: number;
  readonly since: string;
}

/** Teams refuses single calls and takes the next ones: only so many refusals over so long a time are believed. */
const believedAfter = { count: 4, ms: 3 * 60_000 };

export function countRefusal(before: Refusals | undefined, now: Date): Refusals {
  return { count: (before?.count ?? 0) + 1, since: before?.since ?? now.toISOString() };
}

export function isBelieved({ count, since }: Refusals, now: Date): boolean {
  return count >= believedAfter.count && now.getTime() - Date.parse(since) >= believedAfter.ms;
}
