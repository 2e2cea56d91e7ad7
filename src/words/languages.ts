import { type Language, languageOf, languages } from '../domain/people/languages.ts';
import { fold } from './commands.ts';

/** As its own speakers call it. */
export const nativeNames: Readonly<Record<Language, string>> = {
  en: 'English',
  pl: 'polski',
  de: 'Deutsch',
  fr: 'français',
  es: 'español',
};

/** What people may call it, in any of the languages. */
const names: Readonly<Record<Language, readonly string[]>> = {
  en: ['english', 'angielski', 'angielsku', 'englisch', 'anglais', 'inglés'],
  pl: ['polski', 'polsku', 'polish', 'polnisch', 'polonais', 'polaco'],
  de: ['deutsch', 'german', 'niemiecki', 'niemiecku', 'allemand', 'alemán'],
  fr: ['français', 'french', 'francuski', 'francusku', 'französisch', 'francés'],
  es: ['español', 'spanish', 'hiszpański', 'hiszpańsku', 'spanisch', 'espagnol', 'castellano'],
};

/** `polski`, `po polsku`, `to Polish`, `pl-PL`. A tag only alone: `en` is a word of French and of Spanish. */
export function readLanguage(text: string): Language | undefined {
  const typed = fold(text).split(/[^\p{L}]+/u);
  const isTag = /^\s*[a-z]{2}([-_][a-z\d-]+)?\s*$/i.test(text);
  return (
    languages.find((language) => names[language].some((name) => typed.includes(fold(name)))) ??
    (isTag ? languageOf(text.trim()) : undefined)
  );
}
