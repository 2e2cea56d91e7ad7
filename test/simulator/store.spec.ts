import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Client, startClient } from './client.ts';
import * as purchases from './purchases.ts';

describe('the state file', () => {
  let folder: string;
  let stateFile: string;
  let client: Client | undefined;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'simulator-'));
    stateFile = join(folder, 'state.json');
  });
  afterEach(async () => {
    await client?.close();
    client = undefined;
    await rm(folder, { recursive: true });
  });

  const open = async (more = {}) => {
    await client?.close();
    client = await startClient({ stateFile, ...more });
    return client;
  };

  it('brings everything back after a restart, the seed’s ages and the clock included', async () => {
    const first = await open();
    const contoso = await first.customerId('Contoso');
    await first.advance(3600);
    await first.signIn();
    await purchases.buy(first, contoso, [
      { item: purchases.WINDOWS_SERVER },
      { item: purchases.WINDOWS_SUBSCRIPTION, ...purchases.ONE_YEAR },
    ]);
    const order = await purchases.orderOf(first, contoso, 'SQL Server 2022');
    await first.call('POST', '/v1/servicerequests/en-US', {
      Title: 'Refund',
      Description: `${contoso} ${order.text('id')}`,
      Severity: 1,
      SupportTopicId: '1',
    });
    await first.advance(20);
    const before = await first.control('GET', 'state');

    const second = await open();
    const after = await second.control('GET', 'state');

    for (const name of ['carts', 'orders', 'subscriptions', 'serviceRequests', 'agreements', 'auditRecords']) {
      assert.deepEqual(after.at(name), before.at(name), name);
    }
    const passed = Date.parse(after.text('now')) - Date.parse(before.text('now'));
    assert.ok(passed >= 0 && passed < 30_000);
  });

  it('keeps first outcomes, so that a retry after a restart repeats nothing', async () => {
    const first = await open();
    const contoso = await first.customerId('Contoso');
    const catalogItemId = await purchases.catalogItemId(first, contoso, purchases.WINDOWS_SERVER);
    const headers = { 'MS-RequestId': '0d7ad2e8-52a5-4a1a-9f07-9e6ba1c0a001' };
    const body = { lineItems: [{ catalogItemId, quantity: 1, billingCycle: 'one_time' }] };
    const cart = await first.call('POST', `/v1/customers/${contoso}/carts`, body, headers);

    const second = await open();
    const again = await second.call('POST', `/v1/customers/${contoso}/carts`, body, headers);

    assert.equal(again.at('id'), cart.at('id'));
  });

  it('takes tokens from before the restart', async () => {
    const first = await open();
    const access = (await first.token({})).text('access_token');
    const second = await open();

    assert.equal((await second.get('/v1/customers', { Authorization: `Bearer ${access}` })).status, 200);
  });

  it('is small, and shows no more than what differs from the seed', async () => {
    const first = await open();
    await first.call('PATCH', `/v1/servicerequests/${await firstTicket(first)}`, { NewNote: { Text: 'A note' } });
    const text = await readFile(stateFile, 'utf8');

    assert.ok(text.length < 10_000);
    assert.equal(JSON.parse(text).tables.serviceRequests.put.length, 1);
  });

  const firstTicket = async (at: Client) => (await at.get('/v1/servicerequests')).text('items.0.id');

  it('is reset to the seed', async () => {
    const first = await open();
    await purchases.buy(first, await first.customerId('Contoso'), [{ item: purchases.WINDOWS_SERVER }]);
    await first.control('POST', 'reset');

    const second = await open();

    assert.deepEqual((await second.control('GET', 'state')).list('carts'), []);
  });

  it('keeps the world a reset asked for, until the next reset', async () => {
    const first = await open();
    await first.control('POST', 'reset', { customers: 45, seed: 7 });
    await first.signIn();
    await purchases.buy(first, await first.customerId('Contoso'), [{ item: purchases.WINDOWS_SERVER }]);
    const before = await first.control('GET', 'state');

    const second = await open();
    const after = await second.control('GET', 'state');
    await second.reset();
    const afterwards = await second.control('GET', 'state');

    assert.equal(after.list('customers').length, 45);
    assert.deepEqual(after.at('orders'), before.at('orders'));
    assert.deepEqual(after.at('carts'), before.at('carts'));
    assert.equal(afterwards.list('customers').length, 40);
    assert.deepEqual(await readdir(folder), ['state.json']);
  });

  it('is set aside when it is broken, of another version, or of another seed', async () => {
    const setAside = async () => (await readdir(folder)).filter((name) => name.includes('set-aside')).length;

    await writeFile(stateFile, '{"version":');
    await open();
    assert.equal(await setAside(), 1);
    await writeFile(stateFile, JSON.stringify({ ...JSON.parse(await readFile(stateFile, 'utf8')), version: 0 }));
    await open();
    assert.equal(await setAside(), 2);
    const other = await open({ seed: 7 });
    assert.equal(await setAside(), 3);
    assert.equal((await other.control('GET', 'state')).list('customers').length, 40);
  });

  describe('after a kill -9', () => {
    let child: ChildProcess | undefined;
    afterEach(() => {
      child?.kill('SIGKILL');
    });

    const start = async () => {
      child = spawn(process.execPath, [fileURLToPath(new URL('run-simulator.ts', import.meta.url)), stateFile], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      assert.ok(child.stdout);
      const [line] = await once(child.stdout, 'data');
      return JSON.parse(String(line));
    };

    it('has everything that was acknowledged', async () => {
      const running = await start();
      const { url, credentials } = running;
      const form = {
        grant_type: 'refresh_token',
        client_id: credentials.clientId,
        client_secret: credentials.clientSecret,
        refresh_token: credentials.refreshToken,
        resource: 'https://api.partnercenter.microsoft.com',
      };
      const tokenPath = `${url}/${credentials.tenantId}/oauth2/token`;
      const token = await (await fetch(tokenPath, { method: 'POST', body: new URLSearchParams(form) })).json();
      const acknowledged: string[] = [];
      let isKilled = false;
      const file = async () => {
        while (!isKilled) {
          const response = await fetch(`${url}/v1/servicerequests/en-US`, {
            method: 'POST',
            headers: { Authorization: `Bearer ${Reflect.get(Object(token), 'access_token')}` },
            body: JSON.stringify({ Title: 'x', Description: 'y', Severity: 1, SupportTopicId: '1' }),
          });
          acknowledged.push(Reflect.get(Object(await response.json()), 'id'));
        }
      };
      const filing = Promise.allSettled([file(), file(), file()]);
      while (acknowledged.length < 40) await new Promise(setImmediate);
      child?.kill('SIGKILL');
      isKilled = true;
      await filing;

      const survivor = await open();
      const state = await survivor.control('GET', 'state');
      const kept = new Set(state.list('serviceRequests').map((ticket) => ticket.text('id')));

      assert.ok(acknowledged.length >= 40);
      assert.deepEqual(
        acknowledged.filter((id) => !kept.has(id)),
        [],
      );
    });
  });
});
