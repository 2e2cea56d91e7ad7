import { button } from '../../cards/buttons.ts';
import type { Card } from '../../cards/card.ts';
import { messageCard } from '../../cards/message.ts';
import type { Draft } from '../../domain/drafts/draft.ts';
import type { SentMessage } from '../../domain/people/place.ts';
import { onOneLine } from '../../words/words.ts';
import { type Engine, StaleDraft } from './engine.ts';
import type { Answer } from './flow.ts';
import { titleIn, wordsOf } from './languages.ts';
import type { Incoming } from './messenger.ts';
import type { StepContext } from './step.ts';

interface Ended {
  readonly draft: Draft;
  readonly isSubmitted: boolean;
}

/**
 * The card of a conversation that is over. One that was submitted is over also where the process died before it
 * could say so; what became of it is told as it is now.
 */
export async function outcomeOf(engine: Engine, incoming: Incoming, ended: Ended): Promise<Card | undefined> {
  const { draft } = ended;
  const outcome = await drawAnew(engine, incoming, ended);
  if (!outcome) return draft.settled;
  if (!draft.settled) await engine.write(incoming, { ...draft, settled: outcome });
  return outcome;
}

/** Older cards of the same conversation, which must not stand there with buttons when it is over. */
export async function endFormerCards(engine: Engine, incoming: Incoming, draft: Draft): Promise<void> {
  const { continuesBelow } = wordsOf(incoming, draft).common;
  const end = (former: SentMessage) =>
    engine.update(former, endedCard(engine, incoming, draft, { card: former, text: continuesBelow }), incoming);
  await Promise.all((draft.formerCards ?? []).map(end));
}

/** Nothing to press any more. What is private is not named on a card that everybody sees. */
function endedCard(
  engine: Engine,
  incoming: Incoming,
  draft: Draft,
  { card, text }: { readonly card: SentMessage; readonly text: string },
): Card {
  const words = wordsOf(incoming, draft);
  const isSecret = draft.isPrivate && draft.place.kind !== 'personal' && card.onlyFor === undefined;
  const title = (isSecret ? undefined : titleIn(words, engine.flows, draft)) ?? words.help.title;
  return messageCard(engine.contextFor(incoming), { title, lines: [text] });
}

/** How it ended, in one line in the words of this turn; as it was said then where nothing else is known of it. */
export async function endingOf(engine: Engine, incoming: Incoming, ended: Ended): Promise<string> {
  const card = (await drawAnew(engine, incoming, ended)) ?? ended.draft.settled;
  return card?.summary ?? '';
}

/** Nothing where no more is known than the card that was left. */
async function drawAnew(engine: Engine, incoming: Incoming, { draft, isSubmitted }: Ended): Promise<Card | undefined> {
  if (draft.settled?.isDiscarded) return discardedCard(engine, incoming, draft);
  const isRecord = isSubmitted || typeof draft.data.reference === 'string';
  return isRecord ? engine.flowOf(draft).outcome(engine.turnFor(incoming, draft)) : undefined;
}

/** Before it is written, or later in the words of whoever looks. */
export function discardedCard(engine: Engine, incoming: Incoming, draft: Draft): Card {
  const words = wordsOf(incoming, draft);
  const { title, text } = words.common.discarded(titleIn(words, engine.flows, draft) ?? words.help.title);
  return messageCard(engine.contextFor(incoming), { title, lines: [text] });
}

/**
 * What was done is shown to whoever did it, though somebody else has taken the conversation up in another place since it was
 * read: there the other card counts. Throws `error` in all other cases, in which reading it again tells how it stands.
 */
export async function showDone(
  { engine, incoming, draft, display }: StepContext,
  { card, answer, isDone }: { readonly card: Card; readonly answer?: Answer | undefined; readonly isDone?: boolean },
  error: unknown,
): Promise<void> {
  const hasDone = isDone ?? (answer !== undefined && engine.flowOf(draft).isBinding(draft.step, answer));
  if (!(error instanceof StaleDraft) || !hasDone) throw error;
  const { who, place } = incoming;
  const query = { personId: who.id, placeId: place.id, draft: { by: 'id', id: draft.id } } as const;
  const { draft: now } = await engine.sessions.open(query);
  if (!now || now.settled || now.place.id === draft.place.id) throw error;
  await display.show(card, { isRefused: false, draft });
}

/** In place of a card that was sent at the same time as another of the same conversation. */
export function otherCardCounts(engine: Engine, incoming: Incoming, draft: Draft, card: SentMessage): Card {
  const text = wordsOf(incoming, draft).common.otherCardCounts;
  return endedCard(engine, incoming, draft, { card, text });
}

/**
 * The conversation as it is by now, in a card that says that something is under way; where that cannot be read, a way
 * back to it.
 */
export async function redraw(engine: Engine, incoming: Incoming, before: Draft, card: SentMessage): Promise<void> {
  try {
    const draftBy = { by: 'id', id: before.id } as const;
    const query = { personId: incoming.who.id, placeId: incoming.place.id, draft: draftBy };
    const record = await engine.sessions.open(query);
    const { draft } = record;
    if (!draft) return;
    const over = await outcomeOf(engine, incoming, { ...record, draft });
    // Another turn may have gone on with it in a message of its own.
    const hasMoved = draft.card !== undefined && draft.card.messageId !== card.messageId;
    const question = () => engine.flowOf(draft).show(draft.step, engine.turnFor(incoming, draft));
    const now = over ?? (hasMoved ? otherCardCounts(engine, incoming, draft, card) : await question());
    await engine.update(card, now, incoming);
  } catch (error) {
    const problem = onOneLine(engine.describe(error, incoming));
    await engine.update(card, wayBackCard(engine, incoming, before, problem), incoming);
  }
}

/** Where the question itself cannot be drawn. */
export function wayBackCard(engine: Engine, incoming: Incoming, draft: Draft, problem: string): Card {
  const context = engine.contextFor(incoming, draft);
  const title = draft.title ?? context.words.help.title;
  const buttons = [button(context, 'resume'), button(context, 'discard')];
  return messageCard(context, { title, lines: [problem], buttons });
}

/** It has gone on since the turn has read it, in this process or another. */
export async function isOvertaken({ engine, incoming, draft: { id, revision } }: StepContext): Promise<boolean> {
  const { who, place } = incoming;
  const query = { personId: who.id, placeId: place.id, draft: { by: 'id', id } } as const;
  const { draft, isSubmitted } = await engine.sessions.open(query);
  return isSubmitted || draft?.revision !== revision;
}
