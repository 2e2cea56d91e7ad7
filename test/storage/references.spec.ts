import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { PersonReference, PlaceReference } from '../../src/domain/people/references.ts';
import { eachDatabase } from '../support/databases.ts';

const bot = { id: '28:bot', name: 'Software Desk' };
const serviceUrl = 'https://smba.trafficmanager.net/emea/';

function aPlace(): PlaceReference {
  const id = `19:${randomUUID()}@thread.tacv2;messageid=1700000000000`;
  return { place: { id, kind: 'channel' }, serviceUrl, tenantId: 't-1', bot };
}

function aPerson(): PersonReference {
  return { personId: randomUUID(), name: 'Ada', channelUserId: '29:1x', serviceUrl, tenantId: 't-1', bot };
}

eachDatabase('references', (database) => {
  it('to places come back, the last one put', async () => {
    const { storage, other } = database();
    const first = aPlace();
    const moved = { ...first, serviceUrl: 'https://smba.trafficmanager.net/amer/' };
    await storage.references.putPlace(first);
    await storage.references.putPlace(moved);

    assert.deepEqual(await other.references.place(first.place.id), moved);
    assert.equal(await other.references.place(randomUUID()), undefined);
  });

  it('to places can be forgotten, also twice', async () => {
    const { references } = database().storage;
    const place = aPlace();
    await references.putPlace(place);
    await references.forgetPlace(place.place.id);
    await references.forgetPlace(place.place.id);

    assert.equal(await references.place(place.place.id), undefined);
  });

  it('to people and places are kept for 400 days after they were used, with a write a month', async () => {
    const { storage, other, query } = database();
    const [person, place] = [aPerson(), aPlace()];
    const keys = [`people:${person.personId}`, `places:${place.place.id}`];
    const dayMs = 86_400_000;
    const daysLeft = async () => {
      const rows = await query<{ expires_at: string }>(
        'select expires_at from software_desk.kept where key = any ($1) order by key',
        [keys],
      );
      return rows.map(({ expires_at }) => Math.round((Number(expires_at) - Date.now()) / dayMs));
    };
    const withDaysLeft = async (days: number) => {
      const at = Date.now() + days * dayMs;
      await query(
        `update software_desk.kept set value = jsonb_set(value::jsonb, '{expires}', to_jsonb($2::bigint))::text
         where key = any ($1)`,
        [keys, at],
      );
    };
    await storage.references.putPerson(person);
    await storage.references.putPlace(place);
    const use = () => Promise.all([other.references.person(person.personId), other.references.place(place.place.id)]);

    assert.deepEqual(await use(), [person, place]);
    assert.deepEqual(await daysLeft(), [400, 400]);
    await withDaysLeft(380);
    await use();
    assert.deepEqual(await daysLeft(), [380, 380]);
    await withDaysLeft(360);
    await use();
    assert.deepEqual(await daysLeft(), [400, 400]);
    await withDaysLeft(-1);
    assert.deepEqual(await use(), [undefined, undefined]);
  });

  it('take ids of any length', async () => {
    const place = aPlace();
    const long = { ...place, place: { ...place.place, id: `a:${'x'.repeat(1000)}${randomUUID()}` } };
    await database().storage.references.putPlace(long);

    assert.deepEqual(await database().storage.references.place(long.place.id), long);
  });
});

eachDatabase('languages', (database) => {
  it('that were chosen come back, the last one put, and only those that are asked for', async () => {
    const { storage, other } = database();
    const [person, team] = [randomUUID(), `19:${randomUUID()}@thread.tacv2`];
    await storage.languageChoices.put(person, 'en', person);
    await storage.languageChoices.put(team, 'en', person);
    await storage.languageChoices.put(person, 'pl', person);

    assert.deepEqual([...(await other.languageChoices.of([person, 'nobody']))], [[person, 'pl']]);
    assert.equal((await other.languageChoices.of([person, team])).size, 2);
  });
});
