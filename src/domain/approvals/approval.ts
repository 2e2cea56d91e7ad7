import type { CaseContent, CaseEnding } from '../cancellations/case.ts';
import type { Money } from '../money.ts';
import type { NewNotice } from '../notices/notice.ts';
import type { PurchaseContent } from '../orders/submission.ts';
import type { Named } from '../people/staff.ts';
import type { ApprovalState } from './approval-state.ts';

/** What a second admin agent looks at, and nothing else is approved by it. */
export type Reviewed =
  | { readonly kind: 'order'; readonly content: PurchaseContent }
  | { readonly kind: 'cancellation'; readonly ending: CaseEnding; readonly content: CaseContent }
  /** So many product keys, downloads and links more for one person. `orderNumber`: of the one that is wanted first. */
  | {
      readonly kind: 'reveals';
      readonly most: number;
      readonly customerId: string;
      readonly customerName: string;
      readonly orderNumber: string;
      readonly item: string;
    };

export type ApprovalStepKind =
  | 'asked'
  | 'claimed'
  | 'commented'
  | 'approved'
  | 'rejected'
  | 'reminded'
  | 'expired'
  | 'withdrawn'
  | 'used';

/** One thing that happened to it. Without `by`: nobody did it. */
export interface ApprovalStep {
  readonly step: ApprovalStepKind;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly by?: Named;
  readonly text?: string;
}

export interface Approval {
  /** What people say: `AP-7K2M9Q`. */
  readonly reference: string;
  /** Counts what was written of it. Whoever read an older one does not write over a newer one. */
  readonly revision: number;
  readonly state: ApprovalState;
  readonly reviewed: Reviewed;
  /** Only they can use it. */
  readonly requester: Named;
  /** Who had the draft before them. */
  readonly preparers: readonly string[];
  readonly draftId: string;
  readonly placeId: string;
  /** Of a private conversation: no channel sees it. */
  readonly isPrivate: boolean;
  /** Who looks at it, until the reminder. */
  readonly claim?: Named;
  readonly steps: readonly ApprovalStep[];
  readonly createdAt: Date;
  readonly remindAt?: Date;
  readonly expiresAt: Date;
}

/** With it, somebody asks again for the same and is told where it stands. */
export interface NewApproval extends Omit<Approval, 'revision' | 'state' | 'claim' | 'steps'> {
  /** The order or the cancellation that it would be used for. */
  readonly submissionId?: string;
}

export type AskedApproval =
  /** What it would be used for has been begun already. */
  | { readonly kind: 'submitted' }
  | {
      readonly kind: 'asked';
      readonly approval: Approval;
      readonly isNew: boolean;
      readonly withdrawn: readonly string[];
    };

/** What everything that is written of one is written with: its entry in the audit log, and who is told. */
export interface ApprovalChange {
  readonly approval: Approval;
  readonly notices: readonly NewNotice[];
}

export interface Approvals {
  /**
   * One transaction: the one that there is for the same of this draft, or this one. Others of the draft that are not over
   * are withdrawn. A rejected one stands in the way of another for the same until it expires.
   */
  ask(wanted: NewApproval, notices: readonly NewNotice[]): Promise<AskedApproval>;
  get(reference: string): Promise<Approval | undefined>;
  /** The ones that wait, the oldest first. */
  waiting(limit: number): Promise<Approval[]>;
  /** To be reminded of, over by their time, or of a draft that is over. */
  due(now: Date, limit: number): Promise<Approval[]>;
  /**
   * One transaction, with the audit entry of its last step. `approval`: with the next revision. False: somebody else was
   * faster, and nothing was written.
   */
  change(change: ApprovalChange): Promise<boolean>;
}

/** What it costs, or what comes back. */
export function amountOf(reviewed: Reviewed): Money | undefined {
  if (reviewed.kind === 'order') return reviewed.content.total;
  return reviewed.kind === 'cancellation' ? reviewed.content.amount : undefined;
}

export function customerOf(reviewed: Reviewed): { readonly customerId: string; readonly customerName: string } {
  const { customerId, customerName } = reviewed.kind === 'reveals' ? reviewed : reviewed.content;
  return { customerId, customerName };
}

/** What the audit log tells of it with each of its steps. */
export interface ApprovalSubject {
  readonly of: Reviewed['kind'];
  readonly requester: string;
  readonly customer: string;
  readonly amount?: Money;
  /** How many keys, downloads and links. */
  readonly most?: number;
}

export function subjectOf({ reviewed, requester }: Pick<Approval, 'reviewed' | 'requester'>): ApprovalSubject {
  const amount = amountOf(reviewed);
  return {
    of: reviewed.kind,
    requester: requester.name,
    customer: customerOf(reviewed).customerName,
    ...(amount && { amount }),
    ...(reviewed.kind === 'reveals' && { most: reviewed.most }),
  };
}
