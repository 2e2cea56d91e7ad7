import type { DraftReminder } from '../notices/reminders.ts';
import type { Draft } from './draft.ts';

/** Conversations in the middle; they expire by themselves (30 days after the last change). */
export interface Drafts {
  put(draft: Draft): Promise<void>;
  get(id: string): Promise<Draft | undefined>;
  remove(id: string): Promise<void>;
  /** All that have not expired, newest first. */
  list(): Promise<Draft[]>;
  /** Which draft a typed answer of this person in this place belongs to. */
  setWaiting(placeId: string, personId: string, draftId: string | undefined): Promise<void>;
  waiting(placeId: string, personId: string): Promise<string | undefined>;
  /** One per draft: again replaces it. It expires a day after the window, whatever becomes of the draft. */
  putReminder(reminder: DraftReminder): Promise<void>;
  removeReminder(draftId: string): Promise<void>;
  reminders(): Promise<DraftReminder[]>;
}
