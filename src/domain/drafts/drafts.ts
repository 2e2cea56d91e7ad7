import type { OnScreen } from '../keys/visible-keys.ts';
import type { DraftReminder } from '../notices/reminders.ts';
import type { Contact } from '../people/contact.ts';
import type { Draft } from './draft.ts';

/** Conversations in the middle; they are kept for 30 days after the last change. */
export interface Drafts {
  get(id: string): Promise<Draft | undefined>;
  /** Open ones with a title that the person may go on with, own and handed over, newest first. */
  listFor(personId: string, limit: number): Promise<Draft[]>;
  /** Open ones whose window closes after `now` and not after `until`, soonest first: at most `pageSize`, after `past`. */
  closing(now: Date, until: Date, past?: DraftReminder): Promise<DraftReminder[]>;
  /** Open ones with a title about this, of anybody, the newest first; of those that are private nobody is told. */
  openOf(topic: Topic): Promise<OpenDraft[]>;
  /** Times of the reminder up to `at` have been told. */
  reminded(draftId: string, at: Date): Promise<void>;
}

/** That somebody has begun something, and not what they entered. */
export interface OpenDraft {
  readonly id: string;
  readonly ownerId: string;
  readonly ownerName: string;
  readonly changedAt: Date;
}

/** What a draft is about: two of one person with the same topic are one. */
export interface Topic {
  readonly flow: string;
  readonly key: string;
}

export const maxOpenTopics = 100;

/** What a turn has to know before it can decide anything. */
export interface SessionQuery {
  readonly personId: string;
  readonly placeId: string;
  /** By what a second delivery of the same activity is known. */
  readonly activityKey?: string;
  /** Which draft: this one, the one that waits for this person's words here, or an open one about the same thing. */
  readonly draft?:
    | { readonly by: 'id'; readonly id: string }
    | { readonly by: 'waiting' }
    | ({ readonly by: 'key' } & Topic);
}

export interface SessionRecord {
  /** The same activity has changed something already. */
  readonly isSeen: boolean;
  readonly draft?: Draft;
  /** What the person's open drafts are about, newest first, at most `maxOpenTopics`; read with the one that waits. */
  readonly openTopics?: readonly Topic[];
  /** There is an order or a case under the draft's submission id. */
  readonly isSubmitted: boolean;
  /** How Microsoft may reach the person, as they said the last time. */
  readonly contact?: Contact;
}

export interface SessionChanges {
  readonly personId: string;
  readonly placeId: string;
  readonly activityKey?: string;
  /** One delivery of the activity to one process. */
  readonly turnId?: string;
  /** With its revision one above the one that was read. */
  readonly draft: Draft;
  /** `yes`: what this person types here next answers this draft; `no`: it does not. Absent, it stays as it is. */
  readonly isWaiting?: 'yes' | 'no';
  /** The message that is about to show something: its row, and the job that hides it, in place of those it had. */
  readonly onScreen?: OnScreen;
}

/**
 * `stale`: the draft has been changed since it was read. `begunAs`: another turn has begun this draft of the same activity.
 * Of both nothing was written.
 */
export type ClosedSession = 'written' | 'stale' | { readonly begunAs: string };

/** A turn reads once and writes once. */
export interface Sessions {
  /** One statement. */
  open(query: SessionQuery): Promise<SessionRecord>;
  /** One transaction. */
  close(changes: SessionChanges): Promise<ClosedSession>;
}
