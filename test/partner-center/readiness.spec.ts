import assert from 'node:assert/strict';
import { PartnerCenterError } from '../../src/partner-center/errors.ts';
import { closeBenches, customerId, items, startBench } from './client.ts';

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

  it('gathers relationship, account, agreement and approved qualifications', async () => {
    const { center, server } = await startBench(good);

    assert.deepEqual(await center.customers.readiness(customerId), {
      relationship: 'reseller',
      account: 'Allowed',
      agreement: 'confirmed',
      qualifications: ['Education'],
      segments: ['commercial', 'education'],
      vetting: [{ qualification: 'Nonprofit', status: 'in-review' }],
    });
    const called = (path: string) => server.requests.find((request) => request.path === `${at}${path}`);
    assert.equal(called('/validationStatus')?.query.get('type'), 'account');
    assert.equal(called('/agreements')?.query.get('agreementType'), 'MicrosoftCustomerAgreement');
    for (const path of ['/validationStatus', '/agreements', '/directSignedMicrosoftCustomerAgreementStatus']) {
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
  const verdicts: readonly [string, object, unknown][] = [
    ['verified', { json: { status: 'VerifiedShippable', suggestedAddresses: [suggestion] } }, 'verified'],
    [
      'better written otherwise',
      { json: { status: 'Multiple', suggestedAddresses: [suggestion] } },
      { suggestion: right },
    ],
    ['not verified', { json: { status: 'None', suggestedAddresses: null } }, 'unverified'],
    ['not verified where it is refused', { status: 400, json: { code: 600004 } }, 'unverified'],
    ['not judged where the check is away', { status: 503 }, undefined],
    ['not judged where the check is not there', { status: 404 }, undefined],
  ];
  for (const [what, answer, verdict] of verdicts) {
    it(`tells that the billing address is ${what}, and asks once`, async () => {
      const { center, server } = await startBench({ ...withAddress, [validate]: answer });

      assert.deepEqual((await center.customers.readiness(customerId)).address, verdict);
      const asked = server.requests.filter(({ path }) => path === '/v1/validations/address');
      assert.deepEqual(
        asked.map(({ body }) => body),
        [{ addressLine1: '1 Microsoft Way', city: 'Redmnd', country: 'US' }],
      );
    });
  }

  it('tells why a qualification is not there', async () => {
    const denied = {
      qualification: 'Education',
      vettingStatus: 'Denied',
      vettingReason: 'Not an &quot;Education&quot; customer',
      vettingCreatedDate: '2026-02-01T10:00:00Z',
    };
    const { center } = await startBench({
      ...good,
      [`GET ${at}/qualifications`]: { json: [denied, { qualification: 'Nonprofit', vettingStatus: 'Odd' }] },
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

  it('throws when one of the calls fails', async () => {
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
