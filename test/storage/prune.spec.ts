import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { prune, pruneRules } from '../../src/storage/prune.ts';
import { eachDatabase } from '../support/databases.ts';

const operations = readFileSync(new URL('../../docs/operations.md', import.meta.url), 'utf8');

describe('what is deleted when it is over', () => {
  for (const { what, kept } of pruneRules) {
    it(`stands in docs/operations.md: ${what}`, () => {
      assert.ok(operations.includes(`| ${what} | ${kept} |`), `no row "| ${what} | ${kept} |"`);
    });
  }
});

eachDatabase('deleting what is over', (database) => {
  const table = 'public.things';
  const rules = [{ what: 'things', kept: '1 day', table, isOver: `(at < now() - interval '1 day')` }];

  beforeEach(async () => {
    await database().query(`create table ${table} (at timestamptz not null)`);
    await database().query(
      `insert into ${table} select now() - make_interval(hours => case when n <= 2500 then 25 else 23 end) from generate_series(1, 2600) n`,
    );
  });
  afterEach(() => database().query(`drop table ${table}`));

  const count = async () => (await database().query<{ count: number }>(`select count(*)::int from ${table}`))[0]?.count;

  it('goes on, batch by batch, until nothing of it is left', async () => {
    assert.equal(await prune(database().pool, { rules }), 2500);

    assert.equal(await count(), 100);
  });

  it('does nothing where nothing is over', async () => {
    await prune(database().pool, { rules });

    assert.equal(await prune(database().pool, { rules }), 0);
  });

  it('ends after a batch when the process is to stop', async () => {
    assert.equal(await prune(database().pool, { rules, signal: AbortSignal.abort() }), 0);
    assert.equal(await count(), 2600);

    const stopping = new AbortController();
    const pruning = prune(database().pool, { rules, signal: stopping.signal });
    stopping.abort();
    assert.equal(await pruning, 1000);
  });
});
