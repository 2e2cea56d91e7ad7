import assert from 'node:assert/strict';
import { AsyncLocalStorage } from 'node:async_hooks';
import { batch, transaction } from '../../src/storage/postgres.ts';
import { type Query, queries } from '../../src/storage/queries.ts';
import { afterwards, eachDatabase } from '../support/databases.ts';

/** What is asked of the database while `act` runs, whatever else is going on. */
async function queriesOf(act: () => Promise<unknown>): Promise<Query[]> {
  const context = new AsyncLocalStorage<Query[]>();
  const listen = (query: unknown) => void context.getStore()?.push(query as Query);
  queries.subscribe(listen);
  afterwards(async () => void queries.unsubscribe(listen));
  const asked: Query[] = [];
  await context.run(asked, act);
  return asked;
}

const roundTrips = (asked: readonly Query[]) => asked.filter((query) => query.isRoundTrip).length;

eachDatabase('statements sent together', (database) => {
  let table: string;
  const names = async () =>
    (await database().query<{ name: string }>(`select name from ${table} order by name`)).map((row) => row.name);
  const insert = (name: string) => ({ text: `insert into ${table} (name) values ($1) returning name`, values: [name] });

  beforeEach(async () => {
    table = `public.batch_${process.hrtime.bigint()}`;
    await database().query(`create table ${table} (name text primary key)`);
  });

  it('answer each for itself, in their order', async () => {
    const [first, second, third] = await batch(database().pool, [
      insert('a'),
      { text: 'select $1::int as number', values: [7] },
      { text: `select 'no parameter' as text` },
    ]);

    assert.deepEqual(
      [first?.rows, second?.rows, third?.rows],
      [[{ name: 'a' }], [{ number: 7 }], [{ text: 'no parameter' }]],
    );
    assert.deepEqual(await names(), ['a']);
  });

  it('are one round trip', async () => {
    const asked = await queriesOf(() => batch(database().pool, [insert('a'), insert('b')]));

    assert.deepEqual([asked.length, roundTrips(asked)], [4, 1]);
    assert.deepEqual(await names(), ['a', 'b']);
  });

  it('all fail when one does, with its error', async () => {
    await assert.rejects(batch(database().pool, [insert('a'), insert('a'), insert('b')]), { code: '23505' });
    await assert.rejects(batch(database().pool, [insert('a'), { text: 'not SQL' }]), { code: '42601' });

    assert.deepEqual(await names(), []);
  });

  it('are not sent at all when a value can not be', async () => {
    const circular: { self?: unknown } = {};
    circular.self = circular;

    await assert.rejects(
      batch(database().pool, [insert('a'), { text: 'select $1::json', values: [circular] }]),
      TypeError,
    );

    assert.deepEqual(await names(), []);
  });

  it('leave their connection in order after a failure', async () => {
    for (let round = 0; round < 15; round += 1)
      await assert.rejects(batch(database().pool, [insert('a'), insert('a')]), { code: '23505' });

    await batch(database().pool, [insert('a')]);
    assert.deepEqual(await names(), ['a']);
  });

  it('and other transactions of many at once are kept apart', async () => {
    const { pool } = database();
    await Promise.all(
      Array.from({ length: 30 }, (_, index) => [
        batch(pool, [insert(`b${index}`), insert(`c${index}`)]),
        transaction(pool, (client) => client.query(insert(`t${index}`))),
        assert.rejects(batch(pool, [insert(`x${index}`), { text: 'select 1 / 0' }]), { code: '22012' }),
      ]).flat(),
    );

    const written = await names();
    assert.equal(written.length, 90);
    assert.ok(!written.some((name) => name.startsWith('x')));
  });
});

eachDatabase('a transaction', (database) => {
  it('begins with its first statement, in the same round trip', async () => {
    const asked = await queriesOf(() =>
      transaction(database().pool, async (client) => {
        await client.query('select 1');
        await client.query('select 2');
      }),
    );

    assert.deepEqual(
      asked.map((query) => `${query.isRoundTrip ? '→' : '+'} ${query.text}`),
      ['→ begin', '+ select 1', '→ select 2', '→ commit'],
    );
  });
});

eachDatabase('a statement', (database) => {
  it('is told of with its text, also where it has a name', async () => {
    const asked = await queriesOf(async () => {
      await database().pool.query('select $1::int', [1]);
      await database().pool.query({ name: 'by-name', text: 'select $1::int + 1', values: [1] });
    });

    assert.deepEqual(asked, [
      { text: 'select $1::int', isRoundTrip: true },
      { text: 'select $1::int + 1', isRoundTrip: true },
    ]);
  });
});
