import assert from 'node:assert/strict';
import { skip } from '../support/skip.ts';
import { type Figures, playCrashes } from './rounds.ts';

/** So many as fit into the time that there is: a start takes two seconds of a processor. `npm run bench:crash` does thousands. */
const kills = { embedded: 6, server: 9 } as const;

/** With one process, two histories at the same time: while one waits for a start, the other one works. */
async function play(on: 'server' | 'embedded'): Promise<Figures[]> {
  const seed = Date.now() % 1_000_000;
  const lanes = on === 'embedded' ? [0, 1] : [0];
  return Promise.all(
    lanes.map((lane) =>
      playCrashes({
        ...{ on, kills: kills[on] / lanes.length, seed: seed + lane * 100_000, isDisturbed: on === 'server' },
      }),
    ),
  );
}

describe('processes that are killed at any step', function () {
  this.timeout(280_000);

  it('lose, double and forget nothing, on the embedded database', async () => {
    const played = await play('embedded');

    assert.deepEqual(
      played.flatMap(({ broken }) => broken),
      [],
    );
    assert.ok(played.every(({ recoveriesMs }) => recoveriesMs.length > 0));
  });

  it('lose, double and forget nothing, three on a PostgreSQL that is disturbed besides', async function () {
    if (!process.env.DATABASE_URL) skip(this, 'needs DATABASE_URL');
    const played = await play('server');

    assert.deepEqual(
      played.flatMap(({ broken }) => broken),
      [],
    );
    assert.ok(played.every(({ recoveriesMs }) => recoveriesMs.length > 0));
  });
});
