import type { SentMessage } from '../people/place.ts';

/** Work that must happen later even if this process dies. Names and payloads hold no secret. */
export interface Jobs {
  /** Takes the message away (or edits it to its settled twin) after a real-time delay. */
  hideLater(hide: { card: SentMessage; draftId?: string }, seconds: number): Promise<void>;
}
