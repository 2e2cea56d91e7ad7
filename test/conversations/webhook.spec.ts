import assert from 'node:assert/strict';
import { startTestApp, type TestApp } from '../support/app.ts';

describe('an event of Partner Center', () => {
  let app: TestApp;

  before(async () => {
    app = await startTestApp();
  });

  after(() => app.stop());

  const deliver = (headers: Record<string, string>, body: string) =>
    fetch(`${app.url}/webhooks/partner-center`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    });

  const event = JSON.stringify({
    EventName: 'subscription-updated',
    ResourceUri: 'http://api.partnercenter.microsoft.com/webhooks/v1/customers/x/subscriptions/y',
    ResourceName: 'subscription',
    AuditUri: null,
    ResourceChangeUtcDate: new Date().toISOString(),
  });

  it('without a signature is refused', async () => {
    const answer = await deliver({}, event);

    assert.equal(answer.status, 400);
  });

  it('with somebody else’s signature is refused, and counted', async () => {
    const answer = await deliver(
      {
        authorization: `Signature ${Buffer.from('not a signature').toString('base64')}`,
        'x-ms-certificate-url': 'https://attacker.example/certificate.cer',
        'x-ms-signature-algorithm': 'rsa-sha256',
      },
      event,
    );

    assert.equal(answer.status, 401);
    const metrics = await (await fetch(`${app.url}/metrics`)).text();
    assert.match(metrics, /desk_partner_center_events_total\{outcome="forged"\} 1/);
  });
});
