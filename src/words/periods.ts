import { dayMs } from '../domain/cancellations/cancellation-window.ts';
import { languages } from '../domain/people/languages.ts';
import { fold } from './commands.ts';

/** Calendar days of a time zone, both of them meant, as `2026-11-22`. */
export interface Days {
  readonly first: string;
  readonly last: string;
}

/** The same as moments: from the first day's beginning to before the day after the last one begins. */
export interface Span {
  readonly since: Date;
  readonly before: Date;
}

/** `2026-11-22` as counted days, so that days can be added. */
type DayNumber = number;

/** `listopad`, `listopada`, `nov`: each name of a month that people write, and its number from 0. */
const monthNames: ReadonlyMap<string, number> = new Map(
  languages.flatMap((language) =>
    Array.from({ length: 12 }, (_, month) => month).flatMap((month) => {
      const at = new Date(Date.UTC(2026, month, 15));
      const styles = [{ month: 'long' }, { month: 'short' }, { month: 'long', day: 'numeric' }] as const;
      return styles.flatMap((style) => {
        const parts = new Intl.DateTimeFormat(language, { ...style, timeZone: 'UTC' }).formatToParts(at);
        const name = parts.find(({ type }) => type === 'month')?.value ?? '';
        return name ? [[fold(name).replace(/\.$/, ''), month] as const] : [];
      });
    }),
  ),
);

const month = [...monthNames.keys()].sort((a, b) => b.length - a.length).join('|');
const dayOfMonth = '\\d{1,2}(?:st|nd|rd|th|\\.)?';
/** A day as people write it. */
const date = `\\d{4}-\\d{2}-\\d{2}|\\d{1,2}[./]\\d{1,2}(?:[./](?:\\d{4})?)?|${dayOfMonth} (?:de )?(?:${month})\\.?(?: (?:de )?\\d{4})?|(?:${month})\\.? ${dayOfMonth}(?:,? \\d{4})?`;

const unit =
  '(?<days>days?|dni|dzien|tagen?|jours?|dias?)|(?<weeks>weeks?|tygodni(?:e|u)?|tydzien|wochen?|semaines?|semanas?)|(?<months>months?|miesi(?:ecy|ace|ac)|monaten?|mois|mes(?:es)?)';

interface Reading {
  readonly pattern: RegExp;
  /** Nothing where it is no day after all. */
  readonly days: (match: RegExpMatchArray, today: DayNumber) => readonly [DayNumber, DayNumber] | undefined;
}

