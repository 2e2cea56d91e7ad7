import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { type Desk, openDesk } from './desk.ts';

describe('reports on multi-factor authentication', () => {
  let desk: Desk;
  before(async () => {
    desk = await openDesk();
  });
  beforeEach(() => desk.reset());
  after(() => desk.close());

  const adoption = async () => (await desk.get('/v1/applicationmfaadoptionstatus')).list('');
  const requests = async () => (await desk.get('/v1/partnerRequests')).list('items');
  const day = () => desk.simulator.now().toISOString().slice(0, 10);

  async function signInWithoutMfa(): Promise<void> {
    const { url, credentials } = desk.simulator;
    const page = `${url}/${credentials.tenantId}/oauth2/authorize?redirect_uri=http://localhost/&simulateMfa=false`;
    const back = new URL((await fetch(page, { redirect: 'manual' })).headers.get('location') ?? '');
    await desk.signIn({ grant_type: 'authorization_code', code: back.searchParams.get('code') ?? '' });
  }

  it('tell of each request made in the name of a person: who, what, when and from where', async () => {
    const { clientId, tenantId } = desk.simulator.credentials;
    const contoso = await desk.customerId('Contoso');
    const ids = { 'MS-RequestId': randomUUID(), 'MS-CorrelationId': randomUUID() };
    await desk.get(`/v1/customers/${contoso}/orders?billingType=onetime`, ids);

    const [, newest] = await requests();

    assert.deepEqual(Object.keys(Object(newest?.at(''))), [
      'requestId',
      'correlationId',
      'operationName',
      'requestDateTime',
      'ipAddress',
      'objectId',
      'tenantId',
      'upn',
      'applicationId',
      'mfaCompliant',
    ]);
    assert.equal(newest?.at('requestId'), ids['MS-RequestId']);
    assert.equal(newest?.at('correlationId'), ids['MS-CorrelationId']);
    assert.equal(newest?.at('operationName'), 'Get /v{version}/customers/{customer_id}/orders');
    assert.match(newest?.text('requestDateTime') ?? '', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+$/);
    assert.equal(newest?.at('ipAddress'), '127.0.0.1');
    assert.match(newest?.text('objectId') ?? '', /^[0-9a-f-]{36}$/);
    assert.equal(newest?.at('tenantId'), tenantId);
    assert.equal(newest?.at('upn'), 'desk@partner.onmicrosoft.com');
    assert.equal(newest?.at('applicationId'), clientId);
    assert.equal(newest?.at('mfaCompliant'), true);
  });

  it('are a collection of requests, newest first, the one that asks among them', async () => {
    await desk.get('/v1/customers?size=1');

    const report = await desk.get('/v1/partnerRequests');

    assert.equal(report.at('totalCount'), 2);
    assert.deepEqual(
      report.list('items').map((request) => request.at('operationName')),
      ['Get /v{version}/partnerRequests', 'Get /v{version}/customers'],
    );
    assert.deepEqual(report.at('attributes'), { objectType: 'Collection' });
  });

  it('count by application and day, with and without the second factor', async () => {
    await desk.get('/v1/customers?size=1');
    await signInWithoutMfa();
    const refused = await desk.get('/v1/customers?size=1');
    await desk.signIn();
    const today = day();
    const { clientId } = desk.simulator.credentials;

    const report = await adoption();

    assert.equal(refused.status, 401);
    assert.deepEqual(
      report.map((line) => line.at('')),
      [
        {
          loginDate: today,
          mfaCompliantRequestCount: 2,
          totalRequestCount: 3,
          applicationId: clientId,
          applicationName: '',
        },
      ],
    );
    assert.deepEqual(
      (await requests()).map((request) => request.at('mfaCompliant')),
      [true, true, false, true],
    );
  });

  it('begin a new line with a new day, and forget single requests after seven', async () => {
    const yesterday = day();
    await desk.get('/v1/customers?size=1');
    await desk.advance(86_400);
    await desk.signIn();

    assert.deepEqual(
      (await adoption()).map((line) => [line.at('loginDate'), line.at('totalRequestCount')]),
      [
        [day(), 1],
        [yesterday, 1],
      ],
    );
    await desk.advance(6.5 * 86_400);
    await desk.signIn();
    assert.deepEqual(
      (await requests()).map((request) => request.at('operationName')),
      ['Get /v{version}/partnerRequests', 'Get /v{version}/applicationmfaadoptionstatus'],
    );
  });

  it('leave out applications alone, strangers, the directory and Graph', async () => {
    await desk.get('/v1/customers?size=1', { Authorization: 'Bearer a.b.c' });
    await desk.signIn({ resource: 'https://graph.microsoft.com' });
    await desk.get('/v1.0/me/transitiveMemberOf');
    await desk.signIn({ grant_type: 'client_credentials' });
    await desk.get('/v1/customers?size=1');
    await desk.signIn();

    assert.equal((await requests()).length, 1);
  });

  it('are for persons only, and do not change what testers see of the calls', async () => {
    await desk.signIn({ grant_type: 'client_credentials' });
    const [first, second] = [await desk.get('/v1/applicationmfaadoptionstatus'), await desk.get('/v1/partnerRequests')];
    const [call] = (await desk.control('GET', 'requests')).list('');

    assert.equal(first.at('code'), 900329);
    assert.equal(second.at('code'), 900329);
    assert.deepEqual(Object.keys(Object(call?.at(''))), [
      'at',
      'method',
      'path',
      'requestId',
      'correlationId',
      'status',
    ]);
  });
});
