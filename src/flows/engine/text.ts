import { commandButton } from '../../cards/buttons.ts';
import { messageCard } from '../../cards/message.ts';
import { type Draft, draftVersion } from '../../domain/drafts/draft.ts';
import type { SessionRecord } from '../../domain/drafts/drafts.ts';
import { Refusal } from '../../domain/errors.ts';
import { demand } from '../../domain/people/demand.ts';
import type { SentMessage } from '../../domain/people/place.ts';
import { bare, type Control, readCommand, readControl } from '../../words/commands.ts';
import { readSentence } from '../../words/sentences.ts';
import { askAgain, commandFor, takeAnswer } from './answers.ts';
import { begin, below, explainChanged, goOnBelow } from './begin.ts';
import { type Engine, StaleDraft } from './engine.ts';
import type { Answer } from './flow.ts';
import { hangUnknown } from './hang-at.ts';
import { titleIn, wordsOf } from './languages.ts';
import type { Incoming, TypedText } from './messenger.ts';
import { otherCardCounts, outcomeOf } from './outcome.ts';
import type { TurnReply } from './reply.ts';
import type { StepContext } from './step.ts';

/** The turn whose edit failed, and the ones after it, come first. */
export const replaceWithinMs = 30_000;

/** Alone, these are never an answer, and cost nothing. */
const harmless: readonly string[] = ['help', 'whoami', 'hi', 'thanks'];

type Waiting = SessionRecord & { readonly draft: Draft };

/** What somebody typed: a command, the answer to the question that waits for them here, or something else. */
export async function handleText(engine: Engine, incoming: Incoming, said: TypedText, reply: TurnReply): Promise<void> {
  if (said.files) return handleFiles(engine, incoming, said, reply);
  const { text, asWritten = text, unread, isChanged } = said;
  const { unreadMessage, changedMessage } = wordsOf(incoming).common;
  // A question that waits is not answered by it.
  if (unread) return void (await reply.send(engine.textCard(incoming, unreadMessage(unread)), incoming.isPrivate));
  const command = readCommand(text);
  const sentence = readSentence(text);
  // As a command it is a new wish, if the first one was not acted on. What it answered then is not known.
  if (isChanged && !sentence)
    return void (await reply.send(engine.textCard(incoming, changedMessage), incoming.isPrivate));
  const asked = command ?? sentence;
  if (asked?.rest === '' && harmless.includes(asked.command)) return begin(engine, incoming, asked.command, '', reply);
  const record = await openWaiting(engine, incoming);
  if (record.isSeen) return explainChanged(engine, incoming, reply);
  const { draft } = record;
  const control = draft && controlFor(engine.flowOf(draft).yes(draft.step) !== undefined, text);
  // Words are the answer where words are asked for; a command among them is offered as a button. What begins like a command
  // and wants nothing done is an answer anywhere.
  const isMeant = (to: Draft): boolean => {
    const flow = engine.flowOf(to);
    return flow.takesFreeText(to.step, to.data) || flow.isTitle(to.step, text);
  };
  const isAnswer = draft && !isChanged && (control || !command || !sentence || isMeant(draft));
  if (isAnswer) {
    const isTitle = engine.flowOf(draft).isTitle(draft.step, text);
    const typed = { text, asWritten, control, isCommand: command !== undefined && sentence !== undefined && !isTitle };
    return engine.inQueue(draft.id, incoming, () => answerTyped(engine, incoming, { ...record, draft }, typed, reply));
  }
  if (sentence) return begin(engine, incoming, sentence.command, sentence.rest, reply, record);
  // What the portal shows after a ticket was filed: it belongs to a case.
  if (isNumber(bare(text))) return begin(engine, incoming, 'cases', bare(text), reply, record);
  return begin(engine, incoming, 'help', `! ${text}`, reply, record);
}

/**
 * What was sent along goes to the conversation that waits here, or asks which one it is for. A command in the same message
 * comes first; other words beside a file answer nothing.
 */
async function handleFiles(
  engine: Engine,
  incoming: Incoming,
  { files: _, ...words }: TypedText,
  reply: TurnReply,
): Promise<void> {
  const before = await openWaiting(engine, incoming);
  if (before.isSeen) return explainChanged(engine, incoming, reply);
  const isCommand = readSentence(words.text) !== undefined;
  if (isCommand) await handleText(engine, incoming, words, reply);
  const { draft, ...record } = isCommand ? await openWaiting(engine, incoming) : before;
  const messages = isCommand ? below(engine, incoming, reply) : reply;
  await begin(engine, incoming, 'files', draft?.id ?? '', messages, { ...record, isSeen: false });
}

function isNumber(text: string): boolean {
  return /^\s*#?\d[\d\s-]{4,22}[.!]?\s*$/.test(text);
}

/** Yes and no are words like any others where nothing is to be confirmed. */
function controlFor(isConfirmation: boolean, text: string): Control | undefined {
  const control = readControl(text);
  return (control === 'yes' || control === 'no') && !isConfirmation ? undefined : control;
}

/** The draft that waits for this person's words here, if its question still exists. */
async function openWaiting({ sessions, flows, flowNamed }: Engine, incoming: Incoming): Promise<SessionRecord> {
  const { who, place, activityKey } = incoming;
  const record = await sessions.open({ personId: who.id, placeId: place.id, activityKey, draft: { by: 'waiting' } });
  const { draft } = record;
  const isAsked = draft?.version === draftVersion && flowNamed(draft.flow)?.kindOf(draft.step) !== undefined;
  if (!draft || !isAsked) return { ...record, draft: undefined };
  return { ...record, draft: { ...draft, title: titleIn(wordsOf(incoming, draft), flows, draft) } };
}

