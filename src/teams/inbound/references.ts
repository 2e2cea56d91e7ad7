import { isDeepStrictEqual } from 'node:util';
import type { PersonReference, PlaceReference, References } from '../../domain/people/references.ts';
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
  return { place, serviceUrl, tenantId, bot, ...(place.kind === 'channel' && { teamId: teamOf(activity, place.id) }) };
}

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
  const { from } = activity;
  if (!from) throw new TypeError('Whoever is known is named in the activity');
  const { serviceUrl, tenantId, bot } = reference;
  const isPersonal = reference.place.kind === 'personal';
  const [known, knownPlace] = await Promise.all([references.person(who.id), references.place(reference.place.id)]);
  const place: PlaceReference = {
    ...reference,
    ...(isPersonal && { personId: who.id }),
    // Not every activity in a channel names the team.
    ...(knownPlace?.teamId !== undefined && !activity.channelData?.team && { teamId: knownPlace.teamId }),
  };
  const personalPlaceId = isPersonal ? chatOf(place.place.id) : known?.personalPlaceId;
  const locale = who.locale ?? known?.locale;
  const timeZone = who.timeZone ?? known?.timeZone;
  const person: PersonReference = {
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
  await Promise.all([references.putPlace(place), references.putPerson(person)]);
  return { person, place };
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

/** So many places, and so many people, are known without asking the database; the ones not used for longest go first. */
const maxCached = 10_000;
/** Another process may have learnt something else meanwhile. */
const cacheMs = 10 * 60_000;

interface Cached<T> {
  readonly value: T | undefined;
  readonly at: number;
}

/**
 * The references in front of the stored ones: what is known is not asked for again, and what has not changed is not
 * written.
 */
export function cacheReferences(stored: References, now: () => number = Date.now): References {
  const places = new Map<string, Cached<PlaceReference>>();
  const people = new Map<string, Cached<PersonReference>>();

  async function read<T>(
    cache: Map<string, Cached<T>>,
    key: string,
    load: () => Promise<T | undefined>,
  ): Promise<T | undefined> {
    const known = cache.get(key);
    if (known && now() - known.at < cacheMs) return known.value;
    const value = await load();
    keep(cache, key, value);
    return value;
  }

  function keep<T>(cache: Map<string, Cached<T>>, key: string, value: T | undefined): void {
    cache.delete(key);
    cache.set(key, { value, at: now() });
    const oldest = cache.size > maxCached ? cache.keys().next().value : undefined;
    if (oldest !== undefined) cache.delete(oldest);
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
      keep(places, id, reference);
    },
    async putPerson(reference) {
      const { personId } = reference;
      if (isDeepStrictEqual(await person(personId), reference)) return;
      await stored.putPerson(reference);
      keep(people, personId, reference);
    },
    async forgetPlace(placeId) {
      await stored.forgetPlace(placeId);
      keep(places, placeId, undefined);
    },
  };
}
