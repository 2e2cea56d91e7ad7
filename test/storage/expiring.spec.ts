import assert from 'node:assert/strict';
import { Pool } from 'pg';
import { createExpiring } from '../../src/storage/expiring.ts';
import { prune } from '../../src/storage/prune.ts';
import { createRefusedFeatures } from '../../src/storage/refused-features.ts';
import { eachDatabase } from '../support/databases.ts';

eachDatabase('what may expire', (database) => {
  let pool: Pool;

  before(() => {
    pool = database().pool;
  });

  it('is gone when its time is over, and its row when it is tidied away', async () => {
    const brief = createExpiring<string>(pool, 'brief');
    const lasting = createExpiring<string>(pool, 'lasting');
    await brief.set('a', 'one', 60_000);
    await lasting.set('a', 'two');
    assert.equal(await brief.get('a'), 'one');

    // Its time was over a second ago.
    await brief.set('a', 'one', -1_000);

    const rows = `select key from software_desk.kept where key = 'brief:a'`;
    assert.equal((await pool.query(rows)).rowCount, 1);
    assert.ok((await prune(pool)) >= 1);
    assert.equal((await pool.query(rows)).rowCount, 0);
    assert.equal(await brief.get('a'), undefined);
    assert.equal(await lasting.get('a'), 'two');
  });

  it('holds for a day what Teams refused in a tenant', async () => {
    const features = createRefusedFeatures(pool);
    await features.refuse('tenant-1', 'reactions');

    assert.deepEqual(
      [
        await features.isRefused('tenant-1', 'reactions'),
        await features.isRefused('tenant-1', 'targeted-in-chat'),
        await features.isRefused('tenant-2', 'reactions'),
      ],
      [true, false, false],
    );
    const { rows } = await pool.query(`select expires_at from software_desk.kept where key like 'refused-features:%'`);
    const hours = (Number(rows[0]?.expires_at) - Date.now()) / 3_600_000;
    assert.ok(hours > 23 && hours <= 24, String(hours));
  });

  it('may be anything that can be typed', async () => {
    const kept = createExpiring<object>(pool, 'typed');
    const value = { nul: 'a\u0000b', half: '\ud83d', quoted: '"expires":1}', expires: 5 };
    await kept.set('a', value, 60_000);

    assert.deepEqual(await kept.get('a'), value);
    const { rows } = await pool.query(`select expires_at from software_desk.kept where key = 'typed:a'`);
    assert.ok(Number(rows[0]?.expires_at) > Date.now());
  });

  it('stays in its namespace, also where names look alike', async () => {
    const one = createExpiring<string>(pool, 'a_b');
    const other = createExpiring<string>(pool, 'axb');
    await one.set('k', 'one');
    await other.set('k', 'other');

    assert.deepEqual([await one.get('k'), await other.get('k')], ['one', 'other']);
  });

  it('throws when the database is away, instead of finding nothing', async () => {
    const gone = new Pool({ host: '127.0.0.1', port: 1, max: 1 });
    gone.on('error', () => undefined);
    const kept = createExpiring<string>(gone, 'gone');

    await assert.rejects(kept.get('a'));
    await assert.rejects(kept.set('a', 'b'));
    await assert.rejects(kept.delete('a'));
    await gone.end();
  });
});
