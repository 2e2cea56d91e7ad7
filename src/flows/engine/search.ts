import type { Choice } from '../../cards/inputs.ts';
import { readDataset, shownAtMost } from '../../cards/search.ts';
import { OutsideError, Refusal } from '../../domain/errors.ts';
import { demand } from '../../domain/people/demand.ts';
import { demandOwner } from './card-actions.ts';
import type { Engine } from './engine.ts';
import type { Incoming } from './messenger.ts';

/** What somebody types into an input whose choices are searched. All of it can be forged: it is only ever looked up. */
export interface SearchQuery {
  readonly dataset: string;
  readonly text: string;
}

/**
 * The choices for what was typed so far, for those who may answer the question that is asked there. Nobody else finds
 * anything, and no reason is told: a client has no place to show it.
 */
export async function searchChoices(
  engine: Engine,
  incoming: Omit<Incoming, 'input'>,
  { dataset, text }: SearchQuery,
): Promise<readonly Choice[]> {
  const known = readDataset(dataset);
  if (!known) return [];
  try {
    const { who, place } = incoming;
    const query = { personId: who.id, placeId: place.id, draft: { by: 'id', id: known.draftId } } as const;
    const { draft, isSubmitted } = await engine.sessions.open(query);
    if (!draft || isSubmitted || draft.settled) return [];
    engine.world.usage.demand('searches', who.id);
    await demand(engine.world, who, 'look');
    await demandOwner(engine, incoming, draft);
    const found = await engine.flowOf(draft).suggest(draft.step, engine.turnFor(incoming, draft), known.searched, text);
    return found.slice(0, shownAtMost);
  } catch (error) {
    if (!(error instanceof Refusal) && !(error instanceof OutsideError)) throw error;
    engine.describe(error, incoming);
    return [];
  }
}
