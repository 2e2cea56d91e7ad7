import assert from 'node:assert/strict';
import fc from 'fast-check';
import { startTestApp, type TestApp } from '../support/app.ts';
import { freshOrder, servers, toNowReview, toTicketReview } from '../support/cancellation-steps.ts';
import type { Activity, Conversation, Shown } from '../support/conversation.ts';
import type { Who } from '../support/people.ts';
import { newOrders, toReview } from '../support/purchase-steps.ts';

type Fields = Readonly<Record<string, unknown>>;

/** What nobody else than its presser may see, and what no answer may say of how the bot is made. */
const secret = /SMPLE-|\/download\//;
const insides = /node_modules|\.ts:\d|TypeError|ReferenceError|SyntaxError|select .* from/;

/** By what comes back with a button, the bot finds what is meant. */
const references = ['draft', 'step', 'submission', 'do'] as const;

const odd = fc.oneof(
  fc.constantFrom<unknown>(
    undefined,
    null,
    '',
    0,
    -1,
    1e308,
    true,
    [],
    {},
    { $ne: null },
    '__proto__',
    'constructor',
    'b1b1b1b1-0000-4000-8000-000000000000',
    "'; drop table software_desk.drafts; --",
    '\u0000\u0007\u001b[31m',
    '\u202Egnp.exe \u2066\u2069 \uD800',
    '<at>everybody</at> [x](https://evil.example) <script>alert(1)</script>',
    '${$root} ${1+1}',
    'x'.repeat(200_000),
  ),
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.anything({ maxDepth: 2 }),
);

/** What a card never carries: a price, a role, a person, somebody else's place. */
const additions = fc.dictionary(
  fc.constantFrom(
    ...[
      'price',
      'total',
      'quantity',
      'role',
      'roles',
      'personId',
      'onlyFor',
      'isPrivate',
      'customer',
      'order',
      'reference',
    ],
    ...['command', 'page', 'token', 'reason', 'msteams', 'toString', 'constructor', 'prototype'],
  ),
  fc.oneof(odd, fc.constantFrom<unknown>('admin-agent', 1, 99_999, servers, `cancel ${servers}`)),
  { maxKeys: 4 },
);

/** An own property of that name, as it comes out of JSON. */
const polluting = JSON.parse(
  '{"__proto__":{"isPolluted":true},"constructor":{"prototype":{"isPolluted":true}}}',
) as Fields;

const surfaces = ['press', 'message', 'task/fetch', 'task/submit', 'composeExtension/submitAction'] as const;

interface Forgery {
  readonly by: Who;
  /** Which of the cards, and which of its buttons, is copied. */
  readonly card: number;
  readonly button: number;
  readonly surface: (typeof surfaces)[number];
  /** One of what the bot goes by is put in place of the right one; of somebody else's card all may be right. */
  readonly reference: (typeof references)[number] | undefined;
  readonly value: unknown;
  readonly additions: Fields;
  readonly inputs: unknown;
  readonly isPolluting: boolean;
}

const forgery: fc.Arbitrary<Forgery> = fc.record({
  by: fc.constantFrom<Who>('ada', 'bert', 'gert', 'sara', 'hela', 'stan'),
  card: fc.nat(),
  button: fc.nat(),
  surface: fc.constantFrom(...surfaces),
  reference: fc.constantFrom(...references, undefined),
  value: odd,
  additions,
  inputs: odd,
  isPolluting: fc.boolean(),
});

