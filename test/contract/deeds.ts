import { eventually, type Json, type SimulatorState, type Talk, type Values } from '../conversations/desk.ts';
import { found } from './instruments.ts';

/** How Partner Center misbehaves until somebody mends it. */
export const troubles = {
  'fails (500)': { status: 500, body: { code: 800003, description: 'Unexpected error.' } },
  'asks to slow down (429)': { status: 429, retryAfter: 1 },
  hangs: { delayMs: 120_000 },
  'does the work and drops the connection': { dropAfterWork: true },
  'answers with a web page': { notJson: true },
} as const;
export type Trouble = keyof typeof troubles;

/** Something a person does, and the call of it that goes wrong. */
export interface Deed {
  readonly method: string;
  readonly path: string;
  /** All that comes before it. */
  arrive?(talk: Talk): Promise<unknown>;
  /** The words, or the button. */
  readonly act: string | { readonly press: string; readonly values?: Values };
  /** What shows the person that it went through. */
  isDone(talk: Talk): boolean;
  /** How often it was done by now; once, in the end. */
  count?(state: SimulatorState): number;
}

/** A deed by its name, before it is known which customer has which id. */
export interface Plan {
  readonly name: string;
  on(world: World): Deed;
}

/** The simulator's world as it was before anything was done. */
export interface World {
  readonly state: SimulatorState;
  /** Of the customer whose name begins so. */
  idOf(name: string): string;
  /** Id and number of the customer's order whose first line begins so. */
  orderOf(name: string, firstLine: string): { readonly id: string; readonly number: string };
}

