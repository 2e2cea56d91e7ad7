import { Refusal } from '../errors.ts';
import type { NewNotice } from '../notices/notice.ts';
import { demand } from '../people/demand.ts';
import type { Person } from '../people/staff.ts';
import type { World } from '../world.ts';
import type { Approval, ApprovalStep } from './approval.ts';
import type { ApprovalState } from './approval-state.ts';
import { isInvolved } from './ask-approval.ts';

export type Verdict = 'claim' | 'comment' | 'approve' | 'reject';

const steps = { claim: 'claimed', comment: 'commented', approve: 'approved', reject: 'rejected' } as const;

/** `no`, `nope`: whoever asked could do nothing with it. */
const shortestReason = 5;

function isWithoutReason(verdict: Verdict, text: string | undefined): boolean {
  return verdict === 'reject' ? (text ?? '').length < shortestReason : verdict === 'comment' && !text;
}

/** Whoever was slower reads again: more often than this nobody is. */
const maxTries = 20;

/**
 * What an approver says about it, by the role they have now. The requester is told. Of two at once one decides, and the
 * other is told so. Throws `not-allowed`, `own-approval`, `approval-unknown`, `approval-over`, `approval-claimed`,
 * `reason-missing`.
 */
export async function decideApproval(
  world: World,
  who: Person,
  reference: string,
  { verdict, text }: { readonly verdict: Verdict; readonly text?: string },
): Promise<Approval> {
  await demand(world, who, 'approve');
  for (let tries = 0; tries < maxTries; tries += 1) {
    const found = await world.approvals.get(reference);
    if (!found) throw new Refusal('approval-unknown', { reference });
    demandOpen(world, who, found);
    if (isWithoutReason(verdict, text)) throw new Refusal('reason-missing', { reference });
    const by = { id: who.id, name: who.name };
    if (isSaidAlready(found, who, verdict, text)) return found;
    const decided = withStep(world, found, { step: steps[verdict], by, ...(text && { text }) }, stateAfter[verdict]);
    const next = verdict === 'claim' ? { ...decided, claim: by } : decided;
    if (await world.approvals.change({ approval: next, notices: [noticeToRequester(next)] })) {
      await world.notify.approvalChanged(reference);
      return next;
    }
  }
  throw new Refusal('still-working', {});
}

/** Pressed twice, or delivered twice. */
function isSaidAlready({ claim, steps: taken }: Approval, who: Person, verdict: Verdict, text?: string): boolean {
  const last = taken.at(-1);
  if (verdict === 'comment') return last?.step === 'commented' && last.by?.id === who.id && last.text === text;
  return verdict === 'claim' && claim?.id === who.id;
}

const stateAfter: Readonly<Record<Verdict, ApprovalState>> = {
  claim: 'waiting',
  comment: 'waiting',
  approve: 'approved',
  reject: 'rejected',
};

function demandOpen(world: World, who: Person, found: Approval): void {
  const { reference, state, claim, steps: taken } = found;
  if (isInvolved(found, who.id)) throw new Refusal('own-approval', { reference });
  const isLate = state === 'waiting' && found.expiresAt <= world.clock.now();
  if (state !== 'waiting' || isLate) {
    const by = taken.findLast(({ step }) => step === 'approved' || step === 'rejected')?.by?.name;
    throw new Refusal('approval-over', { reference, state: isLate ? 'expired' : state, ...(by && { by }) });
  }
  if (claim && claim.id !== who.id) throw new Refusal('approval-claimed', { reference, by: claim.name });
}

/** The same with one step more, as it is written next. */
export function withStep(
  world: World,
  found: Approval,
  step: Omit<ApprovalStep, 'at'>,
  state: ApprovalState = found.state,
): Approval {
  const at = world.clock.now();
  const { remindAt: _, ...rest } = found;
  const isDecided = state === 'approved' || state === 'rejected';
  const { expireHours } = world.policy.approvals;
  return {
    ...(state === 'waiting' ? found : rest),
    revision: found.revision + 1,
    state,
    steps: [...found.steps, { ...step, at: at.toISOString() }],
    // So long it can be used; or stands in the way of asking for the same again.
    ...(isDecided && { expiresAt: new Date(at.getTime() + expireHours * 3_600_000) }),
  };
}

/** Of its last step: in the place where it was asked for. */
export function noticeToRequester({ reference, steps: taken, placeId }: Approval): NewNotice {
  return { kind: 'approval-told', reference, time: taken.length, target: { to: 'place', id: placeId } };
}
