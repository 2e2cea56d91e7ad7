import { fold } from './commands.ts';

/** Numbers as people write them out, from one to twelve. */
const writtenOut: Readonly<Record<string, number>> = Object.fromEntries(
  [
    'one jeden jedna jedno jedną ein eine einen un une uno una',
    'two dwa dwie zwei zwo deux dos',
    'three trzy drei trois tres',
    'four cztery vier quatre cuatro',
    'five pięć fünf cinq cinco',
    'six sześć sechs seis',
    'seven siedem sieben sept siete',
    'eight osiem acht huit ocho',
    'nine dziewięć neun neuf nueve',
    'ten dziesięć zehn dix diez',
    'eleven jedenaście elf onze once',
    'twelve dwanaście zwölf douze doce',
  ].flatMap((words, index) => words.split(' ').map((word) => [fold(word), index + 1] as const)),
);

/** What is counted: a number before it is a quantity, whatever else it might be. */
const counted =
  /^(x|×|szt|sztuki?|stuck|stk|pcs?|pieces?|units?|unites?|unidad(es)?|uds?|licen[cs]es?|licencj[aei]|lizenz(en)?|licencias?|cop(y|ies)|kopi[aei]|kopien|mal|fois|times|exemplaires?)\.?$/;
/** What stands after a number that belongs to the product: `16 core`, `3 years`, `1 user CAL`. */
const ofProduct =
  /^(-?cores?|rdzeni\w*|kern\w*|coeurs?|nucleos?|users?|devices?|sockets?|years?|jahre?|lata?|rok|ans?|anos?|months?|monate?|mois|meses|bit)\b/;

export interface FoundQuantity {
  readonly quantity: number;
  /** The tokens that say it: from, and how many. */
  readonly at: number;
  readonly length: number;
}

/**
 * How many, among the words of a sentence: `3`, `2 x`, `x2`, `three`, `3 Stück`. What belongs to the product (`2025`,
 * `16 core`, `365`, `Windows 11`) is none, nor is a number in a name. `isProduct`: does the word belong to a product?
 */
export function findQuantity(
  tokens: readonly string[],
  isProduct: (token: string) => boolean,
): FoundQuantity | undefined {
  const folded = tokens.map((token) =>
    fold(token)
      .replaceAll('ß', 'ss')
      .replace(/[,;:]+$/, ''),
  );
  return findMarked(folded) ?? findBare(folded, isProduct);
}

function findMarked(words: readonly string[]): FoundQuantity | undefined {
  for (const [at, word] of words.entries()) {
    const next = words[at + 1] ?? '';
    const [, before, after] = /^(?:(\d{1,9})[x×]|[x×](\d{1,9}))$/.exec(word) ?? [];
    const alone = before ?? after;
    if (alone !== undefined) return { quantity: Number(alone), at, length: 1 };
    const [, joined] = /^(\d{1,9})(?:szt|stk|pcs?|uds?)\.?$/.exec(word) ?? [];
    if (joined !== undefined) return { quantity: Number(joined), at, length: 1 };
    if (/^(qty|quantity|ilosc|menge|anzahl|quantite|cantidad)$/.test(word) && /^\d{1,9}$/.test(next))
      return { quantity: Number(next), at, length: 2 };
    const number = numberOf(word);
    if (number !== undefined && counted.test(next)) return { quantity: number, at, length: 2 };
    if (/^[x×]$/.test(word) && /^\d{1,9}$/.test(next)) return { quantity: Number(next), at, length: 2 };
  }
  return undefined;
}

function findBare(words: readonly string[], isProduct: (token: string) => boolean): FoundQuantity | undefined {
  const found = words.flatMap((word, at): FoundQuantity[] => {
    const quantity = numberOf(word);
    const next = words[at + 1];
    const before = words[at - 1];
    if (quantity === undefined || ofProduct.test(next ?? '')) return [];
    if (/^\d+$/.test(word) && (quantity === 365 || isYear(quantity))) return [];
    const isOfWindows = /^win(dows)?$/.test(before ?? '') && [7, 8, 10, 11].includes(quantity);
    if (isOfWindows) return [];
    // `17.9` inside a title is a version.
    if (!Number.isInteger(quantity) && at > 0) return [];
    const isFirst = at === 0 && next !== undefined && /^-?\d/.test(word);
    const isBeforeProduct = next !== undefined && isProduct(next);
    const isAfterProduct = before !== undefined && (isProduct(before) || isYear(Number(before))) && /^-?\d/.test(word);
    return isFirst || isBeforeProduct || isAfterProduct ? [{ quantity, at, length: 1 }] : [];
  });
  return found[0];
}

/** A number alone, in digits or written out. */
export function readQuantity(text: string): number | undefined {
  return numberOf(fold(text.trim()).replaceAll('ß', 'ss'));
}

/** What may stand beside a number that is to be the quantity. More or fewer of them is for nobody to guess, nor `add 3`. */
const besideChange: ReadonlySet<string> = new Set(
  `make it change to the quantity qty set only just please pls i we want need instead sorry no ok rather should be of them
  zmien na ilosc ma byc tylko prosze poprosze chce jednak raczej potrzeba nie
  andere aendere mach es auf nur bitte menge doch lieber stattdessen wir brauchen nein
  mets en plutot a la quantite seulement stp svp il faut non
  pon cambia cantidad solo por favor mejor que sean`.split(/\s+/),
);

/**
 * How many are wanted instead, typed where an order is reviewed: `10`, `make it 10`, `zmień na 10 sztuk`. A number and what may
 * stand beside it, and nothing else; `undefined`: it may be about something else.
 */
export function readChangedQuantity(text: string): string | undefined {
  const words = text
    .trim()
    .split(/\s+/)
    .map((word) =>
      fold(word)
        .replaceAll('ß', 'ss')
        .replace(/[.,;:!?]+$/, ''),
    );
  const marked = findMarked(words);
  const numbers = words.flatMap((word, at) => (numberOf(word) !== undefined ? [at] : []));
  const at = marked?.at ?? (numbers.length === 1 ? numbers[0] : undefined);
  const quantity = marked?.quantity ?? numberOf(words[at ?? -1] ?? '');
  if (at === undefined || quantity === undefined || quantity === 365 || isYear(quantity)) return undefined;
  const others = words.filter((_, index) => index < at || index >= at + (marked?.length ?? 1));
  return others.every((word) => besideChange.has(word)) ? quantity.toString() : undefined;
}

function numberOf(word: string): number | undefined {
  if (/^\d{1,9}$/.test(word)) return Number(word);
  // Nobody orders a thousandth: `1.000` is a thousand in any language.
  if (/^[1-9]\d{0,2}[.,]000$/.test(word)) return Number(word.replace(/[.,]/, ''));
  // What nobody can order is told, and not looked for among the products.
  if (/^(-\d{1,9}|\d{1,9}[.,]\d{1,2})$/.test(word)) return Number(word.replace(',', '.'));
  return Object.hasOwn(writtenOut, word) ? writtenOut[word] : undefined;
}

function isYear(number: number): boolean {
  return number >= 2000 && number <= 2039;
}
