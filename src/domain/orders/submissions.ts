import type { NewNotice } from '../notices/notice.ts';
import type { SentMessage } from '../people/place.ts';
import type { Attempt, EndedAttempt, Step } from '../work/attempts.ts';
import type { Lease } from '../work/leases.ts';
import type { Order } from './order.ts';
import type { OrderReason, OrderSubmission, SubmissionState } from './submission.ts';

export interface OrderSubmissions {
  /**
   * Writes the submission and the job that finishes it, in one transaction. A second call with the same submission id
   * changes nothing and returns the first row; `isNew` tells which. Other content or person: `Refusal('other-content')`.
   * `lease`: taken with a new row, of which nobody else knows yet. `approval`: used with it; throws `approval-over` where it
   * cannot be.
   */
  insertOnce(
    submission: OrderSubmission,
    lease?: Lease,
    approval?: string,
  ): Promise<{ submission: OrderSubmission; isNew: boolean }>;
  get(submissionId: string): Promise<OrderSubmission | undefined>;
  /** What was confirmed last for this customer, by anybody and whatever became of it; newest first. */
  newestOf(customerId: string, limit: number): Promise<OrderSubmission[]>;
  /** The same for who confirmed them. */
  newestBy(personId: string, limit: number): Promise<OrderSubmission[]>;
  /**
   * Partner Center has made the cart: the attempt at it is done. Opens the next one, as `Attempts.open`. The cart that was
   * recorded first stays, and is given back: another process may have made one under the same request id.
   */
  recordCart(submissionId: string, cart: { id: string; attempt: Attempt; at: Date; next: Step }): Promise<RecordedCart>;
  /** What it waits for; of one that has ended nothing is changed. */
  recordReason(submissionId: string, reason: OrderReason | undefined): Promise<void>;
  /**
   * How it ended, and what must be told, in one transaction. What was ordered stays ordered: then nothing of it is
   * written, and the answer is false.
   */
  finish(submissionId: string, outcome: OrderOutcome): Promise<boolean>;
  setCard(submissionId: string, card: SentMessage): Promise<void>;
}

export interface RecordedCart {
  readonly id: string;
  /** The attempt at its checkout. */
  readonly next: Attempt;
}

export interface OrderOutcome {
  readonly state: SubmissionState;
  readonly orderIds?: readonly string[];
  /** Remembered, as `KnownOrders.rememberPlaced` does it. */
  readonly placed?: { readonly customerId: string; readonly orders: readonly Order[] };
  readonly reason?: OrderReason;
  readonly at: Date;
  readonly notices?: readonly NewNotice[];
  /** The request whose answer ended it. */
  readonly ended?: EndedAttempt;
}
