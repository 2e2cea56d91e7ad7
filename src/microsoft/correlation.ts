import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';

const current = new AsyncLocalStorage<string>();
const guid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/**
 * Every call to Microsoft that `work` makes carries this id (a GUID: Partner Center takes no other), so that the calls of
 * one turn can be found and counted on the other side. What several turns wait for goes out under the first one's.
 */
export function withCorrelationId<T>(id: string, work: () => T): T {
  if (!guid.test(id)) throw new RangeError('a correlation id is a GUID');
  return current.run(id, work);
}

/** The id of the turn, or a new one for each call outside of any. */
export function correlationId(): string {
  return current.getStore() ?? randomUUID();
}
