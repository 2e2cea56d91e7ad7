import assert from 'node:assert/strict';
import { startTestApp, type TestApp } from '../support/app.ts';
import { type CardView, viewOf } from '../support/card-view.ts';
import { type Conversation, pressed, type Shown } from '../support/conversation.ts';
import { everyRow, filesWith, readDatabase } from '../support/database-contents.ts';
import type { ConnectorRequest, Message } from '../support/stub-connector.ts';

const keyPattern = /SMPLE(-[A-Z0-9]{5}){5}|SMPLE(-[A-Z0-9]{5}){4}/;
const servers = 'e5db9b4bdf10';

function secretOf({ text }: { readonly text: string }): string {
  const [key] = text.match(keyPattern) ?? [];
  if (!key) throw new Error(`no key in:\n${text}`);
  return key;
}

const wanted = { Version: '2022', Language: 'Polish' };

/** To the card with Get key, where everything is chosen. */
const toReady = (talk: Conversation): Promise<CardView> => talk.says(`keys ${servers}`);

/** What is picked in a list, as the person reads it. */
function chosen(view: CardView, label: string): string | undefined {
  const { value, choices } = view.input(label);
  return choices.find((one) => one.value === value)?.title;
}

const shownIn = ({ id, card }: Message): Shown => {
  if (!card) throw new Error('the message was taken away');
  return { message: { id }, view: viewOf(card) };
};

