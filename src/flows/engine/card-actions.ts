import type { Card } from '../../cards/card.ts';
import type { CardAction } from '../../cards/card-action.ts';
import type { Draft } from '../../domain/drafts/draft.ts';
import type { SessionRecord } from '../../domain/drafts/drafts.ts';
import { Refusal } from '../../domain/errors.ts';
import { demand } from '../../domain/people/demand.ts';
import type { SentMessage } from '../../domain/people/place.ts';
import { readCommand, type Understood } from '../../words/commands.ts';
import { readSentence } from '../../words/sentences.ts';
import { commandFor, resumeQuestion, showCurrentQuestion, takeAnswer } from './answers.ts';
import { begin, below, goOnBelow, refusalElsewhere, showPage } from './begin.ts';
import { type Engine, StaleDraft } from './engine.ts';
import type { ListPage } from './flow.ts';
import { demandFinisher } from './hand-over.ts';
import { hangAlsoAt } from './hang-at.ts';
import { hideAll } from './hide.ts';
import { ownWords, wordsOf } from './languages.ts';
import { afterOthers, replaceCard, settleSent, untilWritten } from './late-cards.ts';
import type { Incoming, InvokeAnswer, PressedAction } from './messenger.ts';
import { isOvertaken as hasGoneOn, outcomeOf, redraw } from './outcome.ts';
import type { TurnReply } from './reply.ts';
import type { StepContext } from './step.ts';
import { showAfterStale } from './text.ts';

type OpenDraft = SessionRecord & { readonly draft: Draft };

/**
 * A button. One that the draft is no longer waiting for (second click, old card, the same click delivered again under a
 * new id) shows where things stand and does nothing.
 */
export async function handleAction(
  engine: Engine,
  incoming: Incoming,
  pressed: PressedAction,
  reply: TurnReply,
): Promise<InvokeAnswer> {
  const { action, via } = pressed;
  if (action.do === 'hideSecret') {
    // In a dialog there is no message to take away; no answer closes it.
    if (via === 'dialog') return { kind: 'nothing' };
    await hideAll(engine, incoming, pressed.messageId);
    return { kind: 'text', text: ownWords(incoming).keys.hidden };
  }
  if (action.do === 'command' || action.do === 'find') return await beginCommand(engine, incoming, action, reply);
  const { draft: draftId } = action;
  if (!draftId) throw new Refusal('draft-gone', {});
  try {
    return await engine.inDraft(draftId, incoming, (record) =>
      record.isSeen ? Promise.resolve({ kind: 'nothing' }) : handleOnDraft(engine, incoming, record, pressed, reply),
    );
  } catch (error) {
    if (!(error instanceof StaleDraft)) throw error;
    engine
      .track(settleSent(engine, incoming, error))
      .catch((cause) => engine.log.warn({ err: cause }, 'a card that was sent in vain could not be changed'));
    // Another process was faster: read again, and show where it stands. It may have sent another card, too.
    const showAgain = (by: Incoming) =>
      engine.inDraft(draftId, by, (record) =>
        handleOnDraft(engine, by, record, { ...pressed, isAutomatic: true, isOvertaken: true }, reply),
      );
    return await showAgain(incoming).catch((cause) => {
      // Others press: the presser is told so now, and the cards show it when they are done.
      if (cause instanceof Refusal && cause.code === 'still-working')
        engine
          .track(untilWritten(() => showAgain(afterOthers(incoming))))
          .catch((err) => engine.log.warn({ err }, 'a card could not be updated'));
      throw cause;
    });
  }
}

/**
 * What a row or a notice offers, or what was typed as an answer and was meant as a command after all. Whatever follows from
 * a private card is private. A further page of a list takes its place, for whoever asked for it.
 */