export function worldOf(state: SimulatorState): World {
  const idOf = (name: string): string =>
    found(
      state.customers.find(({ companyProfile }) => companyProfile.companyName.startsWith(name)),
      `customer ${name}`,
    ).id;
  return {
    state,
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
export const cardOf = (talk: Talk): string => talk.cards().at(-1)?.view.text ?? '';
const onCard = (pattern: RegExp) => (talk: Talk) => pattern.test(cardOf(talk));
const whispered = (pattern: RegExp) => (talk: Talk) =>
  talk.whispers().some(({ card }) => pattern.test(JSON.stringify(card ?? {})));

const server: readonly Values[] = [{ Product: 'Windows Server 2022 Standard' }, { Edition: '16 Core' }];

const customers: Plan = {
  name: 'buy: the list of customers',
  on: () => ({
    ...{ method: 'GET', path: '^/v1/customers\\?size=(?!500)\\d+$', act: 'buy' },
    isDone: onCard(/For which customer\?/),
  }),
};

const products = (name: string): Plan => ({
  name: 'buy: the list of products',
  on: ({ idOf }) => ({
    ...{ method: 'GET', path: `/${idOf(name)}/products\\?`, act: `buy ${name}` },
    isDone: onCard(/Which software for/),
  }),
});

const price = (name: string, market: string): Plan => ({
  name: 'buy: the price on the review card',
  on: () => ({
    ...{ method: 'GET', path: `Market='${market}'`, act: { press: 'Next', values: { Quantity: '2' } } },
    arrive: (talk) => walk(talk, `buy ${name}`, server),
    isDone: onCard(/Total: /),
  }),
});

const confirm = (name: string, at: 'cart' | 'checkout'): Plan => ({
  name: `buy: Confirm, at the ${at}`,
  on: ({ idOf, state }) => ({
    ...{ method: 'POST', path: `/${idOf(name)}/carts${at === 'cart' ? '$' : '/.*/checkout$'}` },
    arrive: (talk) => walk(talk, `buy ${name}`, [...server, { Quantity: '2' }]),
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

const key = (name: string, firstLine: string): Plan => ({
  name: 'keys: Get key',
  on: ({ idOf, orderOf }) => ({
    ...{ method: 'GET', path: `/${idOf(name)}/artifacts/productkey/`, act: { press: 'Get key' } },
    arrive: (talk) => walk(talk, `keys ${orderOf(name, firstLine).number}`, [{}, { Language: 'Polish' }]),
    isDone: whispered(/SMPLE-/),
  }),
});

const download = (name: string, firstLine: string): Plan => ({
  name: 'keys: Download',
  on: (world) => ({
    ...key(name, firstLine).on(world),
    ...{ method: 'GET', path: '/downloadlink', act: { press: 'Download' } },
    isDone: whispered(/download\.example/),
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

const cancelNow = (name: string, firstLine: string): Plan => ({
  name: 'cancel: Submit, at once',
  on({ orderOf }) {
    const { id, number } = orderOf(name, firstLine);
    return {
      ...{ method: 'PATCH', path: `/orders/${id}`, act: { press: 'Submit' } },
      async arrive(talk) {
        await walk(talk, `cancel ${number}`, []);
        await go(talk, 'Cancel now');
        await walk(talk, 'The customer changed their mind.', [{}]);
      },
      isDone: onCard(/Partner Center has taken the cancellation|is cancelled, and its key is revoked/),
      count: ({ auditRecords }) =>
        auditRecords.filter(
          ({ operationType, customizedData }) =>
            operationType === 'update_order' && customizedData.some((fact: { value: string }) => fact.value === id),
        ).length,
    };
  },
});

const ticket = (name: string, firstLine: string): Plan => ({
  name: 'cancel: Submit, the ticket',
  on({ orderOf }) {
    const { number } = orderOf(name, firstLine);
    return {
      ...{ method: 'POST', path: '^/v1/servicerequests/', act: { press: 'Submit' } },
      async arrive(talk) {
        await walk(talk, `cancel ${number}`, []);
        await go(talk, 'One form');
        await go(talk, 'Next', {
          'Reason for the refund': 'The customer ordered the wrong edition.',
          'Contact e-mail': 'ada.nowak@partner.example',
          'Contact phone': '+48 22 555 01 00',
        });
      },
      isDone: onCard(/I watch the order and the ticket|is cancelled, and its key is revoked/),
      count: ({ serviceRequests }) => serviceRequests.filter(({ description }) => description.includes(number)).length,
    };
  },
});

/**
 * What is done for whom. Each deed has a customer (and a market, for prices are kept) of its own, by which its calls
 * are told from those of the others: all of it can go wrong at the same time.
 */
export const plans: Readonly<Record<Trouble, readonly Plan[]>> = {
  'fails (500)': [
    customers,
    products('Tailspin'),
    price('Wide World', 'GB'),
    confirm('Contoso', 'cart'),
    confirm('Relecloud', 'checkout'),
    orders('Woodgrove'),
    key('Contoso', 'SQL Server 2022 Standard'),
    download('Contoso', 'SQL Server 2022 Standard'),
    eligibility('Contoso', 'Windows Server Standard - 8'),
    cancelNow('Contoso', 'Windows Server 2022'),
  ],
  'asks to slow down (429)': [products('Munson'), price('Alpine', 'CH'), confirm('VanArsdel', 'checkout')],
  hangs: [
    products('Coho'),
    confirm('Humongous', 'cart'),
    confirm('Nod', 'checkout'),
    key('Adventure', 'Windows Server 2019'),
    cancelNow('Northwind', 'SQL Server 2022 Enterprise'),
  ],
  'does the work and drops the connection': [
    confirm('Southridge', 'cart'),
    confirm('Best For You', 'checkout'),
    cancelNow('Wingtip', 'Windows Server Standard - 8'),
    ticket('Fabrikam Polska', 'SQL Server Standard'),
  ],
  'answers with a web page': [products('Graphic'), price('Liberty', 'FR'), confirm('First Up', 'checkout')],
};

/** Says the words, then presses Next with each of the values; what the card does not ask for is left out. */
async function walk(talk: Talk, words: string, answers: readonly Values[]): Promise<void> {
  await talk.says(words);
  await answered(talk);
  for (const answer of answers) {
    const { view } = talk.card();
    const asked = Object.entries(answer).filter(([label]) => view.inputs.some((input) => input.label === label));
    const isAsked = asked.length > 0 || Object.keys(answer).length === 0;
    if (isAsked && view.buttons.includes('Next')) await go(talk, 'Next', Object.fromEntries(asked));
  }
}

async function go(talk: Talk, title: string, values?: Values): Promise<void> {
  await talk.goes(title, values);
  await answered(talk);
}

/** On a busy machine even a good answer may be announced first. */
async function answered(talk: Talk): Promise<void> {
  await eventually(async () => !/Working on it/.test(cardOf(talk)), 'an answer');
}
