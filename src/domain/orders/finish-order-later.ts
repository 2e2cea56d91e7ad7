import type { World } from '../world.ts';
import { isCartOpen } from './buy.ts';
import { carryOut, holdOrder, noticesOf } from './place-order.ts';
import type { OrderSubmission } from './submission.ts';

/** Whoever confirmed an order a day ago may have found another way, or want it no more. */
const longestWaitMs = 24 * 3_600_000;

/**
 * The job behind an order: whoever confirmed it may be long gone, so the place is told how it ended; also when a turn
 * ended it and died before the card could show it. What could not be ordered for a day is not ordered any more. Throws
 * while there is something left to do, to be called again.
 */
export async function finishOrderLater(world: World, submissionId: string): Promise<void> {
  const held = await holdOrder(world, submissionId, async (submission) => {
    if (submission.state !== 'accepted') return world.notices.add(noticesOf(submission), world.clock.now());
    if (await isTooLate(world, submission)) return giveUp(world, submission, 'declined');
    return carryOut(world, submission, { isToldOf: true });
  });
  if (!held) throw new Error('the order is still being worked on elsewhere');
}

/** It waits for a day, and nothing was ordered: there is no cart, or one that is still open. */
async function isTooLate(world: World, submission: OrderSubmission): Promise<boolean> {
  const { createdAt, cartId } = submission;
  if (world.clock.now().getTime() - createdAt.getTime() <= longestWaitMs) return false;
  return cartId === undefined || isCartOpen(world, submission, cartId);
}

/** A job that failed for two days: nothing ends silently. */
export async function giveUpOrder(world: World, submissionId: string): Promise<void> {
  const submission = await world.orderSubmissions.get(submissionId);
  // What has no cart cannot have been ordered.
  if (submission?.state === 'accepted')
    await giveUp(world, submission, submission.cartId === undefined ? 'declined' : 'needs_person');
}

async function giveUp(world: World, submission: OrderSubmission, state: 'declined' | 'needs_person'): Promise<void> {
  const { submissionId, reason = { kind: 'unreachable' } } = submission;
  const notices = noticesOf({ ...submission, state });
  await world.orderSubmissions.finish(submissionId, { state, reason, at: world.clock.now(), notices });
  await world.notify.orderChanged(submissionId);
}
