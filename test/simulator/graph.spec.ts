import assert from 'node:assert/strict';
import { type Client, startClient } from './client.ts';

describe('Graph', () => {
  let client: Client;
  const ADMIN_GROUP = '11111111-1111-4111-8111-111111111111';
  const CROWD = '33333333-3333-4333-8333-333333333333';
  const ANNA = '22222222-2222-4222-8222-222222222222';
  const NOBODY = '99999999-9999-4999-8999-999999999999';
  const many = Array.from({ length: 101 }, (_, index) => `44444444-4444-4444-8444-${String(index).padStart(12, '0')}`);
  before(async () => {
    client = await startClient({ groups: { [ADMIN_GROUP]: [ANNA], [CROWD]: many } });
  });
  beforeEach(() => client.signIn({ grant_type: 'client_credentials', resource: 'https://graph.microsoft.com' }));
  after(() => client.close());

  it('tells which of the asked groups a person is in', async () => {
    const others = client.simulator.groups.map(({ id }) => id);
    const path = `/v1.0/users/${ANNA}/checkMemberGroups`;
    const reply = await client.call('POST', path, { groupIds: [ADMIN_GROUP, ...others.slice(0, 3)] });

    assert.deepEqual(reply.at('value'), [ADMIN_GROUP]);
  });

  it('lists the members of a group, by id', async () => {
    const reply = await client.get(`/v1.0/groups/${ADMIN_GROUP}/transitiveMembers?$select=id`);

    assert.equal(reply.status, 200);
    assert.deepEqual(reply.at(''), {
      '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#directoryObjects(id)',
      value: [{ '@odata.type': '#microsoft.graph.user', id: ANNA }],
    });
  });

  it('lists many members in pages, each with the address of the next', async () => {
    const path = `/v1.0/groups/${CROWD}/transitiveMembers`;
    const first = await client.get(`${path}?$select=id`);
    const next = new URL(String(Object(first.at(''))['@odata.nextLink']));
    const second = await client.get(next.pathname + next.search);
    const small = await client.get(`${path}?$select=id&$top=3`);
    const wrong = await client.get(`${path}?$top=none`);

    assert.equal(next.origin, client.simulator.url);
    assert.deepEqual(
      [...first.list('value'), ...second.list('value')].map((member) => member.at('id')),
      many,
    );
    assert.equal(Object(second.at(''))['@odata.nextLink'], undefined);
    assert.equal(small.list('value').length, 3);
    assert.equal(wrong.status, 400);
  });

  it('tells who is a member of the directory: those of the groups and of the seed, and nobody else', async () => {
    const twin = await startClient();
    const seeded = twin.simulator.groups.flatMap(({ members }) => members);
    await twin.close();
    const anna = await client.get(`/v1.0/users/${ANNA.toUpperCase()}?$select=id,userType,accountEnabled`);

    assert.deepEqual(anna.at(''), {
      '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#users(id,userType,accountEnabled)/$entity',
      id: ANNA,
      userType: 'Member',
      accountEnabled: true,
    });
    for (const person of seeded) assert.equal((await client.get(`/v1.0/users/${person}?$select=id`)).at('id'), person);
    assert.equal((await client.get(`/v1.0/users/${NOBODY}?$select=id`)).status, 404);
  });

  it('does not know groups and people that are not there, and says so in its own shape', async () => {
    const headers = { 'client-request-id': '55555555-5555-4555-8555-555555555555' };
    const group = await client.get(`/v1.0/groups/${NOBODY}/transitiveMembers?$select=id`, headers);
    const person = await client.call('POST', `/v1.0/users/${NOBODY}/checkMemberGroups`, { groupIds: [] });
    const date = group.text('error.innerError.date');

    assert.equal(group.status, 404);
    assert.equal(group.at('error.code'), 'Request_ResourceNotFound');
    assert.match(group.text('error.message'), new RegExp(NOBODY));
    assert.match(date, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/);
    assert.equal(group.at('error.innerError.request-id'), group.headers.get('request-id'));
    assert.equal(group.at('error.innerError.client-request-id'), headers['client-request-id']);
    assert.equal(group.headers.get('client-request-id'), headers['client-request-id']);
    assert.equal(person.at('error.code'), 'Request_ResourceNotFound');
  });

  it('does not take more than twenty groups, nor a body without them', async () => {
    const path = `/v1.0/users/${ANNA}/checkMemberGroups`;
    const tooMany = await client.call('POST', path, { groupIds: Array.from({ length: 21 }, () => ADMIN_GROUP) });
    const none = await client.call('POST', path, {});

    for (const reply of [tooMany, none]) {
      assert.equal(reply.status, 400);
      assert.equal(reply.at('error.code'), 'Request_BadRequest');
      assert.ok(reply.text('error.message').length > 10);
    }
  });

  it('does not take a Partner Center token', async () => {
    await client.signIn();
    const wrongToken = await client.get(`/v1.0/users/${ANNA}`);
    const none = await client.get(`/v1.0/users/${ANNA}`, { Authorization: '' });

    for (const reply of [wrongToken, none]) {
      assert.equal(reply.status, 401);
      assert.equal(reply.at('error.code'), 'InvalidAuthenticationToken');
      assert.equal(typeof reply.at('error.innerError.request-id'), 'string');
    }
  });

  describe('of every cloud', () => {
    const tokenFor = async (scope: string) => {
      const { clientId, clientSecret, tenantId } = client.simulator.credentials;
      const form = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret, scope };
      const address = `${client.simulator.url}/${tenantId}/oauth2/v2.0/token`;
      const response = await fetch(address, { method: 'POST', body: new URLSearchParams(form) });
      return { status: response.status, body: Object(await response.json()) };
    };

    for (const host of [
      'graph.microsoft.com',
      'graph.microsoft.us',
      'dod-graph.microsoft.us',
      'microsoftgraph.chinacloudapi.cn',
    ]) {
      it(`gives tokens for ${host}, and takes them`, async () => {
        const { body } = await tokenFor(`https://${host}/.default`);
        const anna = await client.get(`/v1.0/users/${ANNA}`, { Authorization: `Bearer ${body.access_token}` });

        assert.equal(anna.status, 200);
      });
    }

    it('has no other hosts, the simulator’s own included', async () => {
      for (const root of [client.simulator.url, 'https://graph.microsoft.com.example', 'http://graph.microsoft.com']) {
        const refused = await tokenFor(`${root}/.default`);

        assert.equal(refused.status, 400);
        assert.equal(refused.body.error, 'invalid_resource');
      }
    });
  });
});