describe('keys', () => {
  let app: TestApp;
  const revealed = new Set<string>();
  const reveal = (from: { readonly text: string }): string => {
    const key = secretOf(from);
    revealed.add(key);
    return key;
  };
  const sentWith = (key: string, { place }: Conversation): ConnectorRequest[] =>
    app.connector.requests.filter(({ text, conversationId }) => conversationId === place && text.includes(key));

  before(async () => {
    app = await startTestApp({ KEY_REVEAL_SECONDS: '2' });
  });
  after(() => app.stop());

  it('sends the key to the requester alone and takes it away after its time, in channels and group chats', async () => {
    const play = async (where: 'channel' | 'group') => {
      const ada = app.in(where);
      const ready = await toReady(ada);
      assert.deepEqual(
        ready.input('Version').choices.map(({ title }) => title),
        ['Windows Server 2022 Standard', 'Windows Server 2019 Standard', 'Windows Server 2016 Standard'],
      );
      assert.equal(ready.input('Language').choices.length, 12);
      assert.match(ready.text, /Keys: Windows Server 2022 Standard\n.*Contoso Ltd · e5db9b4bdf10/);
      assert.match(ready.text, /Architecture: .*64/);
      assert.match(ready.text, /Keys and links are valuable/);
      assert.match(ready.text, /Microsoft 365 admin center/);
      assert.deepEqual(ready.buttons.slice(0, 3), ['Get key', 'Download', 'Copy link']);

      const answer = await ada.presses('Get key', wanted);

      const [targeted, ...others] = ada.targeted();
      assert.equal(others.length, 0);
      const key = reveal({ text: JSON.stringify(targeted?.card) });
      assert.doesNotMatch(answer.text, keyPattern);
      assert.match(answer.said ?? '', /Sent to you privately/);
      const [request, ...more] = sentWith(key, ada);
      assert.equal(more.length, 0);
      // The message stands before the key is in it: its id is known, and its end is certain.
      assert.equal(request?.method, 'PUT');
      assert.equal(request?.messageId, targeted?.id);
      assert.equal(request?.isTargeted, true);
      const posted = app.connector.requests.find(
        ({ method, conversationId, body }) => method === 'POST' && conversationId === ada.place && body.recipient,
      );
      assert.deepEqual(posted?.body.recipient, { id: `29:${ada.person.id}`, name: 'Ada Nowak', isTargeted: true });
      assert.doesNotMatch(String(request?.body.summary), keyPattern);
      assert.match(ada.card().view.text, /Key revealed to Ada Nowak/);
      await app.connector.until(() => ada.targeted()[0]?.isDeleted, 'the key to be taken away');
      const deletion = app.connector.requests.find(
        ({ method, messageId }) => method === 'DELETE' && messageId === targeted?.id,
      );
      assert.equal(deletion?.isTargeted, true);
    };
    await Promise.all([play('channel'), play('group')]);
  });

  it('gives each version its own key, and takes it away on Done', async () => {
    const ada = app.in('channel');
    await toReady(ada);
    await ada.presses('Get key', wanted);
    await ada.presses('Get key', { Version: '2019', Language: 'German' });
    const [first, second] = ada.targeted();
    const keys = [first, second].map((one) => reveal({ text: JSON.stringify(one?.card) }));

    const answer = second && (await ada.presses('Done', {}, shownIn(second)));

    assert.notEqual(keys[0], keys[1]);
    assert.match(JSON.stringify(second?.card), /Windows Server 2019 Standard · Contoso Ltd · e5db9b4bdf10 · German/);
    assert.match(answer?.said ?? '', /Hidden/);
    assert.equal(ada.targeted()[1]?.isDeleted, true);
  });

  it('gives the download and the link in the same private way', async () => {
    const ada = app.in('channel');
    await toReady(ada);

    await ada.presses('Download', wanted);
    await ada.presses('Copy link', wanted);

    const [download, link] = ada.targeted().map((one) => shownIn(one).view);
    assert.match(
      String(download?.button('Download').url),
      /^https:\/\/download\.example\/.*64Bit_Polish_Poland_\.ISO\?t=/,
    );
    assert.match(link?.text ?? '', /https:\/\/download\.example\/.*64Bit_Polish/);
    assert.ok(
      app.connector.requests
        .filter(({ text }) => text.includes('download.example'))
        .every(({ isTargeted }) => isTargeted),
    );
  });

  it('puts the link beside the key, in the message that shows it, and leaves both buttons after it is gone', async () => {
    const ada = app.in('channel');
    await toReady(ada);
    await ada.presses('Get key', wanted);
    const [shown] = ada.targeted();
    assert.ok(shown);
    const key = reveal({ text: JSON.stringify(shown.card) });

    await ada.presses('Copy link', {}, shownIn(shown));

    const [both, ...others] = ada.targeted();
    assert.equal(others.length, 0);
    const text = JSON.stringify(both?.card);
    assert.ok(text.includes(key));
    assert.match(text, /https:\/\/download\.example\/.*64Bit_Polish/);
    assert.match(ada.card().view.text, /Key and download address revealed to Ada Nowak/);
    await app.connector.until(() => ada.targeted()[0]?.isDeleted, 'both to be taken away');
    assert.deepEqual(ada.card().view.buttons.slice(0, 3), ['Get key', 'Download', 'Copy link']);
  });

  it('has chosen the next time what the person chose the last time', async () => {
    const ada = app.in('channel');
    await toReady(ada);
    await ada.presses('Get key', { Version: '2016', Language: 'French' });

    const next = await toReady(ada);

    assert.equal(chosen(next, 'Version'), 'Windows Server 2016 Standard');
    assert.match(chosen(next, 'Language') ?? '', /^French/);
  });

  it('takes typed answers as if they were chosen on the card', async () => {
    const ada = app.in('channel');
    await toReady(ada);

    const version = await ada.says('2019');
    const language = await ada.says('german');
    const both = await ada.says('2016 french');
    const neither = await ada.says('the newest one');

    assert.equal(chosen(version, 'Version'), 'Windows Server 2019 Standard');
    assert.equal(chosen(language, 'Version'), 'Windows Server 2019 Standard');
    assert.match(chosen(language, 'Language') ?? '', /^German/);
    assert.equal(chosen(both, 'Version'), 'Windows Server 2016 Standard');
    assert.match(chosen(both, 'Language') ?? '', /^French/);
    assert.match(neither.text, /Please press a button/);
    assert.equal(chosen(neither, 'Version'), 'Windows Server 2016 Standard');
  });

  it('asks for 32 or 64 bit where there is a choice, and which line where there are several', async () => {
    const ada = app.in('channel');

    const lines = await ada.says('keys 712b1970e6b2');
    await ada.goes('Next', { 'Order or subscription ID': 'Windows Server 2025 Standard' });
    const version = ada.card().view;
    const listed = await ada.says('klucze contoso');

    assert.equal(lines.inputs[0]?.choices.length, 2);
    assert.equal(version.input('Version').choices.length, 4);
    assert.doesNotMatch(JSON.stringify(listed.inputs[0]?.choices), /179eb492a247/);
    await ada.says('buy tailspin');
    await ada.goes('Review order', { Product: 'Access LTSC 2024', Quantity: '1' });
    const { text } = await ada.goes('Confirm');
    const [, number = ''] = text.match(/Order number: (\S+)/) ?? [];
    const tooEarly = await ada.says(`keys ${number}`);
    await app.advance(60);
    await ada.says(`keys ${number}`);
    const { view: bits } = ada.card();
    assert.match(tooEarly.text, /no key for order \w+ yet/);
    assert.equal(bits.input('Architecture').choices.length, 2);
    assert.match(chosen(bits, 'Architecture') ?? '', /64/);
    await ada.presses('Copy link', { Language: 'French', Architecture: '32' });
    assert.match(JSON.stringify(ada.targeted()[0]?.card), /32Bit_French/);
  });

  it('shows the key in a personal chat in the answer of the press only, and hides it after its time', async () => {
    const ada = app.in('personal');
    await toReady(ada);
    const { id } = ada.card().message;

    const answer = await ada.presses('Get key', wanted);

    const key = reveal(answer);
    assert.match(answer.card?.text ?? '', keyPattern);
    assert.match(answer.card?.text ?? '', /This disappears after 2 seconds, at \d\d:\d\d:\d\d/);
    assert.deepEqual(answer.card?.buttons, ['Hide', 'Download', 'Copy link']);
    assert.equal(sentWith(key, ada).length, 0);
    const [busy] = app.connector.requests.filter(({ method, messageId }) => method === 'PUT' && messageId === id);
    assert.match(JSON.stringify(busy?.body), /Working on it/);
    assert.doesNotMatch(JSON.stringify(busy?.body), /Action\./);
    const hidden = await app.connector.until(() => {
      const { view } = ada.card();
      return /Hidden again/.test(view.text) && view;
    }, 'the card without the key');
    assert.match(hidden.text, /Key revealed to Ada Nowak/);
    assert.deepEqual(hidden.buttons.slice(0, 3), ['Get key', 'Download', 'Copy link']);
    assert.equal(chosen(hidden, 'Version'), 'Windows Server 2022 Standard');
    assert.match((await ada.presses('Copy link')).text, /64Bit_Polish/);
    assert.equal(sentWith(key, ada).length, 0);
  });

  it('shows the link beside the key in a personal chat, and gives the key again after Hide, without typing anything', async () => {
    const ada = app.in('personal');
    await toReady(ada);
    const { message } = ada.card();
    const first = await ada.presses('Get key', wanted);
    const key = reveal(first);
    const both = first.card && (await ada.presses('Download', {}, { message, view: first.card }));

    const hidden = both?.card && (await ada.presses('Hide', {}, { message, view: both.card }));
    const again = await ada.presses('Get key');
    reveal(again);
    const last = again.card && (await ada.presses('Hide', {}, { message, view: again.card }));
    const settled = await ada.goes('Done');

    assert.ok(both?.card?.text.includes(key));
    assert.match(String(both?.card?.button('Download').url), /64Bit_Polish/);
    assert.deepEqual(both?.card?.buttons, ['Hide', 'Download']);
    assert.deepEqual(hidden?.card?.buttons.slice(0, 3), ['Get key', 'Download', 'Copy link']);
    assert.match(hidden?.card?.text ?? '', /Key and download address revealed to Ada Nowak.*\n.*Hidden again/);
    assert.doesNotMatch(last?.card?.text ?? '', keyPattern);
    assert.match(settled.text, /Hidden again\. To see it once more, type:\nkeys e5db9b4bdf10/);
    assert.deepEqual(settled.buttons, []);
    assert.equal(sentWith(key, ada).length, 0);
  });

  it('is not hidden early where it is asked for again before the first one was to be hidden', async () => {
    const ada = app.in('personal');
    await toReady(ada);
    const edits = () =>
      app.connector.requests.filter(
        ({ method, conversationId, text }) =>
          method === 'PUT' && conversationId === ada.place && text.includes('Hidden again'),
      ).length;
    const { message } = ada.card();
    const first = await ada.presses('Get key', wanted);
    const second = first.card && (await ada.presses('Copy link', {}, { message, view: first.card }));
    assert.match(second?.text ?? '', keyPattern);

    await app.connector.until(() => edits() > 0, 'the card without the key');

    assert.equal(edits(), 1);
  });

  it('shows no key for words, nor for a button that comes as a message', async () => {
    const ada = app.in('personal');
    await toReady(ada);
    const ready = ada.card();
    const before = app.connector.requests.length;

    const typed = await ada.says('get key');
    const data = ready.view.button('Get key').data;
    await app.post({ ...ada.words(''), text: undefined, value: data, replyToId: ready.message.id });

    assert.match(typed.text, /Please press (a|the) button/);
    assert.ok(ada.cards().some(({ view }) => /so that the answer reaches you alone/.test(view.text)));
    for (const { text } of app.connector.requests.slice(before)) assert.doesNotMatch(text, keyPattern);
  });

  for (const [status, code] of [
    [403, 'BotNotInConversationRoster'],
    [400, 'ServiceError'],
    [404, 'ConversationNotFound'],
    [500, 'InternalServerError'],
  ] as const) {
    it(`opens a dialog when Teams refuses the targeted message with ${status}, and never says it publicly`, async () => {
      const ada = app.in('channel');
      await toReady(ada);
      app.connector.refuseNext(({ isTargeted, method }) => isTargeted && method === 'POST', status, code);

      const refused = await ada.presses('Get key');
      const shown = ada.card().view;
      const dialog = await ada.opens('Get key');

      assert.match(refused.said ?? '', /now opens a window that only you see/);
      assert.match(shown.text, /⚠ Teams did not accept a private message here/);
      assert.equal(shown.button('Get key').type, 'Action.Submit');
      assert.equal(dialog.kind, 'continue');
      const key = reveal(dialog);
      assert.match(dialog.card?.text ?? '', /Close it when you are done/);
      assert.doesNotMatch(dialog.card?.text ?? '', /disappears after/);
      assert.ok(sentWith(key, ada).every(({ isTargeted }) => isTargeted));
      assert.equal(ada.targeted().length, 0);
      assert.doesNotMatch(JSON.stringify(ada.cards()), keyPattern);
    });
  }

  it('refuses everybody who is not an admin agent, and tells them how to go on', async () => {
    for (const [who, wayForward] of [
      ['sara', /You are a sales agent\. Ask an admin agent to type "keys" here; an administrator of the customer/],
      ['hela', /You are a helpdesk agent\. Ask an admin agent/],
      ['gert', /You are a global administrator\. Ask an admin agent/],
      ['stan', /not one of the partner’s agents\. Ask an administrator/],
    ] as const) {
      for (const where of ['channel', 'personal'] as const) {
        const card = await app.in(where, who).says(`keys ${servers}`);
        assert.match(card.text, /You may not see product keys and downloads/);
        assert.match(card.text, wayForward);
      }
    }
  });

  it("refuses everybody else who presses the admin agent's card or forges its press", async () => {
    const ada = app.in('channel');
    await toReady(ada);
    const ready = ada.card();
    const before = app.connector.requests.length;

    for (const who of ['bert', 'sara', 'hela', 'gert', 'stan'] as const) {
      const other = ada.as(who);
      const press = other.press('Get key', {}, ready);
      const value = press.value as { action: { data: object } };
      const answers = [
        await pressed(app, press),
        await pressed(app, { ...press, from: { ...(press.from as object), id: `29:${ada.person.id}` } }),
        await pressed(app, {
          ...press,
          value: {
            action: { ...value.action, data: { ...value.action.data, who: ada.person.id, role: 'admin-agent' } },
          },
        }),
        await other.opens('Get key', ready),
        await pressed(app, other.in('personal').press('Get key', {}, ready)),
      ];
      for (const { status, text } of answers) {
        assert.equal(status, 200);
        assert.doesNotMatch(text, keyPattern);
      }
    }

    for (const { text } of app.connector.requests.slice(before)) assert.doesNotMatch(text, keyPattern);
    assert.equal(ada.targeted().length, 0);
    assert.deepEqual(ada.card().view.json, ready.view.json);
  });

  it('says to another admin agent how to get a card of their own, and what is not kept for later', async () => {
    const ada = app.in('channel');
    await toReady(ada);

    const { said } = await ada.as('bert').presses('Get key');
    const left = await ada.says('save for later');
    const after = ada.cards().at(-1)?.view;

    assert.match(said ?? '', /belongs to Ada Nowak\. Type "keys e5db9b4bdf10" for a card of your own/);
    assert.match(left.text, /^Not kept\n(Simulated\n)?.*To begin it again, type: keys e5db9b4bdf10/);
    assert.deepEqual(after?.buttons, []);
  });

  it('lets nobody take away what was sent to somebody else alone', async () => {
    const ada = app.in('channel');
    await toReady(ada);
    await ada.presses('Get key');
    const [targeted] = ada.targeted();
    assert.ok(targeted);
    reveal({ text: JSON.stringify(targeted.card) });

    await ada.as('stan').presses('Done', {}, shownIn(targeted));

    const [, ...deletions] = app.connector.requests.filter(
      ({ method, messageId }) => method === 'DELETE' && messageId === targeted.id,
    );
    assert.deepEqual(deletions, []);
  });

  it('says when Partner Center does not give the key, and offers it again', async () => {
    const ada = app.in('channel');
    await toReady(ada);
    await app.fault({ path: '/artifacts/productkey/', status: 404 });

    await ada.presses('Get key');
    const told = ada.card().view;
    await ada.presses('Get key');

    assert.match(told.text, /⚠ Partner Center has no key for order e5db9b4bdf10 yet/);
    const [placeholder, shown] = ada.targeted();
    assert.equal(placeholder?.isDeleted, true);
    reveal({ text: JSON.stringify(shown?.card) });
  });

  it('tells that a key is revoked once the order is cancelled, and shows none that was asked for before', async () => {
    const ada = app.in('channel');
    await toReady(ada);
    const ready = ada.card();
    await ada.says(`cancel ${servers}`);
    await ada.goes('Cancel now');
    await ada.says('The customer changed their mind.');
    await ada.goes('Submit');
    await app.advance(60);
    await app.connector.until(() => ada.cards().some(({ view }) => /has completed/.test(view.text)), 'the notice');

    await ada.presses('Get key', {}, ready);
    const pressedLate = ada.cards().find(({ message }) => message.id === ready.message.id)?.view;
    const asked = await ada.says(`keys ${servers}`);
    const before = await ada.says('keys 179eb492a247');
    const unknown = await ada.says('keys 0123456789ab');

    assert.match(pressedLate?.text ?? '', /order e5db9b4bdf10 is cancelled[.\s]+Its key is revoked/i);
    assert.match(asked.text, /Its key is revoked/);
    assert.match(before.text, /Its key is revoked/);
    assert.match(unknown.text, /I found no order or subscription "0123456789ab"/);
    assert.equal(ada.targeted().length, 0);
  });

  it('leaves no key anywhere but in front of the person, and a row for each look', async () => {
    assert.ok(revealed.size >= 2);
    const publicly = app.connector.requests.filter(({ isTargeted }) => !isTargeted).map(({ text }) => text);
    const metrics = await (await fetch(`${app.url}/metrics`)).text();

    await app.terminate();
    const { rows, keyReveals } = await readDatabase(app.database, async (query) => ({
      rows: await everyRow(query),
      keyReveals: await query<{ person_name: string; what: string; item: string; is_withdrawn: boolean }>(
        'select person_name, what, item, is_withdrawn from software_desk.key_reveals order by at',
      ),
    }));
    const files = await filesWith(app.database.dataDir, [...revealed]);

    for (const key of [...revealed, 'SMPLE-']) {
      for (const text of publicly) assert.ok(!text.includes(key));
      for (const line of app.log) assert.ok(!line.includes(key), line);
      for (const [table, texts] of rows) for (const text of texts) assert.ok(!text.includes(key), `${table}: ${text}`);
      assert.ok(!metrics.includes(key));
    }
    assert.ok([...rows.keys()].some((name) => name.startsWith('software_desk_jobs')));
    assert.deepEqual(
      files.filter((path) => !path.includes('simulator')),
      [],
    );
    assert.ok(keyReveals.length > 10);
    assert.ok(keyReveals.every(({ person_name }) => person_name === 'Ada Nowak'));
    // The one that Partner Center did not give. Where Teams refused the message, nothing was fetched.
    assert.deepEqual(
      keyReveals.filter(({ is_withdrawn }) => is_withdrawn).map(({ what }) => what),
      ['key'],
    );
    assert.ok(keyReveals.some(({ what, item }) => what === 'link' && item === 'Windows Server 2022 Standard'));
  });
});

