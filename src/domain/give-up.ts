import { handToPerson } from './cancellations/move-case.ts';
import { isUnfinished } from './cancellations/work-case-later.ts';
import { noticesOf } from './orders/place-order.ts';
import type { World } from './world.ts';

/** A job that failed for two days: nothing ends silently. */
export async function giveUp(
  world: World,
  work: { readonly submissionId?: string; readonly reference?: string },
): Promise<void> {
  const away = 'Partner Center could not be reached for two days.';
  if (work.submissionId) {
    const intent = await world.intents.get(work.submissionId);
    if (intent?.state !== 'accepted') return;
    const note =
      intent.hindrance?.kind === 'sign-in' ? 'Partner Center has not accepted our sign-in for two days.' : away;
    const notices = noticesOf({ ...intent, state: 'needs_person' });
    await world.intents.finish(intent.submissionId, { state: 'needs_person', note, at: world.clock.now(), notices });
    await world.notify.orderChanged(intent.submissionId);
  }
  if (work.reference) {
    const found = await world.cases.get(work.reference);
    if (!found || !isUnfinished(found)) return;
    await handToPerson(world, found, away);
    await world.notify.caseChanged(found.reference);
  }
}
