/**
 * A history: what people sent, what Partner Center and Teams took, what was shown and what the database has, as plain JSON
 * in the order in which it happened. Whoever plays one, on the real product or in one process, writes these events;
 * `checker.ts` judges them. `at` is in milliseconds on one clock of the whole history, which never goes back.
 */
export type HistoryEvent = Sent | Answered | Took | Shown | Recorded | Time;

/** A person's activity reaches the bot. One that Teams delivers again is another delivery. */
export interface Sent {
  readonly kind: 'sent';
  readonly at: number;
  /** Tells one delivery from every other. */
  readonly delivery: string;
  /** The same for deliveries of the same activity. */
  readonly activityId: string;
  readonly person: string;
  readonly place: string;
  /** Which process it was sent to, where there are several. */
  readonly process?: string;
  readonly what: SentText | SentPress | { readonly kind: 'other' };
}

export interface SentText {
  readonly kind: 'text';
  readonly text: string;
}

export interface SentPress extends ButtonData {
  readonly kind: 'press';
  /** The message whose button it was. */
  readonly message?: string;
  /** What is submitted by it, where the sender knows: two presses with other texts here submit something else. */
  readonly content?: string;
}

/** What is behind a button. */
export interface ButtonData {
  readonly doing: string;
  readonly draft?: string;
  readonly step?: string;
  readonly submission?: string;
}

/** The answer to a delivery. */
export interface Answered {
  readonly kind: 'answered';
  readonly at: number;
  readonly delivery: string;
  /** 0: there was none, or it did not arrive. */
  readonly status: number;
  readonly ms: number;
  /** What the presser sees in place of the card. */
  readonly card?: CardSummary;
  /** Or a sentence. */
  readonly said?: string;
  /** The sentence or card says no: this was not done. */
  readonly isRefused?: boolean;
  /** The sentence says that it is still being worked on. */
  readonly isWorking?: boolean;
  /** The sentence says that it is done, or that there is a case, already. */
  readonly isOver?: boolean;
}

export type Operation = 'cart' | 'checkout' | 'cancel' | 'subscription' | 'ticket' | 'agreement';

/** Partner Center was asked to change something. */
export interface Took {
  readonly kind: 'took';
  readonly at: number;
  readonly operation: Operation;
  readonly requestId: string;
  /** Cart: the customer; checkout: the cart; cancel, subscription: the order; ticket: our reference. */
  readonly about: string;
  /** Ids of what this request made, or of the orders and subscriptions that it cancelled; none where it changed nothing. */
  readonly made: readonly string[];
  /** What was asked for, in any wording that is the same for the same thing. */
  readonly content?: string;
  /** Checkout: what the orders cost; ticket: what it asks back. */
  readonly money?: Amount;
  /** Who sent it, and who held the work in the database at that moment, where both are known. */
  readonly process?: string;
  readonly holder?: string;
  /** `lost`: the work was done, or begun, and no answer came. */
  readonly answered: 'ok' | 'refused' | 'failed' | 'lost';
}

export interface Amount {
  /** In the smallest unit of the currency. */
  readonly minor: number;
  readonly currency: string;
}

/** Teams took a message, an edit or a deletion, whether or not the bot got the answer. */
export interface Shown {
  readonly kind: 'shown';
  readonly at: number;
  readonly how: 'posted' | 'edited' | 'deleted';
  readonly place: string;
  readonly message: string;
  /** The one person who sees it: a targeted message, or their own chat. */
  readonly onlyFor?: string;
  readonly card?: CardSummary;
}

/** What of a card is judged. */
export interface CardSummary {
  readonly title: string;
  readonly text: string;
  readonly buttons: readonly (ButtonData & { readonly title: string })[];
  /** A key, a download or a link can be read on it. */
  readonly hasSecret: boolean;
  /** It says that it may have been told before. */
  readonly isAgain: boolean;
  /** What it tells of an order or a case. */
  readonly tells?: Telling;
  /** What it tells of several, each in a row. */
  readonly digest?: readonly Telling[];
  /** What the button that decides would spend, or ask back. */
  readonly money?: Amount;
}

