import type { Card } from '../../cards/card.ts';
import { messageCard } from '../../cards/message.ts';
import { type Draft, draftVersion, isShared } from '../../domain/drafts/draft.ts';
import { maxOpenTopics, type SessionRecord } from '../../domain/drafts/drafts.ts';
import { DeliveryError, Refusal } from '../../domain/errors.ts';
import { demand } from '../../domain/people/demand.ts';
import type { SentMessage } from '../../domain/people/place.ts';
import type { Understood } from '../../words/commands.ts';
import { commandFor, discard, follow, resumeQuestion, takeOver } from './answers.ts';
import { type Engine, StaleDraft } from './engine.ts';
import type { AnyReply, Flow, ListPage, Turn } from './flow.ts';
import { demandFinisher } from './hand-over.ts';
import { contextAt, titleIn, wordsOf } from './languages.ts';
import type { Incoming } from './messenger.ts';
import { endingOf, outcomeOf } from './outcome.ts';
import type { TurnReply } from './reply.ts';
import type { Display, StepContext } from './step.ts';

type OpenDraft = SessionRecord & { readonly draft: Draft };

/**
 * A new conversation; a second one about the same thing resumes the first. What goes wrong is said in a message.
 * `opened`: the session, where it was read already to see whether somebody waits for words here.
 */
export async function begin(
  engine: Engine,
  incoming: Incoming,
  name: string,
  args: string,
  reply: TurnReply,
  opened?: SessionRecord,
): Promise<void> {
  const flow = engine.flowNamed(name);
  if (!flow) throw new Error(`no flow ${name}`);
  const draft = engine.newDraft(incoming, name);
  try {
    if (flow.right) await demand(engine.world, incoming.who, flow.right);
    const first = await flow.begin(engine.turnFor(incoming, draft), args);
    const fresh: StepContext = {
      engine,
      incoming,
      draft,
      contact: undefined,
      reply,
      display: newMessage(reply, draft.isPrivate),
      goOn: (next) => goOnBelow(engine, incoming, next, reply),
    };
    // What is said at once needs no draft, and nothing is read or written for it.
    if (first.kind !== 'ask') {
      await follow(fresh, first);
      return;
    }
    const record = await openSession(engine, incoming, flow, first, opened);
    if (record.isSeen) return await explainChanged(engine, incoming, reply);
    if (record.draft && !(await isOver(engine, incoming, { ...record, draft: record.draft })))
      return await resume(engine, incoming, record.draft.id, reply);
    engine.world.usage.demand('drafts', incoming.who.id);
    await engine.inQueue(draft.id, incoming, () => follow({ ...fresh, contact: record.contact }, first));
  } catch (error) {
    if (error instanceof StaleDraft || error instanceof DeliveryError) throw error;
    const text = engine.describe(error, incoming, { isKept: false });
    await reply.send(engine.textCard(incoming, text), incoming.isPrivate);
  }
}

/** Another page of what a command shows at once; nothing where it asks something first. */
export async function showPage(
  engine: Engine,
  incoming: Incoming,
  { command, rest }: Pick<Understood, 'command' | 'rest'>,
  { page, entered }: { readonly page: ListPage; readonly entered: Turn<unknown>['entered'] },
): Promise<Card | undefined> {
  const flow = engine.flowNamed(command);
  if (!flow) throw new Error(`no flow ${command}`);
  if (flow.right) await demand(engine.world, incoming.who, flow.right);
  const turn = engine.turnFor(incoming, engine.newDraft(incoming, command), { entered });
  const first = await flow.begin({ ...turn, page }, rest);
  return first.kind === 'done' ? first.card : undefined;
}

/** A message that comes again was answered; one that was changed meanwhile is not acted on twice, and the person is told. */
export async function explainChanged(engine: Engine, incoming: Incoming, reply: TurnReply): Promise<void> {
  if (incoming.input.kind !== 'text' || !incoming.input.isChanged) return;
  await reply.send(engine.textCard(incoming, wordsOf(incoming).common.changedMessage), incoming.isPrivate);
}

/** From a list into a conversation of its own: a new message below, the card that led to it stays. */
export async function goOnBelow(
  engine: Engine,
  incoming: Incoming,
  next: Extract<AnyReply, { kind: 'start' | 'resume' | 'discard' }>,
  reply: TurnReply,
): Promise<void> {
  const messages = below(engine, incoming, reply);
  if (next.kind === 'start') await begin(engine, incoming, next.flow, next.args, messages);
  else if (next.kind === 'resume') await resume(engine, incoming, next.draftId, messages);
  else await discardDraft(engine, incoming, next.draftId, messages);
}

/** The turn's messages as new ones below: the card that was pressed stays as it is. */
export function below({ messenger }: Engine, { place, who }: Incoming, reply: TurnReply): TurnReply {
  return {
    ...reply,
    send: (card, isPrivate) =>
      messenger.send(place.id, card, { isAnswer: true, ...(isPrivate && { onlyFor: who.id }) }),
  };
}

/** An open draft of the same person about the same thing, where its flow tells two of them apart. */
function openSession(
  { sessions }: Engine,
  { who, place, activityKey }: Incoming,
  flow: Flow,
  first: Extract<AnyReply, { kind: 'ask' }>,
  opened: SessionRecord | undefined,
): Promise<SessionRecord> {
  const key = flow.key({ ...first.data });
  if (opened?.openTopics) {
    const { isSeen, contact, openTopics } = opened;
    const isNew =
      openTopics.length < maxOpenTopics && !openTopics.some((one) => one.flow === flow.name && one.key === key);
    if (isSeen || isNew) return Promise.resolve({ isSeen, isSubmitted: false, ...(contact && { contact }) });
  }
  const draft = key === undefined ? undefined : ({ by: 'key', flow: flow.name, key } as const);
  return sessions.open({ personId: who.id, placeId: place.id, activityKey, draft });
}

