import { isSoldIn, type Product, type Segment, type Sku, segmentOfAvailability, type Term } from '../catalogue.ts';
import { countryOf } from '../countries.ts';
import type { Customer } from '../customers.ts';
import type { CartLine, CartLineError } from '../entities.ts';
import type { Call } from '../http/call.ts';
import { refusal } from '../http/errors.ts';
import { lineError } from './cart-errors.ts';
import { isQualifiedFor } from './qualified.ts';

/** What a catalogue item id stands for. */
export interface Item {
  product: Product;
  sku: Sku;
  segment: Segment;
  availabilityId: string;
}

/**
 * Checks the lines of a new or changed cart and puts them into groups that become one order each. Faults of a line stay
 * with the line; only what makes the whole call senseless is refused. Items among `accepted` stay good when their
 * availability id is outdated.
 */
export function checkedLines(call: Call, customer: Customer, lines: CartLine[], accepted: CartLine[]): CartLine[] {
  const groups = new Map<string, string>();
  return lines.map((line, id) => {
    const before = accepted.find(({ catalogItemId }) => catalogItemId === line.catalogItemId);
    const item = itemOf(call, customer, { ...line, ...(before?.segment && { segment: before.segment }) });
    if (item === undefined) return { ...line, id, error: lineError('outdated', line.catalogItemId) };
    checkQuantity(item.sku, line.quantity);
    if (!isQualifiedFor(customer, item.segment)) {
      throw refusal(400, 800086, `The customer does not have the tags required for segment ${item.segment}.`);
    }
    const currencyCode = countryOf(customer.address.country).currency;
    const error = errorOf(item, line, currencyCode);
    const orderGroup = groups.get(line.billingCycle) ?? String(groups.size);
    groups.set(line.billingCycle, orderGroup);
    return { ...line, id, currencyCode, orderGroup, segment: item.segment, ...(error === undefined ? {} : { error }) };
  });
}

/** The item a line names: undefined if it is unknown, not sold in the customer's country, or outdated. */
export function itemOf(call: Call, customer: Customer, line: CartLine): Item | undefined {
  const [productId = '', skuId = '', availabilityId = ''] = line.catalogItemId.split(':');
  const product = call.world.catalogue.product(productId);
  const sku = call.world.catalogue.sku(productId, skuId);
  const { country } = customer.address;
  if (product === undefined || sku === undefined || !isSoldIn(product, country)) return undefined;
  const segment = line.segment ?? segmentOfAvailability(sku, country, availabilityId, call.now);
  return segment === undefined ? undefined : { product, sku, segment, availabilityId: availabilityId.toUpperCase() };
}

export function termOf(sku: Sku, line: Pick<CartLine, 'billingCycle' | 'termDuration'>): Term | undefined {
  return sku.terms.find(
    ({ duration, billingCycle }) =>
      billingCycle === line.billingCycle.toLowerCase() && (duration ?? '') === (line.termDuration ?? '').toUpperCase(),
  );
}

function checkQuantity(sku: Sku, quantity: number): void {
  if (quantity >= sku.minimumQuantity && quantity <= sku.maximumQuantity) return;
  const range = `${sku.minimumQuantity} to ${sku.maximumQuantity}`;
  throw refusal(400, 2002, `The quantity ${quantity} of ${sku.title} is outside the allowed range ${range}.`);
}

function errorOf(item: Item, line: CartLine, currencyCode: string): CartLineError | undefined {
  const { sku } = item;
  if (line.participants !== undefined && line.participants.length > 0) return lineError('participants');
  if (line.currencyCode !== undefined && line.currencyCode.toUpperCase() !== currencyCode) return lineError('currency');
  if (!sku.terms.some(({ billingCycle }) => billingCycle === line.billingCycle.toLowerCase()))
    return lineError('billing');
  if (termOf(sku, line) === undefined) return lineError('term', line.termDuration);
  if (sku.soldOut) return lineError('soldOut');
  if (sku.attestationType !== undefined && line.attestationAccepted !== true) return lineError('attestation');
  return undefined;
}