describe('keys, where they are shown in dialogs only', () => {
  let app: TestApp;
  before(async () => {
    app = await startTestApp({ KEY_REVEAL: 'dialog', KEY_REVEAL_SECONDS: '2' });
  });
  after(() => app.stop());

  for (const where of ['channel', 'personal'] as const) {
    it(`opens the dialog with the key for the requester alone, and closes it on Done (${where})`, async () => {
      const ada = app.in(where);
      const ready = await toReady(ada);
      const card = ada.card();

      const dialog = await ada.opens('Get key');
      const closed = dialog.card && (await ada.opens('Done', { message: { id: '' }, view: dialog.card }));
      const forged = await ada.presses('Get key', {}, card);
      const settled = await ada.goes('Done', {}, ada.card());

      assert.deepEqual(ready.button('Get key').data && (ready.button('Get key').data as { msteams: object }).msteams, {
        type: 'task/fetch',
      });
      assert.equal(dialog.kind, 'continue');
      const key = secretOf(dialog);
      assert.ok(dialog.card?.buttons.every((title) => dialog.card?.button(title).type !== 'Action.Execute'));
      assert.equal(closed?.status, 200);
      assert.equal(closed?.kind, 'closed');
      assert.doesNotMatch(forged.text, keyPattern);
      assert.match(settled.text, /Key revealed to Ada Nowak/);
      assert.ok(app.connector.requests.every(({ text }) => !text.includes(key)));
      assert.ok(app.log.every((line) => !line.includes(key)));
    });
  }

  it('does not open it for anybody else', async () => {
    const ada = app.in('channel');
    await toReady(ada);
    const card = ada.card();

    for (const who of ['bert', 'sara', 'hela', 'gert', 'stan'] as const) {
      const dialog = await ada.as(who).opens('Get key', card);
      assert.equal(dialog.kind, 'message');
      assert.match(dialog.said ?? '', /This belongs to Ada Nowak/);
      assert.doesNotMatch(dialog.text, keyPattern);
    }
  });
});

describe('keys, where there are web pages', () => {
  let app: TestApp;
  before(async () => {
    // Nothing listens there: what a page does is tried in the browser.
    app = await startTestApp({ PUBLIC_URL: 'http://localhost:9/desk' });
  });
  after(() => app.stop());

  it('opens the page in a dialog when Teams refuses the targeted message, and fetches nothing for it', async () => {
    const ada = app.in('channel');
    await toReady(ada);
    app.connector.refuseNext(({ isTargeted, method }) => isTargeted && method === 'POST', 403, 'ServiceError');
    await ada.presses('Get key');
    const before = app.connector.requests.length;

    const dialog = await ada.opens('Get key', ada.card(), { Version: '2019', Language: 'German' });

    assert.equal(dialog.kind, 'continue');
    assert.match(dialog.url ?? '', /^http:\/\/localhost:9\/desk\/web\/key\?draft=[0-9a-f-]{36}$/);
    assert.doesNotMatch(dialog.text, keyPattern);
    assert.equal(app.connector.requests.length, before);
    await app.terminate();
    const reveals = await readDatabase(app.database, (query) =>
      query('select 1 from software_desk.key_reveals where not is_withdrawn'),
    );
    assert.deepEqual(reveals, []);
  });
});
