import type { Pool } from 'pg';
import type { Draft } from '../domain/drafts/draft.ts';
import type { Drafts } from '../domain/drafts/drafts.ts';
import { createExpiring, valuesOf } from './expiring.ts';

const dayMs = 24 * 3600 * 1000;
const keptMs = 30 * dayMs;

interface KeptReminder {
  readonly draftId: string;
  readonly orderNumber: string;
  readonly closesAt: string;
  readonly askedAt: string;
}

export function createDrafts(pool: Pool): Drafts {
  const drafts = createExpiring<Draft>(pool, 'drafts', keptMs);
  const waiting = createExpiring<string>(pool, 'waiting', keptMs);
  const reminders = createExpiring<KeptReminder>(pool, 'draft-reminders');

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

    async putReminder({ draftId, orderNumber, closesAt, askedAt }) {
      const kept = { draftId, orderNumber, closesAt: closesAt.toISOString(), askedAt: askedAt.toISOString() };
      // As long as it takes by its own dates: the simulator's clock is not the database's, but never slower.
      await reminders.set(draftId, kept, Math.max(0, closesAt.getTime() - askedAt.getTime()) + dayMs);
    },

    async removeReminder(draftId) {
      await reminders.delete(draftId);
    },

    async reminders() {
      const all = await valuesOf(reminders);
      return all.map((kept) => ({ ...kept, closesAt: new Date(kept.closesAt), askedAt: new Date(kept.askedAt) }));
    },
  };
}
