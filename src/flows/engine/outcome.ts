import type { Card } from '../../cards/card.ts';
import type { Draft } from '../../domain/drafts/draft.ts';
import type { SentMessage } from '../../domain/people/place.ts';
import type { Engine } from './engine.ts';
import type { Incoming } from './messenger.ts';

/**
 * The card of a conversation that is over. One that was submitted is over also where the process died before it
 * could say so; what became of it is told as it is now.
 */
export async function outcomeOf(
  engine: Engine,
  incoming: Incoming,
  { draft, isSubmitted }: { readonly draft: Draft; readonly isSubmitted: boolean },
): Promise<Card | undefined> {
  const isRecord = isSubmitted || typeof draft.data.reference === 'string';
  const outcome = isRecord ? await engine.flowOf(draft).outcome(engine.turnFor(incoming, draft)) : undefined;
  if (!outcome) return draft.settled;
  if (!draft.settled) await engine.write(incoming, { ...draft, settled: outcome });
  return outcome;
}

/** The conversation as it is by now, in a card that says that something is under way. */
export async function redraw(engine: Engine, incoming: Incoming, id: string, card: SentMessage): Promise<void> {
  try {
    const query = { personId: incoming.who.id, placeId: incoming.place.id, draft: { by: 'id', id } } as const;
    const record = await engine.sessions.open(query);
    const { draft } = record;
    if (!draft) return;
    const over = await outcomeOf(engine, incoming, { ...record, draft });
    await engine.update(
      card,
      over ?? (await engine.flowOf(draft).show(draft.step, engine.turnFor(incoming, draft))),
      incoming,
    );
  } catch (error) {
    engine.log.warn({ turnId: incoming.turnId, err: error }, 'a card still says that something is under way');
  }
}
