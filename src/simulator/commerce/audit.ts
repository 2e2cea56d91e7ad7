import type { Customer } from '../customers.ts';
import type { AuditRecord, Order } from '../entities.ts';
import type { Caller } from '../http/call.ts';
import { pascalCase } from '../http/wire.ts';

/** What the audit log keeps of an operation. */
interface Operation {
  type: string;
  resourceType: string;
  at: number;
  customer?: Customer;
  caller: Pick<Caller, 'userName' | 'clientId'>;
  correlationId: string;
  id: string;
  after?: unknown;
  data?: { key: string; value: string | null }[];
}

export function auditRecord(operation: Operation): AuditRecord {
  const { customer, after } = operation;
  return {
    id: operation.id,
    ...(customer === undefined ? {} : { customerId: customer.id, customerName: customer.companyName }),
    ...(operation.caller.userName === '' ? {} : { userPrincipalName: operation.caller.userName }),
    applicationId: operation.caller.clientId,
    resourceType: operation.resourceType,
    ...(after === undefined ? {} : { resourceNewValue: JSON.stringify(pascalCase(after)) }),
    operationType: operation.type,
    correlationId: operation.correlationId,
    operationAt: operation.at,
    operationStatus: 'succeeded',
    customizedData: operation.data ?? [],
  };
}

/** An order made (`create_order`) or cancelled (`update_order`) at an instant; what it was like then can be told later. */
export function orderRecord(
  type: 'create_order' | 'update_order',
  order: Order,
  at: number,
  rest: Pick<Operation, 'caller' | 'correlationId' | 'id' | 'customer'>,
): AuditRecord {
  return { ...auditRecord({ ...rest, type, resourceType: 'order', at }), orderId: order.id };
}