describe('what comes back with a card', () => {
  let app: TestApp;
  before(async () => {
    app = await startTestApp();
  });
  after(() => app.stop());

  /** Of one person, each card with all its buttons: what can be copied. */
  async function cardsOf(thread: (where: 'channel' | 'personal') => Conversation) {
    const [order, ticketed] = [await freshOrder(app), await freshOrder(app)];
    const [buyer, canceller, asker, holder, looker] = [
      thread('channel'),
      thread('personal'),
      thread('channel'),
      thread('channel'),
      thread('personal'),
    ];
    await toReview(buyer);
    await toNowReview(canceller, order);
    await toTicketReview(asker, ticketed);
    await holder.says(`keys ${servers}`);
    await looker.says('orders contoso');
    const talks = [buyer, canceller, asker, holder, looker];
    return { buyer, canceller, asker, holder, talks, shown: talks.map((talk) => talk.card()) };
  }

  it('is believed in nothing: whatever is forged, on any surface, nothing is ordered, cancelled, filed or shown', async function () {
    this.timeout(120_000);
    const ada = await cardsOf((where) => app.in(where));
    const orders = await app.state('orders');
    const asked = (await app.requests()).length;
    const sent = app.connector.requests.length;
    const logged = app.log.length;

    await fc.assert(
      fc.asyncProperty(fc.array(forgery, { minLength: 50, maxLength: 70 }), async (forgeries) => {
        await Promise.all(
          forgeries.map(async (one) => {
            const index = one.card % ada.talks.length;
            const talk = ada.talks[index]?.as(one.by) ?? assert.fail();
            const { status, text } = await send(talk, ada.shown[index] ?? assert.fail(), one);
            assert.ok([200, 400, 413].includes(status), `${status}: ${text}`);
            if (text !== '') JSON.parse(text);
            assert.doesNotMatch(text, insides);
            assert.doesNotMatch(text, secret);
            assert.equal(({} as Record<string, unknown>).isPolluted, undefined);
          }),
        );
      }),
      { numRuns: 4, seed: 20_261_130, endOnFailure: true },
    );

    const since = (await app.requests()).slice(asked);
    assert.deepEqual(
      since.filter(({ method, path }) => method !== 'GET' && path.startsWith('/v1/')).map(({ path }) => path),
      [],
    );
    for (const { text } of app.connector.requests.slice(sent)) {
      assert.doesNotMatch(text, secret);
      assert.doesNotMatch(text, insides);
    }
    assert.deepEqual(
      app.log.slice(logged).filter((line) => /"level":"(error|fatal)"/.test(line)),
      [],
    );

    // And each goes on as if nothing had been.
    const reviewed = ada.shown[0]?.view.text ?? '';
    await decide(ada.buyer, 'Confirm', ada.shown[0], /Order number: \w/);
    await decide(ada.canceller, 'Submit', ada.shown[1], /key revoked/);
    await decide(ada.asker, 'Submit', ada.shown[2], /waiting for Microsoft/);
    const [made, ...more] = await newOrders(app, orders.orders);
    assert.equal(more.length, 0);
    assert.match(reviewed, new RegExp(`Quantity: ${made?.lineItems?.[0]?.quantity}`));
    const written = (await app.requests()).slice(asked).filter(({ method }) => method !== 'GET');
    assert.deepEqual(
      ['/carts$', '/checkout$', '/orders/', '/servicerequests/'].map(
        (path) => written.filter((request) => new RegExp(path).test(request.path)).length,
      ),
      [1, 1, 1, 1],
    );
  });

  async function decide(talk: Conversation, title: string, on: Shown | undefined, says: RegExp): Promise<void> {
    const { status } = await talk.presses(title, {}, on);
    const text = () => talk.cards().find(({ message }) => message.id === on?.message.id)?.view.text ?? '';
    await app.connector.until(
      () => status === 200 && says.test(text()),
      () => `the card after ${title}: ${text()}`,
    );
  }

  /** The copied button's data with one reference that is not the right one, and more that does not belong there. */
  function send(talk: Conversation, { message, view }: Shown, one: Forgery) {
    const buttons = view.buttons.filter((title) => view.button(title).data !== undefined);
    const title = buttons[one.button % buttons.length] ?? assert.fail('a card without buttons');
    const { data, verb } = view.button(title) as { data: Fields; verb?: string };
    // What the owner sends may be theirs to send: there the draft is always another one.
    const reference = one.by === 'ada' ? 'draft' : one.reference;
    const inputs = Object.fromEntries(view.inputs.map(({ id }) => [id, one.inputs]));
    const forged = { ...data, ...inputs, ...one.additions, ...(reference && { [reference]: one.value }) };
    const value = one.isPolluting ? merged(forged, polluting) : forged;
    return post(activityOf(talk, one.surface, { value, verb: verb ?? 'answer', replyToId: message.id }));
  }

  async function post(activity: Activity): Promise<{ status: number; text: string }> {
    const response = await app.post(activity);
    return { status: response.status, text: await response.text() };
  }
});

/** `JSON.parse` makes `__proto__` an own property, which `{ ...a, ...b }` keeps. */
function merged(...all: readonly Fields[]): Fields {
  const result = Object.create(null) as Record<string, unknown>;
  for (const one of all)
    for (const [name, value] of Object.entries(one))
      Object.defineProperty(result, name, { value, enumerable: true, configurable: true, writable: true });
  return result;
}

function activityOf(
  talk: Conversation,
  surface: Forgery['surface'],
  { value, verb, replyToId }: { readonly value: Fields; readonly verb: string; readonly replyToId: string },
): Activity {
  const words = talk.words('');
  if (surface === 'message') return { ...words, text: undefined, entities: undefined, value, replyToId };
  const invoke = { ...words, type: 'invoke', text: undefined, entities: undefined, replyToId };
  if (surface === 'press')
    return {
      ...invoke,
      name: 'adaptiveCard/action',
      value: { action: { type: 'Action.Execute', verb, data: value }, trigger: 'manual' },
    };
  if (surface === 'composeExtension/submitAction')
    return { ...invoke, name: surface, value: { commandId: 'buy', commandContext: 'compose', data: value } };
  return { ...invoke, name: surface, value: { data: value, context: { theme: 'default' } } };
}
