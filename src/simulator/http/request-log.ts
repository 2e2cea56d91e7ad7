import type { Caller } from './call.ts';

/** One API call as testers see it; neither tokens nor bodies. `status` 0: no answer was (or has yet been) sent. */
export interface LoggedRequest {
  at: string;
  method: string;
  path: string;
  requestId: string | null;
  correlationId: string | null;
  status: number;
}

/** A call that reached the API in the name of somebody: what Partner Center's own reports know of it besides. */
export interface Use {
  operationName: string;
  requestId: string;
  correlationId: string;
  ipAddress: string;
  caller: Caller;
}

export interface LogEntry {
  request: LoggedRequest;
  use?: Use;
}

export interface RequestLog {
  add(request: LoggedRequest): LogEntry;
  all(): LoggedRequest[];
  /** The calls that reached the API, oldest first, each with its instant. */
  uses(): (Use & { at: string })[];
  clear(): void;
}

/** Enough for any test; a simulator that runs for weeks forgets its oldest calls. */
const KEPT = 100_000;

export function createRequestLog(): RequestLog {
  let entries: LogEntry[] = [];
  return {
    add(request) {
      if (entries.length >= KEPT) entries = entries.slice(KEPT / 10);
      const entry: LogEntry = { request };
      entries.push(entry);
      return entry;
    },
    all: () => entries.map(({ request }) => request),
    uses: () => entries.flatMap(({ request, use }) => (use === undefined ? [] : [{ ...use, at: request.at }])),
    clear() {
      entries = [];
    },
  };
}
