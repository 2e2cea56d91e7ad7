import type { Case, CaseContent, CaseEnding, CaseState } from '../domain/cancellations/case.ts';
import type { CaseChange } from '../domain/cancellations/case-event.ts';
import type { CaseReason } from '../domain/cancellations/case-reason.ts';
import type { RefusedAtOnce } from '../domain/cancellations/refused-at-once.ts';
import type { SentMessage } from '../domain/people/place.ts';
import { fromStored, type Stored } from './facts.ts';

export interface CaseRow {
  reference: string;
  submission_id: string;
  fingerprint: string;
  state: CaseState;
  ending: CaseEnding;
  content: CaseContent;
  requester_id: string;
  requester_name: string;
  place_id: string;
  is_private: boolean;
  card: SentMessage | null;
  ticket_id: string | null;
  reason: Stored<CaseReason> | null;
  times_waiting: number;
  times_taken_up: number;
  created_at: Date;
  changed_at: Date;
  checked_at: Date | null;
  files: number;
  followers: number;
  traceparent: string | null;
}

export const isOpen = `state not in ('completed', 'refused')`;

/** Of the last case of the order that Partner Center did not cancel at once. */
export interface RefusedRow {
  refused_reference: string;
  refused_at: Date;
  refused_change: Stored<CaseChange>;
}

/** A query of one row at the most (`RefusedRow`): where cancelling went over to a ticket, or ended. */
export function selectRefused(orderId: string): string {
  return `select reference as refused_reference, at as refused_at, change as refused_change
    from software_desk.case_events
    where order_id = ${orderId} and from_state = 'cancelling' and to_state in ('filing', 'refused')
    order by at desc, id desc limit 1`;
}

export function toRefused(row: CaseRow & RefusedRow): RefusedAtOnce {
  const change = fromStored(row.refused_change) ?? { kind: 'recorded', text: '' };
  return { case: toCase(row), change, at: row.refused_at };
}

export function toCase(row: CaseRow): Case {
  return {
    reference: row.reference,
    submissionId: row.submission_id,
    state: row.state,
    ending: row.ending,
    content: row.content,
    requesterId: row.requester_id,
    requesterName: row.requester_name,
    placeId: row.place_id,
    isPrivate: row.is_private,
    ...(row.card && { card: row.card }),
    ...(row.ticket_id !== null && { ticketId: row.ticket_id }),
    ...reasonIn(row),
    ...(row.files > 0 && { files: row.files }),
    ...(row.followers > 0 && { followers: row.followers }),
    timesWaiting: row.times_waiting,
    timesTakenUp: row.times_taken_up,
    createdAt: row.created_at,
    changedAt: row.changed_at,
    ...(row.checked_at && { checkedAt: row.checked_at }),
  };
}

function reasonIn({ reason: stored }: CaseRow): Pick<Case, 'reason'> {
  const reason = stored === null ? undefined : fromStored(stored);
  return reason ? { reason } : {};
}
