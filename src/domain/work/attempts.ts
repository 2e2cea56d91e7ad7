/** A thing that is carried out step by step. `round`: how often a person has taken the case up again; an order has one. */
export interface Step {
  readonly of: 'order' | 'case';
  /** The submission id of the order, or the reference of the case. */
  readonly id: string;
  readonly round: number;
  readonly name: StepName;
}

export type StepName =
  | 'create-cart'
  | 'checkout'
  | 'cancel-order'
  | `cancel-subscription:${string}`
  | 'create-ticket'
  | `attach-file:${string}`;

/**
 * One request to Partner Center, written down before it is sent. Without an outcome it was never answered, as far as we
 * know, and is sent again under the same request id.
 */
export interface Attempt {
  readonly step: Step;
  /** 1 is the first of its step. */
  readonly number: number;
  readonly requestId: string;
  readonly outcome?: AttemptOutcome;
}

/**
 * How it was answered. `conflict`: Partner Center was busy with it, and says the same for ever under that request id.
 * `use-subscription`: the order cannot be cancelled as one, its subscriptions can.
 */
export type AttemptOutcome = 'done' | 'declined' | 'conflict' | 'use-subscription';

export interface EndedAttempt {
  readonly attempt: Attempt;
  readonly outcome: AttemptOutcome;
}

export interface Attempts {
  /**
   * The last attempt of the step in this round, to be sent (again) or read; a new one with a request id of its own where
   * there was none, or where the last one met a conflict. Several at once get the same one.
   */
  open(step: Step, at: Date): Promise<Attempt>;
  /** The answer is kept. The first one counts. */
  end(ended: EndedAttempt, at: Date): Promise<void>;
}
