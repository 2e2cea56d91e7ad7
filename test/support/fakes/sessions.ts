import type { Draft } from '../../../src/domain/drafts/draft.ts';
import type { Drafts, Sessions } from '../../../src/domain/drafts/drafts.ts';
import type { VisibleKey, VisibleKeys } from '../../../src/domain/keys/visible-keys.ts';
import type { Contact } from '../../../src/domain/people/contact.ts';
import { pageOf } from './page-of.ts';
import type { FakeTicketFiles } from './ticket-files.ts';

export interface FakeSessions {
  readonly drafts: Drafts;
  readonly sessions: Sessions;
  /** Everything that is kept, to be looked at and laid out beforehand. */
  readonly kept: Map<string, Draft>;
  /** How often something was read and written. */
  readonly counts: { opened: number; closed: number };
}

/** Drafts and sessions in memory, with the promises of their ports. `isSubmitted`: is there a record under that id? */
export function createFakeSessions(
  isSubmitted: (submissionId: string) => boolean = () => false,
  contacts: ReadonlyMap<string, Contact> = new Map(),
  files?: FakeTicketFiles,
): FakeSessions {
  const kept = new Map<string, Draft>();
  const waiting = new Map<string, string>();
  const seen = new Map<string, { readonly turnId: string | undefined; readonly draftId: string | undefined }>();
  const counts = { opened: 0, closed: 0 };
  const newestFirst = (): Draft[] => [...kept.values()].sort((a, b) => b.changedAt.localeCompare(a.changedAt));
  const isOpen = (draft: Draft): boolean => draft.title !== undefined && !draft.settled;
  return {
    kept,
    counts,
    drafts: {
      get: async (id) => kept.get(id),
      listFor: async (personId, limit) =>
        newestFirst()
          .filter((draft) => isOpen(draft) && (draft.ownerId === personId || draft.isHandedOver))
          .slice(0, limit),
      async closing(now, until, past) {
        const found = newestFirst().flatMap(({ id, settled, closing }) => {
          const closesAt = closing && new Date(closing.closesAt);
          if (!closing || !closesAt || settled || closesAt <= now || closesAt > until) return [];
          return [{ draftId: id, orderNumber: closing.orderNumber, closesAt, askedAt: new Date(closing.askedAt) }];
        });
        return pageOf(found, ({ closesAt, draftId }) => `${closesAt.toISOString()} ${draftId}`, past);
      },
      openOf: async ({ flow, key }) =>
        newestFirst()
          .filter((draft) => isOpen(draft) && !draft.isPrivate && draft.flow === flow && draft.key === key)
          .map(({ id, ownerId, ownerName, changedAt }) => ({ id, ownerId, ownerName, changedAt: new Date(changedAt) })),
      async reminded(draftId, at) {
        const draft = kept.get(draftId);
        if (draft?.closing) kept.set(draftId, { ...draft, closing: { ...draft.closing, askedAt: at.toISOString() } });
      },
    },
    sessions: {
      async open({ personId, placeId, activityKey, draft: wanted }) {
        counts.opened += 1;
        const id =
          wanted?.by === 'id' ? wanted.id : wanted?.by === 'waiting' ? waiting.get(`${personId} ${placeId}`) : '';
        const named = id ? kept.get(id) : undefined;
        const isTheirs =
          wanted?.by !== 'waiting' || (named?.ownerId === personId && named.place.id === placeId && !named.settled);
        const same =
          wanted?.by === 'key'
            ? newestFirst().find(
                (one) => one.ownerId === personId && one.flow === wanted.flow && one.key === wanted.key && !one.settled,
              )
            : undefined;
        const known = same ?? (isTheirs ? named : undefined);
        const theirFiles = known && (await files?.ticketFiles.of({ of: 'draft', id: known.id }));
        const draft = known && (theirFiles?.length ? { ...known, files: theirFiles } : known);
        return {
          isSeen: activityKey !== undefined && seen.has(activityKey),
          isSubmitted: draft?.submissionId !== undefined && isSubmitted(draft.submissionId),
          contact: contacts.get(personId),
          draft,
          ...(wanted?.by === 'waiting' && {
            openTopics: newestFirst().flatMap(({ ownerId, flow, key, settled }) =>
              ownerId === personId && key !== undefined && !settled ? [{ flow, key }] : [],
            ),
          }),
        };
      },
      async close({ personId, placeId, activityKey, turnId, draft, isWaiting }) {
        counts.closed += 1;
        if ((kept.get(draft.id)?.revision ?? 0) !== draft.revision - 1) return 'stale';
        const begun = activityKey !== undefined && draft.revision === 1 ? seen.get(activityKey) : undefined;
        if (begun?.turnId !== undefined && begun.turnId !== turnId)
          return begun.draftId === undefined ? 'stale' : { begunAs: begun.draftId };
        const { files: _, ...written } = draft;
        kept.set(draft.id, JSON.parse(JSON.stringify(written)) as Draft);
        if (draft.settled) files?.endDraft(draft.id);
        if (activityKey && !seen.has(activityKey))
          seen.set(activityKey, { turnId, draftId: draft.revision === 1 ? draft.id : undefined });
        const here = `${personId} ${placeId}`;
        if (isWaiting === 'yes') waiting.set(here, draft.id);
        if (isWaiting === 'no' && waiting.get(here) === draft.id) waiting.delete(here);
        return 'written';
      },
    },
  };
}

/** Messages that show a key, in memory; nothing hides them by itself. */
export function createFakeVisibleKeys(): VisibleKeys & { readonly rows: Map<string, VisibleKey> } {
  const rows = new Map<string, VisibleKey>();
  return {
    rows,
    get: async (id) => rows.get(id),
    ofPerson: async (placeId, personId) =>
      [...rows.values()].filter((row) => row.message.placeId === placeId && row.personId === personId),
    remove: async (id) => void rows.delete(id),
    async removeOfPlace(placeId) {
      for (const [id, row] of rows) if (row.message.placeId === placeId) rows.delete(id);
    },
    async refused(id) {
      const row = rows.get(id);
      const after = row && { ...row, refusals: row.refusals + 1, refusedSince: row.refusedSince ?? new Date() };
      if (after) rows.set(id, after);
      return after;
    },
    overdue: async (seconds, limit) =>
      [...rows.values()].filter((row) => row.hideAt.getTime() < Date.now() - seconds * 1000).slice(0, limit),
  };
}
