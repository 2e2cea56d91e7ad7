import assert from 'node:assert/strict';
import { startTestApp, type TestApp } from '../support/app.ts';
import { freshOrder, referenceOn } from '../support/cancellation-steps.ts';
import { type Conversation, tenantId } from '../support/conversation.ts';
import { countTurn } from '../support/count-turn.ts';

/** What a turn may cost at the most: round trips to the database, calls to Partner Center, and rounds of calls. */
interface Budget {
  readonly sql: number;
  readonly calls: number;
  readonly rounds: number;
}

const free: Budget = { sql: 0, calls: 0, rounds: 0 };
/** Read once, written once, nothing asked. */
const answered: Budget = { sql: 2, calls: 0, rounds: 0 };

describe('what a turn costs, for a customer and an order that nobody has asked for yet', () => {
  let app: TestApp;
  let ada: Conversation;
  let chat: Conversation;
  /** The list of its customer's orders makes it known. */
  let inPortal: string;
  let unasked: string;
  let reference: string;
  let hela: Conversation;
  before(async () => {
    app = await startTestApp({ TRACK_SECONDS: '600' });
    ada = app.in('channel');
    chat = app.in('personal');
    await ada.says('help');
    await chat.says('help');
    hela = app.in('channel', 'hela');
    await hela.says('cases');
    // So that calls made at the same time are seen to be: without it one may be over before the next is sent.
    inPortal = await freshOrder(app);
    unasked = await freshOrder(app, 'Wingtip');
    await app.fault({ path: '^/v1', delayMs: 50, times: 10_000 });
  });
  after(() => app.stop());

  function costs(what: string, { sql, calls, rounds }: Budget, act: () => Promise<unknown>): void {
    it(`${what}: at most ${sql} to the database, ${calls} to Partner Center in ${rounds} rounds`, async () => {
      const cost = await countTurn(app, act);

      const told = [...cost.statements, ...cost.calls.map(({ method, path }) => `${method} ${path}`)].join('\n');
      assert.ok(cost.sql <= sql, `${cost.sql} to the database\n${told}`);
      assert.ok(cost.partnerCenterCalls <= calls, `${cost.partnerCenterCalls} to Partner Center\n${told}`);
      assert.ok(cost.rounds <= rounds, `${cost.rounds} rounds\n${told}`);
    });
  }

  /** What a turn costs up to the first request that changes something at Partner Center, and in all. */
  function writes(
    what: string,
    { before, all, act }: { readonly before: Budget; readonly all: Budget; readonly act: () => Promise<unknown> },
  ): void {
    it(`${what}: at most ${before.sql} to the database and ${before.calls} to Partner Center in ${before.rounds} rounds before it acts, ${all.sql} and ${all.calls} in all`, async () => {
      const cost = await countTurn(app, act);

      const told = [...cost.statements, ...cost.calls.map(({ method, path }) => `${method} ${path}`)].join('\n');
      const { sql, calls, rounds } = cost.beforeWrite ?? assert.fail(`nothing was written\n${told}`);
      assert.ok(sql <= before.sql, `${sql} to the database before it acts\n${told}`);
      assert.ok(calls <= before.calls, `${calls} to Partner Center before it acts\n${told}`);
      assert.ok(rounds <= before.rounds, `${rounds} rounds before it acts\n${told}`);
      assert.ok(cost.sql <= all.sql, `${cost.sql} to the database\n${told}`);
      assert.ok(cost.partnerCenterCalls <= all.calls, `${cost.partnerCenterCalls} to Partner Center\n${told}`);
      assert.ok(cost.rounds <= all.rounds, `${cost.rounds} rounds\n${told}`);
    });
  }

  const primary = () => ada.card().view.buttons[0] ?? '';

  costs('help', free, () => ada.says('help'));
  costs('hi, where others read along', free, () => ada.says('hi'));
  costs('hi', { sql: 3, calls: 0, rounds: 0 }, () => chat.says('hi'));
  costs('whoami', free, () => ada.says('whoami'));

  it('asks the Connector for nothing more in a channel, and in a shared one once who is there', async () => {
    const before = app.connector.rosterReads.length;
    await ada.says('help');
    assert.equal(app.connector.rosterReads.length, before);

    const shared = app.in('shared');
    app.connector.setRoster(shared.place.replace(/;.*/, ''), [{ id: '29:ada', tenantId }]);
    await shared.says('help');
    const cost = await countTurn(app, () => shared.says('whoami'));

    assert.equal(cost.sql, 0);
    assert.equal(app.connector.rosterReads.length, before + 1);
  });
  costs('cases', { sql: 2, calls: 0, rounds: 0 }, () => ada.says('cases'));
  costs('software', { sql: 2, calls: 4, rounds: 2 }, () => ada.says('software contoso'));
  costs('orders', { sql: 2, calls: 4, rounds: 2 }, () => ada.says('orders contoso'));
  // Two for the customer's country and, once in four hours, the price sheet of the market: it names the editions, which
  // saves the card that asked for them, with its two calls and two statements.
  costs('buy, the first card', { sql: 2, calls: 6, rounds: 2 }, () => ada.says('buy contoso'));
  let cal = '';
  costs('a letter that is typed into the list of products', { sql: 1, calls: 0, rounds: 0 }, async () => {
    const [found] = await ada.types('Product', 'ws 2022 device cal');
    cal = found?.value ?? '';
  });
  costs('a typed product with several editions', { sql: 2, calls: 2, rounds: 1 }, () =>
    ada.goes('Review order', { Product: 'Windows Server 2022 Standard' }),
  );
  costs('the product with its edition, and the review', { sql: 2, calls: 6, rounds: 3 }, () =>
    ada.goes('Review order', { Product: cal, Quantity: '2' }),
  );
  writes('Confirm', {
    // Another call where the edition needs a check of the inventory.
    before: { sql: 4, calls: 6, rounds: 4 },
    all: { sql: 9, calls: 7, rounds: 3 },
    act: () => ada.goes(primary()),
  });
  costs('cancel, the first card', { sql: 3, calls: 5, rounds: 2 }, () => ada.says('cancel e5db9b4bdf10'));
  costs('By ticket', answered, () => ada.goes('By ticket'));
  it('asks the Connector once who the person is, and not again for the same ticket', async () => {
    const ofAda = () => app.connector.rosterReads.filter((url) => url.endsWith(encodeURIComponent(ada.person.id)));
    assert.equal(ofAda().length, 1);
    await ada.goes('Back');
    await ada.goes('By ticket');
    assert.equal(ofAda().length, 1);
  });
  costs('Step by step', answered, () => ada.goes('Step by step'));
  costs('the tenant', answered, () => ada.goes('Next'));
  costs('the order', answered, () => ada.goes('Next'));
  costs('a typed reason', answered, () => ada.says('bought by mistake for this customer'));
  costs('the amount', answered, () => ada.goes('Next'));
  costs('the impact', answered, () => ada.goes('Next'));
  costs('the title', answered, () => ada.goes('Next'));
  costs('the contact name', answered, () => ada.goes('Next'));
  costs('a typed e-mail address', answered, () => ada.says('ada@partner.example'));
  costs('the contact phone, and the review', answered, () => ada.goes('Next', { 'Contact phone': '+48 22 555 01 00' }));
  writes('Submit', {
    // Another call where nobody has asked for the product within the hour.
    before: { sql: 4, calls: 4, rounds: 2 },
    all: { sql: 9, calls: 5, rounds: 3 },
    act: async () => {
      reference = referenceOn(await ada.goes('Submit'));
    },
  });
  // And one for the title of each of its versions that nobody has asked for within the hour: Partner Center tells
  // what was bought without titles.
  const titles = 3;
  // Which languages there are is catalogue, which is asked once in ten minutes for all customers of a country.
  const languages = 1;
  costs('keys, the first card', { sql: 3, calls: 3 + titles + languages, rounds: 2 }, () =>
    ada.says('keys 4e1b7e113182'),
  );
  costs('another version, typed', { sql: 2, calls: languages, rounds: 1 }, () => ada.says('2016'));
  costs('Get key', { sql: 3, calls: 2, rounds: 2 }, () => ada.presses('Get key'));
  costs('Copy link', { sql: 3, calls: 2, rounds: 2 }, () => ada.presses('Copy link'));
  costs('keys, the first card, with titles and languages that are known', { sql: 3, calls: 3, rounds: 1 }, () =>
    ada.says('keys 4e1b7e113182'),
  );
  costs('cancel, the first card, for an order bought in the portal', { sql: 3, calls: 5, rounds: 2 }, () =>
    ada.says(`cancel ${inPortal}`),
  );
  // The audit records are read first, and tell whose order it is: one call, one round, and two statements more.
  costs(
    'cancel, the first card, for an order that a customer nobody has asked for bought in the portal',
    { sql: 5, calls: 6, rounds: 3 },
    () => ada.says(`cancel ${unasked}`),
  );
  costs('Save for later', answered, () => ada.goes('Save for later'));
  costs('drafts', { sql: 2, calls: 0, rounds: 0 }, () => ada.says('drafts'));
  // What it shows is as it is now: asked anew, once.
  costs('Resume', { sql: 6, calls: 4, rounds: 2 }, () => ada.presses('Resume'));
  costs('Discard', answered, () => ada.goes('Discard'));
  costs('remind', { sql: 3, calls: 4, rounds: 2 }, () => ada.says(`remind ${unasked}`));
  // Somebody who has placed one order sees the list of its customer; an order placed a moment ago is not in that list yet, and read.
  costs('my orders', { sql: 5, calls: 4, rounds: 2 }, () => ada.says('my orders'));
  costs('orders, by the number of one', { sql: 3, calls: 5, rounds: 3 }, () => ada.says('orders e5db9b4bdf10'));
  costs('a case by its number', { sql: 4, calls: 0, rounds: 0 }, () => ada.says(`cases ${reference}`));
  costs('cancel, where a case is open', { sql: 4, calls: 2, rounds: 1 }, () => ada.says('cancel e5db9b4bdf10'));
  costs('audit of a customer', { sql: 2, calls: 1, rounds: 1 }, () => chat.says('audit contoso'));
  costs('audit', { sql: 2, calls: 0, rounds: 0 }, () => chat.says('audit'));
  costs('leak', { sql: 4, calls: 2, rounds: 1 }, () => chat.says(`leak ${unasked}`));
  costs('leaks', { sql: 2, calls: 0, rounds: 0 }, () => chat.says('leaks'));
  costs('approvals', { sql: 2, calls: 0, rounds: 0 }, () => chat.says('approvals'));
  costs('daily', { sql: 2, calls: 0, rounds: 0 }, () => chat.says('daily 8:00'));
  costs('language', { sql: 2, calls: 0, rounds: 0 }, () => chat.says('language english'));
  costs('what is not understood', { sql: 1, calls: 0, rounds: 0 }, () => chat.says('where is the coffee machine'));
  // The refusal is in the audit log.
  costs('what somebody may not do', { sql: 2, calls: 0, rounds: 0 }, () => hela.says(`keys ${unasked}`));
  // No more calls than the cards that it saves: the first one, and the product of one edition.
  costs('a sentence that names all of an order', { sql: 2, calls: 11, rounds: 5 }, () =>
    ada.says('buy 2 visio ltsc standard 2024 for wide world importers'),
  );
  // One more for what the person chose last: only an order that is looked up by its number brings it along.
  costs('keys of what is named in a sentence', { sql: 4, calls: 7 + titles + languages, rounds: 5 }, () =>
    ada.says('keys sql server enterprise for northwind'),
  );
  costs('cancel what is named in a sentence', { sql: 4, calls: 7, rounds: 3 }, () =>
    ada.says('cancel the red hat order of fabrikam inc'),
  );
});
