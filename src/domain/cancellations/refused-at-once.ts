import type { Window } from './cancellation-window.ts';
import type { Case } from './case.ts';
import type { CaseChange } from './case-event.ts';

/** Partner Center's no to cancelling at once, and the case that got it. */
export interface RefusedAtOnce {
  readonly case: Case;
  readonly change: CaseChange;
  readonly at: Date;
}

/**
 * Would the same be refused for the same reason now? No longer where what it was refused for can be put right, for other
 * lines, and where the window closes later by now: a term has been renewed, or the policy has changed.
 */
export function standsStill(
  { case: { content }, change }: RefusedAtOnce,
  lineNumbers: readonly number[],
  window: Window | undefined,
): boolean {
  if (change.kind === 'declined' && change.mayChange) return false;
  if (!content.lineNumbers.some((number) => lineNumbers.includes(number))) return false;
  return !window || content.closesAt === undefined || window.closesAt.getTime() <= Date.parse(content.closesAt);
}
