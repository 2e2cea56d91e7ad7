import type { CaseNotice, NewNotice } from '../notices/notice.ts';
import type { SentMessage } from '../people/place.ts';
import type { EndedAttempt } from '../work/attempts.ts';
import type { Lease } from '../work/leases.ts';
import type { Case, CaseContent, CaseEnding, CaseState } from './case.ts';
import type { CaseChange, CaseEvent, Doer } from './case-event.ts';
import type { CaseReason } from './case-reason.ts';
import type { RefusedAtOnce } from './refused-at-once.ts';

export interface NewCase {
  readonly reference: string;
  readonly submissionId: string;
  readonly ending: CaseEnding;
  readonly content: CaseContent;
  readonly requesterId: string;
  readonly requesterName: string;
  readonly placeId: string;
  /** Submitted in private: what becomes of it is told to the requester alone. */
  readonly isPrivate: boolean;
  readonly card?: SentMessage;
  /** The draft whose files go with it. */
  readonly draftId?: string;
  /** Who had that draft before: none of them approves it. */
  readonly preparers?: readonly string[];
  readonly at: Date;
}

export interface Cases {
  /**
   * As `OrderSubmissions.insertOnce`; additionally `Refusal('case-open')` when the order has an open case of anybody. The
   * contact is kept for the person's next ticket.
   */
  insertOnce(wanted: NewCase, lease?: Lease, approval?: string): Promise<{ case: Case; isNew: boolean }>;
  get(reference: string): Promise<Case | undefined>;
  bySubmission(submissionId: string): Promise<Case | undefined>;
  openForOrder(orderId: string): Promise<Case | undefined>;
  completedForOrder(orderId: string): Promise<Case | undefined>;
  /** The last no to cancelling this order at once; its case may be open, and may have ended in another way. */
  refusedAtOnce(orderId: string): Promise<RefusedAtOnce | undefined>;
  /** Following this ticket, or completed by it. */
  withTicket(ticketId: string): Promise<Case[]>;
  /** So many of the customer's that are not closed, the oldest first; letters' case is ignored. */
  openOf(customerId: string, limit: number): Promise<Case[]>;
  /**
   * Those whose ticket a person has still to file, and whose window closes after `now` and not after `until`, soonest first:
   * at most `limit` (else `pageSize`), of those after `past`.
   */
  toFileByHand(now: Date, until: Date, limit?: number, past?: Case): Promise<Case[]>;
  /**
   * The newest ones, open and closed, of everybody or of these customers (letters' case is ignored); and as many of those
   * that need a person, however old they are.
   */
  recent(limit: number, customerIds?: readonly string[]): Promise<Case[]>;
  /**
   * One transaction: moves the case only if it still stands in `from` (which may be `to`), records who, when and what
   * changed, and writes everything that belongs to the move. Gives the case as it stands then; `undefined` = somebody
   * else was faster, and nothing was written. Throws `ImpossibleMove` for one that the states do not know.
   */
  advance(move: CaseMove): Promise<Case | undefined>;
  /**
   * This person is told of what becomes of it from now on, once however often it is asked. False where nothing will: it has
   * ended, or is none. Also while it moves: then they are told of that move, or it has ended.
   */
  follow(reference: string, personId: string, at: Date): Promise<boolean>;
  unfollow(reference: string, personId: string): Promise<void>;
  followers(reference: string): Promise<readonly string[]>;
  setCard(reference: string, card: SentMessage): Promise<void>;
  history(reference: string): Promise<CaseEvent[]>;
}

export interface CaseMove {
  readonly reference: string;
  readonly from: CaseState;
  readonly to: CaseState;
  readonly ending?: CaseEnding;
  /** Absent where we do it ourselves. */
  readonly by?: Doer;
  readonly change: CaseChange;
  readonly at: Date;
  /** Which ticket is followed from now on; `null` = none. Absent, it stays as it is. */
  readonly ticketId?: string | null;
  /** `null` takes it away. Absent, it stays as it is. */
  readonly reason?: CaseReason | null;
  /** What must be told. */
  readonly notices?: readonly NewNotice[];
  /** What those who follow it must be told. */
  readonly toFollowers?: CaseNotice;
  /** The request whose answer moves the case. */
  readonly ended?: EndedAttempt;
  /** A person takes it up again: there is a job for it as in `insertOnce`, and all is tried anew. */
  readonly isTakenUp?: boolean;
}
