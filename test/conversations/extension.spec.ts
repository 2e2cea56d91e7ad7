import assert from 'node:assert/strict';
import { createLinks } from '../../src/web/links.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { servers, ticketAnswers, toTicketReview } from '../support/cancellation-steps.ts';
import { type CardView, filledIn, viewOf } from '../support/card-view.ts';
import type { Activity, Conversation } from '../support/conversation.ts';
import { countTurn } from '../support/count-turn.ts';
import { confirmPurchase, orderNumberOn, toReview, untilCard } from '../support/purchase-steps.ts';
import type { Json } from '../support/simulator-control.ts';
import { waitUntil } from '../support/wait-until.ts';

const publicUrl = 'https://desk.example/bot';

/** A row as whoever searches sees it, and the card that would be inserted. */
interface Row {
  readonly title: string;
  readonly text: string;
  readonly view: CardView;
}

interface Answer {
  readonly status: number;
  readonly type?: string;
  readonly said?: string;
  readonly rows: readonly Row[];
  readonly text: string;
}

/** Teams uses the extension in any chat; the bot need not be there. */
const elsewhere = {
  conversation: {
    id: '19:11111111-1111-4111-8111-111111111111_99999999-9999-4999-8999-999999999999@unq.gbl.spaces',
    conversationType: 'personal',
    tenantId: 'aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa',
  },
};

