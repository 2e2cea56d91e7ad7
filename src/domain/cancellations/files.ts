import type { Draft } from '../drafts/draft.ts';
import { Refusal } from '../errors.ts';
import { demand } from '../people/demand.ts';
import { mayDo, type Person } from '../people/staff.ts';
import type { World } from '../world.ts';
import { isClosed } from './case.ts';
import { cleanFileName, type FileOwner, maxFileBytes, plainFileName, type TicketFile } from './ticket-file.ts';

interface SentFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/**
 * A file that goes with the ticket. Told by its content; the same content twice is one file. Refuses `not-allowed`,
 * `file-bad`, `too-many-files`, and what `demandOwner` refuses.
 */
export async function addFile(
  world: World,
  who: Person,
  owner: FileOwner,
  { name, bytes }: SentFile,
): Promise<{ readonly file: TicketFile; readonly isNew: boolean }> {
  await demand(world, who, 'cancel.prepare');
  await demandOwner(world, who, owner);
  if (bytes.byteLength > maxFileBytes) throw new Refusal('file-bad', { name: plainFileName(name), fault: 'too-large' });
  const found = await world.fileInspector.inspect(bytes);
  if ('fault' in found) throw new Refusal('file-bad', { name: plainFileName(name), fault: found.fault });
  const { type } = found;
  return world.ticketFiles.add({ owner, personId: who.id, name: cleanFileName(name, type), type, bytes });
}

/** Refuses as `addFile`. */
export async function listFiles(world: World, who: Person, owner: FileOwner): Promise<TicketFile[]> {
  await demandOwner(world, who, owner);
  return world.ticketFiles.of(owner);
}

/** What is gone already stays gone. Refuses as `addFile`. */
export async function removeFile(world: World, who: Person, owner: FileOwner, fileId: string): Promise<void> {
  await demand(world, who, 'cancel.prepare');
  await demandOwner(world, who, owner);
  await world.ticketFiles.remove(owner, fileId);
}

/** The file with what is in it, for those whose it is and for admin agents. Refuses `file-gone` besides. */
export async function readFile(
  world: World,
  who: Person,
  owner: FileOwner,
  fileId: string,
): Promise<{ readonly file: TicketFile; readonly bytes: Uint8Array }> {
  const files = await listFiles(world, who, owner);
  const file = files.find(({ id }) => id === fileId);
  const bytes = file && (await world.ticketFiles.read(file.id));
  if (!file || !bytes) throw new Refusal('file-gone', { name: file?.name });
  return { file, bytes };
}

/** Files that their sender has now given a place. Refuses as `addFile`. */
export async function placeFiles(world: World, who: Person, fileIds: readonly string[], to: FileOwner): Promise<void> {
  await demand(world, who, 'cancel.prepare');
  await demandOwner(world, who, to);
  await world.ticketFiles.move(who.id, fileIds, to);
}

/**
 * Whoever has no role any more sees none, not even their own. A draft is its owner's alone; a case is of whoever submitted or prepared it, and of those who may submit. Refuses `not-allowed`,
 * `draft-gone`, `not-yours`, `file-owner-gone`.
 */
async function demandOwner(world: World, who: Person, owner: FileOwner): Promise<void> {
  await demand(world, who, 'look');
  if (owner.of === 'draft') return demandDraft(await world.drafts.get(owner.id), who);
  if (owner.of === 'person') {
    if (owner.id !== who.id) throw new Refusal('file-owner-gone', {});
    return;
  }
  const found = await world.cases.get(owner.id);
  if (!found || isClosed(found.state)) throw new Refusal('file-owner-gone', {});
  if (found.requesterId === who.id || found.content.preparer?.id === who.id) return;
  const roles = await world.staff.rolesOf(who.id);
  if (!mayDo(roles, 'cancel.submit')) throw new Refusal('not-allowed', { right: 'cancel.submit', roles });
}

function demandDraft(draft: Draft | undefined, who: Person): void {
  if (draft?.flow !== 'cancel' || draft.settled) throw new Refusal('draft-gone', {});
  if (draft.ownerId !== who.id) throw new Refusal('not-yours', { owner: draft.ownerName });
}
