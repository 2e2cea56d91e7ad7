import type { Pool } from 'pg';
import type { Draft } from '../domain/draft.ts';
import type { Drafts } from '../domain/ports.ts';
import { createExpiring, valuesOf } from './expiring.ts';

const keptMs = 30 * 24 * 3600 * 1000;

export function createDrafts(pool: Pool): Drafts {
  const drafts = createExpiring<Draft>(pool, 'drafts', keptMs);
  const waiting = createExpiring<string>(pool, 'waiting', keptMs);

  return {
    async put(draft) {
      await drafts.set(draft.id, draft);
    },

    get: (id) => drafts.get(id),

    async remove(id) {
      await drafts.delete(id);
    },

    async list() {
      const all = await valuesOf(drafts);
      return all.sort((one, other) => Date.parse(other.changedAt) - Date.parse(one.changedAt));
    },

    async setWaiting(placeId, personId, draftId) {
      const key = `${personId} ${placeId}`;
      if (draftId === undefined) await waiting.delete(key);
      else await waiting.set(key, draftId);
    },

    waiting: (placeId, personId) => waiting.get(`${personId} ${placeId}`),
  };
}
