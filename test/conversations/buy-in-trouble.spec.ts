import assert from 'node:assert/strict';
import { startTestApp, type TestApp } from '../support/app.ts';
import { pressed } from '../support/conversation.ts';
import { newOrders, orderNumberOn, toReview, twoServers, untilCard } from '../support/purchase-steps.ts';
import type { Json, SimulatorState } from '../support/simulator-control.ts';

/** What can go wrong at one call, and is over soon. */
const passing: readonly (readonly [string, Json])[] = [
  ['fails', { status: 500 }],
  ['is not available', { status: 503 }],
  ['asks to slow down', { status: 429, retryAfter: 1 }],
  ['does the work and fails to say so', { status: 500, afterWork: true }],
  ['does the work and drops the connection', { dropAfterWork: true }],
  ['breaks off in the middle of its answer', { truncate: true }],
  ['shows a web page instead', { notJson: true, status: 502 }],
];

/** Each trouble meets a customer of its own, so that they can happen at the same time. */
const buyers = ['Alpine', 'Lucerne', 'Fabrikam Inc', 'Fabrikam Residences', 'Northwind', 'Adventure', 'Wingtip'];

function idOf(customer: string, { customers }: Pick<SimulatorState, 'customers'>): string {
  return customers.find(({ companyProfile }) => companyProfile.companyName.includes(customer))?.id;
}

