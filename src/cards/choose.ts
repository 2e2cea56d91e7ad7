import { type Button, questionButtons } from './buttons.ts';
import type { Card } from './card.ts';
import { draw, type Fact, type Pen } from './draw.ts';
import { type Choice, choiceInput, type Input, textInput } from './inputs.ts';

interface Choosing {
  readonly title: string;
  readonly subtitle?: string;
  readonly lines?: readonly string[];
  readonly facts?: readonly Fact[];
  readonly canKeep: boolean;
  readonly extra?: readonly Button[];
}

/** One pick from a list; read with `readChoice`. */
export function chooseCard(
  pen: Pen,
  input: Parameters<typeof choiceInput>[1],
  choices: readonly Choice[],
  choosing: Choosing & { readonly value?: string },
): Card {
  return questionCard(pen, [choiceInput(pen.words, input, choices, { value: choosing.value })], choosing);
}

/** Any inputs with Next, Back and the ways out. */
export function questionCard(
  pen: Pen,
  inputs: readonly Input[],
  choosing: Choosing & { readonly notes?: readonly string[] },
): Card {
  const { title, subtitle, lines, facts, notes, canKeep, extra } = choosing;
  return draw('question', pen, {
    title,
    subtitle,
    lines,
    facts,
    notes,
    inputs,
    buttons: questionButtons(pen, { canKeep, extra }),
  });
}

/** The first question of many conversations, where there are too many customers for a list. */
export function searchCard(pen: Pen, title: string, canKeep: boolean): Card {
  const { words } = pen;
  return questionCard(pen, [textInput(words, 'customer', { placeholder: words.purchase.searchCustomer })], {
    title,
    canKeep,
  });
}
