import assert from 'node:assert/strict';
import type { RefusedFeatures } from '../../src/domain/people/features.ts';
import { createLanguages, type Language } from '../../src/domain/people/languages.ts';
import { Secret } from '../../src/domain/secret.ts';
import type { Incoming, InvokeAnswer } from '../../src/flows/engine/messenger.ts';
import type { Extension, Search } from '../../src/flows/extension.ts';
import { type BotParts, createBot } from '../../src/teams/bot.ts';
import { createAllows } from '../../src/teams/hosts.ts';
import { createAudience } from '../../src/teams/outbound/audience.ts';
import { createFeatures } from '../../src/teams/outbound/features.ts';
import { createFileMessages } from '../../src/teams/outbound/file-messages.ts';
import { createMessenger } from '../../src/teams/outbound/messenger.ts';
import { createMarkProgress } from '../../src/teams/outbound/progress.ts';
import { createSay } from '../../src/teams/outbound/say.ts';
import { createRead, createSend } from '../../src/teams/outbound/send.ts';
import { type ConnectorRequest, type StubConnector, startStubConnector } from '../support/stub-connector.ts';
import { waitUntil } from '../support/wait-until.ts';
import { adaId, rawActivity, staffTenantId } from './activities.ts';
import { card, type KeptReferences, keptReferences, readableLog } from './parts.ts';

const nothing: InvokeAnswer = { kind: 'nothing' };
const key = 'SMPLE-AAAAA-BBBBB-CCCCC-DDDDD';

