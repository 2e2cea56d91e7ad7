import type { TestApp } from '../support/app.ts';
import type { Conversation, Values } from '../support/conversation.ts';
import type { Json, SimulatorState } from '../support/simulator-control.ts';
import { waitUntil } from '../support/wait-until.ts';
import { found } from './assertions.ts';

/** How Partner Center misbehaves until somebody mends it. */
interface Misbehaviour {
  readonly fault: Json;
  /** So often one operation is tried under it. */
  readonly tries: number;
  /** It does what it was asked, and only the answer goes wrong. */
  readonly doesTheWork?: boolean;
  /** It is an answer: nothing is tried again by itself. */
  readonly refuses?: boolean;
}

export const troubles = {
  'fails (500)': { fault: { status: 500, body: { code: 800003, description: 'Unexpected error.' } }, tries: 4 },
  'is not available (503)': {
    fault: { status: 503, body: { statusCode: 503, message: 'Service unavailable' } },
    tries: 4,
  },
  'asks to slow down (429)': { fault: { status: 429, retryAfter: 1 }, tries: 4 },
  hangs: { fault: { delayMs: 120_000 }, tries: 4 },
  'drops the connection before the work': { fault: { dropBeforeWork: true }, tries: 4 },
  'does the work and drops the connection': { fault: { dropAfterWork: true }, tries: 4, doesTheWork: true },
  'does the work and breaks off in its answer': { fault: { truncate: true }, tries: 4, doesTheWork: true },
  'does the work and answers with wrong types': { fault: { wrongType: true }, tries: 1, doesTheWork: true },
  'answers with a web page': { fault: { notJson: true }, tries: 4 },
  'refuses us for want of a role (403, 900308)': {
    fault: { status: 403, body: { code: 900308, description: 'The privileges are not sufficient.' } },
    ...{ tries: 1, refuses: true },
  },
  'refuses us for want of a second factor (401)': {
    fault: { status: 401, headers: { isMfaCompliant: 'false' }, body: { code: 400, description: 'Access denied.' } },
    // With a new token once more.
    tries: 2,
  },
  'declines (400)': {
    fault: { status: 400, body: { code: 3000, description: 'A property is not valid.' } },
    ...{ tries: 1, refuses: true },
  },
  'declines the customer (403, 800073)': {
    fault: { status: 403, body: { code: 800073, description: 'The customer account is under review.' } },
    ...{ tries: 1, refuses: true },
  },
} as const satisfies Record<string, Misbehaviour>;
export type Trouble = keyof typeof troubles;
export const misbehaviour = (trouble: Trouble): Misbehaviour => troubles[trouble];

/** Something a person does, and the call of it that goes wrong. */
export interface Scenario {
  readonly method: string;
  readonly path: string;
  /** What Partner Center answers to other calls of it, before and after the mending. */
  readonly standing?: readonly Json[];
  /** It goes wrong before they arrive: what was read once is kept, so it must not be read in time. */
  readonly isFromStart?: boolean;
  /** All that comes before it. */
  arrive?(talk: Conversation, app: TestApp): Promise<unknown>;
  /** The words, or the button. */
  readonly act: string | { readonly press: string; readonly values?: Values } | ((talk: Conversation) => string);
  /** What shows the person that it went through. */
  isDone(talk: Conversation): boolean;
  /** A refusal is the end of it, shown like this: nothing was done, and somebody goes on in another way. */
  isRefused?(talk: Conversation): boolean;
  /** How often it was done by now; once, in the end. */
  count?(state: SimulatorState): number;
  /** Its tries may have several ids: one for each time that the person pressed. */
  readonly hasIdPerPress?: boolean;
}

/** A scenario by its name, before it is known which customer has which id. */
export interface Plan {
  readonly name: string;
  /** What it needs to be there: an order of its own. */
  readonly needs?: Need;
  on(world: World): Scenario;
}

export type Need = 'perpetual' | 'rented';

/** An order of Contoso's that no other scenario touches. */
export interface FreshOrder {
  readonly id: string;
  readonly number: string;
  readonly subscriptionId?: string;
}

