import type Keyv from 'keyv';
import type { Pool } from 'pg';
import type { PersonReference, PlaceReference, References } from '../domain/people/references.ts';
import { createExpiring } from './expiring.ts';

const dayMs = 86_400_000;
/** A place or a person that was not used for so long is forgotten. */
const keptMs = 400 * dayMs;
/** Each use would be a write: one a month is enough. */
const renewedMs = keptMs - 30 * dayMs;

/** What is read is used, and kept for as long again. */
async function use<T>(kept: Keyv<T>, key: string): Promise<T | undefined> {
  const found = await kept.getRaw(key);
  if (found?.value === undefined) return undefined;
  const leftMs = (found.expires ?? 0) - Date.now();
  // What could not be written now is written at the next use.
  if (leftMs < renewedMs) await kept.set(key, found.value, keptMs).catch(() => undefined);
  return found.value;
}

export function createReferences(pool: Pool): References {
  const places = createExpiring<PlaceReference>(pool, 'places');
  const people = createExpiring<PersonReference>(pool, 'people');

  return {
    async putPlace(reference) {
      await places.set(reference.place.id, reference, keptMs);
    },

    place: (placeId) => use(places, placeId),

    async forgetPlace(placeId) {
      await places.delete(placeId);
    },

    async putPerson(reference) {
      await people.set(reference.personId, reference, keptMs);
    },

    person: (personId) => use(people, personId),
  };
}
