import assert from 'node:assert/strict';
import { createSimulator } from '../../src/simulator/index.ts';
import { startClient } from './client.ts';
import * as purchases from './purchases.ts';

describe('the simulator', () => {
  it('goes back to the seed when it is reset', async () => {
    const client = await startClient();
    await purchases.createCart(client, await client.customerId('Contoso'), [{ item: purchases.WINDOWS_SERVER }]);
    await client.simulator.reset();
    const state = await client.control('GET', 'state');
    await client.close();

    assert.deepEqual(state.list('carts'), []);
  });

  it('says when the port is taken', async () => {
    const client = await startClient();
    const port = Number(new URL(client.simulator.url).port);

    await assert.rejects(createSimulator({ port, mode: 'extended', delaySeconds: 1 }), { code: 'EADDRINUSE' });
    await client.close();
  });

  it('listens on loopback, and frees the port when it closes', async () => {
    const client = await startClient();
    const port = Number(new URL(client.simulator.url).port);
    await client.close();
    const again = await createSimulator({ port, mode: 'extended', delaySeconds: 1 });

    assert.equal(again.url, `http://127.0.0.1:${port}`);
    await again.close();
  });

  it('finishes the calls in progress before it closes, and does not sit out the delay of a fault', async () => {
    const client = await startClient();
    await client.control('POST', 'faults', [{ path: '/v1/customers', delayMs: 60_000 }]);
    const call = client.get('/v1/customers');
    while ((await client.control('GET', 'faults')).list('').length > 0) await new Promise(setImmediate);

    const closed = client.close();

    assert.equal((await call).status, 200);
    await closed;
  });
});
