import type { Card } from '../../cards/card.ts';
import { messageCard } from '../../cards/message.ts';
import type { Readers } from '../../domain/people/place.ts';
import type { World } from '../../domain/world.ts';
import { contextAt } from './languages.ts';

/** What stands in a place instead of a card that people from outside would read. */
export async function withheldCard(
  world: Pick<World, 'languages' | 'isSimulated'>,
  placeId: string,
  readers: Exclude<Readers, 'staff'>,
): Promise<Card> {
  const context = await contextAt(world, { placeId });
  const { title, text } = context.words.common.withheld(readers);
  return messageCard(context, { title, lines: [text] });
}
