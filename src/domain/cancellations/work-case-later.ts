import type { World } from '../world.ts';
import { hasFilesLeft } from './attach-files.ts';
import { type Case, isAccepted } from './case.ts';
import { isWorkable, workCase } from './submit-case.ts';

/** The job behind a case: throws while there is something left to do. Nobody sees its answer, so all of it is told. */
export async function workCaseLater(world: World, reference: string): Promise<void> {
  const before = await world.cases.get(reference);
  if (!before || !(isUnfinished(before) || (await hasFilesLeft(world, before)))) return;
  const after = await workCase(world, reference, { isToldOf: true });
  if (after && isUnfinished(after)) throw new Error('the case is still being worked on elsewhere');
}

/** What was accepted is watched by the sweep. */
export function isUnfinished(found: Case): boolean {
  return isWorkable(found) && !isAccepted(found);
}
