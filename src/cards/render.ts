import { Template } from 'adaptivecards-templating';
import handOver from '../../cards/hand-over.json' with { type: 'json' };
import list from '../../cards/list.json' with { type: 'json' };
import message from '../../cards/message.json' with { type: 'json' };
import question from '../../cards/question.json' with { type: 'json' };
import review from '../../cards/review.json' with { type: 'json' };
import secret from '../../cards/secret.json' with { type: 'json' };
import type { Words } from '../words/words.ts';
import type { Button, Card } from './card.ts';
import { clip, type Input, shorten } from './inputs.ts';

/** Read once: reading a template costs more than filling it. */
const templates = {
  'hand-over': new Template(handOver),
  list: new Template(list),
  message: new Template(message),
  question: new Template(question),
  review: new Template(review),
  secret: new Template(secret),
};

/** With what every card is drawn: the language, the draft its buttons belong to, and what was wrong with the last answer. */
export interface CardContext {
  readonly words: Words;
  readonly timeZone: string;
  readonly isSimulated: boolean;
  readonly draft?: {
    readonly id: string;
    readonly step: string;
    readonly submissionId?: string;
    readonly canGoBack: boolean;
  };
  readonly problem?: string;
}

export interface Fact {
  readonly title: string;
  readonly value: string;
}

/** The card model: what a template shows. Texts from outside are made plain here: they are never Markdown. */
export interface CardModel {
  readonly title: string;
  readonly subtitle?: string;
  readonly lines?: readonly string[];
  readonly facts?: readonly Fact[];
  readonly items?: readonly { readonly heading: string; readonly details: readonly string[] }[];
  readonly parts?: readonly { readonly label: string; readonly lines: readonly string[] }[];
  readonly secret?: { readonly label: string; readonly text: string };
  readonly inputs?: readonly Input[];
  readonly notes?: readonly string[];
  readonly buttons?: readonly Button[];
  /** The line shown where the card is not; the title by default. Holds nothing private. */
  readonly summary?: string;
}

/** In UTF-16 code units: 28 KB, with room for what a client adds . */
const maxCharacters = 14_000;

/** Fills the template of that name in `cards/`. Texts that go on for ever are cut, and so are lists that would not fit. */
export function draw(name: keyof typeof templates, context: CardContext, model: CardModel): Card {
  const summary = model.summary ?? model.title;
  const data = {
    lang: context.words.language,
    summary,
    simulated: context.isSimulated ? context.words.common.simulated : undefined,
    title: line(model.title),
    subtitle: model.subtitle && line(model.subtitle),
    problem: context.problem && text(context.problem),
    lines: (model.lines ?? []).map(text),
    facts: (model.facts ?? []).map(({ title, value }) => ({ title, value: text(value) })),
    items: (model.items ?? []).map(({ heading, details }) => ({ heading: line(heading), details: details.map(line) })),
    parts: model.parts ?? [],
    label: model.secret && line(model.secret.label),
    secret: model.secret?.text,
    inputs: model.inputs ?? [],
    notes: (model.notes ?? []).map(text),
    actions: model.buttons ?? [],
  };
  const expand = (inputs: readonly Input[]): Record<string, unknown> =>
    removeEmpty(templates[name].expand({ $root: { ...data, inputs } }));
  const content = expand(data.inputs);
  const surplus = JSON.stringify(content).length - maxCharacters;
  return { content: surplus > 0 ? expand(shorten(data.inputs, surplus)) : content, summary };
}

const line = (given: string): string => plain(clip(given, 200));
const text = (given: string): string => plain(clip(given, 1500));

/**
 * Text that means itself: what Markdown would take for a link, emphasis, a mention, a list, a heading or a character's
 * name is escaped.
 */
function plain(text: string): string {
  return text
    .replace(/\r/g, '')
    .replace(/[[\]*`<~\\]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|&(?=#?\w+;)/gu, '\\$&')
    .replace(/^([ \t]*)([-+=#>]+(?=\s|$)|\d+(?=[.)]\s))/gm, (_all, indent: string, mark: string) =>
      /\d/.test(mark) ? `${indent}${mark}\\` : `${indent}\\${mark}`,
    );
}

/** A template leaves properties without a value behind as null or unfilled; a card must not have them. */
function removeEmpty(content: unknown): Record<string, unknown> {
  const text = JSON.stringify(content, (_key, value: unknown) => (value === null ? undefined : value));
  return JSON.parse(text);
}
