import { problemMeant } from '../customers/readiness.ts';
import { OutsideError, type OutsideMeaning, Refusal } from '../errors.ts';
import { isSameMoney, type Money, moneyOf, toDecimal } from '../money.ts';
import type { NewNotice, NoticeTarget } from '../notices/notice.ts';
import { demand } from '../people/demand.ts';
import { mayDo, type Person, type Role } from '../people/staff.ts';
import type { Policy } from '../policy.ts';
import { actOf, requestIdFor } from '../request-id.ts';
import type { World } from '../world.ts';
import { choicesOf, matching } from './offer.ts';
import type { Checkout } from './order.ts';
import type { Blocker, OrderSubmission, PurchaseContent } from './submission.ts';

/**
 * Writes down that this person confirmed this order, once; nothing is bought yet. Refuses `not-allowed`, `above-limit` and, for a
 * submission id that was used for something else, `other-content`.
 */
export async function submitOrder(world: World, who: Person, submission: OrderSubmission): Promise<OrderSubmission> {
  await demand(world, who, 'buy.confirm');
  await demandLimit(world, who, submission);
  return (await world.orderSubmissions.insertOnce(submission)).submission;
}

async function demandLimit(world: World, who: Person, { content }: OrderSubmission): Promise<void> {
  const { total } = content;
  const limit = limitBelow(world.policy, total);
  if (!limit) return;
  const roles = await world.staff.rolesOf(who.id);
  if (!roles.includes('admin-agent')) throw new Refusal('above-limit', { total, limit });
}

/** May somebody with these roles confirm an order of this total? For the menu; `submitOrder` asks again. */
export function mayConfirm(policy: Policy, roles: readonly Role[], total: Money): boolean {
  if (!mayDo(roles, 'buy.confirm', policy.salesMayConfirm)) return false;
  return roles.includes('admin-agent') || limitBelow(policy, total) === undefined;
}

/** The limit that the total is above. */
function limitBelow({ approvalLimits }: Policy, total: Money): Money | undefined {
  const units = approvalLimits[total.currency];
  const limit = units === undefined ? undefined : moneyOf(units, total.currency);
  return limit && total.minor > limit.minor ? limit : undefined;
}

type Outcome = Pick<OrderSubmission, 'state' | 'note' | 'blocker'> & Partial<Pick<OrderSubmission, 'orderIds'>>;

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
  work: (submission: OrderSubmission) => Promise<void>,
): Promise<boolean> {
  const held = await world.leases.hold(`order:${submissionId}`, 2_000, async () => {
    const submission = await world.orderSubmissions.get(submissionId);
    if (submission) await work(submission);
    return true;
  });
  return held ?? false;
}

/**
 * To be called by its holder. `isToldOf`: nobody waits for the answer, so the place is told how it ended. Who prepared it
 * does not wait in any case; but of what was declined in a turn they hear nothing: there it can be changed and confirmed
 * again.
 */
export async function carryOut(world: World, submission: OrderSubmission, { isToldOf = false } = {}): Promise<void> {
  const { submissionId } = submission;
  const outcome = await outcomeOf(world, submission).catch((error) => stillWaiting(world, submission, error));
  const isOver = isToldOf || outcome.state !== 'declined';
  const owed = isOver ? noticesOf({ ...submission, ...outcome }) : [];
  const notices = owed.filter(({ target }) => isToldOf || target.to === 'person');
  await world.orderSubmissions.finish(submissionId, { ...outcome, at: world.clock.now(), notices });
  await world.notify.orderChanged(submissionId);
}

/** Whoever looks at the card should know what it waits for: a refused sign-in does not pass without an administrator. */
async function stillWaiting(
  world: World,
  { submissionId, blocker: before }: OrderSubmission,
  error: unknown,
): Promise<never> {
  if (!(error instanceof OutsideError)) throw error;
  const blocker: Blocker | undefined = error.kind === 'unauthorized' ? { kind: 'sign-in' } : undefined;
  if (blocker?.kind !== before?.kind) {
    await world.orderSubmissions.recordBlocker(submissionId, blocker);
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
  content: { preparer },
}: OrderSubmission): NewNotice[] {
  const kind = state === 'ordered' ? 'order-placed' : 'order-declined';
  const targets: NoticeTarget[] = [{ to: 'place', id: placeId }];
  if (preparer && preparer.id !== personId) targets.push({ to: 'person', id: preparer.id });
  return targets.map((target) => ({ kind, subject: submissionId, target }));
}

async function outcomeOf(world: World, submission: OrderSubmission): Promise<Outcome> {
  const cart = submission.cartId ?? (await makeCart(world, submission));
  return typeof cart === 'string' ? checkOut(world, submission, cart) : cart;
}

/** The request of this try. An unanswered one is repeated as it was; under an answered one nothing else is ever said. */
function requestId(first: string, { conflicts = 0 }: OrderSubmission): string {
  return conflicts === 0 ? first : requestIdFor(first, actOf('again', conflicts));
}

/** Written down before the next try, so that a crash in between cannot make two requests of one. */
async function withConflict(world: World, submission: OrderSubmission): Promise<OrderSubmission> {
  const conflicts = (submission.conflicts ?? 0) + 1;
  await world.orderSubmissions.recordConflicts(submission.submissionId, conflicts);
  return { ...submission, conflicts };
}

