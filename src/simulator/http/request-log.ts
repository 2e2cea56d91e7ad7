/** One API call as testers see it; neither tokens nor bodies. `status` 0: no answer was (or has yet been) sent. */
export interface LoggedRequest {
  at: string;
  method: string;
  path: string;
  requestId: string | null;
  correlationId: string | null;
  status: number;
}

export interface RequestLog {
  /** Notes a call; its status is filled in when the answer goes out. */
  add(request: LoggedRequest): LoggedRequest;
  all(): LoggedRequest[];
  clear(): void;
}

/** Enough for any test; a simulator that runs for weeks forgets its oldest calls. */
const KEPT = 100_000;

export function createRequestLog(): RequestLog {
  let requests: LoggedRequest[] = [];
  return {
    add(request) {
      if (requests.length >= KEPT) requests = requests.slice(KEPT / 10);
      requests.push(request);
      return request;
    },
    all: () => requests,
    clear() {
      requests = [];
    },
  };
}
