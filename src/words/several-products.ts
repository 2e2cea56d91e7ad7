import { fold } from './commands.ts';
import { type Kind, kindOf, readDetails, tokensOf } from './details.ts';
import { isProductWord, productWords } from './product-words.ts';
import { findQuantity } from './quantities.ts';

/** A product as a sentence names it. */
export interface NamedItem {
  readonly product: string;
  readonly quantity?: number;
}

export interface SplitSentence {
  /** With its first product alone. */
  readonly first: string;
  readonly further: NamedItem[];
  /** Several customers are named, each for products of their own. */
  readonly isForSeveral: boolean;
}

/** What may stand between two products. */
const joiners: ReadonlySet<string> = new Set(['and', 'und', 'sowie', 'plus', 'et', 'y', 'i', 'oraz', '+', '&']);
const longJoiners =
  /(?<!\p{L})(as well as|and also|und auch|ainsi que|et aussi|a tak[zż]e|oraz tak[zż]e|as[ií] como|y tambi[eé]n)(?!\p{L})/giu;
/** `Office Professional Plus`: there it joins nothing. */
const beforePlus = /^(pro|prof|professionell?|professional)$/;
/** With which of its words a product begins. */
const beginnings: ReadonlySet<string> = new Set(
  'windows sql office visio project access outlook exchange sharepoint biztalk visual system suse red skype'.split(' '),
);

interface Word {
  /** As it was typed, and without what is around it. */
  readonly raw: string;
  readonly text: string;
  readonly kind: Kind;
  readonly isJoiner: boolean;
  /** A comma, or a joiner, stands before it. */
  readonly isJoined: boolean;
}

/**
 * `3 windows server and 2 visio for contoso`: the sentence with its first product alone, and the others. What belongs to a
 * title (`Professional Plus`, `16 core`, `2025`) or to a customer's name (`Smith and Sons`) parts nothing.
 */
export function splitProducts(text: string): SplitSentence {
  const words = wordsIn(text);
  const starts = startsIn(words);
  const segments = [0, ...starts].map((from, at) => ({ from, to: starts[at] ?? words.length }));
  // `2 Visio for Contoso and 3 Project for Fabrikam`: that is not one order.
  const naming = segments.filter(({ from, to }) => namesCustomer(words.slice(from, to)));
  if (naming.length > 1) return { first: text, further: [], isForSeveral: true };
  if (starts.length === 0) return { first: text, further: [], isForSeveral: false };
  const spans = segments.slice(1).map(({ from, to }) => ({ from, to: endOf(words, from, to, naming.length > 0) }));
  const isLeft = ({ isJoiner }: Word, index: number) =>
    !spans.some(({ from, to }) => (index >= from && index < to) || (isJoiner && index === from - 1));
  return {
    first: words
      .filter(isLeft)
      .map(({ raw }) => raw)
      .join(' '),
    further: spans.map(({ from, to }) => itemIn(words.slice(from, to))),
    isForSeveral: false,
  };
}

/** `3 windows server 2025 and 2 visio`, `visio`: one product or several, and how many where that is said. */
export function readTypedItems(text: string): NamedItem & Pick<SplitSentence, 'further'> {
  const { first, further } = splitProducts(text);
  const { product, quantity } = readDetails(first);
  return quantity === undefined && further.length === 0 ? { product: text, further } : { product, quantity, further };
}

function wordsIn(text: string): Word[] {
  const spaced = text
    .replace(longJoiners, ' and ')
    .replace(/\s*([+&])(?=\s*\d{1,9}\s*[x×]?\s*\p{L})/gu, ' $1 ')
    // `2 visio,3 project`, but not `1,000 visio`.
    .replace(/(?<!\d),(?=\d{1,9}\s*[x×]?\s*\p{L})/gu, ', ');
  const all = spaced.split(/\s+/).filter(Boolean);
  const tokens = all.map((raw) => tokensOf(raw)[0] ?? raw);
  const isJoiner = (at: number): boolean => {
    const word = fold(tokens[at] ?? '');
    return joiners.has(word) && !(word === 'plus' && beforePlus.test(fold(tokens[at - 1] ?? '')));
  };
  return tokens.map((token, at) => ({
    raw: all[at] ?? '',
    text: token,
    kind: kindOf(tokens, token, at),
    isJoiner: isJoiner(at),
    isJoined: /[,;]$/.test(all[at - 1] ?? '') || isJoiner(at - 1),
  }));
}

