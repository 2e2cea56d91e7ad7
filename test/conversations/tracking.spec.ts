import assert from 'node:assert/strict';
import { startTestApp, type TestApp } from '../support/app.ts';
import {
  closed,
  freshOrder,
  referenceOn,
  servers,
  ticketsNaming,
  toNowReview,
  toTicketReview,
} from '../support/cancellation-steps.ts';
import { type CardView, viewOf } from '../support/card-view.ts';
import { type Conversation, inBoth } from '../support/conversation.ts';
import { readDatabase } from '../support/database-contents.ts';
import { untilCard } from '../support/purchase-steps.ts';
import { waitUntil } from '../support/wait-until.ts';

describe('tracking', () => {
  let app: TestApp;
  before(async () => {
    app = await startTestApp();
  });
  after(() => app.stop());

  const noticesIn = (talk: Conversation, reference: string): CardView[] =>
    talk
      .cards()
      .flatMap(({ view }) =>
        new RegExp(`Cancellation ${reference} (has completed|was refused|needs you)`).test(view.text) ? view : [],
      );
  let passing: Promise<unknown> = Promise.resolve();
  /** One after the other: when time passes while another one submits, that one completes on its card, without a notice. */
  const submitAndPass = (talk: Conversation): Promise<string> => {
    const submitted = passing.then(async () => {
      const reference = referenceOn(await talk.goes('Submit'));
      await app.advance(60);
      return reference;
    });
    passing = submitted.catch(() => undefined);
    return submitted;
  };
  /** Another case from its beginning to its notice: whatever was due before has been sent by then. */
  const laterNews = async (): Promise<void> => {
    const bert = app.in('personal', 'bert');
    await toNowReview(bert, await freshOrder(app));
    const reference = await submitAndPass(bert);
    await app.connector.until(() => noticesIn(bert, reference).length > 0, 'the later notice');
  };

  it('edits the case card and tells the thread and the requester, each once, also after a restart', async () => {
    const ada = app.in('channel');
    const chat = ada.in('personal');
    await ada.says(`keys ${servers}`);
    await ada.presses('Get key');
    await toTicketReview(ada, servers);
    const filed = await ada.goes('Submit');
    const reference = referenceOn(filed);
    const { message } = ada.card();

    await app.advance(60);
    const [inThread] = await app.connector.until(
      () => noticesIn(ada, reference).length > 0 && noticesIn(ada, reference),
      'the notice in the thread',
    );
    const [inChat] = await app.connector.until(
      () => noticesIn(chat, reference).length > 0 && noticesIn(chat, reference),
      'the notice in the chat',
    );
    const edited = ada.cards().find((one) => one.message.id === message.id)?.view;
    await app.restart();
    await laterNews();

    for (const notice of [inThread, inChat]) {
      for (const fact of [
        new RegExp(`Cancellation ${reference} has completed.*${servers}`),
        /key is revoked/,
        /uninstall/,
        new RegExp(`Contoso Ltd · order ${servers}`),
        /3,238\.40 EUR\nwas asked back for 4 × Windows Server 2022 Standard/,
        /Requested by: Ada Nowak/,
        /Key\sseen\sby: Ada Nowak: 1 × key, last on [^\n]+ \(Warsaw\)/,
      ])
        assert.match(notice?.text ?? '', fact);
      assert.match(
        String(notice?.json.fallbackText),
        /has completed: order \w+ · Contoso Ltd · 4 × Windows Server 2022 Standard.* · 3,238\.40 EUR$/,
      );
      assert.deepEqual(notice?.buttons, ['Text for the customer', `Open: ${reference}`]);
    }
    const time = String.raw`\d+ \w+ \d{4}, \d\d:\d\d \(Warsaw\)`;
    assert.match(filed.text, new RegExp(`^Submitted by Ada Nowak\n${time}$`, 'm'));
    assert.match(filed.text, new RegExp(`^Ticket \\d+ filed\n${time}\nMicrosoft decides\nsince ${time}$`, 'm'));
    assert.match(filed.text, /^Order cancelled, key revoked\nstill to come$/m);
    assert.match(edited?.text ?? '', new RegExp(`^Order cancelled, key revoked\n${time}$`, 'm'));
    assert.match(edited?.text ?? '', new RegExp(`Cancellation ${reference}\n[\\s\\S]*^completed$`, 'm'));
    assert.match(edited?.text ?? '', /Key\sseen\sby: Ada Nowak: 1 × key, last on /);
    assert.equal(noticesIn(ada, reference).length, 1);
    assert.equal(noticesIn(chat, reference).length, 1);
    assert.match((await ada.says(`keys ${servers}`)).text, /key is revoked/);
    assert.match((await ada.says('cases')).text, new RegExp(`${reference}: completed`));
  });

  it('has a text for the customer, which only whoever asks for it gets, in both languages, and without key and price', async () => {
    const ada = app.in('channel');
    const bert = ada.as('bert').speaking('pl-PL');
    const order = await freshOrder(app);
    await toNowReview(ada, order);
    const reference = referenceOn(await ada.goes('Submit'));
    const inWork = await ada.says(`cases text ${reference}`);
    await app.advance(60);
    const notice = await app.connector.until(
      () => ada.cards().find(({ view }) => view.text.includes(`${reference} has completed`)),
      'the notice',
    );
    const before = ada.cards().length;

    await bert.presses('Text for the customer', {}, notice);
    await bert.presses('Text for the customer', {}, notice);
    const [first, second] = bert.targeted().map(({ card }) => viewOf(card ?? {}));

    assert.match(first?.text ?? '', /^Tekst dla klienta\nContoso Ltd · zamówienie /m);
    assert.match(
      first?.text ?? '',
      new RegExp(`^Guten Tag,\n.*Bestellung ${order} bei Microsoft storniert: 1 × Access`, 'm'),
    );
    assert.match(first?.text ?? '', new RegExp(`^Dzień dobry,\n.*zamówienie ${order} zostało anulowane`, 'm'));
    assert.doesNotMatch(first?.text ?? '', /EUR|SMPLE/);
    assert.equal(second?.text, first?.text);
    assert.equal(ada.cards().length, before);
    assert.match(inWork.text, new RegExp(`^Cancellation ${reference}$`, 'm'));
    assert.match((await ada.says('cases text SD-AAAAAA')).text, /There is no case "SD-AAAAAA"/);
  });

  inBoth('tells when a cancellation by the API has completed, and that nobody saw the key', async (where) => {
    const ada = app.in(where);
    const order = await freshOrder(app);
    await toNowReview(ada, order);

    const reference = await submitAndPass(ada);
    await app.connector.until(() => noticesIn(ada, reference).length > 0, 'the notice');
    await laterNews();

    const [notice, ...others] = noticesIn(ada, reference);
    assert.equal(others.length, 0);
    assert.match(notice?.text ?? '', /Key\sseen\sby: nobody/);
    assert.ok(
      ada
        .cards()
        .some(({ view }) => new RegExp(`^Cancellation ${reference}$[\\s\\S]*^completed$`, 'm').test(view.text)),
    );
    const list = await ada.says('software contoso');
    assert.match(list.text, new RegExp(`order ${order} · cancelled`));
  });

  it('hands a case to a person when the ticket was closed without a cancellation', async () => {
    const ada = app.in('channel');
    await toTicketReview(ada, closed);
    const reference = referenceOn(await ada.goes('Submit'));
    const [ticket] = await ticketsNaming(app, reference);
    // Closed by the partner in the portal before Microsoft's support did anything.
    await app.asPartner('PATCH', `/v1/servicerequests/${ticket?.id}`, { id: ticket?.id, status: 'closed' });

    await app.advance(20 * 60);
    await app.connector.until(() => noticesIn(ada, reference).length > 0, 'the notice');

    const [notice] = noticesIn(ada, reference);
    assert.match(notice?.text ?? '', new RegExp(`Cancellation ${reference} needs you: order ${closed}`));
    assert.match(notice?.text ?? '', /Microsoft closed the ticket, but the order is not cancelled/);
    assert.match((await ada.says('cases')).text, new RegExp(`${reference}: needs a person`));
    await app.connector.until(() => noticesIn(ada.in('personal'), reference).length === 1, 'the notice in the chat');
  });

  it('tells what Microsoft asks on the ticket', async () => {
    const ada = app.in('channel');
    const order = await freshOrder(app);
    await toTicketReview(ada, order);
    const reference = referenceOn(await ada.goes('Submit'));
    const [ticket] = await ticketsNaming(app, reference);
    const note = { text: 'Which server is it installed on?' };
    await app.asPartner('PATCH', `/v1/servicerequests/${ticket?.id}`, {
      id: ticket?.id,
      status: 'attention_needed',
      newNote: note,
    });

    const notice = await app.connector.until(() => noticesIn(ada, reference)[0], 'the notice');

    assert.match(notice.text, /needs you/);
    assert.match(notice.text, /Which server is it installed on\?/);
    await app.advance(60);
    await app.connector.until(
      () => noticesIn(ada, reference).length === 2,
      'the notice that it has completed after all',
    );
  });

  it('reaches the requester when the thread no longer takes messages', async () => {
    const ada = app.in('channel');
    const chat = ada.in('personal');
    await chat.says('hi');
    const order = await freshOrder(app);
    await toNowReview(ada, order);
    const reference = referenceOn(await ada.goes('Submit'));
    app.connector.refuseNext(
      ({ method, conversationId }) => method === 'POST' && conversationId === ada.place,
      403,
      'BotNotInConversationRoster',
    );

    await app.advance(60);
    await app.connector.until(() => noticesIn(chat, reference).length > 0, 'the notice in the chat');
    await laterNews();

    assert.equal(noticesIn(ada, reference).length, 0);
    assert.equal(noticesIn(chat, reference).length, 1);
  });

  it('reaches somebody when neither the thread nor the requester can be reached', async () => {
    const ada = app.in('channel');
    const order = await freshOrder(app);
    await toNowReview(ada, order);
    const reference = referenceOn(await ada.goes('Submit'));
    const gone = [ada.place, ada.in('personal').place];
    for (const place of gone)
      app.connector.refuseNext(
        ({ method, conversationId }) => method === 'POST' && conversationId === place,
        403,
        'ConversationBlockedByUser',
      );

    await app.advance(60);
    const told = () =>
      app.connector
        .messages()
        .filter(({ card }) => JSON.stringify(card ?? {}).includes(`Cancellation ${reference} has completed`));
    const [notice] = await app.connector.until(() => told().length > 0 && told(), 'a notice somewhere');

    assert.ok(!gone.includes(notice?.conversationId ?? ''));
  });

  it('keeps private what was asked in private', async () => {
    const ada = app.in('channel');
    const order = await freshOrder(app);
    const isTargeted = { recipient: { id: '28:bot', name: 'Software Desk', isTargeted: true } };
    await app.post({ ...ada.words(`cancel ${order}`), ...isTargeted });
    const newestInPrivate = () => {
      const last = ada.targeted().findLast(({ card }) => card);
      if (!last?.card) throw new Error('nothing was said in private');
      return { message: last, view: viewOf(last.card) };
    };
    await ada.presses('Cancel now', {}, newestInPrivate());
    await ada.presses('Next', { 'Reason for the refund': 'Ordered by mistake' }, newestInPrivate());
    await ada.presses('Submit', {}, newestInPrivate());
    const reference = referenceOn(newestInPrivate().view);

    await app.advance(60);
    await app.connector.until(
      () => ada.targeted().some(({ card }) => JSON.stringify(card).includes(`${reference} has completed`)),
      'the notice',
    );

    assert.equal(ada.cards().length, 0);
  });

  it('waits for the card of a case that is still being worked on', async () => {
    const ada = app.in('channel');
    const order = await freshOrder(app);
    await toTicketReview(ada, order);
    await app.fault({ method: 'POST', path: '/servicerequests/', delayMs: 3200 });

    const answer = await ada.presses('Submit');
    const settled = await untilCard(app, ada, /waiting for Microsoft/);

    assert.ok(answer.tookMs < 3000);
    assert.match(answer.said ?? '', /Still working/);
    assert.equal((await ticketsNaming(app, referenceOn(settled))).length, 1);
  });
});

describe('tracking, when the process is told to stop', () => {
  let app: TestApp;
  before(async () => {
    app = await startTestApp();
  });
  after(() => app.stop());

  it('ends the look that is under way as it would have ended', async () => {
    const ada = app.in('channel');
    const order = await freshOrder(app);
    await toTicketReview(ada, order);
    const reference = referenceOn(await ada.goes('Submit'));
    await app.fault({ method: 'GET', path: '/servicerequests', delayMs: 1_500, times: 9 });
    await app.advance(60);
    const asked = (await app.requests()).length;
    // What is listed first says which orders are looked at then.
    const isListing = async () => (await app.requests(asked)).some(({ path }) => path.includes('/servicerequests'));
    await waitUntil(isListing, 'the tickets to be listed');

    await app.terminate();

    const [found] = await readDatabase(app.database, (query) =>
      query<{ state: string; failed_looks: number }>(
        `select state, failed_looks from software_desk.cases where reference = '${reference}'`,
      ),
    );
    assert.deepEqual(found, { state: 'completed', failed_looks: 0 });
  });
});
