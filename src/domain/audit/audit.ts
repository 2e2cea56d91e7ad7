import type { ApprovalStepKind, ApprovalSubject } from '../approvals/approval.ts';
import type { CaseEvent } from '../cancellations/case-event.ts';
import type { OutsideLook } from '../cancellations/changes.ts';
import type { AgreementContact } from '../customers/agreement.ts';
import type { Difference } from '../differences/difference.ts';
import type { RefusalFacts } from '../errors.ts';
import type { KeyReveal, RefusedReveal } from '../keys/key-reveals.ts';
import type { Look } from '../keys/looks.ts';
import type { Leak } from '../leaks/leak.ts';
import type { Money } from '../money.ts';
import type { ReminderChoice } from '../notices/reminders.ts';
import type { OrderReason, SubmissionState } from '../orders/submission.ts';
import type { Limited } from '../people/limits.ts';
import type { Right, Role } from '../people/staff.ts';
import type { Limit, Policy } from '../policy.ts';
import type { Secret } from '../secret.ts';

/** What is asked about: one customer, one order, or all of them; at any time, or from one moment to before another. */
export interface AuditScope {
  readonly customerId?: string;
  readonly orderId?: string;
  readonly since?: Date;
  readonly before?: Date;
  /** Only what somebody did whose name has this in it. */
  readonly person?: string;
  readonly subject?: AuditSubject;
  /** Only entries of these kinds; absent: of all. */
  readonly kinds?: readonly AuditEntry['kind'][];
}

/** What of the log is asked for, as it is typed in English behind the command: which entries that are, `entriesOf` tells. */
export type AuditSubject =
  | 'orders'
  | 'keys'
  | 'cancellations'
  | 'agreements'
  | 'exports'
  | 'reminders'
  | 'leaks'
  | 'refusals'
  | 'approvals'
  | 'handovers'
  | 'sign-ins'
  | 'roles'
  | 'policies';

/** What somebody did, as the record of it tells. There is no secret in any record, and none in here. */
export type AuditEntry =
  | OrderConfirmed
  | SecretShown
  | CaseMoved
  | AgreementConfirmed
  | ReminderDecided
  | LogExported
  | DifferenceNoted
  | LeakMoved
  | SeenOutside
  | DecisionMade;

interface Recorded {
  /** Its place in the log: what is recorded later does not change it. */
  readonly cursor: string;
  readonly at: Date;
  /** A person's name; absent where we did it ourselves. */
  readonly who?: string;
  readonly customerId: string;
  /** Not every record has it. */
  readonly customerName?: string;
  /** Short numbers, or ids of orders that were never looked at. */
  readonly orderNumbers: readonly string[];
}

export interface OrderConfirmed extends Recorded {
  readonly kind: 'order';
  /** As it stands now. */
  readonly state: SubmissionState;
  readonly quantity: number;
  readonly itemTitle: string;
  readonly total: Money;
  readonly reason?: OrderReason;
}

export interface SecretShown extends Recorded {
  readonly kind: 'secret';
  readonly what: KeyReveal['what'];
  readonly item: string;
  /** It was asked for, but there was nothing to be shown. */
  readonly isWithdrawn: boolean;
  /** Why the one-time token of a page was refused. */
  readonly refusal?: RefusedReveal['refusal'];
  /** The same token came so often; absent: once. */
  readonly times?: number;
}

export interface CaseMoved extends Recorded, Pick<CaseEvent, 'reference' | 'from' | 'to' | 'change'> {
  readonly kind: 'case';
}

export interface AgreementConfirmed extends Recorded {
  readonly kind: 'agreement';
  readonly contact: AgreementContact;
  readonly agreedAt: Date;
  /** Microsoft has it. */
  readonly isTaken: boolean;
}

/** Somebody took the log away as a file; of one customer, or of all: then `customerId` is empty. */
export interface LogExported extends Recorded {
  readonly kind: 'export';
  readonly since?: Date;
  readonly before?: Date;
}

/** Somebody keeps an order, or wants no reminder before the last day. */
export interface ReminderDecided extends Recorded {
  readonly kind: 'reminder';
  readonly choice: ReminderChoice;
}

/** The comparison of the day has found that Partner Center's records tell it differently; `customerId` may be empty. */
export interface DifferenceNoted extends Recorded {
  readonly kind: 'difference';
  readonly difference: Difference;
  readonly settledAt?: Date;
}

/** Somebody looked at a key or a download link at Partner Center itself, as its records tell; `customerId` may be empty. */
export interface SeenOutside extends Recorded, Pick<KeyReveal, 'item'> {
  readonly kind: 'outside';
  readonly what: OutsideLook['what'];
}

/** A leak was reported, or lifted. */
export interface LeakMoved extends Recorded, Pick<Leak, 'reference' | 'leaked'> {
  readonly kind: 'leak';
  readonly step: 'reported' | 'lifted';
  /** What was said with it. */
  readonly text?: string;
}

/** What is no record of its own elsewhere. Of no customer: then `customerId` is empty. */
export interface DecisionMade extends Recorded {
  readonly kind: 'decision';
  readonly decision: Decision;
}

