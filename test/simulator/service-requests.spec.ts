import assert from 'node:assert/strict';
import { type Client, startClient } from './client.ts';
import * as purchases from './purchases.ts';

describe('service requests', () => {
  let client: Client;
  let contoso: string;
  before(async () => {
    client = await startClient();
    contoso = await client.customerId('Contoso');
  });
  beforeEach(() => client.reset());
  after(() => client.close());

  const file = async (description: string) => {
    const created = await client.call('POST', '/v1/servicerequests/en-US', {
      Title: 'Refund',
      Description: description,
      Severity: 'moderate',
      SupportTopicId: '32444690',
      Status: 'none',
      CreatedDate: '0001-01-01T00:00:00',
      NewNote: null,
      Notes: null,
    });
    assert.equal(created.status, 201);
    return created;
  };
  const read = (id: string) => client.get(`/v1/servicerequests/${id}`);
  const note = (id: string, text: string) =>
    client.call('PATCH', `/v1/servicerequests/${id}`, { Severity: 'unknown', Status: 'none', NewNote: { Text: text } });
  const order = async (firstLine: string) => (await purchases.orderOf(client, contoso, firstLine)).text('id');
  const statusOf = async (orderId: string) =>
    (await client.get(`/v1/customers/${contoso}/orders/${orderId}`)).at('status');

  it('say field by field what is wrong with a new one', async () => {
    const reply = await client.call('POST', '/v1/servicerequests/en-US', {
      title: 'x'.repeat(256),
      severity: 'minimal',
    });

    assert.equal(reply.status, 400);
    assert.equal(reply.at('title'), 'One or more validation errors occurred.');
    assert.deepEqual(Object.keys(Object(reply.at('errors'))).sort(), ['description', 'supportTopicId', 'title']);
  });

  it('show less in a list than singly', async () => {
    await client.control('POST', 'tickets', {
      ...{ title: 'Refund please', description: 'What it is about', filedBy: 'service-account' },
    });
    await client.advance(20);
    const listed = (await client.get('/v1/servicerequests'))
      .list('items')
      .find((one) => one.at('title') === 'Refund please');
    const single = await client.get(`/v1/servicerequests/${listed?.text('id')}`);

    for (const field of ['description', 'notes', 'supportTopicId', 'supportTopicName']) {
      assert.equal(listed?.at(field), undefined, field);
      assert.notEqual(single.at(field), undefined, field);
    }
  });

  it('begin without status and dates, are opened, and closed after the delay with the order cancelled', async () => {
    const orderId = await order('SQL Server 2022 Standard');
    const created = await file(`Customer: ${contoso}\nOrder ID: ${orderId}\nReason: wrong edition\nAmount: 100.00 EUR`);
    const id = created.text('id');
    const fresh = await read(id);
    await client.advance(4);
    const opened = await read(id);
    const meanwhile = await statusOf(orderId);
    await client.advance(6);
    const closed = await read(id);

    assert.match(id, /^\d{16}$/);
    assert.equal(created.at('status'), 'none');
    assert.equal(created.at('createdDate'), '0001-01-01T00:00:00');
    assert.equal(fresh.at('status'), 'none');
    assert.equal(created.at('productId'), undefined);
    assert.equal(opened.at('productId'), '15960');
    assert.equal(opened.at('status'), 'open');
    assert.equal(meanwhile, 'completed');
    assert.equal(closed.at('status'), 'closed');
    assert.match(closed.text('notes.0.text'), /refund was approved/);
    assert.notEqual(closed.at('lastClosedDate'), '0001-01-01T00:00:00');
    assert.equal(await statusOf(orderId), 'cancelled');
  });

  it('take files in mode extended, until they are closed, and keep what is known of them', async () => {
    const id = (await file('contoso.onmicrosoft.com, not yet told which order')).text('id');
    const attach = (content: string, fileSize = Buffer.from(content).length) =>
      client.call('POST', `/v1/servicerequests/${id}/filelinks`, {
        ...{ fileNameWithoutExtension: 'contract', fileExtension: 'pdf', fileSize },
        content: Buffer.from(content).toString('base64'),
      });

    const attached = await attach('%PDF-1.4 of Contoso');
    const wrongSize = await attach('%PDF-1.4', 5);

    assert.equal(attached.status, 201);
    assert.equal(attached.at('content'), undefined);
    assert.equal(wrongSize.status, 400);
    const shown = await read(id);
    assert.equal(shown.at('fileLinks.0.fileNameWithoutExtension'), 'contract');
    assert.equal(shown.at('fileLinks.0.fileSize'), 19);
    assert.equal(shown.at('fileLinks.1'), undefined);
    await client.call('PATCH', `/v1/servicerequests/${id}`, { status: 'closed' });
    assert.equal((await attach('too late')).status, 400);
  });

  it('revoke the keys and leave a record of the order', async () => {
    const orderId = await order('Windows Server 2022 Standard');
    await file(`contoso.onmicrosoft.com, order ${orderId}, reason: not needed`);
    await client.advance(10);
    const entitlements = await client.get(`/v1/customers/${contoso}/entitlements`);
    const entitlement = entitlements.list('items').find((item) => item.at('referenceOrder.id') === orderId);
    const [record] = (await client.get('/v1/auditrecords')).list('items');

    assert.equal(entitlement?.at('entitledArtifacts.0.state'), 'Revoked');
    assert.equal(record?.at('operationType'), 'update_order');
    assert.match(JSON.stringify(record?.at('customizedData')), new RegExp(orderId));
  });

  it('cancel only the lines that are named, or the line of a subscription', async () => {
    const orderId = await order('Windows Server 2025 Standard');
    const subscription = (await client.get(`/v1/customers/${contoso}/subscriptions`)).list('items')[0];
    await file(`Tenant ${contoso}. Order ID: ${orderId}, lines 1. Reason: too many.`);
    await file(`contoso.example: subscription ${subscription?.text('id')} is not needed`);
    await client.advance(10);
    const changed = await client.get(`/v1/customers/${contoso}/orders/${orderId}`);

    assert.deepEqual(
      changed.list('lineItems').map((line) => line.at('quantity')),
      [2, 0],
    );
    assert.equal(await statusOf(subscription?.text('orderId') ?? ''), 'cancelled');
  });

  it('ask back when no order is named, and look again at the answer', async () => {
    const orderId = await order('Windows Server 2022 Standard');
    const id = (await file(`Please refund the purchase of ${contoso}`)).text('id');
    await client.advance(10);
    const asking = await read(id);
    const answered = await note(id, `It is order ${orderId}.`);
    await client.advance(10);
    const closed = await read(id);

    assert.equal(asking.at('status'), 'attention_needed');
    assert.match(asking.text('notes.0.text'), /order ID/);
    assert.equal(answered.status, 200);
    assert.equal(answered.at('status'), 'open');
    assert.equal(closed.at('status'), 'closed');
    assert.equal(await statusOf(orderId), 'cancelled');
  });

  it('ask back when the order is not the customer’s, or no customer is named', async () => {
    const northwind = await client.customerId('Northwind');
    const orderId = await order('Windows Server 2022 Standard');
    const wrong = (await file(`Tenant ${northwind}, order ${orderId}`)).text('id');
    const nobody = (await file(`Order ${orderId}`)).text('id');
    await client.advance(10);

    assert.equal((await read(wrong)).at('status'), 'attention_needed');
    assert.equal((await read(nobody)).at('status'), 'attention_needed');
    assert.equal(await statusOf(orderId), 'completed');
  });

  it('are closed without a cancellation for what is never refunded', async () => {
    const fabrikam = await client.customerId('Fabrikam Inc');
    const redHat = (await purchases.orderOf(client, fabrikam, 'Red Hat')).text('id');
    const id = (await file(`fabrikam.onmicrosoft.com ${redHat}`)).text('id');
    await client.advance(10);
    const closed = await read(id);

    assert.equal(closed.at('status'), 'closed');
    assert.match(closed.text('notes.0.text'), /cannot be cancelled/);
    assert.equal((await client.get(`/v1/customers/${fabrikam}/orders/${redHat}`)).at('status'), 'completed');
  });

  it('do nothing more once the partner closed them', async () => {
    const orderId = await order('Windows Server 2022 Standard');
    const id = (await file(`${contoso} ${orderId}`)).text('id');
    await client.advance(1);
    const closed = await client.call('PATCH', `/v1/servicerequests/${id}`, { Status: 'closed' });
    await client.advance(20);

    assert.equal(closed.at('status'), 'closed');
    assert.equal((await read(id)).at('status'), 'closed');
    assert.equal(await statusOf(orderId), 'completed');
    const [latest] = (await client.get(`/v1/auditrecords?filter=${byCustomer()}`)).list('items');
    assert.notEqual(latest?.at('operationType'), 'update_order');
  });

  const byCustomer = () =>
    encodeURIComponent(JSON.stringify({ Field: 'CustomerId', Value: contoso, Operator: 'equals' }));

  it('are listed with numbers for status and severity, filtered by status in either way', async () => {
    const all = await client.get('/v1/servicerequests');
    const byField = await client.get('/v1/servicerequests?Field=Status&Value=open');
    const filter = encodeURIComponent('{"Field":"Status","Value":"AttentionNeeded","Operator":"equals"}');
    const byFilter = await client.get(`/v1/servicerequests?filter=${filter}`);
    const byNumber = await client.get('/v1/servicerequests?Field=Status&Value=2');
    const byOthers = await client.get('/v1/servicerequests?Field=Status&Value=closed&Operator=not_equals');
    const wrong = await client.get('/v1/servicerequests?Field=Title&Value=x');
    const oddly = await client.get('/v1/servicerequests?Field=Status&Value=open&Operator=substring');

    assert.equal(all.at('totalCount'), 3);
    assert.equal(byField.at('items.0.status'), 1);
    assert.equal(byFilter.at('items.0.status'), 3);
    assert.equal(byFilter.at('items.0.severity'), 1);
    assert.equal(byNumber.at('items.0.status'), 2);
    assert.deepEqual(
      byOthers.list('items').map((ticket) => ticket.at('status') === 2),
      [false, false],
    );
    assert.equal(oddly.status, 400);
    assert.equal(wrong.status, 400);
    assert.equal(wrong.at('title'), 'Bad Request');
  });

  it('are paged by offset and size', async () => {
    const page = await client.get('/v1/servicerequests?offset=1&size=1');

    assert.equal(page.list('items').length, 1);
  });

  it('keep contact and files, and name the topic', async () => {
    const primaryContact = {
      firstName: 'Anna',
      lastName: 'Nowak',
      email: 'anna@partner.example',
      phoneNumber: '22 555',
    };
    const file = { id: '1', fileNameWithoutExtension: 'invoice', fileExtension: 'pdf', fileSize: 1234 };
    const created = await client.call('POST', '/v1/servicerequests/en-US', {
      title: 'Refund',
      description: 'x',
      severity: 1,
      supportTopicId: 32444690,
      primaryContact,
      fileLinks: [file],
    });
    const topics = await client.get('/v1/servicerequests/supporttopics');

    assert.equal(created.at('severity'), 'critical');
    assert.equal(created.at('supportTopicName'), 'CSP purchase/refund on behalf of customers');
    assert.equal(created.at('primaryContact.email'), 'anna@partner.example');
    assert.deepEqual(created.at('fileLinks'), [file]);
    assert.ok(topics.list('items').some((topic) => topic.at('id') === 32444690));
  });

  it('are not known under a strange id, and not filed without their four facts', async () => {
    const strange = await read('2611220000000000');
    const incomplete = await client.call('POST', '/v1/servicerequests/en-US', { Title: 'x' });

    assert.equal(strange.status, 404);
    assert.equal(typeof strange.at('detail'), 'string');
    assert.equal(incomplete.status, 400);
  });
});

