import assert from 'node:assert/strict';
import type { PostalAddress } from '../../src/domain/customers/billing-profile.ts';
import { toAddressCheck } from '../../src/partner-center/addresses.ts';
import { closeBenches, startBench } from './client.ts';

const address: PostalAddress = {
  line1: '1 Microsoft Way',
  city: 'Redmond',
  state: 'WA',
  postalCode: '98052',
  country: 'US',
};
const path = 'POST /v1/validations/address';

describe('an address', () => {
  afterEach(closeBenches);

  it('is checked as it would be written into the profile', async () => {
    const { center, server } = await startBench({ [path]: { json: { status: 'VerifiedShippable' } } });

    const checked = await center.addresses.check({ ...address, line2: 'Building 5' });

    assert.deepEqual(checked, { isVerified: true, status: 'VerifiedShippable', suggestions: [] });
    assert.deepEqual(server.requests[0]?.body, {
      addressLine1: '1 Microsoft Way',
      addressLine2: 'Building 5',
      city: 'Redmond',
      state: 'WA',
      postalCode: '98052',
      country: 'US',
    });
  });

  const verdicts: readonly [unknown, boolean][] = [
    ['VerifiedShippable', true],
    ['verified_shippable', true],
    ['VERIFIED', true],
    ['StreetPartial', false],
    ['PremisesPartial', false],
    ['InteractionRequired', false],
    ['Multiple', false],
    ['None', false],
    ['NotValidated', false],
    ['SomethingNew', false],
    [7, false],
    [undefined, false],
  ];
  for (const [status, isVerified] of verdicts) {
    it(`with status ${status} is ${isVerified ? '' : 'not '}verified`, () => {
      assert.equal(toAddressCheck({ status }).isVerified, isVerified);
    });
  }

  it('comes with suggestions and a message, decoded; half an address is no suggestion', () => {
    const checked = toAddressCheck({
      Status: 'Multiple',
      SuggestedAddresses: [{ AddressLine1: 'Main St 1', City: 'X', Country: 'US' }, { city: 'Y' }],
      validationMessage: 'Which &quot;Main&quot;?',
    });

    assert.deepEqual(checked, {
      isVerified: false,
      status: 'Multiple',
      suggestions: [{ line1: 'Main St 1', city: 'X', country: 'US' }],
      message: 'Which "Main"?',
    });
  });

  it('that is answered with 400, as before 2021, is not verified', async () => {
    const { center } = await startBench({ [path]: { status: 400, json: { code: 600004, description: 'Bad city.' } } });

    assert.deepEqual(await center.addresses.check(address), {
      isVerified: false,
      status: '600004',
      suggestions: [],
      message: 'Bad city.',
    });
  });

  it('is not judged where the call fails otherwise', async () => {
    const { center } = await startBench({ [path]: { status: 403 } });

    await assert.rejects(center.addresses.check(address), { kind: 'forbidden' });
  });
});

describe('the rules of a country', () => {
  afterEach(closeBenches);

  it('are read in the published, nested form too', async () => {
    const { center, server } = await startBench({
      'GET /v1/countryvalidationrules/PL': {
        json: {
          isPostalCodeRequired: 'true',
          postalCodeRegex: '^\\d{2}-\\d{3}$',
          states: { value: ['A', 'B'] },
          supportedCultures: { value: ['pl-PL'] },
        },
      },
    });

    assert.deepEqual(await center.addresses.rules('pl'), {
      country: 'PL',
      isStateRequired: false,
      states: ['A', 'B'],
      isCityRequired: false,
      isPostalCodeRequired: true,
      postalCodePattern: '^\\d{2}-\\d{3}$',
      callingCodes: [],
      cultures: ['pl-PL'],
      languages: [],
    });
    assert.equal(server.requests[0]?.path, '/v1/countryvalidationrules/PL');
  });

  it('are unknown for an unknown country, and not asked for where there is none', async () => {
    const { center, server } = await startBench({});

    assert.equal(await center.addresses.rules('XX'), undefined);
    assert.equal(await center.addresses.rules('../x'), undefined);
    assert.equal(server.requests.length, 1);
  });
});
