import { z } from 'zod';
import type { Call } from './call.ts';
import { refusal } from './errors.ts';

export interface Filter {
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
  const parsed = filterSchema.safeParse(lowerCased(text));
  if (parsed.success) return parsed.data;
  throw refusal(400, 2000, 'The filter is not valid.');
}

function lowerCased(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return undefined;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key.toLowerCase(), inner]));
  } catch {
    return undefined;
  }
}
