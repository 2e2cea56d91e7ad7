import { decimalsOf, type Money } from '../domain/money.ts';
import { counterFor } from './counting.ts';

/** More than there are time zones; the parts come from people's devices, so there is a limit. */
const maxMade = 2000;

/** `Intl` objects take longer to make than to use, so each is made once. */
function memoize<T>(make: (...parts: string[]) => T): (...parts: string[]) => T {
  const made = new Map<string, T>();
  return (...parts) => {
    const key = parts.join(' ');
    const known = made.get(key);
    if (known !== undefined) return known;
    const fresh = make(...parts);
    if (made.size >= maxMade) made.clear();
    made.set(key, fresh);
    return fresh;
  };
}

/** Four digits are parted too, where a language leaves that open: amounts stand below each other. */
const numbers = memoize((locale, digits) => {
  const decimals = Number(digits);
  const fixed = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  return new Intl.NumberFormat(locale, { ...fixed, useGrouping: 'always' });
});

const days = memoize(
  (locale, timeZone) => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: timeZone ?? 'UTC' }),
);

const moments = memoize(
  (locale, timeZone) =>
    new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone, hourCycle: 'h23' }),
);

const times = memoize(
  (locale, timeZone) => new Intl.DateTimeFormat(locale, { timeStyle: 'medium', timeZone, hourCycle: 'h23' }),
);

/** The zone by its usual name; UTC for one that `Intl` does not know, which people's devices may send. */
const knownZone = memoize((timeZone) => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone;
  } catch {
    return 'UTC';
  }
});

/** How a language writes them. `numbersOf`: where its numbers are written as in another country than its days. */
export function formattersFor(locale: string, numbersOf = locale) {
  return {
    money: (amount: Money): string => formatMoney(amount, numbersOf),
    /** Without its currency, as it is filled in. */
    amount: (one: Money): string => formatAmount(one, numbersOf),
    number: (value: number): string => formatNumber(value, numbersOf),
    day: (at: Date): string => formatDay(at, locale),
    moment: (at: Date, timeZone: string): string => formatMoment(at, locale, timeZone),
    local: (at: Date, timeZone: string): string => formatLocal(at, locale, timeZone),
    time: (at: Date, timeZone: string): string => formatTime(at, locale, timeZone),
    size: (bytes: number): string => formatSize(bytes, locale),
    country: (code: string): string => formatCountry(code, locale),
    inTime: (seconds: number): string => formatInTime(seconds, locale),
    count: counterFor(locale),
  };
}

const waits = memoize((locale) => new Intl.RelativeTimeFormat(locale, { numeric: 'always' }));

/** `in 40 seconds`, `in 3 minutes`. */
function formatInTime(seconds: number, locale: string): string {
  return seconds < 90
    ? waits(locale).format(Math.max(1, Math.ceil(seconds)), 'second')
    : waits(locale).format(Math.ceil(seconds / 60), 'minute');
}

/** `12,345`, with the language's own separators. */
function formatNumber(value: number, locale: string): string {
  return numbers(locale, '0').format(value);
}

const sizes = memoize(
  (locale, unit) =>
    new Intl.NumberFormat(locale, { style: 'unit', unit, maximumFractionDigits: unit === 'byte' ? 0 : 1 }),
);

/** `1.2 MB`, in powers of 1024 as people's file lists have it. */
function formatSize(bytes: number, locale: string): string {
  if (bytes < 1024) return sizes(locale, 'byte').format(bytes);
  const kilobytes = bytes / 1024;
  return kilobytes < 1000
    ? sizes(locale, 'kilobyte').format(kilobytes)
    : sizes(locale, 'megabyte').format(kilobytes / 1024);
}

/** `1,234.00`, with the language's own separators; `parseMoney` reads it back. */
function formatAmount({ minor, currency }: Money, locale: string): string {
  const decimals = decimalsOf(currency);
  return numbers(locale, String(decimals)).format(minor / 10 ** decimals);
}

/** The same with its currency: `1,234.00 EUR`. */
export function formatMoney(amount: Money, locale: string): string {
  return `${formatAmount(amount, locale)} ${amount.currency}`;
}

function formatDay(at: Date, locale: string): string {
  return days(locale, 'UTC').format(at);
}

const countryNames = memoize((locale) => new Intl.DisplayNames(locale, { type: 'region', fallback: 'code' }));

/** `DE` is Germany; what is no country's code stays as it is. */
function formatCountry(code: string, locale: string): string {
  return /^[A-Z]{2}$/.test(code) ? (countryNames(locale).of(code) ?? code) : code;
}

/** `30 Nov 2026, 23:59 UTC`, and the same in the person's own zone where that differs. */
export function formatMoment(at: Date, locale: string, timeZone: string): string {
  const zone = knownZone(timeZone);
  const utc = moments(locale, 'UTC').format(at);
  const local = moments(locale, zone).format(at);
  return local === utc ? `${utc} UTC` : `${utc} UTC (${local} ${cityOf(zone)})`;
}

/** `14 Mar 2026, 10:02 (Warsaw)`: in one zone alone, with its name, for what has no deadline in UTC. */
function formatLocal(at: Date, locale: string, timeZone: string): string {
  const zone = knownZone(timeZone);
  const local = moments(locale, zone).format(at);
  return zone === 'UTC' ? `${local} UTC` : `${local} (${cityOf(zone)})`;
}

/** Warsaw, for `Europe/Warsaw`; UTC for one that is not known. */
export function zoneName(timeZone: string): string {
  return cityOf(knownZone(timeZone));
}

function cityOf(zone: string): string {
  return (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');
}

/** `15:37:12` in the person's own zone, `15:37:12 UTC` where that is not known: for what is seconds away. */
export function formatTime(at: Date, locale: string, timeZone: string): string {
  const zone = knownZone(timeZone);
  const time = times(locale, zone).format(at);
  return zone === 'UTC' ? `${time} UTC` : time;
}

/** Somebody else's sentence inside one of ours, or a sentence as a title. */
export function withoutFullStop(text: string): string {
  return text.replace(/[.\s]+$/, '');
}
