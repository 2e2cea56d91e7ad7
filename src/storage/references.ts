import type { Pool } from 'pg';
import type { PersonReference, PlaceReference, References } from '../domain/people/references.ts';
import { createExpiring } from './expiring.ts';

export function createReferences(pool: Pool): References {
  const places = createExpiring<PlaceReference>(pool, 'places');
  const people = createExpiring<PersonReference>(pool, 'people');

  return {
    async putPlace(reference) {
      await places.set(reference.place.id, reference);
    },

    place: (placeId) => places.get(placeId),

    async forgetPlace(placeId) {
      await places.delete(placeId);
    },

    async putPerson(reference) {
      await people.set(reference.personId, reference);
    },

    person: (personId) => people.get(personId),
  };
}
