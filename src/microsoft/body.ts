/**
 * Bytes to text and JSON. Bodies can start with a byte order mark, and some were seen in UTF-16;
 * the published checkout sample shows a mark that was lost on the way as a leading `?`.
 */
export function decodeText(bytes: Uint8Array): string {
  return new TextDecoder(encodingOf(bytes)).decode(bytes);
}

function encodingOf([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  if (first === 0 && second) return 'utf-16be';
  if (first && second === 0) return 'utf-16le';
  return 'utf-8';
}

export type Parsed = { readonly isJson: true; readonly value: unknown } | { readonly isJson: false };

/** An empty body is `undefined`. A parser's own error quotes the body, so none leaves this function. */
export function parseJson(bytes: Uint8Array): Parsed {
  const text = decodeText(bytes)
    .trim()
    .replace(/^[\ufeff?]+(?=[[{"])/, '');
  if (text === '') return { isJson: true, value: undefined };
  try {
    return { isJson: true, value: JSON.parse(text) };
  } catch {
    return { isJson: false };
  }
}
