import {
  type Case,
  isAccepted,
  isClosed,
  isGivenUp,
  isHandOver,
  isWaitingForSignIn,
  messagesAtHandOver,
} from '../domain/cancellations/case.ts';
import { type CaseStep, type CaseStory, stepsOf, whoEnded } from '../domain/cancellations/case-steps.ts';
import type { Following } from '../domain/cancellations/follow-case.ts';
import { type KeyViewer, viewersIn } from '../domain/keys/key-reveals.ts';
import type { Words } from '../words/words.ts';
import { commandButton } from './buttons.ts';
import type { Button, Card, Step } from './card.ts';
import { caseBadge, stateOf } from './cases.ts';
import { type CardContext, type CardModel, draw, type Fact } from './render.ts';

/** Where a case stands. The bot edits it when something happens; once it has completed, there is a text for the customer. */
export function caseCard(shown: CardContext, found: Case, story: CaseStory): Card {
  const context = { ...shown, draft: undefined, problem: undefined };
  return draw(context, {
    ...caseModel(context, found, story),
    notes: isClosed(found.state) ? [] : [context.words.notices.why],
    buttons: found.state === 'completed' ? [customerTextButton(context, found)] : [],
  });
}

/** The case that somebody else has submitted, and whether this person is told of it; `why`: why it is shown. */
export function followedCaseCard(
  shown: CardContext,
  found: Case,
  { story, following, why }: { readonly story: CaseStory; readonly following: Following; readonly why?: string },
): Card {
  const context = { ...shown, draft: undefined, problem: undefined };
  const { cases } = context.words;
  const model = caseModel(context, found, story);
  return draw(context, {
    ...model,
    lines: [why ?? cases.following[following], ...(model.lines ?? [])],
    buttons: [
      ...followButtons(context, found, following),
      commandButton(context, `cases ${found.reference}`, { title: cases.open(found.reference) }),
    ],
  });
}

/** What it answers is for whoever presses it, wherever the card stands. */
function followButtons(context: CardContext, { reference }: Case, following: Following): Button[] {
  const { follow, unfollow } = context.words.buttons;
  const own = { ...context, isPrivate: true };
  if (following === 'yes') return [commandButton(own, `cases unfollow ${reference}`, { title: unfollow })];
  if (following !== 'no') return [];
  return [commandButton(own, `cases follow ${reference}`, { title: follow, style: 'positive' })];
}

/** What every card of a case shows: whose it is, the amount, and its way so far. */
export function caseModel(context: CardContext, found: Case, { history, keyReveals }: CaseStory): CardModel {
  const { words } = context;
  const { reference, content } = found;
  return {
    icon: 'History',
    title: words.caseCard.title(reference),
    subtitle: `${content.customerName} · ${words.software.orderNumber(content.orderNumber)}`,
    badge: caseBadge(words, found),
    amount: { text: words.money(content.amount), note: amountNote(words, found) },
    steps: caseSteps(context, found, history),
    // By whom it was given up, the last step says.
    lines: isGivenUp(found) ? [words.cancel.givenUp] : linesOf(words, found),
    facts: [
      { title: words.cancel.facts.ending, value: words.ending(found.ending) },
      ...(found.state === 'completed' ? [seenByFact(context, viewersIn(keyReveals))] : []),
    ],
    summary: words.caseCard.summary(reference, content.customerName, stateOf(words, found)),
  };
}

function amountNote({ caseCard }: Words, { state, ending, content }: Case): string {
  if (state !== 'completed') return caseCard.asked(content.item);
  return ending === 'ticket' ? caseCard.credited(content.item) : caseCard.back(content.item);
}

/** The way of a case so far, and what is ahead of it. */
export function caseSteps(context: CardContext, found: Case, history: CaseStory['history']): Step[] {
  return stepsOf(found, history).map((step) => toLook(context, found, step));
}

function toLook({ words, timeZone }: CardContext, found: Case, { kind, status, at }: CaseStep): Step {
  const { steps } = words.caseCard;
  const by = whoEnded(found);
  const texts: Readonly<Record<CaseStep['kind'], string>> = {
    submitted: steps.submitted(found.requesterName),
    cancelling: steps.cancelling,
    filing: steps.filing,
    filed: steps.filed(found.ticketId),
    decides: steps.decides,
    'needs-person': steps['needs-person'](status === 'now'),
    completed: steps.completed(found.content.wholeOrder),
    refused: by === undefined ? steps.refused : steps.givenUp(by),
  };
  const reached = status === 'now' ? steps.since : steps.at;
  const time = at ? reached(at, timeZone) : status === 'now' ? steps.now : steps.ahead;
  return { status: kind === 'refused' ? 'failed' : status, text: texts[kind], time };
}

/** Who looked at keys or downloads of the order, how often and when last. */
export function seenByFact({ words, timeZone }: CardContext, viewers: readonly KeyViewer[]): Fact {
  const { facts, viewer, nobodySaw } = words.cancel;
  const seen = viewers.map((one) => viewer(one, timeZone));
  // A long value would squeeze the title into a word a line.
  return { title: facts.seenBy.replaceAll(' ', '\u00a0'), value: seen.length > 0 ? seen.join('; ') : nobodySaw };
}

/** What it means, and the reason that explains it. */
export function linesOf(words: Words, found: Case): string[] {
  const { cancel } = words;
  const reasons = found.reason ? [words.caseReason(found.reason)] : [];
  if (isHandOver(found)) return [...refusedLines(words, found), cancel.stillToFile(found.reference)];
  if (isGivenUp(found)) return [...reasons, cancel.givenUp];
  if (isWaitingForSignIn(found)) return [words.common.signInRefused];
  const isExplained = found.state === 'refused' || found.state === 'needs_person';
  return [isTaken(found) ? cancel.caseText[found.state] : cancel.notTakenYet, ...(isExplained ? reasons : [])];
}

/** Why a person has to file the ticket. */
export function refusedLines(words: Words, found: Case): string[] {
  const said = messagesAtHandOver(found);
  return said.length > 0 ? [words.cancel.handOver.refused(said)] : [];
}

/** Until Partner Center has confirmed, nothing is said to be taken. */
function isTaken(found: Case): boolean {
  return found.state !== 'cancelling' || isAccepted(found);
}

/** What it gives is for whoever presses it, wherever the card stands. */
export function customerTextButton(context: CardContext, { reference }: Case): Button {
  return commandButton({ ...context, isPrivate: true }, `cases text ${reference}`, {
    title: context.words.buttons.textForCustomer,
    style: 'positive',
  });
}

/** What the customer is to be told, ready to be copied: in their language, and in that of whoever asked. */
export function customerTextCard(
  shown: CardContext,
  { content }: Case,
  texts: readonly { readonly name: string; readonly words: Words }[],
): Card {
  const context = { ...shown, draft: undefined, problem: undefined };
  const { item, orderNumber: order, wholeOrder: isWholeOrder, customerName } = content;
  const { title, hint } = context.words.caseCard.forCustomer;
  return draw(context, {
    icon: 'DocumentText',
    title,
    subtitle: `${customerName} · ${context.words.software.orderNumber(order)}`,
    lines: [hint],
    parts: texts.map(({ name, words }) => ({
      label: name,
      lines: words.caseCard.forCustomer.text({ item, order, isWholeOrder }),
    })),
  });
}
