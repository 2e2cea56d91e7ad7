import { problemMeant } from '../customers/readiness.ts';
import { OutsideError, type OutsideMeaning, type Said } from '../errors.ts';
import { isSameMoney } from '../money.ts';
import type { Attempt, Step } from '../work/attempts.ts';
import { isConflict, send } from '../work/send.ts';
import type { World } from '../world.ts';
import { choicesOf, findOffer } from './offer.ts';
import type { Checkout } from './order.ts';
import type { CartLine } from './ordering.ts';
import {
  linesOf,
  type OrderReason,
  type OrderSubmission,
  type PurchaseContent,
  type PurchaseLine,
} from './submission.ts';
import type { OrderOutcome, RecordedCart } from './submissions.ts';

type Outcome = Omit<OrderOutcome, 'at' | 'notices'>;

/**
 * Asks Partner Center for the cart, and then for its checkout. Each request is written down before it is sent. Throws
 * where it is to be asked again later.
 */
export async function buy(world: World, submission: OrderSubmission): Promise<Outcome> {
  const { cartId } = submission;
  if (cartId !== undefined) return checkOut(world, submission, cartId, await open(world, submission, 'checkout'));
  const cart = await makeCart(world, submission);
  return 'state' in cart ? cart : checkOut(world, submission, cart.id, cart.next);
}

function stepOf({ submissionId }: OrderSubmission, name: 'create-cart' | 'checkout'): Step {
  return { of: 'order', id: submissionId, round: 0, name };
}

function open(world: World, submission: OrderSubmission, name: 'create-cart' | 'checkout'): Promise<Attempt> {
  return world.attempts.open(stepOf(submission, name), world.clock.now());
}

/** The cart, or how it ended when Partner Center refused the cart or its line. */
async function makeCart(world: World, submission: OrderSubmission): Promise<RecordedCart | Outcome> {
  const { submissionId, content } = submission;
  let attempt: Attempt | undefined;
  try {
    const lines: CartLine[] = [];
    for (const now of await Promise.all(linesOf(content).map((line) => lineNow(world, content, line)))) {
      if ('kind' in now) return { state: 'declined', reason: now };
      lines.push(now);
    }
    attempt = await open(world, submission, 'create-cart');
    const { id, lineErrors } = await send(world, attempt, (requestId) =>
      world.ordering.createCart(content.customerId, lines, requestId),
    );
    if (lineErrors.length > 0) {
      return endDeclined(attempt, { kind: 'declined', said: toSaid(lineErrors), ...whyIn(lineErrors, submission) });
    }
    const recorded = { id, attempt, at: world.clock.now(), next: stepOf(submission, 'checkout') };
    return await world.orderSubmissions.recordCart(submissionId, recorded);
  } catch (error) {
    if (!isFinal(error)) throw error;
    return endDeclined(attempt, reasonOf(error, submission));
  }
}

/** What is put into the cart, as it is on sale now; or why it no longer is. */
async function lineNow(
  world: World,
  { customerId, country, isPartnerAttested }: PurchaseContent,
  { item, unitPrice, isAttested }: PurchaseLine,
): Promise<CartLine | OrderReason> {
  const changed = await changedPrice(world, { country, item, unitPrice });
  if (changed) return changed;
  const sku = { productId: item.productId, id: item.skuId };
  const found = findOffer(await choicesOf(world, { id: customerId, country }, sku), item);
  if (!found) return { kind: 'not-on-sale' };
  return {
    catalogItemId: found.availability.catalogItemId,
    quantity: item.quantity,
    billingCycle: item.billingCycle,
    termDuration: item.termDuration,
    attestationAccepted: isAttested || undefined,
    ...(isPartnerAttested && { partnerAttestationAccepted: true }),
  };
}

/** The cart may be made a day after the person confirmed: at another price nobody wants it. */
async function changedPrice(
  world: World,
  { country, item, unitPrice: was }: Pick<PurchaseContent, 'country' | 'item' | 'unitPrice'>,
): Promise<OrderReason | undefined> {
  if (country === undefined) return undefined;
  const now = await world.catalog.unitPrice(country, item);
  return now && isSameMoney(now, was) ? undefined : { kind: 'price-changed', was, now };
}

