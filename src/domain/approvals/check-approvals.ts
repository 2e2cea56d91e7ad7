import type { NewNotice } from '../notices/notice.ts';
import type { World } from '../world.ts';
import type { Approval, ApprovalChange } from './approval.ts';
import { isInvolved, noticesToApprovers } from './ask-approval.ts';
import { noticeToRequester, withStep } from './decide-approval.ts';

const atOnce = 100;

/**
 * Reminds of what nobody has decided, frees what somebody has claimed and left, and ends what is over. May run twice at
 * once: each is written only if it still stands where it was read.
 */
export async function checkApprovals(world: World): Promise<void> {
  const now = world.clock.now();
  const failures: unknown[] = [];
  for (const found of await world.approvals.due(now, atOnce))
    await checkOne(world, found, now).catch((error) => failures.push(error));
  if (failures.length > 0) throw failures[0];
}

async function checkOne(world: World, found: Approval, now: Date): Promise<void> {
  const change = found.expiresAt <= now ? expire(world, found) : await remindOrWithdraw(world, found, now);
  if (await world.approvals.change(change)) await world.notify.approvalChanged(found.reference);
}

function expire(world: World, found: Approval): ApprovalChange {
  const approval = withStep(world, found, { step: 'expired' }, 'expired');
  // Whoever was told no has nothing more to wait for.
  return { approval, notices: found.state === 'rejected' ? [] : [noticeToRequester(approval)] };
}

async function remindOrWithdraw(world: World, found: Approval, now: Date): Promise<ApprovalChange> {
  const isToRemind = found.state === 'waiting' && found.remindAt !== undefined && found.remindAt <= now;
  if (!isToRemind) return { approval: withStep(world, found, { step: 'withdrawn' }, 'withdrawn'), notices: [] };
  const { claim: _, remindAt: __, ...left } = withStep(world, found, { step: 'reminded' });
  const again = await noticesToApprovers(world, left, 2);
  return { approval: left, notices: [...again, ...toDeputy(world, left, again), noticeToRequester(left)] };
}

/** Who is asked as well once nobody has decided in time. */
function toDeputy({ policy }: World, approval: Approval, told: readonly NewNotice[]): NewNotice[] {
  const { deputy } = policy.approvals;
  if (deputy === undefined || isInvolved(approval, deputy)) return [];
  const isTold = told.some(({ target }) => target.to === 'person' && target.id.toLowerCase() === deputy.toLowerCase());
  if (isTold) return [];
  return [{ kind: 'approval-asked', reference: approval.reference, time: 2, target: { to: 'person', id: deputy } }];
}
