import { randomUUID } from 'node:crypto';
import { button } from '../../cards/buttons.ts';
import type { Card } from '../../cards/card.ts';
import { messageCard } from '../../cards/message.ts';
import type { Draft } from '../../domain/drafts/draft.ts';
import { DeliveryError, Refusal } from '../../domain/errors.ts';
import { isCommand } from '../../words/commands.ts';
import type { Words } from '../../words/index.ts';
import { commandWord } from '../../words/spellings.ts';
import { onOneLine } from '../../words/words.ts';
import { whileBusy } from './busy.ts';
import { type Engine, StaleDraft } from './engine.ts';
import type { FactCache } from './facts.ts';
import type { Answer, AnyReply, Flow, Turn } from './flow.ts';
import { handOver, tellDiscarded, tellFormerPlaces } from './hand-over.ts';
import { hangUnknown } from './hang-at.ts';
import { wordsOf } from './languages.ts';
import type { Incoming, InvokeAnswer } from './messenger.ts';
import { discardedCard, endFormerCards, isOvertaken, redraw, showDone, wayBackCard } from './outcome.ts';
import { showSecret } from './private.ts';
import type { Commit, StepContext } from './step.ts';

const trailLength = 20;

/** What somebody types who wants this conversation, or its case, for themselves; nothing where it is kept as a draft. */
export function commandFor({ language }: Words, flow: Flow, { step, data }: Draft): string | undefined {
  if (step && flow.kindOf(step) === 'record' && typeof data.reference === 'string')
    return `${commandWord('cases', language)} ${data.reference}`;
  if (flow.isKept) return undefined;
  const name = isCommand(flow.name) ? commandWord(flow.name, language) : flow.name;
  return typeof data.orderNumber === 'string' ? `${name} ${data.orderNumber}` : name;
}

/**
 * Writes the draft and shows its card. A card that stands is updated after the write; a new message is sent before, since
 * its id belongs to what is written. Throws `StaleDraft` where another process was faster.
 */
async function commit(step: StepContext, draft: Draft, card: Card, options: Commit = {}): Promise<Draft> {
  const { engine, incoming, display } = step;
  const how = { isRefused: options.isRefused ?? false, draft };
  if (display.message === 'same') {
    // What is still to be hidden there must not bring back a card from before.
    const written = await engine.write(incoming, draft.hidden ? { ...draft, hidden: card } : draft, options);
    await display.show(card, how);
    return written;
  }
  let failure: { readonly error: unknown } | undefined;
  const sent = await display.show(card, how).catch((error: unknown) => {
    failure = { error };
    return undefined;
  });
  // What was answered is kept also where the next question could not be delivered.
  const shown = sent ? draft : hangUnknown(draft, failure?.error);
  const written = await engine.write(incoming, shown, { ...options, sent });
  if (failure) throw failure.error;
  return written;
}

function turnOf(step: StepContext, draft: Draft, extra: Parameters<Engine['turnFor']>[2] = {}): Turn<Draft['data']> {
  return step.engine.turnFor(step.incoming, draft, { contact: step.contact, ...extra });
}

/** Takes one answer. Returns only what cannot be shown to everybody; all else goes to the display. Never throws a refusal. */
export function takeAnswer(step: StepContext, answer: Answer): Promise<InvokeAnswer | undefined> {
  const { engine, incoming, draft } = step;
  const flow = engine.flowOf(draft);
  const busyText = flow.busy(draft.step, wordsOf(incoming, draft), answer);
  if (busyText === undefined) return answerNow(step, answer);
  return whileBusy(step, busyText, (busy) => answerNow(busy, answer));
}

