import { z } from 'zod';
import { maybe, shape, text } from './wire.ts';

/** The four shapes of docs/partner-center.md#what-a-refusal-looks-like, and OData's `{ error: { code, message } }` of api.partner.microsoft.com. */
const sentence = {
  code: maybe(text),
  description: maybe(z.string()),
  message: maybe(z.string()),
  detail: maybe(z.string()),
  title: maybe(z.string()),
};
const failure = shape({ ...sentence, error: maybe(shape(sentence)) });

/** Code and decoded description of a failure's body, whatever its shape; nothing when it is none of them. */
export function readFailure(body: unknown): { code?: string; description?: string } {
  const read = failure.safeParse(body);
  if (!read.success) return {};
  const outer = read.data;
  const told = outer.error ?? outer;
  const code = told.code ?? outer.code;
  const said = told.description || told.message || told.detail || told.title;
  return { ...(code ? { code } : {}), ...(said ? { description: toPlainText(said) } : {}) };
}

/** A description can be HTML-encoded, and was seen to be a JSON document itself. */
function toPlainText(said: string): string {
  const decoded = decodeEntities(said).trim();
  return (readNested(decoded) ?? decoded).slice(0, 1024);
}

function readNested(said: string): string | undefined {
  if (!said.startsWith('{')) return undefined;
  try {
    return readFailure(JSON.parse(said)).description;
  } catch {
    return undefined;
  }
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

export function decodeEntities(said: string): string {
  return said.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]+));/gi, (whole, hex, decimal, name) => {
    if (name) return named[String(name).toLowerCase()] ?? whole;
    const point = hex ? Number.parseInt(hex, 16) : Number(decimal);
    return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : whole;
  });
}
