import { isOpen, type Window } from '../domain/cancellations/cancellation-window.ts';
import type { ReadinessProblem } from '../domain/customers/readiness.ts';
import type { Doubt } from '../domain/orders/ask-back.ts';
import type { OrderReason, OrderSubmission, PurchaseContent } from '../domain/orders/submission.ts';
import type { Words } from '../words/words.ts';
import { button } from './buttons.ts';
import type { Card } from './card.ts';
import { messageCard } from './message.ts';
import { adviceLines } from './readiness.ts';
import { type CardContext, draw, type Fact } from './render.ts';

interface Review {
  readonly content: PurchaseContent;
  /** Of the checks before an order; what is in it does not keep the order from being confirmed. */
  readonly missing: readonly ReadinessProblem[];
  readonly window?: Window;
  readonly now: Date;
  readonly mayConfirm: boolean;
  readonly preparedBy?: string;
  /** What the person was asked about already: with the next press it is bought all the same. */
  readonly doubts: readonly Doubt[];
}

export function reviewPurchaseCard(
  context: CardContext,
  { content, missing, window, now, mayConfirm, preparedBy, doubts }: Review,
): Card {
  const { words } = context;
  const { purchase } = words;
  const isRepeated = doubts.some(({ kind }) => kind === 'repeated');
  const titleOf = isRepeated ? purchase.confirmAgain : doubts.length > 0 ? purchase.confirmAll : purchase.confirm;
  const confirm = button(context, 'confirm', {
    title: titleOf(content.item.quantity, content.total),
    style: 'positive',
  });
  const asked =
    doubts.length > 0 ? purchase.askBack(doubts.map((one) => words.doubt(one, context.timeZone))) : undefined;
  const problem = [context.problem, asked].filter(Boolean).join(' ') || undefined;
  return draw(
    { ...context, problem },
    {
      title: purchase.review,
      subtitle: preparedBy && words.common.handedOver(preparedBy),
      facts: [...factsOf(words, content), { title: purchase.facts.currency, value: content.total.currency }],
      lines: [
        ...adviceLines(words, content.customerName, missing),
        window && isOpen(window, now)
          ? purchase.cancellable(window.closesAt, window.refund, context.timeZone)
          : purchase.notCancellable,
        ...(content.isAttested ? [purchase.attests.item] : []),
        ...(content.isPartnerAttested ? [purchase.attests.partner] : []),
        mayConfirm ? purchase.whatHappens : purchase.mayNotConfirm,
      ],
      buttons: [
        ...(mayConfirm ? [confirm] : preparedBy ? [] : [button(context, 'handOver', { style: 'positive' })]),
        button(context, 'edit'),
        ...(context.draft?.canGoBack ? [button(context, 'back')] : []),
        button(context, 'later'),
        button(context, 'discard'),
      ],
    },
  );
}

function factsOf(words: Words, { customerName, itemTitle, item, unitPrice, total }: PurchaseContent): Fact[] {
  const { facts } = words.purchase;
  return [
    { title: facts.customer, value: customerName },
    { title: facts.item, value: itemTitle },
    { title: facts.segment, value: words.segment(item.segment) },
    { title: facts.term, value: words.term(item.termDuration) },
    { title: facts.billing, value: words.billing(item.billingCycle) },
    { title: facts.quantity, value: String(item.quantity) },
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
  if (state === 'accepted')
    return messageCard(bare, {
      title: purchase.inProgress.title,
      lines: [reason?.kind === 'sign-in-refused' ? words.common.signInRefused : purchase.inProgress.text],
      facts,
    });
  if (state === 'declined')
    return messageCard(bare, {
      title: reason?.kind === 'price-changed' ? purchase.declined.priceChanged : purchase.declined.title,
      lines: [whyDeclined(words, content.customerName, reason), ...notes],
      facts,
    });
  if (state === 'needs_person')
    return messageCard(bare, {
      title: purchase.needsPerson.title,
      lines: [purchase.needsPerson.text, ...notes],
      facts,
    });
  const label = orderNumbers.length > 1 ? purchase.facts.orders : purchase.facts.order;
  const until = content.cancellableUntilAt;
  return messageCard(bare, {
    title: purchase.ordered(content.item.quantity, content.itemTitle),
    lines: [purchase.orderedText(orderNumbers), ...notes],
    facts: [{ title: label, value: orderNumbers.join(', ') }, ...facts],
    notes: until
      ? [purchase.cancellable(until, content.item.termDuration ? 'prorated' : 'full', context.timeZone)]
      : [],
  });
}

function whyDeclined(words: Words, customer: string, reason: OrderReason | undefined): string {
  const { declined } = words.purchase;
  if (reason?.kind === 'price-changed') return declined.again;
  if (reason?.kind !== 'declined' || !reason.missing) return declined.text;
  const { what, remedy } = words.readiness.sentence(customer, reason.missing);
  return declined.missing(what, remedy);
}
