import { z } from 'zod';
import type { Answer } from './call.ts';

const HTML_PAGE = '<!DOCTYPE html><html><head><title>Service unavailable</title></head><body>Try later.</body></html>';

const regularExpression = z.string().refine(isRegularExpression, 'is not a regular expression');

/**
 * A fault on demand, as the control API takes it. What it tells of the answer (status, body, headers, Retry-After, a page)
 * stands in place of the work or, with `afterWork`, of its answer; half of it, wrong types and a wait come on top.
 */
export const faultSchema = z.strictObject({
  method: z.string().optional(),
  /** Tested on path and query. */
  path: regularExpression.optional(),
  times: z.number().int().positive().optional(),
  status: z.number().int().min(100).max(599).optional(),
  /** Any JSON; a text is sent as text. */
  body: z.json().optional(),
  /** Of the fault's answer or, where none is told, added to the real one. */
  headers: z.record(z.string(), z.string()).optional(),
  /** Seconds, sent as `Retry-After`. */
  retryAfter: z.number().nonnegative().optional(),
  /** Waits first. */
  delayMs: z.number().nonnegative().optional(),
  /** Closes the connection without an answer and without doing the work. */
  dropBeforeWork: z.boolean().optional(),
  /** Does the work, then answers as the fault says, … */
  afterWork: z.boolean().optional(),
  /** … or closes the connection without any answer. */
  dropAfterWork: z.boolean().optional(),
  /** Half of the body: of the real one, where the fault tells none. */
  truncate: z.boolean().optional(),
  /** A page of HTML instead of JSON; with `body`, that as a page. */
  notJson: z.boolean().optional(),
  /** JSON with every value of a wrong type (`withWrongTypes` says which): the real one, where the fault tells none. */
  wrongType: z.boolean().optional(),
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

/** Does the fault stand in for the work, or does the call run (at once, or normally after a delay)? */
export function replacesWork(fault: Fault): boolean {
  if (fault.dropBeforeWork) return true;
  if (fault.afterWork || fault.dropAfterWork) return false;
  const { status, body, retryAfter, notJson, truncate, wrongType, delayMs, headers } = fault;
  if (status !== undefined || body !== undefined || retryAfter !== undefined || notJson) return true;
  return !truncate && !wrongType && delayMs === undefined && headers === undefined;
}

/** The real answer, with the headers the fault adds to it. */
export function withFaultHeaders(answer: Answer, fault: Fault | undefined): Answer {
  return fault?.headers === undefined ? answer : { ...answer, headers: { ...answer.headers, ...fault.headers } };
}

/** The answer a fault gives instead of, or after, the work. */
export function faultAnswer(fault: Fault): Answer {
  const status = fault.status ?? (fault.notJson ? 200 : fault.retryAfter === undefined ? 500 : 429);
  const headers: Record<string, string> = { ...fault.headers };
  if (fault.retryAfter !== undefined) headers['Retry-After'] = String(fault.retryAfter);
  if (fault.notJson) return { status, headers, contentType: 'text/html; charset=utf-8', body: pageOf(fault) };
  if (typeof fault.body === 'string')
    return { status, headers, contentType: 'text/plain; charset=utf-8', body: fault.body };
  const { body = { statusCode: status, message: 'A fault on demand.' } } = fault;
  return { status, headers, body };
}

function pageOf({ body = HTML_PAGE }: Fault): string {
  return typeof body === 'string' ? body : JSON.stringify(body);
}

/** Lists become a text, texts a number, numbers, flags and nulls an empty object; objects keep their fields. */
export function withWrongTypes(value: unknown): unknown {
  if (Array.isArray(value)) return 'not a list';
  if (value === null || typeof value !== 'object') return typeof value === 'string' ? 12345 : {};
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withWrongTypes(inner)]));
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
