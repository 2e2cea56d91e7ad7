import { fold } from './commands.ts';
import { isBesideTitles, isProductWord } from './product-words.ts';
import { findQuantity } from './quantities.ts';

/** One way to tell the customer from the rest. */
export interface Reading {
  readonly customer: string;
  /** The words of a product, or of what was bought; none where only the customer is named. */
  readonly product: string;
  /** A guess from one word of several: counts only where a name has a word that begins so. */
  readonly isGuess?: boolean;
}

/** What a sentence says beside its command. Which customer and which product are meant is for a search to tell. */
export interface Details {
  /** An order's id or short number, a subscription's id, a ticket's or a case's number. */
  readonly number?: string;
  readonly quantity?: number;
  /** The likeliest first. None where no customer is named. */
  readonly readings: readonly Reading[];
  /** All words that may name a product, where no reading has a customer that is found. */
  readonly product: string;
  /** `my order`, `the last order`: one of the person's own. */
  readonly isMine: boolean;
}

const setOf = (...words: readonly string[]): ReadonlySet<string> =>
  new Set(words.flatMap((text) => text.split(/\s+/).map(fold)));

/** Who comes next is a customer. */
const strongMarks = setOf('for dla für pour para chez klienta klientowi kunden kunde customer client cliente');
/** Who comes next may be one. */
const weakMarks = setOf('of from od von vom de du del des bei');
const politeWords = setOf(
  'please pls plz kindly thanks thx asap proszę poproszę dziękuję dzięki pilne bitte danke dringend svp stp merci gracias urgente urgent',
);
const nouns = setOf(
  'order orders purchase purchases number no no. nr nr. id subscription line',
  'zamówienie zamówienia zamówieniu numer subskrypcji zakup',
  'bestellung bestellungen bestellnummer auftrag auftrags nummer abo',
  'commande commandes numéro n° nº achat abonnement',
  'pedido pedidos número suscripción compra',
);
const besideNames = setOf(
  'customer client cliente klienta klientowi kunde kunden firma firmy firmę the an a den dem der die das la le el los',
);
const mine = setOf('my mine moje moja moją mojego mein meine meinen meiner mon ma mes mi mis', 'mío mía');
const latest = setOf(
  'last latest newest recent most ostatnie ostatniego ostatni najnowsze letzte letzten letzter neueste dernière dernières dernier último última últimos',
  'the a all it this that to moich me mnie wszystkie die das der den la le les el los las por mir mich me about o an an w sprawie',
);

export type Kind = 'strong' | 'weak' | 'polite' | 'product' | 'beside' | 'other';

interface Token {
  readonly text: string;
  readonly kind: Kind;
}

const reference = /^sd-[a-z0-9]{4,}$/i;
const guid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** Ids as people paste them: a short number, a GUID, a long id, a ticket's number, our own reference of a case. */
export function isNumber(token: string): boolean {
  if (reference.test(token) || guid.test(token) || /^\d{10,23}$/.test(token)) return true;
  if (/^[0-9a-f]{12}$/i.test(token)) return /\d/.test(token);
  return /^[A-Za-z0-9_-]{20,}$/.test(token) && /\d/.test(token) && /[A-Z]/.test(token) && /[a-z]/.test(token);
}

/** Our own reference of a case. */
export function isReference(token: string): boolean {
  return reference.test(token);
}

/** A ticket's number or a case's reference: it belongs to a case, not to an order. */
export function isCaseNumber(number: string): boolean {
  return reference.test(number) || /^\d{13,23}$/.test(number);
}

/** An id that only its place tells: right behind the command. */
function isNumberThere(token: string): boolean {
  return token.length >= 10 && /\d/.test(token) && /^[\w-]+$/.test(token) && !/^\d+x/i.test(token);
}

