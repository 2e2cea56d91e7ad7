import type { Case } from '../cancellations/case.ts';
import type { NewNotice } from '../notices/notice.ts';
import type { OrderSubmission } from '../orders/submission.ts';

/** Something that our records and Partner Center tell differently. Two of the same kind and subject are the same one. */
export type Difference = OrderDifference | CaseDifference | TicketDifference;

export type DifferenceKind = Difference['kind'];

/** `order-unknown`: we placed it, and Partner Center knows no such order; `order-not-recorded`: our cart is ordered there only. */
export interface OrderDifference extends About {
  readonly kind: 'order-unknown' | 'order-not-recorded';
  readonly submissionId: string;
  /** Absent where Partner Center has not told us which order came of the cart. */
  readonly orderId?: string;
}

/** `case-not-completed`: what it asks for is cancelled; `case-order-active`: it is not, although it was completed or accepted. */
export interface CaseDifference extends About {
  readonly kind: 'case-not-completed' | 'case-order-active';
  readonly reference: string;
  readonly orderId: string;
}

/** `ticket-unknown`: of a case that follows it; `ticket-without-case`: it bears our reference, and no case follows it. */
export interface TicketDifference extends Partial<About> {
  readonly kind: 'ticket-unknown' | 'ticket-without-case';
  readonly reference: string;
  readonly ticketId: string;
}

interface About {
  readonly customerId: string;
  readonly customerName: string;
}

export type FoundDifference = Difference & { readonly foundAt: Date };

/** One comparison of all that happened since a moment, in steps over many sweeps. */
export interface Comparison {
  readonly begunAt: Date;
  readonly since: Date;
  readonly step: 'orders' | 'cases' | 'tickets' | 'again' | 'tell';
  /** Behind what the step goes on; absent at its beginning. */
  readonly position?: string;
  /** How often in a row it failed there. */
  readonly failures: number;
}

export type Progress = Pick<Comparison, 'step' | 'position' | 'failures'>;

/** What comes next, and behind which position the one after it goes on. */
export interface Batch<Item> {
  readonly items: readonly (Item & { readonly position: string })[];
  readonly isLast: boolean;
}

/** What was found, and how far the comparison of the day is. */
export interface Differences {
  /** The one under way. Begins one a day after the last one began, and an hour after the first question. */
  comparison(now: Date): Promise<Comparison | undefined>;
  /**
   * How far it is now, what was found, and what is no difference any more. Where somebody else has gone on from there, only
   * what was found.
   */
  record(before: Comparison, now: Progress, outcomes: Outcomes, at: Date): Promise<void>;
  /** Orders confirmed since then and not after `until`, those without a cart left out, the oldest first. */
  submissions(since: Date, until: Date, position: string | undefined, limit: number): Promise<Batch<Submitted>>;
  /**
   * Cases that ended since then and not after `until`; those that have been at work unchanged since before `stuckAt`; and
   * those whose ticket Partner Center does not show.
   */
  cases(range: CaseRange, position: string | undefined, limit: number): Promise<Batch<{ readonly found: Case }>>;
  /** The cases that bear one of these references or follow one of these tickets. */
  casesOfTickets(references: readonly string[], ticketIds: readonly string[]): Promise<Case[]>;
  /** All that are not settled, also those that nobody was told of yet. */
  open(position: string | undefined, limit: number): Promise<Batch<{ readonly difference: Difference }>>;
  /**
   * Ends the comparison, and gives the kinds of those that nobody was told of before; with `notices` where there are
   * some, in the same transaction.
   */
  tell(comparison: Comparison, notices: readonly NewNotice[], at: Date): Promise<DifferenceKind[]>;
  /** When the last comparison that came to its end did so. */
  endedAt(): Promise<Date | undefined>;
  /** Those that people were told of and that are not settled, the newest first; or only those of one comparison. */
  told(toldIn?: Date): Promise<FoundDifference[]>;
}

export interface Submitted {
  readonly submission: OrderSubmission;
}

export interface CaseRange {
  readonly since: Date;
  readonly until: Date;
  readonly stuckAt: Date;
}

export interface Outcomes {
  readonly found: readonly Difference[];
  readonly settled: readonly Difference[];
}

/** What tells one of its kind from another. */
export function subjectOf(difference: Difference): string {
  switch (difference.kind) {
    case 'order-unknown':
    case 'order-not-recorded':
      return difference.orderId ?? difference.submissionId;
    case 'case-not-completed':
    case 'case-order-active':
      return difference.reference;
    default:
      return difference.ticketId;
  }
}
