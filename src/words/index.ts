import type { RefusalFacts } from '../domain/errors.ts';
import { type Language, languageOf } from '../domain/people/languages.ts';
import type { OtherReaders } from '../domain/people/place.ts';
import { de } from './de.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import { pl } from './pl.ts';
import { commandWord } from './spellings.ts';
import { onOneLine, type Words } from './words.ts';

export { onOneLine, type Words };

const dictionaries: Readonly<Record<Language, Words>> = { en, pl, de, fr, es };

/** Of each language: people mix them. */
export function allWords(): readonly Words[] {
  return Object.values(dictionaries);
}

export function wordsFor(language: Language): Words {
  return dictionaries[language];
}

/** What may be typed at any time, where nothing better is known. */
export function suggestedCommands({ language }: Words): string[] {
  return (['help', 'cases', 'drafts'] as const).map((command) => commandWord(command, language));
}

/** What is said when no flow could say anything, by the locale that came with the activity. */
export function createFallbackTexts(byDefault: Language) {
  const wordsOf = (locale = '') => wordsFor(languageOf(locale) ?? byDefault);
  return {
    stillWorking: (locale?: string) => wordsOf(locale).common.stillWorking,
    fault: (locale: string | undefined, turnId: string) => onOneLine(wordsOf(locale).common.fault(turnId)),
    notStaff: (locale: string | undefined, why: RefusalFacts['not-staff']['why']) =>
      onOneLine(wordsOf(locale).refusals['not-staff']({ why })),
    suggestions: (locale?: string) => suggestedCommands(wordsOf(locale)),
    notUnderstood: (locale?: string) => wordsOf(locale).help.notUnderstood('?'),
    notShownHere: (locale: string | undefined, readers: OtherReaders) => wordsOf(locale).common.withheld(readers).text,
  };
}
