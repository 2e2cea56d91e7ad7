import assert from 'node:assert/strict';
import type { Pool } from 'pg';
import type { Listen } from '../../src/storage/listen.ts';
import { startWakeUps } from '../../src/storage/wake-ups.ts';
import { recordLog } from '../support/recorded-log.ts';
import { createWatch } from '../support/watch.ts';

/** A server that tells of jobs when it is told to, and answers each question as given. */
async function started(answer: () => Promise<{ rows: unknown[] }>) {
  const seen: string[] = [];
  const watch = createWatch();
  const note = (what: string): void => {
    seen.push(what);
    watch.changed();
  };
  let tell = (_payload: string): void => undefined;
  const listen: Listen = async (_channel, { onMessage, onUp }) => {
    tell = onMessage;
    onUp();
    return { close: async () => undefined };
  };
  const pool = {
    async query(_text: string, [queue]: [string | null]) {
      note(`looked at ${queue ?? 'all'}`);
      return answer();
    },
  };
  const wakeUps = await startWakeUps({ pool: pool as unknown as Pool, listen }, recordLog(), (queue) =>
    note(`woke ${queue}`),
  );
  return { seen, tell: (payload: string) => tell(payload), until: watch.until, close: () => wakeUps.close() };
}

describe('the workers of a queue in which several jobs wait', () => {
  it('are woken after the look for the next job, so that none becomes due between the two unseen', async () => {
    const { seen, tell, until, close } = await started(async () => ({ rows: [] }));

    tell('hide 5');
    tell('hide 15');
    await until(() => seen.includes('woke hide') && seen.includes('looked at hide'), 'both', 25_000);
    await close();

    assert.deepEqual(seen, ['looked at all', 'looked at hide', 'woke hide']);
  });

  it('are woken also where the database cannot be asked', async () => {
    const { seen, tell, until, close } = await started(() => Promise.reject(new Error('away')));

    tell('hide 5');
    tell('hide 15');
    await until(() => seen.includes('woke hide'), 'woken', 25_000);
    await close();
  });
});
