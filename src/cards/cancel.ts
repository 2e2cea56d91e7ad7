import { daysLeft } from '../domain/cancellations/cancellation-window.ts';
import type { CaseContent, CaseEnding } from '../domain/cancellations/case.ts';
import type { Eligibility } from '../domain/cancellations/eligibility.ts';
import type { Order, OrderLine } from '../domain/orders/order.ts';
import type { Words } from '../words/words.ts';
import { button, questionButtons } from './buttons.ts';
import type { Card } from './card.ts';
import { type Choice, choiceInput, readChoices } from './inputs.ts';
import { type CardContext, draw, type Fact } from './render.ts';

/** The facts that are shown before the first question and again at the end. */
export function eligibilityFacts(
  context: CardContext,
  { customer, order, lines, window, isInWindow, refund }: Eligibility,
  now: Date,
): Fact[] {
  const { words, timeZone } = context;
  const { facts } = words.cancel;
  const cancellable = window
    ? isInWindow
      ? words.cancel.until(window.closesAt, daysLeft(window, now), timeZone)
      : words.cancel.closed(window.closesAt, timeZone)
    : words.cancel.noWindow;
  const back = refund ? words.cancel.refund(refund) : words.cancel.unknownRefund;
  return [
    { title: facts.customer, value: customer.name },
    { title: facts.order, value: `${order.number} (${words.day(order.createdAt)})` },
    { title: facts.item, value: lines.map((line) => words.software.line(line.quantity, line.title)).join('; ') },
    { title: facts.window, value: cancellable },
    { title: facts.refund, value: refund && !isInWindow ? words.cancel.ifGranted(back) : back },
  ];
}

/** What cancelling would mean, and how to go on. */
export function howToCancelCard(context: CardContext, eligibility: Eligibility, now: Date): Card {
  const { words } = context;
  const { endings, order, refused } = eligibility;
  const isNowPossible = endings.includes('cancel-now');
  return draw(context, {
    title: words.cancel.title(order.number),
    facts: eligibilityFacts(context, eligibility, now),
    lines: [
      // Said as the problem, where it happened just now.
      ...(refused && !context.problem
        ? [words.cancel.refusedAtOnce(refused.at, words.caseChange(refused.change))]
        : []),
      ...adviceLines(words, eligibility),
      isNowPossible ? words.cancel.howOpen : words.cancel.howTicket,
    ],
    notes: [words.cancel.effects],
    buttons: [
      ...(isNowPossible ? [button(context, 'cancelNow', { style: 'destructive' }), button(context, 'fileTicket')] : []),
      ...(refused ? [button(context, 'byTicket', { style: 'positive' })] : []),
      button(context, 'stepByStep'),
      ...(refused ? [] : [button(context, 'oneForm')]),
      button(context, 'later'),
      button(context, 'discard'),
    ],
  });
}

function adviceLines({ cancel }: Words, { ticket, unread }: Eligibility): string[] {
  return [...(ticket ? [cancel.ticketExists(ticket.id)] : []), ...unread.map((what) => cancel.unread[what])];
}

const wholeOrder = 'all';

export function chooseLinesCard(context: CardContext, order: Order, lines: readonly OrderLine[], value?: string): Card {
  const { words } = context;
  return draw(context, {
    title: words.cancel.whichLines,
    subtitle: words.cancel.title(order.number),
    lines: [words.cancel.linesHint],
    inputs: [choiceInput(words, 'lines', lineChoices(words, lines), { value, isMultiple: true })],
    buttons: questionButtons(context, { canKeep: true }),
  });
}

function lineChoices(words: Words, lines: readonly OrderLine[]): Choice[] {
  const one = lines.map((line) => ({
    title: words.software.line(line.quantity, line.title),
    value: String(line.number),
  }));
  return [{ title: words.cancel.wholeOrder, value: wholeOrder }, ...one];
}

export function readLines(
  words: Words,
  lines: readonly OrderLine[],
  answer: Parameters<typeof readChoices>[3],
): number[] {
  const picked = readChoices(words, 'lines', lineChoices(words, lines), answer);
  const numbers = lines.map((line) => line.number);
  return picked.includes(wholeOrder) ? numbers : numbers.filter((number) => picked.includes(String(number)));
}

interface Review {
  readonly eligibility: Eligibility;
  readonly content: Pick<CaseContent, 'reason' | 'amount' | 'amountNote'> & Partial<CaseContent>;
  readonly ending: CaseEnding;
  readonly now: Date;
  readonly maySubmit: boolean;
  readonly preparedBy?: string;
}

export function reviewCaseCard(
  context: CardContext,
  { eligibility, content, ending, now, maySubmit, preparedBy }: Review,
): Card {
  const { words } = context;
  const { cancel, inputs } = words;
  const other = eligibility.endings.find((one) => one !== ending);
  const submit = button(context, 'submit', {
    title: cancel.submit(ending),
    style: ending === 'ticket' ? 'positive' : 'destructive',
  });
  const changeEnding = other && button(context, other === 'ticket' ? 'fileTicket' : 'cancelNow');
  return draw(context, {
    title: cancel.review,
    subtitle: preparedBy && words.common.handedOver(preparedBy),
    facts: [
      ...eligibilityFacts(context, eligibility, now),
      { title: inputs.reason, value: content.reason },
      {
        title: inputs.amount,
        value: words.money(content.amount) + (content.amountNote ? ` (${content.amountNote})` : ''),
      },
      ...ticketFacts(words, content, ending),
      { title: cancel.facts.ending, value: words.ending(ending) },
    ],
    lines: [
      ...adviceLines(words, eligibility),
      maySubmit
        ? ending === 'ticket'
          ? cancel.willFile
          : cancel.willCancelNow(eligibility.isWholeOrder)
        : cancel.mayNotSubmit,
    ],
    notes: [cancel.effects, ...(ending === 'ticket' ? [cancel.files] : [])],
    buttons: [
      ...(maySubmit
        ? [submit, ...(changeEnding ? [changeEnding] : [])]
        : preparedBy
          ? []
          : [button(context, 'handOver', { style: 'positive' })]),
      button(context, 'edit'),
      ...(context.draft?.canGoBack && !maySubmit ? [button(context, 'back')] : []),
      button(context, 'later'),
      button(context, 'discard'),
    ],
  });
}

function ticketFacts(words: Words, content: Partial<CaseContent>, ending: CaseEnding): Fact[] {
  if (ending !== 'ticket') return [];
  const { inputs } = words;
  const facts: [string, string | undefined][] = [
    [inputs.tenant, content.customerTenant],
    [inputs.named, content.named],
    [inputs.impact, content.impact && words.impact(content.impact)],
    [inputs.title, content.title],
    [inputs.contactName, content.contactName],
    [inputs.contactEmail, content.contactEmail],
    [inputs.contactPhone, content.contactPhone],
  ];
  return facts.flatMap(([title, value]) => (value ? [{ title, value }] : []));
}
