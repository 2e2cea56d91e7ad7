import { isCaseNumber, isNumber } from '../words/details.ts';

/** The short form, as it stands on cards and in the portal. */
const short = /^[0-9a-f]{12}$/i;

/**
 * The order that a message names: a number in its short form, else another one in what a person wrote. The texts of a message:
 * what was written, then its cards as they were sent, which have ids of other things in them too.
 */
export function orderNamedIn([written = '', ...cards]: readonly string[]): string | undefined {
  const all = [written, ...cards].map(tokensIn);
  const named = all.flat().find((token) => short.test(token) && /\d/.test(token));
  return named ?? all[0]?.find((token) => isNumber(token) && !isCaseNumber(token));
}

function tokensIn(text: string): string[] {
  return text.match(/[\w-]{10,80}/g) ?? [];
}
