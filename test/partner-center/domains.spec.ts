import assert from 'node:assert/strict';
import { closeBenches, startBench } from '../support/partner-center-client.ts';

describe('a domain', () => {
  afterEach(closeBenches);

  it('is taken with 200 and free with 404', async () => {
    const { center, server } = await startBench({ 'HEAD /v1/domains/contoso.example': { status: 200 } });

    assert.equal(await center.domains.isTaken(' Contoso.example'), true);
    assert.equal(await center.domains.isTaken('free.example'), false);
    assert.equal(server.requests[0]?.method, 'HEAD');
  });

  it('is asked for again when Partner Center is away', async () => {
    const { center, server } = await startBench({ 'HEAD /v1/domains/x.example': [{ status: 503 }, { status: 200 }] });

    assert.equal(await center.domains.isTaken('x.example'), true);
    assert.equal(server.requests.length, 2);
  });

  it('is neither where the call is refused', async () => {
    const { center } = await startBench({ 'HEAD /v1/domains/x.example': { status: 403 } });

    await assert.rejects(center.domains.isTaken('x.example'), { kind: 'forbidden' });
  });
});
