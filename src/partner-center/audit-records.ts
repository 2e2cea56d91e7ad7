import type { Changes } from '../domain/ports.ts';
import { pages } from './pages.ts';
import type { Api, Call } from './request.ts';
import { collection, instant, many, maybe, shape, snake, text } from './wire.ts';

/** Source: *Get a record of Partner Center activity by user*, *Auditing resources* (reference §12). */
const records = collection(
  shape({
    customerId: maybe(text),
    operationType: maybe(text),
    operationStatus: maybe(text),
    operationDate: maybe(instant),
    resourceNewValue: maybe(text),
    customizedData: maybe(many(shape({ key: maybe(text), value: maybe(text) }))),
  }),
);
const resource = shape({ id: maybe(text), alternateId: maybe(text) });

export interface OrderChange {
  readonly customerId: string;
  readonly orderId: string;
  readonly at: Date;
}

/** The orders that were changed, by whomever; a change that failed is none. */
export function toOrderChanges(body: unknown): OrderChange[] {
  return records.parse(body).flatMap((record) => {
    const { customerId, operationDate } = record;
    const isChange = snake(record.operationType ?? '') === 'update_order';
    const isFailed = snake(record.operationStatus ?? '') === 'failed';
    if (!isChange || isFailed || !customerId || !operationDate) return [];
    return orderIdsOf(record).map((orderId) => ({ customerId, orderId, at: operationDate }));
  });
}

/** The order's id and, where it has another one, its short form: a case may know it by either. */
function orderIdsOf({ customizedData, resourceNewValue }: ReturnType<typeof records.parse>[number]): string[] {
  const told = (name: string) => customizedData?.find(({ key }) => key?.toLowerCase() === name)?.value;
  const inside = insideOf(resourceNewValue);
  const ids = [told('orderid') || inside?.id || undefined, told('alternateid') || inside?.alternateId || undefined];
  return [...new Set(ids.filter((id) => id !== undefined))];
}

/** The changed resource is JSON as a string, in PascalCase. */
function insideOf(
  written: string | undefined,
): { id?: string | undefined; alternateId?: string | undefined } | undefined {
  try {
    return resource.safeParse(JSON.parse(written ?? 'null')).data;
  } catch {
    return undefined;
  }
}

export function createAuditRecords(api: Api): Changes {
  return {
    /** The log is asked by day; each id comes once, with the order's last change. */
    async ordersChangedSince(since) {
      const filter = JSON.stringify({ Field: 'ResourceType', Value: 'order', Operator: 'equals' });
      const call: Call = {
        operation: 'listAuditRecords',
        method: 'GET',
        path: '/v1/auditrecords',
        query: { startDate: since.toISOString().slice(0, 10), size: 500, filter },
        token: 'either',
      };
      const latest = new Map<string, OrderChange>();
      for await (const changes of pages(api, call, toOrderChanges)) {
        for (const change of changes.filter(({ at }) => at >= since)) {
          const name = `${change.customerId} ${change.orderId}`;
          const known = latest.get(name);
          if (!known || known.at < change.at) latest.set(name, change);
        }
      }
      return [...latest.values()].sort((a, b) => a.at.getTime() - b.at.getTime());
    },
  };
}
