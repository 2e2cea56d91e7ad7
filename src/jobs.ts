import { checkApprovals } from './domain/approvals/check-approvals.ts';
import { checkReviews } from './domain/audit/review.ts';
import { checkCases, checkCasesOf } from './domain/cancellations/check-cases.ts';
import { workCaseLater } from './domain/cancellations/work-case-later.ts';
import { compareRecords } from './domain/differences/compare-records.ts';
import type { DifferenceKind } from './domain/differences/difference.ts';
import { readOutsideLooks } from './domain/keys/outside-looks.ts';
import { checkReminders } from './domain/notices/check-reminders.ts';
import { checkDailyDigests } from './domain/notices/daily-digest.ts';
import { finishOrderLater } from './domain/orders/finish-order-later.ts';
import { type CallBudget, createCallBudget } from './domain/work/call-budget.ts';
import { giveUp } from './domain/work/give-up.ts';
import type { World } from './domain/world.ts';

/** The recurring work, in this order. Each may run twice at once, and may be cut off at any point. */
const recurring: readonly ((world: World, calls: CallBudget, count?: Count) => Promise<void>)[] = [
  checkCases,
  checkReminders,
  checkApprovals,
  checkDailyDigests,
  readOutsideLooks,
  checkReviews,
  compareRecords,
];

/** Counts a difference from Partner Center's records that people are told of. */
type Count = (kind: DifferenceKind) => void;

/** Does the recurring work once. All of it is tried, whatever fails; the first failure is thrown at the end. */
export async function sweep(world: World, calls: CallBudget, count?: Count): Promise<void> {
  const failures: unknown[] = [];
  for (const check of recurring) await check(world, calls, count).catch((error) => failures.push(error));
  if (failures.length > 0) throw failures[0];
}

interface JobParts {
  readonly world: World;
  readonly trackSeconds: number;
  readonly notifier: { send(noticeId: string): Promise<'done' | { readonly againInSeconds: number }> };
  readonly runner: { hideKey(visibleKeyId: string): Promise<void>; hideOverdue(): Promise<void> };
  readonly countDifference?: Count;
  /** Absent where Partner Center cannot reach the bot. */
  readonly registrar?: { check(): Promise<void> };
}

/** Which action stands behind each job of the job engine. */
export function createJobHandlers({ world, trackSeconds, notifier, runner, registrar, countDifference }: JobParts) {
  const calls = createCallBudget(trackSeconds);
  return {
    finishOrder: (submissionId: string) => finishOrderLater(world, submissionId),
    workCase: (reference: string) => workCaseLater(world, reference),
    sendNotice: (noticeId: string) => notifier.send(noticeId),
    checkCustomer: (customerId: string) => checkCasesOf(world, customerId),
    async sweep() {
      void registrar?.check();
      await Promise.all([runner.hideOverdue(), sweep(world, calls, countDifference)]);
    },
    gaveUp: (_queue: string, work: Parameters<typeof giveUp>[1]) => giveUp(world, work),
    hideKey: (visibleKeyId: string) => runner.hideKey(visibleKeyId),
  };
}
