import { isOpen, type Window } from '../domain/cancellations/cancellation-window.ts';
import type { ReadinessProblem } from '../domain/customers/readiness.ts';
import { type Money, times } from '../domain/money.ts';
import type { Doubt } from '../domain/orders/ask-back.ts';
import {
  linesOf,
  type OrderReason,
  type OrderSubmission,
  type PurchaseContent,
  type PurchaseLine,
} from '../domain/orders/submission.ts';
import { onOneLine, type Words } from '../words/words.ts';
import { button } from './buttons.ts';
import type { Card, Row } from './card.ts';
import { adviceLines } from './readiness.ts';
import { type CardContext, draw, type Fact } from './render.ts';

interface Review {
  readonly content: PurchaseContent;
  /** Of the checks before an order; what is in it does not keep the order from being confirmed. */
  readonly missing: readonly ReadinessProblem[];
  /** Of each line. */
  readonly windows: readonly (Window | undefined)[];
  readonly now: Date;
  readonly mayConfirm: boolean;
  /** For orders that not everybody with the right may confirm, where the total is above it. */
  readonly limit?: Money;
  readonly preparedBy?: string;
  /** What the person was asked about already: with the next press it is bought all the same. */
  readonly doubts: readonly Doubt[];
}

export function reviewPurchaseCard(
  context: CardContext,
  { content, missing, windows, now, mayConfirm, limit, preparedBy, doubts }: Review,
): Card {
  const { words } = context;
  const { purchase } = words;
  const isRepeated = doubts.some(({ kind }) => kind === 'repeated');
  const titleOf = isRepeated ? purchase.confirmAgain : doubts.length > 0 ? purchase.confirmAll : purchase.confirm;
  const confirm = button(context, 'confirm', {
    title: titleOf(quantityOf(content), content.total),
    style: 'positive',
  });
  const lines = linesOf(content);
  const lastMoment = (at: number): string => {
    const window = windows[at];
    return window && isOpen(window, now)
      ? purchase.cancellable(window.closesAt, window.refund, context.timeZone)
      : purchase.notCancellable;
  };
  const unusual = doubts.map((one) => words.doubt(one, context.timeZone));
  // What else is in the way says itself what to press, and when.
  const asked = unusual.length > 0 && !context.problem ? [purchase.askBack(unusual)] : unusual;
  const problem = [context.problem, ...asked].filter(Boolean).join(' ') || undefined;
  return draw(
    { ...context, problem },
    {
      title: purchase.review,
      about: aboutOf(words, content, words.money(content.total)),
      subtitle: preparedBy && words.common.handedOver(preparedBy),
      amount: { text: words.money(content.total), note: purchase.net(lines.length) },
      facts: [...factsOf(words, content), { title: purchase.facts.currency, value: content.total.currency }],
      items: rowsOf(words, content, (at) => [lastMoment(at)]),
      lines: [
        ...adviceLines(words, content.customerName, missing),
        ...(lines.length === 1 ? [lastMoment(0)] : []),
        ...(lines.some(({ isAttested }) => isAttested) ? [purchase.attests.item] : []),
        ...(content.isPartnerAttested ? [purchase.attests.partner] : []),
        mayConfirm ? purchase.whatHappens : whoConfirms(words, content.total, limit),
        // Others see the card too, and the button on it.
        ...(mayConfirm && limit && preparedBy ? [purchase.adminAgentOnly(limit)] : []),
      ],
      buttons: [
        ...(mayConfirm ? [confirm] : preparedBy ? [] : [button(context, 'handOver', { style: 'positive' })]),
        button(context, 'edit'),
        button(context, 'addLine', { mode: 'secondary' }),
        ...(context.draft?.canGoBack ? [button(context, 'back', { mode: 'secondary' })] : []),
        button(context, 'later', { mode: 'secondary' }),
        button(context, 'discard', { mode: 'secondary' }),
      ],
    },
  );
}

const whoConfirms = (words: Words, total: Money, limit: Money | undefined): string =>
  limit ? onOneLine(words.refusals['above-limit']({ total, limit })) : words.purchase.mayNotConfirm;

const quantityOf = (content: PurchaseContent): number =>
  linesOf(content).reduce((sum, { item }) => sum + item.quantity, 0);

/** What was asked for and for whom, in one line. */
function aboutOf(words: Words, content: PurchaseContent, ...more: readonly string[]): string {
  const titles = linesOf(content).map(({ item, itemTitle }) => words.purchase.line(item.quantity, itemTitle));
  return [titles.join(', '), content.customerName, ...more].join(' · ');
}

