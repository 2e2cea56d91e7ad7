import type { PersonReference, PlaceReference, References } from '../../domain/people/references.ts';
import type { Person } from '../../domain/people/staff.ts';
import type { Registration } from '../credentials.ts';
import { type Activity, chatOf, placeOf } from './activity.ts';

/** The way back to where an admitted activity came from; its service address can change, so it is taken each time. */
export function placeReferenceOf(activity: Activity, registration: Registration): PlaceReference | undefined {
  const { conversation, serviceUrl, recipient, channelData } = activity;
  if (!conversation || !serviceUrl) return undefined;
  const tenantId = channelData?.tenant?.id ?? conversation.tenantId ?? '';
  const ownId = registration.mode === 'registered' ? `28:${registration.appId}` : '28:bot';
  const bot = { id: recipient?.id ?? ownId, name: recipient?.name ?? '' };
  return { place: placeOf(conversation), serviceUrl, tenantId, bot };
}

/** Keeps the ways to the place and to the person. What was known about their personal chat stays known. */
export async function remember(
  references: References,
  activity: Activity,
  reference: PlaceReference,
  who: Person,
): Promise<void> {
  const { from } = activity;
  if (!from) return;
  const { place, serviceUrl, tenantId, bot } = reference;
  const isPersonal = place.kind === 'personal';
  const [known] = await Promise.all([
    isPersonal ? undefined : references.person(who.id),
    references.putPlace(reference),
  ]);
  const personalPlaceId = isPersonal ? chatOf(place.id) : known?.personalPlaceId;
  const person: PersonReference = {
    personId: who.id,
    name: who.name,
    channelUserId: from.id,
    serviceUrl,
    tenantId,
    bot,
    ...(personalPlaceId !== undefined && { personalPlaceId }),
  };
  await references.putPerson(person);
}

/** The app was taken away here: neither the place nor, if it was one, the personal chat can be used again. */
export async function forget(references: References, reference: PlaceReference, personId?: string): Promise<void> {
  await references.forgetPlace(reference.place.id);
  if (personId === undefined || reference.place.kind !== 'personal') return;
  const known = await references.person(personId);
  if (!known) return;
  const { personalPlaceId: _, ...rest } = known;
  await references.putPerson(rest);
}
