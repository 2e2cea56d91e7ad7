import { button } from '../../cards/buttons.ts';
import type { Card } from '../../cards/card.ts';
import { messageCard } from '../../cards/message.ts';
import type { Draft } from '../../domain/drafts/draft.ts';
import { DeliveryError } from '../../domain/errors.ts';
import type { VisibleKey } from '../../domain/keys/visible-keys.ts';
import type { SentMessage } from '../../domain/people/place.ts';
import { isBelieved } from '../../domain/people/refusals.ts';
import type { Engine } from './engine.ts';
import { contextAt } from './languages.ts';
import type { Incoming } from './messenger.ts';

/** After this an admin agent is told that a key may still be on a screen. */
const givenUpAfterMs = 24 * 3600 * 1000;
const overdueSeconds = 60;
const waitForTurnMs = 30_000;

/** *Hide*: takes away what this person sees here; the message that was pressed, or, where the client names none of ours, all. */
export async function hideAll(engine: Engine, incoming: Incoming, messageId: string | undefined): Promise<void> {
  const { visibleKeys } = engine;
  const seen = await visibleKeys.ofPerson(incoming.place.id, incoming.who.id);
  const pressed = seen.filter(({ message }) => message.messageId === messageId);
  for (const key of pressed.length > 0 ? pressed : seen) {
    // Where Teams refuses, the job goes on trying.
    await removeMessage(engine, key).then(
      () => visibleKeys.remove(key.id),
      (error) => engine.log.warn({ turnId: incoming.turnId, err: error }, 'a key could not be hidden at once'),
    );
  }
}

/**
 * One try to take a key off the screen. The row goes only when Teams says that it is done, or has refused so often that
 * the message itself must be gone. Any other refusal is thrown, to be tried again for a day; then an admin agent is told.
 */
export async function hideKey(engine: Engine, visibleKeyId: string): Promise<void> {
  const key = await engine.visibleKeys.get(visibleKeyId);
  if (!key) return;
  const { draftId } = key;
  if (draftId === undefined) return tryToHide(engine, key);
  // Not in the middle of a turn, which shows a card of its own in that message.
  const answerBy = performance.now() + waitForTurnMs;
  await engine.inQueue(draftId, { answerBy }, async () => {
    const still = await engine.visibleKeys.get(visibleKeyId);
    if (still) await tryToHide(engine, still);
  });
}

async function tryToHide(engine: Engine, key: VisibleKey): Promise<void> {
  const { visibleKeys, log } = engine;
  try {
    await removeMessage(engine, key);
  } catch (error) {
    if (!(error instanceof DeliveryError)) throw error;
    const after = await visibleKeys.refused(key.id);
    const { refusals: count = 0, refusedSince: since = new Date() } = after ?? {};
    const forMs = Date.now() - since.getTime();
    const isGone = error.status === 404 && isBelieved({ count, since: since.toISOString() }, new Date());
    if (!isGone && forMs < givenUpAfterMs) throw error;
    if (!isGone) await tellAdminAgent(engine, key);
    log[isGone ? 'info' : 'error'](
      { placeId: key.message.placeId, refusals: count, status: error.status },
      isGone ? 'the message of a key is gone' : 'a key could not be hidden for a day, and an admin agent was told',
    );
  }
  await visibleKeys.remove(key.id);
}

export async function hideOverdue(engine: Engine): Promise<void> {
  for (const { id } of await engine.visibleKeys.overdue(overdueSeconds, 100)) {
    await hideKey(engine, id).catch((error) => engine.log.warn({ err: error }, 'a key could not be hidden yet'));
  }
}

/** The message is deleted, or, where that is not to be had, written over; in a personal chat by the card as it is without. */
export async function removeMessage(
  engine: Engine,
  { message, draftId }: Pick<VisibleKey, 'message' | 'draftId'>,
): Promise<void> {
  const { messenger } = engine;
  if (draftId !== undefined) return messenger.update(message, await cardWithout(engine, message, draftId));
  try {
    await messenger.delete(message);
  } catch (error) {
    if (!(error instanceof DeliveryError)) throw error;
    await messenger.update(message, await hiddenCard(engine, message));
  }
}

async function cardWithout(engine: Engine, message: SentMessage, draftId: string): Promise<Card> {
  const draft = await engine.world.drafts.get(draftId);
  if (draft?.settled) return draft.settled;
  const isThere = draft?.card?.messageId === message.messageId;
  return (isThere && draft.hidden) || hiddenCard(engine, message, isThere ? draft : undefined);
}

/** Where the card itself could not be drawn, a way back to the conversation. */
async function hiddenCard({ world }: Engine, message: SentMessage, draft?: Draft): Promise<Card> {
  const context = {
    ...(await contextAt(world, message)),
    draft: draft && { id: draft.id, step: draft.step, canGoBack: false },
  };
  return messageCard(context, {
    title: context.words.keys.hidden,
    buttons: draft ? [button(context, 'resume')] : [],
  });
}

/** Throws where nobody could be told, so that it is tried again. */
async function tellAdminAgent({ world, messenger }: Engine, { personId }: VisibleKey): Promise<void> {
  const admins = await world.staff.adminAgents();
  let failure: unknown = new Error('no admin agent is known');
  for (const id of admins) {
    try {
      const context = await contextAt(world, { personId: id });
      const { title, text } = context.words.keys.notHidden(personId);
      await messenger.sendDirect(id, messageCard(context, { title, lines: [text] }));
      return;
    } catch (error) {
      failure = error;
    }
  }
  throw failure;
}
