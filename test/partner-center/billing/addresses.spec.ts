import assert from 'node:assert/strict';
import { toAddressCheck, toCountryRules } from '../../../src/partner-center/billing/addresses.ts';

describe('an address', () => {
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
      suggestions: [{ line1: 'Main St 1', city: 'X', country: 'US' }],
      message: 'Which "Main"?',
    });
  });
});

describe('the rules of a country', () => {
  it('are read in the published, nested form too', () => {
    const rules = toCountryRules({
      isPostalCodeRequired: 'true',
      postalCodeRegex: '^\\d{2}-\\d{3}$',
      states: { value: ['A', 'B'] },
    });

    assert.deepEqual(rules, {
      isStateRequired: false,
      states: ['A', 'B'],
      isPostalCodeRequired: true,
      postalCodePattern: '^\\d{2}-\\d{3}$',
    });
  });
});