async function answerNow(step: StepContext, answer: Answer): Promise<InvokeAnswer | undefined> {
  const { engine, incoming, draft } = step;
  const flow = engine.flowOf(draft);
  const asked: FactCache | undefined = flow.isBinding(draft.step, answer) ? new Map() : undefined;
  try {
    const mine: StepContext = { ...step, draft: takeOver(draft, incoming, flow) };
    const left =
      answer.do === 'discard' || answer.do === 'later'
        ? await flow.finalCard(draft.step, turnOf(mine, mine.draft))
        : undefined;
    if (left) return await settle(mine, left);
    if (answer.do === 'discard') return await discard(mine);
    if (answer.do === 'later') return await saveForLater(withEntered(mine, answer));
    if (answer.do === 'back') return await goBack(mine);
    if (answer.do === 'handOver' && flow.isKept)
      return await handOver(withEntered(mine, answer), answer.values.who, commit);
    const reply = await flow.answer(draft.step, turnOf(mine, mine.draft, { asked }), answer);
    if (asked) engine.factCaches.forget(draft.id);
    return await follow(mine, reply, answer);
  } catch (error) {
    if (error instanceof StaleDraft || error instanceof DeliveryError) throw error;
    // What is asked anew may fail because the same was done already, in another process.
    if (asked && (await isOvertaken(step))) {
      engine.describe(error, incoming);
      throw new StaleDraft(draft.id);
    }
    // The refusal and its card tell of the same facts. Where they could not be had, the card stays as it was.
    if (asked && error instanceof Refusal) engine.factCaches.keep(draft.id, asked);
    const isOthers = draft.ownerId !== incoming.who.id && error instanceof Refusal;
    // What only the presser gets is in their own words.
    const isForOne = isOthers && answer.via !== 'words';
    const isPrivate = isForOne || incoming.isPrivate || draft.isPrivate;
    const problem = onOneLine(engine.describe(error, { ...incoming, isPrivate }));
    if (isForOne) return { kind: 'text', text: problem };
    const card = await showAgain(step, problem, answer);
    // Nothing has changed but, for a new message, which message shows the card.
    if (step.display.message === 'new') await commit(step, draft, card, { isRefused: true });
    else {
      await step.display.show(card, { isRefused: true, draft });
      if (!asked || !(await isOvertaken(step))) return undefined;
      // It has gone on, or ended, while the question was drawn once more, and may have been shown before.
      if (draft.card) await redraw(engine, incoming, draft, draft.card);
      throw new StaleDraft(draft.id);
    }
    return undefined;
  }
}

/** The same confirmation once more, with what there is to say about the answer. `yesFor`: yes was typed to it. */
export async function askAgain(step: StepContext, problem: string, yesFor?: string): Promise<void> {
  const { engine, incoming } = step;
  const draft: Draft = { ...step.draft, yesFor };
  const card = await engine.flowOf(draft).show(draft.step, engine.turnFor(incoming, draft, { problem }));
  await commit({ ...step, draft }, draft, card, { isWaiting: 'yes', isRefused: true });
}

function withEntered(step: StepContext, { values }: Answer): StepContext {
  const { engine, draft } = step;
  return { ...step, draft: { ...draft, data: engine.flowOf(draft).keep(draft.step, turnOf(step, draft), values) } };
}

/** Who goes on with a draft that was handed over owns it from then on, and others no longer may. */
export function takeOver(draft: Draft, { who }: Pick<Incoming, 'who'>, flow: Flow): Draft {
  if (flow.isOpen || !draft.isHandedOver || draft.ownerId === who.id) return draft;
  const { ownerId: id, ownerName: name, preparer = { id, name }, earlierOwners = [] } = draft;
  return {
    ...draft,
    preparer,
    earlierOwners: [...new Set([...earlierOwners, preparer.id, id])],
    ownerId: who.id,
    ownerName: who.name,
    isHandedOver: false,
    isTold: undefined,
    askedId: undefined,
  };
}

/** Does what a step replied. The draft is written only when its next question could be drawn. */
export async function follow(step: StepContext, reply: AnyReply, answer?: Answer): Promise<InvokeAnswer | undefined> {
  const { engine, draft, display } = step;
  switch (reply.kind) {
    case 'done':
      // Nothing was asked, so there is nothing to come back to, and nothing is kept.
      if (draft.step === '') await display.show(reply.card, { isRefused: false, draft });
      else await settle(step, reply.card).catch((error) => showDone(step, { card: reply.card, answer }, error));
      return undefined;
    case 'start':
    case 'resume':
    case 'discard':
      await step.goOn(reply);
      return undefined;
    case 'secret': {
      const shown = await showSecret({ ...step, answer }, reply);
      if ('instead' in shown) return follow(step, shown.instead, answer);
      const { invokeAnswer, draft: written, problem, isHidden } = shown;
      if (isHidden) return invokeAnswer;
      const card = await engine.flowOf(written).show(written.step, turnOf(step, written, { problem }));
      await display.show(card, { isRefused: problem !== undefined, draft: written });
      return invokeAnswer;
    }
    case 'token':
      return reply;
    case 'page':
      await engine.write(step.incoming, { ...draft, data: { ...reply.data } });
      return { kind: 'page', ...reply.page };
    case 'ask':
      await ask(step, reply);
      return undefined;
  }
}

