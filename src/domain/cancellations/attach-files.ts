import { OutsideError } from '../errors.ts';
import { send } from '../work/send.ts';
import type { World } from '../world.ts';
import type { Case } from './case.ts';
import { isRefusal } from './file-ticket.ts';
import type { TicketFile } from './ticket-file.ts';
import type { AttachedFile } from './tickets.ts';

/** Those that are still to be attached to the ticket that is followed. What Partner Center refused once stays refused. */
function filesLeft(files: readonly TicketFile[], ticketId: string): TicketFile[] {
  return files.filter((file) => file.ticketId !== ticketId && !file.isRefused);
}

/**
 * Attaches the files of the case to its ticket, each once: what is there already by name and size is not sent again. Where
 * Partner Center takes no files, or not this one, a person adds it in the portal. Throws when it cannot be reached now.
 * `isNew`: the ticket was made a moment ago, and has no files yet.
 */
export async function attachFiles(world: World, found: Case, { isNew = false } = {}): Promise<void> {
  const { reference, ticketId, timesTakenUp: round, state } = found;
  if (!found.files || !ticketId || state !== 'filed') return;
  const left = filesLeft(await world.ticketFiles.of({ of: 'case', id: reference }), ticketId);
  if (left.length === 0) return;
  const there = isNew ? [] : await filesThere(world, ticketId);
  for (const file of left) {
    if (there.some((one) => one.name === file.name && one.size === file.size))
      await world.ticketFiles.recordAttached(file.id, ticketId);
    else await attach(world, { reference, ticketId, round }, file);
  }
}

/** There are files that `attachFiles` would attach. */
export async function hasFilesLeft(world: World, { reference, ticketId, files, state }: Case): Promise<boolean> {
  if (!files || !ticketId || state !== 'filed') return false;
  return filesLeft(await world.ticketFiles.of({ of: 'case', id: reference }), ticketId).length > 0;
}

interface About {
  readonly reference: string;
  readonly ticketId: string;
  readonly round: number;
}

async function attach(world: World, { reference, ticketId, round }: About, file: TicketFile): Promise<void> {
  const bytes = await world.ticketFiles.read(file.id);
  if (!bytes) return world.ticketFiles.recordRefused(file.id);
  const step = { of: 'case', id: reference, round, name: `attach-file:${file.id}` } as const;
  const attempt = await world.attempts.open(step, world.clock.now());
  try {
    await send(world, attempt, (requestId) => world.tickets.attach(ticketId, { ...file, bytes }, requestId));
    await world.ticketFiles.recordAttached(file.id, ticketId);
  } catch (error) {
    if (!isRefusal(error) || error.kind === 'conflict') throw error;
    await world.ticketFiles.recordRefused(file.id);
  }
}

/** None where the ticket is not shown to us. */
async function filesThere(world: World, ticketId: string): Promise<readonly AttachedFile[]> {
  try {
    return (await world.tickets.get(ticketId))?.files ?? [];
  } catch (error) {
    if (!(error instanceof OutsideError) || !isRefusal(error)) throw error;
    return [];
  }
}
