import { withoutSecrets } from '../../domain/secret-texts.ts';
import { decodeText } from '../../microsoft/body.ts';

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

/** Texts of Partner Center can be HTML-encoded. */
function decodeEntities(said: string): string {
  return said.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]+));/gi, (whole, hex, decimal, name) => {
    if (name) return named[String(name).toLowerCase()] ?? whole;
    const point = hex ? Number.parseInt(hex, 16) : Number(decimal);
    return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : whole;
  });
}

/** Decoded, and without what looks like a secret. */
export function foreignText(said: string): string {
  return withoutSecrets(decodeEntities(said));
}

/** The same on one line. What looks like a token or a product key is no word, and stays out. */
export function plainText(said: string): string {
  return foreignText(said)
    .replace(/\s+/g, ' ')
    .replace(/Bearer \S+|[\w+/=-]{20,}\.[\w-]{20,}\.[\w-]*|[\w+/=-]{100,}/g, '…')
    .replace(/\b[A-Z0-9]{5}(?:-[A-Z0-9]{5})+\b/g, '…')
    .trim();
}

const longestSentence = 500;

/** A body that is one plain sentence; a gateway's page, a broken document and bytes are none. */
export function sentenceOf(bytes: Uint8Array): string | undefined {
  const text = decodeText(bytes.subarray(0, 4 * longestSentence)).trim();
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a text with such characters is none
  const isNone = text === '' || text.length > longestSentence || /^[<{[]|[\0-\x08\ufffd]/.test(text);
  return isNone ? undefined : plainText(text);
}
