import { withoutFullStop } from '../words/format.ts';
import type { Button, Card } from './card.ts';
import { type CardContext, draw, type Fact } from './render.ts';

interface Message {
  readonly title: string;
  /** See the card model. */
  readonly about?: string;
  readonly lines?: readonly string[];
  readonly facts?: readonly Fact[];
  readonly notes?: readonly string[];
  readonly buttons?: readonly Button[];
}

/** What is said on a card of its own: the first line is the title. */
export function textCard(context: CardContext, text: string, more: Omit<Message, 'title' | 'lines'> = {}): Card {
  const [title = '', ...lines] = text.split('\n');
  return draw(context, { ...more, title: withoutFullStop(title), lines });
}

/** A card that says something: a settled twin, a refusal, a notice. */
export function messageCard(context: CardContext, message: Message): Card {
  return draw(context, message);
}
