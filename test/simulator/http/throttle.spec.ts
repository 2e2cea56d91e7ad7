import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { type Client, startClient } from '../client.ts';

describe('the limit', () => {
  let client: Client;
  before(async () => {
    client = await startClient({ requestsPerMinute: 3 });
  });
  after(() => client.close());

  it('answers 429 with Retry-After when a resource is asked too often, and leaves others alone', async () => {
    const contoso = await client.customerId('Contoso');
    const replies = [];
    for (let call = 0; call < 4; call += 1) replies.push(await client.get(`/v1/customers/${contoso}/orders`));
    const subscriptions = await client.get(`/v1/customers/${contoso}/subscriptions`);
    const [last] = replies.slice(-1);

    assert.deepEqual(
      replies.map(({ status }) => status),
      [200, 200, 200, 429],
    );
    assert.equal(last?.at('statusCode'), 429);
    assert.ok(Number(last?.headers.get('retry-after')) >= 1);
    assert.equal(subscriptions.status, 200);
  });

  it('counts carts made and checked out together, and lets them be read', async () => {
    const path = `/v1/customers/${await client.customerId('Contoso')}/carts`;
    const replies = [
      await client.call('POST', path, {}),
      await client.call('POST', `${path}/${randomUUID()}/checkout`),
      await client.call('POST', `${path}/${randomUUID()}/checkout`),
      await client.call('POST', path, {}),
    ];
    const read = await client.get(`${path}/${randomUUID()}`);

    assert.deepEqual(
      replies.map(({ status }) => status),
      [400, 404, 404, 429],
    );
    assert.ok(Number(replies[3]?.headers.get('retry-after')) >= 1);
    assert.equal(read.at('code'), 800008);
  });
});
