import type { World } from '../world.ts';
import { carryOut, holdOrder, noticesOf } from './place-order.ts';

/**
 * The job behind an order: whoever confirmed it may be long gone, so the place is told how it ended; also when a turn
 * ended it and died before the card could show it. Throws while there is something left to do, to be called again.
 */
export async function finishOrderLater(world: World, submissionId: string): Promise<void> {
  const held = await holdOrder(world, submissionId, (submission) =>
    submission.state === 'accepted'
      ? carryOut(world, submission, { isToldOf: true })
      : world.notices.add(noticesOf(submission), world.clock.now()),
  );
  if (!held) throw new Error('the order is still being worked on elsewhere');
}
