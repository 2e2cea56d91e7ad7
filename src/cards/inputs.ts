import { Refusal } from '../domain/errors.ts';
import { bare, fold } from '../words/commands.ts';
import type { Words } from '../words/words.ts';
import type { Button } from './button.ts';

export interface Choice {
  readonly title: string;
  readonly value: string;
}

/** An input as the templates want it. */
export type Input =
  | (Labelled & {
      readonly kind: 'choice';
      readonly style: 'compact' | 'expanded' | 'filtered';
      readonly choices: readonly Choice[];
      /** Several may be picked. */
      readonly isMultiple?: boolean;
      /** What is not among the choices is searched there while somebody types. */
      readonly dataset?: string;
    })
  | (Labelled & {
      readonly kind: 'text';
      readonly multiline: boolean;
      readonly maxLength: number;
      /** A button in the field, which the Enter key presses too. */
      readonly action?: Button;
    })
  /** Days as `2026-01-31`. */
  | (Labelled & { readonly kind: 'date'; readonly min: string; readonly max: string })
  | (Omit<Labelled, 'value'> & {
      readonly kind: 'number';
      readonly min: number;
      readonly max: number;
      /** Null: none is shown. */
      readonly value: number | null;
    })
  | (Labelled & { readonly kind: 'toggle'; readonly title: string });

interface Labelled {
  readonly id: string;
  readonly label: string;
  readonly required: boolean;
  readonly error: string;
  readonly placeholder: string;
  readonly value: string | number;
}

type InputName = keyof Words['inputs'];

/** Every button carries the draft it belongs to; a client puts what is filled in over that. */
function idOf(name: InputName): string {
  return name === 'draft' ? 'chosenDraft' : name;
}

interface Options {
  readonly value?: string;
  readonly isMultiple?: boolean;
  /** Behind a click, however few there are. */
  readonly isCompact?: boolean;
  readonly placeholder?: string;
  readonly optional?: boolean;
  /** There are more than the choices: they are searched while somebody types. */
  readonly dataset?: string;
}

/** A list to pick from: all in view up to five, a typeahead from ten on and where there are more than the choices. */
export function choiceInput(words: Words, id: InputName, choices: readonly Choice[], options: Options = {}): Input {
  const { isMultiple, isCompact, dataset } = options;
  const isFiltered = dataset !== undefined || choices.length > 9;
  const style = isFiltered ? 'filtered' : choices.length > 5 || isCompact ? 'compact' : 'expanded';
  return {
    kind: 'choice',
    ...labelInput(words, id, options),
    error: words.common.chooseOne,
    style,
    choices,
    isMultiple,
    ...(dataset !== undefined && { dataset }),
  };
}

export function textInput(
  words: Words,
  id: InputName,
  options: Options & Pick<Partial<Input & { kind: 'text' }>, 'multiline' | 'maxLength' | 'action'> = {},
): Input {
  return {
    kind: 'text',
    ...labelInput(words, id, options),
    multiline: options.multiline ?? false,
    maxLength: options.maxLength ?? 255,
    ...(options.action && { action: options.action }),
  };
}

export function dateInput(
  words: Words,
  id: InputName,
  { min, max, ...options }: Options & { readonly min: string; readonly max: string },
): Input {
  return { kind: 'date', ...labelInput(words, id, options), min, max };
}

export function numberInput(
  words: Words,
  id: InputName,
  range: { readonly min: number; readonly max: number; readonly value: number | null; readonly error: string },
): Input {
  return { kind: 'number', ...labelInput(words, id, {}), ...range };
}

/**
 * What was typed as a whole number, also as phones and wide keyboards write it (`2,0`, `2.00`, `２`). `undefined` for
 * anything else, such as `1.000`, which is one or a thousand.
 */
export function readWholeNumber(text: string): number | undefined {
  const typed = text.normalize('NFKC').trim();
  const [, digits] = typed.match(/^(\d+)(?:[.,]0{0,2})?$/) ?? [];
  const number = Number(digits);
  return digits !== undefined && Number.isSafeInteger(number) ? number : undefined;
}

/** A number as it was typed, to be shown again although it is not wanted; null where it was none, or is unclear. */
export function numberAsTyped(text: string): number | null {
  const typed = text.normalize('NFKC').trim();
  return /^[+-]?\d+([.,]\d{0,2})?$/.test(typed) ? Number(typed.replace(',', '.')) : null;
}

export function toggleInput(words: Words, id: InputName, title: string, value: boolean): Input {
  return { kind: 'toggle', ...labelInput(words, id, {}), title, value: String(value) };
}