/** The simulator's world as it was before anything was done. */
export interface World {
  readonly state: SimulatorState;
  /** The next one that nobody has taken. */
  fresh(need: Need): FreshOrder;
  /** Of the customer whose name begins so. */
  idOf(name: string): string;
  /** Id and number of the customer's order whose first line begins so. */
  orderOf(name: string, firstLine: string): FreshOrder;
}

export function worldOf(state: SimulatorState, stock: Readonly<Record<Need, FreshOrder[]>>): World {
  const idOf = (name: string): string =>
    found(
      state.customers.find(({ companyProfile }) => companyProfile.companyName.startsWith(name)),
      `customer ${name}`,
    ).id;
  return {
    state,
    fresh: (need) => found(stock[need].shift(), `fresh order (${need})`),
    idOf,
    orderOf(name, firstLine) {
      const order = state.orders.find(
        ({ referenceCustomerId, lineItems }) =>
          referenceCustomerId === idOf(name) && lineItems[0].friendlyName.startsWith(firstLine),
      );
      const { id, alternateId } = found(order, `order of ${name} that begins with ${firstLine}`);
      return { id, number: alternateId };
    },
  };
}

/** What everybody in the place sees at the bottom. */
export const cardOf = (talk: Conversation): string => talk.cards().at(-1)?.view.text ?? '';
const onCard = (pattern: RegExp) => (talk: Conversation) => pattern.test(cardOf(talk));
const inTargeted = (pattern: RegExp) => (talk: Conversation) =>
  talk.targeted().some(({ card }) => pattern.test(JSON.stringify(card ?? {})));

const server: Values = { Product: 'Windows Server 2022 Standard' };
const twoOfThem: Values = { Edition: '16 Core', Quantity: '2' };

/** The first who asks: then all of them are known, and read again in the background only. */
const customers = (name: string): Plan => ({
  name: 'orders: the list of customers',
  on: () => ({
    ...{ method: 'GET', path: '^/v1/customers\\?size=500$', act: `orders ${name}` },
    isDone: onCard(/Orders of/),
  }),
});

const products = (name: string): Plan => ({
  name: 'buy: the list of products',
  on: ({ idOf }) => ({
    ...{ method: 'GET', path: `/${idOf(name)}/products\\?`, act: `buy ${name}` },
    isDone: onCard(/Buy for/),
  }),
});

/** Of a market whose price sheet nobody has read yet. */
const price = (name: string, market: string): Plan => ({
  name: 'buy: the price on the review card',
  on: () => ({
    ...{ method: 'GET', path: `Market='${market}'`, isFromStart: true },
    act: { press: 'Review order', values: twoOfThem },
    arrive: (talk) => walk(talk, `buy ${name}`, [server]),
    isDone: onCard(/Please check the order/),
  }),
});

const confirm = (name: string, at: 'cart' | 'checkout'): Plan => ({
  name: `buy: Confirm, at the ${at}`,
  on: ({ idOf, state }) => ({
    ...{ method: 'POST', path: `/${idOf(name)}/carts${at === 'cart' ? '$' : '/.*/checkout$'}` },
    arrive: (talk) => walk(talk, `buy ${name}`, [server, twoOfThem]),
    act: { press: 'Confirm' },
    isDone: onCard(/Ordered: 2 × Windows Server/),
    count: ({ orders }) => {
      const theirs = (some: readonly Json[]) => some.filter((one) => one.referenceCustomerId === idOf(name)).length;
      return theirs(orders) - theirs(state.orders);
    },
  }),
});

const orders = (name: string): Plan => ({
  name: 'orders: the list',
  on: ({ idOf }) => ({
    ...{ method: 'GET', path: `/${idOf(name)}/orders\\?`, act: `orders ${name}` },
    isDone: onCard(/Orders of/),
  }),
});

const softwareList = (name: string): Plan => ({
  name: 'software: the list',
  on: ({ idOf }) => ({
    ...{ method: 'GET', path: `/${idOf(name)}/subscriptions$`, act: `software ${name}` },
    isDone: onCard(/Software of/),
  }),
});

