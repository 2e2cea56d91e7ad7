import type { Refusal, RefusalFacts } from '../domain/errors.ts';
import type { en } from './en.ts';

export type Words = typeof en;

/** The sentence for a refusal. */
export function explain(words: Words, refusal: Refusal): string {
  const sentence = words.refusals[refusal.code] as (facts: RefusalFacts[typeof refusal.code]) => string;
  return sentence(refusal.facts);
}
