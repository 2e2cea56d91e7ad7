import { isDeepStrictEqual } from 'node:util';
import type { ChannelType } from '../../domain/people/place.ts';
import type { PersonReference, PlaceReference, References } from '../../domain/people/references.ts';
import { createRecentValues, type RecentValues } from '../../domain/work/recent-values.ts';
import type { Registration } from '../credentials.ts';
import { type Activity, chatOf, placeOf } from './activity.ts';
import type { Speaker } from './who.ts';

/** How to reach the place an activity came from. Its service address can change, so it is taken from each activity. */
export function placeReferenceOf(activity: Activity, registration: Registration): PlaceReference | undefined {
  const { conversation, serviceUrl, recipient, channelData } = activity;
  if (!conversation || !serviceUrl) return undefined;
  const tenantId = channelData?.tenant?.id ?? conversation.tenantId ?? '';
  const ownId = registration.mode === 'registered' ? `28:${registration.appId}` : '28:bot';
  const bot = { id: recipient?.id ?? ownId, name: recipient?.name ?? '' };
  const place = placeOf(conversation);
  const reference = { place, serviceUrl, tenantId, bot };
  if (place.kind !== 'channel') return reference;
  const channelType = channelTypeOf(activity);
  return { ...reference, teamId: teamOf(activity, place.id), ...(channelType && { channelType }) };
}

function channelTypeOf({ channelData }: Activity): ChannelType | undefined {
  const told = channelTypes.find((type) => type === channelData?.channel?.type?.toLowerCase());
  return told ?? (channelData?.membershipSource === undefined ? undefined : 'shared');
}

const channelTypes: readonly ChannelType[] = ['standard', 'private', 'shared'];

function teamOf({ channelData }: Activity, placeId: string): string {
  return channelData?.team?.id ?? chatOf(placeId);
}

/** Keeps the ways to the place and to the person. What was known about their personal chat stays known. */
export async function remember(
  references: References,
  activity: Activity,
  reference: PlaceReference,
  who: Speaker,
): Promise<{ readonly person: PersonReference; readonly place: PlaceReference }> {
  const isPersonal = reference.place.kind === 'personal';
  const [known, knownPlace] = await Promise.all([references.person(who.id), references.place(reference.place.id)]);
  const place: PlaceReference = {
    ...reference,
    ...(isPersonal && { personId: who.id }),
    // Not every activity in a channel names the team, or what kind of channel it is.
    ...(knownPlace?.teamId !== undefined && !activity.channelData?.team && { teamId: knownPlace.teamId }),
    ...(knownPlace?.channelType && !reference.channelType && { channelType: knownPlace.channelType }),
  };
  const personalPlaceId = isPersonal ? chatOf(place.place.id) : known?.personalPlaceId;
  const person = personOf(activity, reference, who, { ...known, personalPlaceId });
  await Promise.all([references.putPlace(place), references.putPerson(person)]);
  return { person, place };
}

/** The same where the place may be one that the bot is no member of: only the person is kept. */
export async function rememberPerson(
  references: References,
  activity: Activity,
  reference: PlaceReference,
  who: Speaker,
): Promise<{ readonly person: PersonReference; readonly place: PlaceReference }> {
  const [known, place] = await Promise.all([references.person(who.id), references.place(reference.place.id)]);
  const person = personOf(activity, reference, who, known);
  await references.putPerson(person);
  return { person, place: place ?? reference };
}

function personOf(
  { from }: Activity,
  { serviceUrl, tenantId, bot }: PlaceReference,
  who: Speaker,
  known: Partial<PersonReference> = {},
): PersonReference {
  if (!from) throw new TypeError('Whoever is known is named in the activity');
  const { personalPlaceId } = known;
  const locale = who.locale ?? known.locale;
  const timeZone = who.timeZone ?? known.timeZone;
  return {
    personId: who.id,
    name: who.name,
    channelUserId: from.id,
    serviceUrl,
    tenantId,
    bot,
    ...(personalPlaceId !== undefined && { personalPlaceId }),
    ...(locale !== undefined && { locale }),
    ...(timeZone !== undefined && { timeZone }),
  };
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

/** With what is written in one of its threads, the channel itself is known: something new can be begun there. */
export function withChannel(references: References, channel: string): References {
  return {
    ...references,
    async putPlace(reference) {
      await references.putPlace(reference);
      const { place } = reference;
      if (place.id !== channel && chatOf(place.id) === channel)
        await references.putPlace({ ...reference, place: { ...place, id: channel } });
    },
  };
}

/** So many places, and so many people, are known without asking the database. */
const most = 10_000;
const keptMs = 10 * 60_000;

/**
 * The references in front of the stored ones: what is known is not asked for again, and what has not changed is not
 * written.
 */
export function cacheReferences(stored: References, now?: () => number): References {
  const places = createRecentValues<PlaceReference | undefined>({ most, keptMs, now });
  const people = createRecentValues<PersonReference | undefined>({ most, keptMs, now });

  async function read<T>(
    known: RecentValues<T | undefined>,
    key: string,
    load: () => Promise<T | undefined>,
  ): Promise<T | undefined> {
    const found = known.get(key);
    if (found) return found.value;
    const value = await load();
    known.put(key, value);
    return value;
  }

  const place = (id: string) => read(places, id, () => stored.place(id));
  const person = (id: string) => read(people, id, () => stored.person(id));

  return {
    place,
    person,
    async putPlace(reference) {
      const { id } = reference.place;
      if (isDeepStrictEqual(await place(id), reference)) return;
      await stored.putPlace(reference);
      places.put(id, reference);
    },
    async putPerson(reference) {
      const { personId } = reference;
      if (isDeepStrictEqual(await person(personId), reference)) return;
      await stored.putPerson(reference);
      people.put(personId, reference);
    },
    async forgetPlace(placeId) {
      await stored.forgetPlace(placeId);
      places.put(placeId, undefined);
    },
  };
}
