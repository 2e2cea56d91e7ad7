import { DAY_MS } from '../clock.ts';
import type { AuditRecord } from '../entities.ts';
import { type Answer, type Call, ok, type Route } from '../http/call.ts';
import { refusal } from '../http/errors.ts';
import { readFilter } from '../http/filter.ts';
import { seekPage } from '../http/paging.ts';
import { collectionOf } from '../http/wire.ts';
import { showAuditRecord } from '../show/show-audit-record.ts';

const DEFAULT_WINDOW_MS = 30 * DAY_MS;

export const auditRoutes: Route[] = [{ method: 'GET', path: '/v1/auditrecords', access: 'any', handle: listRecords }];

/** Newest first, from the start of one day to the end of another; what is still under way is not in the log yet. */
function listRecords(call: Call): Answer {
  const from = dayOf(call, 'startDate') ?? call.now - DEFAULT_WINDOW_MS;
  const endDate = dayOf(call, 'endDate');
  const until = endDate === undefined ? call.now : Math.min(call.now, endDate + DAY_MS - 1);
  const isWanted = wanted(call);
  const records = call.world.auditRecords
    .filter((record) => record.operationAt >= from && record.operationAt <= until && isWanted(record))
    .sort((one, other) => other.operationAt - one.operationAt);
  const { page, links } = seekPage(call, records, '/auditrecords');
  const items = page.map((record) => showAuditRecord(call.world, record));
  return { ...ok({ ...collectionOf(items), links }), doubledIds: true };
}

/** One filter at a time, each with its own operator. */
function wanted(call: Call): (record: AuditRecord) => boolean {
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
      throw refusal(400, 2000, `Audit records cannot be filtered by ${filter.field} ${filter.operator}.`);
  }
}

function dayOf(call: Call, name: string): number | undefined {
  const text = call.query.get(name);
  if (text === undefined) return undefined;
  const at = Date.parse(text);
  if (Number.isNaN(at)) throw refusal(400, 2000, `${name} must be a date.`);
  return Math.floor(at / DAY_MS) * DAY_MS;
}
