import assert from 'node:assert/strict';
import { closeBenches, customerId, items, startBench } from '../../support/partner-center-client.ts';

const at = `/v1/customers/${customerId}/agreements`;
const template = (templateId: string, versionRank: number, agreementType = 'MicrosoftCustomerAgreement') => ({
  templateId,
  agreementType,
  agreementLink: `https://aka.ms/${templateId}`,
  versionRank,
});
const templates = {
  json: items([template('old', 0), template('new', 1), template('cloud', 9, 'MicrosoftCloudAgreement')]),
};
const given = {
  contact: { firstName: 'Tania', lastName: 'Carr', email: 'tania@contoso.example', phoneNumber: '5555550100' },
  agreedAt: new Date('2026-02-28T00:00:00Z'),
};

describe('the customer agreement', () => {
  afterEach(closeBenches);

  it('has a template: the highest version of its type', async () => {
    const { center, server } = await startBench({ 'GET /v1/agreements': templates });

    assert.deepEqual(await center.agreements.template(), { templateId: 'new', link: 'https://aka.ms/new' });
    assert.equal(server.requests[0]?.query.get('agreementType'), 'MicrosoftCustomerAgreement');
    assert.match(String(server.requests[0]?.headers.authorization), /^Bearer user-/);
  });

  for (const answer of [{ status: 404 }, { json: items([]) }]) {
    it(`is not offered where there is no template (${answer.status ?? 'empty list'})`, async () => {
      const { center } = await startBench({ 'GET /v1/agreements': answer });

      await assert.rejects(center.agreements.template(), { kind: 'not-offered' });
      await assert.rejects(center.agreements.confirm(customerId, given), { kind: 'not-offered' });
    });
  }

  it('is confirmed with contact, date and template', async () => {
    const { center, server } = await startBench({ 'GET /v1/agreements': templates, [`POST ${at}`]: { status: 201 } });

    await center.agreements.confirm(customerId, given);

    const post = server.requests[1];
    assert.deepEqual(post?.body, {
      primaryContact: given.contact,
      templateId: 'new',
      dateAgreed: '2026-02-28T00:00:00.000Z',
      type: 'MicrosoftCustomerAgreement',
    });
    assert.match(String(post?.headers.authorization), /^Bearer user-/);
  });

  it('leaves out a telephone that was not given', async () => {
    const { center, server } = await startBench({ 'GET /v1/agreements': templates, [`POST ${at}`]: { status: 201 } });
    const { phoneNumber: _, ...contact } = given.contact;

    await center.agreements.confirm(customerId, { ...given, contact });

    assert.deepEqual((server.requests[1]?.body as { primaryContact?: object } | undefined)?.primaryContact, contact);
  });

  it('counts as confirmed when it was before (600061)', async () => {
    const refusal = { status: 400, json: { code: 600061, message: 'It exists.', errorName: 'X', isRetryable: false } };
    const { center } = await startBench({ 'GET /v1/agreements': templates, [`POST ${at}`]: refusal });

    await center.agreements.confirm(customerId, given);
  });

  it('is confirmed again under the same request id after a failure', async () => {
    const answers = [{ status: 502 }, { status: 400, json: { code: '600061' } }];
    const { center, server } = await startBench({ 'GET /v1/agreements': templates, [`POST ${at}`]: answers });

    await center.agreements.confirm(customerId, given);

    const [, first, second] = server.requests;
    assert.equal(first?.headers['ms-requestid'], second?.headers['ms-requestid']);
  });

  it('is refused as Partner Center says', async () => {
    const refusal = { status: 400, json: { code: 600062, description: 'The date is not valid.' } };
    const { center } = await startBench({ 'GET /v1/agreements': templates, [`POST ${at}`]: refusal });

    await assert.rejects(center.agreements.confirm(customerId, given), {
      kind: 'declined',
      description: 'The date is not valid.',
    });
  });

  it('has confirmations, newest first', async () => {
    const type = 'microsoftcustomeragreement';
    const confirmation = (email: string, dateAgreed: string | null) => ({
      primaryContact: { email },
      dateAgreed,
      type,
    });
    const { center } = await startBench({
      [`GET ${at}`]: {
        json: items([
          confirmation('a@x.example', '2025-01-01T00:00:00'),
          confirmation('b@x.example', '2026-01-01T00:00:00Z'),
          confirmation('c@x.example', null),
          { ...confirmation('d@x.example', '2026-02-01T00:00:00'), type: 'MicrosoftCloudAgreement' },
        ]),
      },
    });

    const found = await center.agreements.confirmations(customerId);

    assert.deepEqual(
      found.map(({ contact, agreedAt }) => [contact.email, agreedAt?.toISOString()]),
      [
        ['b@x.example', '2026-01-01T00:00:00.000Z'],
        ['a@x.example', '2025-01-01T00:00:00.000Z'],
        ['c@x.example', undefined],
      ],
    );
  });
});
