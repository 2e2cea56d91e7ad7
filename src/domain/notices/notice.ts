import type { Draft } from '../drafts/draft.ts';

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

export interface NewNotice {
  readonly kind: NoticeKind;
  readonly subject: string;
  readonly target: NoticeTarget;
}

export interface Notices {
  /** Inserted once per kind, subject and target, with the job that sends them, in one transaction. */
  add(notices: readonly NewNotice[], at: Date): Promise<void>;
  get(id: string): Promise<Notice | undefined>;
  /** `due → sent | unsure | escalated`; false when it is no longer due. */
  settle(id: string, state: 'sent' | 'unsure' | 'escalated'): Promise<boolean>;
  /** Counts a failed try and returns how many there were. */
  failed(id: string): Promise<number>;
  due(limit: number): Promise<Notice[]>;
}
