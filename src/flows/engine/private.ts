import { button } from '../../cards/buttons.ts';
import type { Card } from '../../cards/card.ts';
import { messageCard } from '../../cards/message.ts';
import type { Draft } from '../../domain/drafts/draft.ts';
import { DeliveryError, Refusal } from '../../domain/errors.ts';
import type { VisibleKey } from '../../domain/keys/visible-keys.ts';
import type { SentMessage } from '../../domain/people/place.ts';
import { isBelieved } from '../../domain/people/refusals.ts';
import { type Engine, StaleDraft } from './engine.ts';
import type { Answer, AnyReply } from './flow.ts';
import { contextAt, ownWords, wordsOf } from './languages.ts';
import type { Incoming, InvokeAnswer } from './messenger.ts';
import type { StepContext } from './step.ts';

type ShowSecret = Extract<AnyReply, { kind: 'secret' }>;

interface RevealContext extends StepContext {
  readonly answer: Answer | undefined;
}

interface RevealResult {
  readonly invokeAnswer: InvokeAnswer;
  /** As it is written. */
  readonly draft: Draft;
  readonly problem?: string;
  /** Only this client shows it: an edit of the card would take it away, so the card comes back when it is hidden. */
  readonly isHidden?: boolean;
}

type Outcome = RevealResult | { readonly instead: AnyReply };

/** After this an admin agent is told that a key may still be on a screen. */
const givenUpAfterMs = 24 * 3600 * 1000;
const overdueSeconds = 60;
const waitForTurnMs = 30_000;

/**
 * Shows a secret to the one who asked, in the only way that is private where they are. There is no way that is more
 * public: where none works, nothing is fetched and nothing shown, and nobody is said to have seen it.
 */
export async function showSecret(context: RevealContext, reply: ShowSecret): Promise<Outcome> {
  const { engine, incoming, draft, answer, reply: turnReply } = context;
  const { secrets } = engine;
  const words = wordsOf(incoming, draft);
  const isDialog = answer?.via === 'dialog' || answer?.via === 'page';
  if (!isDialog && secrets.reveal === 'dialog') return switchToDialog(context, draft);
  if (!isDialog && incoming.place.kind !== 'personal') return showTargeted(context, reply);
  const { card } = draft;
  // What hangs in no message that we know could not be taken away again.
  if (!isDialog && (answer?.via !== 'invoke' || !card)) return explainInstead(context, draft, words.keys.pressInstead);
  const fetched = await reply.reveal();
  if (fetched.kind !== 'fetched') return { instead: fetched };
  const { secret, parts, keyReveals, data } = fetched;
  if (turnReply.isLate()) {
    await engine.world.keyReveals.withdraw(keyReveals);
    return explainInstead(context, withData(draft, reply.late.data), reply.late.problem);
  }
  const after = withData(draft, data);
  const written =
    isDialog || !card
      ? await writeBefore(context, after, keyReveals)
      : await writeBefore(context, { ...after, hidden: await cardAfter(context, after) }, keyReveals, card);
  return {
    invokeAnswer: { kind: 'secret', card: secret, parts, onMissed: () => withdrawLate(context, reply, keyReveals) },
    draft: written,
    isHidden: !isDialog,
  };
}

/**
 * Three steps, so that a crash or a lost answer in between leaves no key on a screen that nobody takes away: the message
 * without the secret, its row and job, and only then the secret.
 */
async function showTargeted(context: RevealContext, reply: ShowSecret): Promise<Outcome> {
  const { engine, incoming, draft } = context;
  const { messenger, log } = engine;
  const { turnId } = incoming;
  const showing = await pressedKey(context);
  const message = showing ?? (await sendPlaceholder(context, reply.placeholder));
  // What has no id could not be taken away again.
  if (!message) return switchToDialog(context, draft);
  let isRowWritten = false;
  try {
    const fetched = await reply.reveal();
    if (fetched.kind !== 'fetched') return { instead: fetched };
    const written = await writeBefore(context, withData(draft, fetched.data), fetched.keyReveals, message);
    isRowWritten = true;
    try {
      await messenger.updateTargeted(message, fetched.secret);
    } catch (error) {
      // It may have been seen all the same: the record stays, and the row takes the message away.
      if (!(error instanceof DeliveryError)) log.error({ turnId, err: error }, 'a key could not be shown');
      else log.warn({ turnId, err: error }, 'Teams refused to update a targeted message');
      return switchToDialog(context, written);
    }
    return { invokeAnswer: { kind: 'text', text: ownWords(incoming).keys.said }, draft: written };
  } finally {
    if (!isRowWritten && !showing)
      await removeMessage(engine, { message }).catch((err) =>
        log.warn({ turnId, err }, 'a placeholder was left behind'),
      );
  }
}

