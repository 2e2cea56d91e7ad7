import assert from 'node:assert/strict';
import type { CardView } from '../support/card-view.ts';
import type { Conversation } from '../support/conversation.ts';
import { freshDatabase, freshEmbedded, onServer } from '../support/databases.ts';
import { newOrders, toReview, untilCard } from '../support/purchase-steps.ts';
import { skip } from '../support/skip.ts';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts';
import { waitUntil } from '../support/wait-until.ts';
import { startWorld, type World } from './world.ts';

/** Every activity has its answer within this time, whatever is wrong. */
const deadlineMs = 3_000;
const server = process.env.DATABASE_URL ?? '';

const isLocked = `select from pg_locks where granted and mode = 'AccessExclusiveLock'
  and relation = 'software_desk.order_submissions'::regclass`;

const canConfirm = ({ buttons }: CardView): boolean => buttons.some((title) => title.startsWith('Confirm'));

/** What Partner Center does to the next calls. */
const outsides = {
  hangs: { delayMs: 6_000, times: 200 },
  'answers 503': { status: 503, times: 60 },
  'cuts connections': { dropBeforeWork: true, times: 60 },
  'loses its answers': { dropAfterWork: true, times: 60 },
} as const;

interface Played {
  readonly world: World;
  /** Between the product and its database on a server. */
  readonly proxy: TcpProxy;
}

/** What each of them needs: a product with its outside. */
function playOn(on: 'embedded' | 'server') {
  let world: World;
  let proxy: TcpProxy | undefined;
  before(async function () {
    this.timeout(60_000);
    if (on === 'server' && !server) skip(this, 'needs DATABASE_URL');
    world = await startWorld({ database: on === 'server' ? await freshDatabase() : await freshEmbedded() });
    const { databaseUrl } = world.database;
    proxy = databaseUrl === undefined ? undefined : await startTcpProxy(databaseUrl);
    await world.start('a', { DATABASE_URL: proxy?.url, LOG_LEVEL: 'debug' });
  });
  after(async () => {
    await world?.stop();
    await proxy?.close();
  });
  afterEach(async () => {
    await world.clearFaults();
    proxy?.goOn();
  });

  /** Posts it, and tells how long the answer took. */
  async function answerTimes(activities: readonly object[]): Promise<number[]> {
    return Promise.all(
      activities.map(async (activity) => {
        const begunAt = performance.now();
        const response = await fetch(`${world.process('a').url}/api/messages`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(activity),
        });
        assert.equal(response.status, 200);
        await response.text();
        return performance.now() - begunAt;
      }),
    );
  }

  async function allInTime(activities: readonly object[]): Promise<void> {
    const times = await answerTimes(activities);
    assert.ok(Math.max(...times) < deadlineMs, `answered after ${times.map(Math.round)} ms`);
  }

  const ready = async () => {
    const response = await fetch(`${world.process('a').url}/readyz`);
    return { status: response.status, ...((await response.json()) as { problems?: string[]; warnings?: string[] }) };
  };
  const isReady = async () => (await ready()).status === 200;

  /** A review, to be confirmed, with words and a search of other people at the same time. */
  async function prepare(): Promise<{ talk: Conversation; activities: object[] }> {
    const talk = world.in('channel', 'ada', 'a');
    await toReview(talk);
    const others = [world.in('personal', 'ada', 'a'), world.in('channel', 'bert', 'a'), world.in('group', 'ada', 'a')];
    const words = ['buy contoso', 'software contoso', 'cases', 'help'];
    const spoken = others.flatMap((other) => words.map((text) => other.words(text)));
    return { talk, activities: [talk.press('Confirm'), ...spoken] };
  }

  /** What had not been submitted yet when it failed is asked again on the same card. */
  async function untilOrdered(talk: Conversation): Promise<CardView> {
    for (;;) {
      const settled = await world.connector.until(
        () => {
          const { view } = talk.card();
          return (canConfirm(view) || /Ordered: 2 ×/.test(view.text)) && view;
        },
        () => `the order, or its question; the card says: ${talk.card().view.text}`,
        60_000,
      );
      if (!canConfirm(settled)) return settled;
      await talk.presses('Confirm');
    }
  }

  function whilePartnerCenter(what: keyof typeof outsides): void {
    it(`Partner Center ${what}: answers in time, and the same card shows the end`, async () => {
      const { talk, activities } = await prepare();
      const { message } = talk.card();
      const before = (await world.state('orders')).orders;
      await world.fault(outsides[what]);

      await allInTime(activities);
      assert.equal((await ready()).status, 200);
      await world.clearFaults();

      await untilOrdered(talk);
      assert.equal(talk.card().message.id, message.id);
      assert.equal((await newOrders(world, before)).length, 1);
    });
  }

  return {
    ...{ prepare, allInTime, ready, isReady, untilOrdered, whilePartnerCenter },
    played: (): Played => ({ world, proxy: proxy ?? assert.fail('no server') }),
    world: () => world,
  };
}

describe('while something is wrong outside (embedded database)', () => {
  const { prepare, allInTime, untilOrdered, whilePartnerCenter, world: theWorld } = playOn('embedded');

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

describe('while something is wrong outside (PostgreSQL)', () => {
  const { prepare, allInTime, ready, isReady, untilOrdered, whilePartnerCenter, played } = playOn('server');

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
