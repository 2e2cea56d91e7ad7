import { z } from 'zod';
import type { Changes, OrderRecord, RecordRange } from '../../domain/cancellations/changes.ts';
import { readPages } from '../client/paging.ts';
import type { Api, Call } from '../client/request.ts';
import {
  collection,
  failOnSkipped,
  instant,
  many,
  maybe,
  type ReportSkipped,
  shape,
  text,
  toSnakeCase,
} from '../client/wire.ts';

/** Source: *Get a record of Partner Center activity by user*, *Auditing resources*. */
const record = shape({
  customerId: maybe(text),
  customerName: maybe(text),
  userPrincipalName: maybe(text),
  applicationId: maybe(text),
  resourceType: maybe(text),
  operationType: maybe(text),
  operationStatus: maybe(text),
  operationDate: maybe(instant),
  resourceNewValue: maybe(text),
  customizedData: maybe(many(maybe(shape({ key: maybe(text), value: maybe(text) })))),
});
type WireRecord = z.output<typeof record>;
const recordList = collection(z.unknown());
/** An order, or a subscription with the order it came from. */
const resource = shape({ id: maybe(text), alternateId: maybe(text), orderId: maybe(text) });

/** Some records are null, or make no sense: they do not hide the others. */
function readRecords(body: unknown, reportSkipped: ReportSkipped): WireRecord[] {
  return recordList.parse(body).flatMap((one) => {
    if (one === null) return [];
    const read = record.safeParse(one);
    if (!read.success) reportSkipped(read.error);
    return read.success ? [read.data] : [];
  });
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

export function toAuditRecords(body: unknown, reportSkipped: ReportSkipped = failOnSkipped): AuditRecord[] {
  return readRecords(body, reportSkipped).flatMap((record) => {
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

function customizedValueOf({ customizedData }: WireRecord, name: string): string | undefined {
  return customizedData?.find((one) => one?.key?.toLowerCase() === name)?.value || undefined;
}

/** What a page tells; of those that make no sense, nothing. */
interface OrderRecordPage {
  readonly records: readonly OrderRecord[];
  /** When each thing on the page was done, in the order of the page. */
  readonly instants: readonly Date[];
}

export function toOrderRecords(body: unknown, reportSkipped: ReportSkipped = failOnSkipped): OrderRecordPage {
  const read = readRecords(body, reportSkipped);
  return {
    records: read.flatMap((one) => orderRecordOf(one) ?? []),
    instants: read.flatMap(({ operationDate }) => operationDate ?? []),
  };
}

const changing = new Set(['update_order', 'update_subscription']);

/** An operation that failed changed nothing. */
function orderRecordOf(wire: WireRecord): OrderRecord | undefined {
  const { customerId, operationDate: at } = wire;
  const operation = toSnakeCase(wire.operationType ?? '');
  const isChange = changing.has(operation);
  const isFailed = toSnakeCase(wire.operationStatus ?? '') === 'failed';
  if (isFailed || !customerId || !at || !(isChange || operation === 'create_order')) return undefined;
  const isSubscription = operation === 'update_subscription';
  const inside = readNewValue(wire.resourceNewValue);
  const ids = subscriptionIdsOf(wire);
  if (isSubscription && inside?.id) ids.push(inside.id);
  const orderId = customizedValueOf(wire, 'orderid') ?? ((isSubscription ? inside?.orderId : inside?.id) || undefined);
  const alternateId = isSubscription ? undefined : inside?.alternateId || undefined;
  const number = customizedValueOf(wire, 'alternateid') ?? alternateId;
  if (orderId === undefined && number === undefined && ids.length === 0) return undefined;
  return {
    customerId,
    ...(orderId !== undefined && { orderId }),
    ...(number !== undefined && { number }),
    subscriptionIds: [...new Set(ids)],
    at,
    isChange,
  };
}

/** `SubscriptionId` where it is about one, `SubscriptionId-0`, … by line where it is about an order. */
function subscriptionIdsOf({ customizedData }: WireRecord): string[] {
  const ofLine = /^subscriptionid(-\d+)?$/i;
  return (customizedData ?? []).flatMap((one) => (one?.key && ofLine.test(one.key) && one.value ? [one.value] : []));
}

/** The changed resource is JSON as a string, in PascalCase. */
function readNewValue(written: string | undefined): z.output<typeof resource> | undefined {
  try {
    return resource.safeParse(JSON.parse(written ?? 'null')).data;
  } catch {
    return undefined;
  }
}

const dayMs = 86_400_000;

export function createAuditRecords(api: Api): Changes & AuditLog {
  /** The log is asked by day, with one filter at a time. */
  const callFor = (range: Pick<RecordRange, 'since' | 'lastDay'>, field: string, value: string): Call => ({
    operation: 'listAuditRecords',
    method: 'GET',
    path: '/v1/auditrecords',
    query: {
      startDate: dayOf(range.since),
      endDate: range.lastDay && dayOf(range.lastDay),
      size: 500,
      filter: JSON.stringify({ Field: field, Value: value, Operator: 'equals' }),
    },
    token: 'either',
  });

  return {
    async ofCustomer(customerId, start) {
      const found: AuditRecord[] = [];
      for await (const { content } of readPages(
        api,
        callFor({ since: start }, 'CustomerId', customerId),
        toAuditRecords,
      )) {
        found.push(...content.filter(({ at }) => at >= start));
      }
      return found.sort((a, b) => b.at.getTime() - a.at.getTime());
    },

    /**
     * A log that comes newest first need not be read to its end. That it does is not documented, so it is seen from
     * the page.
     */
    async orderRecords(about, range) {
      const { since, lastDay, maxPages } = range;
      const end = lastDay && new Date(Date.parse(dayOf(lastDay)) + dayMs);
      const isAsked = (at: Date) => at >= since && (!end || at < end);
      const records: OrderRecord[] = [];
      let calls = 0;
      let oldest: Date | undefined;
      let isNewestFirst = true;
      for await (const { content, isLast } of readPages(api, callFor(range, 'ResourceType', about), toOrderRecords)) {
        calls += 1;
        records.push(...content.records.filter(({ at }) => isAsked(at)));
        for (const at of content.instants) {
          if (oldest && at > oldest) isNewestFirst = false;
          if (!oldest || at < oldest) oldest = at;
        }
        if (isLast || (isNewestFirst && oldest && oldest < since)) return { records, wholeSince: since, calls };
        if (calls >= maxPages) break;
      }
      return { records, ...(isNewestFirst && oldest && { wholeSince: oldest }), calls };
    },
  };
}

function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10);
}
