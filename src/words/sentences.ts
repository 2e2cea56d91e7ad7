import { type Command, fold, nearestCommand, readCommand, spellings, tidy, type Understood } from './commands.ts';
import { isCaseNumber, readDetails, tokensOf } from './details.ts';
import { isProductWord } from './product-words.ts';
import {
  askingHow,
  askingPrice,
  askingWhat,
  besideAsking,
  negations,
  sayingHowItIs,
  verbsInside,
} from './sentence-words.ts';
import { commandWord } from './spellings.ts';

/**
 * A whole sentence: a command with what it is about, in any order and any language. `undefined`: it is not clear that
 * something is wanted, or it is said that it is not. What comes of it costs nothing: it leads to a question at most.
 */
export function readSentence(text: string): Understood | undefined {
  const begun = readCommand(text.replace(/^\s*(?:yes|yeah|tak|ja|oui|s[ií])\s*,\s*(?=\S)/iu, ''));
  // `Good morning, please order 2 …`: the greeting is not what is wanted.
  const greeted = begun?.command === 'hi' && begun.rest ? readSentence(begun.rest) : undefined;
  if (greeted) return greeted;
  if (begun) return isDenied(begun.command, begun.rest) || isSaidOf(begun) ? undefined : (turnRound(begun) ?? begun);
  const words = tidy(text);
  if (helpAlone.has(withoutPlace(fold(words)))) return { command: 'help', rest: '' };
  const price = readPriceQuestion(words);
  if (price) return price;
  const how = readHowQuestion(words);
  if (how) return how;
  const inside = commandInside(words);
  if (inside) return inside.isClear ? { command: inside.command, rest: inside.rest } : undefined;
  const { number, quantity, product } = readDetails(words);
  // A slip in the command is asked about: `anului 1a2b3c4d5e6f` is no wish to look at the order.
  if (number !== undefined && nearestCommand(text)) return undefined;
  if (number !== undefined) return { command: isCaseNumber(number) ? 'cases' : 'orders', rest: number };
  const isWanted = quantity !== undefined && hasProduct(product) && !isRefused(tokensOf(words).map(fold));
  return isWanted ? { command: 'buy', rest: words } : undefined;
}

/** What may have been meant by words that are not understood, as somebody would type it in that language. */
export function nearestReading(
  text: string,
  language: Parameters<typeof commandWord>[1] = 'en',
): { readonly command: Command; readonly text: string } | undefined {
  const words = tidy(text);
  const [, ...others] = words.split(' ');
  const near = nearestCommand(text);
  if (near) return toReading(near, others.join(' '), language);
  const tokens = tokensOf(words);
  if (tokens.length > shortSentence || isRefused(tokens.map(fold))) return undefined;
  const spaced = ` ${fold(words)} `;
  if (spellings.mine.some((phrase) => spaced.includes(` ${fold(phrase)} `))) return toReading('mine', '', language);
  const inside = commandInside(words);
  const { product } = readDetails(inside?.rest ?? words);
  // `where is the order`: nothing that can be bought is named.
  if (inside?.isSpelled && (inside.command !== 'buy' || hasProduct(product)))
    return toReading(inside.command, inside.rest, language);
  return hasProduct(product) ? toReading('buy', words, language) : undefined;
}

function toReading(command: Command, rest: string, language: Parameters<typeof commandWord>[1]) {
  return { command, text: `${commandWord(command, language)} ${rest}`.trim() };
}

/** `Bestellung 1a2b3c4d5e6f stornieren`, `order 1a2b3c4d5e6f`: what it begins with is what it is about. */
function turnRound({ command, rest }: Understood): Understood | undefined {
  if (command !== 'buy' && command !== 'orders' && command !== 'mine') return undefined;
  const { number, quantity, product } = readDetails(rest);
  const tokens = tokensOf(rest);
  const last = fold(tokens.at(-1) ?? '');
  const isVerb = (verb: Command, word: string) => wordsOf[verb]?.has(word) ?? false;
  const found = (['cancel', 'remind', 'keys'] as const).find((verb) =>
    number === undefined
      ? verb !== 'keys' && isVerb(verb, last) && tokens.length > 0
      : tokens.some((token) => isVerb(verb, fold(token))),
  );
  if (found) {
    const about = tokens.filter((token) => !isVerb(found, fold(token))).join(' ');
    return { command: found, rest: command === 'mine' ? `my order ${about}`.trim() : about };
  }
  // `Bestellung für Contoso: 3 Office …`: that many are wanted.
  if (command === 'orders' && number === undefined && quantity !== undefined && hasProduct(product))
    return { command: 'buy', rest };
  const isOrder = number !== undefined && quantity === undefined && !hasProduct(product);
  return command === 'buy' && isOrder ? { command: 'orders', rest } : undefined;
}

/** `what can I do here`: the last word adds nothing. */
function withoutPlace(folded: string): string {
  return folded
    .split(' ')
    .filter((word) => !placeWords.has(word))
    .join(' ');
}

