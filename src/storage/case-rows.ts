import type { Case, CaseContent, CaseEnding, CaseState } from '../domain/cancellations/case.ts';
import type { CaseReason } from '../domain/cancellations/case-reason.ts';
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
}

export const isOpen = `state not in ('completed', 'refused')`;

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
