import type { SentMessage } from '../people/place.ts';

/** A message that shows a key, a download or a link, and is to be taken away. The secret itself is kept nowhere. */
export interface VisibleKey {
  readonly id: string;
  readonly message: SentMessage;
  /** In a personal chat: the conversation whose settled card takes the place of the key. */
  readonly draftId?: string;
  readonly personId: string;
  readonly hideAt: Date;
  /** How often Teams refused to take it away, and since when. */
  readonly refusals: number;
  readonly refusedSince?: Date;
}

/** A message that is about to show something, to this person for so long. */
export interface OnScreen extends Pick<VisibleKey, 'message' | 'draftId' | 'personId'> {
  readonly seconds: number;
}

/**
 * Hiding is a duty: a row stands here, written with the draft (`Sessions.close`) before the secret
 * is shown, until the message is seen to be gone.
 */
export interface VisibleKeys {
  get(id: string): Promise<VisibleKey | undefined>;
  /** What this person can see in this place now. */
  ofPerson(placeId: string, personId: string): Promise<VisibleKey[]>;
  /** It is gone, or was never shown. */
  remove(id: string): Promise<void>;
  /** All of a place that is gone itself: the app was removed there. */
  removeOfPlace(placeId: string): Promise<void>;
  /** Counts a refusal; returns the row as it stands then. */
  refused(id: string): Promise<VisibleKey | undefined>;
  /** Rows that should have been hidden `seconds` ago or longer, oldest first: their job was lost. */
  overdue(seconds: number, limit: number): Promise<VisibleKey[]>;
}
