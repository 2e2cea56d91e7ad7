import type { AuditFileOffers } from '../../domain/audit/audit.ts';
import { DeliveryError } from '../../domain/errors.ts';
import type { PlaceReference, References } from '../../domain/people/references.ts';
import { contextOf, type StoredFile } from '../inbound/file-consent.ts';
import type { OutgoingActivity } from './outgoing.ts';
import type { Send } from './send.ts';

export interface FileMessages extends AuditFileOffers {
  /** The file that lies in the person's OneDrive now. */
  show(reference: PlaceReference, stored: StoredFile): Promise<void>;
}

/** Files go to a person in their own chat alone: Teams asks them, and gives an address at which the file is put. */
export function createFileMessages(references: Pick<References, 'person' | 'place'>, send: Send): FileMessages {
  async function post(reference: PlaceReference, attachment: OutgoingActivity): Promise<void> {
    const { serviceUrl, place, bot } = reference;
    const path = `v3/conversations/${encodeURIComponent(place.id)}/activities`;
    const body = { type: 'message', from: bot, conversation: { id: place.id }, attachments: [attachment] };
    await send({ method: 'POST', serviceUrl, path, queueKey: place.id, isAnswer: true, body });
  }

  return {
    async offer(personId, { name, description, sizeInBytes, scope }) {
      const person = await references.person(personId);
      const reference = person?.personalPlaceId ? await references.place(person.personalPlaceId) : undefined;
      if (!reference) throw new DeliveryError('final', { code: 'UnknownPlace' });
      const context = contextOf(scope);
      await post(reference, {
        contentType: 'application/vnd.microsoft.teams.card.file.consent',
        name,
        content: { description, sizeInBytes, acceptContext: context, declineContext: context },
      });
    },
    show: (reference, { contentUrl, name, uniqueId, fileType }) =>
      post(reference, {
        contentType: 'application/vnd.microsoft.teams.card.file.info',
        contentUrl,
        name,
        content: { uniqueId, fileType },
      }),
  };
}
