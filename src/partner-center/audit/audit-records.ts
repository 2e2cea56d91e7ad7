import { z } from 'zod';
import type { Changes, OrderRecord, OutsideLook, RecordRange } from '../../domain/cancellations/changes.ts';
import { withoutSecrets } from '../../domain/secret-texts.ts';
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
  id: maybe(text),
  customerId: maybe(text),
  customerName: maybe(text),
  userPrincipalName: maybe(text),
  applicationId: maybe(text),
  resourceType: maybe(text),
  operationType: maybe(text),
  operationStatus: maybe(text),
  operationDate: maybe(instant),
  originalCorrelationId: maybe(text),
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
interface RecordPage<T> {
  readonly records: readonly T[];
  /** When each thing on the page was done, in the order of the page. */
  readonly instants: readonly Date[];
}

export function toOrderRecords(body: unknown, reportSkipped: ReportSkipped = failOnSkipped): RecordPage<OrderRecord> {
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

/** What is about software, by what was looked at: the names of the resources are those of Microsoft's SDK. */
const softwareResources = { key: 'software_key', link: 'software_download_link' } as const;
const looking: Readonly<Record<string, OutsideLook['what'] | undefined>> = {
  get_software_key: 'key',
  get_software_download_link: 'link',
};

/**
 * What `customizedData` tells of a look is not documented: order and item are taken where they are there. `ownApplication`: the
 * client id that the bot signs in with.
 */
function toOutsideLooks(
  body: unknown,
  reportSkipped: ReportSkipped = failOnSkipped,
  ownApplication = '',
): RecordPage<OutsideLook> {
  const read = readRecords(body, reportSkipped);
  return {
    records: read.flatMap((one) => outsideLookOf(one, ownApplication) ?? []),
    instants: read.flatMap(({ operationDate }) => operationDate ?? []),
  };
}

function outsideLookOf(wire: WireRecord, ownApplication: string): OutsideLook | undefined {
  const { operationDate: at, applicationId, customerId, customerName } = wire;
  const what = looking[toSnakeCase(wire.operationType ?? '')];
  const isDone = toSnakeCase(wire.operationStatus ?? 'succeeded') === 'succeeded';
  if (!at || !what || !isDone) return undefined;
  const who = withoutSecrets(wire.userPrincipalName || applicationId || '');
  const orderId = customizedValueOf(wire, 'orderid') ?? customizedValueOf(wire, 'alternateid');
  const ids = ['productid', 'skuid'].flatMap((name) => customizedValueOf(wire, name) ?? []);
  const item = withoutSecrets([ids.join(':'), customizedValueOf(wire, 'option')].filter(Boolean).join(' '));
  const named = [at.toISOString(), what, who, wire.originalCorrelationId, customerId, orderId, item];
  return {
    record: wire.id || JSON.stringify(named),
    ...{ at, what, who, item },
    mayBeOurs: !applicationId || applicationId.toLowerCase() === ownApplication.toLowerCase(),
    ...(customerId && { customerId }),
    ...(customerName && { customerName }),
    ...(orderId && { orderId }),
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

/** `ownApplication`: the client id that the bot signs in with. */
export function createAuditRecords(api: Api, ownApplication: string): Changes & AuditLog {
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

    async orderRecords(about, range) {
      const { found: records, ...read } = await readNewest(about, range, toOrderRecords);
      return { records, ...read };
    },

    async outsideLooks(about, range) {
      const read = (body: unknown, reportSkipped?: ReportSkipped) =>
        toOutsideLooks(body, reportSkipped, ownApplication);
      const { found: looks, ...told } = await readNewest(softwareResources[about], range, read);
      return { looks, ...told };
    },
  };

  /**
   * A log that comes newest first need not be read to its end. That it does is not documented, so it is seen from the page.
   */
  async function readNewest<T extends { readonly at: Date }>(
    about: string,
    range: RecordRange,
    toPage: (body: unknown, reportSkipped?: ReportSkipped) => RecordPage<T>,
  ): Promise<{ readonly found: T[]; readonly wholeSince?: Date; readonly calls: number }> {
    const { since, lastDay, maxPages } = range;
    const end = lastDay && new Date(Date.parse(dayOf(lastDay)) + dayMs);
    const isAsked = (at: Date) => at >= since && (!end || at < end);
    const found: T[] = [];
    let calls = 0;
    let oldest: Date | undefined;
    let isNewestFirst = true;
    for await (const { content, isLast } of readPages(api, callFor(range, 'ResourceType', about), toPage)) {
      calls += 1;
      found.push(...content.records.filter(({ at }) => isAsked(at)));
      for (const at of content.instants) {
        if (oldest && at > oldest) isNewestFirst = false;
        if (!oldest || at < oldest) oldest = at;
      }
      if (isLast || (isNewestFirst && oldest && oldest < since)) return { found, wholeSince: since, calls };
      if (calls >= maxPages) break;
    }
    return { found, ...(isNewestFirst && oldest && { wholeSince: oldest }), calls };
  }
}

function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10);
}
