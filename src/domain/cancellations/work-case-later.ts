import type { World } from '../world.ts';
import { hasFilesLeft } from './attach-files.ts';
import { type Case, isAccepted, isClosed } from './case.ts';
import { noticesOfClosed } from './move-case.ts';
import { isWorkable, workCase } from './submit-case.ts';

/**
 * The job behind a case: throws while there is something left to do. Nobody sees its answer, so all of it is told; also
 * how it ended where a turn ended it and died before the card could show it.
 */
export async function workCaseLater(world: World, reference: string): Promise<void> {
  const before = await world.cases.get(reference);
  if (!before) return;
  if (isClosed(before.state)) await tellEnd(world, before);
  if (!(isUnfinished(before) || (await hasFilesLeft(world, before)))) return;
  const after = await workCase(world, reference, { isToldOf: true });
  if (after && isClosed(after.state)) await tellEnd(world, after);
  if (after && isUnfinished(after)) throw new Error('the case is still being worked on elsewhere');
}

/** What was told, or shown, is not told again. */
function tellEnd(world: World, found: Case): Promise<void> {
  return world.notices.add(noticesOfClosed(found), world.clock.now());
}

/** What was accepted is watched by the sweep. */
export function isUnfinished(found: Case): boolean {
  return isWorkable(found) && !isAccepted(found);
}
