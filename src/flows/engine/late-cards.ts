import type { SentMessage } from '../../domain/people/place.ts';
import { type Engine, StaleDraft } from './engine.ts';
import { hangUnknown } from './hang-at.ts';
import type { Incoming } from './messenger.ts';
import { otherCardCounts, outcomeOf } from './outcome.ts';
import { replaceWithinMs } from './text.ts';

/** What is done after the answer, when the turns before it have ended. */
export function afterOthers(incoming: Incoming): Incoming {
  return { ...incoming, activityKey: undefined, answerBy: performance.now() + replaceWithinMs };
}

/** Once more from the beginning, where another process has written the draft meanwhile. */
export async function untilWritten<T>(work: () => Promise<T>, tries = 5): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof StaleDraft) || tries === 1) throw error;
    return untilWritten(work, tries - 1);
  }
}

/**
 * Teams does not take edits of this message, or nobody knows which one it is: the card as it is by then is sent anew, and
 * counts from then on.
 */
export async function replaceCard(
  engine: Engine,
  incoming: Incoming,
  draftId: string,
  lost?: SentMessage,
): Promise<void> {
  const later = afterOthers(incoming);
  await engine
    .inDraft(draftId, later, async (record) => {
      const { draft } = record;
      if (draft.card?.messageId !== lost?.messageId) return;
      const over = await outcomeOf(engine, later, record);
      // How an order ended is told in a message of its own where its card could not be changed.
      if (over && record.isSubmitted) return;
      const card = over ?? (await engine.flowOf(draft).show(draft.step, engine.turnFor(later, draft)));
      const isTargeted = draft.isPrivate && draft.place.kind !== 'personal';
      const options = { isAnswer: true, ...(isTargeted && { onlyFor: draft.ownerId }) };
      const sent = await engine.messenger.send(draft.place.id, card, options).catch(async (error) => {
        const unknown = hangUnknown(draft, error);
        if (unknown !== draft) await engine.write(later, unknown);
        throw error;
      });
      await engine.write(later, sent ? draft : hangUnknown(draft), { sent });
    })
    .catch(async (error) => {
      if (!(error instanceof StaleDraft)) throw error;
      await settleSent(engine, incoming, error);
    });
}

/** A message that was sent while another process went on with the draft: it says how it ended, or that it does not count. */
export async function settleSent(engine: Engine, incoming: Incoming, stale: StaleDraft): Promise<void> {
  const { draftId, sent, hasUnknownCard } = stale;
  if (!sent && !hasUnknownCard) return;
  const later = afterOthers(incoming);
  const settle = (): Promise<void> =>
    engine.inDraft(draftId, later, async (record) => {
      const { draft } = record;
      // Whoever presses it names it.
      if (!sent) return void (draft.hasUnknownCard || (await engine.write(later, { ...draft, hasUnknownCard: true })));
      if (draft.card?.messageId === sent.messageId) return;
      const over = await outcomeOf(engine, later, record);
      await engine.update(sent, over ?? otherCardCounts(engine, later, draft, sent), later);
    });
  await untilWritten(settle);
}
