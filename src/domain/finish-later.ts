import type { Case } from './case.ts';
import { finishOrder } from './place-order.ts';
import type { NewNotice, World } from './ports.ts';
import { endBadly, isWorkable, noticesFor, workCase } from './submit-case.ts';

/**
 * The job behind an order: whoever confirmed it may be long gone, so the place is told how it ended. Throws while it has
 * not ended, to be called again.
 */
export async function finishOrderLater(world: World, submissionId: string): Promise<void> {
  const before = await world.intents.get(submissionId);
  if (before?.state !== 'accepted') return;
  const after = await finishOrder(world, submissionId);
  if (after?.state === 'accepted') throw new Error('the order is still being worked on elsewhere');
  const kind: NewNotice['kind'] = after?.state === 'ordered' ? 'order-placed' : 'order-declined';
  await tell(world, kind, submissionId, before.placeId);
}

/**
 * The job behind a case: throws while there is something left to do. A ticket that is to be filed by hand is told of: in
 * the turn the person would have got it as the answer.
 */
export async function workCaseLater(world: World, reference: string): Promise<void> {
  const before = await world.cases.get(reference);
  if (!before || !isUnfinished(before)) return;
  const after = await workCase(world, reference);
  if (after && isUnfinished(after)) throw new Error('the case is still being worked on elsewhere');
  if (after?.state !== 'needs_person' || after.note !== 'hand-over') return;
  await world.notices.add(noticesFor(after, 'case-needs-person'), world.clock.now());
}

/** What was accepted is watched by the sweep. */
function isUnfinished(found: Case): boolean {
  return isWorkable(found) && found.note !== 'accepted';
}

/** A job that failed for two days: nothing ends silently. */
export async function giveUp(
  world: World,
  work: { readonly submissionId?: string; readonly reference?: string },
): Promise<void> {
  const note = 'Partner Center could not be reached for two days.';
  if (work.submissionId) {
    const intent = await world.intents.get(work.submissionId);
    if (intent?.state !== 'accepted') return;
    await world.intents.finish(intent.submissionId, { state: 'needs_person', note });
    await world.notify.orderChanged(intent.submissionId);
    await tell(world, 'order-declined', intent.submissionId, intent.placeId);
  }
  if (work.reference) {
    const found = await world.cases.get(work.reference);
    if (!found || !isUnfinished(found)) return;
    await endBadly(world, found, 'needs_person', note);
    await world.notify.caseChanged(found.reference);
  }
}

function tell(world: World, kind: NewNotice['kind'], subject: string, placeId: string): Promise<void> {
  return world.notices.add([{ kind, subject, target: { to: 'place', id: placeId } }], world.clock.now());
}
