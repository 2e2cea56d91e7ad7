import assert from 'node:assert/strict';
import { PartnerCenterError } from '../../../src/partner-center/client/errors.ts';
import { closeBenches, customerId, items, startBench } from '../../support/partner-center-client.ts';

const none = items([]);

describe('multi-factor authentication', () => {
  afterEach(closeBenches);

  for (const [written, told] of [
    ['true', true],
    ['False', false],
    [undefined, undefined],
  ] as const) {
    it(`is asked about with a header, and ${written ?? 'nothing'} is answered`, async () => {
      const headers: Record<string, string> = written ? { isMfaCompliant: written } : {};
      const { center, server } = await startBench({ 'GET /v1/customers': { headers, json: none } });

      assert.equal(await center.isMfaCompliant(), told);
      assert.equal(server.requests[0]?.headers.validatemfa, 'true');
      assert.match(String(server.requests[0]?.headers.authorization), /^Bearer user-/);
    });
  }

  it('is asked about with every call of a person, and with no other', async () => {
    const { center, server } = await startBench({
      [`GET /v1/customers/${customerId}/entitlements`]: { json: none },
      [`GET /v1/customers/${customerId}/orders`]: { json: none },
    });

    await center.keys.entitlements(customerId, 'US');
    await center.ordering.orders(customerId);

    assert.deepEqual(
      server.requests.map(({ headers }) => headers.validatemfa),
      ['true', undefined],
    );
  });

  it('that is missing from an answer that came all the same is told once, with what to do', async () => {
    const path = `GET /v1/customers/${customerId}/entitlements`;
    const { center, lines } = await startBench({ [path]: { headers: { isMfaCompliant: 'false' }, json: none } });

    await center.keys.entitlements(customerId, 'US');
    await center.keys.entitlements(customerId, 'US');

    const warnings = lines.filter(({ level }) => level === 'warn');
    assert.equal(warnings.length, 1);
    assert.match(JSON.stringify(warnings[0]?.facts), /"operation":"listEntitlements".*npm run consent/);
  });

  for (const [what, answer] of [
    ['the header', { status: 401, headers: { isMfaCompliant: 'false' } }],
    ['the words', { status: 401, json: { code: 900421, description: 'Multi-factor authentication is required.' } }],
    ['the words of a 403', { status: 403, json: { code: 1, description: 'MFA claim missing.' } }],
    ['its code', { status: 401, json: { code: 900421 } }],
    ['a bare JSON text', { status: 401, json: 'MFA required' }],
    ['a plain text', { status: 401, raw: 'Multi-factor authentication required' }],
    ['a flag in the body', { status: 401, json: { isMfaCompliant: false, message: 'Denied.' } }],
    [
      'the header that refuses the token',
      {
        status: 401,
        headers: { 'WWW-Authenticate': 'Bearer error="invalid_token", error_description="MFA is missing"' },
      },
    ],
  ] as const) {
    it(`that is missing is told by ${what}, with what to do, also to the log`, async () => {
      const path = `GET /v1/customers/${customerId}/entitlements`;
      const { center, lines } = await startBench({ [path]: answer });

      await assert.rejects(center.keys.entitlements(customerId, 'US'), (error) => {
        assert.ok(error instanceof PartnerCenterError);
        assert.match(String(error.description), /without multi-factor authentication.*npm run consent/);
        return true;
      });
      const [line] = lines.filter(({ level }) => level === 'error');
      assert.equal(line?.text, 'refused by Partner Center');
      assert.match(JSON.stringify(line?.facts), /"operation":"listEntitlements".*npm run consent/);
    });
  }
});

describe('what the operator must do', () => {
  afterEach(closeBenches);

  const refusals: readonly [number, string | undefined, RegExp][] = [
    [401, '900420', /retired audience.*user_impersonation.*npm run consent/],
    [403, '900329', /token of a person.*PARTNER_CENTER_REFRESH_TOKEN/],
    [403, '900308', /AdminAgents/],
    [403, '900150', /AdminAgents/],
    [403, '900309', /Conditional Access/],
    [403, '900123', /Microsoft Partner Agreement/],
    [401, '800001', /proxy/],
    [401, '400', /refused a new token twice/],
    [401, undefined, /refused a new token twice/],
  ];
  for (const [status, code, remedy] of refusals) {
    it(`is told with ${status} ${code ?? 'without a code'}`, async () => {
      const path = `GET /v1/customers/${customerId}/entitlements`;
      const { center } = await startBench({
        [path]: { status, ...(code ? { json: { code, description: 'No.' } } : {}) },
      });

      await assert.rejects(center.keys.entitlements(customerId, 'US'), (error) => {
        assert.ok(error instanceof PartnerCenterError);
        assert.match(String(error.description), remedy);
        assert.match(String(error.remedy), remedy);
        return true;
      });
    });
  }

  const ofTheApplication: readonly [number, string, RegExp][] = [
    [403, '900308', /The application PARTNER_CENTER_CLIENT_ID may not do this/],
    [403, '900150', /The application PARTNER_CENTER_CLIENT_ID may not do this/],
    [401, '400', /token of the application twice/],
  ];
  for (const [status, code, remedy] of ofTheApplication) {
    it(`blames no person where the application called and was refused with ${status} ${code}`, async () => {
      const path = `GET /v1/customers/${customerId}/orders`;
      const { center } = await startBench({ [path]: { status, json: { code, description: 'No.' } } });

      await assert.rejects(center.ordering.orders(customerId), (error) => {
        assert.ok(error instanceof PartnerCenterError);
        assert.match(String(error.remedy), remedy);
        assert.doesNotMatch(String(error.remedy), /REFRESH_TOKEN|npm run consent/);
        return true;
      });
    });
  }

  it('is told where the directory wants more than the token shows', async () => {
    const path = `GET /v1/customers/${customerId}/entitlements`;
    const challenge = { 'WWW-Authenticate': 'Bearer realm="", error="insufficient_claims", claims="eyJ9"' };
    const { center } = await startBench({ [path]: { status: 401, headers: challenge } });

    await assert.rejects(center.keys.entitlements(customerId, 'US'), { description: /Conditional Access/ });
  });

  it('is nothing where the business was refused', async () => {
    const path = `GET /v1/customers/${customerId}/entitlements`;
    const { center, lines } = await startBench({ [path]: { status: 403, json: { code: 800019, description: 'No.' } } });

    await assert.rejects(center.keys.entitlements(customerId, 'US'), { kind: 'declined', description: 'No.' });
    assert.ok(!lines.some(({ level }) => level === 'error'));
  });
});
