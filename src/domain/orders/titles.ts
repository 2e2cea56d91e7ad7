const betweenParts = /^[-–—|:,]$/;

/**
 * A title as Microsoft gives it, saying everything once: `Windows Server 2025 - Windows Server 2025 - 16 Core` names its
 * product twice. Two words or more that follow themselves are left out the first time, a single one only where a dash
 * stands between them: `New New York` is a name.
 */
export function withoutRepeats(title: string): string {
  const words = title.split(/\s+/).filter((word) => word !== '');
  for (let length = Math.floor(words.length / 2); length >= 1; length--) {
    for (let at = 0; at + 2 * length <= words.length; at++) {
      const hasMark = betweenParts.test(words[at + length] ?? '');
      const again = at + length + (hasMark ? 1 : 0);
      const isRepeated = isSame(words.slice(at, at + length), words.slice(again, again + length));
      if (isRepeated && (hasMark || length > 1))
        return withoutRepeats([...words.slice(0, at), ...words.slice(again)].join(' '));
    }
  }
  return title;
}

/** Product and edition, without saying the same twice. */
export function joinTitles(product: string, edition: string): string {
  const said = new Set(wordsOf(edition));
  const isNamed = wordsOf(product).every((word) => said.has(word));
  return withoutRepeats(isNamed ? edition : `${product} – ${edition}`);
}

const wordsOf = (title: string): string[] => title.toLowerCase().match(/[\p{L}\p{N}.+#]+/gu) ?? [];

/** Marks at the end of a word count for nothing. */
function isSame(some: readonly string[], others: readonly string[]): boolean {
  const fold = (word = '') => word.toLowerCase().replace(/[,;:]$/, '');
  return some.length === others.length && some.every((word, index) => fold(word) === fold(others[index]));
}
