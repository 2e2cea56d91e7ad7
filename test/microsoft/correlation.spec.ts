import assert from 'node:assert/strict';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { correlationId, withCorrelationId } from '../../src/microsoft/correlation.ts';
import { closeBenches, customerId, items, startBench } from '../support/partner-center-client.ts';

const one = '11111111-2222-4333-8444-555555555551';
const other = '11111111-2222-4333-8444-555555555552';
const orders = `/v1/customers/${customerId}/orders`;

describe('the correlation id', () => {
  afterEach(closeBenches);

  it('is that of the turn in whatever the turn waits for, and of no other', async () => {
    const ids = await Promise.all([
      withCorrelationId(one, async () => {
        await nextTurn();
        return correlationId();
      }),
      withCorrelationId(other, async () => correlationId()),
    ]);

    assert.deepEqual(ids, [one, other]);
  });

  it('is a new one outside of any turn', () => {
    assert.notEqual(correlationId(), correlationId());
  });

  it('must be a GUID', () => {
    assert.throws(() => withCorrelationId('turn 1', () => undefined), /GUID/);
  });

  it('goes out with every call of the turn, repeated ones too, each call with a request id of its own', async () => {
    const { center, server } = await startBench({ [`GET ${orders}`]: [{ status: 503 }, { json: items([]) }] });

    await withCorrelationId(one, async () => {
      await center.ordering.orders(customerId);
      await center.ordering.orders(customerId);
    });
    await center.ordering.orders(customerId);

    const sent = server.requests.map(({ headers }) => headers);
    assert.deepEqual(
      sent.slice(0, 3).map((headers) => headers['ms-correlationid']),
      [one, one, one],
    );
    assert.notEqual(sent[3]?.['ms-correlationid'], one);
    const [first, repeated, second] = sent.map((headers) => headers['ms-requestid']);
    assert.equal(first, repeated);
    assert.notEqual(first, second);
  });
});
