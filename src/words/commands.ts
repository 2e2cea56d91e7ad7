/** What people may type to begin a conversation, in both languages; the first spelling is the one we show. */
export const spellings = {
  buy: ['buy', 'order', 'purchase', 'kup', 'kupić', 'zamów', 'zamówić'],
  software: ['software', 'oprogramowanie'],
  orders: ['orders', 'zamówienia', 'zamowienia'],
  keys: ['keys', 'key', 'klucze', 'klucz'],
  cancel: ['cancel', 'refund', 'anuluj', 'zwrot'],
  cases: ['cases', 'case', 'sprawy', 'sprawa'],
  drafts: ['drafts', 'draft', 'szkice', 'szkic'],
  remind: ['remind', 'przypomnij'],
  audit: ['audit', 'audit log', 'dziennik', 'audyt'],
  whoami: ['whoami', 'who am i', 'kim jestem'],
  help: ['help', 'menu', 'pomoc', '?'],
  hi: ['hi', 'hello', 'hey', 'cześć', 'czesc', 'dzień dobry', 'witaj'],
} as const;

export type Command = keyof typeof spellings;

/** What people may type in the middle of a conversation instead of pressing the button. */
export const controlSpellings = {
  back: ['back', 'go back', 'wstecz', 'wróć', 'cofnij'],
  discard: ['discard', 'odrzuć', 'porzuć', 'stop'],
  later: ['save for later', 'save', 'later', 'zapisz', 'zapisz na później'],
  edit: ['edit', 'edytuj', 'popraw'],
} as const;

export type Control = keyof typeof controlSpellings;

export interface Understood {
  readonly command: Command;
  /** What came after the command word, as typed. */
  readonly rest: string;
  /** How many words the whole text has: a sentence that merely begins like a command is recognised by it. */
  readonly length: number;
}

/** The command that a text begins with: lenient about case, accents, punctuation, politeness and small words. */
export function readCommand(text: string): Understood | undefined {
  const found = commandIn(tidy(text));
  // `hello, cancel 123`: the greeting is not the command.
  return found?.command === 'hi' && found.rest ? (commandIn(tidy(found.rest)) ?? found) : found;
}

/** The text has been tidied. */
function commandIn(text: string): Understood | undefined {
  const length = text.split(' ').length;
  const folded = fold(text);
  for (const { command, start } of beginnings) {
    const rest = folded.startsWith(start) ? restAfter(text, start) : undefined;
    if (rest !== undefined) return { command, rest: withoutSmallWords(rest), length };
  }
  return undefined;
}

export function readControl(text: string): Control | undefined {
  const typed = fold(tidy(text));
  for (const [control, words] of Object.entries(controlSpellings)) {
    if (words.some((word) => fold(word) === typed) && isControl(control)) return control;
  }
  return undefined;
}

/** The command whose spelling is nearest to the first word; for "did you mean". */
export function nearestCommand(text: string): Command | undefined {
  const word = fold(tidy(text)).split(' ')[0] ?? '';
  if (word.length < 3) return undefined;
  for (const [command, words] of Object.entries(spellings)) {
    if (command === 'hi') continue;
    if (words.some((spelling) => isNear(fold(spelling), word)) && isCommand(command)) return command;
  }
  return undefined;
}

function isCommand(name: string): name is Command {
  return name in spellings;
}

function isControl(name: string): name is Control {
  return name in controlSpellings;
}