const key = (name: string, firstLine: string): Plan => ({
  name: 'keys: Get key',
  on: ({ idOf, orderOf }) => ({
    ...{ method: 'GET', path: `/${idOf(name)}/artifacts/productkey/`, act: { press: 'Get key' } },
    arrive: (talk) => walk(talk, `keys ${orderOf(name, firstLine).number}`, [{}, { Language: 'Polish' }]),
    isDone: inTargeted(/SMPLE-/),
  }),
});

const download = (name: string, firstLine: string): Plan => ({
  name: 'keys: Download',
  on: (world) => ({
    ...key(name, firstLine).on(world),
    ...{ method: 'GET', path: '/downloadlink', act: { press: 'Download' } },
    isDone: inTargeted(/download\.example/),
  }),
});

const eligibility = (name: string, firstLine: string): Plan => ({
  name: 'cancel: may it be cancelled?',
  on: ({ orderOf }) => ({
    ...{ method: 'GET', path: `/orders/${orderOf(name, firstLine).id}\\?` },
    arrive: (talk) => walk(talk, `orders ${name}`, []),
    act: `cancel ${orderOf(name, firstLine).number}`,
    isDone: onCard(/Cancel order/),
  }),
});

/** How often the log tells of it. */
const audited = ({ auditRecords }: SimulatorState, operation: string, id: string): number =>
  auditRecords.filter(
    ({ operationType, customizedData }) =>
      operationType === operation && customizedData.some(({ value }: { value: string }) => value === id),
  ).length;

async function toCancelNow(talk: Conversation, { number }: FreshOrder): Promise<void> {
  await walk(talk, `cancel ${number}`, []);
  await go(talk, 'Cancel now');
  await walk(talk, 'The customer changed their mind.', [{}]);
}

async function toTicket(talk: Conversation, { number }: FreshOrder): Promise<void> {
  await walk(talk, `cancel ${number}`, []);
  await go(talk, 'By ticket');
  await go(talk, 'Review ticket', {
    'Reason for the refund': 'The customer ordered the wrong edition.',
    'Contact e-mail': 'ada.nowak@partner.example',
    'Contact phone': '+48 22 555 01 00',
  });
}

const isCancelling = onCard(/Partner Center has taken the cancellation|is cancelled, and its key is revoked/);

/** Refused for good, it can be asked for by a ticket only. On a slow machine a notice may say so below the card. */
const isKeptForTicket = onCard(
  /Nothing was cancelled, and your reason is kept|was refused: order \S+ is NOT cancelled/,
);

const cancelNow = (take: (world: World) => FreshOrder, needs?: Need): Plan => ({
  name: 'cancel: Submit, at once',
  ...(needs ? { needs } : {}),
  on(world) {
    const order = take(world);
    return {
      ...{ method: 'PATCH', path: `/orders/${order.id}`, act: { press: 'Submit' } },
      arrive: (talk) => toCancelNow(talk, order),
      isDone: isCancelling,
      isRefused: isKeptForTicket,
      count: (state) => audited(state, 'update_order', order.id),
    };
  },
});

const cancelSubscription: Plan = {
  name: 'cancel: Submit, by the subscription',
  needs: 'rented',
  on(world) {
    const order = world.fresh('rented');
    const id = found(order.subscriptionId, 'subscription');
    const useTheSubscription = { code: 800077, description: 'Cancel the subscription instead.' };
    return {
      ...{ method: 'PATCH', path: `/subscriptions/${id}` },
      standing: [{ method: 'PATCH', path: `/orders/${order.id}`, status: 403, body: useTheSubscription }],
      act: { press: 'Submit' },
      arrive: (talk) => toCancelNow(talk, order),
      isDone: isCancelling,
      isRefused: isKeptForTicket,
      count: (state) => audited(state, 'update_subscription', id),
    };
  },
};

