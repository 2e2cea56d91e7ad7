import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { builtInPolicy, longestWindowDays } from '../../src/domain/policy.ts';
import { prune, pruneRulesFor } from '../../src/storage/prune.ts';
import { eachDatabase } from '../support/databases.ts';

const operations = readFileSync(new URL('../../docs/operations.md', import.meta.url), 'utf8');

describe('what is deleted when it is over', () => {
  for (const { what, kept } of pruneRulesFor(60)) {
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

eachDatabase('the records of submissions', (database) => {
  const keysIn = async (prefix: string) =>
    (
      await database().query<{ key: string }>(
        `select key from software_desk.seen_activities where key like '${prefix}%' order by key`,
      )
    ).map(({ key }) => key.slice(prefix.length));

  const mark = (key: string, days: number) =>
    database().query(
      'insert into software_desk.seen_activities (key, at) values ($1, now() - make_interval(days => $2))',
      [key, days],
    );

  it('are kept for 30 days longer than the longest window, however long that is', async () => {
    const longest = longestWindowDays(builtInPolicy);
    const inHours = { kind: 'subscription', from: '2027-01-01', hours: 100 * 24 + 1, refund: 'full' } as const;
    const longer = longestWindowDays({ windows: [...builtInPolicy.windows, inHours] });
    for (const days of [89, 91, 130, 132]) await mark(`kept ${days}`, days);

    await prune(database().pool, { rules: pruneRulesFor(longer) });
    const whereLonger = await keysIn('kept ');
    await prune(database().pool, { rules: pruneRulesFor(longest) });

    assert.deepEqual(whereLonger, ['130', '89', '91']);
    assert.deepEqual(await keysIn('kept '), ['89']);
  });

  it('are never deleted themselves', () => {
    const pruned = pruneRulesFor(60).map(({ table }) => table.replace('software_desk.', ''));

    for (const table of ['order_submissions', 'cases', 'case_events', 'attempts', 'notices', 'key_reveals'])
      assert.ok(!pruned.includes(table), table);
  });
});
