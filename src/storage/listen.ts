import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Client, type ClientConfig, type Pool, type PoolClient } from 'pg';
import { type Log, reasonOf } from './log.ts';

/** What comes on a channel of LISTEN and NOTIFY. */
export interface Listener {
  onMessage(payload: string): void;
  /** Messages come from now on; those before this may have been missed. */
  onUp(): void;
  /** Messages may be missed from now on. */
  onDown(): void;
}

export type Listen = (channel: string, listener: Listener) => Promise<{ close(): Promise<void> }>;

const checkMs = 30_000;
const answerMs = 5_000;
const longestPauseMs = 60_000;
const checkPrefix = 'check ';

/**
 * Listens on a connection of its own. Whether messages really come is checked by sending one now and then: a server may
 * vanish without a word, and a pooler in between may take LISTEN for one session and hand the messages to another.
 */
export function listenOnServer(pool: Pool, config: ClientConfig, log: Log): Listen {
  return async (channel, { onMessage, onUp, onDown }) => {
    const closing = new AbortController();
    const { signal } = closing;
    const closed = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(new Error('closed')), { once: true });
    });
    closed.catch(() => undefined);
    const pauseFor = (ms: number) => pause(ms, undefined, { signal }).catch(() => undefined);
    let isUp = false;

    async function listenUntilItFails(): Promise<never> {
      const client = new Client(config);
      const broken = new Promise<never>((_, reject) => {
        client.on('error', reject);
        client.on('end', () => reject(new Error('the connection was closed')));
      });
      broken.catch(() => undefined);
      const checks = new Map<string, () => void>();
      client.on('notification', ({ payload = '' }) => {
        if (payload.startsWith(checkPrefix)) checks.get(payload)?.();
        else onMessage(payload);
      });
      try {
        await Promise.race([broken, closed, client.connect()]);
        await Promise.race([broken, closed, client.query(`listen ${channel}`)]);
        for (;;) {
          await Promise.race([broken, closed, check(checks)]);
          if (!isUp) onUp();
          isUp = true;
          await Promise.race([broken, closed, pauseFor(checkMs)]);
        }
      } finally {
        client.end().catch(() => undefined);
      }
    }

    async function check(checks: Map<string, () => void>): Promise<void> {
      const payload = `${checkPrefix}${randomUUID()}`;
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      const late = setTimeout(
        reject,
        answerMs,
        new Error('a notification did not arrive; is there a pooler in between?'),
      );
      checks.set(payload, resolve);
      try {
        await pool.query('select pg_notify($1, $2)', [channel, payload]);
        await promise;
      } finally {
        clearTimeout(late);
        checks.delete(payload);
      }
    }

    async function listenOn(): Promise<void> {
      for (let pauseMs = 1_000; !signal.aborted; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
        await listenUntilItFails().catch((error) => {
          if (signal.aborted) return;
          if (isUp) pauseMs = 1_000;
          if (isUp) onDown();
          isUp = false;
          log.warn({ channel, reason: reasonOf(error) }, 'the database does not tell of new jobs');
        });
        await pauseFor(pauseMs);
      }
    }

    const listening = listenOn();
    return {
      async close() {
        closing.abort();
        await listening;
      },
    };
  };
}

/** The embedded database has one session, which is told what it notifies itself; a connection that is replaced listens again. */
export function listenOnEmbedded(pool: Pool): Listen {
  return async (channel, { onMessage, onUp }) => {
    const startListening = async (client: PoolClient) => {
      client.on('notification', (message) => {
        if (message.channel === channel) onMessage(message.payload ?? '');
      });
      await client.query(`listen ${channel}`);
    };
    const listenAgain = (client: PoolClient) => {
      startListening(client).then(onUp, () => undefined);
    };
    const client = await pool.connect();
    await startListening(client);
    client.release();
    onUp();
    pool.on('connect', listenAgain);
    return {
      async close() {
        pool.off('connect', listenAgain);
      },
    };
  };
}
