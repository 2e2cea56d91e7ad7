import type { AuditRecord, Order } from '../entities.ts';
import { pascalCase, wireDate } from '../http/wire.ts';
import type { World } from '../store.ts';
import { showOrder } from './show-order.ts';

/** An audit record as the API shows it. */
export function showAuditRecord(world: World, record: AuditRecord) {
  const { operationAt, correlationId, orderId, ...rest } = record;
  const order = orderId === undefined ? undefined : world.orders.get(orderId);
  return {
    ...rest,
    ...(order === undefined ? {} : orderValues(order, record)),
    partnerId: world.partner.tenantId,
    originalCorrelationId: correlationId,
    operationDate: wireDate(operationAt, record.id),
    attributes: { objectType: 'AuditRecord' },
  };
}

/** The order as it was right before the operation, and right after. */
function orderValues(order: Order, { operationAt, operationType }: AuditRecord) {
  const valueAt = (at: number) => JSON.stringify(pascalCase(showOrder(order, { at })));
  return {
    ...(operationType === 'update_order' ? { resourceOldValue: valueAt(operationAt - 1) } : {}),
    resourceNewValue: valueAt(operationAt),
    customizedData: orderData(order),
  };
}

function orderData(order: Order): AuditRecord['customizedData'] {
  const data: AuditRecord['customizedData'] = [
    { key: 'OrderId', value: order.id },
    { key: 'AlternateId', value: order.alternateId },
    { key: 'BillingCycle', value: order.billingCycle },
  ];
  for (const line of order.lines) {
    data.push(
      { key: `OfferId-${line.lineItemNumber}`, value: `${line.productId}:${line.skuId}:${line.availabilityId}` },
      { key: `SubscriptionId-${line.lineItemNumber}`, value: line.subscriptionId ?? null },
      { key: `SubscriptionName-${line.lineItemNumber}`, value: line.friendlyName },
      { key: `Quantity-${line.lineItemNumber}`, value: String(line.quantity) },
      { key: `PartnerOnRecord-${line.lineItemNumber}`, value: line.partnerIdOnRecord ?? null },
    );
  }
  return data;
}
