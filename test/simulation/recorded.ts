import type { Case } from '../../src/domain/cancellations/case.ts';
import { linesOf, type OrderSubmission } from '../../src/domain/orders/submission.ts';
import type { Recorded, RecordedCase, RecordedNotice, RecordedOrder } from '../histories/events.ts';
import { type SimulatedPartnerCenter, wantedOf } from './partner-center.ts';
import type { Scheduler } from './scheduler.ts';
import type { SimulatedStorage } from './storage.ts';

/** What the database has, and Partner Center, in the middle of it. */
export function recordedOf(
  scheduler: Scheduler,
  { records: { written, kept }, jobs, visible, observed }: SimulatedStorage,
  partnerCenter: SimulatedPartnerCenter,
): Recorded {
  const numberOf = (id: string): string => partnerCenter.orders.get(id)?.number ?? id;

  const requestIds = (of: 'order' | 'case', id: string): string[] =>
    written.attempts.flatMap(({ step, requestId }) => (step.of === of && step.id === id ? [requestId] : []));

  const order = ({ submissionId, state, personId, placeId, isPrivate, ...one }: OrderSubmission): RecordedOrder => ({
    ...{ submission: submissionId, state, person: personId, place: placeId, isPrivate },
    ...(one.content.preparer && { preparer: one.content.preparer.id }),
    ...(one.card && { card: one.card.messageId }),
    ...(one.cartId !== undefined && { cart: one.cartId }),
    orders: one.orderIds.map(numberOf),
    requestIds: requestIds('order', submissionId),
    content: linesOf(one.content)
      .map(({ item }) => wantedOf(item))
      .join(),
    money: one.content.total,
  });

  const cancellation = ({ submissionId, reference, state, reason, content, ...one }: Case): RecordedCase => ({
    ...{ submission: submissionId, reference, state, isAccepted: reason?.kind === 'accepted' },
    ...{ openedAt: observed.openedAt.get(reference), closedAt: observed.closedAt.get(reference) },
    ...{ person: one.requesterId, place: one.placeId, isPrivate: one.isPrivate },
    ...(content.preparer && { preparer: content.preparer.id }),
    ...(one.card && { card: one.card.messageId }),
    order: numberOf(content.orderId),
    isWholeOrder: content.wholeOrder,
    timesTakenUp: one.timesTakenUp,
    ...(one.ticketId !== undefined && { ticket: one.ticketId }),
    requestIds: requestIds('case', reference),
    money: content.amount,
  });

  const notices = written.notices.map(({ id, kind, target, state, ...facts }): RecordedNotice => {
    const named = facts as { submissionId?: string; reference?: string };
    return { id, kind, about: named.submissionId ?? named.reference ?? '', target, state };
  });

  return {
    ...{ kind: 'recorded', at: scheduler.now(), isQuiet: false },
    orders: [...written.orderSubmissions.values()].map(order),
    cases: [...written.cases.values()].map(cancellation),
    notices,
    drafts: [...kept.values()].map(({ id, ownerId: owner, place, step, submissionId, settled, revision }) => ({
      ...{ revision, writes: observed.writes.get(id), begunBy: observed.begunBy.get(id) },
      ...{ id, owner, place: place.id, step, isOver: settled !== undefined },
      ...(submissionId !== undefined && { submission: submissionId }),
    })),
    visibleKeys: [...visible.values()].map(({ message, hideAt }) => ({
      message: message.messageId,
      hideAt: hideAt.getTime(),
    })),
    jobs: jobs.left().map(({ about }) => about),
    reveals: [...written.keyReveals.values()].map(({ personId, orderId }) => ({ person: personId, order: orderId })),
    outside: {
      orders: [...partnerCenter.orders.values()].map(({ id, number, status }) => ({
        ...{ id: number, isCancelled: status === 'cancelled', cancelledAt: partnerCenter.cancelledAt.get(id) },
      })),
      tickets: [...partnerCenter.tickets.values()].map(({ id, title }) => {
        const [reference] = /SD-[0-9A-Z]{6}/.exec(title) ?? [];
        return { id, ...(reference !== undefined && { reference }) };
      }),
    },
  };
}
