import { z } from 'zod';
import { type Money, moneyOf } from '../../domain/money.ts';

/**
 * Reading Partner Center's JSON (docs/partner-center.md#reading-tolerantly): property names in any letter case, numbers as strings and strings as
 * numbers, enumerations in three spellings, dates that mean "not set". Required fields are few and must be there;
 * an optional field that makes no sense counts as absent.
 */

/** An object with these fields, found in any letter case; others are dropped. */
export function shape<S extends z.ZodRawShape>(fields: S) {
  const names = new Map(Object.keys(fields).map((name) => [name.toLowerCase(), name]));
  return z.preprocess((value) => renameFields(value, names), z.object(fields));
}

function renameFields(value: unknown, names: ReadonlyMap<string, string>): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const found: Record<string, unknown> = {};
  for (const [name, content] of Object.entries(value)) {
    const known = names.get(name.toLowerCase());
    if (known !== undefined && (name === known || !Object.hasOwn(found, known))) found[known] = content;
  }
  return found;
}

export function maybe<T extends z.ZodType>(schema: T) {
  return schema
    .nullish()
    .catch(undefined)
    .transform((value) => value ?? undefined);
}

/** A list that may be missing or null. */
export function many<T extends z.ZodType>(schema: T) {
  return z
    .array(schema)
    .nullish()
    .transform((value) => value ?? []);
}

/**
 * `{ items: […] }`, or a bare array as some calls answer. An answer without either is not an empty list. A `null` among
 * the items is nothing.
 */
export function collection<T extends z.ZodType>(schema: T) {
  const dropNulls = (list: unknown) => (Array.isArray(list) ? list.filter((one) => one !== null) : list);
  const there = z.preprocess(dropNulls, z.array(schema));
  const wrapped = shape({ items: there }).transform(({ items }) => items);
  return z.union([there, wrapped]);
}

/** Gets the reason for each record that is left out of a list. */
export type ReportSkipped = (error: z.ZodError) => void;

export const failOnSkipped: ReportSkipped = (error) => {
  throw error;
};

/**
 * Reads a collection in which one odd record does not hide the others: it is left out and reported. Where none makes
 * sense, the list is not as documented. Not for lists from whose gaps something follows (tickets, orders).
 */
export function listOf<T extends z.ZodType>(schema: T) {
  const list = collection(z.unknown());
  return (body: unknown, reportSkipped: ReportSkipped = failOnSkipped): z.output<T>[] => {
    const read = list.parse(body).map((record) => schema.safeParse(record));
    const odd = read.flatMap(({ error }) => (error ? [error] : []));
    if (odd[0] && odd.length === read.length) throw odd[0];
    for (const error of odd) reportSkipped(error);
    return read.flatMap(({ success, data }) => (success ? [data] : []));
  };
}

export const text = z.union([z.string(), z.number(), z.boolean()]).transform(String);
/** Of tenants, and with them of customers. */
export const tenantGuid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
export const tenantId = z.string().regex(tenantGuid);
export const id = text.refine((value) => value !== '');
/** GUIDs come in any letter case, the same one in two of them; here they have one. */
export const guidOrId = id.transform((written) => (tenantGuid.test(written) ? written.toLowerCase() : written));
/** An address that may be shown to people: https, or http on this machine, where only a simulator can be. */
export const link = z.string().refine((written) => {
  const { protocol, hostname, username } = URL.parse(written) ?? {};
  const isHere = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(hostname ?? '');
  return username === '' && (protocol === 'https:' || (protocol === 'http:' && isHere));
});
export const amount = z
  .union([z.number(), z.string().trim().min(1).transform(Number)])
  .refine((value) => Number.isFinite(value));
export const flag = z.union([
  z.boolean(),
  z
    .string()
    .regex(/^(true|false)$/i)
    .transform((value) => value.toLowerCase() === 'true'),
]);

/** A point in time, UTC where no offset is written; `0001-01-01…` is "not set". */
export const instant = z.string().transform((written) => {
  if (written.startsWith('0001-')) return undefined;
  const isZoned = /(?:z|[+-]\d\d:?\d\d)$/i.test(written) || !written.includes('T');
  const at = new Date(isZoned ? written : `${written}Z`);
  return Number.isNaN(at.getTime()) ? undefined : at;
});

/** An enumeration: `AttentionNeeded`, `attention_needed` or its number become `attention_needed`. */
export function enumeration(numbered: readonly string[] = []) {
  return text.transform((written) =>
    /^\d+$/.test(written) ? (numbered[Number(written)] ?? '') : toSnakeCase(written),
  );
}

export function toSnakeCase(written: string): string {
  return written
    .trim()
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/[\s-]+/g, '_')
    .toLowerCase();
}

/** `one_time`, `annual`, … also from `OneTime`, `onetime`, `Annual`. */
export function billingCycleOf(written: string): string {
  const cycle = toSnakeCase(written);
  return cycle === 'onetime' ? 'one_time' : cycle;
}

export function toMoney(value: number | undefined, currency: string | undefined): Money | undefined {
  if (value === undefined || !currency || !/^[A-Z]{3}$/.test(currency)) return undefined;
  return moneyOf(value, currency);
}
