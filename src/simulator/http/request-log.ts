/** One API call as tests see it; neither tokens nor bodies. `status` 0: no response was (or has yet been) sent. */
interface LoggedRequest {
  at: string;
  method: string;
  path: string;
  requestId: string | null;
  correlationId: string | null;
  status: number;
}

/** The calls that carry one MS-CorrelationId: those of one turn. */
interface TurnCount {
  correlationId: string | null;
  calls: number;
  /** How many of them came one after the other; calls that overlapped in time count as one round. */
  rounds: number;
}

interface Entry {
  request: LoggedRequest;
  startedAt: number;
  endedAt: number;
}

interface LoggedCall {
  setStatus(status: number): void;
  /** When the last byte of the response has gone out, or the connection has ended without one. */
  end(): void;
}

export interface RequestLog {
  /** Notes a call that has just begun. */
  begin(request: Omit<LoggedRequest, 'status'>): LoggedCall;
  /** All but the first so many. */
  list(after?: number): LoggedRequest[];
  /** In the order of the first call of each turn; calls without the header come under `null`. */
  countByTurn(): TurnCount[];
  clear(): void;
}

/** Enough for any test; a simulator that runs for weeks forgets its oldest calls. */
const KEPT = 100_000;

/** `now` gives real time in milliseconds: the simulated time can be moved. */
export function createRequestLog(now = () => performance.now()): RequestLog {
  let entries: Entry[] = [];
  return {
    begin(request) {
      if (entries.length >= KEPT) entries = entries.slice(KEPT / 10);
      const entry = {
        request: { ...request, status: 0 },
        startedAt: now(),
        endedAt: Number.POSITIVE_INFINITY,
      };
      entries.push(entry);
      return {
        setStatus(status) {
          entry.request.status = status;
        },
        end() {
          entry.endedAt = now();
        },
      };
    },
    list: (after = 0) => entries.slice(after).map(({ request }) => request),
    countByTurn() {
      const turns = Map.groupBy(entries, ({ request }) => request.correlationId);
      return [...turns].map(([correlationId, calls]) => ({
        correlationId,
        calls: calls.length,
        rounds: countRounds(calls),
      }));
    },
    clear() {
      entries = [];
    },
  };
}

/**
 * The most calls of which each began after the one before it had ended: from call to call by the earliest end, so that
 * a long call does not hide those that came one after the other beside it.
 */
function countRounds(entries: Entry[]): number {
  let rounds = 0;
  let lastEnd = Number.NEGATIVE_INFINITY;
  for (const { startedAt, endedAt } of entries.toSorted((one, other) => one.endedAt - other.endedAt)) {
    if (startedAt < lastEnd) continue;
    rounds += 1;
    lastEnd = endedAt;
  }
  return rounds;
}
