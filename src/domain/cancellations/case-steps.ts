import type { KeyReveal } from '../keys/key-reveals.ts';
import type { World } from '../world.ts';
import { type Case, type CaseState, isClosed, isGivenUp } from './case.ts';
import type { CaseEvent } from './case-event.ts';

/** One step on the way of a case, as people follow it. */
export interface CaseStep {
  readonly kind: 'submitted' | 'cancelling' | 'filing' | 'filed' | 'decides' | 'needs-person' | 'completed' | 'refused';
  readonly status: 'done' | 'now' | 'ahead';
  /** When it was taken, or since when it lasts. */
  readonly at?: Date;
}

/** What the card of a case tells besides the case itself. */
export interface CaseStory {
  readonly history: readonly CaseEvent[];
  /** Who looked at keys or downloads of the order; read for a case that has completed. */
  readonly keyReveals: readonly KeyReveal[];
}

export async function storyOf({ cases, keyReveals }: World, { reference, state, content }: Case): Promise<CaseStory> {
  const [history, seen] = await Promise.all([
    cases.history(reference),
    state === 'completed' ? keyReveals.ofOrder(content.orderId) : [],
  ]);
  return { history, keyReveals: seen };
}

/**
 * The way of a case from its submission to its end. What it came to several times (a person was needed again) stands there
 * once, with the last time.
 */
export function stepsOf(found: Case, history: readonly CaseEvent[]): CaseStep[] {
  const { state, ending, createdAt, changedAt } = found;
  const lastAt = new Map<CaseState, Date>();
  for (const { from, to, at } of history) {
    if (from === to) continue;
    lastAt.delete(to);
    lastAt.set(to, at);
  }
  if (!lastAt.has(state)) lastAt.set(state, changedAt);
  const steps: CaseStep[] = [{ kind: 'submitted', status: 'done', at: createdAt }];
  for (const [passed, at] of lastAt) steps.push(...stepsAt(passed, at, passed === state));
  if (state === 'submitted') steps.push({ kind: ending === 'ticket' ? 'filing' : 'cancelling', status: 'now' });
  return isClosed(state) ? steps : [...steps, { kind: 'completed', status: 'ahead' }];
}

function stepsAt(state: CaseState, at: Date, isNow: boolean): CaseStep[] {
  const status = isNow ? 'now' : 'done';
  switch (state) {
    case 'submitted':
      return [];
    case 'filing':
      // That it was filed tells the same.
      return isNow ? [{ kind: 'filing', status, at }] : [];
    case 'filed':
      return [{ kind: 'filed', status: 'done', at }, ...(isNow ? [{ kind: 'decides', status, at } as const] : [])];
    case 'needs_person':
      return [{ kind: 'needs-person', status, at }];
    case 'cancelling':
      return [{ kind: 'cancelling', status, at }];
    case 'completed':
    case 'refused':
      // A refusal is no end where the case was taken up again.
      return isNow ? [{ kind: state, status: 'done', at }] : [];
  }
}

/** What a person has given up was refused by nobody. */
export function whoEnded(found: Case): string | undefined {
  return isGivenUp(found) && found.reason?.kind === 'given-up' ? found.reason.by : undefined;
}
