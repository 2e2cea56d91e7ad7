import type { Language } from '../domain/people/languages.ts';
import { de } from './de.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import { pl } from './pl.ts';
import { commandWord } from './spellings.ts';
import type { Words } from './words.ts';

const dictionaries: Readonly<Record<Language, Words>> = { en, pl, de, fr, es };

export function wordsFor(language: Language): Words {
  return dictionaries[language];
}

/** What may be typed at any time, where nothing better is known. */
export function suggestedCommands({ language }: Words): string[] {
  return (['help', 'cases', 'drafts'] as const).map((command) => commandWord(command, language));
}

export { onOneLine, type Words } from './words.ts';
