import type { Draft } from '../drafts/draft.ts';
import type { SentMessage } from '../people/place.ts';

/** A message the bot owes somebody: what it is about, and whom it goes to. What was told once is never told again. */
export type NewNotice = NoticeFacts & { readonly target: NoticeTarget };

export type NoticeTarget =
  | { readonly to: 'place'; readonly id: string }
  | { readonly to: 'person'; readonly id: string };

/** What a notice is about. Two with the same facts for the same target are the same one. */
export type NoticeFacts =
  | CaseNotice
  | OrderNotice
  | WindowNotice
  | DraftNotice
  | TokenNotice
  | DifferencesNotice
  | LeakNotice
  | ReviewNotice
  | ApprovalNotice
  | DailyNotice;

export type NoticeKind = NoticeFacts['kind'];

export type CaseNotice =
  | { readonly kind: 'case-completed' | 'case-refused'; readonly reference: string }
  | {
      readonly kind: 'case-needs-person';
      readonly reference: string;
      /** A case may need a person several times: which time it is. */
      readonly time: number;
      /** Told again, after so many days of waiting. */
      readonly days?: number;
    };

export interface OrderNotice {
  readonly kind: 'order-placed' | 'order-declined';
  readonly submissionId: string;
}

/** The cancellation window of an order closes in so many hours. */
export interface WindowNotice {
  readonly kind: 'window-closing';
  readonly orderNumber: string;
  /** Who wanted to be told. */
  readonly personId: string;
  readonly hours: number;
  readonly closesAt: Date;
  /** Of a cancellation that is still a draft. */
  readonly draftId?: string;
  /** Of a case whose ticket is still to be filed. */
  readonly reference?: string;
  /** Asked for in private, and told in private. */
  readonly isPrivate?: boolean;
}

export type DraftNotice =
  | {
      /** `draft-untold`: not everybody could be told of one that was handed over. */
      readonly kind: 'draft-handed-over' | 'draft-untold';
      readonly draftId: string;
      /** Tells one time that the draft is handed over from another. */
      readonly occasion: string;
      /** The one whom its owner has asked by name. */
      readonly askedId?: string;
    }
  | { readonly kind: 'draft-discarded'; readonly draftId: string };

/** Somebody asked for a key with a one-time token that was used before, or was given to somebody else. */
export interface TokenNotice {
  readonly kind: 'token-misused';
  readonly orderNumber: string;
  readonly personId: string;
  /** Told once for each token and whoever presents it. */
  readonly tokenHash: string;
}

/** What our records and Partner Center's tell differently, as one comparison has found it. */
export interface DifferencesNotice {
  readonly kind: 'differences-found';
  /** When the comparison began. */
  readonly comparedAt: Date;
}

/** To the admin agents: who saw which keys can be reviewed. */
export interface ReviewNotice {
  readonly kind: 'review-due';
  /** `2026-Q3` */
  readonly quarter: string;
}

/** To the admin agents. */
export interface LeakNotice {
  readonly kind: 'leak-told';
  /** `LK-7K2M9Q` */
  readonly reference: string;
  readonly step: 'reported' | 'lifted';
}

/**
 * `approval-asked`: to the approvers. `approval-untold`: none of them could be told, to whoever asked. `approval-told`: what
 * became of it, to whoever asked.
 */
export interface ApprovalNotice {
  readonly kind: 'approval-asked' | 'approval-untold' | 'approval-told';
  readonly reference: string;
  /** Asked the first time or reminded, or which step is told. */
  readonly time: number;
}

export function isOfApproval(notice: Notice): notice is Notice & ApprovalNotice {
  const { kind } = notice;
  return kind === 'approval-asked' || kind === 'approval-untold' || kind === 'approval-told';
}

/** The one message of a day, for who wants one. */
export interface DailyNotice {
  readonly kind: 'daily-digest';
  /** `2026-11-30`, where whoever wants it is. */
  readonly day: string;
}

/** A draft is handed over anew with another confirmation, or, without one yet, by another owner. */
export function occasionOf({ submissionId, ownerId }: Pick<Draft, 'submissionId' | 'ownerId'>): string {
  return submissionId ?? ownerId;
}

export function isOfDraft(notice: Notice): notice is Notice & DraftNotice {
  const { kind } = notice;
  return kind === 'draft-handed-over' || kind === 'draft-untold' || kind === 'draft-discarded';
}

export function isOfCase(notice: Notice): notice is Notice & CaseNotice {
  const { kind } = notice;
  return kind === 'case-completed' || kind === 'case-refused' || kind === 'case-needs-person';
}

export type Notice = NewNotice & {
  readonly id: string;
  readonly state: 'due' | EndOfNotice;
  readonly attempts: number;
  /** An earlier message of it may have arrived: the next one says that it comes again. */
  readonly isMaybeTold: boolean;
  readonly createdAt: Date;
};

/** `unsure`: it may have arrived, also when it was sent again; `escalated`: others are told instead; `untold`: nobody is. */
export type EndOfNotice = 'sent' | 'unsure' | 'escalated' | 'untold';

export interface Notices {
  /** Those that are new, with the jobs that send them, in one transaction. */
  add(notices: readonly NewNotice[], at: Date): Promise<void>;
  /** The card of an order or a case shows how it ended: these count as sent, unless they are due already. */
  recordShown(notices: readonly NewNotice[], at: Date): Promise<void>;
  get(id: string): Promise<Notice | undefined>;
  /**
   * One that is due, to be sent now. Until its end or its failure is written, its message may have arrived: whoever takes
   * it after a crash in between is told so by `isMaybeTold`.
   */
  take(id: string): Promise<Notice | undefined>;
  /** It was taken, and is certainly not sent: as if it had not been. */
  giveBack(id: string): Promise<void>;
  /** False when it is no longer due. `message`: as which it was sent. */
  settle(id: string, state: EndOfNotice, message?: SentMessage): Promise<boolean>;
  /** The messages in which this person was reminded of this order. */
  windowMessages(orderNumber: string, personId: string): Promise<SentMessage[]>;
  /** The messages in which approvers were asked for this, or in which a leak was told; not those that it was lifted. */
  messagesAbout(kind: 'approval-asked' | 'leak-told', reference: string): Promise<SentMessage[]>;
  /** Somebody is told, or was, that this quarter can be reviewed. */
  isReviewTold(quarter: string): Promise<boolean>;
  /** How those stand that tell the same as this one to others. */
  toOthers(id: string): Promise<Pick<Notice, 'target' | 'state'>[]>;
  /** Counts a failed try and returns how many there were. `isMaybeTold`: the message may have arrived. */
  countFailure(id: string, isMaybeTold: boolean): Promise<number>;
  due(limit: number): Promise<Notice[]>;
  /** All for this place or person since then, in whatever state, the oldest first, no more than so many. */
  toTarget(target: NoticeTarget, since: Date, limit: number): Promise<Notice[]>;
}
