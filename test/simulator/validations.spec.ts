import assert from 'node:assert/strict';
import { type Client, startClient } from './client.ts';
import { createCart, WINDOWS_SERVER } from './purchases.ts';

describe('a customer, before an order,', () => {
  let client: Client;
  before(async () => {
    client = await startClient({ customers: 42 });
  });
  beforeEach(() => client.reset());
  after(() => client.close());

  it('has an account status, unless it was never assessed', async () => {
    const status = async (name: string) =>
      client.get(`/v1/customers/${await client.customerId(name)}/validationStatus?type=account`);

    assert.equal((await status('Contoso')).at('status'), 'Allowed');
    assert.equal((await status('Proseware')).at('status'), 'UnderReview');
    assert.equal((await status('Drukarnia')).at('status'), 'NotAllowed');
    assert.equal((await status('Southridge')).at('code'), 600074);
  });

  it('has an account status of every kind where there are more than the forty customers', async () => {
    const standing = async (name: string) => {
      const id = await client.customerId(name);
      const cart = await createCart(client, id, [{ item: WINDOWS_SERVER }]);
      return [(await client.get(`/v1/customers/${id}/validationStatus?type=account`)).at('status'), cart.at('code')];
    };
    const [unknown, notReady] = [await standing('Fincher'), await standing('School of Fine Art')];

    assert.deepEqual(unknown, ['Unknown', 800075]);
    assert.deepEqual(notReady, ['Not Ready', undefined]);
  });

  it('has qualifications: none, approved, in review or denied', async () => {
    const of = async (name: string) => {
      const qualifications = await client.get(`/v1/customers/${await client.customerId(name)}/qualifications`);
      return qualifications.list('').map((one) => [one.at('qualification'), one.at('vettingStatus')]);
    };

    assert.deepEqual(await of('Contoso'), []);
    assert.deepEqual(await of('Bellows'), [['Education', 'Approved']]);
    assert.deepEqual(await of('Fundacja'), [['Nonprofit', 'InReview']]);
    assert.deepEqual(await of('Graphic'), [['Education', 'Denied']]);
  });

  it('has an address that can be validated, where a bad one is no error', async () => {
    const validate = (body: unknown) => client.call('POST', '/v1/validations/address', body);
    const good = { AddressLine1: '1 Microsoft Way', City: 'Redmond', State: 'WA', PostalCode: '98052', Country: 'US' };

    const verified = await validate(good);
    const partial = await validate({ ...good, AddressLine1: 'Microsoft Way' });
    const bad = await validate({ ...good, PostalCode: 'none' });

    assert.equal(verified.at('status'), 'VerifiedShippable');
    assert.equal(verified.at('suggestedAddresses.0.postalCode'), '98052-8300');
    assert.equal(partial.at('status'), 'StreetPartial');
    assert.equal(bad.status, 200);
    assert.equal(bad.at('status'), 'NotValidated');
    assert.equal(typeof bad.at('validationMessage'), 'string');
  });

  describe('whose address', () => {
    const redmond = {
      AddressLine1: '1 Microsoft Way',
      City: 'Redmond',
      State: 'WA',
      PostalCode: '98052',
      Country: 'US',
    };
    const cases: [string, object, string, object[]][] = [
      [
        'is a P.O. box is verified, and nothing can be shipped there',
        { AddressLine1: 'P.O. Box 12' },
        'Verified',
        [{}],
      ],
      [
        'does not fit its postal code has to be looked at',
        { City: 'Seattle' },
        'InteractionRequired',
        [{ city: 'Redmond' }],
      ],
      ['has a suite without its number is partial', { AddressLine2: 'Suite' }, 'PremisesPartial', []],
      [
        'has two house numbers is one of several',
        { AddressLine1: '10-12 Main Street' },
        'Multiple',
        [{ addressLine1: '10 Main Street' }, { addressLine1: '12 Main Street' }],
      ],
      ['lies at a postal code that nobody has is not found', { PostalCode: '00000' }, 'None', []],
      ['has no house number is partial', { AddressLine1: 'Microsoft Way' }, 'StreetPartial', []],
      ['has no street cannot be validated', { AddressLine1: '' }, 'NotValidated', []],
    ];

    for (const [name, changes, status, suggestions] of cases) {
      it(`${name}: ${status}`, async () => {
        const reply = await client.call('POST', '/v1/validations/address', { ...redmond, ...changes });
        const suggested = reply.list('suggestedAddresses').map((address) => Object(address.at('')));

        assert.equal(reply.status, 200);
        assert.equal(reply.at('status'), status);
        assert.equal(suggested.length, suggestions.length);
        for (const [index, expected] of suggestions.entries()) {
          assert.partialDeepStrictEqual(suggested[index], expected);
        }
        assert.equal(typeof reply.at('validationMessage'), status === 'Verified' ? 'undefined' : 'string');
      });
    }
  });

  it('lives in a country with rules', async () => {
    const us = await client.get('/v1/countryvalidationrules/us');
    const pl = await client.get('/v1/countryvalidationrules/PL');

    assert.equal(us.at('isStateRequired'), true);
    assert.ok(us.list('supportedStatesList').length >= 50);
    assert.equal(new RegExp(pl.text('postalCodeRegex')).test('31-042'), true);
    assert.equal((await client.get('/v1/countryvalidationrules/XX')).status, 404);
  });
});
