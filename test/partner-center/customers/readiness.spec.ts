import assert from 'node:assert/strict';
import { PartnerCenterError } from '../../../src/partner-center/client/errors.ts';
import { closeBenches, customerId, items, startBench } from '../../support/partner-center-client.ts';

const at = `/v1/customers/${customerId}`;
const good = {
  [`GET ${at}`]: { json: { id: customerId, relationshipToPartner: 'reseller', billingProfile: {} } },
  [`GET ${at}/validationStatus`]: { json: { type: 'account', status: 'Allowed' } },
  [`GET ${at}/agreements`]: { json: items([{ type: 'MicrosoftCustomerAgreement', templateId: 't' }]) },
  [`GET ${at}/directSignedMicrosoftCustomerAgreementStatus`]: { json: { isSigned: false } },
  [`GET ${at}/qualifications`]: {
    json: [
      { qualification: 'Education', vettingStatus: 'Approved' },
      { qualification: 'Nonprofit', vettingStatus: 'InReview' },
      { qualification: 'None' },
    ],
  },
};

describe('readiness', () => {
  afterEach(closeBenches);

  it('gathers account, agreement and approved qualifications', async () => {
    const { center, server } = await startBench(good);

    assert.deepEqual(await center.customers.readiness(customerId), {
      account: 'Allowed',
      agreement: 'confirmed',
      qualifications: ['Education'],
      segments: ['commercial', 'education'],
      vetting: [{ qualification: 'Nonprofit', status: 'in-review' }],
    });
    const called = (path: string) => server.requests.find((request) => request.path === `${at}${path}`);
    assert.equal(called('/validationStatus')?.query.get('type'), 'account');
    assert.equal(called('/agreements')?.query.get('agreementType'), 'MicrosoftCustomerAgreement');
    for (const path of ['/validationStatus', '/agreements']) {
      assert.match(String(called(path)?.headers.authorization), /^Bearer user-/, path);
    }
    assert.match(String(called('/qualifications')?.headers.authorization), /^Bearer app-/);
  });

  const withAddress = {
    ...good,
    [`GET ${at}`]: {
      json: {
        id: customerId,
        relationshipToPartner: 'reseller',
        BillingProfile: { DefaultAddress: { country: 'US', city: 'Redmnd', addressLine1: '1 Microsoft Way' } },
      },
    },
  };
  const validate = 'POST /v1/validations/address';
  const suggestion = { addressLine1: '1 Microsoft Way', city: 'Redmond', state: 'WA', country: 'US' };
  const right = { line1: '1 Microsoft Way', city: 'Redmond', state: 'WA', country: 'US' };
  const unverified = { isUnverified: true, lacks: [] };
  const verdicts: readonly [string, object, unknown][] = [
    ['verified', { json: { status: 'VerifiedShippable', suggestedAddresses: [suggestion] } }, 'verified'],
    [
      'better written otherwise',
      { json: { status: 'Multiple', suggestedAddresses: [suggestion] } },
      { ...unverified, suggestion: right },
    ],
    ['not verified', { json: { status: 'None', suggestedAddresses: null } }, unverified],
    [
      'not verified, with what Microsoft says of it',
      { json: { status: 'StreetPartial', suggestedAddresses: [], validationMessage: 'No &quot;house&quot; number.' } },
      { ...unverified, message: 'No "house" number.' },
    ],
    ['not verified where it is refused', { status: 400, json: { code: 600004 } }, unverified],
    ['not judged where the check is away', { status: 503 }, undefined],
    ['not judged where the check is not there', { status: 404 }, undefined],
  ];
  for (const [what, answer, verdict] of verdicts) {
    it(`tells that the billing address is ${what}, and asks once`, async () => {
      const { center, server } = await startBench({ ...withAddress, [validate]: answer });

      assert.deepEqual(await center.customers.address(customerId), verdict);
      const asked = server.requests.filter(({ path }) => path === '/v1/validations/address');
      assert.deepEqual(
        asked.map(({ body }) => body),
        [{ addressLine1: '1 Microsoft Way', city: 'Redmnd', country: 'US' }],
      );
    });
  }

  it('asks once for the same address, and anew for another one', async () => {
    const addressed = (city: string) => ({
      json: { id: customerId, billingProfile: { defaultAddress: { country: 'US', city, addressLine1: '1 Way' } } },
    });
    const { center, server, timer } = await startBench({
      ...good,
      [`GET ${at}`]: [addressed('Redmnd'), addressed('Redmnd'), addressed('Redmond')],
      [validate]: { json: { status: 'VerifiedShippable' } },
    });

    for (let time = 0; time < 3; time += 1) {
      await center.customers.address(customerId);
      timer.advance(61_000);
    }

    const asked = server.requests.filter(({ path }) => path === '/v1/validations/address');
    assert.deepEqual(
      asked.map(({ body }) => (body as { city: string }).city),
      ['Redmnd', 'Redmond'],
    );
  });

  const rules = 'GET /v1/countryvalidationrules/';
  const usRules = {
    iso2Code: 'US',
    isStateRequired: true,
    supportedStatesList: ['WA', 'NY'],
    isPostalCodeRequired: true,
    postalCodeRegex: '^\\d{5}(-\\d{4})?$',
  };
  const of = (address: object, company: object = {}) => ({
    ...good,
    [`GET ${at}`]: {
      json: {
        id: customerId,
        relationshipToPartner: 'reseller',
        companyProfile: company,
        billingProfile: { defaultAddress: address },
      },
    },
    [validate]: { json: { status: 'VerifiedShippable', suggestedAddresses: [] } },
    [`${rules}US`]: { json: usRules },
    [`${rules}HU`]: { json: { iso2Code: 'HU' } },
    [`${rules}UA`]: { status: 503 },
  });
  const street = { addressLine1: '1 Microsoft Way', city: 'Redmond' };
  const profiles: readonly [string, object, object, unknown][] = [
    ['without a street and a city', { country: 'DE' }, {}, { isUnverified: true, lacks: ['street', 'city'] }],
    ['without a city', { addressLine1: 'Hauptstr. 1', country: 'DE' }, {}, { isUnverified: true, lacks: ['city'] }],
    [
      'without the state and the postal code that its country has',
      { ...street, country: 'US' },
      {},
      { isUnverified: false, lacks: ['state', 'postal-code'] },
    ],
    [
      'with a state and a postal code of elsewhere',
      { ...street, country: 'us', state: 'ON', postalCode: 'M5H 2N2' },
      {},
      { isUnverified: false, lacks: ['state', 'postal-code'] },
    ],
    ['as its country has it', { ...street, country: 'US', state: 'wa', postalCode: '98052-8300' }, {}, 'verified'],
    [
      'without registration number and telephone where these are a must',
      { ...street, country: 'HU' },
      {},
      { isUnverified: false, lacks: ['registration-number', 'phone'] },
    ],
    [
      'without them, also while the rules of the country cannot be read',
      { ...street, country: 'UA' },
      {},
      { isUnverified: false, lacks: ['registration-number', 'phone'] },
    ],
    [
      'with both of them there',
      { ...street, country: 'HU', phoneNumber: '3612345678' },
      { OrganizationRegistrationNumber: '01-09-123456' },
      'verified',
    ],
  ];
  for (const [what, address, company, verdict] of profiles) {
    it(`judges a billing address ${what}`, async () => {
      const { center } = await startBench(of(address, company));

      assert.deepEqual(await center.customers.address(customerId), verdict);
    });
  }

  it('asks for the rules of a country once', async () => {
    const { center, server } = await startBench(of({ ...street, country: 'US' }));

    await center.customers.address(customerId);
    await center.customers.address(customerId);

    assert.equal(server.requests.filter(({ path }) => path.startsWith('/v1/countryvalidationrules')).length, 1);
    assert.equal(server.requests.filter(({ path }) => path === at).length, 1);
  });

  it('takes no pattern for a rule that is none', async () => {
    const { center } = await startBench({
      ...of({ ...street, country: 'US', state: 'WA', postalCode: '98052' }),
      [`${rules}US`]: { json: { ...usRules, postalCodeRegex: '(?<broken' } },
    });

    assert.equal(await center.customers.address(customerId), 'verified');
  });

  it('tells why a qualification is not there', async () => {
    const denied = {
      qualification: 'Education',
      vettingStatus: 'Denied',
      vettingReason: 'Not an &quot;Education&quot; customer',
      vettingCreatedDate: '2026-02-01T10:00:00Z',
    };
    const opensNothing = { qualification: 'StateOwnedEntity', vettingStatus: 'InReview' };
    const { center } = await startBench({
      ...good,
      [`GET ${at}/qualifications`]: {
        json: [denied, { qualification: 'Nonprofit', vettingStatus: 'Odd' }, opensNothing],
      },
    });

    const { qualifications, vetting } = await center.customers.readiness(customerId);

    assert.deepEqual(qualifications, []);
    assert.deepEqual(vetting, [
      {
        qualification: 'Education',
        status: 'denied',
        reason: 'Not an "Education" customer',
        since: new Date('2026-02-01T10:00:00Z'),
      },
      { qualification: 'Nonprofit', status: 'unknown' },
    ]);
  });

  it('has no account status where none was ever given (600074)', async () => {
    const { center } = await startBench({
      ...good,
      [`GET ${at}/validationStatus`]: { status: 404, json: { code: 600074 } },
    });

    assert.equal((await center.customers.readiness(customerId)).account, undefined);
  });

  it('sees an agreement that the customer signed itself', async () => {
    const { center } = await startBench({
      ...good,
      [`GET ${at}/agreements`]: { json: items([]) },
      [`GET ${at}/directSignedMicrosoftCustomerAgreementStatus`]: { json: { IsSigned: 'true' } },
    });

    assert.equal((await center.customers.readiness(customerId)).agreement, 'signed');
  });

  it('does not ask whether the customer signed where the partner confirmed', async () => {
    const { center, server } = await startBench(good);

    await center.customers.readiness(customerId);

    assert.ok(server.requests.every(({ path }) => !path.endsWith('/directSignedMicrosoftCustomerAgreementStatus')));
  });

  it('misses an agreement of another type', async () => {
    const { center } = await startBench({
      ...good,
      [`GET ${at}/agreements`]: { json: items([{ type: 'MicrosoftCloudAgreement' }]) },
    });

    assert.equal((await center.customers.readiness(customerId)).agreement, 'missing');
  });

  it('holds nothing against the customer in a cloud without agreements', async () => {
    const { center } = await startBench({
      ...good,
      [`GET ${at}/agreements`]: { status: 404 },
      [`GET ${at}/directSignedMicrosoftCustomerAgreementStatus`]: { status: 404 },
    });

    assert.equal((await center.customers.readiness(customerId)).agreement, 'confirmed');
  });

  const agreements = `GET ${at}/agreements`;
  const directlySigned = `GET ${at}/directSignedMicrosoftCustomerAgreementStatus`;
  for (const [what, answer] of [
    ['refused', { status: 403 }],
    ['refused for a missing role', { status: 403, json: { code: 900308 } }],
    ['failing', { status: 500 }],
    ['not understood', { json: {} }],
  ] as const) {
    it(`sees that the customer signed itself while the confirmations are ${what}`, async () => {
      const { center } = await startBench({
        ...good,
        [agreements]: answer,
        [directlySigned]: { json: { isSigned: true } },
      });

      assert.equal((await center.customers.readiness(customerId)).agreement, 'signed');
    });
  }

  it('holds against nobody what one question alone does not answer', async () => {
    for (const answer of [{ status: 403 }, { status: 500 }, { json: 'odd' }]) {
      const alone = [agreements, `GET ${at}/validationStatus`, `GET ${at}/qualifications`];
      for (const question of alone) {
        const { center } = await startBench({ ...good, [question]: answer });

        const { agreement, account, segments } = await center.customers.readiness(customerId);

        assert.equal(agreement, 'confirmed');
        assert.equal(account, question.endsWith('validationStatus') ? undefined : 'Allowed');
        assert.ok(segments.includes('education'), question);
      }
    }
  });

  it('does not take an agreement for missing while nobody says whether the customer signed', async () => {
    const { center } = await startBench({
      ...good,
      [agreements]: { json: items([]) },
      [directlySigned]: { status: 403 },
    });

    assert.equal((await center.customers.readiness(customerId)).agreement, 'confirmed');
  });

  it('throws when the account lacks a right', async () => {
    const { center } = await startBench({
      ...good,
      [`GET ${at}/agreements`]: { status: 403, json: { code: 900308, description: 'Role missing.' } },
    });

    await assert.rejects(center.customers.readiness(customerId), (error) => {
      assert.ok(error instanceof PartnerCenterError);
      assert.match(String(error.description), /Role missing\. .*AdminAgents/);
      return error.kind === 'forbidden';
    });
  });
});
