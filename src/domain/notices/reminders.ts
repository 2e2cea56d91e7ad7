/** Somebody asked to be told before the cancellation window of this order closes. */
export interface Reminder {
  readonly customerId: string;
  readonly customerName: string;
  readonly orderId: string;
  readonly orderNumber: string;
  readonly personId: string;
  readonly placeId: string;
  /** Asked for in private, and told in private. */
  readonly isPrivate: boolean;
  readonly closesAt: Date;
  readonly askedAt: Date;
}

/** Somebody's cancellation of this order is a draft: its owner is told before the window closes. */
export interface DraftReminder {
  readonly draftId: string;
  readonly orderNumber: string;
  readonly closesAt: Date;
  /** What was due before has been told, or nobody was to be told. */
  readonly askedAt: Date;
}

/** `keep`: no reminder more; `last-day`: one more, on the last day. */
export type ReminderChoice = 'keep' | 'last-day';

/** What somebody who is reminded of an order has decided about it. */
export interface ReminderDecision {
  readonly customerId: string;
  readonly customerName: string;
  readonly orderId: string;
  readonly orderNumber: string;
  readonly personId: string;
  readonly personName: string;
  readonly choice: ReminderChoice;
  readonly closesAt: Date;
  readonly at: Date;
}

export interface Reminders {
  /** Once per person and order; asking again changes the place. */
  put(reminder: Reminder): Promise<void>;
  of(personId: string, orderNumber: string): Promise<Reminder | undefined>;
  /**
   * Written down for good, once: the same again, unless they have asked anew to be reminded, changes nothing. Whoever
   * keeps the order is not reminded by what they have asked for.
   */
  decide(decision: ReminderDecision): Promise<void>;
  /** The last one of each person, of these orders. */
  decisions(orderNumbers: readonly string[]): Promise<ReminderDecision[]>;
  /** Whose window closes after `now` and not after `until`, soonest first: at most `pageSize`, of those after `past`. */
  closing(now: Date, until: Date, past?: Reminder): Promise<Reminder[]>;
  /** The same of one person, at most so many. */
  closingFor(personId: string, now: Date, until: Date, limit: number): Promise<Reminder[]>;
  removeForOrder(orderId: string): Promise<void>;
}
