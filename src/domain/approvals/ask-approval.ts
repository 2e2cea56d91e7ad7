import { Refusal } from '../errors.ts';
import { limitBelow } from '../money.ts';
import type { NewNotice } from '../notices/notice.ts';
import type { PurchaseContent, PurchaseLine } from '../orders/submission.ts';
import type { Person } from '../people/staff.ts';
import type { Policy } from '../policy.ts';
import { newReference } from '../work/new-reference.ts';
import type { World } from '../world.ts';
import { type Approval, amountOf, type Reviewed } from './approval.ts';

const minuteMs = 60_000;

/** Where what is to be approved comes from. */
export interface Origin {
  readonly draftId: string;
  /** Who had the draft before whoever asks: none of them approves it. */
  readonly preparers: readonly string[];
  readonly placeId: string;
  readonly isPrivate: boolean;
  readonly submissionId?: string;
}

/** Does the policy ask for a second admin agent for this? How many reveals there were, the caller knows. */
function needsApproval({ approvals }: Policy, reviewed: Reviewed): boolean {
  const amount = amountOf(reviewed);
  if (!amount) return true;
  const limits = reviewed.kind === 'order' ? approvals.orders : approvals.cancellations;
  return limitBelow(amount, limits) !== undefined;
}

/**
 * The reference of the approval by which this may be done, to be used with it; nothing where it needs none. Throws
 * `needs-approval` with where it stands: it is asked for the first time this is called.
 */
export async function demandApproval(
  world: World,
  who: Person,
  reviewed: Reviewed,
  { draftId, preparers, placeId, isPrivate, submissionId }: Origin,
): Promise<string | undefined> {
  if (!needsApproval(world.policy, reviewed)) return undefined;
  const now = world.clock.now();
  const { approvals } = world.policy;
  const wanted = {
    ...{ draftId, preparers, placeId, isPrivate, submissionId },
    reference: newReference('AP'),
    reviewed: asReviewed(reviewed),
    requester: { id: who.id, name: who.name },
    createdAt: now,
    remindAt: new Date(now.getTime() + approvals.remindMinutes * minuteMs),
    expiresAt: new Date(now.getTime() + approvals.expireHours * 60 * minuteMs),
  };
  const notices = await noticesToApprovers(world, wanted, 1);
  if (notices.length === 0) throw new Refusal('nobody-approves', {});
  const asked = await world.approvals.ask(wanted, notices);
  if (asked.kind === 'submitted') return undefined;
  for (const reference of asked.withdrawn) await world.notify.approvalChanged(reference);
  const { approval, isNew } = asked;
  if (approval.state === 'approved') return approval.reference;
  const { reference, state, claim, steps } = approval;
  const last = steps.at(-1);
  throw new Refusal('needs-approval', {
    reference,
    ...(state === 'rejected'
      ? { state, ...(last?.by && { by: last.by.name }), ...(last?.text && { why: last.text }) }
      : { state: isNew ? 'asked' : 'waiting', ...(claim && { by: claim.name }) }),
  });
}

/** Without the last moment in which it can be cancelled, which passes by itself, and where it was begun. */
function asReviewed(reviewed: Reviewed): Reviewed {
  if (reviewed.kind === 'reveals') return reviewed;
  if (reviewed.kind === 'cancellation') {
    const { begunIn: _, ...content } = reviewed.content;
    return { ...reviewed, content };
  }
  const without = <T extends PurchaseLine>({ cancellableUntilAt: _, ...line }: T) => line;
  const { begunIn: _, furtherLines, ...content } = reviewed.content;
  const lines = furtherLines && { furtherLines: furtherLines.map(without) };
  return { kind: 'order', content: { ...without<PurchaseContent>(content), ...lines } };
}

type Involved = Pick<Approval, 'requester' | 'preparers'>;

/** Neither who asks for it nor who had it before. */
export function isInvolved({ requester, preparers }: Involved, personId: string): boolean {
  return [requester.id, ...preparers].some((id) => id.toLowerCase() === personId.toLowerCase());
}

export async function approversOf({ staff }: Pick<World, 'staff'>, approval: Involved): Promise<string[]> {
  return (await staff.adminAgents()).filter((id) => !isInvolved(approval, id));
}

type Asked = Involved & Pick<Approval, 'reference' | 'isPrivate'>;

/** Into the channel of the approvers, or to each of them, if there is any. `time`: the second time it is the reminder. */
export async function noticesToApprovers(world: World, approval: Asked, time: number): Promise<NewNotice[]> {
  const { channel } = world.policy.approvals;
  const facts = { kind: 'approval-asked', reference: approval.reference, time } as const;
  if (channel !== undefined && !approval.isPrivate) return [{ ...facts, target: { to: 'place', id: channel } }];
  const approvers = await approversOf(world, approval);
  return approvers.map((id) => ({ ...facts, target: { to: 'person', id } }));
}
