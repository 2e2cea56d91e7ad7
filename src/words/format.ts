import { decimalsOf, type Money } from '../domain/money.ts';

/** `1,234.00 EUR`, with the language's own separators. */
export function formatMoney({ minor, currency }: Money, locale: string): string {
  const decimals = decimalsOf(currency);
  const number = new Intl.NumberFormat(locale, { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
  return `${number.format(minor / 10 ** decimals)} ${currency}`;
}

export function formatDay(at: Date, locale: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(at);
}

/** `30 Nov 2026, 23:59 UTC`, and the same in the person's own zone where that differs. */
export function formatMoment(at: Date, locale: string, timeZone: string): string {
  const inZone = (zone: string) =>
    new Intl.DateTimeFormat(locale, {
      dateStyle: 'medium',
      timeStyle: 'short',
      timeZone: zone,
      hourCycle: 'h23',
    }).format(at);
  const utc = inZone('UTC');
  const zone = knownZone(timeZone);
  const local = inZone(zone);
  return local === utc ? `${utc} UTC` : `${utc} UTC (${local} ${zone.split('/').at(-1)?.replaceAll('_', ' ')})`;
}

function knownZone(timeZone: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone;
  } catch {
    return 'UTC';
  }
}
