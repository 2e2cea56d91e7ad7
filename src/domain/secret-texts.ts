/**
 * How a secret looks inside a longer text: tokens, product keys, passwords in addresses. Their parts have limits, so that no text
 * takes longer than its length.
 */
const patterns = (instead: string): readonly (readonly [RegExp, string])[] => [
  [/\bBearer\s+[\w.~+/-]+=*/gi, `Bearer ${instead}`],
  [/\beyJ[\w-]{1,2000}\.[\w-]+\.[\w-]*/g, instead],
  [/\b(?:[A-Z0-9]{5}-){4}[A-Z0-9]{5}\b/g, instead],
  [/(\b[a-z][a-z0-9+.-]{0,30}:\/\/[^\s/:@]+:)[^\s/@]+@/gi, `$1${instead}@`],
];

/** An address up to its fragment, and its query, which may let somebody in. */
const address = /\bhttps?:\/\/[^\s"'#?][^\s"'#]*/gi;
const query = /\?.+$/s;

const ways = new Map<string, ReturnType<typeof patterns>>();

/** The text without what looks like a secret in it, for whatever is kept, shown or printed of texts that others wrote. */
export function withoutSecrets(text: string, instead = '…'): string {
  let known = ways.get(instead);
  if (!known) {
    known = patterns(instead);
    ways.set(instead, known);
  }
  const cut = known.reduce((clean, [pattern, by]) => clean.replace(pattern, by), text);
  return cut.replace(address, (one) => one.replace(query, `?${instead}`));
}

/** A code is a word: one with a secret in it is none. */
export function codeWithoutSecrets(code: string): string | undefined {
  return withoutSecrets(code) === code ? code : undefined;
}
