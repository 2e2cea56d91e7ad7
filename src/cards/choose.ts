import { questionButtons } from './buttons.ts';
import type { Button, Card } from './card.ts';
import { type Choice, choiceInput, type Input, textInput } from './inputs.ts';
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
}

/** One pick from a list; read with `readChoice`. */
export function chooseCard(
  context: CardContext,
  input: Parameters<typeof choiceInput>[1],
  choices: readonly Choice[],
  choosing: Choosing & { readonly value?: string },
): Card {
  return questionCard(context, [choiceInput(context.words, input, choices, { value: choosing.value })], choosing);
}

/** Any inputs with the buttons of a question. */
export function questionCard(
  context: CardContext,
  inputs: readonly Input[],
  choosing: Choosing & { readonly notes?: readonly string[] },
): Card {
  const { title, subtitle, about = subtitle, lines, facts, notes, canKeep, extra } = choosing;
  return draw(context, {
    title,
    subtitle,
    about,
    lines,
    facts,
    notes,
    inputs,
    buttons: questionButtons(context, { canKeep, extra }),
  });
}

/** The first question of many conversations, where there are too many customers for a list. */
export function searchCard(context: CardContext, title: string, canKeep: boolean): Card {
  const { words } = context;
  return questionCard(context, [textInput(words, 'customer', { placeholder: words.purchase.searchCustomer })], {
    title,
    canKeep,
  });
}
