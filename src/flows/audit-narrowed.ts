import type { AuditSubject } from '../domain/audit/audit.ts';
import { auditSubjects } from '../domain/audit/audit-subject.ts';
import { languages } from '../domain/people/languages.ts';
import { fold } from '../domain/search/fold.ts';
import { wordsFor } from '../words/index.ts';

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

/** `keys contoso by Ada Nowak`: of what kind, of whom, and who did it; each may be left out. Without the days. */
export function narrowedIn(text: string): Narrowed {
  const words = text.split(/\s+/).filter(Boolean);
  const at = words.findIndex((word) => byWords.has(fold(word)));
  const person = at < 0 ? '' : words.splice(at).slice(1).join(' ');
  const subject = words.length > 0 ? subjectByWord.get(fold(words[0] ?? '')) : undefined;
  if (subject) words.shift();
  return { text: words.join(' '), ...(person && { person }), ...(subject && { subject }) };
}
