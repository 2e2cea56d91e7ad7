import { DeliveryError } from '../../domain/errors.ts';
import type { SentMessage } from '../../domain/people/place.ts';
import type { PersonReference, PlaceReference, References } from '../../domain/people/references.ts';
import { countRefusal, isBelieved } from '../../domain/people/refusals.ts';
import type { Card } from '../../flows/engine/flow.ts';
import type { Messenger, SendOptions } from '../../flows/engine/messenger.ts';
import { chatOf } from '../inbound/activity.ts';
import type { Audience } from './audience.ts';
import type { Features } from './features.ts';
import { cardEdit, cardMessage, type OutgoingActivity, typingActivity } from './outgoing.ts';
import type { Send } from './send.ts';

interface MessengerParts {
  readonly references: References;
  readonly send: Send;
  readonly audience: Pick<Audience, 'of'>;
  /** What stands in the place instead of a card that must not be read there. */
  readonly withheldCard: (placeId: string) => Promise<Card>;
  /** Absent while developing: the local client takes a targeted message for an ordinary one. */
  readonly features?: Features;
  readonly now?: () => Date;
}

/** For answers in their place and for messages on our own initiative alike. */
export function createMessenger(parts: MessengerParts): Messenger {
  const { references, send, audience, withheldCard, features, now = () => new Date() } = parts;

  return {
    async send(placeId, card, { onlyFor, isAnswer, isNotice } = {}) {
      const urgency = { isAnswer, isNotice };
      const reference = await loadPlace(placeId);
      if (onlyFor === undefined) return postPublicly(reference, card, urgency);
      const person = await loadPerson(onlyFor);
      if (reference.place.kind !== 'personal') return postTargeted(reference, person, card, urgency);
      // There are no targeted messages in a personal chat, and no need: but it must be this person's.
      if (person.personalPlaceId !== chatOf(placeId)) throw new DeliveryError('final', { code: 'NotTheirChat' });
      return postPublicly(reference, card, urgency);
    },

    async update(message, card) {
      await replace(message, card);
    },

    async updateIfThere(message, card) {
      try {
        await edit(await loadPlace(message.placeId), message, card, { isBestEffort: true });
        return true;
      } catch (error) {
        if (!(error instanceof DeliveryError)) throw error;
        return error.kind !== 'refused' && error.kind !== 'final';
      }
    },

    async delete(message) {
      await send(messageRequest(await loadPlace(message.placeId), message, 'DELETE'));
    },

    async sendDirect(personId, card, { isAnswer, isNotice } = {}) {
      const person = await loadPerson(personId);
      return postPublicly(await personalPlace(person), card, { person, isAnswer, isNotice });
    },

    async sendTargeted(placeId, card, personId) {
      const [reference, person] = await Promise.all([loadPlace(placeId), loadPerson(personId)]);
      if (reference.place.kind !== 'personal') return postTargeted(reference, person, card, {});
      if (person.personalPlaceId !== chatOf(placeId)) throw new DeliveryError('final', { code: 'NotTheirChat' });
      return inChat(reference, () => postTargeted(reference, person, card, {}));
    },

    async updateTargeted(message, secret) {
      if (message.onlyFor === undefined) throw new DeliveryError('final', { code: 'NotTargeted' });
      const reference = await loadPlace(message.placeId);
      const edit = () => replace(message, secret.reveal());
      await (reference.place.kind === 'personal' ? inChat(reference, edit) : edit());
    },

    async typing(placeId) {
      const reference = await references.place(placeId);
      if (!reference) return;
      const request = { ...postRequest(reference, typingActivity(reference)), isBestEffort: true };
      await send(request).catch(() => undefined);
    },
  };

  /** A targeted message in a personal chat, where that is known to be refused or cannot be told apart, is none. */
  function inChat<T>({ tenantId }: PlaceReference, work: () => Promise<T>): Promise<T> {
    if (!features) throw new DeliveryError('final', { code: 'NotInChats' });
    return features.tryOut('targeted-in-chat', tenantId, work);
  }

  async function replace(message: SentMessage, card: Card): Promise<void> {
    const reference = await loadPlace(message.placeId);
    const readers = message.onlyFor === undefined ? await audience.of(reference) : 'staff';
    if (readers === 'staff') return edit(reference, message, card);
    // What stands there was for all when it was sent: it is taken off for people from outside, not for a failed question.
    if (readers === 'outsiders') await edit(reference, message, await withheldCard(message.placeId));
    throw DeliveryError.withheld();
  }

  async function edit(
    reference: PlaceReference,
    message: SentMessage,
    card: Card,
    options: { readonly isBestEffort?: boolean } = {},
  ): Promise<void> {
    const body = cardEdit(card, message.messageId, reference);
    await send({ ...messageRequest(reference, message, 'PUT'), ...options, body });
  }

  async function loadPlace(placeId: string): Promise<PlaceReference> {
    const reference = await references.place(placeId);
    if (!reference) throw new DeliveryError('final', { code: 'UnknownPlace' });
    return reference;
  }

  async function loadPerson(personId: string): Promise<PersonReference> {
    const reference = await references.person(personId);
    if (!reference) throw new DeliveryError('final', { code: 'UnknownPerson' });
    return reference;
  }

  /** `person`: whose own chat the place is. */
  async function postPublicly(
    reference: PlaceReference,
    card: Card,
    { person, ...urgency }: Urgency & { readonly person?: PersonReference },
  ): Promise<SentMessage | undefined> {
    if ((await audience.of(reference)) !== 'staff') throw DeliveryError.withheld();
    try {
      const messageId = await send({ ...postRequest(reference, cardMessage(card, reference)), ...urgency });
      if (reference.refusals) await forgetRefusals(reference);
      return sentMessage(reference, messageId);
    } catch (error) {
      if (error instanceof DeliveryError && error.kind === 'refused') await recordRefusal(reference, person);
      throw error;
    }
  }

  async function forgetRefusals({ refusals: _, ...reference }: PlaceReference): Promise<void> {
    await references.putPlace(reference);
  }

  /** What is refused for minutes is forgotten until somebody writes there; a chat is opened anew the next time. */
  async function recordRefusal(reference: PlaceReference, person: PersonReference | undefined): Promise<void> {
    const refusals = countRefusal(reference.refusals, now());
    if (!isBelieved(refusals, now())) return references.putPlace({ ...reference, refusals });
    await references.forgetPlace(reference.place.id);
    if (!person) return;
    const { personalPlaceId: _, ...rest } = person;
    await references.putPerson(rest);
  }

  /** The only function that sends to one person in a shared place. It has nothing to fall back on. */
  async function postTargeted(
    reference: PlaceReference,
    person: PersonReference,
    card: Card,
    urgency: Urgency,
  ): Promise<SentMessage | undefined> {
    if (person.tenantId !== reference.tenantId) throw new DeliveryError('final', { code: 'OtherTenant' });
    const body = cardMessage(card, reference, person);
    const sent = sentMessage(reference, await send({ ...postRequest(reference, body), isTargeted: true, ...urgency }));
    return sent && { ...sent, onlyFor: person.personId };
  }

  async function personalPlace(person: PersonReference): Promise<PlaceReference> {
    const known = person.personalPlaceId;
    if (known !== undefined) return (await references.place(known)) ?? chatReference(person, known);
    const { serviceUrl, tenantId, bot } = person;
    const id = await send({
      method: 'POST',
      serviceUrl,
      path: 'v3/conversations',
      queueKey: `open ${person.channelUserId}`,
      // The service answers with the same chat each time (docs/teams.md, "Sending first").
      isRepeatable: true,
      body: {
        isGroup: false,
        bot,
        members: [{ id: person.channelUserId }],
        tenantId,
        channelData: { tenant: { id: tenantId } },
      },
    });
    if (id === undefined) throw new DeliveryError('later', { code: 'NoId' });
    const reference = chatReference(person, id);
    await references.putPlace(reference);
    await references.putPerson({ ...person, personalPlaceId: reference.place.id });
    return reference;
  }
}

function chatReference({ personId, serviceUrl, tenantId, bot }: PersonReference, id: string): PlaceReference {
  return { place: { id, kind: 'personal' }, personId, serviceUrl, tenantId, bot };
}

type Urgency = Pick<SendOptions, 'isAnswer' | 'isNotice'>;

function activitiesPath(placeId: string): string {
  return `v3/conversations/${encodeURIComponent(placeId)}/activities`;
}

function postRequest({ serviceUrl, place, tenantId }: PlaceReference, body: OutgoingActivity) {
  return { method: 'POST', serviceUrl, path: activitiesPath(place.id), queueKey: place.id, tenantId, body } as const;
}

function messageRequest({ serviceUrl, place }: PlaceReference, message: SentMessage, method: 'PUT' | 'DELETE') {
  const path = `${activitiesPath(place.id)}/${encodeURIComponent(message.messageId)}`;
  return { method, serviceUrl, path, queueKey: place.id, isTargeted: message.onlyFor !== undefined } as const;
}

/** Without its id it can be neither edited nor taken away; it is there all the same. */
function sentMessage({ place }: PlaceReference, messageId: string | undefined): SentMessage | undefined {
  return messageId === undefined ? undefined : { placeId: place.id, messageId };
}