async function checkOut(world: World, submission: OrderSubmission, cartId: string, attempt: Attempt): Promise<Outcome> {
  try {
    return await checkOutCart(world, submission, attempt, cartId);
  } catch (error) {
    if (isConflict(error)) return checkOutOrdered(world, submission, cartId, error);
    if (!isFinal(error)) throw error;
    // An earlier, unanswered checkout may have gone through: only a cart that is still open proves that nothing was bought.
    if (await isCartOpen(world, submission, cartId)) return endDeclined(attempt, reasonOf(error, submission));
    const reason = { kind: 'unclear', said: error.said ? [error.said] : [] } as const;
    return { state: 'needs_person', reason, ended: { attempt, outcome: 'declined' } };
  }
}

/** After a conflict. An ordered cart, checked out again, answers with its first result; an open one is left to whoever works on it. */
async function checkOutOrdered(
  world: World,
  submission: OrderSubmission,
  cartId: string,
  conflict: OutsideError,
): Promise<Outcome> {
  const cart = await world.ordering.cart(submission.content.customerId, cartId);
  if (cart?.status.toLowerCase() !== 'ordered') throw conflict;
  return checkOutCart(world, submission, await open(world, submission, 'checkout'), cartId);
}

async function checkOutCart(
  world: World,
  submission: OrderSubmission,
  attempt: Attempt,
  cartId: string,
): Promise<Outcome> {
  const { customerId } = submission.content;
  const { orders, errors } = await send(world, attempt, (requestId) =>
    world.ordering.checkout(customerId, cartId, requestId),
  );
  const said = toSaid(errors);
  if (orders.length > 0) {
    return {
      state: 'ordered',
      orderIds: orders.map((order) => order.id),
      placed: { customerId, orders },
      reason: said.length > 0 ? { kind: 'ordered-with-errors', said } : undefined,
      ended: { attempt, outcome: 'done' },
    };
  }
  // Without a reason nobody can say that nothing was bought.
  if (said.length === 0)
    return { state: 'needs_person', reason: { kind: 'unclear', said }, ended: { attempt, outcome: 'done' } };
  return endDeclined(attempt, { kind: 'declined', said, ...whyIn(errors, submission) });
}

/** Nothing was ordered with it. False where Partner Center does not say so. */
export async function isCartOpen(world: World, { content }: OrderSubmission, cartId: string): Promise<boolean> {
  try {
    return (await world.ordering.cart(content.customerId, cartId))?.status.toLowerCase() === 'active';
  } catch (error) {
    if (!isFinal(error)) throw error;
    return false;
  }
}

function endDeclined(attempt: Attempt | undefined, reason: OrderReason): Outcome {
  return { state: 'declined', reason, ...(attempt && { ended: { attempt, outcome: 'declined' } }) };
}

function reasonOf(error: OutsideError, submission: OrderSubmission): OrderReason {
  return { kind: 'declined', said: error.said ? [error.said] : [], ...whyIn([error], submission) };
}

/** What should have been there before, or is to be attested. What was attested already is not asked for again. */
function whyIn(
  errors: readonly { readonly meaning?: OutsideMeaning | undefined }[],
  { content }: OrderSubmission,
): Pick<Extract<OrderReason, { kind: 'declined' }>, 'missing' | 'attest'> {
  const meaning = errors.find((error) => error.meaning)?.meaning;
  if (meaning === 'attestation-missing')
    return linesOf(content).every(({ isAttested }) => isAttested) ? {} : { attest: 'item' };
  if (meaning === 'partner-attestation-missing') return content.isPartnerAttested ? {} : { attest: 'partner' };
  const missing = problemMeant(meaning, content.item.segment);
  return missing ? { missing } : {};
}

function toSaid(errors: Checkout['errors']): Said[] {
  return errors.map(({ description, code }) => ({ ...(code && { code }), ...(description && { text: description }) }));
}

/** A refusal that no repetition mends. A conflict (cart in another request's hands) passes by itself. */
function isFinal(error: unknown): error is OutsideError {
  return (
    error instanceof OutsideError && !error.isPassing && error.kind !== 'conflict' && error.kind !== 'unauthorized'
  );
}