/** The next card is a new message; the one that was answered keeps question and answer, if that was one. */
async function answerTyped(
  engine: Engine,
  incoming: Incoming,
  record: Waiting,
  said: { readonly text: string; readonly asWritten: string; readonly control?: Control; readonly isCommand: boolean },
  reply: TurnReply,
): Promise<void> {
  const { world } = engine;
  const words = wordsOf(incoming, record.draft);
  const flow = engine.flowOf(record.draft);
  const typed = flow.takesFreeText(record.draft.step, record.draft.data) ? { ...said, text: said.asWritten } : said;
  if (flow.right) await demand(world, incoming.who, flow.right);
  // Answered in private, the conversation is private from here on.
  const goesPrivate = incoming.isPrivate && !record.draft.isPrivate && incoming.place.kind !== 'personal';
  const draft: Draft = goesPrivate ? { ...record.draft, isPrivate: true, card: undefined } : record.draft;
  const over = await outcomeOf(engine, incoming, record);
  if (over) {
    await reply.send(over, draft.isPrivate);
    return;
  }
  const heading = flow.heading(draft.step, words, draft.data);
  const turn = engine.turnFor(incoming, draft, { contact: record.contact });
  const isMove = typed.control !== undefined && typed.control !== 'oneForm' && typed.control !== 'stepByStep';
  const values = isMove ? {} : await flow.readTyped(draft.step, turn, typed.text);
  const meant = typed.control === 'yes' ? flow.yes(draft.step) : typed.control;
  const answer: Answer = { do: meant ?? 'next', values, text: typed.text, via: 'words' };
  const before = record.draft.card;

  /** What the card that was answered says from now on. */
  async function settleBefore(card: SentMessage, isRefused: boolean): Promise<void> {
    const { answered, askedAgain, continuesBelow, continuesInPrivate, wasCommand } = words.common;
    const answeredLines = typed.control ? [] : [answered(heading, typed.text)];
    const lines = isRefused ? [askedAgain(heading)] : [...answeredLines, continuesBelow];
    const offers = typed.isCommand && !typed.control && !goesPrivate;
    const context = engine.contextFor(incoming, draft);
    const settled = messageCard(context, {
      title: draft.title ?? heading,
      lines: goesPrivate ? [continuesInPrivate(incoming.who.name)] : lines,
      notes: offers ? [wasCommand] : [],
      buttons: offers ? [commandButton(context, typed.text)] : [],
    });
    await engine.update(card, settled, incoming);
  }

  const step: StepContext = {
    engine,
    incoming,
    draft,
    contact: record.contact,
    reply,
    goOn: (next) => goOnBelow(engine, incoming, next, reply),
    display: {
      message: 'new',
      async show(card, { isRefused }) {
        const sent = await reply.send(card, draft.isPrivate);
        const isDiscarded = typed.control === 'discard' && !isRefused && !goesPrivate;
        if (before && isDiscarded) await engine.update(before, card, incoming);
        else if (before) await settleBefore(before, isRefused);
        return sent;
      },
    },
  };
  const { sayYesAgain, saidNo } = words.common;
  if (typed.control === 'no') await askAgain(step, saidNo);
  else if (typed.control === 'yes' && draft.yesFor !== draft.submissionId)
    await askAgain(step, sayYesAgain, draft.submissionId);
  else await takeAnswer(step, answer);
}

/**
 * Another process was faster: the message that was sent, or a new one, shows where the conversation is, and is its card from
 * then on. The one that the other process has sent has nothing to press any more.
 */
export async function showAfterStale(
  engine: Engine,
  incoming: Incoming,
  stale: StaleDraft,
  reply: TurnReply,
  tries = 5,
): Promise<void> {
  try {
    await showAsItStands(engine, incoming, stale, reply);
  } catch (error) {
    // Another one was faster again, as when three of them are pressed at once.
    if (!(error instanceof StaleDraft) || tries === 1) throw error;
    await showAfterStale(engine, incoming, error, reply, tries - 1);
  }
}

async function showAsItStands(
  engine: Engine,
  incoming: Incoming,
  { draftId, sent: message, hasUnknownCard }: StaleDraft,
  reply: TurnReply,
): Promise<void> {
  // A card that was sent in vain must lose its buttons, however many turns come first.
  const later = message ? { ...incoming, answerBy: performance.now() + replaceWithinMs } : incoming;
  await engine.inDraft(draftId, later, async (record) => {
    const draft: Draft = hasUnknownCard ? { ...record.draft, hasUnknownCard: true } : record.draft;
    const flow = engine.flowOf(draft);
    const over = await outcomeOf(engine, incoming, record);
    // How it ended is shown to whoever presses its card, too.
    const isToBeSeen = over !== undefined && !draft.isPrivate && draft.place.id === incoming.place.id;
    if (draft.ownerId !== incoming.who.id && !isToBeSeen) {
      const refusal = new Refusal('not-yours', {
        owner: draft.ownerName,
        command: commandFor(wordsOf(incoming), flow, draft),
      });
      const refusalCard = engine.textCard(incoming, engine.describe(refusal, incoming));
      await (message ? engine.update(message, refusalCard, incoming) : reply.send(refusalCard, draft.isPrivate));
      return;
    }
    const card = over ?? (await flow.show(draft.step, engine.turnFor(incoming, draft)));
    if (!message) {
      const posted = await reply.send(card, draft.isPrivate);
      if (!over) await engine.write(incoming, posted ? draft : hangUnknown(draft), { sent: posted });
      return;
    }
    await engine.update(message, card, incoming);
    if (over) return;
    await engine.write(incoming, draft, { sent: message });
    if (draft.card && draft.card.messageId !== message.messageId)
      await engine.update(draft.card, otherCardCounts(engine, incoming, draft, draft.card), incoming);
  });
}
