import { button, questionButtons } from './buttons.ts';
import type { Button, Card, Row } from './card.ts';
import { type Choice, choiceInput, type Input } from './inputs.ts';
import { type CardContext, draw, type Fact } from './render.ts';

interface Choosing {
  readonly title: string;
  readonly subtitle?: string;
  /** See the card model; the subtitle by default. */
  readonly about?: string;
  readonly lines?: readonly string[];
  readonly facts?: readonly Fact[];
  readonly canKeep: boolean;
  readonly extra?: readonly Button[];
  /** What was typed may mean any of these: each is picked with one press. */
  readonly candidates?: readonly Choice[];
}

/** One pick from a list; read with `readChoice`. */
export function chooseCard(
  context: CardContext,
  input: Parameters<typeof choiceInput>[1],
  choices: readonly Choice[],
  choosing: Choosing & { readonly value?: string; readonly placeholder?: string; readonly dataset?: string },
): Card {
  const { value, placeholder, dataset } = choosing;
  const list = choiceInput(context.words, input, choices, { value, placeholder, dataset });
  return questionCard(context, [list], choosing);
}

/** So many are few enough to be buttons. */
const mostCandidates = 5;

/** A row for each, which is picked by pressing it; none where they are too many, or where nothing is to be chosen. */
export function candidateRows(context: CardContext, candidates: readonly Choice[] = [], inputs?: 'auto'): Row[] {
  if (candidates.length < 2 || candidates.length > mostCandidates) return [];
  return candidates.map(({ title, value }) => {
    const { data, ...look } = button(context, 'next', { title: context.words.buttons.choose });
    return {
      heading: title,
      details: [],
      action: { ...look, inputs: inputs ?? 'none', data: { ...data, picked: value } },
    };
  });
}

/** Any inputs with the buttons of a question. */
export function questionCard(
  context: CardContext,
  inputs: readonly Input[],
  choosing: Choosing & { readonly notes?: readonly string[] },
): Card {
  const { title, subtitle, about = subtitle, lines, facts, notes, canKeep, extra, candidates } = choosing;
  return draw(context, {
    title,
    subtitle,
    about,
    lines,
    facts,
    items: candidateRows(context, candidates),
    notes,
    inputs,
    buttons: questionButtons(context, { canKeep, extra }),
  });
}
