import type { NewNotice } from '../notices/notice.ts';
import type { Posted } from '../people/place.ts';
import type { Hindrance, Intent, IntentState } from './submission.ts';

export interface Intents {
  /**
   * Writes the intent and the job that finishes it, in one transaction. A second call with the same submission id
   * changes nothing and returns the first row; `isNew` tells which. Other content or person: `Refusal('other-content')`.
   */
  insertOnce(intent: Intent): Promise<{ intent: Intent; isNew: boolean }>;
  get(submissionId: string): Promise<Intent | undefined>;
  recordCart(submissionId: string, cartId: string): Promise<void>;
  /** How many conflicts have been answered by now; never fewer than before. */
  recordConflicts(submissionId: string, conflicts: number): Promise<void>;
  /** What it waits for; of one that has ended nothing is changed. */
  recordHindrance(submissionId: string, hindrance: Hindrance | undefined): Promise<void>;
  /**
   * How it ended. With `notices` the rows of what must be told are written in the same transaction. What was ordered
   * stays ordered: then nothing of it is written.
   */
  finish(
    submissionId: string,
    outcome: {
      state: IntentState;
      orderIds?: readonly string[];
      note?: string;
      hindrance?: Hindrance;
      at: Date;
      notices?: readonly NewNotice[];
    },
  ): Promise<void>;
  /** Its card shows how it ended: these count as sent, unless they are due already. */
  shown(notices: readonly NewNotice[], at: Date): Promise<void>;
  setCard(submissionId: string, card: Posted): Promise<void>;
}