async function checkOut(world: World, submission: OrderSubmission, cartId: string): Promise<Outcome> {
  const { content } = submission;
  try {
    return await boughtBy(world, submission, await checkoutOf(world, submission, cartId));
  } catch (error) {
    if (isConflict(error)) return afterConflict(world, submission, cartId, error);
    if (!isFinal(error)) throw error;
    // An earlier, unanswered checkout may have gone through: only a cart that is still open proves that nothing was bought.
    if (await isCartOpen(world, content.customerId, cartId)) return declinedBy(error, submission);
    return { state: 'needs_person', note: noteOf(error) };
  }
}

function checkoutOf(world: World, submission: OrderSubmission, cartId: string): Promise<Checkout> {
  const id = requestId(submission.checkoutRequestId, submission);
  return world.ordering.checkout(submission.content.customerId, cartId, id);
}

/** An ordered cart, checked out again, answers with its first result; an open one is left to whoever works on it. */
async function afterConflict(
  world: World,
  submission: OrderSubmission,
  cartId: string,
  error: OutsideError,
): Promise<Outcome> {
  const next = await withConflict(world, submission);
  const cart = await world.ordering.cart(submission.content.customerId, cartId);
  if (cart?.status.toLowerCase() !== 'ordered') throw error;
  return boughtBy(world, next, await checkoutOf(world, next, cartId));
}

async function isCartOpen(world: World, customerId: string, cartId: string): Promise<boolean> {
  try {
    return (await world.ordering.cart(customerId, cartId))?.status.toLowerCase() === 'active';
  } catch (error) {
    if (!isFinal(error)) throw error;
    return false;
  }
}

function declinedBy(error: OutsideError, submission: OrderSubmission): Outcome {
  return { state: 'declined', note: noteOf(error), blocker: blockerIn(error.meaning, submission) };
}

function blockerIn(meaning: OutsideMeaning | undefined, { content }: OrderSubmission): Blocker | undefined {
  const missing = problemMeant(meaning, content.item.segment);
  return missing && { kind: 'missing', missing };
}

function noteOf(error: OutsideError): string {
  return [error.description ?? error.message, error.code].filter(Boolean).join(' – ');
}

/** The cart's id, or how it ended when Partner Center refused the cart or its line. */
async function makeCart(world: World, submission: OrderSubmission): Promise<string | Outcome> {
  const { submissionId, content, cartRequestId } = submission;
  const { customerId, country, item } = content;
  try {
    const changed = await changedPrice(world, content);
    if (changed) return changed;
    const sku = { productId: item.productId, id: item.skuId };
    const found = matching(await choicesOf(world, { id: customerId, country }, sku), item);
    if (!found) return { state: 'declined', note: 'The item is no longer on sale.' };
    const line = {
      catalogItemId: found.availability.catalogItemId,
      quantity: item.quantity,
      billingCycle: item.billingCycle,
      termDuration: item.termDuration,
      attestationAccepted: content.isAttested || undefined,
    };
    const cart = await world.ordering.createCart(customerId, line, requestId(cartRequestId, submission));
    if (cart.lineErrors.length > 0) return { state: 'declined', note: listOf(cart.lineErrors) };
    await world.orderSubmissions.recordCart(submissionId, cart.id);
    return cart.id;
  } catch (error) {
    if (isConflict(error)) await withConflict(world, submission);
    if (!isFinal(error)) throw error;
    return declinedBy(error, submission);
  }
}

/** The cart may be made two days after the person confirmed: at another price nobody wants it. */
async function changedPrice(world: World, { country, item, unitPrice }: PurchaseContent): Promise<Outcome | undefined> {
  if (country === undefined) return undefined;
  const now = await world.catalog.unitPrice(country, item);
  if (now && isSameMoney(now, unitPrice)) return undefined;
  const told = (price: Money): string => `${toDecimal(price)} ${price.currency}`;
  const note = now
    ? `The unit price has changed from ${told(unitPrice)} to ${told(now)} since it was confirmed.`
    : `The price list no longer has the unit price of ${told(unitPrice)} that was confirmed.`;
  return { state: 'declined', note, blocker: { kind: 'price' } };
}

function listOf(errors: Checkout['errors']): string {
  return errors.map((error) => `${error.description} (${error.code})`).join('; ');
}

async function boughtBy(world: World, submission: OrderSubmission, checkout: Checkout): Promise<Outcome> {
  const note = listOf(checkout.errors) || undefined;
  if (checkout.orders.length === 0) {
    const meaning = checkout.errors.find((error) => error.meaning)?.meaning;
    // Without a reason nobody can say that nothing was bought.
    return note ? { state: 'declined', note, blocker: blockerIn(meaning, submission) } : { state: 'needs_person' };
  }
  await world.knownOrders.placed(submission.content.customerId, checkout.orders, world.clock.now());
  return { state: 'ordered', orderIds: checkout.orders.map((order) => order.id), note };
}

function isConflict(error: unknown): error is OutsideError {
  return error instanceof OutsideError && error.kind === 'conflict';
}

/** A refusal that no repetition mends. A conflict (cart in another request's hands) passes by itself. */
function isFinal(error: unknown): error is OutsideError {
  return (
    error instanceof OutsideError && !error.isPassing && error.kind !== 'conflict' && error.kind !== 'unauthorized'
  );
}
