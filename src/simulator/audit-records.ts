import type { Customer } from './customers.ts';
import { type ApiResponse, type Call, type Caller, ok, type Route } from './http/call.ts';
import { createError } from './http/errors.ts';
import { formatInstant, takeSeekPage, toCollection, toPascalCase } from './http/format.ts';
import { readFilter } from './http/read-call.ts';
import { type Order, showOrder } from './orders.ts';
import type { World } from './world.ts';
import { DAY_MS } from './world.ts';

export interface AuditRecord {
  id: string;
  customerId?: string | undefined;
  customerName?: string | undefined;
  userPrincipalName?: string | undefined;
  applicationId: string;
  resourceType: string;
  /** The order the record is about: its values then follow from it. Others keep theirs as text. */
  orderId?: string;
  resourceNewValue?: string | undefined;
  operationType: string;
  correlationId: string;
  /** An operation still in progress is recorded with the instant at which it will be done. */
  operationAt: number;
  operationStatus: 'succeeded' | 'failed' | 'progress';
  customizedData: { key: string; value: string | null }[];
}

declare module './world.ts' {
  interface World {
    auditRecords: Collection<AuditRecord>;
  }
}

/** What the audit log keeps of an operation. */
interface Operation {
  type: string;
  resourceType: string;
  at: number;
  customer?: Customer | undefined;
  caller: Pick<Caller, 'userName' | 'clientId'>;
  correlationId: string;
  id: string;
  after?: unknown;
  data?: AuditRecord['customizedData'];
}

export function createAuditRecord(operation: Operation): AuditRecord {
  const { customer, after, caller } = operation;
  return {
    id: operation.id,
    customerId: customer?.id,
    customerName: customer?.companyName,
    userPrincipalName: caller.userName === '' ? undefined : caller.userName,
    applicationId: caller.clientId,
    resourceType: operation.resourceType,
    resourceNewValue: after === undefined ? undefined : JSON.stringify(toPascalCase(after)),
    operationType: operation.type,
    correlationId: operation.correlationId,
    operationAt: operation.at,
    operationStatus: 'succeeded',
    customizedData: operation.data ?? [],
  };
}

/** An order made (`create_order`) or cancelled (`update_order`) at an instant; how it was then can be shown later. */
export function createOrderRecord(
  type: 'create_order' | 'update_order',
  order: Order,
  at: number,
  rest: Pick<Operation, 'caller' | 'correlationId' | 'id' | 'customer'>,
): AuditRecord {
  return { ...createAuditRecord({ ...rest, type, resourceType: 'order', at }), orderId: order.id };
}

const DEFAULT_PERIOD_MS = 30 * DAY_MS;

export const auditRoutes: Route[] = [{ method: 'GET', path: '/v1/auditrecords', access: 'any', handle: listRecords }];

/** Newest first, from the start of one day to the end of another; what is still in progress is not in the log yet. */
function listRecords(call: Call): ApiResponse {
  const from = readDay(call, 'startDate') ?? call.now - DEFAULT_PERIOD_MS;
  const endDate = readDay(call, 'endDate');
  const until = endDate === undefined ? call.now : Math.min(call.now, endDate + DAY_MS - 1);
  const matches = createRecordFilter(call);
  const records = call.world.auditRecords
    .filter((record) => record.operationAt >= from && record.operationAt <= until && matches(record))
    .sort((one, other) => other.operationAt - one.operationAt);
  const { page, links } = takeSeekPage(call, records, '/auditrecords');
  const items = page.map((record) => showAuditRecord(call.world, record));
  return { ...ok({ ...toCollection(items), links }), doubledIds: true };
}

/** One filter at a time, each with its own operator. */
function createRecordFilter(call: Call): (record: AuditRecord) => boolean {
  const filter = readFilter(call);
  if (filter === undefined) return () => true;
  const value = filter.value.toLowerCase();
  switch (`${filter.field} ${filter.operator}`.toLowerCase()) {
    case 'companyname substring':
      return ({ customerName }) => customerName?.toLowerCase().includes(value) === true;
    case 'customerid equals':
      return ({ customerId }) => customerId === value;
    case 'resourcetype equals':
      return ({ resourceType }) => resourceType === value;
    default:
      throw createError(400, 2000, `Audit records cannot be filtered by ${filter.field} ${filter.operator}.`);
  }
}

function readDay(call: Call, name: string): number | undefined {
  const text = call.query.get(name);
  if (text === undefined) return undefined;
  const at = Date.parse(text);
  if (Number.isNaN(at)) throw createError(400, 2000, `${name} must be a date.`);
  return Math.floor(at / DAY_MS) * DAY_MS;
}

/** An audit record as the API shows it. */
export function showAuditRecord(world: World, record: AuditRecord) {
  const { operationAt, correlationId, orderId, ...rest } = record;
  const order = orderId === undefined ? undefined : world.orders.get(orderId);
  return {
    ...rest,
    ...(order === undefined ? {} : showOrderValues(order, record)),
    partnerId: world.partner.tenantId,
    originalCorrelationId: correlationId,
    operationDate: formatInstant(operationAt, record.id),
    attributes: { objectType: 'AuditRecord' },
  };
}

/** The order as it was right before the operation, and right after. */
function showOrderValues(order: Order, { operationAt, operationType }: AuditRecord) {
  const showAt = (at: number) => JSON.stringify(toPascalCase(showOrder(order, { at })));
  return {
    resourceOldValue: operationType === 'update_order' ? showAt(operationAt - 1) : undefined,
    resourceNewValue: showAt(operationAt),
    customizedData: showOrderData(order),
  };
}

function showOrderData(order: Order): AuditRecord['customizedData'] {
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
