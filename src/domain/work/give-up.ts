import { handToPerson } from '../cancellations/move-case.ts';
import { isUnfinished } from '../cancellations/work-case-later.ts';
import { noticesOf } from '../orders/place-order.ts';
import type { World } from '../world.ts';

/** A job that failed for two days: nothing ends silently. */
export async function giveUp(
  world: World,
  work: { readonly submissionId?: string; readonly reference?: string },
): Promise<void> {
  const away = 'Partner Center could not be reached for two days.';
  if (work.submissionId) {
    const submission = await world.orderSubmissions.get(work.submissionId);
    if (submission?.state !== 'accepted') return;
    const note =
      submission.blocker?.kind === 'sign-in' ? 'Partner Center has not accepted our sign-in for two days.' : away;
    const notices = noticesOf({ ...submission, state: 'needs_person' });
    await world.orderSubmissions.finish(submission.submissionId, {
      state: 'needs_person',
      note,
      at: world.clock.now(),
      notices,
    });
    await world.notify.orderChanged(submission.submissionId);
  }
  if (work.reference) {
    const found = await world.cases.get(work.reference);
    if (!found || !isUnfinished(found)) return;
    await handToPerson(world, found, away);
    await world.notify.caseChanged(found.reference);
  }
}
