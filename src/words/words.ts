import type { Refusal, RefusalFacts } from '../domain/errors.ts';
import type { Language } from '../domain/people/languages.ts';
import type { en } from './en.ts';

/** Any text where English has its own, and everything else as it is: what each language has to have. */
type Any<T> = T extends string
  ? string
  : T extends (...facts: infer Facts) => infer Said
    ? (...facts: Facts) => Any<Said>
    : T extends object
      ? { readonly [Key in keyof T]: Any<T[Key]> }
      : T;

/** Every sentence in one language. */
export type Words = Any<typeof en> & { readonly language: Language };

/**
 * What a refusal says: what is wrong on the first line, what to do next on the second. A card that says nothing else is
 * titled by the first.
 */
export function refusalText(words: Words, refusal: Refusal): string {
  const say = words.refusals[refusal.code] as (facts: RefusalFacts[typeof refusal.code]) => string;
  return say(refusal.facts);
}

/** The same among other texts. */
export function explain(words: Words, refusal: Refusal): string {
  return onOneLine(refusalText(words, refusal));
}

export function onOneLine(text: string): string {
  return text.replaceAll('\n', ' ');
}
