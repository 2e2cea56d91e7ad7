import type { Draft } from './draft.ts';

/** What a notice is about. */
export type NoticeKind =
  | 'case-completed'
  | 'case-refused'
  | 'case-needs-person'
  | 'order-placed'
  | 'order-declined'
  | 'window-closing'
  | DraftNoticeKind;

/** `draft-untold`: not everybody could be told of one that was handed over. */
type DraftNoticeKind = 'draft-handed-over' | 'draft-untold' | 'draft-discarded';

export function isOfDraft(kind: NoticeKind): kind is DraftNoticeKind {
  return kind.startsWith('draft-');
}

export type NoticeTarget =
  | { readonly to: 'place'; readonly id: string }
  | { readonly to: 'person'; readonly id: string };

/** A message the bot owes somebody. Unique by kind, subject and target: what was told is never told twice. */
export interface Notice {
  readonly id: string;
  readonly kind: NoticeKind;
  /** The case (`caseSubject`), the submission id of the order, the order that a reminder is about, or the draft. */
  readonly subject: string;
  readonly target: NoticeTarget;
  readonly state: 'due' | 'sent' | 'unsure' | 'escalated';
  readonly attempts: number;
  readonly createdAt: Date;
}

/** A key or link shown to somebody: who, what, when. Never the key. */
export interface Exposure {
  readonly personId: string;
  readonly personName: string;
  readonly customerId: string;
  readonly orderId: string;
  readonly what: 'key' | 'download' | 'link';
  readonly item: string;
  readonly at: Date;
}

/** Somebody asked to be told before the cancellation window of this order closes. */
export interface Reminder {
  readonly customerId: string;
  readonly customerName: string;
  readonly orderId: string;
  readonly orderNumber: string;
  readonly personId: string;
  readonly placeId: string;
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

/** Of one case, the same may have to be told again: from the second time on the subject says which time it is. */
export function caseSubject(reference: string, time: number): string {
  return time > 1 ? `${reference}|${time}` : reference;
}

/** One time that a draft was handed over. */
export function handOverSubject({ id, submissionId, ownerId }: Pick<Draft, 'id' | 'submissionId' | 'ownerId'>): string {
  return `${id}|${submissionId ?? ownerId}`;
}

/** The case, or the draft, that a subject begins with. */
export function referenceIn(subject: string): string {
  return subject.split('|')[0] ?? subject;
}
