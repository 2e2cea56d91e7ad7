import { randomUUID } from 'node:crypto';
import { type FileOwner, freeName, maxFiles, type TicketFile } from '../../../src/domain/cancellations/ticket-file.ts';
import type { NewTicketFile, TicketFiles } from '../../../src/domain/cancellations/ticket-files.ts';
import { Refusal } from '../../../src/domain/errors.ts';

/** A file with what is in it, and where it belongs. */
interface KeptFile extends TicketFile {
  readonly personId: string;
  readonly draftId?: string;
  readonly reference?: string;
  readonly bytes: Uint8Array;
}

export interface FakeTicketFiles {
  readonly ticketFiles: TicketFiles;
  readonly files: Map<string, KeptFile>;
  /** How many files a case takes over from its draft. */
  take(reference: string, draftId: string | undefined): number;
  /** A case, or a draft, is over. `isOpen`: is that draft still open? */
  endCase(reference: string, isOpen: (draftId: string) => boolean): void;
  endDraft(draftId: string): void;
}

/** Files in memory. `changed`: a case has so many files now. */
export function createFakeTicketFiles(changed: (reference: string, files: number) => void): FakeTicketFiles {
  const files = new Map<string, KeptFile>();
  const isOf = (file: KeptFile, { of, id }: FileOwner): boolean => {
    if (of === 'draft') return file.draftId === id;
    if (of === 'case') return file.reference === id;
    return file.personId === id && !file.draftId && !file.reference;
  };
  const ofOwner = (owner: FileOwner): KeptFile[] => [...files.values()].filter((file) => isOf(file, owner));
  const without = ({ personId: _, draftId: __, reference: ___, bytes: ____, ...file }: KeptFile): TicketFile => file;
  const placeOf = ({ of, id }: FileOwner): Pick<KeptFile, 'draftId' | 'reference'> =>
    of === 'draft' ? { draftId: id } : of === 'case' ? { reference: id } : {};
  const tell = (owner: FileOwner): void => {
    if (owner.of === 'case') changed(owner.id, ofOwner(owner).length);
  };
  const change = (id: string, changes: Partial<KeptFile>): void => {
    const file = files.get(id);
    if (file) files.set(id, { ...file, ...changes });
  };
  const demandRoom = (count: number): void => {
    if (count > maxFiles) throw new Refusal('too-many-files', { limit: maxFiles });
  };
  const isSame = (one: Uint8Array, other: Uint8Array): boolean => Buffer.compare(one, other) === 0;
  return {
    files,
    take(reference, draftId) {
      const taken = draftId === undefined ? [] : ofOwner({ of: 'draft', id: draftId });
      for (const { id } of taken) change(id, { reference });
      return taken.length;
    },
    endCase(reference, isOpen) {
      for (const { id, draftId } of ofOwner({ of: 'case', id: reference }))
        if (draftId && isOpen(draftId)) change(id, { reference: undefined });
        else files.delete(id);
    },
    endDraft(draftId) {
      for (const { id, reference } of ofOwner({ of: 'draft', id: draftId })) if (!reference) files.delete(id);
    },
    ticketFiles: {
      async add({ owner, personId, name, type, bytes }: NewTicketFile) {
        const before = ofOwner(owner);
        const same = before.find((one) => isSame(one.bytes, bytes));
        if (same) return { file: without(same), isNew: false };
        demandRoom(before.length + 1);
        const free = freeName(
          name,
          before.map((one) => one.name),
        );
        const id = randomUUID();
        const file: KeptFile = { id, name: free, type, size: bytes.byteLength, personId, bytes, ...placeOf(owner) };
        files.set(id, file);
        tell(owner);
        return { file: without(file), isNew: true };
      },
      of: async (owner) => ofOwner(owner).map(without),
      read: async (id) => files.get(id)?.bytes,
      async remove(owner, id) {
        const isThere = ofOwner(owner).some((one) => one.id === id);
        if (isThere) files.delete(id);
        tell(owner);
        return isThere;
      },
      async move(personId, fileIds, to) {
        const before = ofOwner(to);
        const moving = ofOwner({ of: 'person', id: personId }).filter(({ id }) => fileIds.includes(id));
        const wanted = moving.filter(({ bytes }) => !before.some((one) => isSame(one.bytes, bytes)));
        demandRoom(before.length + wanted.length);
        const names = before.map(({ name }) => name);
        for (const file of moving) {
          if (!wanted.includes(file)) files.delete(file.id);
          else {
            const name = freeName(file.name, names);
            names.push(name);
            change(file.id, { ...placeOf(to), name });
          }
        }
        tell(to);
      },
      recordAttached: async (id, ticketId) => change(id, { ticketId, isRefused: undefined }),
      recordRefused: async (id) => change(id, { isRefused: true }),
      async recordAllAttached(reference, ticketId) {
        for (const { id } of ofOwner({ of: 'case', id: reference })) change(id, { ticketId, isRefused: undefined });
      },
    },
  };
}