export interface Telling {
  readonly of: 'order' | 'case';
  /** Order numbers, or the reference; none while an order is being placed. */
  readonly ids: readonly string[];
  /** A state of `RecordedOrder` or `RecordedCase`. */
  readonly state: string;
  /** A message of its own, not the card of the conversation. */
  readonly isNotice: boolean;
}

/** What the database has, and Partner Center. The last one of a history is its end; those before are looks in between. */
export interface Recorded {
  readonly kind: 'recorded';
  readonly at: number;
  /** Nothing is under way any more, and everybody had the time to do what they owe. */
  readonly isQuiet: boolean;
  readonly orders: readonly RecordedOrder[];
  readonly cases: readonly RecordedCase[];
  readonly notices: readonly RecordedNotice[];
  readonly drafts: readonly RecordedDraft[];
  readonly visibleKeys: readonly { readonly message: string; readonly hideAt: number }[];
  /** Ids of the submissions, references of the cases, and ids of the notices, that have a job. */
  readonly jobs: readonly string[];
  /** Looks at keys and downloads, by person. */
  readonly reveals: readonly { readonly person: string; readonly order: string }[];
  readonly outside?: Outside;
}

export interface RecordedOrder {
  readonly submission: string;
  readonly state: 'accepted' | 'ordered' | 'declined' | 'needs_person';
  readonly person: string;
  readonly preparer?: string;
  readonly place: string;
  readonly isPrivate: boolean;
  /** The message that shows it. */
  readonly card?: string;
  readonly cart?: string;
  readonly orders: readonly string[];
  /** Of all its attempts. */
  readonly requestIds: readonly string[];
  readonly content: string;
  readonly money: Amount;
}

export interface RecordedCase {
  readonly submission: string;
  readonly reference: string;
  readonly state: 'submitted' | 'filing' | 'filed' | 'cancelling' | 'completed' | 'refused' | 'needs_person';
  /** Partner Center has confirmed the cancellation: the sweep watches it. */
  readonly isAccepted: boolean;
  /** When it was written and when it ended, by the clock of the history, where that is known. */
  readonly openedAt?: number;
  readonly closedAt?: number;
  readonly person: string;
  readonly preparer?: string;
  readonly place: string;
  readonly isPrivate: boolean;
  readonly card?: string;
  readonly order: string;
  /** All of the order is cancelled by it, not lines of it. */
  readonly isWholeOrder: boolean;
  readonly ticket?: string;
  /** How often a person has taken it up again: each time one more ticket may be filed. */
  readonly timesTakenUp: number;
  readonly requestIds: readonly string[];
  readonly money: Amount;
}

export interface RecordedNotice {
  readonly id: string;
  readonly kind: string;
  /** What it is about: a submission, or a reference. */
  readonly about: string;
  readonly target: { readonly to: 'place' | 'person'; readonly id: string };
  readonly state: 'due' | 'sent' | 'unsure' | 'escalated' | 'untold';
}

export interface RecordedDraft {
  readonly id: string;
  readonly owner: string;
  readonly place: string;
  readonly step: string;
  readonly submission?: string;
  readonly isOver: boolean;
  /** The activity with which it began, where that is known. */
  readonly begunBy?: string;
  /** What it counts of its own changes, and how often it was written, where somebody counted that. */
  readonly revision?: number;
  readonly writes?: number;
}

/** What Partner Center has. */
export interface Outside {
  readonly orders: readonly {
    readonly id: string;
    readonly isCancelled: boolean;
    /** By the clock of the history, where that is known. */
    readonly cancelledAt?: number;
  }[];
  readonly tickets: readonly { readonly id: string; readonly reference?: string }[];
}

/** What is done to the product and to time. */
export interface Time {
  readonly kind: 'time';
  readonly at: number;
  readonly what: 'started' | 'crashed' | 'stopped' | 'frozen' | 'woken' | 'fault' | 'moved';
  readonly process?: string;
  readonly note?: string;
}
