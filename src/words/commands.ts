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
  for (const [command, words] of Object.entries(spellings)) {
    for (const word of [...words].sort((a, b) => b.length - a.length)) {
      const rest = restAfter(text, word);
      if (rest !== undefined && isCommand(command)) return { command, rest: withoutSmallWords(rest), length };
    }
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

const politeBefore =
  /^(please|kindly|(can|could|would) (you|i)|i (want|need|would like)( to)?|i'd like( to)?|show( me)?( the| all)?|list|prosz[eę]|poprosz[eę]|czy mo[zż]esz|chc[eę]|pokaż|pokaz)[\s,]+/iu;
const politeAfter = /[\s,]+(please|thanks|thank you|prosz[eę]|dzi[eę]kuj[eę])$/iu;

/** Without marks around, and without the politeness; what remains is as typed. */
function tidy(text: string): string {
  let rest = withoutMarks(text.normalize('NFC').replace(/\s+/g, ' '));
  for (let before = ''; before !== rest; ) {
    before = rest;
    rest = withoutMarks(rest.replace(politeBefore, '').replace(politeAfter, ''));
  }
  return rest;
}

/** A question mark alone is a command. */
function withoutMarks(text: string): string {
  const bare = text.replace(/^[\s/!.,;:"'„”“‘’«»]+|[\s!.,;:"'„”“‘’«»]+$/g, '');
  return bare.replace(/[\s?]+$/, '') || bare;
}

const smallWord =
  /^(of|for|from|order|number|no\.|nr|customer|the order|dla|do|z|klienta|zam[oó]wieni[ae]|numer|sprawy) +|^#(?=\w)/iu;

/** `cancel order no. 123` and `software of contoso`: what matters is the last. A small word alone stays. */
function withoutSmallWords(rest: string): string {
  const shorter = rest.replace(smallWord, '');
  return shorter === rest ? rest : withoutSmallWords(shorter);
}

/** Without case and accents: `Łódź` and `lodz` are the same. */
export function fold(text: string): string {
  return text
    .toLowerCase()
    .replaceAll('ł', 'l')
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '');
}

function restAfter(text: string, word: string): string | undefined {
  const folded = fold(text);
  const start = fold(word);
  if (folded === start) return '';
  if (!folded.startsWith(start)) return undefined;
  if (!/^[\s:,;.!-]/.test(folded.slice(start.length))) return undefined;
  return text
    .slice(start.length)
    .replace(/^[\s:,;.!-]+/, '')
    .trim();
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