async function beginCommand(
  engine: Engine,
  incoming: Incoming,
  action: CardAction,
  reply: TurnReply,
): Promise<InvokeAnswer> {
  const { draft: draftId, values } = action;
  const found = readWanted(action);
  if (!found) throw new Refusal('draft-gone', {});
  const isPrivate = incoming.isPrivate || values.isPrivate === 'true';
  let privately: Incoming = { ...incoming, isPrivate };
  if (draftId) {
    const { who, place, activityKey } = incoming;
    const query = { personId: who.id, placeId: place.id, activityKey, draft: { by: 'id', id: draftId } } as const;
    const { isSeen, draft } = await engine.sessions.open(query);
    if (draft?.place.id !== place.id) throw new Refusal('draft-gone', {});
    if (isSeen) return { kind: 'nothing' };
    privately = { ...incoming, isPrivate: isPrivate || draft.isPrivate };
  }
  const page = readPage(values);
  const card = page ? await showPage(engine, privately, found, { page, entered: values }) : undefined;
  if (card) return { kind: 'card', card };
  const beneath = below(engine, incoming, reply);
  await begin(engine, privately, found.command, found.rest, beneath).catch((error) => {
    if (error instanceof StaleDraft) return showAfterStale(engine, privately, error, beneath);
    throw error;
  });
  return { kind: 'text', text: ownWords(privately).common.continuesBelow };
}

function readPage({ page = '', top }: CardAction['values']): ListPage | undefined {
  return /^\d{1,5}$/.test(page) ? { from: Number(page), ...(top && { top }) } : undefined;
}

/** What is typed into the greeting is a sentence, else somebody's name, and follows the command whose button was pressed. */
function readWanted({ do: pressed, draft, values }: CardAction): Understood | undefined {
  const { text = '', find = '' } = values;
  if (pressed === 'find') return readSentence(find) ?? readCommand(`software ${find}`);
  return draft ? readSentence(text) : readCommand(`${text} ${find}`.trim());
}

async function handleOnDraft(
  engine: Engine,
  received: Incoming,
  record: OpenDraft,
  pressed: PressedAction & { readonly isOvertaken?: boolean },
  reply: TurnReply,
): Promise<InvokeAnswer> {
  const { action, messageId, via, page, isAutomatic, isOvertaken } = pressed;
  const { contact } = record;
  if (record.draft.place.id !== received.place.id) throw await refusalElsewhere(engine, received, record);
  const incoming: Incoming = { ...received, isPrivate: received.isPrivate || record.draft.isPrivate };
  const draft = hangAlsoAt(record.draft, messageOf(incoming, record.draft, messageId));
  const flow = engine.flowOf(draft);
  if (via === 'page') await demandOwner(engine, incoming, draft);
  const isTold =
    !draft.isPrivate || [draft.ownerId, draft.preparer?.id].includes(incoming.who.id) || draft.isHandedOver;
  if (!isTold) throw new Refusal('draft-gone', {});
  const over = await outcomeOf(engine, incoming, { ...record, draft });
  if (over) {
    const isOwn = draft.ownerId === incoming.who.id && !isAutomatic;
    if (isOwn || isOvertaken) await updateCards(engine, incoming, draft, messageId, over);
    return { kind: 'card', card: over };
  }
  await demandOwner(engine, incoming, draft);
  if (isAutomatic) return { kind: 'card', card: await flow.show(draft.step, engine.turnFor(incoming, draft)) };
  let shown: Card | undefined;
  const isNow = isCurrent(draft, action);
  const isFound = draft !== record.draft;
  const goOn: StepContext['goOn'] = (next) => goOnBelow(engine, incoming, next, reply);
  const inPlace: StepContext = {
    ...{ engine, incoming, draft, contact, reply, goOn },
    display: {
      message: 'same',
      async show(card, { isRefused }) {
        shown = card;
        // What goes wrong on a page is told there.
        if (!(via === 'page' && isRefused))
          await updateCards(engine, incoming, draft, isNow && !isFound ? undefined : messageId, card);
        return draft.card;
      },
    },
  };
  const step = isReadByOutsiders(engine, incoming, draft, pressed) ? inPrivate(inPlace) : inPlace;
  const isResume = action.do === 'resume' && !flow.ownResume;
  if (!isResume && !isNow && step === inPlace) {
    const card = await showCurrentQuestion(step);
    if (!(await hasGoneOn(step))) return { kind: 'card', card };
    // It has gone on, or ended, while the question was drawn, which may have been written over what became of it.
    if (draft.card) await redraw(engine, incoming, draft, draft.card);
    throw new StaleDraft(draft.id);
  }
  await demandFinisher(engine, incoming, draft);
  const answered = isResume
    ? await resumeQuestion(step)
    : await takeAnswer(step, { do: action.do, values: action.values, via, messageId, page });
  if (answered) return answered;
  return shown ? { kind: 'card', card: shown } : { kind: 'text', text: ownWords(incoming).common.continuesBelow };
}

