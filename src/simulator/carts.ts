import { z } from 'zod';
import { findSegment, isQualifiedFor, isSoldIn, type Product, type Segment, type Sku, type Term } from './catalogue.ts';
import { type Customer, getResoldCustomer } from './customers.ts';
import { type ApiResponse, answerCreated, type Call, type Lock, ok, type Route } from './http/call.ts';
import { createError } from './http/errors.ts';
import { createLink, formatInstant } from './http/format.ts';
import { readBody } from './http/read-call.ts';
import { getCountry } from './seed/load.ts';
import type { World } from './world.ts';
import { DAY_MS } from './world.ts';

export interface CartLine extends Partial<Omit<z.infer<typeof cartLineSchema>, 'billingCycle'>> {
  id: number;
  catalogItemId: string;
  quantity: number;
  billingCycle: string;
  orderGroup?: string;
  /** Not shown: the market segment the item was found in. A line that has one was valid when it was added. */
  segment?: Segment;
  error?: CartLineError | undefined;
}

interface CartLineError {
  errorCode: string | number;
  errorDescription: string;
  additionalInformation?: string | undefined;
}

export interface OrderError {
  orderGroupId: string;
  code: number;
  description: string;
}

export interface Cart {
  id: string;
  customerId: string;
  createdAt: number;
  modifiedAt: number;
  modifiedBy: string;
  status: 'Active' | 'Ordered';
  lines: CartLine[];
  partnerOnRecordAttestationAccepted?: boolean | undefined;
  /** The stored result of the checkout. */
  orderIds: string[];
  orderErrors: OrderError[];
}

declare module './world.ts' {
  interface World {
    carts: Collection<Cart>;
  }
}

export const CART_PATH = '/v1/customers/:customerId/carts/:cartId';

export const cartRoutes: Route[] = [
  // Reading a cart is not among the throttled calls.
  { method: 'POST', path: '/v1/customers/:customerId/carts', access: 'any', limit: 'carts', handle: createCart },
  {
    method: 'GET',
    path: CART_PATH,
    access: 'any',
    handle: (call) => ok(showCart(getCart(call, getResoldCustomer(call)))),
  },
];

/** Two requests that check out one cart at the same time are a conflict. */
export function createCartLock({ cartId = '' }: Call['params']): Lock {
  return {
    name: `cart ${cartId.toLowerCase()}`,
    createConflict: () => createError(409, 800064, 'The cart is being processed by another request.'),
  };
}

const cartLineSchema = z.object({
  catalogItemId: z.string().min(1),
  friendlyName: z.string().nullish(),
  quantity: z.number().int(),
  currencyCode: z.string().nullish(),
  billingCycle: z.string().min(1),
  termDuration: z.string().nullish(),
  participants: z.array(z.object({ key: z.string(), value: z.string() })).nullish(),
  provisioningContext: z.record(z.string(), z.string()).nullish(),
  renewsTo: z.object({ termDuration: z.string().optional() }).nullish(),
  attestationAccepted: z.boolean().nullish(),
});

const cartSchema = z.object({
  lineItems: z.array(cartLineSchema).min(1),
  partnerOnRecordAttestationAccepted: z.boolean().nullish(),
});

/** A line as it was sent; whatever is null was not sent. */
function toCartLine(line: z.infer<typeof cartLineSchema>, id: number): CartLine {
  const sent = Object.fromEntries(Object.entries(line).filter(([, value]) => value !== null && value !== undefined));
  const { catalogItemId, quantity, billingCycle } = line;
  return { ...sent, id, catalogItemId, quantity, billingCycle };
}

function createCart(call: Call): ApiResponse {
  const customer = getResoldCustomer(call);
  checkMayBuy(call.world, customer);
  const sent = readBody(call, cartSchema);
  if (call.world.options.needsPartnerAttestation && sent.partnerOnRecordAttestationAccepted !== true) {
    throw createError(400, 900206, 'Partner Attestation is missing.');
  }
  const cart: Cart = {
    id: call.world.ids.guid(),
    customerId: customer.id,
    createdAt: call.now,
    modifiedAt: call.now,
    modifiedBy: call.caller.userId,
    status: 'Active',
    lines: checkLines(call, customer, sent.lineItems.map(toCartLine)),
    partnerOnRecordAttestationAccepted: sent.partnerOnRecordAttestationAccepted ?? undefined,
    orderIds: [],
    orderErrors: [],
  };
  return answerCreated(showCart(call.world.carts.put(cart)));
}

export function getCart(call: Call, customer: Customer): Cart {
  const cart = call.world.carts.get((call.params.cartId ?? '').toLowerCase());
  if (cart === undefined || cart.customerId !== customer.id || call.now >= findExpiry(cart)) {
    throw createError(404, 800008, `Cart id ${call.params.cartId} was not found.`);
  }
  return cart;
}

/** The errors an order gets before anything in it is looked at (docs/simulator.md, "Who may buy"). */
export function checkMayBuy(world: World, customer: Customer): void {
  if (customer.account === 'UnderReview') throw createError(403, 800073, 'The customer account is under review.');
  if (customer.account === 'NotAllowed' || customer.account === 'Unknown') {
    throw createError(403, 800075, 'The customer account is not approved.');
  }
  const isConfirmed = world.agreements.filter(({ customerId }) => customerId === customer.id).length > 0;
  if (isConfirmed || customer.signedDirectly) return;
  const text = 'The Microsoft Customer Agreement has not been confirmed or signed for this customer.';
  throw createError(403, 13605, text);
}

