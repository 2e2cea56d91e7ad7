import { randomUUID } from 'node:crypto';
import { button } from '../cards/buttons.ts';
import { messageCard } from '../cards/message.ts';
import { type Draft, draftVersion, isShared } from '../domain/drafts/draft.ts';
import { Refusal } from '../domain/errors.ts';
import { demand } from '../domain/people/demand.ts';
import type { SentMessage } from '../domain/people/place.ts';
import type { Words } from '../words/words.ts';
import { commandFor } from './again.ts';
import type { Answer, Answered, Card, Flow, Incoming, Reply } from './flow.ts';
import { demandFinisher, leftForOthers, tellDiscarded } from './hand-over.ts';
import type { Outlet } from './outlet.ts';
import { giveSecret } from './privately.ts';
import type { Stage } from './stage.ts';

const trailLength = 20;

/**
 * One answer being taken. `show` puts a card where this conversation stands: an edit for a press, a message for words.
 * `isRefused`: the answer was not taken, and the question is asked again.
 */
export interface Move {
  readonly stage: Stage;
  readonly incoming: Incoming;
  readonly draft: Draft;
  readonly outlet: Outlet;
  show(card: Card, how?: { readonly isRefused: boolean }): Promise<SentMessage | undefined>;
}

/** Takes one answer. Returns only what cannot be shown to everybody; all else goes through `show`. Never throws a refusal. */
export async function takeAnswer(move: Move, answer: Answer): Promise<Answered | undefined> {
  const { stage, incoming, draft, show } = move;
  const flow = stage.flowOf(draft);
  try {
    const mine: Move = { ...move, draft: taken(draft, incoming, flow) };
    const left = answer.do === 'discard' || answer.do === 'later' ? await leftOf(mine) : undefined;
    if (left) return await settle(mine, left);
    if (answer.do === 'discard') return await discard(mine);
    if (answer.do === 'later') return await saveForLater(mine);
    if (answer.do === 'back') return await goBack(mine);
    if (answer.do === 'handOver' && flow.isKept) return await handOver(mine);
    const reply = await flow.answered(draft.step, stage.turnFor(incoming, mine.draft), answer);
    return await follow(mine, reply, answer);
  } catch (error) {
    const problem = stage.tell(error, incoming);
    const isOthers = draft.ownerId !== incoming.who.id && error instanceof Refusal;
    if (isOthers && answer.via !== 'words') return { kind: 'say', text: problem };
    const posted = await show(await showAgain(move, problem, answer), { isRefused: true });
    await stage.world.drafts.put({ ...draft, card: posted ?? draft.card });
    return undefined;
  }
}

/** A conversation about a record leaves the record as it stands. */
async function leftOf({ stage, incoming, draft }: Move): Promise<Card | undefined> {
  return stage.flowOf(draft).left(draft.step, stage.turnFor(incoming, draft));
}

/** Who goes on with a draft that was handed over owns it from then on, and others no longer may. */
function taken(draft: Draft, { who }: Incoming, flow: Flow): Draft {
  if (flow.isOpen || !draft.isHandedOver || draft.ownerId === who.id) return draft;
  const { ownerId: id, ownerName: name, preparer = { id, name } } = draft;
  return { ...draft, preparer, ownerId: who.id, ownerName: who.name, isHandedOver: false, isTold: undefined };
}

/** Does what a step replied. The draft is saved only when its next question could be drawn. */
async function follow(
  move: Move,
  reply: Reply<Record<string, unknown>>,
  answer?: Answer,
): Promise<Answered | undefined> {
  const { stage, incoming, outlet, draft } = move;
  switch (reply.kind) {
    case 'done':
      return draft.step === '' ? say(move, reply.card) : settle(move, reply.card);
    case 'start':
      await begin(stage, incoming, reply.flow, reply.args, below(move, outlet));
      return undefined;
    case 'resume':
      await resume(stage, incoming, reply.draftId, below(move, outlet));
      return undefined;
    case 'privately':
      return reveal(move, reply, answer);
    case 'ask':
      return ask(move, reply, draft);
  }
}

/** A conversation of its own: a new message, the card that led to it stays. */
function below({ stage, incoming }: Move, outlet: Outlet): Outlet {
  return { ...outlet, post: (card) => stage.postNew(incoming, card) };
}

async function ask(
  move: Move,
  reply: Extract<Reply<Record<string, unknown>>, { kind: 'ask' }>,
  draft: Draft,
): Promise<undefined> {
  const { stage, incoming, show } = move;
  const { drafts } = stage.world;
  const flow = stage.flowOf(draft);
  const isFurther = draft.step !== '' && reply.step !== draft.step;
  // What was submitted is a record from now on: nothing leads back to before.
  const isOver = flow.isRecord(reply.step) && draft.submissionId !== undefined;
  const isComeBackTo = (step: string) => step !== reply.step && (flow.isPassing(reply.step) || !flow.isPassing(step));
  const asked: Draft = {
    ...draft,
    step: reply.step,
    data: reply.data,
    trail: isOver
      ? []
      : (isFurther ? [...draft.trail, draft.step] : draft.trail).filter(isComeBackTo).slice(-trailLength),
    submissionId: flow.confirms(reply.step) ? randomUUID() : undefined,
    title: flow.title(stage.words, reply.data),
    changedAt: new Date().toISOString(),
  };
  const card = await flow.show(asked.step, stage.turnFor(incoming, asked, { problem: reply.problem }));
  await drafts.put(asked);
  await waitHere(stage, incoming, asked);
  const posted = await show(card, { isRefused: reply.problem !== undefined });
  if (posted && posted.messageId !== asked.card?.messageId) await drafts.put({ ...asked, card: posted });
}

