import assert from 'node:assert/strict';
import { DeliveryError } from '../../../src/domain/errors.ts';
import type { RefusedFeatures } from '../../../src/domain/people/features.ts';
import type { Readers, SentMessage } from '../../../src/domain/people/place.ts';
import type { PersonReference, PlaceReference } from '../../../src/domain/people/references.ts';
import { Secret } from '../../../src/domain/secret.ts';
import type { Messenger } from '../../../src/flows/engine/messenger.ts';
import { createAllows } from '../../../src/teams/hosts.ts';
import { createFeatures } from '../../../src/teams/outbound/features.ts';
import { createMessenger } from '../../../src/teams/outbound/messenger.ts';
import { createSend } from '../../../src/teams/outbound/send.ts';
import { type StubConnector, startStubConnector } from '../../support/stub-connector.ts';
import { card, type KeptReferences, keptReferences, readableLog } from '../parts.ts';

const bot = { id: '28:b', name: 'Software Desk' };
const thread = '19:x@thread.tacv2;messageid=1';
const threadPath = '/emea/v3/conversations/19%3Ax%40thread.tacv2%3Bmessageid%3D1/activities';
const key = 'SMPLE-AAAAA-BBBBB-CCCCC-DDDDD';

describe('messenger', () => {
  let connector: StubConnector;
  let references: KeptReferences;
  let messenger: Messenger;
  let logged: () => string;
  let minutes: number;
  let readers: Readers;

  beforeEach(async () => {
    connector = await startStubConnector({ takesAll: true });
    references = keptReferences();
    const { log, text } = readableLog();
    logged = text;
    const allows = createAllows(['127.0.0.1']);
    const send = createSend({ allows, token: async () => undefined, log, wait: async () => undefined });
    minutes = 0;
    readers = 'staff';
    messenger = createMessenger({
      references,
      send,
      audience: { of: async ({ place }) => (place.kind === 'personal' ? 'staff' : readers) },
      withheldCard: async () => card('withheld'),
      now: () => new Date(minutes * 60_000),
    });
    const common = { serviceUrl: connector.url, tenantId: 't', bot };
    const places: PlaceReference[] = [
      { place: { id: thread, kind: 'channel' }, ...common },
      { place: { id: '19:g@thread.v2', kind: 'group' }, ...common },
      { place: { id: 'a:ada', kind: 'personal' }, ...common },
    ];
    for (const place of places) references.places.set(place.place.id, place);
    const ada: PersonReference = {
      personId: 'ada',
      name: 'Ada',
      channelUserId: '29:ada',
      personalPlaceId: 'a:ada',
      ...common,
    };
    references.people.set('ada', ada);
    references.people.set('tom', { personId: 'tom', name: 'Tom', channelUserId: '29:tom', ...common });
    references.people.set('eve', {
      personId: 'eve',
      name: 'Eve',
      channelUserId: '29:eve',
      ...common,
      tenantId: 'other',
    });
  });
  afterEach(() => connector.close());

  it('posts into the thread, to everybody', async () => {
    const posted = await messenger.send(thread, card('hello'));

    const [request] = connector.requests;
    assert.deepEqual(posted, { placeId: thread, messageId: 'm1' });
    assert.deepEqual([request?.method, request?.url], ['POST', threadPath]);
    assert.equal(request?.body.recipient, undefined);
  });

  it('posts for one person only as a targeted message', async () => {
    const posted = await messenger.send(thread, card('hello'), { onlyFor: 'ada' });

    const [request] = connector.requests;
    assert.deepEqual(posted, { placeId: thread, messageId: 'm1', onlyFor: 'ada' });
    assert.equal(request?.url, `${threadPath}?isTargetedActivity=true`);
    assert.deepEqual(request?.body.recipient, { id: '29:ada', name: 'Ada', isTargeted: true });
  });

  describe('targeted in a personal chat', () => {
    const refused = new Map<string, number>();
    const stored: RefusedFeatures = {
      isRefused: async (tenantId, feature) => refused.has(`${tenantId} ${feature}`),
      refuse: async (tenantId, feature) => void refused.set(`${tenantId} ${feature}`, 1),
    };
    const withFeatures = (): Messenger => {
      const { log } = readableLog();
      const allows = createAllows(['127.0.0.1']);
      const send = createSend({ allows, token: async () => undefined, log, wait: async () => undefined });
      const audience = { of: async () => 'staff' as const };
      const parts = { references, send, audience, withheldCard: async () => card('withheld') };
      return createMessenger({ ...parts, features: createFeatures(stored, log) });
    };
    beforeEach(() => refused.clear());

    it('posts, edits and deletes with the parameter that makes it one', async () => {
      const chat = withFeatures();

      const sent = (await chat.sendTargeted('a:ada', card('wait'), 'ada')) ?? assert.fail('no message');
      await chat.updateTargeted(sent, new Secret(card(key)));
      await chat.delete(sent);

      assert.deepEqual(sent, { placeId: 'a:ada', messageId: 'm1', onlyFor: 'ada' });
      assert.deepEqual(
        connector.requests.map(({ method, isTargeted, body }) => [method, isTargeted, body.recipient !== undefined]),
        [
          ['POST', true, true],
          ['PUT', true, false],
          ['DELETE', true, false],
        ],
      );
    });

    for (const [status, code] of [
      [400, 'BadArgument'],
      [403, 'ServiceError'],
      [404, 'ConversationNotFound'],
      [502, 'ServiceError'],
    ] as const)
      it(`is not tried again for a day, in any process, where it is refused: ${status} ${code}`, async () => {
        const chat = withFeatures();
        connector.plan({ status, body: { error: { code } } });

        await assert.rejects(chat.sendTargeted('a:ada', card('wait'), 'ada'), DeliveryError);
        await assert.rejects(chat.sendTargeted('a:ada', card('wait'), 'ada'), DeliveryError);
        await assert.rejects(withFeatures().sendTargeted('a:ada', card('wait'), 'ada'), DeliveryError);

        assert.equal(connector.requests.length, 1);
        assert.deepEqual([...refused.keys()], ['t targeted-in-chat']);
      });

    it('is not tried again where only its edit is refused, nor is the secret sent in another way', async () => {
      const chat = withFeatures();
      const sent = (await chat.sendTargeted('a:ada', card('wait'), 'ada')) ?? assert.fail('no message');
      connector.plan({ status: 400, body: { error: { code: 'BadArgument' } } });

      await assert.rejects(chat.updateTargeted(sent, new Secret(card(key))), DeliveryError);
      await assert.rejects(chat.sendTargeted('a:ada', card('wait'), 'ada'), DeliveryError);

      assert.ok(connector.requests.every(({ isTargeted }) => isTargeted));
    });

    it('is tried again where it was certainly not delivered', async () => {
      const chat = withFeatures();
      connector.plan(...Array.from({ length: 8 }, () => ({ status: 429 })));

      await assert.rejects(chat.sendTargeted('a:ada', card('wait'), 'ada'), DeliveryError);

      assert.equal(refused.size, 0);
    });

    it("is never somebody else's chat, and is not tried while developing", async () => {
      await assert.rejects(withFeatures().sendTargeted('a:ada', card('wait'), 'tom'), DeliveryError);
      await assert.rejects(messenger.sendTargeted('a:ada', card('wait'), 'ada'), DeliveryError);

      assert.equal(connector.requests.length, 0);
    });
  });

  it("posts plainly in the personal chat of the one person, and not in anybody else's", async () => {
    assert.deepEqual(await messenger.send('a:ada', card('hello'), { onlyFor: 'ada' }), {
      placeId: 'a:ada',
      messageId: 'm1',
    });
    await assert.rejects(messenger.send('a:ada', card('hello'), { onlyFor: 'tom' }), {
      kind: 'final',
      code: 'NotTheirChat',
    });
    assert.equal(connector.requests.length, 1);
  });

  it('edits a message, a targeted one without a recipient', async () => {
    await messenger.update({ placeId: thread, messageId: 'm7' }, card('changed'));
    await messenger.update({ placeId: thread, messageId: 'm8', onlyFor: 'ada' }, card('changed'));

    assert.deepEqual(
      connector.requests.map(({ method, url }) => `${method} ${url}`),
      [`PUT ${threadPath}/m7`, `PUT ${threadPath}/m8?isTargetedActivity=true`],
    );
    assert.ok(connector.requests.every(({ body }) => body.recipient === undefined));
  });

  it('posts nothing for everybody where people from outside read along, and that is no refusal of the place', async () => {
    readers = 'outsiders';

    for (minutes of [0, 2, 4, 6])
      await assert.rejects(messenger.send(thread, card('prices')), { kind: 'refused', isWithheld: true });

    assert.equal(connector.requests.length, 0);
    assert.ok(await references.place(thread));
    await messenger.send(thread, card('prices'), { onlyFor: 'ada' });
    await messenger.sendDirect('ada', card('prices'));
    assert.equal(connector.requests.length, 2);
  });

  it('takes off a card that people from outside read by now, and says that it was not shown', async () => {
    readers = 'outsiders';

    await assert.rejects(messenger.update({ placeId: thread, messageId: 'm7' }, card('prices')), { isWithheld: true });
    await messenger.update({ placeId: thread, messageId: 'm8', onlyFor: 'ada' }, card('prices'));

    const texts = connector.requests.map(({ url, text }) => [url, /withheld/.test(text), /prices/.test(text)]);
    assert.deepEqual(texts, [
      [`${threadPath}/m7`, true, false],
      [`${threadPath}/m8?isTargetedActivity=true`, false, true],
    ]);
  });

  it('leaves a card as it stands where nobody can tell who reads it, and says that it was not shown', async () => {
    readers = 'unknown';

    await assert.rejects(messenger.update({ placeId: thread, messageId: 'm7' }, card('prices')), { isWithheld: true });

    assert.deepEqual(connector.requests, []);
  });

  it('takes messages away, and says when Teams does not say that they are gone', async () => {
    connector.plan({ status: 200 }, { status: 404, body: { error: { code: 'ActivityNotFoundInConversation' } } });

    await messenger.delete({ placeId: thread, messageId: 'm7', onlyFor: 'ada' });
    await assert.rejects(messenger.delete({ placeId: thread, messageId: 'm8' }), { kind: 'refused', status: 404 });
    await assert.rejects(messenger.delete({ placeId: 'nowhere', messageId: 'm9' }), { code: 'UnknownPlace' });

    assert.deepEqual(
      connector.requests.map(({ method, url }) => `${method} ${url}`),
      [`DELETE ${threadPath}/m7?isTargetedActivity=true`, `DELETE ${threadPath}/m8`],
    );
  });

  it('says when a message could not be taken away', async () => {
    connector.plan({ status: 403 }, { status: 403 }, { status: 403 });

    await assert.rejects(messenger.delete({ placeId: thread, messageId: 'm7' }), { kind: 'refused', status: 403 });
  });

  it('writes to a person where they wrote before', async () => {
    assert.deepEqual(await messenger.sendDirect('ada', card('hello')), { placeId: 'a:ada', messageId: 'm1' });
    assert.equal(connector.requests[0]?.url, '/emea/v3/conversations/a%3Aada/activities');
  });

  it('opens the personal chat of somebody who never wrote, and remembers it', async () => {
    connector.plan({ status: 201, body: { id: 'a:tom' } });

    await messenger.sendDirect('tom', card('hello'));
    await messenger.sendDirect('tom', card('again'));

    assert.deepEqual(
      connector.requests.map(({ url }) => url),
      [
        '/emea/v3/conversations',
        '/emea/v3/conversations/a%3Atom/activities',
        '/emea/v3/conversations/a%3Atom/activities',
      ],
    );
    assert.deepEqual(connector.requests[0]?.body, {
      isGroup: false,
      bot,
      members: [{ id: '29:tom' }],
      tenantId: 't',
      channelData: { tenant: { id: 't' } },
    });
  });

  const refusal = (code: string) => ({ status: 403, body: { error: { code } } });

  it('forgets a personal chat that is closed to us for minutes, and opens it anew', async () => {
    for (const minute of [0, 1, 2, 3]) {
      assert.equal(references.people.get('ada')?.personalPlaceId, 'a:ada');
      minutes = minute;
      connector.plan(refusal('ForbiddenOperationException'));
      await assert.rejects(messenger.sendDirect('ada', card('hello')), { kind: 'refused', status: 403 });
    }

    assert.equal(references.people.get('ada')?.personalPlaceId, undefined);
    assert.equal(references.places.has('a:ada'), false);
    connector.plan({ status: 201, body: { id: 'a:ada' } });
    await messenger.sendDirect('ada', card('hello'));
    assert.equal(connector.requests.at(-2)?.url, '/emea/v3/conversations');
  });

  it('forgets a place that refuses for minutes, not one that refused a few times, or long ago', async () => {
    connector.plan({ status: 502 }, ...Array.from({ length: 4 }, () => refusal('BotNotInConversationRoster')));
    const refused = () => assert.rejects(messenger.send(thread, card('hello')), { kind: 'refused' });

    await assert.rejects(messenger.send(thread, card('hello')), { kind: 'unsure' });
    for (let times = 0; times < 4; times += 1) await refused();
    assert.deepEqual(references.places.get(thread)?.refusals?.count, 4);
    await messenger.send(thread, card('hello'));
    assert.equal(references.places.get(thread)?.refusals, undefined);

    for (const minute of [10, 11, 12, 13]) {
      assert.ok(references.places.has(thread));
      minutes = minute;
      connector.plan(refusal('BotNotInConversationRoster'));
      await refused();
    }
    assert.ok(!references.places.has(thread));
  });

  it('cannot reach a place or a person it does not know', async () => {
    await assert.rejects(messenger.send('nowhere', card('x')), { kind: 'final', code: 'UnknownPlace' });
    await assert.rejects(messenger.sendDirect('nobody', card('x')), { kind: 'final', code: 'UnknownPerson' });
    await assert.rejects(messenger.send(thread, card('x'), { onlyFor: 'nobody' }), {
      kind: 'final',
      code: 'UnknownPerson',
    });
    assert.equal(connector.requests.length, 0);
  });

  it('shows that it types, and does not mind when that fails', async () => {
    connector.plan({ status: 500 });

    await messenger.typing(thread);
    await messenger.typing('nowhere');

    assert.deepEqual(
      connector.requests.map(({ body }) => body.type),
      ['typing'],
    );
  });

  describe('with a secret', () => {
    const message = { placeId: thread, messageId: 'm1', onlyFor: 'ada' };
    const show = (into: SentMessage = message) => messenger.updateTargeted(into, new Secret(card(key)));

    it('puts it into a targeted message that stands already, as the query says, without a recipient', async () => {
      await show();

      const [request, ...others] = connector.requests;
      assert.equal(others.length, 0);
      assert.equal(`${request?.method} ${request?.url}`, `PUT ${threadPath}/m1?isTargetedActivity=true`);
      assert.equal(request?.body.recipient, undefined);
      assert.match(request?.text ?? '', new RegExp(key));
    });

    it('does not show the secret first: the line for toasts is the summary', async () => {
      await show();

      assert.equal(connector.requests[0]?.body.summary, 'A card');
      assert.equal(connector.requests[0]?.body.text, undefined);
    });

    it('refuses a message that others can see', async () => {
      await assert.rejects(show({ placeId: thread, messageId: 'm1' }), { kind: 'final', code: 'NotTargeted' });
      assert.equal(connector.requests.length, 0);
    });

    it('posts for one person in a group and a channel, and refuses those of another tenant and nobody', async () => {
      for (const placeId of [thread, '19:g@thread.v2']) {
        const sent = await messenger.send(placeId, card('hello'), { onlyFor: 'ada' });
        assert.equal(sent?.onlyFor, 'ada');
      }
      for (const { url, body } of connector.requests) {
        assert.ok(url.endsWith('/activities?isTargetedActivity=true'));
        assert.deepEqual(body.recipient, { id: '29:ada', name: 'Ada', isTargeted: true });
      }
      const send = (onlyFor: string) => messenger.send(thread, card('hello'), { onlyFor });
      await assert.rejects(send('eve'), { kind: 'final', code: 'OtherTenant' });
      await assert.rejects(send('nobody'), { kind: 'final', code: 'UnknownPerson' });
    });

    it('repeats it targeted only', async () => {
      connector.plan({ status: 429 }, { status: 412 });

      await show();
      assert.equal(connector.requests.length, 3);
      assert.ok(connector.requests.every(({ url }) => url.includes('isTargetedActivity=true')));
    });

    it('leaves no trace of the secret in errors, logs or what is kept', async () => {
      connector.plan({ status: 400, body: { error: { code: 'X', message: key } } });

      const error: unknown = await show().catch((caught: unknown) => caught);
      const kept = JSON.stringify([...references.places, ...references.people]);
      assert.ok(error instanceof Error);
      assert.doesNotMatch(`${error.stack} ${JSON.stringify(error)} ${logged()} ${kept}`, /SMPLE/);
    });
  });
});
