type Replacement = readonly [pattern: RegExp, by: (found: string, before: string) => string];

/**
 * How a secret looks inside a longer text: tokens, product keys, passwords in addresses. A part that would be looked for from each
 * place has a limit, so that no text takes longer than its length.
 */
const patterns = (instead: string): readonly Replacement[] => [
  [/\bBearer\s+[\w.~+/-]+=*/gi, () => `Bearer ${instead}`],
  [/[\w.-]+/g, (run) => (run.includes('eyJ') ? withoutTokens(run, instead) : run)],
  [/\b(?:[A-Z0-9]{5}-){4}[A-Z0-9]{5}\b/g, () => instead],
  [/(\b[a-z][a-z0-9+.-]{0,30}:\/\/[^\s/:@]+:)[^\s/@]+@/gi, (_, before) => `${before}${instead}@`],
];

/** A JWT is three parts with dots between; its first, the header, begins with `{"` (RFC 7515, 7.1) and may be long (`x5c`). */
function withoutTokens(run: string, instead: string): string {
  const parts = run.split('.');
  const kept: string[] = [];
  for (let at = 0; at < parts.length; at++) {
    const part = parts[at] ?? '';
    const begins = at + 2 < parts.length && parts[at + 1] ? part.search(/\beyJ[\w-]/) : -1;
    kept.push(begins < 0 ? part : part.slice(0, begins) + instead);
    if (begins >= 0) at += 2;
  }
  return kept.join('.');
}

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
