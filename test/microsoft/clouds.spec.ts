import assert from 'node:assert/strict';
import { authorityFor, cloudMismatch, pricesFor, resourceOf } from '../../src/microsoft/clouds.ts';
import { createPartnerCenter } from '../../src/partner-center/index.ts';
import { closeBenches, customerId, startBench } from '../support/partner-center-client.ts';
import { recordLog } from '../support/recorded-log.ts';

const global = 'https://api.partnercenter.microsoft.com';
const china = 'https://partner.partnercenterapi.microsoftonline.cn';
const directories = {
  global: 'https://login.microsoftonline.com',
  government: 'https://login.microsoftonline.us',
  china: 'https://login.partner.microsoftonline.cn',
  germany: 'https://login.microsoftonline.de',
};

describe('the clouds', () => {
  afterEach(closeBenches);

  it('have their audience, directory and price host', () => {
    const prices = 'https://api.partner.microsoft.com';

    assert.equal(resourceOf(`${global}/`), global);
    assert.equal(resourceOf(`${china}/`), china);
    assert.equal(resourceOf('http://127.0.0.1:3979'), global, 'the simulator stands for the global cloud');
    assert.equal(authorityFor(global), directories.global);
    assert.equal(authorityFor(china), directories.china);
    assert.equal(authorityFor('http://[::1]:3979/'), 'http://[::1]:3979', 'a simulator signs in itself');
    assert.deepEqual(pricesFor(global), { url: prices, resource: prices });
    assert.deepEqual(pricesFor(china), { url: china, resource: china });
  });

  it('fit together or are told to be different ones', () => {
    assert.equal(cloudMismatch(global, directories.global), undefined);
    assert.equal(cloudMismatch(global, `${directories.government}/`), undefined, 'the same address as the global one');
    assert.equal(cloudMismatch(china, directories.china), undefined);
    assert.equal(cloudMismatch('https://proxy.partner.example', directories.government), undefined);
    assert.equal(cloudMismatch(global, 'http://127.0.0.1:3979'), undefined);
    assert.match(String(cloudMismatch(china, directories.global)), /PARTNER_CENTER_URL is that of 21Vianet/);
    assert.match(String(cloudMismatch(global, directories.china)), /PARTNER_CENTER_AUTHORITY is that of 21Vianet/);
    assert.match(String(cloudMismatch(global, directories.germany)), /was closed/);
  });

  const asked: readonly [string, string, string][] = [
    ['US Government', global, global],
    ['21Vianet', china, china],
  ];
  for (const [name, url, resource] of asked) {
    it(`${name}: tokens are asked for with its audience`, async () => {
      const refusal = { status: 400, json: { error: 'invalid_grant' } };
      // The directory refuses, so that nothing goes out to the real address.
      const bench = await startBench({ 'POST /partner-tenant/oauth2/token': refusal }, { url });
      const { center, server } = bench;
      const other = await startBench({}, { url, authority: server.url });

      await assert.rejects(other.center.keys.entitlements(customerId, 'US'), { operation: 'signIn' });
      await assert.rejects(other.center.ordering.orders(customerId), { operation: 'signIn' });
      assert.deepEqual(
        server.signIns.map(({ text }) => new URLSearchParams(text).get('resource')),
        [resource, resource],
      );
      await center.close();
    });
  }

  it('that do not fit get no credentials: there is no client of both', () => {
    const options = { tenantId: 't', clientId: 'c', clientSecret: 's', refreshToken: 'r' };
    const parts = { clock: { now: () => new Date() }, log: recordLog() };

    assert.throws(
      () => createPartnerCenter({ ...options, ...parts, url: china, authority: directories.global }),
      /login\.partner\.microsoftonline\.cn/,
    );
  });
});
