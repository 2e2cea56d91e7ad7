import assert from 'node:assert/strict';
import { freshDatabase, freshEmbedded, onServer } from '../support/databases.ts';
import { groupsEnv } from '../support/people.ts';
import { newOrders, toReview, untilCard } from '../support/purchase-steps.ts';
import { skip } from '../support/skip.ts';
import { waitUntil } from '../support/wait-until.ts';
import { outsides, playOn } from './wrong-outside.ts';

const server = process.env.DATABASE_URL ?? '';

const isLocked = `select from pg_locks where granted and mode = 'AccessExclusiveLock'
  and relation = 'software_desk.order_submissions'::regclass`;

describe('while something is wrong outside (embedded database)', () => {
  const { prepare, allInTime, untilOrdered, whilePartnerCenter, world: theWorld } = playOn(freshEmbedded);

  for (const what of Object.keys(outsides) as (keyof typeof outsides)[]) whilePartnerCenter(what);

  it('Teams takes no messages: answers in time, and the order is placed once', async () => {
    const world = theWorld();
    const { talk, activities } = await prepare();
    const before = (await world.state('orders')).orders;
    world.connector.plan(...Array.from({ length: 14 }, () => ({ fault: 'hang' }) as const));

    await allInTime(activities);

    await untilOrdered(talk);
    assert.equal((await newOrders(world, before)).length, 1);
  });
});

describe('while the directory does not say who has which role', () => {
  const { prepare, allInTime, untilOrdered, world: theWorld } = playOn(freshEmbedded, groupsEnv());
  const unknown = /I cannot find out your role right now/;

  const troubles = {
    hangs: { delayMs: 6_000, times: 200 },
    'answers 503': { status: 503, times: 200 },
    'cuts connections': { dropBeforeWork: true, times: 200 },
  } as const;
  for (const [what, trouble] of Object.entries(troubles)) {
    it(`it ${what}: answers in time, lets nobody do what needs a role, and tells them so`, async () => {
      const world = theWorld();
      const { talk, activities } = await prepare();
      const before = (await world.state('orders')).orders;
      const stranger = world.in('group', 'bert', 'a');
      await world.fault({ path: String.raw`^/v1\.0/`, ...trouble });

      await allInTime([...activities, stranger.words('buy contoso')]);
      await world.connector.until(
        () => world.connector.messages(stranger.place).some((one) => unknown.test(JSON.stringify(one))),
        'the reason',
      );
      assert.deepEqual(await newOrders(world, before), []);
      await world.clearFaults();

      await untilOrdered(talk);
      assert.equal((await newOrders(world, before)).length, 1);
    });
  }
});

describe('while something is wrong outside (PostgreSQL)', () => {
  const { prepare, allInTime, ready, isReady, untilOrdered, whilePartnerCenter, played } = playOn((context) =>
    server ? freshDatabase() : skip(context, 'needs DATABASE_URL'),
  );

  whilePartnerCenter('hangs');

  it('the database hangs: answers in time, is not ready, and goes on afterwards', async () => {
    const { world, proxy } = played();
    const { activities, talk } = await prepare();
    proxy.hang();

    const [state] = await Promise.all([ready(), allInTime(activities)]);
    assert.deepEqual([state.status, state.problems], [503, ['database']]);
    proxy.goOn();

    await untilCard(world, talk, /Ordered: 2 ×/, 60_000);
    await waitUntil(isReady, 'ready again');
  });

  it('the database is cut off for some seconds: answers in time, and goes on afterwards', async () => {
    const { world, proxy } = played();
    const { activities } = await prepare();
    proxy.hang();
    proxy.cut();

    await allInTime(activities);
    proxy.cut();
    proxy.goOn();

    await waitUntil(isReady, 'ready again', 30_000);
    const after = world.in('channel', 'ada', 'a');
    await toReview(after);
    await after.goes('Confirm');
    await untilCard(world, after, /Ordered: 2 ×/, 60_000);
  });

  it('a table is locked: answers in time, waits no longer than five seconds, and can be pressed again', async () => {
    const { world } = played();
    const { talk, activities } = await prepare();
    const before = (await world.state('orders')).orders;
    const { databaseUrl = '' } = world.database;
    const locked = onServer(
      databaseUrl,
      `begin; lock table software_desk.order_submissions in access exclusive mode; select pg_sleep(8); commit`,
    );
    await waitUntil(async () => (await onServer(databaseUrl, isLocked)).length > 0, 'the lock');

    await allInTime(activities);
    await waitUntil(() => world.log.some((line) => /lock timeout/.test(line)), 'the statement to be given up', 8_000);
    await locked;

    await untilOrdered(talk);
    assert.equal((await newOrders(world, before)).length, 1);
  });

  it('the database takes no writes: answers in time, is not ready, and orders nothing', async () => {
    const { world } = played();
    const { talk, activities } = await prepare();
    const review = talk.card();
    const before = (await world.state('orders')).orders;
    const { databaseUrl = '' } = world.database;
    const name = new URL(databaseUrl).pathname.slice(1);
    const reconnect = `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`;
    await onServer(server, `alter database ${name} set default_transaction_read_only = on`);
    await onServer(server, reconnect);

    const [state] = await Promise.all([ready(), allInTime(activities)]);
    assert.equal(state.status, 503);
    assert.deepEqual(await newOrders(world, before), []);
    await onServer(server, `alter database ${name} reset default_transaction_read_only`);
    await onServer(server, reconnect);

    await waitUntil(isReady, 'ready again', 30_000);
    await talk.presses('Confirm', {}, review);
    await untilCard(world, talk, /Ordered: 2 ×/, 60_000);
    assert.equal((await newOrders(world, before)).length, 1);
  });
});