const ticket = (take: (world: World) => FreshOrder, needs?: Need): Plan => ({
  name: 'cancel: Submit, the ticket',
  ...(needs ? { needs } : {}),
  on(world) {
    const order = take(world);
    return {
      ...{ method: 'POST', path: '^/v1/servicerequests/', act: { press: 'Submit' } },
      arrive: (talk) => toTicket(talk, order),
      isDone: onCard(/I watch the order and the ticket|is cancelled, and its key is revoked/),
      isRefused: onCard(/ready to be filed in Partner Center|ticket still has to be filed/),
      count: ({ serviceRequests }) =>
        serviceRequests.filter(({ description }) => description.includes(order.number)).length,
    };
  },
});

/** A case whose ticket has to be filed by hand: Partner Center takes none when it is submitted. */
async function toHandOver(talk: Conversation, app: TestApp, order: FreshOrder): Promise<void> {
  await toTicket(talk, order);
  await app.fault({ method: 'POST', path: '^/v1/servicerequests/', status: 404 });
  await go(talk, 'Submit');
  await waitUntil(async () => /ready to be filed/.test(cardOf(talk)), 'the ticket to be handed over');
}

/** Whose ticket is about something else, so that the number is doubted once it has been looked up. */
const followNumber = (which: number): Plan => ({
  name: 'cases: Next, the number of the ticket',
  needs: 'perpetual',
  on(world) {
    const order = world.fresh('perpetual');
    const { id } = found(world.state.serviceRequests[which], 'ticket');
    // Pressed once more, it is followed all the same.
    const isLookedUp = new RegExp(`names neither this case nor its order|Ticket ${id} filed`);
    return {
      ...{ method: 'GET', path: `^/v1/servicerequests/${id}$` },
      act: { press: 'Next', values: { 'Request number': id } },
      arrive: (talk, app) => toHandOver(talk, app, order),
      isDone: (talk) => talk.cards().some(({ view }) => isLookedUp.test(view.text)),
    };
  },
});

const openCase: Plan = {
  name: 'cases: one that waits for somebody',
  needs: 'perpetual',
  on(world) {
    const order = world.fresh('perpetual');
    let before = 0;
    return {
      ...{ method: 'GET', path: `/orders/${order.id}\\?` },
      async arrive(talk, app) {
        await toHandOver(talk, app, order);
        before = talk.cards().length;
      },
      act: (talk) => `cases ${found(/SD-\w{6}/.exec(cardOf(talk))?.[0], 'reference')}`,
      isDone: (talk) => talk.cards().length > before && onCard(/ready to be filed/)(talk),
    };
  },
};

const agreement: Plan = {
  name: 'the customer agreement: Confirm',
  on: ({ idOf }) => ({
    ...{ method: 'POST', path: `/${idOf('Litware')}/agreements$`, act: { press: 'Confirm' } },
    async arrive(talk) {
      await walk(talk, 'buy litware', []);
      await go(talk, 'Customer agreement');
      await go(talk, 'Next', {
        ...{ 'First name': 'Anna', 'Last name': 'Kowalska', 'E-mail': 'anna@litware.example' },
        'Date of acceptance': '2025-06-02',
      });
    },
    isDone: onCard(/Buy for Litware/),
    count: ({ agreements }) => agreements.filter(({ customerId }) => customerId === idOf('Litware')).length,
    hasIdPerPress: true,
  }),
};

/**
 * What is done for whom. Each scenario has a customer, an order or a market (for prices are kept) of its own, by which its
 * calls are told from those of the others: all of it can go wrong at the same time.
 */
type Round = Partial<Record<Trouble, readonly Plan[]>>;

const seeded = (name: string, firstLine: string) => (world: World) => world.orderOf(name, firstLine);
const bought = ({ fresh }: World) => fresh('perpetual');

/**
 * Everything a person does that Partner Center has a part in, but for what a refusal would be the end of. The catalogue of
 * a country is kept for minutes, so each time it is asked for a customer of another country.
 */
const everything = (listFor: string): readonly Plan[] => [
  products(listFor),
  confirm('Contoso', 'cart'),
  confirm('Relecloud', 'checkout'),
  agreement,
  orders('Woodgrove'),
  softwareList('Fabrikam Residences'),
  key('Contoso', 'SQL Server 2022 Standard'),
  download('Contoso', 'SQL Server 2022 Standard'),
  eligibility('Contoso', 'Windows Server Standard - 8'),
  cancelNow(bought, 'perpetual'),
  cancelSubscription,
  ticket(bought, 'perpetual'),
];
const writes = everything('Tailspin').filter(({ name }) => /Confirm|Submit/.test(name));

