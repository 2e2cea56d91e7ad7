import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { Pool } from 'pg';
import { migrate, readSteps, type Step } from '../../src/storage/migrations.ts';
import { judge } from '../histories/checker.ts';
import { beforeDeciding } from '../support/before-deciding.ts';
import { orderIn, referenceOn, ticketsNaming } from '../support/cancellation-steps.ts';
import type { Where } from '../support/conversation.ts';
import { emptyOnServer, onServer } from '../support/databases.ts';
import { rolesEnv } from '../support/people.ts';
import { runToEnd } from '../support/process.ts';
import { newOrders, orderNumberOn, untilCard } from '../support/purchase-steps.ts';
import { skip } from '../support/skip.ts';
import { waitUntil } from '../support/wait-until.ts';
import { endOf } from './rounds.ts';
import { startWorld, type Talk, type World } from './world.ts';

const patienceMs = 60_000;
const server = process.env.DATABASE_URL;
const oldest = readFileSync(new URL('../storage/fixtures/schema-5.sql', import.meta.url), 'utf8');

/** What a newer version might bring: columns, a table and an index that this one knows nothing of. */
const newer = (number: number, needsStep = 0): Step => ({
  ...{ number, needsStep, name: 'newer' },
  sql: `
    alter table software_desk.cases add column newer_${number} text;
    alter table software_desk.order_submissions add column newer_${number} integer not null default 0;
    create table software_desk.newer_${number} (id integer primary key);
    create index newer_${number}_of_orders on software_desk.order_submissions (newer_${number});`,
});

async function bringUpToDate({ database }: World, steps: readonly Step[]): Promise<void> {
  const pool = new Pool({ connectionString: database.databaseUrl, max: 1 });
  try {
    await migrate(pool, [...readSteps(), ...steps]);
  } finally {
    await pool.end();
  }
}

/** Three people who buy one thing after the other, each word and press at the process that a proxy would choose next. */
function keepBuying(world: World, serving: () => readonly string[]) {
  let turn = 0;
  let isOver = false;
  let bought = 0;
  const next = (): string => {
    const names = serving();
    turn += 1;
    return names[turn % names.length] ?? '';
  };
  /** What reached a process in the moment it ended is sent again, to another one. */
  const insist = async (talk: Talk, act: () => Promise<unknown>): Promise<void> => {
    talk.send(next());
    await act().catch(async () => {
      talk.send(next());
      await act();
    });
  };
  const buy = async (): Promise<void> => {
    while (!isOver) {
      const talk = world.in('channel', 'ada', next());
      await insist(talk, () => talk.says(`buy 2 windows server 2022 standard 16 core for ${world.domain}`));
      do {
        // Once more where a colleague has ordered the same in the same moment: the card asks whether it is meant.
        await insist(talk, () => talk.presses('Confirm'));
        await untilCard(world, talk, /^Ordered: 2 ×|Nothing was ordered yet/m, patienceMs);
      } while (!talk.cards().some(({ view }) => /^Ordered: 2 ×/m.test(view.text)));
      bought += 1;
    }
  };
  const lanes = Promise.all([buy(), buy(), buy()]);
  lanes.catch(() => undefined);
  return {
    /** Until so many more have been bought. */
    more: (count: number) => {
      const wanted = bought + count;
      return Promise.race([waitUntil(() => bought >= wanted, `${count} more orders`, patienceMs), lanes]);
    },
    async end() {
      isOver = true;
      await lanes;
      return bought;
    },
  };
}

const isReady = async (world: World, name: string): Promise<boolean> =>
  (await fetch(`${world.process(name).url}/readyz`)).status === 200;

