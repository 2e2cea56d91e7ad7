import { randomUUID } from 'node:crypto';
import type { Customer } from '../customers.ts';
import type { AuditRecord, Order } from '../entities.ts';
import type { Caller } from '../http/call.ts';
import { pascalCase } from '../http/wire.ts';
import { showOrder } from '../show/show-order.ts';

/** What the audit log keeps of an operation; ids are given where the seed needs them fixed. */
interface Operation {
  type: string;
  resourceType: string;
  at: number;
  customer?: Customer;
  caller: Pick<Caller, 'userName' | 'clientId'>;
  correlationId?: string;
  id?: string;
  before?: unknown;
  after?: unknown;
  data?: { key: string; value: string | null }[];
}

export function auditRecord(operation: Operation): AuditRecord {
  const { customer, before, after } = operation;
  return {
    id: operation.id ?? randomUUID(),
    ...(customer === undefined ? {} : { customerId: customer.id, customerName: customer.companyName }),
    ...(operation.caller.userName === '' ? {} : { userPrincipalName: operation.caller.userName }),
    applicationId: operation.caller.clientId,
    resourceType: operation.resourceType,
    ...(before === undefined ? {} : { resourceOldValue: JSON.stringify(pascalCase(before)) }),
    ...(after === undefined ? {} : { resourceNewValue: JSON.stringify(pascalCase(after)) }),
    operationType: operation.type,
    correlationId: operation.correlationId ?? randomUUID(),
    operationAt: operation.at,
    operationStatus: 'succeeded',
    customizedData: operation.data ?? [],
  };
}

/** An order made (`create_order`) or cancelled (`update_order`), as of the instant at which that was done. */
export function orderRecord(
  type: 'create_order' | 'update_order',
  order: Order,
  at: number,
  rest: Pick<Operation, 'caller' | 'correlationId' | 'id' | 'customer'>,
): AuditRecord {
  return auditRecord({
    ...rest,
    type,
    resourceType: 'order',
    at,
    ...(type === 'update_order' ? { before: showOrder(order, { at: at - 1 }) } : {}),
    after: showOrder(order, { at }),
    data: orderData(order),
  });
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
      { key: `PartnerOnRecord-${line.lineItemNumber}`, value: null },
    );
  }
  return data;
}
