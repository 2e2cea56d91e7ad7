import type { Place } from '../domain/people/place.ts';
import type { References } from '../domain/people/references.ts';

const prefix = 'web:';

/** Where a person's turns on the web pages take place: their cards are on no one else's screen. */
export function webPlace(personId: string): Place {
  return { id: `${prefix}${personId}`, kind: 'personal' };
}

/** Whose web place it is; nothing for a place in Teams. */
export function personOfWebPlace(placeId: string): string | undefined {
  return placeId.startsWith(prefix) ? placeId.slice(prefix.length) : undefined;
}

/** The references in front of Teams' ones: a web place is known without having been stored. */
export function withWebPlaces(references: References): References {
  return {
    ...references,
    async place(placeId) {
      const personId = personOfWebPlace(placeId);
      if (personId === undefined) return references.place(placeId);
      return { place: webPlace(personId), personId, serviceUrl: '', tenantId: '', bot: { id: '', name: '' } };
    },
  };
}