describe('buy, while Partner Center is in trouble', () => {
  let app: TestApp;
  const beginnings: (() => void)[] = [];
  before(async () => {
    app = await startTestApp();
    for (const begin of beginnings) begin();
  });
  after(() => app.stop());

  /** One that mostly waits: it is begun with the others, and looked at in its turn. */
  const meanwhile = (title: string, play: () => Promise<void>): void => {
    let playing: Promise<void> | undefined;
    beginnings.push(() => {
      playing = play();
      playing.catch(() => undefined);
    });
    it(title, () => playing).timeout(40_000);
  };

  // Whoever buys the same again within minutes is asked whether that is meant.
  const office = { product: 'Office LTSC Standard 2024', terms: { Quantity: '2' } };
  for (const [call, path, item] of [
    ['the cart', '/carts$', twoServers],
    ['the checkout', '/checkout$', office],
  ] as const) {
    it(`orders once, whatever goes wrong for a moment at ${call}`, async () => {
      const before = await app.state('customers', 'orders');

      const talks = passing.map((_, index) => app.in(index % 2 === 0 ? 'channel' : 'personal'));
      for (const [index, ada] of talks.entries()) await toReview(ada, { ...item, customer: buyers[index] ?? '' });

      const ends = passing.map(async ([trouble, fault], index) => {
        const ada = talks[index] ?? app.in('channel');
        const customerId = idOf(buyers[index] ?? '', before);
        await app.fault({ method: 'POST', path: `${customerId}.*${path}`, ...fault });
        await ada.presses('Confirm');
        const number = orderNumberOn(await untilCard(app, ada, /Ordered: 2 ×/));
        const made = await newOrders(app, before.orders);
        const theirs = made.filter(({ referenceCustomerId }) => referenceCustomerId === customerId);
        return { trouble, number, made: theirs.map(({ id }) => id) };
      });

      for (const { trouble, number, made } of await Promise.all(ends)) assert.deepEqual(made, [number], trouble);
    });
  }

  it('answers in time when the checkout hangs, and edits the card when it is done', async () => {
    const before = await app.state('customers', 'orders');
    await app.fault(
      ...['Relecloud', 'Wide World'].map((customer) => ({
        method: 'POST',
        path: `${idOf(customer, before)}.*/checkout$`,
        delayMs: 3200,
      })),
    );

    const scenes = (['channel', 'personal'] as const).map(async (where, index) => {
      const ada = app.in(where);
      await toReview(ada, { ...twoServers, customer: index === 0 ? 'Relecloud' : 'Wide World' });
      const press = ada.press('Confirm');
      const presses = Promise.all([pressed(app, press), pressed(app, { ...press, id: 'f:again' })]);
      const busy = await untilCard(app, ada, /Partner Center is asked to place the order/);
      const answers = await presses;
      const settled = await untilCard(app, ada, /Ordered: 2 ×/);
      return { busy, answers, settled, late: await pressed(app, press) };
    });

    for (const { busy, answers, settled, late } of await Promise.all(scenes)) {
      assert.deepEqual(busy.buttons, []);
      for (const { tookMs, said } of answers) {
        assert.ok(tookMs < 3000, `${tookMs}`);
        assert.match(said ?? '', /still (working|being worked) on/i);
      }
      assert.equal(late.card && orderNumberOn(late.card), orderNumberOn(settled));
    }
    const made = await newOrders(app, before.orders);
    for (const customer of ['Relecloud', 'Wide World'])
      assert.equal(made.filter(({ referenceCustomerId }) => referenceCustomerId === idOf(customer, before)).length, 1);
  });

  meanwhile('says that it is working when an answer to words takes long, and answers in that message', async () => {
    const talks = [app.in('channel'), app.in('personal')];
    await app.fault({
      path: `${idOf('Humongous', await app.state('customers'))}/validationStatus`,
      delayMs: 3200,
      times: 2,
    });

    for (const talk of talks) void app.post(talk.words('buy humongous'));
    const working = await Promise.all(talks.map((talk) => untilCard(app, talk, /Working on it/)));
    await Promise.all(talks.map((talk) => untilCard(app, talk, /Buy for Humongous/)));

    for (const { text } of working) assert.match(text, /Working on it/);
    for (const { place, cards } of talks) {
      assert.equal(cards().length, 1);
      const typing = app.connector.requests.filter(
        ({ conversationId, body }) => conversationId === place && body.type === 'typing',
      );
      assert.equal(typing.length, 1);
    }
  });

  meanwhile('says that Partner Center does not answer, and goes on with what was entered when it does', async () => {
    const ada = app.in('channel');
    await ada.says('buy fabrikam polska');
    await app.fault({ path: `${idOf('Fabrikam Polska', await app.state('customers'))}.*/skus`, status: 503, times: 4 });

    const answer = await ada.presses('Review order', { Product: 'Windows Server 2022 Standard' });
    const told = await untilCard(app, ada, /⚠ Partner Center does not answer at the moment\. What you entered is kept/);
    const next = await ada.goes('Review order');

    assert.match(answer.said ?? '', /Still working/);
    assert.equal(told.input('Product').value, 'Windows Server 2022 Standard');
    assert.match(next.text, /Which edition of Windows Server 2022 Standard/);
  });

  meanwhile('says that the sign-in is refused, whom to tell, and orders once when it is accepted again', async () => {
    const before = await app.state('customers', 'orders');
    const nod = idOf('Nod Publishers', before);
    const ada = app.in('channel');
    await toReview(ada, { ...twoServers, customer: 'Nod Publishers' });
    await app.fault({ method: 'POST', path: `${nod}.*/checkout$`, status: 401, times: 4 });

    await ada.presses('Confirm');
    const told = await untilCard(app, ada, /Partner Center no longer accepts our sign-in/);
    const settled = await untilCard(app, ada, /Ordered: 2 ×/, 30_000);

    assert.match(told.text, /tell your administrator: the consent must be renewed\. It is tried again by itself/);
    assert.match(told.text, /nothing is lost, and nothing is done twice/);
    assert.doesNotMatch(told.text, /has not answered yet/);
    const made = await newOrders(app, before.orders);
    const theirs = made.filter(({ referenceCustomerId }) => referenceCustomerId === nod);
    assert.deepEqual(
      theirs.map(({ id }) => id),
      [orderNumberOn(settled)],
    );
  });

  meanwhile('carries on by itself when Partner Center is away for longer, and says how it ended', async () => {
    const before = await app.state('customers', 'orders');
    const scenes = [
      { ada: app.in('channel'), customer: 'Contoso', troubles: [{ status: 500, times: 5 }] },
      {
        ada: app.in('personal'),
        customer: 'Tailspin',
        troubles: [{ dropAfterWork: true }, { status: 503, times: 4 }],
      },
    ];

    const ends = scenes.map(async ({ ada, customer, troubles }) => {
      await toReview(ada, { ...twoServers, customer });
      const review = ada.card();
      await app.fault(
        ...troubles.map((trouble) => ({ method: 'POST', path: `${idOf(customer, before)}.*/checkout$`, ...trouble })),
      );
      await ada.presses('Confirm');
      const inProgress = await untilCard(app, ada, /The order is being placed[\s\S]*Nothing will be ordered twice/);
      const again = await ada.presses('Confirm', {}, review);
      const isOrdered = () => ada.cards().filter(({ view }) => view.text.includes('Ordered: 2 ×')).length === 2;
      await app.connector.until(isOrdered, 'the card and a notice', 25_000);
      const late = await ada.presses('Confirm', {}, review);
      return { inProgress, again, late };
    });

    for (const { inProgress, again, late } of await Promise.all(ends)) {
      assert.deepEqual(inProgress.buttons, []);
      assert.match(again.card?.text ?? '', /The order is being placed/);
      assert.match(late.card?.text ?? '', /Ordered: 2 ×/);
    }
    const made = await newOrders(app, before.orders);
    for (const { customer } of scenes)
      assert.equal(made.filter(({ referenceCustomerId }) => referenceCustomerId === idOf(customer, before)).length, 1);
  });
});