export type Decision =
  /** Somebody may not do it, as their roles were then. */
  | { readonly kind: 'refused'; readonly right: Right }
  /** Somebody who is not of the staff, has no role, or signs in with a token for something else: one row a day and person. */
  | { readonly kind: 'refused-stranger'; readonly why: RefusalFacts['not-staff']['why'] | 'no-role' | 'other-token' }
  /** The directory tells that somebody has no longer what they had; `held`: what is left. */
  | { readonly kind: 'role-lost'; readonly lost: readonly Role[]; readonly held: readonly Role[] }
  /** Somebody may not confirm an order of this amount. */
  | { readonly kind: 'refused-amount'; readonly total: Money; readonly limit: Money }
  /** Somebody wanted too many secrets or files in a short time. */
  | { readonly kind: 'refused-often'; readonly what: Limited }
  /** Somebody wanted something of an order of which a leak was reported. */
  | {
      readonly kind: 'refused-leak';
      readonly reference: string;
      readonly order: string;
      /** Absent in rows of before. */
      readonly customerId?: string;
      readonly customerName?: string;
      readonly orderId?: string;
    }
  /** `title`: what was begun. */
  | { readonly kind: 'handed-over'; readonly title?: string }
  | { readonly kind: 'taken-over'; readonly title?: string; readonly from: string }
  /** One step of an approval by a second admin agent. */
  | {
      readonly kind: 'approval';
      readonly reference: string;
      readonly step: ApprovalStepKind;
      readonly about: ApprovalSubject;
      readonly text?: string;
    }
  /** On the web pages. */
  | { readonly kind: 'signed-in' }
  /** The rules that are in force from then on; `file`: where they stand, absent for those that are built in. */
  | { readonly kind: 'policy'; readonly file?: string; readonly fingerprint: string };

/** A cursor comes back from buttons and addresses, so it can be forged: this is what one of ours looks like. */
export function isCursor(text: string): boolean {
  const [at = ''] = text.split(' ');
  if (!cursorPattern.test(text) || Number.isNaN(Date.parse(at))) return false;
  // 30 February is read as 2 March.
  return new Date(at).toISOString() === at;
}

const cursorPattern =
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z (order|secret|case|agreement|export|reminder|difference|leak|outside|decision) [\da-z-]{1,40}$/;

/** Who of the staff did what, as the records above tell it. */
export interface Audit {
  /** Newest first, beginning with the entry at the cursor `from`, else with the newest, without the first `skip` of them. */
  entries(about: AuditScope, from: string | undefined, limit: number, skip?: number): Promise<AuditEntry[]>;
  /** Who saw which keys and downloads of which order, how often and when; by customer, order and time. */
  looks(about: Omit<AuditScope, 'kinds' | 'person' | 'subject'>, limit: number): Promise<ReviewedLook[]>;
  /** Written before the file is made. */
  recordExport(exported: AuditExport, limit?: Limit): Promise<void>;
  /** The same person gets one row for the same refusal within an hour, and one for signing in; a stranger one a day. */
  recordDecision(made: MadeDecision): Promise<void>;
  /** Does nothing where the policy is the one that was recorded last. */
  recordPolicy(policy: {
    readonly at: Date;
    readonly file?: string | undefined;
    readonly rules: Policy;
  }): Promise<void>;
}

export interface ReviewedLook extends Look {
  readonly customerId: string;
  readonly customerName?: string;
  readonly orderNumber: string;
}

/** That a draft was handed over or taken over is written with the draft (`Sessions.close`). */
export interface MadeDecision {
  readonly at: Date;
  readonly personId: string;
  readonly personName: string;
  readonly decision: Extract<
    Decision,
    {
      readonly kind: 'refused' | 'refused-amount' | 'refused-often' | 'refused-leak' | 'refused-stranger' | 'signed-in';
    }
  >;
}

/** Which part of the log a person takes away as a file: all of it, or one customer's; of all times, or of some days. */
export interface AuditFileScope {
  readonly customerId?: string;
  readonly since?: Date;
  readonly before?: Date;
  readonly person?: string;
  readonly subject?: AuditSubject;
  /** Only what the review lists: who was shown what, and leaks. */
  readonly isReview?: boolean;
}

/** What is taken away with that. */
export function scopeOfFile({ isReview, ...scope }: AuditFileScope): AuditScope {
  return { ...scope, ...(isReview && { kinds: ['secret', 'outside', 'leak'] }) };
}

export interface AuditFileOffers {
  /** Asks the person, in their own chat, whether the file may be put into their OneDrive. Throws `DeliveryError`. */
  offer(
    personId: string,
    offered: {
      readonly name: string;
      readonly description: string;
      /** As far as it is known: the file is made only when they agree. */
      readonly sizeInBytes: number;
      readonly scope: AuditFileScope;
    },
  ): Promise<void>;
}

/** What they say to that; `address`: where Teams lets it be put, for a while and by whoever has the address. */
export type AuditFileAnswer =
  | { readonly isAccepted: false }
  | { readonly isAccepted: true; readonly scope: AuditFileScope; readonly address: Secret<string> };

export interface AuditExport {
  readonly at: Date;
  readonly personId: string;
  readonly personName: string;
  readonly customer?: { readonly id: string; readonly name: string };
  readonly since?: Date;
  readonly before?: Date;
}