/** What a catalogue item id stands for. */
interface Item {
  product: Product;
  sku: Sku;
  segment: Segment;
  availabilityId: string;
}

/**
 * Checks the lines of a new cart and puts them into groups that become one order each. Errors of a line stay with the
 * line; only what makes the whole call senseless is refused.
 */
function checkLines(call: Call, customer: Customer, lines: CartLine[]): CartLine[] {
  const groups = new Map<string, string>();
  return lines.map((line, id) => {
    const item = findItem(call, customer, line);
    if (item === undefined) return { ...line, id, error: createLineError('outdated', line.catalogItemId) };
    checkQuantity(item.sku, line.quantity);
    if (!isQualifiedFor(customer, item.segment)) {
      const text = `The customer does not have the tags required for segment ${item.segment}.`;
      throw createError(400, 800086, text);
    }
    const currencyCode = getCountry(customer.address.country).currency;
    const error = findLineError(item.sku, line, currencyCode);
    const orderGroup = groups.get(line.billingCycle) ?? String(groups.size);
    groups.set(line.billingCycle, orderGroup);
    return { ...line, id, currencyCode, orderGroup, segment: item.segment, error };
  });
}

/** The item a line names: undefined if it is unknown, not sold in the customer's country, or outdated. */
export function findItem(call: Call, customer: Customer, line: CartLine): Item | undefined {
  const [productId = '', skuId = '', availabilityId = ''] = line.catalogItemId.split(':');
  const product = call.world.catalogue.product(productId);
  const sku = call.world.catalogue.sku(productId, skuId);
  const { country } = customer.address;
  if (product === undefined || sku === undefined || !isSoldIn(product, country)) return undefined;
  const segment = line.segment ?? findSegment(sku, country, availabilityId, call.now);
  return segment === undefined ? undefined : { product, sku, segment, availabilityId: availabilityId.toUpperCase() };
}

export function findTerm(sku: Sku, line: Pick<CartLine, 'billingCycle' | 'termDuration'>): Term | undefined {
  return sku.terms.find(
    ({ duration, billingCycle }) =>
      billingCycle === line.billingCycle.toLowerCase() && (duration ?? '') === (line.termDuration ?? '').toUpperCase(),
  );
}

function checkQuantity(sku: Sku, quantity: number): void {
  if (quantity >= sku.minimumQuantity && quantity <= sku.maximumQuantity) return;
  const range = `${sku.minimumQuantity} to ${sku.maximumQuantity}`;
  throw createError(400, 2002, `The quantity ${quantity} of ${sku.title} is outside the allowed range ${range}.`);
}

function findLineError(sku: Sku, line: CartLine, currencyCode: string): CartLineError | undefined {
  if ((line.participants ?? []).length > 0) return createLineError('participants');
  if (line.currencyCode && line.currencyCode.toUpperCase() !== currencyCode) return createLineError('currency');
  if (!sku.terms.some(({ billingCycle }) => billingCycle === line.billingCycle.toLowerCase())) {
    return createLineError('billing');
  }
  if (findTerm(sku, line) === undefined) return createLineError('term', line.termDuration ?? undefined);
  if (sku.soldOut) return createLineError('soldOut');
  if (sku.attestationType !== undefined && line.attestationAccepted !== true) return createLineError('attestation');
  return undefined;
}

/** Errors of a cart line as the service writes them: words for most, a number for the outdated item. */
const LINE_ERRORS = {
  currency: ['currency_is_not_supported', 'The currency is not supported for this item.'],
  outdated: [10001, 'The catalog item id is not valid. Get the availability again.'],
  soldOut: ['inventory_not_available', 'There is no inventory for this item.'],
  participants: ['participants_is_not_supported_for_partner', 'Participants are for indirect providers only.'],
  term: ['invalid_input', 'The term duration is not valid for this item.'],
  attestation: ['attestation_not_accepted', 'The attestation of this item has not been accepted.'],
  billing: ['billing_plan_not_supported', 'The billing cycle is not supported for this item.'],
} as const;

function createLineError(kind: keyof typeof LINE_ERRORS, additionalInformation?: string): CartLineError {
  const [errorCode, errorDescription] = LINE_ERRORS[kind];
  return { errorCode, errorDescription, additionalInformation };
}

const CART_LIFE_MS = 7 * DAY_MS;

function findExpiry(cart: Cart): number {
  return cart.createdAt + CART_LIFE_MS;
}

/** A cart as the API shows it. */
export function showCart(cart: Cart) {
  return {
    id: cart.id,
    creationTimestamp: formatInstant(cart.createdAt, cart.id),
    lastModifiedTimestamp: formatInstant(cart.modifiedAt, cart.id),
    expirationTimestamp: formatInstant(findExpiry(cart), cart.id),
    lastModifiedUser: cart.modifiedBy,
    status: cart.status,
    partnerOnRecordAttestationAccepted: cart.partnerOnRecordAttestationAccepted,
    lineItems: cart.lines.map(({ segment: _, ...line }) => line),
    links: { self: createLink(`/customers/${cart.customerId}/carts/${cart.id}`) },
    attributes: { objectType: 'Cart' },
  };
}
