import assert from 'node:assert/strict';
import { skip } from '../support/skip.ts';
import { type Figures, playCrashes } from './rounds.ts';

/** So many as fit into the time that there is: a start takes two seconds of a processor. `npm run bench:crash` does thousands. */
const kills = { embedded: 6, server: 9 } as const;
/** Who is killed at which step follows from it; `KILLS_SEED=4711` plays another one. */
const seed = Number(process.env.KILLS_SEED ?? 8);
/** Those of the embedded database are two histories at the same time: while one waits for a start, the other one works. */
const laneSeeds = { embedded: [seed, seed + 100_000], server: [seed] } as const;
const processes = { embedded: 1, server: 3 } as const;

async function play(on: 'server' | 'embedded'): Promise<Figures[]> {
  const seeds = laneSeeds[on];
  return Promise.all(
    seeds.map((one) =>
      playCrashes({ on, kills: kills[on] / seeds.length, seed: one, isDisturbed: on === 'server' }).catch((error) => {
        throw new Error(`with the seed ${one}`, { cause: error });
      }),
    ),
  );
}

const sum = (played: readonly Figures[], of: (figures: Figures) => number): number =>
  played.reduce((total, figures) => total + of(figures), 0);

/** Whether a kill interrupts something that was submitted is known afterwards only: nothing can be promised of that. */
function demandAllWell(on: 'server' | 'embedded', played: readonly Figures[]): void {
  const recoveries = played.flatMap(({ recoveriesMs }) => recoveriesMs).map((ms) => `${(ms / 1_000).toFixed(1)} s`);
  console.log(
    `      seed ${seed}; what was interrupted was gone on with after: ${recoveries.join(', ') || 'nothing was'}`,
  );
  assert.deepEqual(
    played.flatMap(({ broken }) => broken),
    [],
  );
  const wanted = kills[on];
  const histories = sum(played, (one) => one.histories);
  assert.equal(
    sum(played, (one) => one.kills),
    wanted,
  );
  assert.equal(
    sum(played, (one) => one.jobs),
    2 * wanted,
  );
  // Whoever was killed was started again, and served.
  assert.ok(sum(played, (one) => one.startsMs.length) >= wanted + histories * processes[on]);
}

describe('processes that are killed at any step', function () {
  this.timeout(280_000);

  it('lose, double and forget nothing, on the embedded database', async () => {
    demandAllWell('embedded', await play('embedded'));
  });

  it('lose, double and forget nothing, three on a PostgreSQL that is disturbed besides', async function () {
    if (!process.env.DATABASE_URL) skip(this, 'needs DATABASE_URL');
    demandAllWell('server', await play('server'));
  });
});
