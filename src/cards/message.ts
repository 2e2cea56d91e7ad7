import type { Button, Card } from './card.ts';
import { type CardContext, draw, type Fact } from './render.ts';

interface Message {
  readonly title: string;
  readonly lines?: readonly string[];
  readonly facts?: readonly Fact[];
  readonly notes?: readonly string[];
  readonly buttons?: readonly Button[];
}

/** A card that says something: a settled twin, a refusal, a notice. */
export function messageCard(context: CardContext, message: Message): Card {
  return draw(context, message);
}
