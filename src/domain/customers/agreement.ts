export interface AgreementContact {
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  readonly phoneNumber?: string;
}

/** The Microsoft Customer Agreement, which the partner confirms for the customer. Public cloud only: else `not-offered`. */
export interface Agreements {
  /** The one in force now. */
  template(): Promise<{ templateId: string; link?: string }>;
  /** Who at the customer agreed, and when. One that exists already counts as done. */
  confirm(customerId: string, confirmation: { contact: AgreementContact; agreedAt: Date }): Promise<void>;
  /** Newest first. */
  confirmations(customerId: string): Promise<{ contact: AgreementContact; agreedAt?: Date }[]>;
}

/** A person of ours tells Microsoft that a customer accepted the agreement. */
export interface AgreementConfirmation {
  readonly submissionId: string;
  readonly customerId: string;
  readonly customerName: string;
  readonly contact: AgreementContact;
  readonly agreedAt: Date;
  readonly personId: string;
  readonly personName: string;
  readonly at: Date;
}

/** Who declared what: Partner Center's own log names our service account only. */
export interface AgreementConfirmations {
  /** Written before Partner Center is told; again under the same submission id it changes nothing. */
  add(agreementConfirmation: AgreementConfirmation): Promise<void>;
  /** Partner Center has it; the first time counts. */
  recordTaken(submissionId: string, at: Date): Promise<void>;
}
