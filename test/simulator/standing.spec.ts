import assert from 'node:assert/strict';
import { type Desk, openDesk } from './desk.ts';
import { createCart, WINDOWS_SERVER } from './shop.ts';

const TYPE = 'agreementType=MicrosoftCustomerAgreement';

describe('the standing of a customer', () => {
  let desk: Desk;
  before(async () => {
    desk = await openDesk();
  });
  beforeEach(() => desk.reset());
  after(() => desk.close());

  const confirmation = {
    primaryContact: { firstName: 'Zofia', lastName: 'Żak', email: 'zofia@litware.example' },
    templateId: '117a77b0-9360-443b-8795-c6dedc750cf9',
    dateAgreed: '2026-01-05T00:00:00.000Z',
    type: 'MicrosoftCustomerAgreement',
  };
  const cartOf = async (name: string) => createCart(desk, await desk.customerId(name), [{ item: WINDOWS_SERVER }]);

  it('is refused without an agreement, and allowed once it is confirmed', async () => {
    const litware = await desk.customerId('Litware');

    const refused = await cartOf('Litware');
    const confirmed = await desk.call('POST', `/v1/customers/${litware}/agreements`, confirmation);
    const allowed = await cartOf('Litware');

    assert.equal(refused.status, 403);
    assert.equal(refused.at('code'), 13605);
    assert.equal(confirmed.status, 201);
    assert.equal(typeof confirmed.at('userId'), 'string');
    assert.equal(allowed.status, 201);
  });

  it('accepts an agreement the customer signed itself', async () => {
    const boulder = await desk.customerId('Boulder');
    const path = `/v1/customers/${boulder}/directSignedMicrosoftCustomerAgreementStatus`;

    assert.deepEqual((await desk.get(path)).at('isSigned'), true);
    assert.equal((await cartOf('Boulder')).status, 201);
  });

  it('lists confirmations only for the type asked for', async () => {
    const contoso = await desk.customerId('Contoso');
    const asked = await desk.get(`/v1/customers/${contoso}/agreements?${TYPE}`);
    const notAsked = await desk.get(`/v1/customers/${contoso}/agreements`);
    const templates = await desk.get(`/v1/agreements?${TYPE}`);

    assert.equal(asked.at('totalCount'), 1);
    assert.equal(notAsked.at('totalCount'), 0);
    assert.equal(asked.at('items.0.templateId'), templates.at('items.0.templateId'));
  });

  it('takes the same confirmation once, and answers the second in the newer shape', async () => {
    const litware = await desk.customerId('Litware');
    await desk.call('POST', `/v1/customers/${litware}/agreements`, confirmation);

    const again = await desk.call('POST', `/v1/customers/${litware}/agreements`, confirmation);

    assert.equal(again.status, 400);
    assert.equal(again.at('code'), 600061);
    assert.equal(again.at('errorName'), 'PartnerConfirmedAgreementAlreadyExists');
    assert.equal(again.at('isRetryable'), false);
  });

  it('is refused while the account is under review or not allowed, and without a reseller relationship', async () => {
    assert.equal((await cartOf('Proseware')).at('code'), 800073);
    assert.equal((await cartOf('Drukarnia')).at('code'), 800075);
    const trey = await desk.customerId('Trey');
    const orders = await desk.get(`/v1/customers/${trey}/orders`);
    assert.equal(orders.status, 403);
    assert.equal(orders.at('code'), 20002);
    assert.match(orders.text('description'), /&#39;/);
  });

  it('has an account status, unless it was never assessed', async () => {
    const status = async (name: string) =>
      desk.get(`/v1/customers/${await desk.customerId(name)}/validationStatus?type=account`);

    assert.equal((await status('Contoso')).at('status'), 'Allowed');
    assert.equal((await status('Proseware')).at('status'), 'UnderReview');
    assert.equal((await status('Drukarnia')).at('status'), 'NotAllowed');
    assert.equal((await status('Southridge')).at('code'), 600074);
  });

  it('has an account status of every kind where there are more than the forty customers', async () => {
    const more = await openDesk({ customers: 42 });
    const standing = async (name: string) => {
      const id = await more.customerId(name);
      const cart = await createCart(more, id, [{ item: WINDOWS_SERVER }]);
      return [(await more.get(`/v1/customers/${id}/validationStatus?type=account`)).at('status'), cart.at('code')];
    };
    const [unknown, notReady] = [await standing('Fincher'), await standing('School of Fine Art')];
    await more.close();

    assert.deepEqual(unknown, ['Unknown', 800075]);
    assert.deepEqual(notReady, ['Not Ready', undefined]);
  });

  it('has qualifications: none, approved, in review or denied', async () => {
    const of = async (name: string) => {
      const qualifications = await desk.get(`/v1/customers/${await desk.customerId(name)}/qualifications`);
      return qualifications.list('').map((one) => [one.at('qualification'), one.at('vettingStatus')]);
    };

    assert.deepEqual(await of('Contoso'), []);
    assert.deepEqual(await of('Bellows'), [['Education', 'Approved']]);
    assert.deepEqual(await of('Fundacja'), [['Nonprofit', 'InReview']]);
    assert.deepEqual(await of('Graphic'), [['Education', 'Denied']]);
  });

  it('opens the prices of a segment only when its qualification is approved', async () => {
    const products = async (name: string, segment: string) => {
      const customer = `/v1/customers/${await desk.customerId(name)}`;
      return (await desk.get(`${customer}/products?targetView=Software&targetSegment=${segment}`)).at('code');
    };

    assert.equal(await products('City Power', 'government'), undefined);
    assert.equal(await products('Contoso', 'government'), 400030);
    assert.equal(await products('Fundacja', 'nonprofit'), 400030);
    assert.equal(await products('Graphic', 'education'), 400030);
  });

  it('has an address that can be validated, where a bad one is no error', async () => {
    const validate = (body: unknown) => desk.call('POST', '/v1/validations/address', body);
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
        const reply = await desk.call('POST', '/v1/validations/address', { ...redmond, ...changes });
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
    const us = await desk.get('/v1/countryvalidationrules/us');
    const pl = await desk.get('/v1/countryvalidationrules/PL');

    assert.equal(us.at('isStateRequired'), true);
    assert.ok(us.list('supportedStatesList').length >= 50);
    assert.equal(new RegExp(pl.text('postalCodeRegex')).test('31-042'), true);
    assert.equal((await desk.get('/v1/countryvalidationrules/XX')).status, 404);
  });
});
