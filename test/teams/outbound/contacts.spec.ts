import assert from 'node:assert/strict';
import type { PersonReference, PlaceReference } from '../../../src/domain/people/references.ts';
import { createAllows } from '../../../src/teams/hosts.ts';
import { createContacts } from '../../../src/teams/outbound/contacts.ts';
import { createRead } from '../../../src/teams/outbound/send.ts';
import { type StubConnector, startStubConnector } from '../../support/stub-connector.ts';
import { keptReferences, readableLog } from '../parts.ts';

const personId = '6a1d2f80-4c3b-4e57-9f02-b7e8c5d41a01';
const channel = '19:x@thread.tacv2';
const chat = 'a:ada';

describe('what Teams tells of a person', () => {
  let connector: StubConnector;
  let references: ReturnType<typeof keptReferences>;

  beforeEach(async () => {
    connector = await startStubConnector();
    references = keptReferences();
    const common = { serviceUrl: connector.url, tenantId: 't', bot: { id: '28:b', name: 'Software Desk' } };
    const person: PersonReference = {
      ...common,
      personId,
      name: 'Ada',
      channelUserId: '29:ada/1',
      personalPlaceId: chat,
    };
    const placeWith = (place: PlaceReference['place']): PlaceReference => ({ ...common, place });
    await references.putPerson(person);
    await references.putPlace(placeWith({ id: `${channel};messageid=1`, kind: 'channel' }));
    await references.putPlace(placeWith({ id: chat, kind: 'personal' }));
  });
  afterEach(() => connector.close());

  function contacts(token: () => Promise<string | undefined> = async () => undefined) {
    const { log, text } = readableLog();
    const read = createRead({ allows: createAllows(['127.0.0.1']), token, maxTries: 1 });
    return { ...createContacts({ references, read, log, timeoutMs: 200 }), logged: text };
  }

  async function told(member: Readonly<Record<string, unknown>>) {
    connector.setRoster(channel, [{ ...member, id: '29:ada/1' }]);
    return contacts().ofMember(personId, `${channel};messageid=1`);
  }

  it('is their name and their address, as the conversation has them, and not its thread', async () => {
    const found = await told({ aadObjectId: personId.toUpperCase(), name: 'Ada Nowak', email: 'ada@partner.example' });

    assert.deepEqual(found, { name: 'Ada Nowak', email: 'ada@partner.example' });
    assert.deepEqual(connector.rosterReads, ['/emea/v3/conversations/19%3Ax%40thread.tacv2/members/29%3Aada%2F1']);
  });

  it('is what there is of it: the name they sign in with, both parts of a name, nothing of another person', async () => {
    const upn = 'ada@partner.example';

    assert.deepEqual(await told({ objectId: personId, userPrincipalName: upn }), { email: upn });
    assert.deepEqual(await told({ email: 'none', userPrincipalName: upn }), { email: upn });
    assert.deepEqual(await told({ name: 'ada', givenName: 'Ada', surname: 'Nowak' }), { name: 'Ada Nowak' });
    assert.deepEqual(await told({ name: 'ada', email: 17 }), { name: 'ada' });
    assert.equal(await told({ objectId: 'another', email: upn }), undefined);
  });

  it('is told by their own chat where they are on a web page', async () => {
    connector.setRoster(chat, [{ id: '29:ada/1', email: 'ada@partner.example' }]);

    assert.deepEqual(await contacts().ofMember(personId, `web:${personId}`), { email: 'ada@partner.example' });
  });

  it('is nothing for whom nobody knows how to reach', async () => {
    assert.equal(await contacts().ofMember('another', chat), undefined);
    assert.deepEqual(connector.rosterReads, []);
  });

  for (const [what, roster] of [
    ['refuses', 403],
    ['fails', 502],
    ['does not answer', 'hang'],
  ] as const)
    it(`is nothing where the Connector ${what}; it is asked once, and the log names nobody`, async () => {
      connector.setRoster(chat, roster);
      const { ofMember, logged } = contacts();

      assert.equal(await ofMember(personId, chat), undefined);
      assert.equal(connector.rosterReads.length, 1);
      assert.doesNotMatch(logged(), new RegExp(`ada|${personId}`));
    });

  it('is nothing where what comes is no member', async () => {
    connector.setRoster(chat, 200);

    assert.deepEqual(await contacts().ofMember(personId, chat), {});
  });
});
