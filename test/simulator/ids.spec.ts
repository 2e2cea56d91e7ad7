import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Client, startClient } from './client.ts';
import * as purchases from './purchases.ts';

const SEEDED_AT = new Date('2026-03-14T09:26:53.589Z');

describe('two simulators of the same seed and instant', () => {
  const clients: Client[] = [];
  afterEach(async () => {
    await Promise.all(clients.splice(0).map((client) => client.close()));
  });

  const open = async (options: Parameters<typeof startClient>[0] = {}) => {
    const client = await startClient({ seededAt: SEEDED_AT, ...options });
    clients.push(client);
    return client;
  };
  const stateOf = async (client: Client) => {
    const { now, ...world } = Object((await client.control('GET', 'state')).at(''));
    return { now: Date.parse(now), world };
  };
  /** Something of everything that gets an id. */
  const work = async (client: Client) => {
    const contoso = await client.customerId('Contoso');
    await client.call('POST', '/webhooks/v1/registration', { WebhookUrl: 'http://127.0.0.1:9/', WebhookEvents: [] });
    const [order] = await purchases.buy(client, contoso, [
      { item: purchases.WINDOWS_SUBSCRIPTION, ...purchases.ONE_YEAR },
    ]);
    const ticket = await client.control('POST', 'tickets', { title: 'Refund', description: 'Please help.' });
    await client.advance(16);
    const state = await client.control('GET', 'state');
    const ids = (list: string) => state.list(list).map((one) => one.at('id'));
    return {
      made: [order?.at('id'), ticket.at('id')],
      all: ['carts', 'orders', 'subscriptions', 'serviceRequests', 'auditRecords'].map(ids),
    };
  };

  it('begin alike, at that instant', async () => {
    const [one, other] = [await stateOf(await open()), await stateOf(await open())];

    assert.deepEqual(one.world, other.world);
    assert.ok(one.now - SEEDED_AT.getTime() < 10_000);
    assert.ok(one.now >= SEEDED_AT.getTime());
  });

  it('give the same ids to what is made in them', async () => {
    const [one, other] = [await work(await open()), await work(await open())];

    assert.deepEqual(one, other);
    assert.match(String(one.made[0]), /^[0-9a-f]{12}$/);
    assert.match(String(one.made[1]), /^260314\d{10}$/);
  });

  it('are alike again after a reset', async () => {
    const client = await open();
    const first = await work(client);
    await client.reset();

    assert.deepEqual(await work(client), first);
  });

  it('give others where the seed or the instant is another', async () => {
    const [one, otherSeed, otherInstant] = [
      await work(await open()),
      await work(await open({ seed: 2 })),
      await work(await open({ seededAt: new Date('2026-03-14T09:26:54Z') })),
    ];

    for (const other of [otherSeed, otherInstant]) {
      assert.notEqual(other.made[0], one.made[0]);
      assert.notEqual(other.made[1], one.made[1]);
    }
  });

  describe('with a state file', () => {
    let folder: string;
    beforeEach(async () => {
      folder = await mkdtemp(join(tmpdir(), 'simulator-'));
    });
    afterEach(() => rm(folder, { recursive: true }));

    it('go on with other ids after a restart', async () => {
      const stateFile = join(folder, 'state.json');
      const first = await open({ stateFile });
      const before = await work(first);
      await first.close();
      const after = await work(await open({ stateFile }));

      const [, orders = []] = after.all;
      assert.notEqual(after.made[0], before.made[0]);
      assert.notEqual(after.made[1], before.made[1]);
      assert.ok(orders.includes(before.made[0]));
      for (const ids of after.all) assert.equal(new Set(ids).size, ids.length);
    });

    it('begin anew where the file is of another instant', async () => {
      const stateFile = join(folder, 'state.json');
      const first = await open({ stateFile });
      const { made } = await work(first);
      await first.close();
      const second = await open({ stateFile, seededAt: new Date('2026-05-01T00:00:00Z') });

      const orders = (await second.control('GET', 'state')).list('orders').map((order) => order.at('id'));
      assert.equal(orders.includes(made[0]), false);
    });
  });
});
