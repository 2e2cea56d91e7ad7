import { createHash } from 'node:crypto';
import type { Case } from './cancellations/case.ts';
import type { World } from './world.ts';

/** One fixed GUID per submission and act: a repetition is the same request to Partner Center. */
export function requestIdFor(submissionId: string, act: string): string {
  const hex = createHash('sha256').update(`${submissionId}:${act}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** What was wanted anew by a person is another act: Partner Center must not answer it as it answered the last one. */
export function actOf(act: string, timesTakenUp: number): string {
  return timesTakenUp > 0 ? `${act}-${timesTakenUp + 1}` : act;
}

/** How often somebody has taken the case up again. */
export async function timesTakenUp(world: World, { reference }: Case): Promise<number> {
  const events = await world.cases.history(reference);
  return events.filter(({ from, to }) => from === 'needs_person' && (to === 'filing' || to === 'cancelling')).length;
}