export function tokensOf(text: string): string[] {
  return text
    .split(/\s+/)
    .map((token) => token.replace(/^[\s,;:!?¡¿("'„“”«»`*]+|[\s,;:!?)"'“”«»`*]+$/g, ''))
    .map((token) => token.replace(/^(?:\p{L}+\.?)?[:#=](?=\w{6,}$)/u, '').replace(/^#(?=\w)/, ''))
    .filter((token) => token !== '' && !/^[-–—/&+|]+$/.test(token));
}

/** Reads what comes after the command, or a whole sentence without one. */
export function readDetails(text: string): Details {
  const all = tokensOf(text);
  const at = all.findIndex(
    (token, index) => isNumber(bareEnd(token)) || (index === 0 && isNumberThere(bareEnd(token))),
  );
  const number = at < 0 ? undefined : bareEnd(all[at] ?? '');
  const rest = all.filter((_token, index) => index !== at);
  const counted = findQuantity(rest, isProductWord);
  const kept = rest.filter((_t, index) => !counted || index < counted.at || index >= counted.at + counted.length);
  const isMine = saysMine(kept);
  const tokens = kept.map((token, index) => ({ text: token, kind: kindOf(kept, token, index) }));
  const readings = isMine ? [] : readingsOf(tokens, counted !== undefined);
  return {
    ...(number !== undefined && { number }),
    ...(counted && { quantity: counted.quantity }),
    readings,
    product: productIn(tokens),
    isMine,
  };
}

function bareEnd(token: string): string {
  return token.replace(/\.+$/, '');
}

function saysMine(tokens: readonly string[]): boolean {
  const words = tokens.map(fold).filter((word) => !politeWords.has(word));
  const isLatest = (word: string) => latest.has(word);
  const isOwn =
    words.some((word) => mine.has(word)) ||
    words.some((word) => /^(last|latest|ostatni|letzt|dernier|ultim)/.test(word));
  return isOwn && words.every((word) => mine.has(word) || nouns.has(word) || isLatest(word));
}

/** What a word may be in its place. */
export function kindOf(tokens: readonly string[], token: string, index: number): Kind {
  const word = fold(token);
  const [before, after] = [fold(tokens[index - 1] ?? ''), fold(tokens[index + 1] ?? '')];
  if (before === 'skype' || (word === 'business' && before === 'for') || word === 'skype') return 'product';
  if (strongMarks.has(word) && after !== '') return 'strong';
  if (politeWords.has(word)) return 'polite';
  if (isProductWord(token) || /^\d+$/.test(word)) return 'product';
  if (weakMarks.has(word) && after !== '') return 'weak';
  return isBesideTitles(word) || nouns.has(word) || besideNames.has(word) ? 'beside' : 'other';
}

function readingsOf(tokens: readonly Token[], isCounted: boolean): Reading[] {
  const hasProduct = tokens.some(({ kind, text }) => kind === 'product' && /\p{L}/u.test(text));
  const whole = { from: 0, to: tokens.length };
  const marked = [...spansAfter(tokens, 'strong'), ...spansAfter(tokens, 'weak'), ...spanOfTitleWords(tokens)];
  const spans = hasProduct || isCounted ? [...marked, ...longestOthers(tokens)] : [whole, ...marked];
  const readings = spans.flatMap((span) => readingOf(tokens, span));
  const [first] = hasProduct || isCounted ? spans : [];
  const guesses = first ? guessesIn(tokens, first) : [];
  return unique([...readings, ...guesses]).slice(0, maxReadings);
}

/** Each may cost a search. */
const maxReadings = 4;

interface Span {
  readonly from: number;
  readonly to: number;
  /** Up to there no word belongs to the product, where that is further. */
  readonly left?: number;
}

/** `for Contoso`: up to the last word that is neither of a product nor small. */
function spansAfter(tokens: readonly Token[], kind: 'strong' | 'weak'): Span[] {
  const marks = tokens.flatMap((token, index) => (token.kind === kind ? [index] : []));
  return marks.flatMap((mark): Span[] => {
    const isEnd = (token: Token, index: number) => index > mark && token.kind === 'polite';
    const end = tokens.findIndex(isEnd);
    const last = tokens.findLastIndex((token, index) => token.kind === 'other' && (end < 0 || index < end));
    // `keys for Windows Server for Contoso`: only the second names somebody.
    const next = tokens.findIndex((token, index) => index > mark + 1 && token.kind === kind);
    const hasName = tokens.some((token, index) => token.kind === 'other' && index > mark && (next < 0 || index < next));
    if (last <= mark || !hasName) return [];
    // `for Contoso, please, before Friday`: what comes after that is about neither.
    const left = kind === 'strong' ? tokens.findLastIndex((token) => token.kind === 'other') + 1 : last + 1;
    return [{ from: mark + 1, to: last + 1, left }];
  });
}

/** `5 Visio for Studio 54`: a name that is made of words of titles, behind a product. */
function spanOfTitleWords(tokens: readonly Token[]): Span[] {
  const mark = tokens.findLastIndex(({ kind }) => kind === 'strong');
  const isTitleWord = ({ kind, text }: Token) => kind === 'product' && /\p{L}/u.test(text);
  const isName =
    tokens.slice(mark + 1).every(({ kind }) => kind === 'product') && tokens.slice(mark + 1).some(isTitleWord);
  return mark > 0 && isName && tokens.slice(0, mark).some(isTitleWord) ? [{ from: mark + 1, to: tokens.length }] : [];
}

/** The longest run of words that are in no title. */
function longestOthers(tokens: readonly Token[]): Span[] {
  const runs: Span[] = [];
  let from = -1;
  for (const [index, { kind }] of [...tokens, { kind: 'polite' as const }].entries()) {
    const isInside = kind === 'other' || (from >= 0 && (kind === 'weak' || kind === 'beside'));
    if (isInside && from < 0) from = index;
    if (!isInside && from >= 0) {
      const to = tokens.findLastIndex((token, at) => at < index && token.kind === 'other') + 1;
      runs.push({ from, to });
      from = -1;
    }
  }
  return runs.sort((a, b) => b.to - b.from - (a.to - a.from)).slice(0, 1);
}

/** Of more words than a name the first one or the last one may be it. */
function guessesIn(tokens: readonly Token[], span: Span): Reading[] {
  const { from, to } = span;
  const others = tokens.flatMap(({ kind, text }, index) =>
    kind === 'other' && index >= from && index < to && text.length >= 3 ? [index] : [],
  );
  const [first] = others;
  const last = others.at(-1);
  if (first === undefined || last === undefined || first === last) return [];
  return [first, last].flatMap((index) =>
    readingOf(tokens, { from: index, to: index + 1 }, span).map((reading) => ({ ...reading, isGuess: true })),
  );
}

/** `left`: what is no word of the product either. */
function readingOf(tokens: readonly Token[], span: Span, left: Span = span): Reading[] {
  const inside = tokens.slice(span.from, span.to);
  if (!inside.some(({ kind, text }) => kind === 'other' || (kind === 'product' && /\p{L}/u.test(text)))) return [];
  const first = inside.findIndex(({ kind }) => kind !== 'strong' && kind !== 'beside');
  const named = first < 0 ? [] : inside.slice(first);
  const customer = named
    .map(({ text }) => text)
    .join(' ')
    .replace(/['’]s?$/i, '');
  const isLeft = (index: number) => index >= left.from && index < left.to;
  const isTail = (index: number) =>
    index >= left.to && index < (left.left ?? left.to) && tokens[index]?.kind === 'other';
  const others = tokens.filter((_token, index) => !isLeft(index) && !isTail(index));
  return customer === '' ? [] : [{ customer, product: productIn(others) }];
}

function productIn(tokens: readonly Token[]): string {
  return tokens
    .filter(({ kind }) => kind === 'product' || kind === 'other')
    .map(({ text }) => text)
    .join(' ');
}

function unique(readings: readonly Reading[]): Reading[] {
  const seen = new Map(readings.map((reading) => [fold(reading.customer), reading] as const).reverse());
  return readings.filter((reading) => seen.get(fold(reading.customer)) === reading);
}
