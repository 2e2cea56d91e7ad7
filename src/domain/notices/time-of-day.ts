/** A time of the day, in minutes after midnight. */
export type TimeOfDay = number;

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/** The first moment after this one at which clocks in the zone show this time; on a day that leaves it out, as much later. */
export function nextAt(time: TimeOfDay, timeZone: string, after: Date): Date {
  const today = midnight(wallClock(after.getTime(), timeZone));
  for (let day = today - dayMs; ; day += dayMs) {
    const at = momentOf(day + time * minuteMs, timeZone);
    if (at > after.getTime()) return new Date(at);
  }
}

/** The last one that is not after this moment. */
export function lastAt(time: TimeOfDay, timeZone: string, until: Date): Date {
  const today = midnight(wallClock(until.getTime(), timeZone));
  for (let day = today + dayMs; ; day -= dayMs) {
    const at = momentOf(day + time * minuteMs, timeZone);
    if (at <= until.getTime()) return new Date(at);
  }
}

/** `2026-11-30`: which day it is then in the zone. */
export function dayIn(timeZone: string, at: Date): string {
  return new Date(wallClock(at.getTime(), timeZone)).toISOString().slice(0, 10);
}

function midnight(at: number): number {
  return Math.floor(at / dayMs) * dayMs;
}

/** Twice, because the clock may have been changed between the first guess and the moment itself. */
function momentOf(shown: number, timeZone: string): number {
  const guess = shown - (wallClock(shown, timeZone) - shown);
  return shown - (wallClock(guess, timeZone) - guess);
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** What clocks in the zone show, as if it were UTC. */
function wallClock(at: number, timeZone: string): number {
  const parts = formatOf(timeZone).formatToParts(at);
  const of = (type: Intl.DateTimeFormatPartTypes): number => Number(parts.find((part) => part.type === type)?.value);
  return Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second')) + (at % 1000);
}

/** In UTC for a zone that is not known, which people's devices may send. */
function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const options = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' } as const;
  const made = new Intl.DateTimeFormat('en-US', {
    ...options,
    second: 'numeric',
    hourCycle: 'h23',
    timeZone: isZone(timeZone) ? timeZone : 'UTC',
  });
  if (formats.size > 1000) formats.clear();
  formats.set(timeZone, made);
  return made;
}

function isZone(timeZone: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone }));
  } catch {
    return false;
  }
}
