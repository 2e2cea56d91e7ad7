import assert from 'node:assert/strict';
import { type Client, startClient } from './client.ts';
import { createCart, WINDOWS_SERVER } from './purchases.ts';

const TYPE = 'agreementType=MicrosoftCustomerAgreement';

describe('agreements', () => {
  let client: Client;
  before(async () => {
    client = await startClient();
  });
  beforeEach(() => client.reset());
  after(() => client.close());

  const confirmation = {
    primaryContact: { firstName: 'Zofia', lastName: 'Żak', email: 'zofia@litware.example' },
    templateId: '117a77b0-9360-443b-8795-c6dedc750cf9',
    dateAgreed: '2026-01-05T00:00:00.000Z',
    type: 'MicrosoftCustomerAgreement',
  };
  const cartOf = async (name: string) => createCart(client, await client.customerId(name), [{ item: WINDOWS_SERVER }]);

  it('are needed for a purchase, which is allowed once one is confirmed', async () => {
    const litware = await client.customerId('Litware');

    const refused = await cartOf('Litware');
    const confirmed = await client.call('POST', `/v1/customers/${litware}/agreements`, confirmation);
    const allowed = await cartOf('Litware');

    assert.equal(refused.status, 403);
    assert.equal(refused.at('code'), 13605);
    assert.equal(confirmed.status, 201);
    assert.equal(typeof confirmed.at('userId'), 'string');
    assert.equal(allowed.status, 201);
  });

  it('may have been signed by the customer itself', async () => {
    const boulder = await client.customerId('Boulder');
    const path = `/v1/customers/${boulder}/directSignedMicrosoftCustomerAgreementStatus`;

    assert.deepEqual((await client.get(path)).at('isSigned'), true);
    assert.equal((await cartOf('Boulder')).status, 201);
  });

  it('are listed only for the type asked for', async () => {
    const contoso = await client.customerId('Contoso');
    const asked = await client.get(`/v1/customers/${contoso}/agreements?${TYPE}`);
    const notAsked = await client.get(`/v1/customers/${contoso}/agreements`);
    const templates = await client.get(`/v1/agreements?${TYPE}`);

    assert.equal(asked.at('totalCount'), 1);
    assert.equal(notAsked.at('totalCount'), 0);
    assert.equal(asked.at('items.0.templateId'), templates.at('items.0.templateId'));
  });

  it('are confirmed once: the second time is refused in the newer shape', async () => {
    const litware = await client.customerId('Litware');
    await client.call('POST', `/v1/customers/${litware}/agreements`, confirmation);

    const again = await client.call('POST', `/v1/customers/${litware}/agreements`, confirmation);

    assert.equal(again.status, 400);
    assert.equal(again.at('code'), 600061);
    assert.equal(again.at('errorName'), 'PartnerConfirmedAgreementAlreadyExists');
    assert.equal(again.at('isRetryable'), false);
  });
});
