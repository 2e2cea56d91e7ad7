import { channel } from 'node:diagnostics_channel';
import type { Pool, PoolClient } from 'pg';

/** A statement that was sent to the database. */
export interface Query {
  readonly text: string;
  /** False when it was sent together with the one before it. */
  readonly isRoundTrip: boolean;
}

/**
 * Tells of every statement, at the time and in the async context in which somebody asks for it: tests and benchmarks
 * count by turn what a turn asks for. Without a subscriber it costs nothing.
 */
export const queries = channel('software-desk.query');

type Ask = (...args: unknown[]) => unknown;

/** Publishes what is asked of the pool, and of the clients that it lends out. */
export function publishQueries(pool: Pool): void {
  const ask: Ask = pool.query;
  const query: Ask = (...args) => {
    if (queries.hasSubscribers) publish(args[0], true);
    return Reflect.apply(ask, pool, args);
  };
  Object.assign(pool, { query });
  pool.on('connect', publishQueriesOf);
}

function publishQueriesOf(client: PoolClient): void {
  const ask: Ask = client.query;
  let unanswered = 0;
  const query: Ask = (...args) => {
    const asked = Reflect.apply(ask, client, args);
    // The pool itself asks with a callback; that is published already.
    if (!(asked instanceof Promise)) return asked;
    if (queries.hasSubscribers) publish(args[0], unanswered === 0);
    unanswered += 1;
    const settle = () => {
      unanswered -= 1;
    };
    asked.then(settle, settle);
    return asked;
  };
  Object.assign(client, { query });
}

function publish(query: unknown, isRoundTrip: boolean): void {
  const text = typeof query === 'object' && query !== null && 'text' in query ? String(query.text) : String(query);
  queries.publish({ text, isRoundTrip } satisfies Query);
}

const maxNames = 500;
/** Its columns change when a newer version changes the table, which a statement that is planned already does not survive. */
const allColumns = /\*(?!\))/;

/**
 * Gives every statement with parameters a name, so that the database parses and plans it once for each connection. Not
 * behind a pooler that hands the next statement to another session.
 */
export function nameStatementsOf(client: PoolClient): void {
  const ask: Ask = client.query;
  const names = new Map<string, string>();
  const nameOf = (text: string): string | undefined => {
    let name = names.get(text);
    if (name === undefined && names.size < maxNames && !allColumns.test(text)) {
      name = `statement-${names.size + 1}`;
      names.set(text, name);
    }
    return name;
  };
  const query: Ask = (...args) => {
    const [text, values, ...rest] = args;
    // Without parameters it may be several statements in one text, which can not be prepared.
    if (typeof text !== 'string' || !Array.isArray(values) || values.length === 0)
      return Reflect.apply(ask, client, args);
    return Reflect.apply(ask, client, [{ name: nameOf(text), text, values }, ...rest]);
  };
  Object.assign(client, { query });
}
