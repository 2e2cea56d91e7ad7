import type { Card } from '../../cards/card.ts';
import { messageCard } from '../../cards/message.ts';
import type { Draft } from '../../domain/drafts/draft.ts';
import { DeliveryError } from '../../domain/errors.ts';
import type { VisibleKey } from '../../domain/keys/visible-keys.ts';
import type { SentMessage } from '../../domain/people/place.ts';
import { isBelieved } from '../../domain/people/refusals.ts';
import type { Engine } from './engine.ts';
import type { Answer, AnyReply } from './flow.ts';
import { contextAt, ownWords, wordsOf } from './languages.ts';
import type { Incoming, InvokeAnswer } from './messenger.ts';
import type { StepContext } from './step.ts';

type ShowSecret = Extract<AnyReply, { kind: 'secret' }>;
type Data = Readonly<Record<string, unknown>>;

interface RevealContext extends StepContext {
  readonly answer: Answer | undefined;
}

interface RevealResult {
  readonly invokeAnswer: InvokeAnswer;
  /** As it is to be written. */
  readonly draft: Draft;
  readonly problem?: string;
  /** The card of the conversation is drawn again for everybody. */
  readonly isShown: boolean;
}

/** After this an admin agent is told that a key may still be on a screen. */
const givenUpAfterMs = 24 * 3600 * 1000;
const overdueSeconds = 60;

/**
 * Shows a secret to the one who asked, in the only way that is private where they are. There is no way that is more
 * public: where none works, nothing is shown, and nobody is said to have seen it.
 */
export async function showSecret(context: RevealContext, reply: ShowSecret): Promise<RevealResult> {
  const { engine, incoming, draft, answer, reply: turnReply } = context;
  const { secrets } = engine;
  const words = wordsOf(incoming, draft);
  const isPersonal = incoming.place.kind === 'personal';
  try {
    const inAnswer: InvokeAnswer = { kind: 'secret', card: reply.secret, onMissed: () => withdrawLate(context, reply) };
    if (answer?.via === 'dialog') {
      if (turnReply.isLate()) return await withdrawReveal(context, reply, explainLate(draft, reply));
      return { invokeAnswer: inAnswer, draft: withData(draft, reply.data), isShown: !isPersonal };
    }
    if (secrets.reveal === 'dialog')
      return await withdrawReveal(context, reply, switchToDialog(draft, draft.data, words.keys.dialog));
    if (!isPersonal) return await showTargeted(context, reply);
    if (answer?.via !== 'invoke') {
      const problem = words.keys.pressInstead;
      return await withdrawReveal(context, reply, explainInstead(draft, draft.data, problem));
    }
    if (turnReply.isLate()) return await withdrawReveal(context, reply, explainLate(draft, reply));
    if (draft.card)
      await engine.visibleKeys.add(
        { message: draft.card, draftId: draft.id, personId: incoming.who.id },
        secrets.seconds,
      );
    return {
      invokeAnswer: inAnswer,
      draft: { ...withData(draft, reply.data), settled: reply.settled },
      isShown: false,
    };
  } catch (error) {
    await engine.world.keyReveals.withdraw(reply.keyReveal);
    throw error;
  }
}

/**
 * Three steps, so that a crash or a lost answer in between leaves no key on a screen that nobody takes away: the message
 * without the secret, its row and job, and only then the secret.
 */
async function showTargeted(context: RevealContext, reply: ShowSecret): Promise<RevealResult> {
  const { engine, incoming, draft } = context;
  const { messenger, visibleKeys, secrets, log } = engine;
  const words = wordsOf(incoming, draft);
  const { who, place, turnId } = incoming;
  let message: SentMessage | undefined;
  try {
    message = await messenger.send(place.id, reply.placeholder, { onlyFor: who.id });
  } catch (error) {
    if (!(error instanceof DeliveryError)) throw error;
    log.warn({ turnId, err: error }, 'Teams refused a targeted message');
  }
  // What has no id could not be taken away again.
  if (!message) return withdrawReveal(context, reply, switchToDialog(draft, draft.data, words.keys.dialog));
  await visibleKeys.add({ message, personId: who.id }, secrets.seconds);
  try {
    await messenger.updateTargeted(message, reply.secret);
  } catch (error) {
    // It may have been seen all the same: the record stays, and the row takes the message away.
    if (!(error instanceof DeliveryError)) log.error({ turnId, err: error }, 'a key could not be shown');
    else log.warn({ turnId, err: error }, 'Teams refused to update a targeted message');
    return switchToDialog(draft, { ...reply.data }, words.keys.dialog);
  }
  return {
    invokeAnswer: { kind: 'text', text: ownWords(incoming).keys.said },
    draft: withData(draft, reply.data),
    isShown: true,
  };
}

async function withdrawReveal(
  { engine }: RevealContext,
  { keyReveal }: ShowSecret,
  instead: RevealResult,
): Promise<RevealResult> {
  await engine.world.keyReveals.withdraw(keyReveal);
  return instead;
}

function withData(draft: Draft, data: object): Draft {
  return { ...draft, data: { ...data } };
}

function explainInstead(draft: Draft, data: object, problem: string): RevealResult {
  return { invokeAnswer: { kind: 'text', text: problem }, draft: withData(draft, data), problem, isShown: true };
}

/** The buttons are drawn anew so that they open a dialog. */
function switchToDialog(draft: Draft, data: Data, problem: string): RevealResult {
  return explainInstead(draft, { ...data, asDialog: true }, problem);
}

/** The answer has gone out without it. It is kept nowhere, so it must be asked for anew. */
function explainLate(draft: Draft, { late: { data, problem } }: ShowSecret): RevealResult {
  return explainInstead(draft, data, problem);
}

/** The turn became late in the very moment in which it had the secret. */
async function withdrawLate({ engine, incoming, draft }: RevealContext, reply: ShowSecret): Promise<void> {
  const { data, problem } = reply.late;
  await engine.world.keyReveals.withdraw(reply.keyReveal);
  await engine.inDraft(draft.id, incoming, async ({ draft: current }) => {
    if (current.step !== draft.step) return;
    const asked = await engine.write(incoming, { ...withData(current, data), settled: undefined });
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
  const { visibleKeys, log } = engine;
  const key = await visibleKeys.get(visibleKeyId);
  if (!key) return;
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

/** The message is deleted, or, where that is not to be had, written over; in a personal chat by the settled card. */
async function removeMessage(engine: Engine, { message, draftId }: VisibleKey): Promise<void> {
  const { messenger, world } = engine;
  const settled = draftId === undefined ? undefined : (await world.drafts.get(draftId))?.settled;
  const hidden = async (): Promise<Card> => {
    const context = await contextAt(world, message);
    return settled ?? messageCard(context, { title: context.words.keys.hidden });
  };
  if (draftId !== undefined) return messenger.update(message, await hidden());
  try {
    await messenger.delete(message);
  } catch (error) {
    if (!(error instanceof DeliveryError)) throw error;
    await messenger.update(message, await hidden());
  }
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
