import assert from 'node:assert/strict';
import { closeBenches, customerId, requestId, startBench } from '../support/partner-center-client.ts';

const path = `/v1/customers/${customerId}/profiles/billing`;
const profile = {
  id: 'p',
  firstName: 'Ada',
  email: 'ada@contoso.example',
  companyName: 'Contoso',
  somethingNew: 1,
  DefaultAddress: {
    country: 'US',
    city: 'Redmnd',
    addressLine1: '1 Microsoft Way',
    addressLine2: 'x',
    lastName: 'Lovelace',
    phoneNumber: '5555550100',
  },
  attributes: { etag: '"e1"', objectType: 'CustomerBillingProfile' },
};
const right = { line1: '1 Microsoft Way', city: 'Redmond', state: 'WA', postalCode: '98052', country: 'US' };

describe('the billing profile', () => {
  afterEach(closeBenches);

  it('tells the contact, wherever it stands, the address and the etag', async () => {
    const { center } = await startBench({ [`GET ${path}`]: { json: profile } });

    assert.deepEqual(await center.billingProfiles.of(customerId), {
      companyName: 'Contoso',
      contact: { firstName: 'Ada', lastName: 'Lovelace', email: 'ada@contoso.example', phoneNumber: '5555550100' },
      address: { line1: '1 Microsoft Way', line2: 'x', city: 'Redmnd', country: 'US' },
      etag: 'e1',
    });
  });

  it('has no address without a street', async () => {
    const { center } = await startBench({ [`GET ${path}`]: { json: { defaultAddress: { country: 'US' } } } });

    assert.equal((await center.billingProfiles.of(customerId)).address, undefined);
  });

  it('gets another address, and keeps everything else', async () => {
    const { center, server } = await startBench({
      [`GET ${path}`]: { json: profile },
      [`PUT ${path}`]: { json: profile },
    });

    await center.billingProfiles.correctAddress(customerId, right, requestId);

    const put = server.requests[1];
    const { DefaultAddress: _, ...rest } = profile;
    assert.deepEqual(put?.body, {
      ...rest,
      defaultAddress: {
        lastName: 'Lovelace',
        phoneNumber: '5555550100',
        addressLine1: '1 Microsoft Way',
        city: 'Redmond',
        state: 'WA',
        postalCode: '98052',
        country: 'US',
      },
    });
    assert.equal(put?.headers['if-match'], '"e1"');
    assert.equal(put?.headers['ms-requestid'], requestId);
  });

  it('is read again and written once more when somebody else was faster (2055)', async () => {
    const stale = { status: 400, json: { code: 2055, description: 'The etag is not valid.' } };
    const newer = { ...profile, attributes: { etag: 'e2' } };
    const { center, server } = await startBench({
      [`GET ${path}`]: [{ json: profile }, { json: newer }],
      [`PUT ${path}`]: [stale, { status: 200 }],
    });

    const shown = await center.billingProfiles.correctAddress(customerId, right, requestId);

    assert.equal(shown.etag, 'e2');
    const puts = server.requests.filter(({ method }) => method === 'PUT');
    assert.deepEqual(
      puts.map(({ headers }) => headers['if-match']),
      ['"e1"', '"e2"'],
    );
    assert.notEqual(puts[0]?.headers['ms-requestid'], puts[1]?.headers['ms-requestid']);
  });

  it('is not written back from an answer that makes no sense', async () => {
    const { center, server } = await startBench({ [`GET ${path}`]: { json: { ...profile, email: { odd: 1 } } } });

    await assert.rejects(center.billingProfiles.correctAddress(customerId, right, requestId), { kind: 'unexpected' });
    assert.equal(server.requests.length, 1);
  });
});
