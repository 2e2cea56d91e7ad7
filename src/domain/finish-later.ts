import type { Case } from './case.ts';
import { handToPerson } from './move-case.ts';
import { carryOut, holdOrder, noticesOf } from './place-order.ts';
import type { World } from './ports.ts';
import { isWorkable, workCase } from './submit-case.ts';

/**
 * The job behind an order: whoever confirmed it may be long gone, so the place is told how it ended; also when a turn
 * ended it and died before the card could show it. Throws while there is something left to do, to be called again.
 */
export async function finishOrderLater(world: World, submissionId: string): Promise<void> {
  const held = await holdOrder(world, submissionId, (intent) =>
    intent.state === 'accepted'
      ? carryOut(world, intent, { isToldOf: true })
      : world.notices.add(noticesOf(intent), world.clock.now()),
  );
  if (!held) throw new Error('the order is still being worked on elsewhere');
}

/** The job behind a case: throws while there is something left to do. Nobody sees its answer, so all of it is told. */
export async function workCaseLater(world: World, reference: string): Promise<void> {
  const before = await world.cases.get(reference);
  if (!before || !isUnfinished(before)) return;
  const after = await workCase(world, reference, { isToldOf: true });
  if (after && isUnfinished(after)) throw new Error('the case is still being worked on elsewhere');
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
