import type { NewNotice } from '../notices/notice.ts';
import type { SentMessage } from '../people/place.ts';
import type { Blocker, OrderSubmission, SubmissionState } from './submission.ts';

export interface OrderSubmissions {
  /**
   * Writes the submission and the job that finishes it, in one transaction. A second call with the same submission id
   * changes nothing and returns the first row; `isNew` tells which. Other content or person: `Refusal('other-content')`.
   */
  insertOnce(submission: OrderSubmission): Promise<{ submission: OrderSubmission; isNew: boolean }>;
  get(submissionId: string): Promise<OrderSubmission | undefined>;
  recordCart(submissionId: string, cartId: string): Promise<void>;
  /** How many conflicts have been answered by now; never fewer than before. */
  recordConflicts(submissionId: string, conflicts: number): Promise<void>;
  /** What it waits for; of one that has ended nothing is changed. */
  recordBlocker(submissionId: string, blocker: Blocker | undefined): Promise<void>;
  /**
   * How it ended. With `notices` the rows of what must be told are written in the same transaction. What was ordered
   * stays ordered: then nothing of it is written.
   */
  finish(
    submissionId: string,
    outcome: {
      state: SubmissionState;
      orderIds?: readonly string[];
      note?: string;
      blocker?: Blocker;
      at: Date;
      notices?: readonly NewNotice[];
    },
  ): Promise<void>;
  /** Its card shows how it ended: these count as sent, unless they are due already. */
  shown(notices: readonly NewNotice[], at: Date): Promise<void>;
  setCard(submissionId: string, card: SentMessage): Promise<void>;
}
