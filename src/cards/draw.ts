import { Template } from 'adaptivecards-templating';
import handOver from '../../cards/hand-over.json' with { type: 'json' };
import list from '../../cards/list.json' with { type: 'json' };
import message from '../../cards/message.json' with { type: 'json' };
import question from '../../cards/question.json' with { type: 'json' };
import review from '../../cards/review.json' with { type: 'json' };
import secret from '../../cards/secret.json' with { type: 'json' };
import type { Words } from '../words/words.ts';
import type { Button } from './buttons.ts';
import type { Card } from './card.ts';
import type { Input } from './inputs.ts';

const templates = { 'hand-over': handOver, list, message, question, review, secret };

/** With what every card is drawn: the language, the draft its buttons belong to, and what was wrong with the last answer. */
export interface Pen {
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

/** What a template shows. Texts from outside are made plain here: they are never Markdown. */
export interface Face {
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

/** Fills the template of that name in `cards/`. */
export function draw(name: keyof typeof templates, pen: Pen, face: Face): Card {
  const summary = face.summary ?? face.title;
  const data = {
    lang: pen.words.language,
    summary,
    simulated: pen.isSimulated ? pen.words.common.simulated : undefined,
    title: plain(face.title),
    subtitle: face.subtitle && plain(face.subtitle),
    problem: pen.problem && plain(pen.problem),
    lines: (face.lines ?? []).map(plain),
    facts: (face.facts ?? []).map(({ title, value }) => ({ title, value: plain(value) })),
    items: (face.items ?? []).map(({ heading, details }) => ({ heading: plain(heading), details: details.map(plain) })),
    parts: face.parts ?? [],
    label: face.secret && plain(face.secret.label),
    secret: face.secret?.text,
    inputs: face.inputs ?? [],
    notes: (face.notes ?? []).map(plain),
    actions: face.buttons ?? [],
  };
  const content: unknown = new Template(templates[name]).expand({ $root: data });
  return { content: withoutNothing(content), summary };
}

/** Text that means itself: what Markdown would take for a link, emphasis or a mention is escaped. */
export function plain(text: string): string {
  return text.replace(/[[\]*`<~\\]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\$&').replace(/\r/g, '');
}

/** A template leaves properties without a value behind as null or unfilled; a card must not have them. */
function withoutNothing(content: unknown): Record<string, unknown> {
  const text = JSON.stringify(content, (_key, value: unknown) => (value === null ? undefined : value));
  return JSON.parse(text);
}