async function reveal(
  move: Move,
  reply: Extract<Reply<Record<string, unknown>>, { kind: 'privately' }>,
  answer?: Answer,
): Promise<Answered> {
  const { stage, incoming, draft, outlet, show } = move;
  const given = await giveSecret({ stage, incoming, draft, reply, answer, outlet });
  await stage.world.drafts.put({
    ...draft,
    data: given.data,
    settled: given.settled,
    changedAt: new Date().toISOString(),
  });
  if (given.showToAll) {
    const after = { ...draft, data: given.data };
    await show(await stage.flowOf(draft).show(draft.step, stage.turnFor(incoming, after, { problem: given.problem })));
  }
  return given.answered;
}

/** Nothing was asked, so there is nothing to come back to, and nothing is kept. */
async function say({ show }: Move, card: Card): Promise<undefined> {
  await show(card);
}

async function settle({ stage, incoming, draft, show }: Move, card: Card): Promise<undefined> {
  await stage.world.drafts.put({ ...draft, settled: card, changedAt: new Date().toISOString() });
  await forgetWaiting(stage, incoming, draft.id);
  const posted = await show(card);
  if (posted && !draft.card) await stage.world.drafts.put({ ...draft, card: posted, settled: card });
}

async function saveForLater(move: Move): Promise<undefined> {
  const { stage, incoming, draft, show } = move;
  const flow = stage.flowOf(draft);
  const { notKept } = stage.words.common;
  if (!flow.isKept) return settle(move, notKeptCard(move, notKept(commandFor(flow, draft) ?? flow.name)));
  const { title, text } = stage.words.common.savedForLater(draft.title ?? stage.words.help.title);
  await stage.world.drafts.put({ ...draft, changedAt: new Date().toISOString() });
  await forgetWaiting(stage, incoming, draft.id);
  const context = stage.contextFor(incoming, draft);
  await show(
    messageCard(context, { title, lines: [text], buttons: [button(context, 'resume'), button(context, 'discard')] }),
  );
}

async function goBack({ stage, incoming, draft, show }: Move): Promise<undefined> {
  const { drafts } = stage.world;
  const step = draft.trail.at(-1) ?? draft.step;
  const flow = stage.flowOf(draft);
  const drawn: Draft = {
    ...draft,
    step,
    trail: draft.trail.slice(0, -1),
    submissionId: flow.confirms(step) ? randomUUID() : undefined,
    changedAt: new Date().toISOString(),
  };
  const card = await flow.show(step, stage.turnFor(incoming, drawn));
  await drafts.put(drawn);
  await waitHere(stage, incoming, drawn);
  const posted = await show(card);
  if (posted) await drafts.put({ ...drawn, card: posted });
}

async function handOver({ stage, incoming, draft, show }: Move): Promise<undefined> {
  const handed: Draft = { ...draft, isHandedOver: true, changedAt: new Date().toISOString() };
  const shared = isShared(handed)
    ? await stage.flowOf(handed).show(handed.step, stage.turnFor(incoming, handed))
    : undefined;
  await stage.world.drafts.put(handed);
  await forgetWaiting(stage, incoming, draft.id);
  if (shared) return void (await show(shared));
  const { card, isTold } = await leftForOthers(stage, incoming, handed);
  await stage.world.drafts.put({ ...handed, isTold });
  await show(card);
}

/** The question once more with what was wrong; when even that can't be drawn, a way to come back. */
async function showAgain({ stage, incoming, draft }: Move, problem: string, answer: Answer): Promise<Card> {
  try {
    return await stage
      .flowOf(draft)
      .show(draft.step, stage.turnFor(incoming, draft, { problem, entered: answer.values }));
  } catch (error) {
    stage.tell(error, incoming);
    const context = stage.contextFor(incoming, draft);
    const title = draft.title ?? stage.words.help.title;
    return messageCard(context, {
      title,
      lines: [problem],
      buttons: [button(context, 'resume'), button(context, 'discard')],
    });
  }
}

function notKeptCard({ stage, incoming }: Move, { title, text }: { title: string; text: string }): Card {
  return messageCard(stage.contextFor(incoming), { title, lines: [text] });
}

async function discard(move: Move): Promise<undefined> {
  await settle(move, discardedCard(move));
  await tellDiscarded(move.stage, move.incoming, move.draft);
}

function discardedCard({ stage, incoming, draft }: Move): Card {
  const { title, text } = stage.words.common.discarded(draft.title ?? stage.words.help.title);
  return messageCard(stage.contextFor(incoming), { title, lines: [text] });
}