/** A card that everybody saw, where people from outside read along by now; a dialog or a page is for the presser alone anyway. */
function isReadByOutsiders(
  { flowOf }: Engine,
  { who, readers }: Incoming,
  draft: Draft,
  { via }: PressedAction,
): boolean {
  const isTheirs = draft.ownerId === who.id || (draft.isHandedOver && !flowOf(draft).isOpen);
  return readers !== undefined && !draft.isPrivate && via !== 'dialog' && via !== 'page' && isTheirs;
}

/** What follows is for the presser alone, in a message of its own, and the card that was pressed says no more. */
function inPrivate(step: StepContext): StepContext {
  const { engine, incoming, draft, reply } = step;
  const { card: left } = draft;
  return {
    ...step,
    draft: { ...draft, isPrivate: true, card: undefined },
    display: {
      message: 'new',
      async show(card) {
        const sent = await reply.send(card, true);
        const text = wordsOf(incoming).common.continuesInPrivate(incoming.who.name);
        if (left) await engine.update(left, engine.textCard(incoming, text), incoming);
        return sent;
      },
    },
  };
}

function isCurrent(draft: Draft, action: CardAction): boolean {
  return action.step === draft.step && (draft.submissionId === undefined || action.submission === draft.submissionId);
}

/** The message that the bot knows is the card's; what the client says counts only where nothing is known. */
function messageOf({ place }: Incoming, draft: Draft, messageId: string | undefined): SentMessage | undefined {
  if (!messageId) return undefined;
  return {
    placeId: place.id,
    messageId,
    ...(draft.isPrivate && place.kind !== 'personal' && { onlyFor: draft.ownerId }),
  };
}

/**
 * The card, and an older one of the same conversation that was pressed instead. What the client names is only looked up:
 * it can be any message in the place, and that of another conversation must not be written over. It counts by itself only
 * where Teams kept the id of a card to itself (`hangAlsoAt`).
 */
async function updateCards(
  engine: Engine,
  incoming: Incoming,
  draft: Draft,
  pressedId: string | undefined,
  card: Card,
): Promise<void> {
  const { card: current } = draft;
  const older = draft.formerCards?.find(
    ({ placeId, messageId, onlyFor }) =>
      messageId === pressedId && placeId === current?.placeId && onlyFor === current.onlyFor,
  );
  if (!current) {
    engine
      .track(replaceCard(engine, incoming, draft.id))
      .catch((error) => engine.log.warn({ err: error }, 'a card could not be sent anew'));
    return;
  }
  await Promise.all([
    engine.update(current, card, incoming, () => replaceCard(engine, incoming, draft.id, current)),
    older && engine.update(older, card, incoming),
  ]);
}

/** Cards are seen and pressed by everybody in the channel. */
export async function demandOwner(engine: Engine, incoming: Omit<Incoming, 'input'>, draft: Draft): Promise<void> {
  const { who } = incoming;
  const flow = engine.flowOf(draft);
  const isMine = draft.ownerId === who.id || flow.isOpen || draft.isHandedOver;
  if (!isMine)
    throw new Refusal('not-yours', { owner: draft.ownerName, command: commandFor(ownWords(incoming), flow, draft) });
  if (flow.right) await demand(engine.world, who, flow.right);
}
