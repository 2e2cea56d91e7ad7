import { Writable } from 'node:stream';
import type { PersonReference, PlaceReference, References } from '../../src/domain/people/references.ts';
import type { Card } from '../../src/flows/engine/flow.ts';
import { createLog, type Log } from '../../src/log.ts';

export interface KeptReferences extends References {
  readonly places: Map<string, PlaceReference>;
  readonly people: Map<string, PersonReference>;
}

export function keptReferences(): KeptReferences {
  const places = new Map<string, PlaceReference>();
  const people = new Map<string, PersonReference>();
  return {
    places,
    people,
    putPlace: async (reference) => void places.set(reference.place.id, reference),
    place: async (id) => places.get(id),
    forgetPlace: async (id) => void places.delete(id),
    putPerson: async (reference) => void people.set(reference.personId, reference),
    person: async (id) => people.get(id),
  };
}

/** A log that can be read afterwards, down to the last detail. */
export function readableLog(): { log: Log; text: () => string } {
  const lines: string[] = [];
  const stream = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk));
      done();
    },
  });
  return { log: createLog('trace', stream), text: () => lines.join('') };
}

export function card(text: string): Card {
  return { content: { type: 'AdaptiveCard', version: '1.5', body: [{ type: 'TextBlock', text }] }, summary: 'A card' };
}
