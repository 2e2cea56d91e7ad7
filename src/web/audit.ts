import { z } from 'zod';
import { auditFile } from '../cards/audit-file.ts';
import { type AuditEntry, type AuditScope, isCursor, scopeOfFile } from '../domain/audit/audit.ts';
import { recordExport } from '../domain/audit/export-audit.ts';
import { type Customer, findExactly } from '../domain/customers/customer.ts';
import { Refusal } from '../domain/errors.ts';
import { demand } from '../domain/people/demand.ts';
import type { Person } from '../domain/people/staff.ts';
import type { World } from '../domain/world.ts';
import type { Words } from '../words/words.ts';
import { HttpError } from './http.ts';
import type { PageRow } from './rows.ts';

interface AuditReader {
  readonly world: World;
  readonly who: Person;
  readonly words: Words;
}

/** Days are those of the reader; `until` is included. */
const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/)
  .refine((text) => !Number.isNaN(Date.parse(text)));
const filter = z.object({
  customer: z.string().trim().max(200).optional(),
  since: day.optional(),
  until: day.optional(),
  /** Only who was shown what, and leaks. */
  review: z.literal('on').optional(),
  from: z.string().refine(isCursor).optional(),
});

export type AuditFilter = z.infer<typeof filter>;

const perPage = 25;
/** So many are named where several may be meant. */
const mostNamed = 5;
const dayMs = 24 * 3600 * 1000;

/** Empty fields of a form are no filter. */
export function readFilter(given: Iterable<readonly [string, unknown]>): AuditFilter {
  const fields = Object.fromEntries([...given].filter(([, value]) => value !== ''));
  const parsed = filter.safeParse(fields);
  if (!parsed.success) throw new HttpError(400);
  return parsed.data;
}

/** A page of the log, newest first. */
export async function readAudit({ world, who, words }: AuditReader, asked: AuditFilter) {
  await demand(world, who, 'audit.read');
  const { scope } = await scopeOf(world, words, asked);
  const entries = await world.audit.entries(scope, asked.from, perPage + 1);
  const next = entries[perPage]?.cursor;
  const rows = entries.slice(0, perPage).map((entry) => rowOf(words, who, entry));
  return { rows, ...(next !== undefined && { next }) };
}

/**
 * All of the log that fits the filter, as a file that is made while it is read. That it was taken away is written down first,
 * and is the newest entry in it.
 */
export async function exportAudit(
  { world, who, words }: AuditReader,
  asked: AuditFilter,
): Promise<AsyncIterable<string>> {
  await demand(world, who, 'audit.read');
  const { scope, customer } = await scopeOf(world, words, asked);
  const { since, before } = scope;
  await recordExport(world, who, { customer, since, before });
  return auditFile(world.audit, words, scope);
}

/** Refuses a name that is nobody's, and one that may be several customers': a log of the wrong one would look right. */
async function scopeOf(
  world: World,
  words: Words,
  { customer: text, since, until, review }: AuditFilter,
): Promise<{ readonly scope: AuditScope; readonly customer?: Customer }> {
  const wanted = scopeOfFile({
    ...(since && { since: new Date(since) }),
    ...(until && { before: new Date(Date.parse(until) + dayMs) }),
    isReview: review === 'on',
  });
  if (!text) return { scope: wanted };
  const { found, more } = await world.customers.search(text, mostNamed);
  const named = findExactly(found, text);
  const [customer, ...others] = named;
  if (!customer) throw new Refusal('customer-unknown', { text, suggestions: [], ...(more && { more }) });
  const isCertain = others.length === 0 && (!more || named !== found);
  if (!isCertain) {
    const names = found.map(({ name, domain }) => `${name} (${domain})`);
    throw new HttpError(422, { text: words.audit.several(text, names, more) });
  }
  return { scope: { ...wanted, customerId: customer.id }, customer };
}

function rowOf(words: Words, { timeZone }: Person, entry: AuditEntry): PageRow {
  const { who = words.audit.ours, at, customerName, orderNumbers } = entry;
  const about = [
    customerName,
    orderNumbers.length > 0 ? words.audit.about(orderNumbers) : '',
    words.audit.more(entry),
  ].filter(Boolean);
  return {
    heading: words.audit.entry(entry),
    details: [`${who} · ${words.moment(at, timeZone)}`, ...(about.length > 0 ? [about.join(' · ')] : [])],
  };
}
