import type { Case } from '../cancellations/case.ts';
import type { PlacedOrder } from '../orders/submission.ts';

/** Tells people what happened. Implemented where cards are made; the domain says only what. */
export interface Notify {
  /** The case or order changed: its card, wherever it was posted, is drawn again. Never throws. `now`: how it stands. */
  caseChanged(reference: string, now?: Case): Promise<void>;
  orderChanged(submissionId: string, now?: PlacedOrder): Promise<void>;
  /** An approval has moved on: the cards on which approvers were asked show it. Never throws. */
  approvalChanged(reference: string): Promise<void>;
  /** A leak was lifted: the cards that told of it show it, and ask nothing more. Never throws. */
  leakLifted(reference: string): Promise<void>;
  /** The person has decided about the reminders of this order: those that stand say so, and ask nothing more. */
  reminderDecided(orderNumber: string, personId: string): Promise<void>;
}
