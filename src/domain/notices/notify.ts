/** Tells people what happened. Implemented where cards are made; the domain says only what. */
export interface Notify {
  /** The case or order changed: its card, wherever it was posted, is drawn again. Never throws. */
  caseChanged(reference: string): Promise<void>;
  orderChanged(submissionId: string): Promise<void>;
}