function labelInput(words: Words, id: InputName, { value, placeholder, optional }: Options): Labelled {
  return {
    id: idOf(id),
    label: words.inputs[id],
    required: !optional,
    error: words.common.required,
    placeholder: placeholder ?? '',
    value: value ?? '',
  };
}

/** Cut in whole characters, with a sign that something is missing. */
export function clip(text: string, length: number): string {
  if (text.length <= length) return text;
  return `${text
    .slice(0, length - 1)
    .replace(/[\ud800-\udbff]$/, '')
    .trimEnd()}…`;
}

const shortestTitle = 24;

/** The inputs, with the longest list made shorter by so many characters: titles first, then choices from the end. */
export function shorten(inputs: readonly Input[], surplus: number): Input[] {
  const lengths = inputs.map((input) => (input.kind === 'choice' ? JSON.stringify(input.choices).length : 0));
  const longest = Math.max(0, ...lengths);
  return inputs.map((input, index) =>
    input.kind === 'choice' && lengths[index] === longest
      ? { ...input, choices: fitInto(input.choices, longest - surplus) }
      : input,
  );
}

/** What is left out can still be typed. */
function fitInto(choices: readonly Choice[], room: number): readonly Choice[] {
  const bare = choices.reduce((sum, { value }) => sum + JSON.stringify({ title: '', value }).length + 1, 0);
  const forTitle = Math.floor((room - bare) / choices.length);
  if (forTitle < shortestTitle && choices.length > 1) return fitInto(choices.slice(0, -1), room);
  return choices.map(({ title, value }) => {
    // Quotes and backslashes take two characters in JSON.
    const doubled = JSON.stringify(title).length - 2 - title.length;
    return { title: clip(title, Math.max(forTitle - doubled, 1)), value };
  });
}

/**
 * What was picked: the value that the card sent, or, typed in chat, a title or its beginning or part, or its number in
 * the list. Throws `invalid` when nothing or several fit.
 */
export function readChoice(
  words: Words,
  id: InputName,
  choices: readonly Choice[],
  answer: { readonly values: Readonly<Record<string, string>>; readonly text?: string },
): string {
  const sent = answer.values[idOf(id)];
  if (sent && choices.some((choice) => choice.value === sent)) return sent;
  const typed = fold((answer.text ?? sent ?? '').trim());
  const asTyped = typed ? findFitting(choices, typed) : [];
  const found = asTyped.length > 0 || !bare(typed) ? asTyped : findFitting(choices, bare(typed));
  if (found.length === 1 && found[0]) return found[0].value;
  const some =
    found.length > 1
      ? ` ${found
          .slice(0, 5)
          .map((choice) => choice.title)
          .join(' · ')}`
      : '';
  throw new Refusal('invalid', { field: id, why: `${words.common.chooseOne}${some}` });
}

/** The same where several may be picked: sent with commas between them, or typed like that, or with a word for "and". */
export function readChoices(
  words: Words,
  id: InputName,
  choices: readonly Choice[],
  answer: { readonly values: Readonly<Record<string, string>>; readonly text?: string },
): string[] {
  const given = answer.values[idOf(id)] ?? answer.text ?? '';
  const pick = (text: string): string => readChoice(words, id, choices, { values: { [idOf(id)]: text } });
  // A title may have a comma of its own.
  try {
    return [pick(given)];
  } catch (error) {
    const parts = given.split(/[,;]|\s(?:and|und|et|oraz|i|y|e)\s/u).filter((part) => part.trim() !== '');
    if (parts.length < 2) throw error;
    return [...new Set(parts.map(pick))];
  }
}

function findFitting(choices: readonly Choice[], typed: string): Choice[] {
  const tests: ((title: string, index: number) => boolean)[] = [
    (title) => title === typed,
    (title) => title.startsWith(typed),
    (title) => title.includes(typed),
    (_title, index) => String(index + 1) === typed,
  ];
  for (const test of tests) {
    const found = choices.filter((choice, index) => test(fold(choice.title), index) || fold(choice.value) === typed);
    if (found.length > 0) return found;
  }
  return [];
}

/** An address as mail programs copy it: `Name <address>`, `mailto:address`, a link in Markdown. Else as it is. */
export function readAddress(text: string): string {
  const given = text.trim();
  const [, inLink] = given.match(/^\[[^\]]*\]\(([^)]+)\)$/) ?? [];
  const [, inBrackets] = given.match(/<([^<>]+)>$/) ?? [];
  const [, inMailto] = (inLink ?? inBrackets ?? given).match(/^mailto:([^?]+)/i) ?? [];
  return (inMailto ?? inLink ?? inBrackets ?? given).trim();
}
