import assert from 'node:assert/strict';
import { closeBenches, customerId, startBench } from '../../support/partner-center-client.ts';

const path = `/v1/customers/${customerId}/profiles/billing`;

describe('the billing profile', () => {
  afterEach(closeBenches);

  it('tells the contact, wherever it stands', async () => {
    const { center } = await startBench({
      [`GET ${path}`]: {
        json: {
          firstName: 'Ada',
          email: 'ada@contoso.example',
          DefaultAddress: { country: 'US', lastName: 'Lovelace', phoneNumber: '5555550100' },
        },
      },
    });

    assert.deepEqual(await center.billingProfiles.of(customerId), {
      contact: { firstName: 'Ada', lastName: 'Lovelace', email: 'ada@contoso.example', phoneNumber: '5555550100' },
    });
  });
});
