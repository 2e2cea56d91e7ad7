import type { Posted } from '../domain/people/place.ts';
import type { Card, Incoming, Mailbox } from './flow.ts';

/**
 * The one mouth of a turn. Once the turn is late, a message "working on it" stands in the place, and the answer becomes
 * an edit of that message instead of a new one.
 */
export interface Outlet {
  post(card: Card): Promise<Posted>;
  isLate(): boolean;
  /** Called once, when the person has waited long enough. */
  goLate(working: Card): Promise<void>;
}

export function createOutlet(mailbox: Mailbox, { place, who, isPrivate, input }: Incoming): Outlet {
  const options = isPrivate ? { onlyFor: who.id } : {};
  let working: Promise<Posted> | undefined;
  let isLate = false;
  let hasPosted = false;
  return {
    isLate: () => isLate,
    async goLate(card) {
      isLate = true;
      if (input.kind !== 'words' || hasPosted) return;
      working = mailbox.post(place.id, card, options);
      await working;
    },
    async post(card) {
      hasPosted = true;
      const posted = await working?.catch(() => undefined);
      if (!posted) return mailbox.post(place.id, card, options);
      await mailbox.edit(posted, card);
      return posted;
    },
  };
}
