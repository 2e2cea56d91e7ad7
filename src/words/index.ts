import type { Language } from '../domain/people/languages.ts';
import { en } from './en.ts';
import { pl } from './pl.ts';
import type { Words } from './words.ts';

const dictionaries: Readonly<Record<Language, Words>> = { en, pl };

export function wordsFor(language: Language): Words {
  return dictionaries[language];
}

export type { Words } from './words.ts';
