import type { SentMessage } from '../domain/people/place.ts';
import type { Card, Incoming, Messenger } from './flow.ts';

/**
 * The one mouth of a turn. Once the turn is late, a message "working on it" stands in the place, and the answer becomes
 * an edit of that message instead of a new one.
 */
export interface Outlet {
  post(card: Card): Promise<SentMessage>;
  isLate(): boolean;
  /** Called once, when the person has waited long enough. */
  goLate(working: Card): Promise<void>;
}

export function createOutlet(messenger: Messenger, { place, who, isPrivate, input }: Incoming): Outlet {
  const options = isPrivate ? { onlyFor: who.id } : {};
  let working: Promise<SentMessage> | undefined;
  let isLate = false;
  let hasPosted = false;
  return {
    isLate: () => isLate,
    async goLate(card) {
      isLate = true;
      if (input.kind !== 'words' || hasPosted) return;
      working = messenger.send(place.id, card, options);
      await working;
    },
    async post(card) {
      hasPosted = true;
      const posted = await working?.catch(() => undefined);
      if (!posted) return messenger.send(place.id, card, options);
      await messenger.update(posted, card);
      return posted;
    },
  };
}
