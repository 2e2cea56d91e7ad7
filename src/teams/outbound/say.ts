import { DeliveryError } from '../../domain/errors.ts';
import type { PlaceReference } from '../../domain/people/references.ts';
import type { Features } from './features.ts';
import { type OutgoingActivity, textMessage, withSuggestions } from './outgoing.ts';
import type { Send } from './send.ts';

interface SayOptions {
  /** A targeted message to that account. */
  readonly onlyFor?: { readonly id: string; readonly name?: string } | undefined;
  /** What the person may want to type next; shown in a personal chat, where Teams takes it. */
  readonly suggestions?: readonly string[];
}

/** One plain sentence in a place, without anything having been stored. */
export type Say = (reference: PlaceReference, text: string, options?: SayOptions) => Promise<void>;

export function createSay(send: Send, features?: Features): Say {
  return async (reference, text, { onlyFor, suggestions = [] } = {}) => {
    const { serviceUrl, place, tenantId } = reference;
    const isTargeted = onlyFor !== undefined && place.kind !== 'personal';
    const addressee = isTargeted ? { channelUserId: onlyFor.id, name: onlyFor.name ?? '' } : undefined;
    const path = `v3/conversations/${encodeURIComponent(place.id)}/activities`;
    const post = (body: OutgoingActivity) =>
      send({ method: 'POST', serviceUrl, path, queueKey: place.id, isTargeted, isAnswer: true, body });
    const plain = textMessage(text, reference, addressee);
    if (!features || place.kind !== 'personal' || suggestions.length === 0) {
      await post(plain);
      return;
    }
    try {
      await features.tryOut('suggested-actions', tenantId, () => post(withSuggestions(plain, suggestions)));
    } catch (error) {
      // Where it may stand there already, it is not said twice.
      if (!(error instanceof DeliveryError) || error.kind === 'unsure') throw error;
      await post(plain);
    }
  };
}