describe('service requests of the organisation', () => {
  const ORGANISATION = { IncludeOrganizationRequests: 'true' };
  const portal = { title: 'Refund', description: 'Please cancel something.' };
  let client: Client;
  afterEach(() => client.close());

  const titles = async (headers: Record<string, string>) =>
    (await client.get('/v1/servicerequests', headers)).list('items').map((ticket) => ticket.text('title'));

  it('are listed and read under the header only; without it, one’s own', async () => {
    client = await startClient();
    const id = (await client.control('POST', 'tickets', portal)).text('id');
    await client.call('POST', '/v1/servicerequests/en-US', {
      ...portal,
      title: 'Own',
      severity: 1,
      supportTopicId: '1',
    });

    assert.deepEqual((await titles({})).includes('Refund'), false);
    assert.deepEqual((await titles({})).includes('Own'), true);
    assert.deepEqual((await titles(ORGANISATION)).includes('Refund'), true);
    assert.deepEqual((await titles(ORGANISATION)).includes('Own'), true);
    assert.equal((await client.get(`/v1/servicerequests/${id}`)).status, 404);
    assert.equal((await client.get(`/v1/servicerequests/${id}`, ORGANISATION)).at('id'), id);
  });

  it('are for those with the role Support request admin, else 900308', async () => {
    client = await startClient({ supportRequestAdmin: false });
    const id = (await client.control('POST', 'tickets', portal)).text('id');
    const list = await client.get('/v1/servicerequests', ORGANISATION);
    const one = await client.get(`/v1/servicerequests/${id}`, ORGANISATION);

    for (const refused of [list, one]) {
      assert.equal(refused.status, 403);
      assert.equal(refused.at('code'), 900308);
    }
    assert.equal((await titles({})).length, 3);
  });

  it('are one’s own too when the portal’s form was filled in by the service account', async () => {
    client = await startClient();
    const colleague = await client.control('POST', 'tickets', portal);
    const own = await client.control('POST', 'tickets', {
      ...portal,
      title: 'By the service account',
      filedBy: 'service-account',
    });

    assert.match(colleague.text('primaryContact.email'), /^[^@ ]+@partner\.onmicrosoft\.com$/);
    assert.notEqual(colleague.at('primaryContact.email'), own.at('primaryContact.email'));
    assert.equal((await titles({})).includes('By the service account'), true);
  });
});
