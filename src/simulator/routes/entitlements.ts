import { auditRecord } from '../commerce/audit.ts';
import { type KeyItem, keyGroup, keyLineId, productKey, showEntitlement } from '../commerce/entitlements.ts';
import { cancelledLines } from '../commerce/order-state.ts';
import { type Answer, type Call, ok, type Route } from '../http/call.ts';
import { resoldCustomerOf } from '../http/customer-of-call.ts';
import { refusal } from '../http/errors.ts';
import { collectionOf } from '../http/wire.ts';

const KEY = 'artifacts/productkey/groups/:groupId/lineitems/:lineId/items/:itemId';

export const entitlementRoutes: Route[] = [
  { method: 'GET', path: '/v1/customers/:customerId/entitlements', access: 'user', handle: listEntitlements },
  { method: 'GET', path: `/v1/customers/:customerId/${KEY}`, access: 'user', extendedOnly: true, handle: getKey },
];

const RESERVATIONS = ['reservedinstance', 'virtualmachinereservedinstance'];

function listEntitlements(call: Call): Answer {
  const customer = resoldCustomerOf(call);
  const type = call.query.get('entitlementType')?.toLowerCase();
  const options = { at: call.now, expiry: call.query.get('showExpiry')?.toLowerCase() === 'true' };
  const items = call.world.orders
    .filter((order) => order.customerId === customer.id && order.completedAt <= call.now)
    .sort((one, other) => other.createdAt - one.createdAt)
    .flatMap((order) =>
      order.lines
        .filter((line) => isListed(call, line.productId, type))
        .map((line) => showEntitlement(call.world, order, line, options)),
    );
  return { ...ok(collectionOf(items)), bom: true };
}

/** Online services are not entitlements of this kind; reservations are, and come only if asked for or nothing is. */
function isListed(call: Call, productId: string, type: string | undefined): boolean {
  const product = call.world.catalogue.product(productId);
  const isReservation = product?.views.includes('AzureReservations') === true;
  const isSoftware = product?.kind !== 'other';
  if (type === undefined) return isSoftware || isReservation;
  return type === 'software' ? isSoftware : RESERVATIONS.includes(type) && isReservation;
}

/** The key behind an artifact's link. Every look is written to the audit log, as Partner Center does. */
function getKey(call: Call): Answer {
  const customer = resoldCustomerOf(call);
  const item = keyItemOf(call, customer.id);
  if (item === undefined || call.now < item.order.completedAt)
    throw refusal(404, 1000, 'The product key was not found.');
  if (cancelledLines(item.order, call.now).has(item.line.lineItemNumber)) {
    throw refusal(404, 1000, 'The product key is not available: it was revoked when the order was cancelled.');
  }
  call.world.auditRecords.put(
    auditRecord({
      id: call.world.ids.guid(),
      type: 'get_software_key',
      resourceType: 'software_key',
      at: call.now,
      customer,
      caller: call.caller,
      correlationId: call.correlationId,
      data: [
        { key: 'OrderId', value: item.order.id },
        { key: 'LineItemId', value: String(item.line.lineItemNumber) },
        { key: 'ProductId', value: item.productId },
        { key: 'SkuId', value: item.skuId },
      ],
    }),
  );
  return ok({ type: 'product_key', productKey: productKey(item) });
}

function keyItemOf(call: Call, customerId: string): KeyItem | undefined {
  const { groupId, lineId, itemId = '' } = call.params;
  const [productId = '', skuId = ''] = itemId.split(':');
  const order = call.world.orders.filter((o) => o.customerId === customerId).find((o) => keyGroup(o) === groupId);
  const line = order?.lines.find((candidate) => keyLineId(order, candidate) === lineId);
  if (order === undefined || line === undefined) return undefined;
  const bought = call.world.catalogue.product(line.productId);
  const isPartOfIt = productId === line.productId || bought?.includes.includes(productId) === true;
  return bought?.hasKeys && isPartOfIt ? { order, line, productId, skuId } : undefined;
}