describe('two processes on one PostgreSQL', function () {
  this.timeout(240_000);
  let world: World;
  /** Of orders that somebody else made in the portal. */
  let others: string[] = [];
  before(async function () {
    if (!server) skip(this, 'needs DATABASE_URL');
    world = await startWorld();
    await Promise.all([world.start('a'), world.start('b')]);
  });
  after(() => world?.stop());

  it('are both asked; one is killed in the middle of it, and the other ends all of it, once', async () => {
    let opened = 0;
    const open = (where: Where) => world.in(where, 'ada', opened++ % 2 === 0 ? 'a' : 'b');
    const prepared = await beforeDeciding(world, { open, tickets: ['channel', 'channel'], now: 'personal' });
    const { first, second, tickets, cancelled: atOnce, known } = prepared;
    others = known.map(({ id }) => id);
    const slow = [
      { method: 'POST', path: `${first.customerId}/carts/.*/checkout$` },
      { method: 'POST', path: `${second.customerId}/carts/.*/checkout$` },
      { method: 'POST', path: '/servicerequests/' },
      { method: 'PATCH', path: `/orders/${atOnce.order}` },
    ];
    await world.fault(...slow.map((one) => ({ ...one, delayMs: 1_500, times: 2 })));
    const decided = [
      ...[first, second].map(({ talk }) => ({ talk, button: 'Confirm', review: talk.card() })),
      ...[...tickets, atOnce].map(({ talk }) => ({ talk, button: 'Submit', review: talk.card() })),
    ];

    const presses = decided.map(({ talk, button }) => talk.presses(button).catch(() => undefined));
    const asked = async () =>
      (await world.requests()).filter((one) =>
        slow.some(({ method, path }) => one.method === method && one.path.match(path)),
      );
    await waitUntil(
      async () => (await asked()).length >= decided.length,
      'what was pressed, at Partner Center',
      patienceMs,
    );
    await world.kill('a');
    await Promise.all(presses);
    for (const { talk } of decided) talk.send('b');
    const stranger = world.in('personal', 'bert', 'b');
    const begunAt = performance.now();
    assert.match((await stranger.says('help')).text, /buy/);
    assert.ok(performance.now() - begunAt < 3_000);

    const [one, two] = await Promise.all(
      [first, second].map(({ talk }) => untilCard(world, talk, /Ordered: 2 ×/, patienceMs)),
    );
    const filed = await Promise.all(
      tickets.map(({ talk }) => untilCard(world, talk, /waiting for Microsoft|completed/, patienceMs)),
    );
    await untilCard(world, atOnce.talk, /being cancelled|completed/, patienceMs);
    // As Teams delivers what it has no answer for, to whoever is there.
    for (const { talk, button, review } of decided) await talk.presses(button, {}, review);

    const made = (await newOrders(world, known)).map(({ id }) => id);
    assert.deepEqual(made.sort(), [one, two].map((card) => card && orderNumberOn(card)).sort());
    for (const card of filed) assert.equal((await ticketsNaming(world, referenceOn(card))).length, 1);
    assert.equal(orderIn(await world.state('orders'), atOnce.order).status, 'cancelled');
    await world.start('a');
  });

  it('are replaced one after the other while people go on', async () => {
    let serving = ['a', 'b'];
    const people = keepBuying(world, () => serving);
    await people.more(4);
    for (const [old, next] of [
      ['a', 'c'],
      ['b', 'd'],
    ] as const) {
      await world.start(next);
      assert.ok(await isReady(world, next));
      serving = [...serving.filter((name) => name !== old), next];
      assert.equal(await world.process(old).terminate(), 0);
      await people.more(4);
    }

    assert.ok((await people.end()) >= 12);
  });

  it('go on while a newer version brings the schema up to date, and start again on it', async () => {
    let serving = ['c', 'd'];
    const people = keepBuying(world, () => serving);
    await people.more(2);
    await bringUpToDate(world, [newer(9001)]);
    await people.more(4);
    await world.start('e');
    assert.ok(await isReady(world, 'e'));
    serving = ['d', 'e'];
    assert.equal(await world.process('c').terminate(), 0);
    await people.more(4);

    assert.ok((await people.end()) >= 10);
  });

  it('go on, and no more of them start, once a newer version has taken away what they use', async () => {
    await bringUpToDate(world, [newer(9001), newer(9002, 9002)]);
    const variables = { ...rolesEnv(), PORT: '0', DATA_DIR: world.database.dataDir };
    const { code, stderr, stdout } = await runToEnd(
      { ...variables, PARTNER_CENTER_URL: world.simulatorUrl, DATABASE_URL: world.database.databaseUrl },
      world.database.dataDir,
    );
    const people = keepBuying(world, () => ['d', 'e']);
    await people.more(2);
    await people.end();

    assert.equal(code, 1);
    assert.doesNotMatch(stdout, /listens/);
    assert.match(stderr, /^The database was brought up to date by a newer version .* Nothing was changed\.\n$/);
  });

  it('have lost, doubled and forgotten nothing of all that', async () => {
    const history = await endOf(world, world.database);
    const ours = history.filter((event) => event.kind !== 'took' || !event.made.some((id) => others.includes(id)));

    assert.deepEqual(judge(ours, { answerMs: 10_000 }), []);
  });
});

describe('a database of the oldest schema', function () {
  this.timeout(120_000);
  let world: World;
  before(async function () {
    if (!server) skip(this, 'needs DATABASE_URL');
    const database = await emptyOnServer(server ?? '');
    await onServer(database.databaseUrl ?? '', oldest);
    world = await startWorld({ database });
  });
  after(() => world?.stop());

  it('is taken over by two processes that start at once, and people order from the first moment', async () => {
    const { databaseUrl = '' } = world.database;
    const count = `select count(*)::integer as count from software_desk.`;
    const [before] = await onServer(databaseUrl, `${count}cases`);
    const serving: string[] = [];
    const starts = ['a', 'b'].map((name) => world.start(name).then(() => serving.push(name)));
    await Promise.any(starts);
    const people = keepBuying(world, () => serving);
    await Promise.all(starts);
    await people.more(4);
    const bought = await people.end();

    for (const name of serving) assert.ok(await isReady(world, name));
    assert.deepEqual((await onServer(databaseUrl, `${count}cases`))[0], before);
    const [{ placed } = { placed: 0 }] = await onServer(
      databaseUrl,
      `select count(*)::integer as placed from software_desk.order_submissions where state = 'ordered' and created_at > now() - interval '1 hour'`,
    );
    assert.equal(placed, bought);
    assert.deepEqual(
      world.log.filter((line) => /recurring work failed|a job was given up|closing failed/.test(line)),
      [],
    );
  });
});
