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

/** The sentence for a refusal. */
export function explain(words: Words, refusal: Refusal): string {
  const sentence = words.refusals[refusal.code] as (facts: RefusalFacts[typeof refusal.code]) => string;
  return sentence(refusal.facts);
}
