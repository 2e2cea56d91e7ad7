import assert from 'node:assert/strict';
import { beforeDeciding } from '../support/before-deciding.ts';
import { orderIn, referenceOn, ticketsNaming } from '../support/cancellation-steps.ts';
import { onServer } from '../support/databases.ts';
import { newOrders, orderNumberOn, untilCard } from '../support/purchase-steps.ts';
import { skip } from '../support/skip.ts';
import { waitUntil } from '../support/wait-until.ts';
import { startWorld, type World } from './world.ts';

const patienceMs = 60_000;

describe('a process that stands still in the middle of its work', () => {
  let world: World | undefined;
  after(() => world?.stop());

  it('finds when it wakes that another one has ended it, also where Partner Center has forgotten the requests', async function () {
    if (!process.env.DATABASE_URL) skip(this, 'needs DATABASE_URL');
    this.timeout(180_000);
    const app = await startWorld();
    world = app;
    const [a] = await Promise.all([app.start('a'), app.start('b')]);
    const prepared = await beforeDeciding(app, {
      ...{ open: (where) => app.in(where, 'ada', 'a'), tickets: ['channel'], now: 'personal' },
    });
    const { first, second, tickets, cancelled: atOnce, known } = prepared;
    const talks = { cart: first.talk, checkout: second.talk, ticket: tickets[0]?.talk ?? first.talk, now: atOnce.talk };
    const slow = [
      { method: 'POST', path: `${first.customerId}/carts$` },
      { method: 'POST', path: `${second.customerId}/carts/.*/checkout$` },
      { method: 'POST', path: '/servicerequests/' },
      { method: 'PATCH', path: `/orders/${atOnce.order}` },
    ];
    await app.fault(...slow.map((one) => ({ ...one, delayMs: 2_000 })));
    const calls = async () => {
      const all = await app.requests();
      return slow.map(({ method, path }) => all.filter((one) => one.method === method && one.path.match(path)));
    };

    const presses = [
      talks.cart.presses('Confirm'),
      talks.checkout.presses('Confirm'),
      talks.ticket.presses('Submit'),
      talks.now.presses('Submit'),
    ];
    await waitUntil(async () => (await calls()).every(({ length }) => length === 1), 'the four calls', patienceMs);
    process.kill(a.pid, 'SIGSTOP');
    const frozenAt = performance.now();
    await waitUntil(async () => (await calls()).every(([one]) => one?.status), 'their answers', patienceMs);
    await app.advance(25 * 3600);
    const [byCart, byCheckout, filed, cancelled] = await Promise.all([
      untilCard(app, talks.cart, /Ordered: 2 ×/, patienceMs),
      untilCard(app, talks.checkout, /Ordered: 2 ×/, patienceMs),
      untilCard(app, talks.ticket, /waiting for Microsoft|completed/, patienceMs),
      untilCard(app, talks.now, /being cancelled|completed/, patienceMs),
    ]);
    const cartsBefore = await carts(app);
    assert.ok(performance.now() - frozenAt > 12_000, 'the lease of a process that lives was taken too soon');
    process.kill(a.pid, 'SIGCONT');
    await Promise.all(presses);
    talks.cart.send('a');
    await talks.cart.says('help');

    const made = await newOrders(app, known);
    assert.deepEqual(made.map(({ id }) => id).sort(), [orderNumberOn(byCart), orderNumberOn(byCheckout)].sort());
    assert.deepEqual(await carts(app), cartsBefore);
    assert.equal((await ticketsNaming(app, referenceOn(filed))).length, 1);
    assert.equal(orderIn(await app.state('orders'), atOnce.order).status, 'cancelled');
    assert.match(cancelled.text, /SD-/);
    const buyers = [first.customerId, second.customerId];
    const checkedOut = (await app.requests()).flatMap(({ path }) => {
      const [, customer = '', cart = ''] = /\/customers\/([^/]+)\/carts\/([^/]+)\/checkout$/.exec(path) ?? [];
      return buyers.includes(customer) ? [cart] : [];
    });
    assert.deepEqual([...new Set(checkedOut)].sort(), cartsBefore.map(({ cart_id }) => cart_id).sort());
    for (const talk of [talks.cart, talks.checkout])
      assert.ok(talk.cards().every(({ view }) => !view.buttons.some((title) => title.startsWith('Confirm'))));
  });
});

async function carts({ database }: Pick<World, 'database'>) {
  return onServer(
    database.databaseUrl ?? '',
    'select submission_id, state, cart_id, order_ids from software_desk.order_submissions order by submission_id',
  );
}
