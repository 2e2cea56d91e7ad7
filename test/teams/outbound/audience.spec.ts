import assert from 'node:assert/strict';
import type { PlaceReference } from '../../../src/domain/people/references.ts';
import { createAllows } from '../../../src/teams/hosts.ts';
import { type Audience, createAudience } from '../../../src/teams/outbound/audience.ts';
import { createRead } from '../../../src/teams/outbound/send.ts';
import { type Member, type StubConnector, startStubConnector } from '../../support/stub-connector.ts';
import { readableLog } from '../parts.ts';

const tenant = '3f6c1a52-8d0b-4f7e-9c21-5ab0e4d7c110';
const channel = '19:x@thread.tacv2';
const ada: Member = { id: '29:ada', tenantId: tenant.toUpperCase(), userRole: 'user' };
const bea: Member = { id: '29:bea', tenantId: tenant, userRole: 'user' };
const tom: Member = { id: '29:tom', tenantId: tenant, userRole: 'user' };
const eve: Member = { id: '29:eve', tenantId: '11111111-8d0b-4f7e-9c21-5ab0e4d7c110', userRole: 'user' };

describe('who reads along in a channel', () => {
  let connector: StubConnector;
  let audience: Audience;
  let seconds: number;
  let logged: () => string;

  beforeEach(async () => {
    connector = await startStubConnector();
    seconds = 0;
    audience = create(tenant);
  });
  afterEach(() => connector.close());

  function create(staffTenantId: string | undefined): Audience {
    const { log, text } = readableLog();
    logged = text;
    const read = createRead({ allows: createAllows(['127.0.0.1']), token: async () => undefined });
    return createAudience({ staffTenantId, read, log, now: () => seconds * 1000 });
  }

  const place = (changes: Partial<PlaceReference> = {}): PlaceReference => ({
    place: { id: `${channel};messageid=1`, kind: 'channel' },
    serviceUrl: connector.url,
    tenantId: tenant,
    bot: { id: '28:b', name: 'Software Desk' },
    channelType: 'shared',
    ...changes,
  });

  it('is the staff where every member is of their tenant, page by page, of the channel and not of its team', async () => {
    connector.setRoster(channel, [ada, bea, tom]);

    assert.equal(await audience.of(place({ teamId: '19:team@thread.tacv2' })), 'staff');

    const path = '/emea/v3/conversations/19%3Ax%40thread.tacv2/pagedmembers?pageSize=500';
    assert.deepEqual(connector.rosterReads, [path, `${path}&continuationToken=2`]);
  });

  for (const [who, member] of [
    ['a person of another tenant', eve],
    ['a guest, who is of the same tenant', { ...bea, userRole: 'guest' }],
    ['an account that was invited', { ...bea, userPrincipalName: 'bea_shop.example#EXT#@partner.example' }],
    ['an anonymous user', { id: '29:nobody', userRole: 'anonymous' }],
  ] as const)
    it(`has somebody from outside with ${who}, on the last page too`, async () => {
      connector.setRoster(channel, [ada, bea, member]);

      assert.equal(await audience.of(place()), 'outsiders');
      assert.equal(await audience.of(place({ channelType: 'private' })), 'outsiders');
    });

  for (const [what, roster] of [
    ['is refused', 403],
    ['fails', 500],
    ['is not known', 404],
    ['names nobody', []],
    ['names nobody but the bot', [{ id: '28:b' }]],
    ['does not tell a tenant', [ada, { id: '29:x' }]],
  ] as const)
    it(`is unknown where the roster ${what}, which is not kept for long`, async () => {
      connector.setRoster(channel, roster);
      assert.equal(await audience.of(place()), 'unknown');

      connector.setRoster(channel, [ada]);
      seconds = 6;
      assert.equal(await audience.of(place()), 'staff');
    });

  it('is asked for a second time at once, as single reads fail amid others, and then given up and logged', async () => {
    connector.setRoster(channel, 500);

    await audience.of(place());

    assert.equal(connector.rosterReads.length, 2);
    assert.match(logged(), /the members of a channel could not be read/);
  });

  it('is asked for once, for all threads, and noticed to have changed within a minute', async () => {
    connector.setRoster(channel, [ada]);
    const other = place({ place: { id: `${channel};messageid=2`, kind: 'channel' } });
    assert.deepEqual(await Promise.all([audience.of(place()), audience.of(other)]), ['staff', 'staff']);
    assert.equal(connector.rosterReads.length, 1);

    connector.setRoster(channel, [ada, eve]);
    seconds = 60;
    assert.equal(await audience.of(place()), 'outsiders');

    connector.setRoster(channel, [ada]);
    seconds = 120;
    assert.equal(await audience.of(place()), 'staff');
  });

  it('is asked for again at once when Teams tells that somebody came or went', async () => {
    connector.setRoster(channel, [ada]);
    await audience.of(place());
    connector.setRoster(channel, [ada, eve]);

    audience.forget();

    assert.equal(await audience.of(place()), 'outsiders');
  });

  describe('that is standard, or whose kind is not told', () => {
    for (const channelType of ['standard', undefined] as const) {
      it(`counts guests too (${channelType})`, async () => {
        connector.setRoster(channel, [ada, { ...bea, userRole: 'guest' }]);

        assert.equal(await audience.of(place({ channelType })), 'outsiders');
      });

      it(`is the staff where the roster cannot be read, until somebody from outside was seen (${channelType})`, async () => {
        connector.setRoster(channel, 403);
        assert.equal(await audience.of(place({ channelType })), 'staff');

        audience.suspect(`${channel};messageid=7`);

        assert.equal(await audience.of(place({ channelType })), 'unknown');
      });
    }

    it('is asked for once an hour, as Teams tells of people who join a team', async () => {
      connector.setRoster(channel, [ada]);
      await audience.of(place({ channelType: 'standard' }));
      seconds = 3000;
      await audience.of(place({ channelType: 'standard' }));
      assert.equal(connector.rosterReads.length, 1);

      seconds = 3700;
      await audience.of(place({ channelType: 'standard' }));
      assert.equal(connector.rosterReads.length, 2);
    });

    it('is not asked for in development, where no tenant is the staff’s, but for who is of another one', async () => {
      audience = create(undefined);
      connector.setRoster(channel, [ada, eve]);

      assert.equal(await audience.of(place({ channelType: 'standard' })), 'staff');
      assert.equal(connector.rosterReads.length, 0);
      assert.equal(await audience.of(place({ channelType: 'shared' })), 'outsiders');
    });

    it('is asked for in development once somebody from outside was seen, and is the staff where nobody answers', async () => {
      audience = create(undefined);
      audience.suspect(channel);
      connector.setRoster(channel, 501);
      assert.equal(await audience.of(place({ channelType: undefined })), 'staff');

      audience.forget();
      connector.setRoster(channel, [ada, eve]);
      assert.equal(await audience.of(place({ channelType: undefined })), 'outsiders');
    });
  });

  it('is not asked for in a personal chat, and in a group chat only after somebody from outside was seen', async () => {
    const chat = '19:g@thread.v2';
    const group = place({ place: { id: chat, kind: 'group' }, channelType: undefined });
    connector.setRoster(chat, [ada, bea, eve]);

    assert.equal(
      await audience.of(place({ place: { id: 'a:ada', kind: 'personal' }, channelType: undefined })),
      'staff',
    );
    assert.equal(await audience.of(group), 'staff');
    assert.equal(connector.rosterReads.length, 0);

    audience.suspect(chat);
    assert.equal(await audience.of(group), 'outsiders');
    assert.deepEqual(connector.rosterReads, ['/emea/v3/conversations/19%3Ag%40thread.v2/members']);
  });
});
