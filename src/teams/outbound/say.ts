import type { PlaceReference } from '../../domain/people/references.ts';
import { textMessage } from './outgoing.ts';
import type { Send } from './send.ts';

/** One plain sentence in a place, without anything having been stored; `onlyFor`: a targeted message to that account. */
export type Say = (
  reference: PlaceReference,
  text: string,
  onlyFor?: { readonly id: string; readonly name?: string },
) => Promise<void>;

export function createSay(send: Send): Say {
  return async (reference, text, onlyFor) => {
    const { serviceUrl, place } = reference;
    const isTargeted = onlyFor !== undefined && place.kind !== 'personal';
    const addressee = isTargeted ? { channelUserId: onlyFor.id, name: onlyFor.name ?? '' } : undefined;
    const path = `v3/conversations/${encodeURIComponent(place.id)}/activities`;
    await send({
      method: 'POST',
      serviceUrl,
      path,
      queueKey: place.id,
      isTargeted,
      isAnswer: true,
      body: textMessage(text, reference, addressee),
    });
  };
}
