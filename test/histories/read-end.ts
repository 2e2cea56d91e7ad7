import { linesOf, type PurchaseContent } from '../../src/domain/orders/submission.ts';
import type { Json } from '../support/simulator-control.ts';
import type { Outside, Recorded, RecordedCase, RecordedNotice, RecordedOrder } from './events.ts';
import { lineContent, now } from './record.ts';

type Query = <T extends Record<string, unknown>>(sql: string) => Promise<T[]>;

/** What the database has by now. */
export async function readEnd(query: Query, isQuiet: boolean, outside?: Outside): Promise<Recorded> {
  const attempts = await query<{ subject_id: string; request_id: string }>(
    'select subject_id, request_id from software_desk.attempts',
  );
  const requestIds = Map.groupBy(attempts, ({ subject_id }) => subject_id);
  const requestIdsOf = (id: string): string[] =>
    (requestIds.get(id) ?? []).map(({ request_id }) => request_id.toLowerCase());
  const orders = await query('select * from software_desk.order_submissions');
  const cases = await query('select * from software_desk.cases');
  const notices = await query('select * from software_desk.notices');
  const drafts = await query('select * from software_desk.drafts');
  const visibleKeys = await query('select message_id, hide_at from software_desk.visible_keys');
  const reveals = await query('select person_id, order_id from software_desk.key_reveals where not is_withdrawn');
  const jobs = await query<{ data: Json }>(
    `select data from software_desk_jobs.job where name in ('finish-order', 'work-case', 'send-notice')
     and state in ('created', 'retry', 'active')`,
  );
  return {
    kind: 'recorded',
    at: now(),
    isQuiet,
    orders: orders.map((row) => toOrder(row, requestIdsOf)),
    cases: cases.map((row) => toCase(row, requestIdsOf)),
    notices: notices.map(toNotice),
    drafts: drafts.map((row: Json) => ({
      id: row.id,
      owner: row.owner_id,
      place: row.place_id,
      step: row.step,
      ...(row.submission_id !== null && { submission: row.submission_id }),
      isOver: row.is_over,
    })),
    visibleKeys: visibleKeys.map((row: Json) => ({ message: row.message_id, hideAt: Date.parse(row.hide_at) })),
    jobs: jobs.map(({ data }) => data.submissionId ?? data.reference ?? data.noticeId),
    reveals: reveals.map((row: Json) => ({ person: row.person_id, order: row.order_id })),
    ...(outside && { outside }),
  };
}

function toOrder(row: Json, requestIdsOf: (id: string) => string[]): RecordedOrder {
  const content: PurchaseContent = row.content;
  return {
    submission: row.submission_id,
    state: row.state,
    person: row.person_id,
    ...(content.preparer && { preparer: content.preparer.id }),
    place: row.place_id,
    isPrivate: row.is_private,
    ...(row.card && { card: row.card.messageId }),
    ...(row.cart_id !== null && { cart: row.cart_id }),
    orders: row.order_ids,
    requestIds: requestIdsOf(row.submission_id),
    content: linesOf(content)
      .map(({ item }) => lineContent([item.productId, item.skuId], item.quantity))
      .sort()
      .join(', '),
    money: content.total,
  };
}

function toCase(row: Json, requestIdsOf: (id: string) => string[]): RecordedCase {
  const { content } = row;
  return {
    submission: row.submission_id,
    reference: row.reference,
    state: row.state,
    isAccepted: row.reason_kind === 'accepted',
    person: row.requester_id,
    ...(content.preparer && { preparer: content.preparer.id }),
    place: row.place_id,
    isPrivate: row.is_private,
    ...(row.card && { card: row.card.messageId }),
    order: row.order_id,
    isWholeOrder: content.wholeOrder,
    ...(row.ticket_id !== null && { ticket: row.ticket_id }),
    timesTakenUp: row.times_taken_up,
    requestIds: requestIdsOf(row.reference),
    money: content.amount,
  };
}

function toNotice(row: Json): RecordedNotice {
  return {
    id: row.id,
    kind: row.kind,
    about: row.case_reference ?? row.submission_id ?? row.draft_id ?? row.order_number ?? '',
    target: { to: row.target_to, id: row.target_id },
    state: row.state,
  };
}

/** What the simulator has, as its control API tells. */
export function outsideOf({
  orders,
  serviceRequests,
}: {
  orders: readonly Json[];
  serviceRequests: readonly Json[];
}): Outside {
  return {
    orders: orders.map(({ id, status }) => ({ id, isCancelled: status === 'cancelled' })),
    tickets: serviceRequests.map(({ id, title }) => {
      const [, reference] = /\[(SD-[A-Z0-9]+)\]/.exec(title) ?? [];
      return { id, ...(reference !== undefined && { reference }) };
    }),
  };
}