/** `storniere es nicht`, `order 3 for Contoso? no`: said at the end, it is not to be done. */
function isDenied(command: Command, rest: string): boolean {
  const last = fold(tokensOf(rest).at(-1) ?? '');
  return (command === 'buy' || command === 'cancel') && ['nicht', 'not', 'pas', 'nie'].includes(last);
}

/** `order was placed twice`: nothing is to be done, unless a number tells with what. */
function isSaidOf({ command, rest }: Understood): boolean {
  const folded = fold(rest);
  const isSaid = saidBeginnings.some((word) => folded === word || folded.startsWith(`${word} `));
  return isSaid && namesOfThings.has(command) && readDetails(rest).number === undefined;
}

/** Whoever asks for a price is shown it where it can be ordered: nothing is ordered before `Confirm`. */
function readPriceQuestion(words: string): Understood | undefined {
  const folded = fold(words);
  const asked = priceBeginnings.find((beginning) => folded.startsWith(`${beginning} `));
  // A folded character need not be as long as the one it comes from, but there are as many words.
  const rest = words
    .split(' ')
    .slice(asked?.split(' ').length ?? 0)
    .join(' ');
  const { number, product } = readDetails(rest);
  return asked !== undefined && number === undefined && hasProduct(product) ? { command: 'buy', rest } : undefined;
}

function readHowQuestion(words: string): Understood | undefined {
  const folded = fold(words);
  if (!howBeginnings.some((how) => folded.startsWith(`${how} `))) return undefined;
  const command = commandInside(words)?.command;
  return command && { command: 'help', rest: command };
}

interface Inside extends Understood {
  /** There is enough beside the verb for somebody to mean it. */
  readonly isClear: boolean;
  /** It is the command's own word, and not one that often comes with it. */
  readonly isSpelled: boolean;
}

/** So many words a person types who wants something; more of them need better reasons. */
const shortSentence = 8;

function commandInside(words: string): Inside | undefined {
  const tokens = tokensOf(words);
  const folded = tokens.map(fold);
  for (const command of sought) {
    const known = wordsOf[command];
    const at = folded.findIndex((word) => known?.has(word));
    if (at < 0 || isProductWord(tokens[at] ?? '')) continue;
    const rest = tokens.filter((_token, index) => index !== at).join(' ');
    const { number, quantity, readings, product, isMine } = readDetails(rest);
    // `could you look at order 1a2b3c4d5e6f`: that is no purchase.
    if (command === 'buy' && number !== undefined && quantity === undefined && !hasProduct(product)) continue;
    const isSpelled = spelledOf[command]?.has(folded[at] ?? '') ?? false;
    const reasons = [quantity !== undefined, hasProduct(product), isMarked(folded) && readings.length > 0];
    const count = reasons.filter(Boolean).length;
    const isNeed = !isSpelled && command === 'buy';
    const isShort = tokens.length <= shortSentence;
    const isEnough = isNeed ? reasons[1] === true && count > 1 : count > 1 || (count === 1 && isShort);
    return { command, rest, isSpelled, isClear: !isRefused(folded) && (number !== undefined || isMine || isEnough) };
  }
  return undefined;
}

/** What is denied is not wanted; `order no 123` denies nothing. */
function isRefused(folded: readonly string[]): boolean {
  return folded.some((word, index) => denials.has(word) && !(word === 'no' && /\d/.test(folded[index + 1] ?? '')));
}

function isMarked(folded: readonly string[]): boolean {
  return folded.some((word, index) => index < folded.length - 1 && customerMarks.has(word));
}

function hasProduct(product: string): boolean {
  return product.split(' ').some((word) => /\p{L}/u.test(word) && isProductWord(word));
}

/** The most telling first. */
const sought: readonly Command[] = [
  'cancel',
  'remind',
  'keys',
  'buy',
  'audit',
  'cases',
  'drafts',
  'orders',
  'software',
];
const customerMarks: ReadonlySet<string> = new Set(['for', 'dla', 'fur', 'pour', 'para', 'chez', 'of', 'von']);
const howBeginnings = askingHow.map(fold);
const helpAlone: ReadonlySet<string> = new Set(askingWhat.map(fold));
const placeWords: ReadonlySet<string> = new Set(besideAsking.map(fold));
const priceBeginnings = askingPrice.map(fold).toSorted((one, other) => other.length - one.length);
const saidBeginnings = sayingHowItIs.map(fold);
/** Commands that are also the name of what they are about. */
const namesOfThings: ReadonlySet<Command> = new Set(['buy', 'orders', 'mine', 'keys', 'cancel', 'software', 'cases']);
const denials: ReadonlySet<string> = new Set(negations.map(fold));

const single = (words: readonly string[]): string[] => words.map(fold).filter((word) => !word.includes(' '));
const spelledOf: Partial<Record<Command, ReadonlySet<string>>> = Object.fromEntries(
  sought.map((command) => [command, new Set(single(spellings[command]))]),
);
const wordsOf: Partial<Record<Command, ReadonlySet<string>>> = Object.fromEntries(
  sought.map((command) => [command, new Set(single([...spellings[command], ...(verbsInside[command] ?? [])]))]),
);
