import { handToPerson } from '../cancellations/move-case.ts';
import { isUnfinished } from '../cancellations/work-case-later.ts';
import { noticesOf } from '../orders/place-order.ts';
import type { World } from '../world.ts';

/** A job that failed for two days: nothing ends silently. */
export async function giveUp(
  world: World,
  work: { readonly submissionId?: string; readonly reference?: string },
): Promise<void> {
  if (work.submissionId) await giveUpOrder(world, work.submissionId);
  if (work.reference) await giveUpCase(world, work.reference);
}

async function giveUpOrder(world: World, submissionId: string): Promise<void> {
  const submission = await world.orderSubmissions.get(submissionId);
  if (submission?.state !== 'accepted') return;
  const reason = submission.reason ?? ({ kind: 'unreachable' } as const);
  const notices = noticesOf({ ...submission, state: 'needs_person' });
  await world.orderSubmissions.finish(submissionId, {
    state: 'needs_person',
    reason,
    at: world.clock.now(),
    notices,
  });
  await world.notify.orderChanged(submissionId);
}

async function giveUpCase(world: World, reference: string): Promise<void> {
  const found = await world.cases.get(reference);
  if (!found || !isUnfinished(found)) return;
  await handToPerson(world, found, { kind: 'unreachable' });
  await world.notify.caseChanged(reference);
}
