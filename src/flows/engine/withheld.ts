import type { Card } from '../../cards/card.ts';
import { messageCard } from '../../cards/message.ts';
import type { World } from '../../domain/world.ts';
import { contextAt } from './languages.ts';

/** What stands in a place instead of a card that people from outside would read. */
export async function withheldCard(world: Pick<World, 'languages' | 'isSimulated'>, placeId: string): Promise<Card> {
  const context = await contextAt(world, { placeId });
  const { title, text } = context.words.common.withheld('outsiders');
  return messageCard(context, { title, lines: [text] });
}
