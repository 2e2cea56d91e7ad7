import { z } from 'zod';
import type { Call, Query } from './call.ts';
import { refusal } from './errors.ts';

/**
 * The JSON body of a call, checked. Property names are matched without regard to case, because the service does;
 * properties nobody asked for are dropped.
 */
export function readBody<T>(call: Call, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(ignoringCase(schema, parseJson(call.text)));
  if (parsed.success) return parsed.data;
  throw refusal(400, 3000, `Invalid property: ${z.prettifyError(parsed.error).replaceAll('\n', ' ')}`);
}

/** A form body, as token endpoints take it. */
export function readForm(text: string): Query {
  return queryOf(new URLSearchParams(text));
}

export function queryOf(parameters: URLSearchParams): Query {
  const values = new Map<string, string>();
  for (const [name, value] of parameters) values.set(name.toLowerCase(), value);
  return { get: (name) => values.get(name.toLowerCase()) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw Object.assign(refusal(400, 2000, 'The request body is not valid JSON.'), { cause });
  }
}

/** Gives the properties of `value` the spelling `schema` uses. */
function ignoringCase(schema: unknown, value: unknown): unknown {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) return ignoringCase(schema.unwrap(), value);
  if (schema instanceof z.ZodArray && Array.isArray(value)) {
    return value.map((item) => ignoringCase(schema.element, item));
  }
  if (!(schema instanceof z.ZodObject) || value === null || typeof value !== 'object') return value;
  const spellings = new Map(Object.keys(schema.shape).map((key) => [key.toLowerCase(), key]));
  const entries = Object.entries(value).map(([key, inner]) => {
    const spelling = spellings.get(key.toLowerCase()) ?? key;
    return [spelling, ignoringCase(schema.shape[spelling], inner)];
  });
  return Object.fromEntries(entries);
}
