import type { CaseAnswers } from '../domain/cancellations/case-fields.ts';
import { type Eligibility, eligibilityOf, linesLeft } from '../domain/cancellations/eligibility.ts';
import { followingOf } from '../domain/cancellations/follow-case.ts';
import { proposedTitle } from '../domain/cancellations/ticket-text.ts';
import { Refusal, type RefusalFacts } from '../domain/errors.ts';
import { toDecimal } from '../domain/money.ts';
import type { FoundOrder } from '../domain/orders/find-order.ts';
import type { World } from '../domain/world.ts';
import { explain } from '../words/words.ts';
import {
  ask,
  type CancelSteps,
  cancellable,
  type FirstData,
  knownFrom,
  type OfCustomer,
  orderIn,
  type TicketData,
} from './cancel-answers.ts';
import { followedCard } from './case.ts';
import { done, type FirstTurn, type MaybePromise, type Reply } from './engine/flow.ts';
import { purchasesNamed } from './understand.ts';

type CancelReply = Reply<CancelSteps>;

/** To the order that was named in words, where it is one; else to those that it may be. */
export async function toOrder(turn: FirstTurn, data: OfCustomer): Promise<CancelReply> {
  if (!data.bought) return ask('order', data);
  const purchases = await cancellable(turn.facts, data);
  const { found, isCertain } = purchasesNamed(purchases, data.bought);
  const [only] = found;
  if (!only || !isCertain) {
    const isNone = found.length === 0 && purchases.length > 0;
    return ask('order', data, isNone ? turn.words.software.noneNamed(data.bought) : undefined);
  }
  const { id: orderId, number: orderNumber } = only.order;
  const lineNumbers = [only.line.number];
  return withOrder(
    turn,
    { ...data, lineNumbers },
    await orderIn(turn.facts, { customerId: data.customerId, orderId, orderNumber }),
  );
}

/** Where somebody begins to write, or to read what they have written. */
const beforeWork: readonly (keyof CancelSteps)[] = ['reason', 'form', 'review'];

/** Where a colleague's cancellation of the order is under way, that is shown instead, and whoever wants it may be told of it. */
export async function orCaseOf(turn: FirstTurn, go: () => MaybePromise<CancelReply>): Promise<CancelReply> {
  try {
    const reply = await go();
    if (reply.kind === 'ask' && beforeWork.includes(reply.step))
      await demandNoCase(turn.facts, reply.data as TicketData);
    return reply;
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'case-open') throw error;
    const { reference } = error.facts as RefusalFacts['case-open'];
    const found = await turn.world.cases.get(reference);
    if (!found) throw error;
    const following = await followingOf(turn.world, turn.who, found);
    return done(await followedCard(turn, found, following, explain(turn.words, error)));
  }
}

/** A colleague may have submitted one since: the work would be in vain. Within the minute of the facts, Submit finds it. */
async function demandNoCase(facts: World, { orderId, orderNumber: order }: TicketData): Promise<void> {
  const open = await facts.cases.openForOrder(orderId);
  if (open) throw new Refusal('case-open', { reference: open.reference, order });
}

/** The order is known: its only line is what is to be cancelled, or the person says which of its lines. */
export async function withOrder(turn: FirstTurn, data: FirstData, found: FoundOrder): Promise<CancelReply> {
  const { customer, order } = found;
  const chosen = {
    ...data,
    search: undefined,
    customerId: customer.id,
    customerName: customer.name,
    orderId: order.id,
    orderNumber: order.number,
  };
  const left = linesLeft(order);
  if (left.length <= 1) return withLines(turn, chosen, found, left);
  const eligibility = await eligibilityOf(turn.facts, found);
  return ask('lines', { ...chosen, closing: closingIn(turn.world.clock.now(), eligibility) });
}

/** Everything that can be known is filled in beforehand. */
export async function withLines(
  turn: FirstTurn,
  data: OfCustomer & { readonly orderId: string; readonly orderNumber: string },
  found: FoundOrder,
  lineNumbers: number[],
): Promise<CancelReply> {
  const eligibility = await eligibilityOf(turn.facts, found, lineNumbers);
  const { customer, order, refund, lines } = eligibility;
  const subscriptionId = order.lines.length > 1 && lines.length === 1 ? lines[0]?.subscriptionId : undefined;
  const answers: CaseAnswers = {
    tenant: customer.domain,
    named: subscriptionId ?? order.number,
    amount: refund && toDecimal(refund.amount),
    title: proposedTitle(order.number, customer.name),
    impact: 'minimal',
  };
  return ask('how', {
    ...data,
    lineNumbers,
    known: knownFrom(eligibility),
    closing: closingIn(turn.world.clock.now(), eligibility),
    answers: { ...answers, reason: reasonBefore(turn, eligibility), ...data.answers },
  });
}

/** What the same person gave when it was refused at once; what was said in private stays private. */
function reasonBefore({ who, isPrivate }: FirstTurn, { refused }: Eligibility): string | undefined {
  const before = refused?.case;
  const isTheirs = before?.requesterId === who.id && (isPrivate || !before.isPrivate);
  return isTheirs ? before.content.reason : undefined;
}

/** The owner is reminded of a window that closes while this is a draft. */
export function closingIn(now: Date, { order, window, isInWindow }: Eligibility): FirstData['closing'] {
  if (!window || !isInWindow) return undefined;
  const askedAt = now.toISOString();
  return { orderNumber: order.number, closesAt: window.closesAt.toISOString(), askedAt };
}
