import assert from 'node:assert/strict';
import { startTestApp, type TestApp } from '../support/app.ts';
import { rowOf } from '../support/card-view.ts';
import { inBoth } from '../support/conversation.ts';
import { confirmPurchase, toReview } from '../support/purchase-steps.ts';

describe('around the jobs', () => {
  let app: TestApp;
  before(async () => {
    app = await startTestApp();
  });
  after(() => app.stop());

  inBoth(`answers help, menu and their Polish word with the list of commands`, async (where) => {
    const ada = app.in(where);

    for (const text of ['help', 'MENU', 'pomoc', '?', '/help', 'please help']) {
      const card = await ada.says(text);
      assert.match(card.text, /Hello Ada Nowak\./, text);
      for (const command of [
        'buy',
        'software',
        'orders',
        'keys',
        'cancel',
        'cases',
        'drafts',
        'remind',
        'whoami',
        'help',
      ])
        assert.match(card.text, new RegExp(`^${command}: `, 'm'), `${text}: ${command}`);
      assert.equal(/^audit: /m.test(card.text), where === 'personal');
    }
  });

  inBoth(`greets with buttons for what this person may begin, and with examples`, async (where) => {
    const ada = app.in(where);
    const audit = where === 'personal' ? ['Audit'] : [];
    const expected = {
      ada: ['Find', 'Buy', 'Software', 'Cases', 'Drafts', ...audit, 'What may I do?'],
      sara: ['Find', 'Buy', 'Software', 'Cases', 'Drafts', 'What may I do?'],
      hela: ['Find', 'Software', 'Cases', 'Orders', 'Drafts', 'What may I do?'],
      stan: ['What may I do?', 'Language'],
    } as const;

    for (const text of ['hi', 'Hello!', 'cześć', 'czesc', 'dzień dobry'])
      assert.match((await ada.says(text)).text, /Hello Ada Nowak\./, text);
    for (const who of ['ada', 'sara', 'hela', 'stan'] as const) {
      const greeted = await ada.as(who).says('hi');
      assert.deepEqual(
        greeted.buttons.filter((title) => !title.startsWith('Open')),
        expected[who],
        who,
      );
    }
    assert.match((await ada.says('hi')).text, /"buy 10 windows server 2025 standard for contoso", "keys /);
    assert.match((await ada.as('hela').says('hi')).text, /for example "software contoso", "orders contoso"/);
    assert.match((await ada.as('stan').says('hi')).text, /Ask an administrator/);
    await ada.says('hi');
    await ada.presses('Buy');
    assert.match(ada.card().view.text, /Which customer|For which customer/);
  });

  inBoth(`finds from the greeting what is typed there, as if it had been typed in the chat`, async (where) => {
    const ada = app.in(where);
    const field = 'Customer, order or case';
    await ada.says('hi');
    const greeting = ada.card();
    const finding = async (typed: string, title = 'Find') => {
      await ada.presses(title, { [field]: typed }, greeting);
      return ada.card().view;
    };

    assert.match((await finding('contoso')).text, /^Software of Contoso Ltd/);
    assert.match((await finding('e5db9b4bdf10')).text, /Software of Contoso|Orders of Contoso/);
    assert.match((await finding('SD-NOSUCH')).text, /There is no case "SD-NOSUCH"/);
    assert.match((await finding('cancel e5db9b4bdf10')).text, /^Cancel order e5db9b4bdf10/);
    assert.match((await finding('no such firm')).text, /No customer matches "no such firm"/);
    assert.match((await finding('')).text, /^Which customer/);
    assert.match((await finding('contoso', 'Buy')).text, /^Buy for Contoso Ltd/);
    assert.match((await finding('contoso', 'Software')).text, /^Software of Contoso Ltd/);
    assert.match((await finding('contoso', 'Cases')).text, /^Cancellation/);
    assert.deepEqual((await ada.as('stan').says('hi')).inputs, []);
  });

  it('greets in the personal chat with what needs this person, and elsewhere with nothing of anybody', async () => {
    const [bert, bertInChannel] = [app.in('personal', 'bert'), app.in('channel', 'bert')];
    await bert.says('buy fabrikam inc');

    const [alone, among] = [await bert.says('hi'), await bertInChannel.says('hi')];

    assert.match(alone.text, /One thing needs you\.[\s\S]*Fabrikam Inc/i);
    assert.doesNotMatch(among.text, /needs you|Fabrikam/i);
  });

  inBoth(
    `helps with one command: what it does, what it needs, examples, and a button for whoever may`,
    async (where) => {
      const ada = app.in(where);

      for (const text of ['help cancel', 'how do I cancel an order?', 'pomoc anuluj']) {
        const card = await ada.says(text);
        assert.match(
          card.text,
          /^Help: cancel\n[\s\S]*^What it does: .*refund\nWhat I need: The order number.*\nFor example: /m,
        );
        assert.deepEqual(card.buttons, ['Cancel'], text);
      }
      const refused = await ada.as('hela').says('help cancel');

      assert.match(refused.text, /You may not prepare a cancellation\. You are a helpdesk agent/);
      assert.deepEqual(refused.buttons, []);
    },
  );

  inBoth(`says what it did not understand, and offers the nearest reading and three examples`, async (where) => {
    const ada = app.in(where);

    const near = await ada.says('sofware contoso');
    await ada.presses('software contoso');
    const pressed = ada.card().view;
    const polish = await ada.says('anului e5db9b4bdf10');
    const customer = await ada.says('contoso');
    const product = await ada.says('windows server 2022');
    const question = await ada.says('where is my order');
    const nonsense = await ada.says('lorem ipsum <b>dolor</b> [x](https://evil.example)');
    const empty = await ada.says('   ');
    const helper = await ada.as('hela').says('anului e5db9b4bdf10');

    assert.match(near.text, /I did not understand "sofware contoso"\nDid you mean "software contoso"\?/);
    assert.match(pressed.text, /Software of Contoso/);
    assert.match(polish.text, /Did you mean "cancel e5db9b4bdf10"\?/);
    assert.match(customer.text, /I did not understand "contoso"\nDid you mean "software contoso"\?/);
    assert.match(product.text, /Did you mean "buy windows server 2022"\?/);
    assert.match(question.text, /Did you mean "my orders"\?/);
    assert.match(nonsense.text, /I did not understand "lorem ipsum/);
    assert.doesNotMatch(nonsense.text, /Did you mean/);
    assert.match(nonsense.text, /for example "buy .*", "keys .*", "cancel .*"\. "help" shows everything/);
    assert.doesNotMatch(nonsense.text, /^buy: /m);
    assert.doesNotMatch(JSON.stringify(nonsense.json.body), /[^\\]\[x\]\(https/);
    assert.match(empty.text, /I did not understand/);
    assert.deepEqual(helper.buttons, []);
    assert.doesNotMatch(helper.text, /Did you mean/);
  });

  inBoth(`tells everybody who they are and what they may do, or whom to ask`, async (where) => {
    const ada = app.in(where);
    const expected = {
      ada: /Roles: admin agent\nYou may: .*see product keys/,
      gert: /Roles: global administrator\nYou may: .*confirm an order/,
      sara: /Roles: sales agent\nYou may: .*prepare a cancellation/,
      hela: /Roles: helpdesk agent\nYou may: look at customers, software and orders\n/,
      stan: /You may not do anything here yet\. Ask an administrator/,
    } as const;

    for (const who of ['ada', 'gert', 'sara', 'hela', 'stan'] as const)
      assert.match((await ada.as(who).says('whoami')).text, expected[who]);
    assert.match((await ada.as('sara').says('kim jestem')).text, /You are Sara Wilk/);
  });

  for (const [what, named] of [
    ['another message', '1657049372481'],
    ['-1', '-1'],
    ['nothing', undefined],
    ['an empty id', ''],
  ] as const)
    it(`keeps the shared card up to date where the client names ${what} as the one that was pressed`, async () => {
      const ada = app.in('channel');
      const pressed = async (title: string, values = {}) => {
        const before = ada.card();
        const response = await app.post({ ...ada.press(title, values), replyToId: named });
        assert.equal(response.status, 200);
        const shown = ada.card();
        assert.equal(shown.message.id, before.message.id);
        assert.notDeepEqual(shown.view.json, before.view.json);
        return shown.view;
      };
      await ada.says('buy contoso');
      await pressed('Review order', { Product: 'Windows Server 2025 Standard' });
      await pressed('Review order', {
        Edition: 'Windows Server 2025 Standard - 16 Core License Pack',
        Quantity: '2',
      });
      const asked = await pressed('Confirm');
      const ordered = /Nothing was ordered yet/.test(asked.text) ? await pressed('Confirm') : asked;

      assert.ok(!ordered.buttons.some((title) => title.startsWith('Confirm')), ordered.buttons.join());
      assert.equal(ada.cards().length, 1);
    });

  describe('while Teams is unwell', () => {
    it('gives an answer that was refused once, or whose connection was cut, on the second try', async () => {
      const ada = app.in('channel');
      const isPost = ({ method, conversationId }: { method: string; conversationId: string }) =>
        method === 'POST' && conversationId === ada.place;
      await ada.says('help');

      app.connector.refuseNext(isPost, 404, 'ConversationNotFound');
      assert.match((await ada.says('whoami')).text, /You are Ada Nowak/);
      app.connector.refuseNext(isPost, 503, 'ServiceUnavailable');
      assert.match((await ada.says('orders contoso')).text, /Orders of Contoso/);
      app.connector.plan({ fault: 'drop' });
      assert.match((await ada.says('buy contoso')).text, /Buy for Contoso/);

      assert.equal(ada.cards().length, 4);
    });

    it('asks whether the answer arrived where Teams did it and said that it failed, and goes on with what is there', async () => {
      const ada = app.in('channel');
      app.connector.loseAnswer(({ method, conversationId }) => method === 'POST' && conversationId === ada.place);

      await ada.says('buy contoso');
      await app.connector.until(() => ada.cards().length === 2, 'the question whether it arrived');
      const [question, told] = ada.cards();
      const next = await ada.presses('Review order', { Product: 'Windows Server 2025 Standard' }, question);

      assert.match(told?.view.text ?? '', /did not tell me whether you can see my answer/);
      assert.doesNotMatch(JSON.stringify(ada.cards().map(({ view }) => view.text)), /went wrong|Nothing was begun/i);
      assert.match(next.card?.text ?? '', /Which edition/);
      assert.match(ada.cards()[0]?.view.text ?? '', /Which edition/);
    });

    it('sends the card anew where edits are not taken, for everybody to go on with', async () => {
      const ada = app.in('channel');
      await ada.says('buy contoso');
      app.connector.refuseNext(
        ({ method, conversationId }) => method === 'PUT' && conversationId === ada.place,
        405,
        '',
      );

      const pressed = await ada.presses('Review order', { Product: 'Windows Server 2025 Standard' });
      await app.connector.until(() => ada.cards().length === 2, 'the card that takes its place');
      const next = await ada.goes('Review order', { Edition: 'Windows Server 2025 Standard - 16 Core License Pack' });

      assert.match(pressed.card?.text ?? '', /Which edition/);
      assert.match(next.text, /Please check the order/);
      assert.equal(ada.cards().length, 2);
    });

    it('posts once into a chat that is blocked, and logs one line', async () => {
      const ada = app.in('channel');
      const isHere = ({ conversationId }: { conversationId: string }) => conversationId === ada.place;
      for (let times = 0; times < 5; times += 1) app.connector.refuseNext(isHere, 403, 'BotDisabledByAdmin');
      const [lines, requests] = [app.log.length, app.connector.requests.length];

      const response = await app.post(ada.words('orders contoso'));
      await app.connector.until(() => app.connector.requests.slice(requests).some(isHere), 'the post');

      assert.equal(response.status, 200);
      assert.equal(app.connector.requests.slice(requests).filter(isHere).length, 1);
      const told = app.log.slice(lines).filter((line) => /"level":"(warn|error)"/.test(line));
      assert.equal(told.length, 1, told.join(''));
      assert.match(told[0] ?? '', /BotDisabledByAdmin/);
    });
  });

  inBoth(`refuses a stranger everything but help and whoami`, async (where) => {
    const stan = app.in(where, 'stan');

    for (const text of [
      'buy',
      'software contoso',
      'orders contoso',
      'keys e5db9b4bdf10',
      'cancel e5db9b4bdf10',
      'cases',
      'drafts',
      'remind e5db9b4bdf10',
      'audit contoso',
    ]) {
      const card = await stan.says(text);
      assert.match(card.text, /You are not one of the partner’s agents\. Ask an administrator/, text);
      assert.doesNotMatch(card.text, /Contoso/, text);
    }
  });

  it('lists drafts of several kinds and resumes one of them in another place', async () => {
    const ada = app.in('channel');
    const chat = ada.in('personal');
    assert.match((await ada.says('drafts')).text, /You have no drafts/);
    await toReview(ada);
    const inThread = ada.card();
    await ada.says('cancel e5db9b4bdf10');

    const list = await chat.says('szkice');
    const { message } = chat.card();
    await chat.presses('Resume', {}, { message, view: rowOf(list, 'Buy') });
    const resumed = chat.card().view;
    const old = ada.cards().find(({ message }) => message.id === inThread.message.id)?.view;
    const stale = await ada.presses('Confirm', {}, inThread);
    const typedInThread = await ada.says('nonsense');
    const settled = await confirmPurchase(chat);
    const after = await chat.says('drafts');

    assert.equal(list.buttons.filter((title) => title === 'Resume').length, 2);
    assert.match(resumed.text, /Please check the order/);
    assert.match(old?.text ?? '', /Resumed below|Resumed/);
    assert.deepEqual(old?.buttons, []);
    assert.doesNotMatch(stale.text, /Ordered/);
    assert.doesNotMatch(typedInThread.text, /check the order/);
    assert.match(settled.text, /Ordered/);
    assert.doesNotMatch(after.text, /Buy/);
  });

  it('discards a draft in the list: its own card says so, and the list is without it', async () => {
    const ada = app.in('channel');
    await toReview(ada);
    const inThread = ada.card();
    const chat = ada.in('personal');
    await chat.says('drafts');

    await chat.presses('Discard');
    const discarded = chat.card().view;
    const left = ada.cards().find(({ message }) => message.id === inThread.message.id)?.view;
    const again = await chat.says('drafts');

    for (const view of [discarded, left])
      assert.match(view?.text ?? '', /^Discarded: Buy .*[\s\S]*Nothing was ordered/);
    assert.match(again.text, /You have no drafts/);
  });

  it("keeps one person's drafts from another, unless they were handed over", async () => {
    const sara = app.in('channel', 'sara');
    const bert = sara.as('bert');
    await toReview(sara);
    const before = await bert.says('drafts');
    await sara.goes(
      'Hand over',
      {},
      sara.cards().find(({ view }) => view.buttons.includes('Hand over')),
    );

    const handed = await bert.says('drafts');
    await bert.presses('Resume', {}, { message: bert.card().message, view: rowOf(handed, 'handed over by Sara Wilk') });
    const resumed = bert.card().view;

    assert.doesNotMatch(before.text, /Buy Windows/);
    assert.match(handed.text, /Buy Windows Server 2022.*\nhanded over by Sara Wilk/);
    assert.match(resumed.text, /^Please check the order$[\s\S]*^Customer: Contoso Ltd/m);
    assert.ok(resumed.buttons.some((title) => title.startsWith('Confirm')));
    assert.match((await sara.says('drafts')).text, /You have no drafts/);
  });

  it('takes up again what is typed after the question was answered elsewhere', async () => {
    const ada = app.in('channel');
    await ada.says('buy contoso');
    await ada.says('help');

    const typed = await ada.says('Access LTSC 2024');

    assert.match(typed.text, /how many, and how\?/);
  });

  it('saves for later in words, forgets the question, and comes back to it', async () => {
    const ada = app.in('personal');
    await ada.says('buy contoso');

    const saved = await ada.says('save for later');
    const elsewhere = await ada.says('Access LTSC 2024');
    await ada.says('drafts');
    await ada.presses('Resume');
    const resumed = ada.card().view;
    const discarded = await ada.says('odrzuć');

    assert.match(saved.text, /Saved: Buy software for Contoso Ltd/);
    assert.deepEqual(saved.buttons, ['Resume', 'Discard']);
    assert.match(elsewhere.text, /I did not understand/);
    assert.match(resumed.text, /Buy for Contoso Ltd/);
    assert.match(discarded.text, /Discarded: Buy software for Contoso Ltd/);
  });

  it('answers a private request with private messages only', async () => {
    const ada = app.in('channel');
    const words = ada.words('orders contoso');
    const before = app.connector.requests.length;

    await app.post({ ...words, recipient: { id: '28:bot', name: 'Software Desk', isTargeted: true } });

    const sent = app.connector.requests.slice(before).filter(({ body }) => body.type !== 'typing');
    assert.ok(sent.length > 0);
    assert.ok(sent.every(({ isTargeted }) => isTargeted));
    assert.equal(ada.cards().length, 0);
    assert.equal(ada.targeted().length, 1);
  });

  it('ignores what is not meant for it in a channel', async () => {
    const ada = app.in('channel');
    const { entities: _, ...unmentioned } = ada.words('buy contoso');

    const response = await app.post({ ...unmentioned, text: 'buy contoso' });

    assert.equal(response.status, 200);
    assert.equal(ada.cards().length, 0);
  });

  it('puts a reminder before the window closes where it was asked for, once each time', async () => {
    const ada = app.in('channel');
    const refused = await ada.says('remind 4e1b7e113182');
    assert.match(refused.text, /Order 4e1b7e113182 could be cancelled until/);
    await ada.says('remind 55117c4390c1');
    const reminded = () =>
      ada.cards().filter(({ view }) => /Order 55117c4390c1 can be cancelled only until/.test(view.text));
    const { now, orders } = await app.state('orders');
    const bought = Date.parse(orders.find(({ id }) => id === '55117c4390c1')?.creationDate);
    const closes = bought + 7 * 24 * 3600 * 1000;

    await app.advance((closes - Date.parse(now)) / 1000 - 20 * 3600);
    await app.connector.until(() => reminded().length === 1, 'the reminder a day before');
    await app.advance(19.5 * 3600);
    await app.connector.until(() => reminded().length === 2, 'the reminder an hour before');

    assert.deepEqual(reminded().at(-1)?.view.buttons, ['Cancel …', 'Keep it']);
  });
});