async function ask(step: StepContext, reply: Extract<AnyReply, { kind: 'ask' }>): Promise<void> {
  const { engine, draft } = step;
  const flow = engine.flowOf(draft);
  const isFurther = draft.step !== '' && reply.step !== draft.step;
  // What was submitted is a record from now on: nothing leads back to before.
  const isOver = flow.kindOf(reply.step) === 'record' && draft.submissionId !== undefined;
  const canGoBackTo = (before: string) =>
    before !== reply.step && (flow.isDetour(reply.step) || !flow.isDetour(before));
  const trail = isFurther ? [...draft.trail, draft.step] : draft.trail;
  const asked: Draft = {
    ...draft,
    step: reply.step,
    data: { ...reply.data },
    trail: isOver ? [] : trail.filter(canGoBackTo).slice(-trailLength),
    submissionId: newSubmissionId(flow, reply.step),
  };
  const card = await flow.show(asked.step, turnOf(step, asked, { problem: reply.problem }));
  // Before the card: the older one that was pressed shows the same as the new one in the end.
  const ended = isOver ? endFormerCards(engine, step.incoming, asked) : undefined;
  await commit(step, asked, card, {
    isWaiting: waitsAfter(flow, asked.step),
    isRefused: reply.problem !== undefined,
  }).catch((error) => showDone(step, { card, isDone: isOver }, error));
  await ended;
}

/** Drawn anew with each card on which a second press must not count: a confirmation, a list that its buttons change. */
function newSubmissionId(flow: Flow, step: string): string | undefined {
  return flow.hasSubmission(step) ? randomUUID() : undefined;
}

/** What this person types here next answers this question, unless it is one that is only pressed. */
function waitsAfter(flow: Flow, step: string): 'yes' | undefined {
  return flow.kindOf(step) === 'list' ? undefined : 'yes';
}

async function settle(step: StepContext, settled: NonNullable<Draft['settled']>): Promise<undefined> {
  const { content, summary } = settled;
  const draft: Draft = { ...step.draft, settled };
  const ended = endFormerCards(step.engine, step.incoming, draft);
  await commit(step, draft, { content, summary }, { isWaiting: 'no' });
  await Promise.all([ended, tellFormerPlaces(step.engine, step.incoming, draft)]);
}

async function saveForLater(step: StepContext): Promise<undefined> {
  const { engine, incoming, draft } = step;
  const flow = engine.flowOf(draft);
  const words = wordsOf(incoming, draft);
  if (!flow.isKept) {
    const { title, text } = words.common.notKept(commandFor(words, flow, draft) ?? flow.name);
    return settle(step, messageCard(engine.contextFor(incoming), { title, lines: [text] }));
  }
  const { title, text } = words.common.savedForLater(draft.title ?? words.help.title);
  const context = engine.contextFor(incoming, draft);
  const buttons = [button(context, 'resume'), button(context, 'discard')];
  await commit(step, draft, messageCard(context, { title, lines: [text], buttons }), { isWaiting: 'no' });
}

async function goBack(step: StepContext): Promise<undefined> {
  const { engine, draft } = step;
  const flow = engine.flowOf(draft);
  const name = draft.trail.at(-1) ?? draft.step;
  const before: Draft = {
    ...draft,
    step: name,
    trail: draft.trail.slice(0, -1),
    submissionId: newSubmissionId(flow, name),
  };
  const card = await flow.show(name, turnOf(step, before));
  await commit(step, before, card, { isWaiting: waitsAfter(flow, name) });
}

/** The question once more with what was wrong; when even that can't be drawn, a way to come back. */
async function showAgain(step: StepContext, problem: string, answer: Answer): Promise<Card> {
  const { engine, incoming, draft } = step;
  try {
    return await engine.flowOf(draft).show(draft.step, turnOf(step, draft, { problem, entered: answer.values }));
  } catch (error) {
    engine.describe(error, incoming);
    return wayBackCard(engine, incoming, draft, problem);
  }
}

/** The card says so, and those who wait for how it ends are told. */
export async function discard(step: StepContext): Promise<undefined> {
  const { engine, incoming, draft } = step;
  await settle(step, { ...discardedCard(engine, incoming, draft), isDiscarded: true });
  await tellDiscarded(engine, incoming, draft);
}

/** The question where it was left; where it states facts, as they are now: asked anew once, for the reply and its card. */
export async function resumeQuestion(step: StepContext): Promise<undefined> {
  const { engine, draft } = step;
  const flow = engine.flowOf(draft);
  engine.factCaches.forget(draft.id);
  const reply = await flow.resume(draft.step, turnOf(step, draft));
  if (reply?.kind === 'ask') {
    await ask(step, reply);
    return;
  }
  const card = await flow.show(draft.step, turnOf(step, draft));
  await commit(step, draft, card, { isWaiting: waitsAfter(flow, draft.step) });
}

/** Nothing was done: where the conversation stands, with the buttons that count. */
export async function showCurrentQuestion(step: StepContext): Promise<Card> {
  const { engine, incoming, draft, display } = step;
  const flow = engine.flowOf(draft);
  const card = await flow.show(draft.step, turnOf(step, draft));
  const isNewMessage = step.draft.card?.messageId !== undefined && display.message === 'new';
  if (isNewMessage) await engine.write(incoming, draft, { isWaiting: waitsAfter(flow, draft.step) });
  await display.show(card, { isRefused: false, draft });
  return card;
}
