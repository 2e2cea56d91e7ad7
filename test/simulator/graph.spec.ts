import assert from 'node:assert/strict';
import { type Desk, openDesk } from './desk.ts';

describe('Graph', () => {
  let desk: Desk;
  const ADMIN_GROUP = '11111111-1111-4111-8111-111111111111';
  const ANNA = '22222222-2222-4222-8222-222222222222';
  before(async () => {
    desk = await openDesk({ groups: { [ADMIN_GROUP]: [ANNA] } });
    await desk.signIn({ grant_type: 'client_credentials', resource: 'https://graph.microsoft.com' });
  });
  after(() => desk.close());

  it('tells which of the asked groups a person is in', async () => {
    const others = desk.simulator.groups.map(({ id }) => id);
    const path = `/v1.0/users/${ANNA}/checkMemberGroups`;
    const reply = await desk.call('POST', path, { groupIds: [ADMIN_GROUP, ...others.slice(0, 3)] });

    assert.deepEqual(reply.at('value'), [ADMIN_GROUP]);
  });

  it('answers for the person a token was given on behalf of', async () => {
    const assertion = ['{}', JSON.stringify({ oid: ANNA }), ''].map((part) => Buffer.from(part).toString('base64url'));
    await desk.signIn({
      grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
      requested_token_use: 'on_behalf_of',
      assertion: assertion.join('.'),
      resource: 'https://graph.microsoft.com',
    });
    const groups = await desk.call('POST', '/v1.0/me/checkMemberGroups', { groupIds: [ADMIN_GROUP] });
    const memberOf = await desk.get('/v1.0/me/transitiveMemberOf');

    assert.deepEqual(groups.at('value'), [ADMIN_GROUP]);
    assert.deepEqual(
      memberOf.list('value').map((entry) => entry.at('id')),
      [ADMIN_GROUP],
    );
  });

  it('finds a group by its name', async () => {
    const reply = await desk.get(`/v1.0/groups?$filter=${encodeURIComponent("displayName eq 'AdminAgents'")}`);

    assert.equal(reply.list('value').length, 1);
    assert.equal(reply.at('value.0.displayName'), 'AdminAgents');
  });

  it('does not take a Partner Center token, nor more than twenty groups', async () => {
    const tooMany = await desk.call('POST', `/v1.0/users/${ANNA}/checkMemberGroups`, {
      groupIds: Array.from({ length: 21 }, () => ADMIN_GROUP),
    });
    await desk.signIn();
    const wrongToken = await desk.get('/v1.0/groups');

    assert.equal(tooMany.status, 400);
    assert.equal(wrongToken.status, 401);
  });
});
