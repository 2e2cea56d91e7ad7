import { z } from 'zod';
import type { Call, Query } from './call.ts';
import { createError, createValidationProblem } from './errors.ts';

/**
 * The JSON body of a call, checked. Property names are matched without regard to case, because the service does;
 * properties nobody asked for are dropped.
 */
export function readBody<T>(call: Call, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(renameProperties(schema, parseJson(call.text)));
  if (parsed.success) return parsed.data;
  if (/\/servicerequests(\/|$)/i.test(call.path)) throw createValidationProblem(toFieldErrors(parsed.error));
  const reasons = parsed.error.issues.map(({ path, message }) => `property_name: ${path.join('.')} - ${message}`);
  throw createError(400, 3000, 'A property has invalid data.', reasons);
}

function toFieldErrors({ issues }: z.ZodError): Record<string, string[]> {
  const errors: Record<string, string[]> = {};
  for (const { path, message } of issues) {
    const field = path.join('.');
    errors[field] = [...(errors[field] ?? []), message];
  }
  return errors;
}

/** A form body, as token endpoints take it. */
export function readForm(text: string): Query {
  return toQuery(new URLSearchParams(text));
}

export function toQuery(parameters: URLSearchParams): Query {
  const values = new Map<string, string>();
  for (const [name, value] of parameters) values.set(name.toLowerCase(), value);
  return { get: (name) => values.get(name.toLowerCase()) };
}

/** The etag a change is based on, without its quotes. */
export function readIfMatch(call: Call): string | undefined {
  return call.headers['if-match']?.replace(/^W\//, '').replaceAll('"', '');
}

interface Filter {
  field: string;
  value: string;
  operator: string;
}

const filterSchema = z.object({
  field: z.string(),
  value: z.union([z.string(), z.number()]).transform(String),
  operator: z.string(),
});

/** The `filter` parameter: one JSON object, its property names in any case. Anything else is 2000. */
export function readFilter(call: Call): Filter | undefined {
  const text = call.query.get('filter');
  if (text === undefined) return undefined;
  const parsed = filterSchema.safeParse(renameProperties(filterSchema, parseOrUndefined(text)));
  if (parsed.success) return parsed.data;
  throw createError(400, 2000, 'The filter is not valid.');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw Object.assign(createError(400, 2000, 'The request body is not valid JSON.'), { cause });
  }
}

export function parseOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Gives the properties of `value` the spelling `schema` uses. */
function renameProperties(schema: unknown, value: unknown): unknown {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable)
    return renameProperties(schema.unwrap(), value);
  if (schema instanceof z.ZodArray && Array.isArray(value)) {
    return value.map((item) => renameProperties(schema.element, item));
  }
  if (!(schema instanceof z.ZodObject) || value === null || typeof value !== 'object') return value;
  const spellings = new Map(Object.keys(schema.shape).map((key) => [key.toLowerCase(), key]));
  const entries = Object.entries(value).map(([key, inner]) => {
    const spelling = spellings.get(key.toLowerCase()) ?? key;
    return [spelling, renameProperties(schema.shape[spelling], inner)];
  });
  return Object.fromEntries(entries);
}
