import { OutsideError } from '../domain/errors.ts';

type Facts = ConstructorParameters<typeof OutsideError>[0] & {
  /** False where the same call would only fail the same way again. */
  readonly isWorthRepeating?: boolean;
  /** What the operator must do; part of `description` too. */
  readonly remedy?: string;
};

/**
 * One of Microsoft's APIs, or the sign-in in front of it, failed or declined. Holds no body, header or token;
 * `description` is Microsoft's own sentence, with the remedy added where the operator can do something about it.
 */
export class MicrosoftError extends OutsideError {
  readonly isWorthRepeating: boolean;
  readonly remedy: string | undefined;

  constructor(facts: Facts) {
    super(facts);
    this.name = 'MicrosoftError';
    this.isWorthRepeating = facts.isWorthRepeating ?? this.isUncertain;
    this.remedy = facts.remedy;
  }
}

/** The facts of an error, but for the name of the service: each room's own error class adds that. */
export type FailureFacts = Omit<Facts, 'service'>;
