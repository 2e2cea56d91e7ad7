import { setTimeout as sleep } from 'node:timers/promises';
import { messageCard } from '../../cards/message.ts';
import { wordsOf } from './languages.ts';
import type { InvokeAnswer } from './messenger.ts';
import { redraw } from './outcome.ts';
import type { StepContext } from './step.ts';

/** The outside is asked when the card has no button any more, or after this. */
const waitMs = 300;

/**
 * Does `work` while the card says what is under way and has nothing to press. Whatever comes of it is shown in place of
 * that; where nothing is, the conversation as it stands.
 */
export async function whileBusy(
  step: StepContext,
  busyText: string,
  work: (step: StepContext) => Promise<InvokeAnswer | undefined>,
): Promise<InvokeAnswer | undefined> {
  const { engine, incoming, draft, display } = step;
  const { messenger, log } = engine;
  const words = wordsOf(incoming, draft);
  if (!draft.card) return work(step);
  const card = draft.card;
  const { working, busy } = words.common;
  const title = draft.title ?? engine.flowOf(draft).heading(draft.step, words, draft.data);
  const twin = messageCard(engine.contextFor(incoming, draft), {
    title,
    lines: [`${working.title} ${busyText}`],
    notes: [busy.note],
  });
  const shown = engine.track(messenger.update(card, twin)).catch((error) => {
    log.warn({ turnId: incoming.turnId, err: error }, 'a card could not be shown as busy');
  });
  await Promise.race([shown, sleep(waitMs, undefined, { ref: false })]);
  let isReplaced = false;
  const watched: StepContext['display'] = {
    ...display,
    async show(next, how) {
      const sent = await display.show(next, how);
      isReplaced = true;
      return sent;
    },
  };
  try {
    const answered = await work({ ...step, display: watched });
    if (answered?.kind !== 'secret') return answered;
    // What only this client shows would go with the next edit of the card; hiding it brings the card back.
    isReplaced = true;
    await shown;
    return answered;
  } finally {
    if (!isReplaced) await redraw(engine, incoming, draft, card);
  }
}
