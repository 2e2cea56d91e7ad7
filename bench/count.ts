import { subscribe } from 'node:diagnostics_channel';

/**
 * Loaded into a process before anything else (`node --import`): counts what the process asks of its database and of
 * other servers, and tells it with its processor time and memory to the parent that asks. Ends with its parent.
 */
export interface Counts {
  statements: number;
  roundTrips: number;
  /** Requests by origin, as `http://127.0.0.1:3979`. */
  requests: Record<string, number>;
  cpuMs: number;
  rssMb: number;
}

const counts = { statements: 0, roundTrips: 0, requests: {} as Record<string, number> };

subscribe('software-desk.query', (query) => {
  counts.statements += 1;
  if (isRoundTrip(query)) counts.roundTrips += 1;
});

subscribe('undici:request:create', (message) => {
  const { origin } = (message as { request: { origin: string | URL } }).request;
  const name = String(origin).replace(/\/$/, '');
  counts.requests[name] = (counts.requests[name] ?? 0) + 1;
});

process.on('message', (asked) => {
  if (asked !== 'counts') return;
  const { user, system } = process.cpuUsage();
  const told: Counts = { ...counts, cpuMs: (user + system) / 1000, rssMb: process.memoryUsage().rss / 2 ** 20 };
  process.send?.(told);
});
// Whoever measures is gone, however it ended: nobody would end this process otherwise.
process.on('disconnect', () => process.exit(1));
// To be asked is no reason to go on.
process.channel?.unref();

function isRoundTrip(query: unknown): boolean {
  return typeof query === 'object' && query !== null && 'isRoundTrip' in query && query.isRoundTrip === true;
}