async function isOver(
  engine: Engine,
  incoming: Incoming,
  record: SessionRecord & { readonly draft: Draft },
): Promise<boolean> {
  return record.draft.version !== draftVersion || (await outcomeOf(engine, incoming, record)) !== undefined;
}

function newMessage(reply: TurnReply, isPrivate: boolean): Display {
  return { message: 'new', show: (card) => reply.send(card, isPrivate) };
}

/** Goes on with a draft here, with a card of its own; the old card says so. Throws refusals. */
async function resume(engine: Engine, incoming: Incoming, draftId: string, reply: TurnReply): Promise<void> {
  const { world } = engine;
  const { place } = incoming;
  await engine.inDraft(draftId, incoming, async (record) => {
    const { draft, contact } = record;
    const flow = engine.flowOf(draft);
    await demandTakable(engine, incoming, record);
    // What was private once stays private, wherever it is taken up.
    const isPrivate = draft.isPrivate || incoming.isPrivate;
    const here: Draft = {
      ...takeOver(draft, incoming, flow),
      ...{ place, isPrivate, card: undefined, cardsElsewhere: cardsElsewhereOf(draft, incoming) },
      begunIn: draft.begunIn ?? (isShared(draft) ? draft.place.id : undefined),
    };
    const over = await outcomeOf(engine, incoming, record);
    if (over) {
      await reply.send(over, isPrivate);
      return;
    }
    const goOn: StepContext['goOn'] = (next) => goOnBelow(engine, incoming, next, reply);
    let sent: SentMessage | undefined;
    const show = async (card: Card) => {
      sent = await reply.send(card, isPrivate);
      return sent;
    };
    await resumeQuestion({ engine, incoming, draft: here, contact, reply, display: { message: 'new', show }, goOn });
    if (!draft.card || draft.card.messageId === sent?.messageId) return;
    const context = await contextAt(world, draft.card);
    const { common, help } = context.words;
    const said = sayResumed(draft, incoming, common);
    const about = titleIn(context.words, engine.flows, draft) ?? help.title;
    const title = draft.isPrivate || !isPrivate ? about : help.title;
    await engine.update(draft.card, messageCard(context, { title, lines: [said] }), incoming);
  });
}

/** Discards a draft from the list of drafts: its card says so, and so does a new one below. */
async function discardDraft(engine: Engine, incoming: Incoming, draftId: string, reply: TurnReply): Promise<void> {
  await engine.inDraft(draftId, incoming, async (record) => {
    const { draft, contact } = record;
    await demandTakable(engine, incoming, record);
    const isPrivate = draft.isPrivate || incoming.isPrivate;
    const over = await outcomeOf(engine, incoming, record);
    if (over) {
      await reply.send(over, isPrivate);
      return;
    }
    let shown: Card | undefined;
    const show = (card: Card) => {
      shown = card;
      return reply.send(card, isPrivate);
    };
    await discard({
      engine,
      incoming: { ...incoming, isPrivate },
      draft: takeOver(draft, incoming, engine.flowOf(draft)),
      contact,
      reply,
      display: { message: 'new', show },
      goOn: (next) => goOnBelow(engine, incoming, next, reply),
    });
    if (shown && draft.card) await engine.update(draft.card, shown, incoming);
  });
}

/** Throws where it is over, or is not theirs to go on with. */
async function demandTakable(engine: Engine, incoming: Incoming, record: OpenDraft): Promise<void> {
  const { draft } = record;
  if (draft.settled) throw await refusalElsewhere(engine, incoming, record);
  const flow = engine.flowOf(draft);
  if (draft.ownerId !== incoming.who.id && !draft.isHandedOver)
    throw new Refusal('not-yours', { owner: draft.ownerName, command: commandFor(wordsOf(incoming), flow, draft) });
  if (flow.right) await demand(engine.world, incoming.who, flow.right);
  await demandFinisher(engine, incoming, draft);
}

/** What a card says that was left behind: where its conversation goes on, or how it ended. */
export async function refusalElsewhere(engine: Engine, incoming: Incoming, record: OpenDraft): Promise<Refusal> {
  const { who, place, isPrivate } = incoming;
  const { draft } = record;
  const { ownerId, ownerName, preparer, settled, title } = draft;
  const isTheirs = ownerId === who.id || preparer?.id === who.id;
  // What was private is told to those it belongs to, and to them only where nobody else reads it.
  const isReadByOthers = place.kind !== 'personal' && !isPrivate;
  if (settled)
    return isTheirs && title && !(draft.isPrivate && isReadByOthers)
      ? new Refusal('draft-over', { title, outcome: await endingOf(engine, incoming, record) })
      : new Refusal('draft-gone', {});
  return new Refusal('draft-elsewhere', ownerId === who.id ? { where: draft.place.kind } : { owner: ownerName });
}

const maxPlaces = 5;

/** With the card that is left behind here: it stays in a place where others may wait for how this ends. */
function cardsElsewhereOf(
  { card, cardsElsewhere = [] }: Draft,
  { place }: Incoming,
): readonly SentMessage[] | undefined {
  const cards = card && card.placeId !== place.id ? [...cardsElsewhere, card] : cardsElsewhere;
  return cards.length > 0 ? cards.slice(-maxPlaces) : undefined;
}

interface ResumedWords {
  readonly resumed: string;
  readonly resumedElsewhere: string;
  goneOn(name: string): string;
}

function sayResumed({ ownerId, place: before }: Draft, { who, place }: Incoming, common: ResumedWords): string {
  if (ownerId !== who.id) return common.goneOn(who.name);
  return place.id === before.id ? common.resumed : common.resumedElsewhere;
}
