import { codeWithoutSecrets } from '../../domain/secret-texts.ts';
import { plainText } from './plain-text.ts';

/** What a refusal says of itself, whatever its shape (docs/partner-center.md#what-a-refusal-looks-like). */
export interface Failure {
  readonly code?: string;
  /** All its sentences, decoded. */
  readonly description?: string;
  /** Seen in bodies too, not only in the header. */
  readonly isMfaCompliant?: boolean;
}

const codeNames = ['code', 'errorcode', 'error_code'];
/** A title is a heading: it stands in where nothing else is said. */
const sentenceNames = ['description', 'errordescription', 'error_description', 'message', 'errormessage', 'detail'];
const headingNames = ['title', 'error'];
/** Where the reason stands when the sentence does not have it. */
const detailNames = ['data', 'errors', 'modelstate', 'details', 'additionalinformation'];
const reasonNames = ['reason', 'reasonphrase'];
/** What a good answer has at its top and a refusal never has. */
const resourceNames = ['id', 'items', 'orders', 'lineitems'];

const longest = 1024;
const detailsAtMost = 6;
/** No refusal is nested deeper; a body of somebody else's must not be walked without end. */
const deepest = 5;

type Fields = ReadonlyMap<string, unknown>;

/** Nothing where the body is none of the known shapes. */
export function readFailure(body: unknown): Failure {
  const { code, sentences, details } = read(body, 0);
  const description = join([...sentences, ...details.slice(0, detailsAtMost)]);
  const mfa = String(fieldsOf(body)?.get('ismfacompliant') ?? '').toLowerCase();
  return {
    ...(code ? { code } : {}),
    ...(description ? { description } : {}),
    ...(mfa === 'true' || mfa === 'false' ? { isMfaCompliant: mfa === 'true' } : {}),
  };
}

/** A refusal that came with a good status: it has a code and a sentence, and is no resource. */
export function isRefusalBody(body: unknown): boolean {
  const fields = fieldsOf(body);
  if (!fields || resourceNames.some((name) => fields.has(name))) return false;
  const code = codeOf(fields);
  return code !== undefined && code !== '0' && textsIn(fields, sentenceNames).length > 0;
}

/** Sentences behind one another, each once: what stands in another one already is left out. */
export function join(sentences: readonly string[]): string | undefined {
  const said = sentences.map((one) => one.trim()).filter((one) => one !== '');
  const lower = said.map((one) => one.toLowerCase());
  const distinct = said.filter((_, at) => !lower.some((other, before) => isSaid(lower[at] ?? '', at, other, before)));
  const ended = distinct.map((one, at) => (at < distinct.length - 1 && !/[.!?:;]$/.test(one) ? `${one}.` : one));
  return ended.join(' ').slice(0, longest) || undefined;
}

function isSaid(one: string, at: number, other: string, before: number): boolean {
  if (at === before) return false;
  return other.includes(one) && (other !== one || before < at);
}

interface Read {
  readonly code?: string | undefined;
  readonly sentences: readonly string[];
  readonly details: readonly string[];
}

const nothing: Read = { sentences: [], details: [] };

function read(value: unknown, depth: number): Read {
  if (depth > deepest) return nothing;
  if (typeof value === 'string') return readText(value, depth);
  if (Array.isArray(value)) return merge(value.map((one) => read(one, depth + 1)));
  const fields = fieldsOf(value);
  return fields ? readFields(fields, depth) : nothing;
}

/** A description was seen to be a JSON document itself. */
function readText(written: string, depth: number): Read {
  const text = plainText(written);
  if (text.startsWith('{') || text.startsWith('[')) {
    try {
      return read(JSON.parse(text), depth + 1);
    } catch {
      // It only looked like one.
    }
  }
  return text === '' ? nothing : { sentences: [text], details: [] };
}

function readFields(fields: Fields, depth: number): Read {
  const inner = fieldsOf(fields.get('error')) ? read(fields.get('error'), depth + 1) : nothing;
  const own = merge(textsIn(fields, sentenceNames).map((text) => readText(text, depth)));
  const said = [...inner.sentences, ...own.sentences];
  const headings = said.length > 0 ? [] : textsIn(fields, headingNames).map(plainText).slice(0, 1);
  const details = detailNames.flatMap((name) => detailsOf(fields.get(name), depth + 1));
  return {
    code: inner.code ?? codeOf(fields) ?? own.code,
    sentences: [...said, ...headings],
    details: [...inner.details, ...own.details, ...reasonsIn(fields, depth), ...details],
  };
}

/** A reason can stand beside the sentence or in whatever object stands there (`parameters`, `innererror`). */
function reasonsIn(fields: Fields, depth: number): string[] {
  if (depth > deepest) return [];
  const here = reasonNames.flatMap((name) => detailsOf(fields.get(name), depth + 1));
  const inside = [...fields].flatMap(([name, value]) => {
    const isReadAlready = name === 'error' || detailNames.includes(name) || reasonNames.includes(name);
    const nested = isReadAlready ? undefined : fieldsOf(value);
    return nested ? reasonsIn(nested, depth + 1) : [];
  });
  return [...here, ...inside];
}

/** The texts in what stands beside the sentence: strings, `{ key, value }`, other failures, or texts by field name. */
function detailsOf(value: unknown, depth: number): string[] {
  if (depth > deepest) return [];
  if (Array.isArray(value)) return value.flatMap((one) => detailsOf(one, depth + 1));
  const fields = fieldsOf(value);
  if (!fields) return isTelling(value) ? [plainText(String(value))] : [];
  const told = readFields(fields, depth);
  if (told.sentences.length + told.details.length > 0) return [...told.sentences, ...told.details];
  if (fields.has('key') && fields.has('value')) return textsOf(String(fields.get('key')), fields.get('value'), depth);
  return Object.entries(value as object).flatMap(([name, one]) => textsOf(name, one, depth));
}

function textsOf(name: string, value: unknown, depth: number): string[] {
  return detailsOf(value, depth + 1).map((text) =>
    name === '' || text.toLowerCase().includes(name.toLowerCase()) ? text : `${name}: ${text}`,
  );
}

/** An id or a number tells a person nothing, nor does a name without a value behind it. */
function isTelling(value: unknown): boolean {
  if (typeof value !== 'string') return false;
  const text = plainText(value);
  return (
    text !== '' &&
    !/:$/.test(text) &&
    !/^[\d\s.,-]+$/.test(text) &&
    !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)
  );
}

function merge(parts: readonly Read[]): Read {
  return {
    code: parts.find(({ code }) => code)?.code,
    sentences: parts.flatMap(({ sentences }) => sentences),
    details: parts.flatMap(({ details }) => details),
  };
}

/** By name in lower case; `undefined` for what is no object. */
function fieldsOf(value: unknown): Fields | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return new Map(Object.entries(value).map(([name, content]) => [name.toLowerCase(), content]));
}

function codeOf(fields: Fields): string | undefined {
  const found = codeNames
    .map((name) => fields.get(name))
    .find((one) => typeof one === 'number' || (typeof one === 'string' && one !== ''));
  const isOAuth = typeof fields.get('error') === 'string' && fields.has('error_description');
  const code = found ?? (isOAuth ? fields.get('error') : undefined);
  return code === undefined ? undefined : codeWithoutSecrets(plainText(String(code)));
}

function textsIn(fields: Fields, names: readonly string[]): string[] {
  return names
    .map((name) => fields.get(name))
    .filter((one) => typeof one === 'string' && one.trim() !== '') as string[];
}