describe('bot', () => {
  let connector: StubConnector;
  let references: KeptReferences;
  let logged: () => string;
  const handled: Incoming[] = [];
  const chosen = new Map<string, Language>();
  const choices = { of: async () => chosen, put: async () => undefined };

  beforeEach(async () => {
    connector = await startStubConnector();
    references = keptReferences();
    handled.length = 0;
    chosen.clear();
  });
  afterEach(() => connector.close());

  function start(answer: (incoming: Incoming) => Promise<InvokeAnswer>, more: Partial<BotParts> = {}) {
    const { log, text } = readableLog();
    logged = text;
    const allows = createAllows(['127.0.0.1']);
    const token = async () => undefined;
    const send = createSend({ allows, token, log, wait: async () => undefined });
    const audience = createAudience({ staffTenantId, read: createRead({ allows, token }), log });
    return createBot({
      bot: { mode: 'development' },
      allows,
      staffTenantId,
      references,
      languages: createLanguages({ choices, references, byDefault: 'en' }),
      onRemoved: async () => undefined,
      messenger: createMessenger({ references, send, audience, withheldCard: async () => card('withheld') }),
      audience,
      say: createSay(send),
      files: createFileMessages(references, send),
      giveFile: async () => ({ isGiven: false }),
      dialogs: { handle: async () => nothing },
      extension: {
        commandIn: (command) => command,
        search: async () => ({ kind: 'results', results: [] }),
        unfurl: async () => undefined,
      },
      runner: {
        handle(incoming) {
          handled.push(incoming);
          return answer(incoming);
        },
        search: async () => [],
      },
      fallbackTexts: {
        stillWorking: (locale) => `still working (${locale})`,
        fault: (_, turnId) => `fault ${turnId}`,
        notStaff: (_, why) => `not staff: ${why}`,
        notUnderstood: () => 'not understood',
        suggestions: () => ['help', 'cases', 'drafts', 'audit'],
        notShownHere: (_, readers) => `not shown: ${readers}`,
      },
      title: 'Software Desk',
      publicUrl: undefined,
      log,
      ...more,
    });
  }
  const body = (name: string, changes = {}) => ({ body: rawActivity(name, { serviceUrl: connector.url, ...changes }) });

  it('hands a message to the runner and says 200', async () => {
    const bot = start(async () => nothing);

    assert.deepEqual(await bot.handle(body('channel-mention')), { status: 200 });

    const [incoming] = handled;
    assert.equal(incoming?.who.id, adaId);
    assert.equal(incoming?.place.kind, 'channel');
    assert.equal(incoming?.isPrivate, false);
    assert.deepEqual(incoming?.input, { kind: 'text', text: 'keys "c403d91b21d2"' });
  });

  it('stores how to reach place and person before the runner is asked', async () => {
    const bot = start(async ({ place, who }) => {
      assert.equal((await references.place(place.id))?.serviceUrl, connector.url);
      assert.equal((await references.person(who.id))?.channelUserId, '29:1AdaNowakXyzQ0');
      return nothing;
    });

    await bot.handle(body('channel-mention'));
    assert.equal(references.people.get(adaId)?.personalPlaceId, undefined);
  });

  it('learns the personal chat, without its thread, and keeps it when the person writes elsewhere', async () => {
    const bot = start(async () => nothing);

    await bot.handle(body('personal-quoted'));
    await bot.handle(body('channel-mention'));

    assert.equal(references.people.get(adaId)?.personalPlaceId, 'a:1Qx7personalChatOfAda');
  });

  it('takes a chat of two people, in which a card of the extension is pressed, for no personal chat', async () => {
    const bot = start(async () => nothing);
    const conversation = { id: '19:a_b@unq.gbl.spaces', conversationType: 'personal', tenantId: staffTenantId };

    await bot.handle(body('execute', { conversation }));

    assert.equal(handled[0]?.place.kind, 'group');
    assert.equal(references.people.get(adaId)?.personalPlaceId, undefined);
  });

  it('keeps who uses the message extension, and no place', async () => {
    const asked: Search[] = [];
    const extension: Extension = {
      commandIn: (command) => command,
      search: async (search) => {
        asked.push(search);
        return {
          kind: 'results',
          results: [{ title: 'R <b>', text: 'D & E', card: card('found'), command: 'orders 1' }],
        };
      },
      unfurl: async () => undefined,
    };
    const bot = start(async () => nothing, { extension });
    const parameters = [{ name: 'search', value: ' con\u200Btoso\u0000 ' }];
    const value = { commandId: 'orders', parameters, queryOptions: { skip: 50, count: 25 } };

    const { status, body: said } = await bot.handle(body('execute', { name: 'composeExtension/query', value }));

    const [{ subject, text, skip, count, who } = {}] = asked as Partial<Search>[];
    assert.deepEqual([subject, text, skip, count, who?.id], ['orders', 'contoso', 50, 25, adaId]);
    assert.deepEqual(
      [status, said],
      [
        200,
        {
          composeExtension: {
            type: 'result',
            attachmentLayout: 'list',
            attachments: [
              {
                contentType: 'application/vnd.microsoft.card.adaptive',
                content: card('found').content,
                preview: {
                  contentType: 'application/vnd.microsoft.card.thumbnail',
                  content: { title: 'R ‹b›', text: 'D & E' },
                },
              },
            ],
          },
        },
      ],
    );
    assert.deepEqual([references.places.size, references.people.size, handled.length], [0, 1, 0]);
  });

  it('makes a turn private where people from outside read along, or nobody can tell', async () => {
    const bot = start(async () => nothing);
    const channel = '19:c5f1d2e0a3b44f0b9d7e6a8b1c2d3e4f@thread.tacv2';
    const { channelData } = rawActivity('channel-mention');
    const inShared = { channelData: { ...(channelData as object), channel: { id: channel, type: 'shared' } } };
    const roster = [{ id: '29:1', tenantId: staffTenantId, userRole: 'user' }];

    connector.setRoster(channel, roster);
    await bot.handle(body('channel-mention', { ...inShared, id: '1' }));
    connector.setRoster(channel, [...roster, { id: '29:2', tenantId: staffTenantId, userRole: 'guest' }]);
    await bot.handle(body('members-added', { conversation: rawActivity('channel-mention').conversation }));
    await bot.handle(body('channel-mention', { ...inShared, id: '2' }));
    connector.setRoster(channel, 403);
    await bot.handle(body('members-added', { conversation: rawActivity('channel-mention').conversation }));
    await bot.handle(body('channel-mention', { id: '3' }));

    assert.deepEqual(
      handled.map(({ isPrivate, readers }) => [isPrivate, readers]),
      [
        [false, undefined],
        [true, 'outsiders'],
        [true, 'unknown'],
      ],
    );
  });

  it('asks who reads along where it was asked in public only', async () => {
    const bot = start(async () => nothing);

    await bot.handle(body('targeted'));
    await bot.handle(body('personal'));

    assert.deepEqual(connector.rosterReads, []);
  });

  it('asks who is in a group chat after a guest has written there, and not after somebody without an identity', async () => {
    const bot = start(async () => nothing);
    const { from } = rawActivity('group-mention');

    await bot.handle(body('group-mention', { id: '1', from: { ...(from as object), aadObjectId: undefined } }));
    await bot.handle(body('group-mention', { id: '2' }));
    assert.deepEqual(connector.rosterReads, []);

    await bot.handle(body('group-mention', { id: '3', from: { ...(from as object), userRole: 'guest' } }));
    await bot.handle(body('group-mention', { id: '4' }));
    assert.ok(connector.rosterReads.length > 0);
    assert.deepEqual(
      handled.map(({ readers }) => readers),
      [undefined, 'unknown'],
    );
  });

  it('gives the message extension no card for a channel that people from outside read', async () => {
    const channel = '19:shop@thread.tacv2';
    const extension: Extension = {
      commandIn: (command) => command,
      search: async () => assert.fail('nothing is looked for'),
      unfurl: async () => assert.fail('nothing is unfolded'),
    };
    const bot = start(async () => nothing, { extension });
    connector.setRoster(channel, [{ id: '29:2', tenantId: 'another' }]);
    const inChannel = {
      conversation: { id: channel, conversationType: 'channel', tenantId: staffTenantId },
      channelData: { tenant: { id: staffTenantId }, channel: { id: channel, type: 'shared' } },
    };
    const search = { commandId: 'orders', parameters: [{ name: 'search', value: 'contoso' }] };
    const link = { url: 'https://desk.partner.example/order/e5db9b4bdf10' };

    const found = await bot.handle(body('execute', { ...inChannel, name: 'composeExtension/query', value: search }));
    const unfolded = await bot.handle(
      body('execute', { ...inChannel, name: 'composeExtension/queryLink', value: link }),
    );

    assert.deepEqual(found.body, { composeExtension: { type: 'message', text: 'not shown: outsiders' } });
    assert.deepEqual(unfolded.body, {
      composeExtension: { type: 'result', attachmentLayout: 'list', attachments: [] },
    });
  });

  it('notices a changed service address', async () => {
    const bot = start(async () => nothing);

    await bot.handle(body('personal'));
    await bot.handle(body('personal', { id: 'other', serviceUrl: `${connector.url}amer/` }));

    assert.equal(references.places.get('a:1Qx7personalChatOfAda')?.serviceUrl, `${connector.url}amer/`);
  });

  it('forgets the place when the app is removed', async () => {
    const bot = start(async () => nothing);
    await bot.handle(body('personal'));

    assert.deepEqual(await bot.handle(body('removed-personal')), { status: 200 });

    assert.equal(references.places.size, 0);
    assert.equal(references.people.get(adaId)?.personalPlaceId, undefined);
    assert.equal(handled.length, 1);
  });

  for (const name of ['reaction', 'typing', 'members-added', 'group-without-mention']) {
    it(`says 200 and does nothing about: ${name}`, async () => {
      const bot = start(async () => nothing);

      assert.deepEqual(await bot.handle(body(name)), { status: 200 });
      assert.deepEqual([handled.length, references.places.size, connector.requests.length], [0, 0, 0]);
    });
  }

  it('says 400 to what is no activity', async () => {
    const bot = start(async () => nothing);
    for (const none of [{}, { type: 7 }, { type: '' }, [], null, 'x']) {
      assert.deepEqual(await bot.handle({ body: none }), { status: 400 });
    }
  });

  it('says 403 to another tenant or service address, and 400 to nobody', async () => {
    const bot = start(async () => nothing);
    const other = { channelData: { tenant: { id: '99999999-0000-4000-8000-000000000000' } } };

    assert.deepEqual(await bot.handle(body('personal', other)), { status: 403 });
    assert.deepEqual(await bot.handle(body('personal', { serviceUrl: 'https://evil.example/' })), { status: 403 });
    assert.deepEqual(await bot.handle(body('personal', { from: undefined })), { status: 400 });
    assert.equal(handled.length, 0);
  });

  describe('delivered twice', () => {
    it('takes a message once', async () => {
      const bot = start(async () => nothing);

      await bot.handle(body('personal'));
      assert.deepEqual(await bot.handle(body('personal')), { status: 200 });
      assert.equal(handled.length, 1);
    });

    it('takes a message once that comes again while it is worked on', async () => {
      let release: (answered: InvokeAnswer) => void = () => undefined;
      const bot = start(() => new Promise((resolve) => (release = resolve)));

      const first = bot.handle(body('personal'));
      await waitUntil(() => handled.length === 1, 'the turn');
      const second = bot.handle(body('personal'));
      release(nothing);

      assert.deepEqual(await Promise.all([first, second]), [{ status: 200 }, { status: 200 }]);
      assert.equal(handled.length, 1);
    });

    it('takes a message again whose first turn broke', async () => {
      let isBroken = true;
      const bot = start(async () => {
        if (isBroken) throw new Error('the first time');
        return nothing;
      });

      await bot.handle(body('personal'));
      isBroken = false;
      await bot.handle(body('personal'));
      await bot.handle(body('personal'));

      assert.equal(handled.length, 2);
    });

    it('never drops an invoke', async () => {
      const bot = start(async () => ({ kind: 'text', text: 'Done' }));

      const answers = [await bot.handle(body('execute')), await bot.handle(body('execute'))];

      assert.equal(handled.length, 2);
      assert.ok(answers.every((answer) => JSON.stringify(answer.body).includes('Done')));
    });

    for (const name of ['installed-personal', 'installed-team'])
      it(`greets once, also where it comes again with another id: ${name}`, async () => {
        const bot = start(async () => nothing);
        await bot.handle(body(name));
        await bot.handle(body(name));
        await bot.handle(body(name, { id: 'f:another' }));
        await bot.handle(body(name, { id: 'f:upgrade', action: 'add-upgrade' }));
        assert.deepEqual(
          handled.map(({ input }) => input),
          [{ kind: 'text', text: 'hi' }],
        );
      });

    it('greets again where the app was removed in between', async () => {
      const bot = start(async () => nothing);
      await bot.handle(body('installed-personal'));
      await bot.handle(body('removed-personal'));
      await bot.handle(body('installed-personal', { id: 'f:again' }));
      assert.equal(handled.length, 2);
    });

    it('says nothing where somebody who is not served adds the app', async () => {
      const bot = start(async () => nothing);
      await bot.handle(body('installed-team', { from: { id: '29:x' } }));
      assert.deepEqual([handled.length, connector.requests.length], [0, 0]);
    });

    it('takes each edit of a message once', async () => {
      const bot = start(async () => nothing);
      await bot.handle(body('channel-mention'));
      await bot.handle(body('edited'));
      await bot.handle(body('edited'));
      await bot.handle(body('edited', { text: '<at>Software Desk</at> cases' }));
      const { channelData } = rawActivity('edited') as { channelData: object };
      await bot.handle(body('edited', { channelData: { ...channelData, eventType: 'undeleteMessage' } }));

      assert.deepEqual(
        handled.map(({ input }) => input.kind === 'text' && input.text),
        ['keys "c403d91b21d2"', 'keys other', 'cases', 'keys other'],
      );
    });
  });

  describe('answers of invokes', () => {
    it('are in the body, of a dialog in its own shape', async () => {
      const bot = start(async () => ({ kind: 'secret', card: new Secret(card(key)) }));

      const shown = await bot.handle(body('execute'));
      const dialog = await bot.handle(body('task-fetch'));

      assert.deepEqual(shown.body, {
        statusCode: 200,
        type: 'application/vnd.microsoft.card.adaptive',
        value: card(key).content,
      });
      assert.match(JSON.stringify(dialog.body), /"task":\{"type":"continue".*SMPLE/);
      assert.equal(connector.requests.length, 0);
    });

    it('let no name in them turn what stands beside it', async () => {
      const bot = start(async () => ({ kind: 'text', text: 'It is with \u202Ekawon\u202C\u0007.' }));

      const { body: answer } = await bot.handle(body('execute'));

      assert.equal((answer as { value: unknown }).value, 'It is with kawon.');
    });

    it('are there in time, even if the runner is not', async () => {
      const bot = start(() => new Promise(() => undefined), { answerWithinMs: 10 });

      const { status, body: said } = await bot.handle(body('execute'));

      assert.equal(status, 200);
      assert.deepEqual(said, {
        statusCode: 200,
        type: 'application/vnd.microsoft.activity.message',
        value: 'still working (en-GB)',
      });
      assert.deepEqual(await bot.handle(body('personal')), { status: 200 });
    });

    it('drop a secret that comes too late', async () => {
      let release: (answered: InvokeAnswer) => void = () => undefined;
      const bot = start(() => new Promise((resolve) => (release = resolve)), { answerWithinMs: 10 });

      const { body: said } = await bot.handle(body('execute'));
      release({ kind: 'secret', card: new Secret(card(key)) });
      await bot.settled(1000);

      assert.doesNotMatch(`${JSON.stringify(said)} ${logged()}`, /SMPLE/);
      assert.equal(connector.requests.length, 0);
    });

    const unknown = {
      statusCode: 400,
      type: 'application/vnd.microsoft.error',
      value: { code: 'NotSupported', message: 'not understood' },
    };
    for (const [name, expected] of [
      ['adaptiveCard/unknown', unknown],
      ['config/fetch', unknown],
      [undefined, unknown],
      ['task/unknown', { task: { type: 'message', value: 'not understood' } }],
      ['signin/failure', undefined],
      ['message/submitAction', undefined],
    ] as const)
      it(`are what their kind is read in for an invoke that nobody asked for: ${name ?? 'without a name'}`, async () => {
        const bot = start(async () => nothing);

        const { status, body: said } = await bot.handle(body('search', { name, value: { x: 1 } }));

        assert.equal(status, 200);
        assert.deepEqual(said, expected);
        assert.equal(handled.length, 0);
      });
  });

  describe('what is typed into an input that is searched', () => {
    const answerTo = (results: unknown) => ({
      status: 200,
      body: { statusCode: 200, type: 'application/vnd.microsoft.search.searchResponse', value: { results } },
    });
    const contoso = { title: 'Contoso', value: 'c1' };
    const search = async () => [contoso, { title: 'Consolidated', value: 'c2' }];
    const runner = { handle: async () => nothing, search };

    it('is answered with what the runner finds, at most as many as were asked for', async () => {
      const bot = start(async () => nothing, { runner });
      const one = { dataset: 'customer/1', queryText: 'con', queryOptions: { skip: 0, top: 1 } };

      assert.deepEqual(await bot.handle(body('search')), answerTo(await search()));
      assert.deepEqual(await bot.handle(body('search', { value: one })), answerTo([contoso]));
      assert.equal(connector.requests.length, 0);
    });

    it('finds nothing for strangers and guests, who are not told why', async () => {
      const bot = start(async () => nothing, { runner });
      const from = rawActivity('search').from as Record<string, unknown>;

      for (const change of [{ userRole: 'guest' }, { aadObjectId: undefined }])
        assert.deepEqual(await bot.handle(body('search', { from: { ...from, ...change } })), answerTo([]));
    });

    it('is answered with nothing where the runner breaks', async () => {
      const broken = async () => {
        throw new Error('no detail of this');
      };
      const bot = start(async () => nothing, { runner: { ...runner, search: broken } });

      assert.deepEqual(await bot.handle(body('search')), answerTo([]));
    });
  });

  describe('when the runner breaks', () => {
    const broken = async (): Promise<InvokeAnswer> => {
      throw new Error(`no detail of this, nor ${key}`);
    };

    it('says one sentence and the number under which the log has the reason', async () => {
      const bot = start(broken);

      const { status, body: said } = await bot.handle(body('execute'));

      const number = /fault ([0-9a-f-]{36})/.exec(JSON.stringify(said))?.[1];
      assert.equal(status, 200);
      assert.ok(number && logged().includes(number));
      assert.doesNotMatch(JSON.stringify(said), /detail|SMPLE/);
      assert.match(logged(), /no detail of this/);
      assert.doesNotMatch(logged(), /AAAAA-BBBBB/);
    });

    it('posts the sentence where the message was written', async () => {
      const bot = start(broken);

      assert.deepEqual(await bot.handle(body('channel-mention')), { status: 200 });

      const [request] = connector.requests;
      assert.match(String(request?.body.text), /^fault /);
      assert.equal(request?.body.recipient, undefined);
    });

    it('says 200 even if nothing can be posted or remembered either', async () => {
      connector.plan({ status: 500 });
      const bot = start(broken);

      assert.deepEqual(await bot.handle(body('personal')), { status: 200 });
    });
  });

  describe('to somebody who is not of the staff', () => {
    for (const [name, why] of [
      ['guest', 'guest'],
      ['anonymous', 'guest'],
      ['other-tenant', 'other-tenant'],
    ] as const) {
      it(`says so in the chat, and tells who it was: ${name}`, async () => {
        const strangers: object[] = [];
        const bot = start(async () => nothing, { onStranger: (refused) => void strangers.push(refused) });

        assert.deepEqual(await bot.handle(body(name)), { status: 200 });

        assert.equal(connector.requests[0]?.body.text, `not staff: ${why}`);
        assert.deepEqual([handled.length, references.people.size], [0, 0]);
        const { from } = JSON.parse(JSON.stringify(body(name).body)) as { from: Record<string, string> };
        const id = (from.aadObjectId ?? from.id ?? '').toLowerCase();
        assert.deepEqual(strangers, [{ id, name: from.name ?? '', why }]);
      });
    }

    it('says so once, in a chat that takes nothing', async () => {
      connector.plan({ status: 403, body: { error: { code: 'MessageWritesBlocked' } } });
      const bot = start(async () => nothing);

      assert.deepEqual(await bot.handle(body('guest')), { status: 200 });

      assert.equal(connector.requests.length, 1);
      assert.deepEqual(
        logged()
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line).msg),
        ['refused: not-staff', 'message not delivered'],
      );
    });

    it('says so in the body of an invoke', async () => {
      const bot = start(async () => nothing);

      const { status, body: said } = await bot.handle(body('execute', { from: { id: '29:x' } }));

      assert.equal(status, 200);
      assert.match(JSON.stringify(said), /not staff: unidentified/);
    });

    it('says so in private where it was asked in private', async () => {
      const bot = start(async () => nothing);

      await bot.handle(body('targeted', { from: { id: '29:x', name: 'X' } }));

      assert.match(connector.requests[0]?.url ?? '', /isTargetedActivity=true/);
      assert.deepEqual(connector.requests[0]?.body.recipient, { id: '29:x', name: 'X', isTargeted: true });
    });
  });

  it('posts what the runner answers to a message, a private one in private, and never a secret', async () => {
    let answered: InvokeAnswer = { kind: 'card', card: card('hello') };
    const bot = start(async () => answered);

    await bot.handle(body('channel-mention'));
    await bot.handle(body('targeted'));
    answered = { kind: 'secret', card: new Secret(card(key)) };
    await bot.handle(body('submit'));

    assert.deepEqual(
      connector.requests.map(({ url }) => url.includes('isTargetedActivity=true')),
      [false, true],
    );
    assert.ok(connector.requests.every(({ text }) => !text.includes('SMPLE')));
  });

  it('shows that it types when a message takes long', async () => {
    let release: (answered: InvokeAnswer) => void = () => undefined;
    const bot = start(() => new Promise((resolve) => (release = resolve)), { typingAfterMs: 1 });

    const turn = bot.handle(body('personal'));
    await connector.until(() => connector.requests.length > 0, 'the typing').finally(() => release(nothing));
    await turn;

    assert.equal(connector.requests[0]?.body.type, 'typing');
  });

  describe('presence in chat, where Teams has it', () => {
    const refused = new Set<string>();
    const stored: RefusedFeatures = {
      isRefused: async (tenantId, feature) => refused.has(`${feature} ${tenantId}`),
      refuse: async (tenantId, feature) => void refused.add(`${feature} ${tenantId}`),
    };
    const present = (): Partial<BotParts> => {
      const { log } = readableLog();
      const allows = createAllows(['127.0.0.1']);
      const send = createSend({ allows, token: async () => undefined, log, wait: async () => undefined });
      const features = createFeatures(stored, log);
      return { say: createSay(send, features), markProgress: createMarkProgress(send, features), typingAfterMs: 1 };
    };
    const isReaction = ({ path }: ConnectorRequest): boolean => path.includes('/reactions/');
    const reactions = () => connector.requests.filter(isReaction).map(({ method }) => method);
    const broken = async (): Promise<InvokeAnswer> => {
      throw new Error('broken');
    };
    beforeEach(() => refused.clear());

    async function takesLong(name: string, more: object, until: () => boolean): Promise<void> {
      let release: (answered: InvokeAnswer) => void = () => undefined;
      const bot = start(() => new Promise((resolve) => (release = resolve)), present());
      const turn = bot.handle(body(name, more));
      await connector.until(until, 'what is shown meanwhile').finally(() => release(nothing));
      assert.deepEqual(await turn, { status: 200 });
    }

    it('marks a message in a channel while it is worked on, and takes the mark away', async () => {
      await takesLong('channel-mention', {}, () => reactions().length > 0);
      await connector.until(() => reactions().length > 1, 'the mark to go');

      assert.deepEqual(reactions(), ['PUT', 'DELETE']);
      const [mark] = connector.requests.filter(isReaction);
      assert.match(mark?.path ?? '', /\/activities\/\d+\/reactions\/1f440_eyes$/);
    });

    it('marks nothing in chats or in private, and not again where that was refused', async () => {
      const typing = () => connector.requests.some((request) => request.body.type === 'typing');
      await takesLong('personal', {}, typing);
      assert.deepEqual(reactions(), []);
      connector.refuseNext(isReaction, 404, 'NotFound');
      await takesLong('channel-mention', {}, () => refused.size > 0 || reactions().length > 0);
      await waitUntil(() => refused.size > 0, 'the refusal to be kept');
      const before = connector.requests.length;
      await takesLong('channel-mention', { id: 'another' }, () => connector.requests.length > before);

      assert.deepEqual(reactions(), ['PUT']);
    });

    it('suggests three things to type below a plain sentence, in a personal chat only', async () => {
      const bot = start(broken, { ...present(), typingAfterMs: 1000 });

      await bot.handle(body('personal'));
      await bot.handle(body('channel-mention'));

      const [chat, channel] = connector.requests.map((request) => request.body);
      const texts = ['help', 'cases', 'drafts'];
      const actions = texts.map((text) => ({ type: 'imBack', title: text, value: text }));
      assert.deepEqual([chat?.suggestedActions, chat?.attachments], [{ to: [], actions }, undefined]);
      assert.equal(channel?.suggestedActions, undefined);
    });

    it('says the sentence without them where they are refused, and does not try again', async () => {
      const bot = start(broken, { ...present(), typingAfterMs: 1000 });
      connector.refuseNext(({ body: sent }) => sent.suggestedActions !== undefined, 400, 'BadSyntax');

      await bot.handle(body('personal'));
      await bot.handle(body('personal', { id: 'another' }));

      assert.deepEqual(
        connector.requests.map(({ body: sent }) => sent.suggestedActions !== undefined),
        [true, false, false],
      );
    });
  });

  it('does not show to others that it types for one person', async () => {
    const releases: ((answered: InvokeAnswer) => void)[] = [];
    const bot = start(() => new Promise((resolve) => releases.push(resolve)), { typingAfterMs: 1 });

    const turns = [bot.handle(body('targeted')), bot.handle(body('personal'))];
    // The timer of the first would have ended before that of the second.
    await connector.until(() => connector.requests.length > 0, 'the typing in the own chat');
    for (const release of releases) release(nothing);
    await Promise.all(turns);

    assert.deepEqual(
      connector.requests.map(({ conversationId, body: { type } }) => [conversationId.startsWith('a:'), type]),
      [[true, 'typing']],
    );
  });

  it('waits for turns in flight when it is asked to, but not for ever', async () => {
    let release: (answered: InvokeAnswer) => void = () => undefined;
    const bot = start(() => new Promise((resolve) => (release = resolve)), { answerWithinMs: 5 });
    await bot.handle(body('personal'));

    await bot.settled(5);
    const settled = bot.settled(5000);
    release(nothing);
    await settled;

    assert.equal(handled.length, 1);
  });
});
