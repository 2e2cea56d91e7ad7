import assert from 'node:assert/strict';
import { skip } from '../support/skip.ts';
import { type Figures, playCrashes } from './rounds.ts';

/** Two histories at the same time: while one waits for a start, the other one works. */
async function play(on: 'server' | 'embedded', kills: number): Promise<Figures[]> {
  const seed = Date.now() % 1_000_000;
  return Promise.all(
    [0, 1].map((lane) =>
      playCrashes({ on, kills: kills / 2, seed: seed + lane * 100_000, isDisturbed: on === 'server' }),
    ),
  );
}

describe('processes that are killed at any step', function () {
  this.timeout(600_000);

  it('lose, double and forget nothing, on the embedded database', async () => {
    const played = await play('embedded', 40);

    assert.deepEqual(
      played.flatMap(({ broken }) => broken),
      [],
    );
    assert.ok(played.every(({ recoveriesMs }) => recoveriesMs.length > 0));
  });

  it('lose, double and forget nothing, two on a PostgreSQL that is disturbed besides', async function () {
    if (!process.env.DATABASE_URL) skip(this, 'needs DATABASE_URL');
    const played = await play('server', 40);

    assert.deepEqual(
      played.flatMap(({ broken }) => broken),
      [],
    );
    assert.ok(played.every(({ recoveriesMs }) => recoveriesMs.length > 0));
  });
});