/** One row for each line, where there are several. */
function rowsOf(words: Words, content: PurchaseContent, more: (at: number) => readonly string[]): Row[] {
  const lines = linesOf(content);
  if (lines.length === 1) return [];
  return lines.map(({ item, itemTitle, unitPrice }, at) => ({
    heading: words.purchase.line(item.quantity, itemTitle),
    details: [
      words.purchase.sum(item.quantity, unitPrice, times(unitPrice, item.quantity)),
      [words.segment(item.segment), words.term(item.termDuration), words.billing(item.billingCycle)].join(' · '),
      ...more(at),
    ],
  }));
}

function factsOf(words: Words, content: PurchaseContent): Fact[] {
  const { customerName, itemTitle, item, unitPrice, total, furtherLines = [] } = content;
  const { facts } = words.purchase;
  if (furtherLines.length > 0)
    return [
      { title: facts.customer, value: customerName },
      { title: facts.total, value: words.money(total) },
    ];
  return [
    { title: facts.customer, value: customerName },
    { title: facts.item, value: itemTitle },
    { title: facts.segment, value: words.segment(item.segment) },
    { title: facts.term, value: words.term(item.termDuration) },
    { title: facts.billing, value: words.billing(item.billingCycle) },
    { title: facts.quantity, value: words.number(item.quantity) },
    { title: facts.unitPrice, value: words.money(unitPrice) },
    { title: facts.total, value: words.money(total) },
  ];
}

/** The settled twin of the review card: what became of the order. `orderNumbers` are the ones people say. */
export function orderCard(context: CardContext, submission: OrderSubmission, orderNumbers: readonly string[]): Card {
  const { words } = context;
  const { purchase } = words;
  const { content, state, reason } = submission;
  const { preparer } = content;
  const facts = [
    ...factsOf(words, content),
    { title: purchase.facts.by, value: submission.personName },
    ...(preparer ? [{ title: purchase.facts.preparer, value: preparer.name }] : []),
  ];
  const bare: CardContext = { ...context, draft: undefined };
  const notes = reason ? [words.orderReason(reason, state)] : [];
  const rows = rowsOf(words, content, () => []);
  const about = aboutOf(words, content);
  if (state === 'accepted')
    return draw(bare, {
      items: rows,
      title: purchase.inProgress.title,
      about,
      lines: [reason?.kind === 'sign-in-refused' ? words.common.signInRefused : purchase.inProgress.text],
      facts,
    });
  if (state === 'declined')
    return draw(bare, {
      items: rows,
      title: titleOfDeclined(words, reason),
      about,
      lines: [whyDeclined(words, content.customerName, reason), ...notes],
      facts,
    });
  if (state === 'needs_person')
    return draw(bare, {
      items: rows,
      title: purchase.needsPerson.title,
      about,
      lines: [purchase.needsPerson.text, ...notes],
      facts,
    });
  const label = orderNumbers.length > 1 ? purchase.facts.orders : purchase.facts.order;
  const lines = linesOf(content);
  const [first = content, ...others] = lines;
  const titles = [first.itemTitle, ...others.map(({ item, itemTitle }) => purchase.line(item.quantity, itemTitle))];
  return draw(bare, {
    title: purchase.ordered(first.item.quantity, titles.join(', ')),
    about: content.customerName,
    lines: [purchase.orderedText(orderNumbers), ...notes],
    facts: [{ title: label, value: orderNumbers.join(', ') }, ...facts],
    items: rowsOf(words, content, (at) => lastMomentOf(context, lines[at])),
    notes: lines.length === 1 ? lastMomentOf(context, first) : [],
  });
}

function lastMomentOf({ words, timeZone }: CardContext, line: PurchaseLine | undefined): string[] {
  const { cancellableUntilAt: until, item } = line ?? {};
  return until ? [words.purchase.cancellable(until, item?.termDuration ? 'prorated' : 'full', timeZone)] : [];
}

/** Partner Center never said no to what it could not be asked for in time. */
const isTooLate = (reason: OrderReason | undefined): boolean =>
  reason?.kind === 'unreachable' || reason?.kind === 'sign-in-refused';

function titleOfDeclined({ purchase: { declined } }: Words, reason: OrderReason | undefined): string {
  if (isTooLate(reason)) return declined.tooLate.title;
  return reason?.kind === 'price-changed' ? declined.priceChanged : declined.title;
}

function whyDeclined(words: Words, customer: string, reason: OrderReason | undefined): string {
  const { declined } = words.purchase;
  if (isTooLate(reason)) return declined.tooLate.text;
  if (reason?.kind === 'price-changed') return declined.again;
  if (reason?.kind !== 'declined' || !reason.missing) return declined.text;
  const { what, remedy } = words.readiness.sentence(customer, reason.missing);
  return declined.missing(what, remedy);
}