/** Text is compared folded; the first that fits counts. */
const readings: readonly Reading[] = [
  {
    pattern: new RegExp(
      `(?:from |between |od |von |vom |du |desde |del |entre )?(?<a>${date}) (?:to|till|until|and|do|bis|au|a|al|hasta|i|et|y|und|-|–) (?:el )?(?<b>${date})`,
    ),
    days: ({ groups }, today) => pair(readDay(groups?.a, today), readDay(groups?.b, today)),
  },
  {
    pattern: new RegExp(`(?:since|after|from|od|seit|ab|depuis|desde)(?: el| le)? (?<a>${date})`),
    days: ({ groups }, today) => pair(readDay(groups?.a, today), today),
  },
  { pattern: new RegExp(`(?<a>${date})`), days: ({ groups }, today) => oneDay(readDay(groups?.a, today)) },
  {
    pattern: new RegExp(
      `(?:the |les |los |las |de[rn] |w )?(?:last|past|previous|ostatni(?:e|ch)?|letzten?|vergangenen?|(?:ultim[oa]s) )?\\s*(?<count>\\d{1,3}) (?:derni(?:ers|eres) )?(?:${unit})`,
    ),
    days: ({ groups }, today) => {
      const count = Number(groups?.count);
      if (count === 0) return undefined;
      const first = groups?.days
        ? today - count + 1
        : groups?.weeks
          ? today - 7 * count + 1
          : monthsFrom(today, -count) + 1;
      return [first, today];
    },
  },
  { pattern: /today|dzisiaj|dzis|heute|aujourd'hui|hoy/, days: (_, today) => [today, today] },
  { pattern: /yesterday|wczoraj|gestern|hier|ayer/, days: (_, today) => [today - 1, today - 1] },
  {
    pattern:
      /(?:the )?(?:last|past|previous) week|(?:w )?(?:zeszly(?:m)?|ubiegly(?:m)?|ostatni(?:m)?|poprzedni(?:m)?) (?:tydzien|tygodniu)|(?:letzten?|vorige[rn]?|vergangenen?) woche|(?:la )?semaine (?:derniere|passee)|(?:la )?semana pasada/,
    days: (_, today) => [monday(today) - 7, monday(today) - 1],
  },
  {
    pattern: /this week|(?:w )?tym tygodniu|ten tydzien|diese[rn]? woche|cette semaine|esta semana/,
    days: (_, today) => [monday(today), today],
  },
  {
    pattern:
      /(?:the )?(?:last|past|previous) month|(?:w )?(?:zeszly(?:m)?|ubiegly(?:m)?|ostatni(?:m)?|poprzedni(?:m)?) (?:miesiac|miesiacu)|(?:letzten?|vorigen?|vergangenen?) monat|(?:le )?mois (?:dernier|passe)|(?:el )?mes pasado/,
    days: (_, today) => [monthsFrom(firstOfMonth(today), -1), firstOfMonth(today) - 1],
  },
  {
    pattern:
      /(?:the )?(?:last|past|previous) quarter|(?:w )?(?:zeszly(?:m)?|ubiegly(?:m)?|ostatni(?:m)?|poprzedni(?:m)?) (?:kwartal|kwartale)|(?:im )?(?:letzte|vorige|vergangene)[ns]? quartal|(?:le )?trimestre (?:dernier|passe)|(?:el )?trimestre pasado/,
    days: (_, today) => [monthsFrom(firstOfQuarter(today), -3), firstOfQuarter(today) - 1],
  },
  {
    pattern:
      /this quarter|(?:w )?(?:tym|biezacym) kwartale|(?:ten|biezacy) kwartal|(?:im )?(?:diese[sm]?|aktuelle[ns]?|laufende[ns]?) quartal|ce trimestre(?:-ci)?|trimestre (?:en cours|actuel)|este trimestre/,
    days: (_, today) => [firstOfQuarter(today), today],
  },
  {
    pattern: /this month|(?:w )?tym miesiacu|ten miesiac|diese[nm]? monat|ce mois(?:-ci)?|este mes/,
    days: (_, today) => [firstOfMonth(today), today],
  },
  // A month alone may be a name: `April Software`.
  ...[
    `(?:in|w|im|en) (?<name>${month})\\.?(?: (?:de )?(?<year>\\d{4}))?`,
    `(?<!\\d\\.? )(?<name>${month})\\.?(?: (?:de )?(?<year>\\d{4})|$)`,
  ].map(
    (pattern): Reading => ({
      pattern: new RegExp(pattern),
      days({ groups }, today) {
        const first = dayIn(groups?.year, monthNames.get(groups?.name ?? ''), 1, today);
        return first === undefined ? undefined : [first, Math.min(monthsFrom(first, 1) - 1, today)];
      },
    }),
  ),
];

const smallWords = '(?:from|for|of|in|on|during|since|z|za|w|od|vom|von|im|am|in der|du|de|del|en|el|le)';

/**
 * The days that a text begins or ends with, and what else it says: `last week contoso`, `contoso since 3 Nov`. Written
 * without a year, the latest one is meant.
 */
export function readDays(text: string, now: Date, timeZone: string): { readonly rest: string; readonly days?: Days } {
  const given = text.normalize('NFC').replace(/[’´]/g, "'").replace(/\s+/g, ' ').trim();
  const folded = fold(given);
  // A letter whose folded form is longer or shorter would shift what is left over.
  if (folded.length !== given.length) return { rest: text };
  const today = dayNumberOf(now, timeZone);
  for (const { pattern, days } of readings) {
    const { source } = pattern;
    const match =
      folded.match(new RegExp(`^(?:${smallWords} )?(?:${source})(?= |$)`)) ??
      folded.match(new RegExp(`(?<= |^)(?:${smallWords} )?(?:${source})$`));
    const found = match && days(match, today);
    if (!match || !found) continue;
    const at = match.index ?? 0;
    const rest = `${given.slice(0, at)} ${given.slice(at + match[0].length)}`;
    return {
      rest: rest.replace(new RegExp(`^ *${smallWords} (?=\\S)|^[ ,:]+|[ ,:]+$`, 'gi'), '').trim(),
      days: { first: writeDay(found[0]), last: writeDay(found[1]) },
    };
  }
  return { rest: text };
}

/** Days as moments in that zone: some days have 23 or 25 hours. */
export function spanOf({ first, last }: Days, timeZone: string): Span {
  return { since: beginOf(parseDay(first), timeZone), before: beginOf(parseDay(last) + 1, timeZone) };
}

function pair(a: DayNumber | undefined, b: DayNumber | undefined): readonly [DayNumber, DayNumber] | undefined {
  if (a === undefined || b === undefined) return undefined;
  return a <= b ? [a, b] : [b, a];
}

function oneDay(day: DayNumber | undefined): readonly [DayNumber, DayNumber] | undefined {
  return pair(day, day);
}

function readDay(text = '', today: DayNumber): DayNumber | undefined {
  const iso = text.match(/^(\d{4})-(\d{2})-(\d{2})$/);
  if (iso) return dayIn(iso[1], Number(iso[2]) - 1, Number(iso[3]), today);
  const dotted = text.match(/^(\d{1,2})[./](\d{1,2})(?:[./](\d{4})?)?$/);
  if (dotted) return dayIn(dotted[3], Number(dotted[2]) - 1, Number(dotted[1]), today);
  const name = text.match(new RegExp(month))?.[0] ?? '';
  const [, day] = text.match(/(?:^|\s)(\d{1,2})(?!\d)/) ?? [];
  const [, year] = text.match(/(?:^|\s)(\d{4})$/) ?? [];
  return dayIn(year, monthNames.get(name), Number(day), today);
}

/** Nothing for a day that the calendar does not have. */
function dayIn(
  year: string | undefined,
  monthIndex: number | undefined,
  day: number,
  today: DayNumber,
): DayNumber | undefined {
  if (monthIndex === undefined) return undefined;
  const thisYear = new Date(today * dayMs).getUTCFullYear();
  const at = new Date(Date.UTC(year === undefined ? thisYear : Number(year), monthIndex, day));
  if (at.getUTCMonth() !== monthIndex || at.getUTCDate() !== day) return undefined;
  if (year === undefined && at.getTime() / dayMs > today) at.setUTCFullYear(thisYear - 1);
  return at.getTime() / dayMs;
}

function monday(day: DayNumber): DayNumber {
  return day - ((new Date(day * dayMs).getUTCDay() + 6) % 7);
}

function firstOfMonth(day: DayNumber): DayNumber {
  return day - new Date(day * dayMs).getUTCDate() + 1;
}

function firstOfQuarter(day: DayNumber): DayNumber {
  const first = firstOfMonth(day);
  return monthsFrom(first, -(new Date(first * dayMs).getUTCMonth() % 3));
}

function monthsFrom(day: DayNumber, months: number): DayNumber {
  const at = new Date(day * dayMs);
  const wanted = at.getUTCDate();
  at.setUTCMonth(at.getUTCMonth() + months);
  // From the 31st to the last day of a shorter month.
  if (at.getUTCDate() !== wanted) at.setUTCDate(0);
  return at.getTime() / dayMs;
}

function writeDay(day: DayNumber): string {
  return new Date(day * dayMs).toISOString().slice(0, 10);
}

function parseDay(text: string): DayNumber {
  return Date.parse(text) / dayMs;
}

function dayNumberOf(at: Date, timeZone: string): DayNumber {
  return Math.floor((at.getTime() + offsetMs(at, timeZone)) / dayMs);
}

function beginOf(day: DayNumber, timeZone: string): Date {
  const asUtc = day * dayMs;
  const near = asUtc - offsetMs(new Date(asUtc), timeZone);
  return new Date(asUtc - offsetMs(new Date(near), timeZone));
}

/** By how much the clocks of the zone are ahead of UTC at that moment. */
function offsetMs(at: Date, timeZone: string): number {
  const written = new Intl.DateTimeFormat('en-US', {
    timeZone,
    timeZoneName: 'longOffset',
  })
    .formatToParts(at)
    .find(({ type }) => type === 'timeZoneName')?.value;
  const [, sign, hours, minutes = '0'] = written?.match(/GMT([+-])(\d{2}):(\d{2})/) ?? [];
  const ms = (Number(hours ?? 0) * 60 + Number(minutes)) * 60_000;
  return sign === '-' ? -ms : ms;
}