const slow: Trouble = 'asks to slow down (429)';

/** Each list runs on an app of its own, one round after the other, from the seed each time; the apps side by side. */
export const rounds: readonly (readonly Round[])[] = [
  [
    {
      'fails (500)': [
        products('Tailspin'),
        price('Wide World', 'GB'),
        confirm('Contoso', 'cart'),
        confirm('Relecloud', 'checkout'),
        orders('Woodgrove'),
        softwareList('Fabrikam Residences'),
        key('Contoso', 'SQL Server 2022 Standard'),
        download('Contoso', 'SQL Server 2022 Standard'),
        eligibility('Contoso', 'Windows Server Standard - 8'),
        cancelNow(seeded('Contoso', 'Windows Server 2022')),
        cancelSubscription,
        followNumber(0),
        openCase,
      ],
      hangs: [
        products('Coho'),
        confirm('Humongous', 'cart'),
        confirm('Nod', 'checkout'),
        agreement,
        key('Adventure', 'Windows Server 2019'),
        cancelNow(seeded('Northwind', 'SQL Server 2022 Enterprise')),
        cancelSubscription,
      ],
      'does the work and drops the connection': [
        confirm('Southridge', 'cart'),
        confirm('Best For You', 'checkout'),
        cancelNow(seeded('Wingtip', 'Windows Server Standard - 8')),
        cancelSubscription,
        ticket(seeded('Fabrikam Polska', 'SQL Server Standard')),
      ],
      'answers with a web page': [
        products('A. Datum'),
        price('Liberty', 'FR'),
        confirm('First Up', 'checkout'),
        cancelNow(bought, 'perpetual'),
        cancelSubscription,
      ],
    },
    { 'refuses us for want of a role (403, 900308)': everything('Blue Yonder') },
    { 'declines (400)': [...everything('Consolidated'), price('Alpine', 'CH')] },
    { 'declines the customer (403, 800073)': writes },
  ],
  // One client waits with all of its calls after a 429, so that never runs beside others.
  [
    { [slow]: [customers('Contoso Ltd')] },
    { [slow]: [products('Southridge'), confirm('VanArsdel', 'checkout')] },
    { [slow]: [agreement, cancelSubscription] },
  ],
  [
    { 'is not available (503)': [customers('Tailspin')] },
    { 'is not available (503)': [...everything('Tailspin'), followNumber(0), openCase, price('Wide World', 'GB')] },
    { 'refuses us for want of a second factor (401)': [...everything('Graphic'), openCase] },
    // A file has no types.
    { 'does the work and answers with wrong types': [...everything('Southridge'), followNumber(1), openCase] },
  ],
  [
    {
      'does the work and breaks off in its answer': [...everything('Tailspin'), followNumber(0), openCase],
    },
    {
      'drops the connection before the work': [
        ...everything('Graphic'),
        followNumber(1),
        openCase,
        price('Liberty', 'FR'),
      ],
    },
  ],
];

/** Says the words, then presses Next, or Review order, with each of the values; what the card does not ask for is left out. */
async function walk(talk: Conversation, words: string, answers: readonly Values[]): Promise<void> {
  await talk.says(words);
  await answered(talk);
  for (const answer of answers) {
    const { view } = talk.card();
    const asked = Object.entries(answer).filter(([label]) => view.inputs.some((input) => input.label === label));
    const isAsked = asked.length > 0 || Object.keys(answer).length === 0;
    const next = ['Next', 'Review order'].find((title) => view.buttons.includes(title));
    if (isAsked && next) await go(talk, next, Object.fromEntries(asked));
  }
}

async function go(talk: Conversation, title: string, values?: Values): Promise<void> {
  await talk.goes(title, values);
  await answered(talk);
}

/** On a busy machine even a good answer may be announced first. */
async function answered(talk: Conversation): Promise<void> {
  await waitUntil(async () => !/Working on it/.test(cardOf(talk)), 'an answer');
}
