import { handToPerson } from '../cancellations/move-case.ts';
import { isUnfinished } from '../cancellations/work-case-later.ts';
import { giveUpOrder } from '../orders/finish-order-later.ts';
import type { World } from '../world.ts';

/** A job that failed for two days: nothing ends silently. */
export async function giveUp(
  world: World,
  work: { readonly submissionId?: string; readonly reference?: string },
): Promise<void> {
  if (work.submissionId) await giveUpOrder(world, work.submissionId);
  if (work.reference) await giveUpCase(world, work.reference);
}

async function giveUpCase(world: World, reference: string): Promise<void> {
  const found = await world.cases.get(reference);
  if (!found || !isUnfinished(found)) return;
  await handToPerson(world, found, { kind: 'unreachable' });
  await world.notify.caseChanged(reference);
}
