import { OutsideError, Refusal } from './errors.ts';
import type { Intent } from './intent.ts';
import { isSameTerm } from './offer.ts';
import type { Checkout } from './order.ts';
import type { World } from './ports.ts';
import { demand, type Person } from './staff.ts';

/**
 * Writes down that this person confirmed this order, once; nothing is bought yet. Refuses `not-allowed` and, for a
 * submission id that was used for something else, `other-content`.
 */
export async function submitOrder(world: World, who: Person, intent: Intent): Promise<Intent> {
  await demand(world, who, 'buy.confirm');
  await demandLimit(world, who, intent);
  return (await world.intents.insertOnce(intent)).intent;
}

async function demandLimit(world: World, who: Person, { content }: Intent): Promise<void> {
  const limit = world.policy.approvalLimits[content.total.currency];
  if (limit === undefined || content.total.minor <= limit) return;
  const roles = await world.staff.rolesOf(who.id);
  if (!roles.includes('admin-agent')) throw new Refusal('not-allowed', { right: 'buy.confirm', roles });
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
  try {
    const cartId = intent.cartId ?? (await makeCart(world, intent));
    if (!cartId) return;
    await checkOut(world, intent, cartId);
  } catch (error) {
    if (!isFinal(error)) throw error;
    await world.intents.finish(intent.submissionId, { state: 'declined', note: noteOf(error) });
  }
}

async function checkOut(world: World, intent: Intent, cartId: string): Promise<void> {
  const { submissionId, content, checkoutRequestId } = intent;
  try {
    await recordOutcome(world, intent, await world.ordering.checkout(content.customerId, cartId, checkoutRequestId));
  } catch (error) {
    if (!isFinal(error)) throw error;
    // An earlier, unanswered checkout may have gone through: only a cart that is still open proves that nothing was bought.
    const cart = await world.ordering.cart(content.customerId, cartId);
    const isStillOpen = cart?.status.toLowerCase() === 'active';
    await world.intents.finish(submissionId, { state: isStillOpen ? 'declined' : 'needs_person', note: noteOf(error) });
  }
}

function noteOf(error: OutsideError): string {
  return [error.description ?? error.message, error.code].filter(Boolean).join(' – ');
}

/** The cart's id, or nothing when Partner Center refused a line: then the intent is finished as declined. */
async function makeCart(world: World, { submissionId, content, cartRequestId }: Intent): Promise<string | undefined> {
  const { customerId, item } = content;
  const offers = await world.catalog.availabilities(customerId, item.productId, item.skuId);
  const offer = offers.find((one) => one.isPurchasable && one.segment === item.segment);
  const term = offer?.terms.find((one) => isSameTerm(one, item));
  if (!offer || !term) {
    await world.intents.finish(submissionId, { state: 'declined', note: 'The item is no longer on sale.' });
    return undefined;
  }
  const line = {
    catalogItemId: offer.catalogItemId,
    quantity: item.quantity,
    billingCycle: item.billingCycle,
    termDuration: item.termDuration,
    attestationAccepted: content.isAttested || undefined,
  };
  const cart = await world.ordering.createCart(customerId, line, cartRequestId);
  if (cart.lineErrors.length > 0) {
    const note = cart.lineErrors.map((error) => `${error.description} (${error.code})`).join('; ');
    await world.intents.finish(submissionId, { state: 'declined', note });
    return undefined;
  }
  await world.intents.recordCart(submissionId, cart.id);
  return cart.id;
}

async function recordOutcome(world: World, { submissionId, content }: Intent, checkout: Checkout): Promise<void> {
  const note = checkout.errors.map((error) => `${error.description} (${error.code})`).join('; ') || undefined;
  if (checkout.orders.length === 0) {
    await world.intents.finish(submissionId, { state: 'declined', note });
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
