import { finishOrder } from './place-order.ts';
import type { NewNotice, World } from './ports.ts';
import { isWorkable, workCase } from './submit-case.ts';

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

/** The job behind a case: throws while there is something left to do. */
export async function workCaseLater(world: World, reference: string): Promise<void> {
  const after = await workCase(world, reference);
  if (after && isWorkable(after) && after.note !== 'accepted')
    throw new Error('the case is still being worked on elsewhere');
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
    if (!found || !isWorkable(found)) return;
    const { reference, state: from, placeId, requesterId } = found;
    await world.cases.setNote(reference, note);
    const notices: NewNotice[] = [
      { kind: 'case-needs-person', subject: reference, target: { to: 'place', id: placeId } },
      { kind: 'case-needs-person', subject: reference, target: { to: 'person', id: requesterId } },
    ];
    await world.cases.advance({
      reference,
      from,
      to: 'needs_person',
      who: 'Software Desk',
      why: note,
      at: world.clock.now(),
      notices,
    });
    await world.notify.caseChanged(reference);
  }
}

function tell(world: World, kind: NewNotice['kind'], subject: string, placeId: string): Promise<void> {
  return world.notices.add([{ kind, subject, target: { to: 'place', id: placeId } }], world.clock.now());
}
