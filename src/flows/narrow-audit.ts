import type { AuditSubject } from '../domain/audit/audit.ts';
import { auditSubjects } from '../domain/audit/audit-subject.ts';
import { OutsideError } from '../domain/errors.ts';
import { languages } from '../domain/people/languages.ts';
import { fold, wordsIn } from '../domain/search/fold.ts';
import type { World } from '../domain/world.ts';
import { wordsFor } from '../words/index.ts';
import { searchCustomer } from './choose-customer.ts';
import type { FirstTurn } from './engine/flow.ts';

interface Narrowed {
  /** What is left: a customer, an order, or nothing. */
  readonly text: string;
  readonly person?: string;
  readonly subject?: AuditSubject;
}

/** In any of the languages, and as the buttons have it. */
const subjectByWord: ReadonlyMap<string, AuditSubject> = new Map(
  auditSubjects.flatMap((subject) => [
    ...languages.map((language) => [fold(wordsFor(language).audit.subjects[subject]), subject] as const),
    [subject, subject] as const,
  ]),
);
const byWords = new Set(languages.map((language) => fold(wordsFor(language).audit.by)));

/**
 * `keys contoso by Ada Nowak`: of what kind, of whom, and who did it; each may be left out. Without the days. What a customer may
 * be called (`Keys Ltd`, `Stand By Me`) is read as that first, where there is one: the last reading stands where there is none.
 */
export function readingsIn(text: string): readonly [...Narrowed[], Narrowed] {
  const words = text.split(/\s+/).filter(Boolean);
  const subject = subjectByWord.get(fold(words[0] ?? ''));
  const at = words.findLastIndex((word, index) => byWords.has(fold(word)) && index < words.length - 1);
  const reading = (isSubject: boolean, isPerson: boolean): Narrowed => ({
    text: words.slice(isSubject ? 1 : 0, isPerson ? at : undefined).join(' '),
    ...(isPerson && { person: words.slice(at + 1).join(' ') }),
    ...(isSubject && { subject }),
  });
  const whole = reading(false, false);
  const last = reading(subject !== undefined, at >= 0);
  if (words.length < 2) return [last];
  if (subject === undefined || at < 1) return last.text === whole.text ? [last] : [whole, last];
  // A kind alone is no customer.
  return [whole, reading(true, false), ...(at > 1 ? [reading(false, true)] : []), last];
}

/** An id, or a short number: no customer is called that. */
const number = /^(?:sd-[0-9a-z]{6}|[0-9a-f]{12}|[0-9a-f]{8}-[0-9a-f-]{27})$/i;

/** As `readingsIn` reads it, by the customers there are; without them where Partner Center does not tell. */
export async function narrowAudit({ facts }: Pick<FirstTurn, 'facts'>, text: string): Promise<Narrowed> {
  const readings = [...readingsIn(text)];
  const last = readings.pop() ?? { text };
  if (text.split(/\s+/).some((word) => number.test(word))) return last;
  for (const reading of readings) if (await isCustomer(facts, reading.text)) return reading;
  return last;
}

/** In whole words: `by ada` is not Shelby Adams. */
async function isCustomer(facts: World, text: string): Promise<boolean> {
  try {
    const named = await searchCustomer(facts, text);
    if (!named) return false;
    const found = 'customer' in named ? [named.customer] : (await facts.customers.search(text, 100)).found;
    return found.some(({ name }) => ` ${wordsIn(name).join(' ')} `.includes(` ${wordsIn(text).join(' ')} `));
  } catch (error) {
    if (error instanceof OutsideError) return false;
    throw error;
  }
}