/** Also what dictation writes down of how people begin. */
const politeBefore =
  /^(please|kindly|u+m+|u+h+|e+r+m*|h+m+|ok(ay)?|so|well|(can|could|would) (you|i)|i (want|need|would like)( to)?|i'd like( to)?|show( me)?( the| all)?|list|prosz[eę]|poprosz[eę]|czy mo[zż]esz|chc[eę]|pokaż|pokaz)[\s,]+/iu;
const politeAfter =
  /[\s,]+(please|pls|thanks|thx|thank you|asap|fyi|cc|prosz[eę]|dzi[eę]kuj[eę]|dzi[eę]ki|do wiadomości)$/iu;
/** Dictation writes down what was meant as a mark. */
const spokenMark =
  /[\s,]+(full stop|period|comma|question mark|exclamation (mark|point)|kropka|przecinek|znak zapytania|wykrzyknik)$/iu;
/** `1. orders contoso`, `- orders contoso`, `# orders contoso`: an item of a list, or a heading. */
const itemMark = /^(\d{1,2}[.)]|[-+#>]+)\s+(?=\S)/;

/** Without marks around, and without the politeness; what remains is as typed. */
function tidy(text: string): string {
  let rest = bare(text.normalize('NFC').replace(/\s+/g, ' '));
  for (let before = ''; before !== rest; ) {
    before = rest;
    for (const part of [itemMark, politeBefore, politeAfter, spokenMark]) rest = rest.replace(part, '');
    rest = bare(rest);
  }
  return rest;
}

const marksBefore = /^[\s/!.,;:"'„”“‘’‚«»`*~_|^´¨•‣◦·●▪▫–—…]+/;
const marksAfter = /[\s!.,;:"'„”“‘’‚«»`*~_|^´¨–—…]+$/;
const brackets: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}', '<': '>' };

/**
 * Without the quotes, code marks, emphasis, bullets and brackets around it: `Contoso (Poland)` keeps its own. A question
 * mark alone is a command.
 */
export function bare(text: string): string {
  let rest = text;
  for (let before = ''; before !== rest; ) {
    before = rest;
    rest = withoutBrackets(rest.replace(marksBefore, '').replace(marksAfter, ''));
  }
  return rest.replace(/[\s?]+$/, '') || rest;
}

/** A pair around everything, or one half of which the other is missing. */
function withoutBrackets(text: string): string {
  const [first = '', last = ''] = [text[0], text.at(-1)];
  const closer = brackets[first];
  const inside = text.slice(1, -1);
  if (closer !== undefined && closer === last && !inside.includes(first) && !inside.includes(closer)) return inside;
  if (closer !== undefined && !text.includes(closer)) return text.slice(1);
  const opener = Object.keys(brackets).find((one) => brackets[one] === last);
  return opener !== undefined && !text.includes(opener) ? text.slice(0, -1) : text;
}

const smallWord =
  /^(of|for|from|(the )?order|(order )?id|number|no\.|nr\.?|customer|dla|do|z|klienta|zam[oó]wieni[ae]|numer|sprawy)[\s:]+(?=\S)|^#+(?=\w)/iu;

/** `cancel order no. 123` and `software of contoso`: what matters is the last. A small word alone stays. */
function withoutSmallWords(rest: string): string {
  const shorter = bare(rest.replace(smallWord, ''));
  return shorter === rest ? rest : withoutSmallWords(shorter);
}

/** Without case and accents: `Łódź` and `lodz` are the same. */
export function fold(text: string): string {
  return text.toLowerCase().replaceAll('ł', 'l').normalize('NFD').replace(/\p{M}/gu, '');
}

/** What may stand between a command and the rest: a blank or a mark, or the end of a quote or of emphasis. */
const betweenWords = /^([\s:,;.!-]|[`*~_"'”’»)\]}>]+([\s:,;.!-]|$))/;

function restAfter(text: string, start: string): string | undefined {
  const after = textAfter(text, start);
  if (after === undefined || after === '') return after;
  if (!betweenWords.test(after)) return undefined;
  return bare(after.replace(/^[\s:,;.!`*~_"'”’»)\]}>-]+/, ''));
}

/** The text behind a beginning that is compared folded: a folded character need not be as long as the one it comes from. */
function textAfter(text: string, start: string): string | undefined {
  let read = '';
  let at = 0;
  for (const character of text) {
    if (read.length >= start.length) break;
    read += fold(character);
    at += character.length;
  }
  return read === start ? text.slice(at) : undefined;
}

/** One letter more, less, or other; or two neighbours swapped. */
function isNear(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < Math.min(a.length, b.length) && a[start] === b[start]) start++;
  const [restA, restB] = [a.slice(start), b.slice(start)];
  const isSwapped =
    restA.length > 1 && restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2);
  return isSwapped || restA.slice(1) === restB.slice(1) || restA.slice(1) === restB || restA === restB.slice(1);
}

/** Every spelling, folded once; of one command the longest first. */
const beginnings = Object.entries(spellings).flatMap(([command, words]) =>
  [...words]
    .sort((a, b) => b.length - a.length)
    .flatMap((word) => (isCommand(command) ? [{ command, start: fold(word) }] : [])),
);
