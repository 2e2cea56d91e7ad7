import type { Card } from '../../cards/card.ts';
import type { Draft } from '../../domain/drafts/draft.ts';
import { DeliveryError, Refusal } from '../../domain/errors.ts';
import type { SentMessage } from '../../domain/people/place.ts';
import { StaleDraft } from './engine.ts';
import type { Answer, AnyReply } from './flow.ts';
import { removeMessage } from './hide.ts';
import { ownWords, wordsOf } from './languages.ts';
import type { InvokeAnswer } from './messenger.ts';
import { otherCardCounts } from './outcome.ts';
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

/**
 * Shows a secret to the one who asked, in the only way that is private where they are. There is no way that is more
 * public: where none works, nothing is fetched and nothing shown, and nobody is said to have seen it.
 */
export async function showSecret(context: RevealContext, reply: ShowSecret): Promise<Outcome> {
  const { engine, incoming, draft, answer } = context;
  const words = wordsOf(incoming, draft);
  if (isInWindow(answer)) return showInAnswer(context, reply);
  if (engine.secrets.reveal === 'dialog') return switchToDialog(context, draft);
  if (incoming.place.kind !== 'personal')
    return showTargeted(context, reply, (asItIs) => switchToDialog(context, asItIs));
  // What hangs in no message that we know could not be taken away again.
  if (answer?.via !== 'invoke' || !draft.card) return explainInstead(context, draft, words.keys.pressInstead);
  // Where the tenant takes no targeted messages in chats: in the answer of the press, which is as private. It takes the
  // place of the card that was pressed, and hiding brings back the one that counts: on another copy it would stay.
  const onCard = (asItIs: Draft): Promise<Outcome> => showInAnswer({ ...context, draft: asItIs }, reply);
  const below = async (asItIs: Draft): Promise<Outcome> => ({
    ...{ invokeAnswer: { kind: 'text', text: words.common.continuesBelow }, draft: asItIs, isHidden: true },
  });
  const inAnswer = async (asItIs: Draft) => ((await isOnCopy(context)) ? below(asItIs) : onCard(asItIs));
  return showTargeted(context, reply, inAnswer);
}

/**
 * Was another message pressed than the card that counts? One that nobody knows of may be a copy that Teams took without
 * saying so, or nothing at all, as clients may name any message: Teams tells which.
 */
async function isOnCopy({ engine, incoming, draft, answer }: RevealContext): Promise<boolean> {
  const messageId = answer?.messageId;
  if (messageId === undefined || messageId === draft.card?.messageId) return false;
  const copy = { placeId: incoming.place.id, messageId };
  return engine.messenger.updateIfThere(copy, otherCardCounts(engine, incoming, draft, copy));
}

/** Of a dialog or a page: there is no message to take away. */
function isInWindow(answer: Answer | undefined): boolean {
  return answer?.via === 'dialog' || answer?.via === 'page';
}

/** In the answer of the invoke: what a dialog shows, or what takes the card's place for this client alone. */
async function showInAnswer(context: RevealContext, reply: ShowSecret): Promise<Outcome> {
  const { engine, draft, answer, reply: turnReply } = context;
  const isWindow = isInWindow(answer);
  const { card } = draft;
  const fetched = await reply.reveal('answer');
  if (fetched.kind !== 'fetched') return { instead: fetched };
  const { secret, parts, keyReveals, data } = fetched;
  if (turnReply.isLate()) {
    await engine.world.keyReveals.withdraw(keyReveals);
    return explainInstead(context, withData(draft, reply.late.data), reply.late.problem);
  }
  const after = withData(draft, data);
  const written =
    isWindow || !card
      ? await writeBefore(context, after, keyReveals)
      : await writeBefore(context, { ...after, hidden: await cardAfter(context, after) }, keyReveals, card);
  return {
    invokeAnswer: { kind: 'secret', card: secret, parts, onMissed: () => withdrawLate(context, reply, keyReveals) },
    draft: written,
    isHidden: !isWindow,
  };
}

/**
 * Three steps, so that a crash or a lost answer in between leaves no key on a screen that nobody takes away: the message
 * without the secret, its row and job, and only then the secret. `instead`: what is done where Teams takes no such message.
 */
async function showTargeted(
  context: RevealContext,
  reply: ShowSecret,
  instead: (draft: Draft) => Promise<Outcome>,
): Promise<Outcome> {
  const { engine, incoming, draft } = context;
  const { messenger, log } = engine;
  const { turnId } = incoming;
  const showing = await pressedKey(context);
  const message = showing ?? (await sendPlaceholder(context, reply.placeholder));
  // What has no id could not be taken away again.
  if (!message) return instead(draft);
  let isRowWritten = false;
  try {
    const fetched = await reply.reveal('message');
    if (fetched.kind !== 'fetched') return { instead: fetched };
    const written = await writeBefore(context, withData(draft, fetched.data), fetched.keyReveals, message);
    isRowWritten = true;
    try {
      await messenger.updateTargeted(message, fetched.secret);
    } catch (error) {
      // It may have been seen all the same: the record stays, and the row takes the message away.
      if (!(error instanceof DeliveryError)) log.error({ turnId, err: error }, 'a key could not be shown');
      else log.warn({ turnId, err: error }, 'Teams refused to update a targeted message');
      return instead(written);
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
  const { who } = incoming;
  // The card itself, which is drawn without it; a targeted message goes.
  const draftId = message?.onlyFor === undefined ? draft.id : undefined;
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
    return await engine.messenger.sendTargeted(place.id, placeholder, who.id);
  } catch (error) {
    if (!(error instanceof DeliveryError)) throw error;
    // In a personal chat that is the rule in many tenants.
    if (place.kind !== 'personal') engine.log.warn({ turnId, err: error }, 'Teams refused a targeted message');
    return undefined;
  }
}

/** The message to this person alone whose button was pressed, if it is still there: what is asked for goes into it too. */
async function pressedKey({ engine, incoming, draft, answer }: RevealContext): Promise<SentMessage | undefined> {
  const { messageId } = answer ?? {};
  if (messageId === undefined || messageId === draft.card?.messageId) return undefined;
  const seen = await engine.visibleKeys.ofPerson(incoming.place.id, incoming.who.id);
  return seen.find(({ message }) => message.messageId === messageId && message.onlyFor !== undefined)?.message;
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
