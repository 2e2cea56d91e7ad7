import { Template } from 'adaptivecards-templating';
import template from '../../cards/card.json' with { type: 'json' };
import { asShown } from '../domain/shown-text.ts';
import { onOneLine, type Words } from '../words/words.ts';
import type { Badge, Button, Card, Fact, Folded, IconName, Row, Step, Total } from './card.ts';
import { toAction, toBadge, toFolded, toInput, toRow, toStep, toTotal } from './elements.ts';
import { clip, type Input, shorten } from './inputs.ts';

export type { Fact } from './card.ts';

/** Read once: reading the template costs more than filling it. */
const frame = new Template(template);

/** With what every card is drawn: the language, the draft its buttons belong to, and what was wrong with the last answer. */
export interface CardContext {
  readonly words: Words;
  readonly timeZone: string;
  readonly isSimulated: boolean;
  /** One person alone sees it, in a place of several: what its buttons begin stays with them. */
  readonly isPrivate?: boolean;
  /** Why it is, where the person did not ask in private. */
  readonly whyPrivate?: string;
  readonly draft?: {
    readonly id: string;
    readonly step: string;
    readonly submissionId?: string;
    readonly canGoBack: boolean;
  };
  readonly problem?: string;
  /** The same may have been told already. */
  readonly isAgain?: boolean;
}

/** The card model: what the template shows, in its order. Texts from outside are made plain here: they are never Markdown. */
export interface CardModel {
  readonly title: string;
  readonly subtitle?: string;
  readonly icon?: IconName;
  readonly badge?: Badge;
  /** The one number that matters. */
  readonly amount?: { readonly text: string; readonly note?: string };
  readonly progress?: { readonly value: number; readonly max: number; readonly text: string };
  readonly steps?: readonly Step[];
  readonly lines?: readonly string[];
  readonly secrets?: readonly { readonly label: string; readonly text: string }[];
  readonly facts?: readonly Fact[];
  readonly parts?: readonly { readonly label: string; readonly lines: readonly string[] }[];
  readonly items?: readonly Row[];
  readonly inputs?: readonly Input[];
  readonly totals?: readonly Total[];
  readonly folded?: Folded;
  readonly notes?: readonly string[];
  readonly buttons?: readonly Button[];
  /** What it is about and for whom: behind the title where the card itself is not shown. */
  readonly about?: string;
  /** The line shown where the card is not, instead of title and `about`. Holds nothing private. */
  readonly summary?: string;
}

/** In UTF-16 code units: 28 KB, with room for what a client adds . */
const maxCharacters = 14_000;

/** More than any client shows of it. */
const maxSummary = 300;

/** Lengths of texts, tried one after the other until the card fits. */
const longestTexts = [1500, 600, 250, 100];

/** Fills the template in `cards/`. Texts that go on for ever are cut, and so are lists and texts that would not fit. */
export function draw(context: CardContext, model: CardModel): Card {
  const summary = clip(asShown(withoutSecondStop(summaryOf(context, model))), maxSummary);
  const inputs = model.inputs ?? [];
  for (const longest of longestTexts) {
    const expand = (shown: readonly Input[]): Record<string, unknown> =>
      removeEmpty(frame.expand({ $root: { ...fill(context, model, longest), summary, inputs: shown.map(toInput) } }));
    const content = expand(inputs);
    const surplus = lengthOf(content) - maxCharacters;
    if (surplus <= 0) return { content, summary };
    const shortened = expand(shorten(inputs, surplus));
    if (lengthOf(shortened) <= maxCharacters || longest === longestTexts.at(-1)) return { content: shortened, summary };
  }
  throw new Error('there is always a last length');
}

/** Of a card that asks again, what was wrong with the answer. */
function summaryOf({ problem, isAgain, words }: CardContext, { title, about, summary }: CardModel): string {
  if (problem !== undefined) return onOneLine(problem);
  const shown = summary ?? [title, about].filter(Boolean).join(' · ');
  return isAgain ? words.notices.againSummary(shown) : shown;
}

/** A list that was drawn is short enough to be sent. */
export function fits({ content }: Card): boolean {
  return lengthOf(content) <= maxCharacters;
}

const lengthOf = (content: unknown): number => JSON.stringify(content).length;

/** What the template shows of the model, but for its inputs; texts are at most so many characters long. */
function fill({ words, isSimulated, isAgain, problem, whyPrivate }: CardContext, model: CardModel, longest: number) {
  const line = (given: string): string => plain(clip(withoutSecondStop(given), Math.min(200, longest)));
  const text = (given: string): string => plain(clip(withoutSecondStop(given), longest));
  const { simulated, simulatedMore } = words.common;
  return {
    lang: words.language,
    icon: model.icon,
    simulated: isSimulated ? [toBadge({ text: simulated, tooltip: simulatedMore, style: 'subtle' }, line)] : undefined,
    title: line(model.title),
    subtitle: model.subtitle && line(model.subtitle),
    badges: model.badge ? [toBadge(model.badge, line)] : [],
    problem: problem && text(onOneLine(problem)),
    amount: model.amount && { text: line(model.amount.text), note: model.amount.note && line(model.amount.note) },
    progress: model.progress && { ...model.progress, text: line(model.progress.text) },
    steps: (model.steps ?? []).map((step) => toStep(step, line)),
    lines: [...(isAgain ? [words.notices.again] : []), ...(model.lines ?? [])].map(text),
    secrets: (model.secrets ?? []).map((secret) => ({ label: line(secret.label), text: secret.text })),
    facts: (model.facts ?? []).map(({ title, value }) => ({ title, value: text(value) })),
    parts: model.parts ?? [],
    items: (model.items ?? []).map((row, at) => toRow(row, at, line)),
    totals: (model.totals ?? []).map((total) => toTotal(total, line)),
    folded: model.folded && toFolded(model.folded, line),
    notes: [...(model.notes ?? []), ...(whyPrivate ? [whyPrivate] : [])].map(text),
    actions: (model.buttons ?? []).map(toAction),
  };
}

/** `nothing was found for Łódzkie Zakłady Sp. z o.o.`: a name that ends with a full stop ends the sentence too. */
function withoutSecondStop(text: string): string {
  return text.replace(/(\p{L})\.\.(?=\s|$)/gu, '$1.');
}

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

/** A template leaves properties without a value behind as null or unfilled; a card must not have them, nor misleading marks. */
function removeEmpty(content: unknown): Record<string, unknown> {
  return withoutEmpty(content) as Record<string, unknown>;
}

function withoutEmpty(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((one) => withoutEmpty(one) ?? null);
  if (typeof value === 'string') return asShown(value);
  if (typeof value !== 'object' || value === null) return value;
  const kept: Record<string, unknown> = {};
  for (const [name, one] of Object.entries(value))
    if (one !== null && one !== undefined) kept[name] = withoutEmpty(one);
  return kept;
}
