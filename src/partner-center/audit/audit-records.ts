import type { Changes } from '../../domain/cancellations/changes.ts';
import { readPages } from '../client/paging.ts';
import type { Api, Call } from '../client/request.ts';
import { collection, instant, listOf, maybe, type ReportSkipped, shape, text, toSnakeCase } from '../client/wire.ts';

/** Source: *Get a record of Partner Center activity by user*, *Auditing resources*. */
const records = listOf(
  shape({
    customerId: maybe(text),
    customerName: maybe(text),
    userPrincipalName: maybe(text),
    applicationId: maybe(text),
    resourceType: maybe(text),
    operationType: maybe(text),
    operationStatus: maybe(text),
    operationDate: maybe(instant),
    resourceNewValue: maybe(text),
    customizedData: maybe(collection(shape({ key: maybe(text), value: maybe(text) }))),
  }),
);
const resource = shape({ id: maybe(text), alternateId: maybe(text) });

interface OrderChange {
  readonly customerId: string;
  readonly orderId: string;
  readonly at: Date;
}

/** What somebody did at Partner Center. */
export interface AuditRecord {
  readonly at: Date;
  readonly customerId: string;
  readonly customerName: string;
  /** The account, or the application where no person acted. */
  readonly who: string;
  /** `create_order`, `get_software_key`, … */
  readonly operation: string;
  /** `succeeded`, `failed`, `progress`. */
  readonly status: string;
  readonly resource: string;
  readonly orderId?: string;
}

export interface AuditLog {
  /** Newest first. The log goes back at most a few months (Partner Center's own limit). */
  ofCustomer(customerId: string, since: Date): Promise<AuditRecord[]>;
}

export function toAuditRecords(body: unknown, reportSkipped?: ReportSkipped): AuditRecord[] {
  return records(body, reportSkipped).flatMap((record) => {
    if (!record.operationDate) return [];
    const isOrder = toSnakeCase(record.resourceType ?? '') === 'order';
    const orderId =
      customizedValueOf(record, 'orderid') ?? (isOrder ? readNewValue(record.resourceNewValue)?.id : undefined);
    return {
      at: record.operationDate,
      customerId: record.customerId ?? '',
      customerName: record.customerName ?? '',
      who: record.userPrincipalName || record.applicationId || '',
      operation: toSnakeCase(record.operationType ?? ''),
      status: toSnakeCase(record.operationStatus ?? ''),
      resource: toSnakeCase(record.resourceType ?? ''),
      ...(orderId ? { orderId } : {}),
    };
  });
}

type WireRecord = ReturnType<typeof records>[number];

function customizedValueOf({ customizedData }: WireRecord, name: string): string | undefined {
  return customizedData?.find(({ key }) => key?.toLowerCase() === name)?.value || undefined;
}

/** The orders that were changed, by whomever; a change that failed is none. */
export function toOrderChanges(body: unknown, reportSkipped?: ReportSkipped): OrderChange[] {
  return records(body, reportSkipped).flatMap((record) => {
    const { customerId, operationDate } = record;
    const isChange = toSnakeCase(record.operationType ?? '') === 'update_order';
    const isFailed = toSnakeCase(record.operationStatus ?? '') === 'failed';
    if (!isChange || isFailed || !customerId || !operationDate) return [];
    return orderIdsOf(record).map((orderId) => ({ customerId, orderId, at: operationDate }));
  });
}

/** The order's id and, where it has another one, its short form: a case may know it by either. */
function orderIdsOf(record: WireRecord): string[] {
  const inside = readNewValue(record.resourceNewValue);
  const ids = [
    customizedValueOf(record, 'orderid') ?? (inside?.id || undefined),
    customizedValueOf(record, 'alternateid') ?? (inside?.alternateId || undefined),
  ];
  return [...new Set(ids.filter((id) => id !== undefined))];
}

/** The changed resource is JSON as a string, in PascalCase. */
function readNewValue(
  written: string | undefined,
): { id?: string | undefined; alternateId?: string | undefined } | undefined {
  try {
    return resource.safeParse(JSON.parse(written ?? 'null')).data;
  } catch {
    return undefined;
  }
}

export function createAuditRecords(api: Api): Changes & AuditLog {
  /** The log is asked by day, with one filter at a time. */
  const since = (start: Date, field: string, value: string): Call => ({
    operation: 'listAuditRecords',
    method: 'GET',
    path: '/v1/auditrecords',
    query: {
      startDate: start.toISOString().slice(0, 10),
      size: 500,
      filter: JSON.stringify({ Field: field, Value: value, Operator: 'equals' }),
    },
    token: 'either',
  });

  return {
    async ofCustomer(customerId, start) {
      const found: AuditRecord[] = [];
      for await (const { content } of readPages(api, since(start, 'CustomerId', customerId), toAuditRecords)) {
        found.push(...content.filter(({ at }) => at >= start));
      }
      return found.sort((a, b) => b.at.getTime() - a.at.getTime());
    },

    /** Each id comes once, with the order's last change. */
    async ordersChangedSince(start) {
      const latest = new Map<string, OrderChange>();
      for await (const { content } of readPages(api, since(start, 'ResourceType', 'order'), toOrderChanges)) {
        for (const change of content.filter(({ at }) => at >= start)) {
          const name = `${change.customerId} ${change.orderId}`;
          const known = latest.get(name);
          if (!known || known.at < change.at) latest.set(name, change);
        }
      }
      return [...latest.values()].sort((a, b) => a.at.getTime() - b.at.getTime());
    },
  };
}