/** Where each product but the first begins. */
function startsIn(words: readonly Word[]): number[] {
  const starts: number[] = [];
  for (const at of words.keys()) {
    const before = words.slice(starts.at(-1) ?? 0, at);
    if (namesProduct(before) && isStart(words, at, before)) starts.push(at);
  }
  return starts;
}

function isStart(words: readonly Word[], at: number, before: readonly Word[]): boolean {
  const isJoined = words[at]?.isJoined ?? false;
  const length = quantityAt(words, at);
  const named = words.slice(at + length).find(({ kind }) => kind !== 'beside' && kind !== 'weak');
  if (!named || !isTitleWord(named)) return false;
  const isBeginning = beginnings.has(productWords(named.text)[0] ?? '');
  if (length === 0) return isJoined && isBeginning && isBehindProduct(before);
  // Where commas are not told, a number before the beginning of a title; not `visio 2 project 3`.
  return isJoined || (isBeginning && findQuantity(textsOf(before), isProductWord) !== undefined);
}

/** How many words say a quantity there; none, where it is no quantity. */
function quantityAt(words: readonly Word[], at: number): number {
  const found = findQuantity(textsOf(words.slice(at, at + 2)), isProductWord);
  return found?.at === 0 ? found.length : 0;
}

/** `windows server 2025 and visio`; not `contoso and visio`, and not `for office and windows`, which may be a name. */
function isBehindProduct(before: readonly Word[]): boolean {
  const bare = before.filter(({ isJoiner }) => !isJoiner);
  const mark = bare.findLastIndex(({ kind }) => kind === 'strong');
  const isInName = mark >= 0 && !bare.slice(mark).some(({ kind }) => kind === 'other');
  return bare.at(-1)?.kind === 'product' && !isInName;
}

/** A word of a title that belongs to no customer's name (`for Contoso Office Supplies, 2 visio`). */
function namesProduct(words: readonly Word[]): boolean {
  const marked = words.findIndex(({ kind }) => kind === 'strong');
  // Nothing is counted: whatever stands before may be a name.
  const mark = marked < 0 && findQuantity(textsOf(words), isProductWord) ? words.length : marked;
  const name = words.findLastIndex(({ kind }) => kind === 'other');
  return words.some((word, index) => isTitleWord(word) && (index < mark || index > name));
}

function namesCustomer(words: readonly Word[]): boolean {
  const mark = words.findIndex(({ kind }) => kind === 'strong');
  return mark >= 0 && words.slice(mark).some(({ kind }) => kind === 'other');
}

/** Up to the customer or a word of thanks; a word that is in no title may be the customer's, unless that is named. */
function endOf(words: readonly Word[], from: number, to: number, isCustomerNamed: boolean): number {
  const last = words[to - 1]?.isJoiner && to < words.length ? to - 1 : to;
  const named = from + quantityAt(words, from);
  const isEnd = ({ kind }: Word, index: number): boolean =>
    index >= named &&
    (kind === 'strong' ||
      kind === 'polite' ||
      (kind === 'other' && !isCustomerNamed) ||
      (kind === 'weak' && words[index + 1]?.kind === 'other'));
  const end = words.findIndex(isEnd);
  return end < 0 ? last : Math.min(end, last);
}

function itemIn(words: readonly Word[]): NamedItem {
  const { product, quantity } = readDetails(textsOf(words).join(' '));
  return { product, ...(quantity !== undefined && { quantity }) };
}

function isTitleWord({ kind, text }: Word): boolean {
  return kind === 'product' && /\p{L}/u.test(text);
}

const textsOf = (words: readonly Word[]): string[] => words.map(({ text }) => text);
