import { OutsideError } from '../errors.ts';
import type { NewNotice } from '../notices/notice.ts';
import type { CallBudget } from '../work/call-budget.ts';
import { inTime } from '../work/in-time.ts';
import type { World } from '../world.ts';
import { nextCases, nextDifferences, nextOrders, nextTickets } from './compare-steps.ts';
import type { Comparison, Difference, DifferenceKind, Progress } from './difference.ts';

/** Of the calls that a sweep has left; what it takes where none are left is taken off the next sweep. */
const leastCalls = 2;
const mostCalls = 10;

/** What fails so often in a row is left to the comparison of the next day. */
const patience = 5;

const patienceMs = 10_000;

const steps = ['orders', 'cases', 'tickets', 'again', 'tell'] as const;

const nextOf = { orders: nextOrders, cases: nextCases, tickets: nextTickets, again: nextDifferences } as const;

/**
 * A part of the comparison of the day ("Our records and Partner Center's" in docs/reliability.md): orders, cancellations and
 * tickets of the last days, both ways. Whatever differs is looked at once more before people are told of it, all in one
 * notice. It may be cut off anywhere; what fails is tried again in the next sweep. `count`: of each difference that is told.
 */
export async function compareRecords(
  world: World,
  calls: CallBudget,
  count: (kind: DifferenceKind) => void = () => undefined,
): Promise<void> {
  const comparison = await world.differences.comparison(world.clock.now());
  if (!comparison) return;
  const { step } = comparison;
  if (step === 'tell') return tell(world, comparison, count);
  const share = shareOf(calls);
  const found: Difference[] = [];
  const settled: Difference[] = [];
  const after = (progress: Progress) =>
    world.differences.record(comparison, progress, { found, settled }, world.clock.now());
  const { looks, isLast } = await nextOf[step](world, comparison, share);
  let { position, failures } = comparison;
  for (const next of looks) {
    if (share.left() <= 0) return after({ step, position, failures });
    try {
      const outcomes = await inTime(next.look(), patienceMs, 'a look at what may differ');
      found.push(...outcomes.found);
      settled.push(...outcomes.settled);
    } catch (error) {
      const isOfAll = error instanceof OutsideError && (error.kind === 'throttled' || error.kind === 'unauthorized');
      if (isOfAll || failures + 1 < patience) {
        await after({ step, position, failures: isOfAll ? failures : failures + 1 });
        throw error;
      }
    }
    position = next.position;
    failures = 0;
  }
  return after(isLast ? { step: stepAfter(step), failures: 0 } : { step, position, failures });
}

function stepAfter(step: Comparison['step']): Comparison['step'] {
  return steps[steps.indexOf(step) + 1] ?? 'tell';
}

function shareOf(calls: CallBudget): CallBudget {
  let left = Math.min(mostCalls, Math.max(leastCalls, Math.floor(calls.left() / 2)));
  return {
    perSweep: left,
    left: () => left,
    spend(spent) {
      left -= spent;
      calls.spend(spent);
    },
    refill: () => undefined,
  };
}

/** Each admin agent has a notice of their own; no difference is told a second time. */
async function tell(world: World, comparison: Comparison, count: (kind: DifferenceKind) => void): Promise<void> {
  const admins = await world.staff.adminAgents();
  const notices = admins.map(
    (id): NewNotice => ({ kind: 'differences-found', comparedAt: comparison.begunAt, target: { to: 'person', id } }),
  );
  for (const kind of await world.differences.tell(comparison, notices, world.clock.now())) count(kind);
}
