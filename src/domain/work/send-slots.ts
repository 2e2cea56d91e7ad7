/** So many in so many milliseconds. */
export interface SendWindow {
  readonly most: number;
  readonly ms: number;
}

/** What is limited, and how long ago this process sent something there without asking, in milliseconds. */
export interface SlotWanted {
  readonly key: string;
  readonly windows: readonly SendWindow[];
  readonly sentAgo: readonly number[];
}

/** Limits of sending that all processes share. */
export interface SendSlots {
  /**
   * Takes the next moment that all of these have room for, and tells how far ahead it is; or takes none, where that is longer
   * than `longestMs`. What was sent without asking is counted from then on.
   */
  take(
    wanted: readonly SlotWanted[],
    longestMs: number,
  ): Promise<{ readonly waitMs: number; readonly isTaken: boolean }>;
}

/** By key, in the order of time. */
type Taken = ReadonlyMap<string, readonly number[]>;

/** What is taken after that, and how far ahead the moment is that all of it has room for. */
export function takeSlot(
  taken: Taken,
  wanted: readonly SlotWanted[],
  now: number,
  longestMs: number,
): { readonly waitMs: number; readonly isTaken: boolean; readonly taken: Taken } {
  const counted = wanted.map(({ key, windows, sentAgo }) => {
    const all = [...(taken.get(key) ?? []), ...sentAgo.map((ago) => now - ago)];
    return { key, windows, taken: withinWindows(all, now, windows) };
  });
  const slot = Math.ceil(Math.max(now, ...counted.map((one) => nextSlot(one.taken, one.windows))));
  const isTaken = slot - now <= longestMs;
  return {
    waitMs: slot - now,
    isTaken,
    taken: new Map(counted.map((one) => [one.key, isTaken ? [...one.taken, slot] : one.taken])),
  };
}

/** From when on no window has more than it may. */
function nextSlot(taken: readonly number[], windows: readonly SendWindow[]): number {
  return Math.max(...windows.map(({ most, ms }) => (taken[taken.length - most] ?? Number.NEGATIVE_INFINITY) + ms));
}

/** What still counts. */
function withinWindows(taken: readonly number[], now: number, windows: readonly SendWindow[]): number[] {
  const longestMs = Math.max(...windows.map(({ ms }) => ms));
  const most = Math.max(...windows.map((one) => one.most));
  return taken
    .filter((at) => at > now - longestMs)
    .sort((one, other) => one - other)
    .slice(-most);
}
