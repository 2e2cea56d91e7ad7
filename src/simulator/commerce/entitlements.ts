import type { Product } from '../catalogue.ts';
import type { Order, OrderLine } from '../entities.ts';
import { codeFrom, guidFrom, hexFrom } from '../hash.ts';
import { link, wholeSeconds } from '../http/wire.ts';
import { commitmentEndsAt } from '../show/show-subscription.ts';
import type { World } from '../store.ts';
import { cancelledLines } from './order-state.ts';

/** A product somebody may install because of an order line: what was bought, or a version it includes. */
export interface KeyItem {
  order: Order;
  line: OrderLine;
  productId: string;
  skuId: string;
}

/** An order line as an entitlement, with everything it includes. Cancelled lines stay listed, with nothing left. */
export function showEntitlement(world: World, order: Order, line: OrderLine, options: { at: number; expiry: boolean }) {
  const product = world.catalogue.product(line.productId);
  const includes = (product?.includes ?? [])
    .map((id) => world.catalogue.product(id))
    .filter((included): included is Product => included !== undefined);
  const own = entitlement(world, { order, line, productId: line.productId, skuId: line.skuId }, options.at);
  const expires = options.expiry && line.termDuration !== undefined;
  return {
    includedEntitlements: includes.map((included) => ({
      includedEntitlements: [],
      ...entitlement(world, { order, line, productId: included.id, skuId: included.skus[0]?.id ?? '0001' }, options.at),
    })),
    ...own,
    ...(expires ? { expiryDate: wholeSeconds(commitmentEndsAt(order, line, options.at)) } : {}),
  };
}

function entitlement(world: World, item: KeyItem, at: number) {
  const { order, line } = item;
  const isGone = cancelledLines(order, at).has(line.lineItemNumber);
  const isSoftware = line.kind !== 'other';
  return {
    referenceOrder: { id: order.id, lineItemId: String(line.lineItemNumber), alternateId: order.alternateId },
    productId: item.productId,
    quantity: isGone ? 0 : line.quantity,
    quantityDetails: [{ quantity: line.quantity, status: isGone ? 'Unfulfilled' : 'Fulfilled' }],
    entitledArtifacts: hasKey(world, item) ? [artifact(item, isGone)] : [],
    skuId: item.skuId,
    entitlementType: isSoftware ? 'software' : 'virtual_machine_reserved_instance',
    fulfillmentState: isGone ? 'Unfulfilled' : 'Fulfilled',
  };
}

/** The shape documented in 2018 and withdrawn: today's service gives no artifacts for software. */
function artifact(item: KeyItem, isGone: boolean) {
  return {
    link: link(keyPath(item)),
    reason: isGone ? 'The order was cancelled.' : '',
    state: isGone ? 'Revoked' : 'Active',
    artifactType: 'product_key',
  };
}

function hasKey(world: World, item: KeyItem): boolean {
  if (world.options.mode === 'today') return false;
  return world.catalogue.product(item.line.productId)?.hasKeys === true;
}

export function keyGroup(order: Order): string {
  return hexFrom(32, 'key group', order.id);
}

export function keyLineId(order: Order, line: OrderLine): string {
  return guidFrom('key line', order.id, line.lineItemNumber);
}

function keyPath({ order, line, productId, skuId }: KeyItem): string {
  const lineId = keyLineId(order, line);
  const group = `/customers/${order.customerId}/artifacts/productkey/groups/${keyGroup(order)}`;
  return `${group}/lineitems/${lineId}/items/${productId}:${skuId}:${lineId}`;
}

/** A key nobody can mistake for a real one; one for each version of each line. */
export function productKey({ order, line, productId, skuId }: KeyItem): string {
  const code = codeFrom(20, 'product key', order.id, line.lineItemNumber, productId, skuId);
  return ['SMPLE', ...(code.match(/.{5}/g) ?? [])].join('-');
}
