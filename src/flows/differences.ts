import { differencesCard } from '../cards/differences.ts';
import type { CardContext } from '../cards/render.ts';
import type { FoundDifference } from '../domain/differences/difference.ts';
import { languages } from '../domain/people/languages.ts';
import { fold } from '../domain/search/fold.ts';
import type { World } from '../domain/world.ts';
import { wordsFor } from '../words/index.ts';
import type { Card } from './engine/flow.ts';

/** `audit differences`, in any of the languages. */
export function isDifferences(text: string): boolean {
  const typed = fold(text.trim());
  return languages.some((language) => fold(wordsFor(language).differences.word) === typed);
}

/** All that are open and that people were told of. */
export async function differencesTold(world: World, context: CardContext, from: number): Promise<Card> {
  const [found, comparedAt] = await Promise.all([world.differences.told(), world.differences.endedAt()]);
  return differencesCard(context, { found, comparedAt, numbers: await numbersOf(world, found), from });
}

/** The news of one comparison; nothing where all of it is settled. */
export async function differencesNews(world: World, context: CardContext, toldIn: Date): Promise<Card | undefined> {
  const found = await world.differences.told(toldIn);
  if (found.length === 0) return undefined;
  return differencesCard(context, { found, numbers: await numbersOf(world, found), from: 0, isNews: true });
}

function numbersOf(world: World, found: readonly FoundDifference[]): Promise<ReadonlyMap<string, string>> {
  const ids = found.flatMap((one) => ('orderId' in one && one.orderId !== undefined ? [one.orderId] : []));
  return world.knownOrders.numbersOf(ids);
}
