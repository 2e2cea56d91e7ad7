import assert from 'node:assert/strict';
import { closeBenches, customerId, items, startBench } from '../support/partner-center-client.ts';

const path = `GET /v1/customers/${customerId}/orders/o%2F1/provisioningstatus`;

describe('provisioning', () => {
  afterEach(closeBenches);

  it('tells each line, in any spelling', async () => {
    const { center, server } = await startBench({
      [path]: {
        json: items([
          {
            lineItemNumber: 0,
            status: 'Fulfilled',
            quantityProvisioningInformation: [{ quantity: '2', status: 'fulfilled' }],
          },
          { orderLineItemId: 1, status: 'PrefulfillmentPending' },
          { status: 'unfulfilled', quantityProvisioningInformation: null },
          { lineItemNumber: 3, status: 'SomethingNew' },
        ]),
      },
    });

    const lines = await center.provisioning.lines(customerId, 'o/1');

    assert.deepEqual(lines, [
      { lineNumber: 0, status: 'fulfilled', quantities: [{ quantity: 2, status: 'fulfilled' }] },
      { lineNumber: 1, status: 'pending', quantities: [] },
      { lineNumber: 2, status: 'unfulfilled', quantities: [] },
      { lineNumber: 3, status: 'unknown', quantities: [] },
    ]);
    assert.match(String(server.requests[0]?.headers.authorization), /^Bearer user-/);
  });

  it('is unknown where Partner Center knows nothing yet (800007)', async () => {
    const { center } = await startBench({ [path]: { status: 404, json: { code: 800007 } } });

    assert.equal(await center.provisioning.lines(customerId, 'o/1'), undefined);
  });
});