describe('message extension', () => {
  let app: TestApp;
  before(async () => {
    app = await startTestApp({
      PUBLIC_URL: publicUrl,
      STAFF_TENANT_ID: 'aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa',
      TRACK_SECONDS: '600',
    });
    // Where nobody has looked at a customer's orders yet, one more look at Partner Center's records is needed.
    await app.in('personal').says('orders contoso');
  });
  after(() => app.stop());

  async function invoke(person: Conversation, name: string, value: unknown, more: Activity = {}): Promise<Answer> {
    const { text: _, entities: __, ...base } = person.words('');
    const sent = { ...base, ...elsewhere, type: 'invoke', name: `composeExtension/${name}`, value, ...more };
    const response = await app.post(sent);
    const text = await response.text();
    const { type, text: said, attachments = [] } = (JSON.parse(text) as Json).composeExtension ?? {};
    const rows = (attachments as Json[]).map(({ content, preview }) => ({
      title: preview.content.title,
      text: preview.content.text,
      view: viewOf(content),
    }));
    return { status: response.status, type, said, rows, text };
  }

  const search = (
    person: Conversation,
    commandId: string,
    text?: string,
    queryOptions: unknown = { skip: 0, count: 25 },
  ) =>
    invoke(person, 'query', {
      commandId,
      parameters: text === undefined ? [{ name: 'initialRun', value: 'true' }] : [{ name: 'search', value: text }],
      queryOptions,
    });
  const titlesOf = ({ rows }: Answer) => rows.map(({ title }) => title);

  it('finds an order by its number, and gives a card without a price that opens the tab', async () => {
    const hela = app.in('personal', 'hela');

    const { status, type, rows, said } = await search(hela, 'orders', servers);

    assert.deepEqual([status, type, rows.length], [200, 'result', 1], said);
    const [row] = rows;
    assert.equal(row?.title, `${servers} · Contoso Ltd`);
    assert.match(
      row?.text ?? '',
      /4 × Windows Server 2022 Standard - 16 Core License Pack · Ordered \d+ \w+ \d+ · active/,
    );
    assert.match(row?.view.text ?? '', new RegExp(`Order ${servers}\\nContoso Ltd\\n4 × Windows Server`));
    assert.doesNotMatch(JSON.stringify(row?.view.json), /EUR|3,238/);
    assert.deepEqual(row?.view.buttons, ['Open']);
    assert.equal(row?.view.button('Open').url, `${publicUrl}/order/${servers}`);
  });

  it('finds the orders of a customer, newest first, narrowed by what was bought', async () => {
    const sara = app.in('personal', 'sara');

    const all = await search(sara, 'orders', 'contoso');
    const some = await search(sara, 'orders', 'contoso windows server');
    const part = await search(sara, 'orders', 'northwind sql');

    assert.ok(all.rows.length >= 4);
    assert.ok(all.rows.every(({ title }) => title.endsWith('· Contoso Ltd')));
    assert.ok(some.rows.length > 0 && some.rows.length < all.rows.length);
    assert.ok(some.rows.every(({ text }) => /Windows Server/.test(text)));
    assert.ok(part.rows.every(({ text }) => /SQL/.test(text)) && part.rows.length > 0);
  });

  it('turns pages, and says nothing where there is no further one', async () => {
    const sara = app.in('personal', 'sara');
    const all = titlesOf(await search(sara, 'orders', 'contoso'));

    const first = titlesOf(await search(sara, 'orders', 'contoso', { skip: 0, count: 2 }));
    const second = titlesOf(await search(sara, 'orders', 'contoso', { skip: 2, count: 2 }));
    const none = await search(sara, 'orders', 'contoso', { skip: 100, count: 25 });
    const many = await search(sara, 'customers', undefined, { skip: -1, count: 10_000 });

    assert.deepEqual([...first, ...second], all.slice(0, 4));
    assert.deepEqual([none.type, none.rows.length], ['result', 0]);
    assert.ok(many.rows.length <= 25);
  });

  it('begins with what this person has ordered last, but not with what was ordered in private', async () => {
    const ada = app.in('channel');
    const fresh = await search(ada, 'orders');
    await toReview(ada);
    await confirmPurchase(ada);
    const number = orderNumberOn(await untilCard(app, ada, /Order number: /));

    const own = await search(ada, 'orders');
    const others = await search(app.in('channel', 'bert'), 'orders');
    const customers = await search(ada, 'customers');

    assert.match(fresh.said ?? '', /You have ordered nothing here yet/);
    assert.deepEqual(titlesOf(own), [`${number} · Contoso Ltd`]);
    assert.match(others.said ?? '', /You have ordered nothing here yet/);
    assert.equal(customers.rows[0]?.title, 'Contoso Ltd');
    assert.ok(customers.rows.length > 3);
  });

  it('finds customers by name and by domain, without what only a list shows', async () => {
    const hela = app.in('personal', 'hela');

    const { rows } = await search(hela, 'customers', 'fabrikam');
    const byDomain = await search(hela, 'customers', 'adventure');
    const none = await search(hela, 'customers', 'nobody at all');

    assert.equal(rows.length, 3);
    assert.ok(
      rows.every(({ view }) =>
        /^https:\/\/desk\.example\/bot\/customer\/[\w-]+$/.test(String(view.button('Open').url)),
      ),
    );
    assert.ok(byDomain.rows.length > 0);
    assert.deepEqual([none.type, none.said], ['message', 'Nothing found for "nobody at all".']);
  });

  it('finds cases by reference, order and customer, without amount, reason or contact; own ones come first', async () => {
    const bert = app.in('channel', 'bert');
    await toTicketReview(bert, '4e1b7e113182');
    const filed = await bert.goes('Submit');
    const [reference = ''] = /SD-[A-Z0-9]{6}/.exec(filed.text) ?? [];

    for (const text of [reference, reference.toLowerCase(), '4e1b7e113182', 'contoso', undefined]) {
      const { rows } = await search(bert, 'cases', text);
      assert.equal(rows[0]?.title, `${reference} · Contoso Ltd`, String(text));
      assert.equal(rows[0]?.view.button('Open').url, `${publicUrl}/case/${reference}`);
      assert.doesNotMatch(JSON.stringify(rows[0]?.view.json), /EUR|555 01|partner\.example/);
      assert.ok(!JSON.stringify(rows).includes(ticketAnswers['Reason for the refund']));
    }
    assert.match((await search(bert, 'cases', 'SD-NOSUCH')).said ?? '', /Nothing found/);
  });

  it('gives no card of a case that was submitted in private, to anybody', async () => {
    const ada = app.in('group');
    const recipient = { id: '28:bot', name: 'Software Desk', isTargeted: true };
    await app.post({ ...ada.words('cancel 55117c4390c1'), recipient });
    await app.connector.until(() => ada.targeted().length > 0, 'the cancellation in private');
    const shown = () => {
      const message = ada.targeted().at(-1) ?? assert.fail('nothing in private');
      return { message, view: viewOf(message.card ?? {}) };
    };
    const byTicket = await ada.presses('By ticket', {}, shown());
    const review = await ada.presses('Review ticket', ticketAnswers, {
      ...shown(),
      view: byTicket.card ?? assert.fail(byTicket.text),
    });
    const filed = await ada.presses('Submit', {}, { ...shown(), view: review.card ?? assert.fail(review.text) });
    const [reference = ''] = /SD-[A-Z0-9]{6}/.exec(filed.card?.text ?? '') ?? [];

    for (const who of [ada, ada.as('bert')]) {
      const found = await search(who, 'cases', reference);
      assert.deepEqual(found.rows, []);
      assert.match(found.said ?? '', new RegExp(`${reference} was submitted in private`));
      assert.ok(!titlesOf(await search(who, 'cases')).some((title) => title.includes(reference)));
      assert.deepEqual((await invoke(who, 'queryLink', { url: `${publicUrl}/case/${reference}` })).rows, []);
    }
  });

  it('unfolds a link of ours, and no other one', async () => {
    const sara = app.in('personal', 'sara');
    const unfolds = async (url: unknown) => titlesOf(await invoke(sara, 'queryLink', { url }));

    assert.deepEqual(await unfolds(`${publicUrl}/order/${servers}`), [`${servers} · Contoso Ltd`]);
    for (const url of [
      `https://evil.example/bot/order/${servers}`,
      `https://desk.example/order/${servers}`,
      `https://desk.example/bot/order/${servers}/../../x`,
      `http://desk.example/bot/order/${servers}`,
      `${publicUrl}/order/nosuchnumber1`,
      `${publicUrl}/case/SD-NOSUCH`,
      `${publicUrl}/web/desk`,
      'not an address',
      7,
      undefined,
    ])
      assert.deepEqual(await unfolds(url), [], String(url));
    const anonymous = await invoke(sara, 'anonymousQueryLink', { url: `${publicUrl}/order/${servers}` });
    assert.deepEqual([anonymous.status, anonymous.rows], [200, []]);
  });

  it('shows nothing to whoever has no right, to guests, other tenants and people who are not known', async () => {
    const stan = app.in('personal', 'stan');
    const strangers: [string, Activity][] = [
      ['no role', {}],
      ['guest', { from: { ...(stan.words('').from as object), userRole: 'guest' } }],
      [
        'another tenant',
        { from: { ...(stan.words('').from as object), tenantId: 'bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb' } },
      ],
      ['without an object id', { from: { id: '29:x', name: 'X' } }],
    ];
    // Where somebody from outside was seen, nothing is shown to anybody from then on.
    const conversation = { ...elsewhere.conversation, id: '19:seen-by-strangers@thread.v2' };
    for (const [who, from] of strangers) {
      const more = { conversation, ...from };
      for (const commandId of ['orders', 'cases', 'customers']) {
        const parameters = [{ name: 'search', value: 'contoso' }];
        const found = await invoke(stan, 'query', { commandId, parameters }, more);
        assert.deepEqual([found.status, found.type, found.rows.length], [200, 'message', 0], who);
        assert.ok((found.said ?? '').length > 10, who);
        assert.doesNotMatch(found.text, /Contoso/);
      }
      const unfolded = await invoke(stan, 'queryLink', { url: `${publicUrl}/order/${servers}` }, more);
      assert.deepEqual([unfolded.status, unfolded.rows], [200, []], who);
    }
    const ada = app.in('personal');
    await waitUntil(
      async () => /\(no role in Partner Center\)\W+Stan Obcy/.test((await ada.says('audit')).text),
      'the refusal in the audit log',
    );
    const otherTenant = { channelData: { tenant: { id: 'bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb' } } };
    const refused = await app.post({
      ...stan.words(''),
      ...otherTenant,
      type: 'invoke',
      name: 'composeExtension/query',
      value: { commandId: 'orders' },
    });
    assert.equal(refused.status, 403);
  });

  it('answers forged and unknown invokes with a body that Teams understands', async () => {
    const ada = app.in('personal');
    for (const [name, value] of [
      ['query', undefined],
      ['query', { commandId: 'keys' }],
      ['query', { commandId: { $ne: 1 }, parameters: 'x' }],
      ['selectItem', { order: servers }],
      ['querySettingUrl', {}],
      ['nonsense', null],
    ] as const) {
      const answer = await invoke(ada, name, value);
      assert.deepEqual([answer.status, answer.type, answer.rows.length], [200, 'message', 0], name);
    }
    for (const name of ['setting', 'onCardButtonClicked'])
      assert.deepEqual((await invoke(ada, name, {})).type, 'result');
    const odd = await invoke(ada, 'query', {
      commandId: 'orders',
      parameters: [null, { name: 7 }, { name: 'search', value: { a: 1 } }],
      queryOptions: { skip: 'x', count: null },
    });
    assert.equal(odd.status, 200);
    const hostile = await search(ada, 'customers', `'; drop table "x" -- \u0000\u200b<b> ${'x'.repeat(5000)}`);
    assert.deepEqual([hostile.status, hostile.type], [200, 'message']);
  });

  it('posts nothing, and its cards have no button that a chat without the bot could not answer', async () => {
    const ada = app.in('personal');
    const before = app.connector.requests.length;

    await search(ada, 'orders', servers);
    await search(ada, 'cases');

    assert.equal(app.connector.requests.length, before);
    const { view } = (await search(ada, 'customers', 'contoso')).rows[0] ?? assert.fail('no row');
    assert.doesNotMatch(JSON.stringify(view.json), /Action\.(Execute|Submit)/);
  });

  describe('its dialogs', () => {
    const dialogOf = async (person: Conversation, name: string, value: object, more: Activity = {}) => {
      const { status, text } = await invoke(person, name, value, more);
      const task = text ? ((JSON.parse(text) as Json).task as Json | undefined) : undefined;
      const card = task?.value?.card?.content;
      const said = task?.type === 'message' ? String(task.value) : undefined;
      return { status, text, said, url: task?.value?.url as string | undefined, view: card && viewOf(card) };
    };
    const opens = (person: Conversation, commandId: string, messagePayload?: object, more: Activity = {}) =>
      dialogOf(person, 'fetchTask', { commandId, commandContext: 'message', messagePayload }, more);
    const presses = (person: Conversation, view: CardView, title: string, values: Record<string, string> = {}) => {
      const data = { ...(view.button(title).data as Json), ...filledIn(view, values) };
      return dialogOf(person, 'submitAction', { commandId: 'cancel', data });
    };
    const saying = (content: string) => ({ body: { contentType: 'html', content } });
    const posted = () => app.connector.requests.length;

    it('carry a cancellation from a message that names an order to its case, and nothing is posted', async () => {
      const ada = app.in('personal');
      const before = posted();

      const first = await opens(ada, 'cancel', saying(`<p>Please cancel&nbsp;order <b>#e5db9b4bdf10</b>, thanks</p>`));
      assert.match(first.view?.text ?? first.text, /Cancel order e5db9b4bdf10/);
      assert.ok(JSON.stringify(first.view?.json).includes('Action.Submit'));
      assert.doesNotMatch(JSON.stringify(first.view?.json), /Action\.Execute/);
      const form = await presses(ada, first.view ?? assert.fail(first.text), 'By ticket');
      const review = await presses(ada, form.view ?? assert.fail(form.text), 'Review ticket', ticketAnswers);
      const again = await presses(ada, form.view ?? assert.fail(form.text), 'Review ticket', ticketAnswers);
      assert.match(again.view?.text ?? again.text, /Submit|Review/);
      const filed = await presses(ada, again.view ?? review.view ?? assert.fail(review.text), 'Submit');

      assert.match(filed.view?.text ?? filed.text, /SD-[A-Z0-9]{6}/);
      const [reference = ''] = /SD-[A-Z0-9]{6}/.exec(filed.text) ?? [];
      assert.equal(posted(), before);
      const found = await search(ada, 'cases', reference);
      assert.equal(found.rows.length, 1);
      const twice = await presses(ada, again.view ?? assert.fail(again.text), 'Submit');
      assert.match(twice.text, new RegExp(reference));
    });

    it('read the order from a card in the message, and ask where none is named', async () => {
      const ada = app.in('personal');
      const card = (await search(ada, 'orders', '4e1b7e113182')).rows[0]?.view.json;
      const attachments = [
        null,
        { contentType: 'application/vnd.microsoft.card.adaptive', content: JSON.stringify(card) },
      ];

      const named = await opens(ada, 'keys', { body: null, attachments });
      const unnamed = await opens(ada, 'keys', saying('Hello there'));
      const slash = await opens(ada, 'cancel');

      assert.match(named.view?.text ?? named.text, /Keys: .*\n.*4e1b7e113182/);
      assert.match(unnamed.view?.text ?? unnamed.text, /Which customer/);
      assert.match(slash.view?.text ?? slash.text, /Which customer/);
    });

    it('show a key on a page of ours, and in no message', async () => {
      const ada = app.in('personal');
      const before = posted();
      const ready = await opens(ada, 'keys', saying(servers));

      const page = await presses(ada, ready.view ?? assert.fail(ready.text), 'Get key');

      assert.match(page.url ?? page.text, /^https:\/\/desk\.example\/bot\/web\/key\?draft=/);
      assert.equal(posted(), before);
    });

    it('are for those who have the right, and for nobody else', async () => {
      const [sara, stan, ada] = [app.in('personal', 'sara'), app.in('personal', 'stan'), app.in('personal')];
      const guest = {
        conversation: { ...elsewhere.conversation, id: '19:g@thread.v2' },
        from: { ...(ada.words('').from as object), userRole: 'guest' },
      };
      const ready = await opens(ada, 'keys', saying(servers));

      const refused = await opens(sara, 'keys', saying(servers));
      const stranger = await opens(stan, 'cancel', saying(servers));
      const asGuest = await opens(ada, 'keys', saying(servers), guest);
      const foreign = await presses(sara, ready.view ?? assert.fail(ready.text), 'Get key');
      const forged = await dialogOf(ada, 'submitAction', {
        commandId: 'keys',
        data: { do: 'getKey', draft: 'x', step: 7 },
      });
      const nothing = await dialogOf(ada, 'submitAction', {});

      for (const { status, text } of [refused, stranger, asGuest, foreign, forged, nothing]) {
        assert.equal(status, 200);
        assert.doesNotMatch(text, /SMPLE-|\/web\/key/);
        assert.match(text, /"task"/);
      }
      assert.doesNotMatch(`${refused.text}${stranger.text}${asGuest.text}${foreign.text}`, /Contoso|Get key/);
    });
  });

  it('leads from its links to the tab, and says nothing of what they name', async () => {
    const leads = async (path: string) => {
      const response = await fetch(`${app.url}${path}`, { redirect: 'manual' });
      return [response.status, response.headers.get('location')];
    };
    assert.deepEqual(await leads(`/order/${servers}`), [302, `/web/desk?order=${servers}`]);
    assert.deepEqual(await leads('/case/SD-NOSUCH'), [302, '/web/desk?case=SD-NOSUCH']);
    assert.deepEqual(await leads('/case/%0d%0aX:1'), [404, null]);
    assert.deepEqual(await leads('/case/a%2f..%2fb'), [404, null]);
    assert.deepEqual(await createLinks('7b0f4d19-52c6-4a3e-8e15-90d2c6f1a8b4')({ path: '/case/SD-7K2M9Q' }), {
      status: 302,
      headers: {
        Location:
          'https://teams.microsoft.com/l/entity/7b0f4d19-52c6-4a3e-8e15-90d2c6f1a8b4/desk?context=%7B%22subEntityId%22%3A%22case%2FSD-7K2M9Q%22%7D',
      },
    });
  });

  it('says why where Partner Center does not answer', async () => {
    const ada = app.in('personal');
    await app.fault({ path: '/customers', status: 503, times: 50 });

    const { type, said } = await search(ada, 'orders', `woodgrove`);

    await app.clearFaults();
    assert.equal(type, 'message');
    assert.match(said ?? '', /Partner Center/);
  });

  it('costs no more than a list does', async () => {
    const ada = app.in('personal');
    await search(ada, 'customers', 'contoso');
    const costs = async (commandId: string, text?: string) => {
      const { sql, partnerCenterCalls, statements } = await countTurn(app, () => search(ada, commandId, text));
      assert.ok(
        sql <= 4 && partnerCenterCalls <= 4,
        `${commandId} ${text}: ${sql}, ${partnerCenterCalls}\n${statements.join('\n')}`,
      );
    };
    await costs('orders');
    await costs('orders', servers);
    await costs('orders', 'contoso');
    await costs('cases');
    await costs('cases', servers);
    await costs('customers');
    await costs('customers', 'fab');
  });
});
