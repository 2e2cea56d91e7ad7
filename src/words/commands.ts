import { fold } from '../domain/search/fold.ts';
import { besideThanks, betweenWords, politeAfter, politeBefore, spokenMarks } from './small-words.ts';
import { type Command, type Control, controlSpellings, spellings } from './spellings.ts';

export { fold } from '../domain/search/fold.ts';
export { type Command, type Control, spellings } from './spellings.ts';

/** What somebody wants. */
export interface Understood {
  readonly command: Command;
  /** What else was typed: `readDetails` tells what that says. */
  readonly rest: string;
}

/** The command that a text begins with: lenient about case, accents, punctuation, politeness and small words. */
export function readCommand(text: string): Understood | undefined {
  if (isThanks(text)) return { command: 'thanks', rest: '' };
  const found = commandIn(tidy(text));
  // `hello, cancel 123`: the greeting is not the command.
  return found?.command === 'hi' && found.rest ? (commandIn(tidy(found.rest)) ?? found) : found;
}

/** `ok, thanks a lot!` */
function isThanks(text: string): boolean {
  const words = fold(text)
    .split(/[^\p{L}']+/u)
    .filter(Boolean);
  return words.some((word) => thanksWords.has(word)) && words.every((word) => thanksWords.has(word) || aside.has(word));
}

/** The text has been tidied. */
function commandIn(text: string): Understood | undefined {
  const folded = fold(text);
  for (const { command, start } of beginnings) {
    const rest = folded.startsWith(start) ? restAfter(text, start) : undefined;
    if (rest !== undefined) return { command, rest: withoutSmallWords(rest) };
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

export function isCommand(name: string): name is Command {
  return name in spellings;
}

function isControl(name: string): name is Control {
  return name in controlSpellings;
}

/** `1. orders contoso`, `- orders contoso`, `# orders contoso`: an item of a list, or a heading. */
const itemMark = /^(\d{1,2}[.)]|[-+#>]+)\s+(?=\S)/;

/** Without marks around, and without the politeness; what remains is as typed. */
export function tidy(text: string): string {
  let rest = bare(text.normalize('NFC').replace(/\s+/g, ' '));
  for (let before = ''; before !== rest; ) {
    before = rest;
    rest = withoutLast(withoutFirst(rest.replace(itemMark, ''), beginningsOfTalk), endingsOfTalk);
    rest = bare(rest);
  }
  return rest;
}

const marksBefore = /^[\s/!¡¿.,;:"'„”“‘’‚«»`*~_|^´¨•‣◦·●▪▫–—…]+/;
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

/** `cancel order no. 123` and `software of contoso`: what matters is the last. A small word alone stays. */
function withoutSmallWords(rest: string): string {
  const shorter = bare(withoutFirst(rest.replace(/^#+(?=\w)/, ''), smallWords));
  return shorter === rest ? rest : withoutSmallWords(shorter);
}

const longestFirst = (phrases: readonly string[]): readonly string[] =>
  [...new Set(phrases.map(fold))].sort((a, b) => b.length - a.length);

/** Without the one of these phrases that it begins with, if something follows. They have been folded. */
function withoutFirst(text: string, phrases: readonly string[]): string {
  const folded = fold(text);
  for (const phrase of phrases) {
    if (!folded.startsWith(phrase)) continue;
    const after = textAfter(text, phrase);
    const rest = after?.replace(/^[\s,:]+/, '');
    // `ok please`: the second is politeness, not what is wanted.
    if (rest && rest !== after && !endingsOfTalk.includes(fold(rest))) return rest;
  }
  return text;
}

function withoutLast(text: string, phrases: readonly string[]): string {
  const folded = fold(text);
  if (phrases.includes(folded)) return text;
  const phrase = phrases.find((one) => folded.endsWith(one) && /\S[\s,]+$/.test(folded.slice(0, -one.length)));
  if (phrase === undefined) return text;
  const words = text.split(/(?=[\s,])/);
  for (let count = 1; count < words.length; count++) {
    const last = words.slice(-count).join('');
    if (fold(last).replace(/^[\s,]+/, '') === phrase) return text.slice(0, -last.length).replace(/[\s,]+$/, '');
  }
  return text;
}

/** What may stand between a command and the rest: a blank or a mark, or the end of a quote or of emphasis. */
const betweenCommandAndRest = /^([\s:,;.!-]|[`*~_"'”’»)\]}>]+([\s:,;.!-]|$))/;

function restAfter(text: string, start: string): string | undefined {
  const after = textAfter(text, start);
  if (after === undefined || after === '') return after;
  if (!betweenCommandAndRest.test(after)) return undefined;
  // `buy -3`: a number below nothing, and no dash before a number.
  return bare(after.replace(/^(?:[\s:,;.!`*~_"'”’»)\]}>]|-(?!\d))+/, ''));
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
export function isNear(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < Math.min(a.length, b.length) && a[start] === b[start]) start++;
  const [restA, restB] = [a.slice(start), b.slice(start)];
  const isSwapped =
    restA.length > 1 && restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2);
  return isSwapped || restA.slice(1) === restB.slice(1) || restA.slice(1) === restB || restA === restB.slice(1);
}

const thanksWords = new Set([
  'thanks',
  'thank',
  'thx',
  'ty',
  'cheers',
  'dziekuje',
  'dzieki',
  'danke',
  'dankeschon',
  'dank',
  'merci',
  'gracias',
]);
const aside = new Set(besideThanks.map(fold));
const beginningsOfTalk = longestFirst(politeBefore);
const endingsOfTalk = longestFirst([...politeAfter, ...spokenMarks]);
const smallWords = longestFirst(betweenWords);

/** Every spelling, folded once; of one command the longest first. */
const beginnings = Object.entries(spellings).flatMap(([command, words]) =>
  [...words]
    .sort((a, b) => b.length - a.length)
    .flatMap((word) => (isCommand(command) ? [{ command, start: fold(word) }] : [])),
);