/** Before it is shown: the draft as it is after that and, with it, the message and the job that hides it. */
async function writeBefore(
  { engine, incoming, draft }: RevealContext,
  after: Draft,
  keyReveals: readonly string[],
  message?: SentMessage,
): Promise<Draft> {
  const { place, who } = incoming;
  const draftId = place.kind === 'personal' ? draft.id : undefined;
  const onScreen = message && { message, draftId, personId: who.id, seconds: engine.secrets.seconds };
  try {
    return await engine.write(incoming, after, { onScreen });
  } catch (error) {
    await engine.world.keyReveals.withdraw(keyReveals).catch((err) => {
      engine.log.error({ turnId: incoming.turnId, err }, 'a look that did not happen stays on record');
    });
    throw error instanceof StaleDraft ? error : new Refusal('not-recorded', {}, { cause: error });
  }
}

/** The card that takes the place of the secret. */
async function cardAfter({ engine, incoming, contact }: RevealContext, after: Draft): Promise<Card | undefined> {
  try {
    return await engine.flowOf(after).show(after.step, engine.turnFor(incoming, after, { contact }));
  } catch (error) {
    engine.describe(error, incoming);
    return undefined;
  }
}

async function sendPlaceholder(
  { engine, incoming: { place, who, turnId } }: RevealContext,
  placeholder: Card,
): Promise<SentMessage | undefined> {
  try {
    return await engine.messenger.send(place.id, placeholder, { onlyFor: who.id });
  } catch (error) {
    if (!(error instanceof DeliveryError)) throw error;
    engine.log.warn({ turnId, err: error }, 'Teams refused a targeted message');
    return undefined;
  }
}

/** The message to this person alone whose button was pressed, if it is still there: what is asked for goes into it too. */
async function pressedKey({ engine, incoming, draft, answer }: RevealContext): Promise<SentMessage | undefined> {
  const { messageId } = answer ?? {};
  if (messageId === undefined || messageId === draft.card?.messageId) return undefined;
  const seen = await engine.visibleKeys.ofPerson(incoming.place.id, incoming.who.id);
  return seen.find(({ message }) => message.messageId === messageId)?.message;
}

function withData(draft: Draft, data: object): Draft {
  return { ...draft, data: { ...data } };
}

async function explainInstead(
  { engine, incoming }: RevealContext,
  after: Draft,
  problem: string,
): Promise<RevealResult> {
  return { invokeAnswer: { kind: 'text', text: problem }, draft: await engine.write(incoming, after), problem };
}

/** The buttons are drawn anew so that they open a dialog. */
function switchToDialog(context: RevealContext, draft: Draft): Promise<RevealResult> {
  return explainInstead(
    context,
    withData(draft, { ...draft.data, asDialog: true }),
    wordsOf(context.incoming, draft).keys.dialog,
  );
}

/** The turn became late in the very moment in which it had the secret. It is kept nowhere, so it is asked for anew. */
async function withdrawLate(
  { engine, incoming, draft }: RevealContext,
  { late: { data, problem } }: ShowSecret,
  keyReveals: readonly string[],
): Promise<void> {
  await engine.world.keyReveals.withdraw(keyReveals);
  await engine.inDraft(draft.id, incoming, async ({ draft: current }) => {
    if (current.step !== draft.step) return;
    const asked = await engine.write(incoming, { ...withData(current, data), hidden: undefined });
    const card = await engine.flowOf(asked).show(asked.step, engine.turnFor(incoming, asked, { problem }));
    if (asked.card) await engine.update(asked.card, card);
  });
}

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
async function removeMessage(
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