/** What this person types here next answers this question, unless it is one that is only pressed. */
export async function waitHere(stage: Stage, { place, who }: Incoming, draft: Draft): Promise<void> {
  if (stage.flowOf(draft).isPressed(draft.step)) return;
  await stage.world.drafts.setWaiting(place.id, who.id, draft.id);
}

/**
 * The card of a conversation that is over. One whose wish was submitted is over also where the process died before it
 * could say so; what became of it is told as it is now.
 */
export async function concluded(stage: Stage, incoming: Incoming, draft: Draft): Promise<Card | undefined> {
  const outcome = await stage.flowOf(draft).outcome(stage.turnFor(incoming, draft));
  if (!outcome) return draft.settled;
  if (!draft.settled) await stage.world.drafts.put({ ...draft, settled: outcome });
  return outcome;
}

async function forgetWaiting({ world: { drafts } }: Stage, { place, who }: Incoming, draftId: string): Promise<void> {
  if ((await drafts.waiting(place.id, who.id)) === draftId) await drafts.setWaiting(place.id, who.id, undefined);
}

/** A new conversation; a second wish for the same thing resumes the first. What goes wrong is said in a message. */
export async function begin(
  stage: Stage,
  incoming: Incoming,
  name: string,
  args: string,
  outlet: Outlet,
): Promise<void> {
  const flow = stage.flowNamed(name);
  if (!flow) throw new Error(`no flow ${name}`);
  const draft = stage.newDraft(incoming, name);
  try {
    if (flow.right) await demand(stage.world, incoming.who, flow.right);
    const reply = await flow.begin(stage.turnFor(incoming, draft), args);
    const twin = reply.kind === 'ask' ? await sameDraft(stage, incoming, flow, reply.data) : undefined;
    if (twin) return await resume(stage, incoming, twin.id, outlet);
    await stage.inNewDraft(draft, () =>
      follow({ stage, incoming, draft, outlet, show: (card) => outlet.post(card) }, reply),
    );
  } catch (error) {
    await outlet.post(stage.sayCard(incoming, stage.tell(error, incoming, { isKept: false })));
  }
}

/** An open draft of the same person about the same thing; one whose wish has come to its end meanwhile is over. */
async function sameDraft(stage: Stage, incoming: Incoming, flow: Flow, data: unknown): Promise<Draft | undefined> {
  const key = flow.key(data);
  if (key === undefined) return undefined;
  const open = (await stage.world.drafts.list()).filter((one) => !one.settled && one.version === draftVersion);
  const twins = open.filter(
    (one) => one.flow === flow.name && one.ownerId === incoming.who.id && flow.key(one.data) === key,
  );
  for (const twin of twins) if (!(await concluded(stage, incoming, twin))) return twin;
  return undefined;
}

/** Goes on with a draft here, with a card of its own; the old card says so. Throws refusals. */
export async function resume(stage: Stage, incoming: Incoming, draftId: string, outlet: Outlet): Promise<void> {
  const { world, words } = stage;
  const { who, place, isPrivate } = incoming;
  await stage.inDraft(draftId, async (draft) => {
    if (draft.settled) throw new Refusal('draft-gone', {});
    const flow = stage.flowOf(draft);
    if (draft.ownerId !== who.id && !draft.isHandedOver)
      throw new Refusal('not-yours', { owner: draft.ownerName, command: commandFor(flow, draft) });
    if (flow.right) await demand(world, who, flow.right);
    await demandFinisher(stage, incoming, draft);
    const here: Draft = { ...taken(draft, incoming, flow), place, isPrivate };
    const over = await concluded(stage, incoming, draft);
    if (over) return void (await outlet.post(over));
    let posted: SentMessage | undefined;
    const show = async (card: Card) => {
      posted = await outlet.post(card);
      return posted;
    };
    await takeUp({ stage, incoming, draft: here, outlet, show });
    if (!draft.card || draft.card.messageId === posted?.messageId) return;
    const said = resumedBy(draft, incoming, words);
    const title = draft.title ?? words.help.title;
    await stage.edit(draft.card, messageCard(stage.contextFor(incoming), { title, lines: [said] }));
  });
}

/** The question where it was left; where it states facts, as they are now. */
export async function takeUp(move: Move): Promise<undefined> {
  const { stage, incoming, draft, show } = move;
  const flow = stage.flowOf(draft);
  const reply = await flow.resumed(draft.step, stage.turnFor(incoming, draft));
  if (reply?.kind === 'ask') return ask(move, reply, draft);
  const posted = await show(await flow.show(draft.step, stage.turnFor(incoming, draft)));
  await stage.world.drafts.put({ ...draft, card: posted ?? draft.card, changedAt: new Date().toISOString() });
  await waitHere(stage, incoming, draft);
}

function resumedBy({ ownerId, place: before }: Draft, { who, place }: Incoming, { common }: Words): string {
  if (ownerId !== who.id) return common.goneOn(who.name);
  return place.id === before.id ? common.resumed : common.resumedElsewhere;
}
