import assert from 'node:assert/strict';
import { startTestApp, type TestApp } from '../support/app.ts';
import { freshOrder, orderIn, referenceOn, toNowReview } from '../support/cancellation-steps.ts';
import type { CardView } from '../support/card-view.ts';
import type { Conversation } from '../support/conversation.ts';
import { personOf } from '../support/people.ts';
import { confirmPurchase, orderNumberOn, toReview, untilCard } from '../support/purchase-steps.ts';
import { waitUntil } from '../support/wait-until.ts';

const hours = 3600;
const admins = (['ada', 'bert'] as const).flatMap((who) => [1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => personOf(who, n).id));

describe('what our records and Partner Center tell differently', () => {
  let app: TestApp;
  before(async () => {
    // Few admin agents: each has a notice of their own.
    app = await startTestApp({ ADMIN_AGENTS: admins.join(',') });
  });
  after(() => app.stop());

  const newsIn = (chat: Conversation): CardView[] =>
    chat.cards().flatMap(({ view }) => (/our records differ/.test(view.text) ? view : []));

  it('is told to the admin agents in one notice, is listed, and goes when it is settled', async () => {
    const ada = app.in('personal');
    const bert = app.in('personal', 'bert');
    assert.match((await ada.says('audit differences')).text, /Nothing has been compared yet/);
    await bert.says('help');
    const buyer = app.in('channel');
    await toReview(buyer);
    await confirmPurchase(buyer);
    const unknown = orderNumberOn(await untilCard(app, buyer, /Order number/));

    const unclear = app.in('channel');
    await app.fault({
      method: 'POST',
      path: '/checkout',
      afterWork: true,
      status: 400,
      body: { code: 900001, description: 'No.' },
    });
    await toReview(unclear);
    await confirmPurchase(unclear);
    await untilCard(app, unclear, /did not say clearly/);

    const canceller = app.in('channel');
    const order = await freshOrder(app);
    await toNowReview(canceller, order);
    const completed = referenceOn(await canceller.goes('Submit'));
    await app.advance(60);
    await untilCard(app, canceller, /Order cancelled, key revoked\n\d/);

    const stray = await app.fileTicket({ title: 'Refund [SD-ZZZZZZ]', description: 'Our reference: SD-ZZZZZZ' });
    const state = await app.state('orders');
    await app.simulator('DELETE', `orders?id=${orderIn(state, unknown).id}`);
    await app.simulator('POST', 'orders', { id: orderIn(state, order).id, undoCancellation: true });

    await app.advance(25 * hours);
    const [news] = await app.connector.until(() => newsIn(ada).length > 0 && newsIn(ada), 'the notice');
    await app.connector.until(() => newsIn(bert).length > 0, 'the notice to the other admin agent');
    for (const says of [
      /differ: 4 differences/,
      new RegExp(`Order ${unknown} was placed here, but Partner Center does not know it`),
      /shows our cart as ordered, but no order is recorded here/,
      new RegExp(`${completed}: Partner Center confirmed the cancellation, but order ${order} is active`),
      new RegExp(`Ticket ${stray} bears our reference SD-ZZZZZZ, but no case follows it`),
    ])
      assert.match(news?.text ?? '', says);

    assert.match((await ada.says('audit differences')).text, new RegExp(`Order ${unknown} was placed here`));
    assert.match((await ada.says('audyt różnice')).text, new RegExp(stray));
    assert.match((await ada.says('audit')).text, /SD-ZZZZZZ, but no case follows it/);
    const metrics = await (await fetch(`${app.url}/metrics`)).text();
    for (const line of [
      /^desk_differences_total\{kind="order-unknown"\} 1$/m,
      /^desk_differences_open [1-9]/m,
      /^desk_database_up 1$/m,
      /^desk_partner_center_calls_total\{operation="checkoutCart",outcome="ok"\} [1-9]/m,
      /^desk_partner_center_trouble\{kind="sign-in"\} 0$/m,
      /^desk_log_lines_total\{level="error",msg="a job was given up"\} 0$/m,
      /^desk_build_info\{version="\d+\.\d+\.\d+",node="\d+\.\d+\.\d+"\} 1$/m,
    ])
      assert.match(metrics, line);

    await app.simulator('DELETE', `tickets?id=${stray}`);
    await app.advance(25 * hours);
    await waitUntil(
      async () => !(await ada.says('audit differences')).text.includes(stray),
      'the settled one is gone',
      25_000,
      500,
    );
    assert.match((await ada.says('audit differences')).text, new RegExp(`Order ${unknown} was placed here`));
    assert.equal(newsIn(ada).length, 1);
    assert.equal(newsIn(bert).length, 1);
  });

  it('is shown to admin agents alone', async () => {
    assert.match((await app.in('personal', 'sara').says('audit differences')).text, /admin agent/);
    assert.match((await app.in('channel').says('audit differences')).text, /personal chat/);
  });
});
