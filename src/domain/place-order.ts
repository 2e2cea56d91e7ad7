import { OutsideError, Refusal } from './errors.ts';
import type { Intent } from './intent.ts';
import { type Money, moneyOf } from './money.ts';
import { matching } from './offer.ts';
import type { Checkout } from './order.ts';
import type { Policy } from './policy.ts';
import type { World } from './ports.ts';
import { demand, mayDo, type Person, type Role } from './staff.ts';

/**
 * Writes down that this person confirmed this order, once; nothing is bought yet. Refuses `not-allowed`, `above-limit` and, for a
 * submission id that was used for something else, `other-content`.
 */
export async function submitOrder(world: World, who: Person, intent: Intent): Promise<Intent> {
  await demand(world, who, 'buy.confirm');
  await demandLimit(world, who, intent);
  return (await world.intents.insertOnce(intent)).intent;
}

async function demandLimit(world: World, who: Person, { content }: Intent): Promise<void> {
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

/**
 * Carries a confirmed order out: cart, checkout, orders recorded. Can be cut off anywhere and called again, also by
 * several processes: each step is recorded before the next, and repeated only with the same request id.
 * Throws when Partner Center cannot be reached now; the job then calls again.
 */
export async function finishOrder(world: World, submissionId: string): Promise<Intent | undefined> {
  await world.leases.hold(`order:${submissionId}`, 2_000, async () => {
    const intent = await world.intents.get(submissionId);
    if (intent?.state !== 'accepted') return;
    await carryOut(world, intent);
    await world.notify.orderChanged(submissionId);
  });
  return world.intents.get(submissionId);
}

async function carryOut(world: World, intent: Intent): Promise<void> {
  const cartId = intent.cartId ?? (await makeCart(world, intent));
  if (cartId) await checkOut(world, intent, cartId);
}

async function checkOut(world: World, intent: Intent, cartId: string): Promise<void> {
  const { submissionId, content, checkoutRequestId } = intent;
  try {
    await recordOutcome(world, intent, await world.ordering.checkout(content.customerId, cartId, checkoutRequestId));
  } catch (error) {
    if (!isFinal(error)) throw error;
    // An earlier, unanswered checkout may have gone through: only a cart that is still open proves that nothing was bought.
    const state = (await isCartOpen(world, content.customerId, cartId)) ? 'declined' : 'needs_person';
    await world.intents.finish(submissionId, { state, note: noteOf(error) });
  }
}

async function isCartOpen(world: World, customerId: string, cartId: string): Promise<boolean> {
  try {
    return (await world.ordering.cart(customerId, cartId))?.status.toLowerCase() === 'active';
  } catch (error) {
    if (!isFinal(error)) throw error;
    return false;
  }
}

function noteOf(error: OutsideError): string {
  return [error.description ?? error.message, error.code].filter(Boolean).join(' – ');
}

/** The cart's id, or nothing when Partner Center refused it or its line: then the intent is finished as declined. */
async function makeCart(world: World, { submissionId, content, cartRequestId }: Intent): Promise<string | undefined> {
  const decline = async (note: string): Promise<undefined> => {
    await world.intents.finish(submissionId, { state: 'declined', note });
  };
  const { customerId, item } = content;
  try {
    const found = matching(await world.catalog.availabilities(customerId, item.productId, item.skuId), item);
    if (!found) return await decline('The item is no longer on sale.');
    const line = {
      catalogItemId: found.availability.catalogItemId,
      quantity: item.quantity,
      billingCycle: item.billingCycle,
      termDuration: item.termDuration,
      attestationAccepted: content.isAttested || undefined,
    };
    const cart = await world.ordering.createCart(customerId, line, cartRequestId);
    if (cart.lineErrors.length > 0) return await decline(listOf(cart.lineErrors));
    await world.intents.recordCart(submissionId, cart.id);
    return cart.id;
  } catch (error) {
    if (!isFinal(error)) throw error;
    return decline(noteOf(error));
  }
}

function listOf(errors: Checkout['errors']): string {
  return errors.map((error) => `${error.description} (${error.code})`).join('; ');
}

async function recordOutcome(world: World, { submissionId, content }: Intent, checkout: Checkout): Promise<void> {
  const note = listOf(checkout.errors) || undefined;
  if (checkout.orders.length === 0) {
    // Without a reason nobody can say that nothing was bought.
    await world.intents.finish(submissionId, { state: note ? 'declined' : 'needs_person', note });
    return;
  }
  await world.knownOrders.placed(content.customerId, checkout.orders, world.clock.now());
  const orderIds = checkout.orders.map((order) => order.id);
  await world.intents.finish(submissionId, { state: 'ordered', orderIds, note });
}

/** A refusal that no repetition mends. A conflict (cart in another request's hands) passes by itself. */
function isFinal(error: unknown): error is OutsideError {
  return (
    error instanceof OutsideError && !error.isPassing && error.kind !== 'conflict' && error.kind !== 'unauthorized'
  );
}
