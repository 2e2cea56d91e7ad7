import { z } from 'zod';
import type { ApiResponse } from './call.ts';

const HTML_PAGE = '<!DOCTYPE html><html><head><title>Service unavailable</title></head><body>Try later.</body></html>';

const regularExpression = z.string().refine(isRegularExpression, 'is not a regular expression');

/**
 * A fault on demand, as the control API takes it (docs/simulator.md, "Faults"). What it says of the response (status,
 * body, headers, Retry-After, a page) replaces the work or, with `afterWork`, the work's own response; half of it, wrong
 * types and a wait come on top.
 */
export const faultSchema = z.strictObject({
  method: z.string().optional(),
  /** Tested on path and query. */
  path: regularExpression.optional(),
  times: z.number().int().positive().optional(),
  status: z.number().int().min(100).max(599).optional(),
  /** Any JSON; a text is sent as text. */
  body: z.json().optional(),
  /** Of the fault's response or, where it has none, added to the real one. */
  headers: z.record(z.string(), z.string()).optional(),
  /** Seconds, sent as `Retry-After`. */
  retryAfter: z.number().nonnegative().optional(),
  /** Waits first. */
  delayMs: z.number().nonnegative().optional(),
  /** Closes the connection without a response and without doing the work. */
  dropBeforeWork: z.boolean().optional(),
  /** Does the work, then responds as the fault says, … */
  afterWork: z.boolean().optional(),
  /** … or closes the connection without any response. */
  dropAfterWork: z.boolean().optional(),
  /** Half of the body: of the real one, where the fault has none. */
  truncate: z.boolean().optional(),
  /** A page of HTML instead of JSON; with `body`, that as a page. */
  notJson: z.boolean().optional(),
  /** JSON with every value of a wrong type (`breakTypes` says which): the real one, where the fault has none. */
  wrongType: z.boolean().optional(),
  /** JSON with these beside what each object has: of the real one, where the fault has none. */
  fields: z.record(z.string(), z.json()).optional(),
});

export type Fault = z.infer<typeof faultSchema>;

export interface Faults {
  add(faults: Fault[]): void;
  clear(): void;
  list(): Fault[];
  /** The first fault that fits the call; it is used up by one. */
  take(method: string, path: string): Fault | undefined;
}

export function createFaults(): Faults {
  let inForce: (Fault & { times: number })[] = [];
  return {
    add(faults) {
      inForce.push(...faults.map((fault) => ({ ...fault, times: fault.times ?? 1 })));
    },
    clear() {
      inForce = [];
    },
    list: () => inForce.map((fault) => ({ ...fault })),
    take(method, path) {
      const fault = inForce.find((candidate) => fits(candidate, method, path));
      if (fault === undefined) return undefined;
      fault.times -= 1;
      if (fault.times === 0) inForce = inForce.filter((candidate) => candidate !== fault);
      return fault;
    },
  };
}

/** Does the fault replace the work, or is the call handled (at once, or normally after a delay)? */
export function isInsteadOfWork(fault: Fault): boolean {
  if (fault.dropBeforeWork) return true;
  if (fault.afterWork || fault.dropAfterWork) return false;
  const { status, body, retryAfter, notJson, truncate, wrongType, fields, delayMs, headers } = fault;
  if (status !== undefined || body !== undefined || retryAfter !== undefined || notJson) return true;
  return !truncate && !wrongType && [fields, delayMs, headers].every((change) => change === undefined);
}

/** Adds the fault's headers to the real response. */
export function addFaultHeaders(response: ApiResponse, fault: Fault | undefined): ApiResponse {
  return fault?.headers === undefined ? response : { ...response, headers: { ...response.headers, ...fault.headers } };
}

/** The response of a fault instead of, or after, the work. */
export function createFaultResponse(fault: Fault): ApiResponse {
  const status = fault.status ?? (fault.notJson ? 200 : fault.retryAfter === undefined ? 500 : 429);
  const headers: Record<string, string> = { ...fault.headers };
  if (fault.retryAfter !== undefined) headers['Retry-After'] = String(fault.retryAfter);
  if (fault.notJson) return { status, headers, contentType: 'text/html; charset=utf-8', body: createPage(fault) };
  if (typeof fault.body === 'string') {
    return { status, headers, contentType: 'text/plain; charset=utf-8', body: fault.body };
  }
  const { body = { statusCode: status, message: 'A fault on demand.' } } = fault;
  return { status, headers, body };
}

function createPage({ body = HTML_PAGE }: Fault): string {
  return typeof body === 'string' ? body : JSON.stringify(body);
}

/** Lists become a text, texts a number, numbers, flags and nulls an empty object; objects keep their fields. */
export function breakTypes(value: unknown): unknown {
  if (Array.isArray(value)) return 'not a list';
  if (value === null || typeof value !== 'object') return typeof value === 'string' ? 12345 : {};
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, breakTypes(inner)]));
}

/** What has a field of that name keeps its own. */
export function addFields(value: unknown, fields: Fault['fields']): unknown {
  if (Array.isArray(value)) return value.map((one) => addFields(one, fields));
  if (value === null || typeof value !== 'object') return value;
  const kept = Object.entries(value).map(([key, inner]) => [key, addFields(inner, fields)]);
  return { ...fields, ...Object.fromEntries(kept) };
}

function fits(fault: Fault, method: string, path: string): boolean {
  if (fault.method !== undefined && fault.method.toUpperCase() !== method) return false;
  return fault.path === undefined || new RegExp(fault.path).test(path);
}

function isRegularExpression(source: string): boolean {
  try {
    return new RegExp(source) instanceof RegExp;
  } catch {
    return false;
  }
}
