import { demandApproval, type Origin } from '../approvals/ask-approval.ts';
import { OutsideError, Refusal } from '../errors.ts';
import { limitBelow, type Money } from '../money.ts';
import type { NewNotice, NoticeTarget } from '../notices/notice.ts';
import { demand } from '../people/demand.ts';
import { mayDo, type Person, type Role } from '../people/staff.ts';
import type { Policy } from '../policy.ts';
import { type Lease, LeaseLost, newLease } from '../work/leases.ts';
import type { World } from '../world.ts';
import { buy } from './buy.ts';
import type { OrderReason, OrderSubmission, PlacedOrder } from './submission.ts';

/** `draftId` and `preparers`: for the approval that it may need. */
export type NewOrder = OrderSubmission & Partial<Pick<Origin, 'draftId' | 'preparers'>>;

/**
 * Writes down that this person confirmed this order, once; nothing is bought yet. `isNew` where it was not there; whoever
 * gives a lease carries it out now. Refuses `not-allowed`, `above-limit`, `needs-approval` and, for a submission id that
 * was used for something else, `other-content`.
 */
export async function submitOrder(world: World, who: Person, wanted: NewOrder, lease?: Lease) {
  const { draftId = wanted.submissionId, preparers = [], ...submission } = wanted;
  const { content } = submission;
  await demandConfirm(world, who, content.total);
  const origin = { ...wanted, draftId, preparers };
  const approval = await demandApproval(world, who, { kind: 'order', content }, origin);
  return world.orderSubmissions.insertOnce(submission, lease, approval);
}

/**
 * `submitOrder` and `finishOrder` at once. Where Partner Center cannot be reached now, it is left to the job; where this
 * process stood still for long, to whoever has taken it over.
 */
export async function placeOrder(world: World, who: Person, wanted: NewOrder): Promise<PlacedOrder> {
  const { submissionId } = wanted;
  const lease = newLease(leaseOf(submissionId));
  const { submission, isNew } = await submitOrder(world, who, wanted, lease);
  try {
    if (isNew) return await world.leases.keep(lease, () => carryOut(world, submission));
    await finishOrder(world, submissionId);
  } catch (error) {
    if (!(error instanceof OutsideError || error instanceof LeaseLost)) throw error;
  }
  return { submission: await orderOf(world, submissionId), orders: [] };
}

function leaseOf(submissionId: string): string {
  return `order:${submissionId}`;
}

async function orderOf(world: World, submissionId: string): Promise<OrderSubmission> {
  const submission = await world.orderSubmissions.get(submissionId);
  if (!submission) throw new Error(`the order submission ${submissionId} is gone`);
  return submission;
}

/** May this person confirm an order of this total? Throws `not-allowed` or `above-limit`. */
export async function demandConfirm(world: World, who: Person, total: Money): Promise<void> {
  await demand(world, who, 'buy.confirm');
  const limit = limitBelow(total, world.policy.approvalLimits);
  if (!limit) return;
  const roles = await world.staff.rolesOf(who.id);
  if (!roles.includes('admin-agent')) throw new Refusal('above-limit', { total, limit });
}

/** May somebody with these roles confirm an order of this total? For the menu; `submitOrder` asks again. */
export function mayConfirm(policy: Policy, roles: readonly Role[], total: Money): boolean {
  if (!mayDo(roles, 'buy.confirm', policy.salesMayConfirm)) return false;
  return roles.includes('admin-agent') || limitBelow(total, policy.approvalLimits) === undefined;
}

/**
 * Carries a confirmed order out: cart, checkout, orders recorded. Can be cut off anywhere and called again, also by
 * several processes: each step is recorded before the next, and repeated with the same request id until it is answered.
 * Throws when Partner Center cannot be reached now; the job then calls again.
 */
export async function finishOrder(world: World, submissionId: string): Promise<OrderSubmission | undefined> {
  await holdOrder(world, submissionId, async (submission) => {
    if (submission.state === 'accepted') await carryOut(world, submission);
  });
  return world.orderSubmissions.get(submissionId);
}

/** One at a time in all processes together, until the card shows how it ended. False: it is in somebody else's hands. */
export async function holdOrder(
  world: World,
  submissionId: string,
  work: (submission: OrderSubmission) => Promise<unknown>,
): Promise<boolean> {
  const held = await world.leases.hold(leaseOf(submissionId), 2_000, async () => {
    const submission = await world.orderSubmissions.get(submissionId);
    if (submission) await work(submission);
    return true;
  });
  return held ?? false;
}

/**
 * To be called by its holder. `isToldOf`: nobody waits for the answer, so the place is told how it ended. Who prepared it
 * does not wait in any case; but of what was declined in a turn they are told nothing: there it can be changed and confirmed
 * again.
 */
export async function carryOut(
  world: World,
  submission: OrderSubmission,
  { isToldOf = false } = {},
): Promise<PlacedOrder> {
  const { submissionId } = submission;
  const outcome = await buy(world, submission).catch((error) => noteWaiting(world, submission, error));
  const isOver = isToldOf || outcome.state !== 'declined';
  const owed = isOver ? noticesOf({ ...submission, ...outcome }) : [];
  const notices = owed.filter(({ target }) => isToldOf || target.id !== submission.placeId);
  const isWritten = await world.orderSubmissions.finish(submissionId, { ...outcome, at: world.clock.now(), notices });
  const { state, orderIds = submission.orderIds, reason, placed } = outcome;
  const placedOrder: PlacedOrder = {
    // Somebody else may have ended it meanwhile.
    submission: isWritten ? { ...submission, state, orderIds, reason } : await orderOf(world, submissionId),
    orders: placed?.orders ?? [],
  };
  await world.notify.orderChanged(submissionId, placedOrder);
  return placedOrder;
}

/** Whoever looks at the card should know what it waits for: a refused sign-in does not pass without an administrator. */
async function noteWaiting(
  world: World,
  { submissionId, reason: before }: OrderSubmission,
  error: unknown,
): Promise<never> {
  if (!(error instanceof OutsideError)) throw error;
  const reason: OrderReason | undefined = error.kind === 'unauthorized' ? { kind: 'sign-in-refused' } : undefined;
  if (reason?.kind !== before?.kind) {
    await world.orderSubmissions.recordReason(submissionId, reason);
    await world.notify.orderChanged(submissionId);
  }
  throw error;
}

/** What the place has to know once it has ended, and who prepared it, where that was somebody else. */
export function noticesOf({
  submissionId,
  state,
  placeId,
  personId,
  isPrivate,
  content: { preparer, begunIn },
}: Pick<OrderSubmission, 'submissionId' | 'state' | 'placeId' | 'personId' | 'isPrivate' | 'content'>): NewNotice[] {
  const kind = state === 'ordered' ? 'order-placed' : 'order-declined';
  const targets: NoticeTarget[] = [{ to: 'place', id: placeId }];
  if (begunIn !== undefined && begunIn !== placeId && !isPrivate) targets.push({ to: 'place', id: begunIn });
  if (preparer && preparer.id !== personId) targets.push({ to: 'person', id: preparer.id });
  return targets.map((target) => ({ kind, submissionId, target }));
}
