import assert from 'node:assert/strict';
import { isServedTenant, whoIs } from '../../../src/teams/inbound/who.ts';
import { activity, adaId, staffTenantId } from '../activities.ts';

describe('who', () => {
  it('is the object id of the activity, in lower case, with name, language and zone', () => {
    assert.deepEqual(whoIs(activity('personal'), staffTenantId), {
      id: adaId,
      name: 'Ada Nowak',
      locale: 'pl-PL',
      timeZone: 'Europe/Warsaw',
    });
  });

  it('takes language and zone from the client where the activity has none, and none that nobody knows', () => {
    const asked = whoIs(activity('personal', { locale: undefined, localTimezone: undefined }), staffTenantId);
    assert.ok(typeof asked === 'object');
    assert.deepEqual([asked.locale, asked.timeZone], ['pl-PL', 'Europe/Warsaw']);
    const silent = whoIs(activity('personal', { locale: '??', localTimezone: 'Mars/Base', entities: [] }), undefined);
    assert.ok(typeof silent === 'object');
    assert.deepEqual([silent.locale, silent.timeZone], [undefined, undefined]);
  });

  for (const [name, why] of [
    ['guest', 'guest'],
    ['anonymous', 'guest'],
    ['other-tenant', 'other-tenant'],
  ] as const) {
    it(`is nobody of the staff: ${name}`, () => {
      assert.equal(whoIs(activity(name), staffTenantId), why);
    });
  }

  it('is nobody without an object id, or with one that is none', () => {
    assert.equal(whoIs(activity('personal', { from: { id: '29:x' } }), staffTenantId), 'unidentified');
    assert.equal(
      whoIs(activity('personal', { from: { id: '29:x', aadObjectId: '1 or 1' } }), undefined),
      'unidentified',
    );
  });
});

describe('who: the tenant', () => {
  const conversation = { id: 'a:1', conversationType: 'personal' };

  it('is served when every tenant named is the one, in any case of letters', () => {
    assert.ok(isServedTenant(activity('personal'), staffTenantId.toUpperCase()));
    assert.ok(isServedTenant(activity('personal', { conversation }), staffTenantId));
    assert.ok(isServedTenant(activity('personal', { conversation, channelData: undefined }), undefined));
  });

  it('is not served when one of them differs, or none is named', () => {
    const other = { tenant: { id: '99999999-0000-4000-8000-000000000000' } };
    assert.ok(!isServedTenant(activity('personal', { channelData: other }), staffTenantId));
    assert.ok(
      !isServedTenant(
        activity('personal', { conversation: { ...conversation, tenantId: other.tenant.id } }),
        staffTenantId,
      ),
    );
    assert.ok(!isServedTenant(activity('personal', { conversation, channelData: undefined }), staffTenantId));
  });
});
