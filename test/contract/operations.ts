import type { TicketContent } from '../../src/domain/cancellations/tickets.ts';
import type { Customer } from '../../src/domain/customers/customer.ts';
import type { Version } from '../../src/domain/keys/entitlement.ts';
import type { Order } from '../../src/domain/orders/order.ts';
import type { CartLine } from '../../src/domain/orders/ordering.ts';
import type { PartnerCenter } from '../../src/partner-center/index.ts';
import { found } from './assertions.ts';
import { catalogItems, lineOf, orderOf } from './catalog-items.ts';
import { freshId, type Service } from './server.ts';

/** What the operations of one test act on; made while everything is well. */
export interface Fixture {
  readonly customer: Customer;
  /** For whom nobody has confirmed the agreement. */
  readonly newcomer: Customer;
  readonly order: Order;
  readonly subscriptionId: string;
  readonly version: Version;
  readonly optionId: string;
  readonly ticketId: string;
  readonly line: CartLine;
  readonly cartId: string;
  /** Of a webhook test; where one was asked for. */
  readonly testId: string;
}

/** One method of the ports, and the call of it that goes wrong. */
export interface Operation {
  readonly name: string;
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH';
  /** Of the faulty call: a regular expression on path and query. */
  readonly path: string;
  /** `write`: with an id, under which it may be repeated; `once`: without one. */
  readonly kind: 'read' | 'write' | 'once';
  /** The id is not the caller's to give. */
  readonly hasOwnId?: boolean;
  /** What a 404 is to the caller: a value (nothing, unless `whenMissing` tells), or a refusal of this kind. */
  readonly missing: 'a value' | 'not-found' | 'not-offered';
  whenMissing?(usual: Usual): unknown;
  /** A 400 is an answer, not an error: this one. */
  whenDeclined?(): unknown;
  /** Goes out without a token. */
  readonly isAnonymous?: boolean;
  /** A 403 is followed by the same call without the header for the organisation's requests. */
  readonly looksTwice?: boolean;
  /** The answer has no body that could be spoilt. */
  readonly hasNoBody?: boolean;
  /** Reads a list, which may take longer than other calls. */
  readonly isList?: boolean;
  /** What it gives where this question is the only one that is refused or fails. */
  whenAlone?(usual: Usual): unknown;
  /** The answer is a file, and may take longer than other calls. */
  readonly isFile?: boolean;
  /**
   * Wrong types are read tolerantly (strings for numbers and numbers for strings), and this comes of
   * it. Without it nothing of such an answer is taken as a value: a number is no key, no link and no GUID.
   */
  whenWrong?(usual: Usual, fixture: Fixture): unknown;
  /** What must be there before it, after every reset; adds to the fixture. */
  arrange?(center: PartnerCenter): Promise<Partial<Fixture>>;
  /** What it gives when all is well, where that is a yes or a no. */
  readonly gives?: boolean;
  run(center: PartnerCenter, fixture: Fixture, requestId: string): Promise<unknown>;
  /** How often it was done, as the server sees it once nothing is pending any more. */
  done?(service: Pick<Service, 'state' | 'center'>, fixture: Fixture): Promise<number>;
}

/** What an operation gives when all is well. */
// biome-ignore lint/suspicious/noExplicitAny: each operation knows its own
type Usual = any;

const ticket: TicketContent = {
  title: 'Refund of a purchase',
  description: 'Please refund the order, marker-in-the-body.',
  impact: 'minimal',
  topic: 'CSP purchase/refund on behalf of customers',
  contact: { name: 'Ada Nowak', email: 'marker-in-the-body@partner.example', phone: '5555550100' },
};
const contact = { firstName: 'Ada', lastName: 'Nowak', email: 'marker-in-the-body@partner.example' };

/** What the simulator makes of every text where types are to be wrong. */
const wrong = '12345';
const asUsual = (usual: Usual) => usual;
const nothing = () => undefined;

const ofCustomer = '^/v1/customers/[0-9a-f-]{36}';
const audited = async ({ state }: Pick<Service, 'state'>, type: string, name: string, id: string) =>
  (await state('auditRecords')).auditRecords.filter(
    ({ operationType, customizedData }) =>
      operationType === type &&
      customizedData.some(({ key, value }: { key: string; value: string }) => key === name && value === id),
  ).length;

const hook = '^/webhooks/v1/registration';
/** A port that nobody may call, so that nothing is delivered. */
const hookUrl = 'http://127.0.0.1:9/webhooks/partner-center';
const hookEvents = ['subscription-updated', 'test-created'];

async function registered({ webhooks }: Pick<PartnerCenter, 'webhooks'>, url = hookUrl): Promise<Partial<Fixture>> {
  await webhooks.ensure(url, hookEvents);
  return {};
}

async function isRegistered({ center }: Pick<Service, 'center'>): Promise<number> {
  return (await center.webhooks.registration())?.url === hookUrl ? 1 : 0;
}

function wrongProfile(): unknown {
  return { contact: { firstName: wrong, lastName: wrong, email: wrong, phoneNumber: wrong } };
}

const yesterday = new Date(Date.now() - 86_400_000);

export const operations: readonly Operation[] = [
  {
    name: 'customers.search',
    isList: true,
    ...{ method: 'GET', path: '^/v1/customers\\?', kind: 'read', missing: 'not-found' },
    run: ({ customers }) => customers.search('', 5),
  },
  {
    name: 'customers.find',
    ...{ method: 'GET', path: `${ofCustomer}$`, kind: 'read', missing: 'a value' },
    run: ({ customers }, { customer }) => customers.find(customer.id),
  },
  {
    name: 'customers.find (by custom domain)',
    ...{ method: 'GET', path: 'openid-configuration', kind: 'read', missing: 'a value' },
    ...{ isAnonymous: true, whenDeclined: nothing, whenWrong: nothing },
    run: ({ customers }) => customers.find('contoso.example'),
  },
  {
    name: 'customers.readiness',
    whenAlone: (usual) => ({ ...usual, account: undefined }),
    ...{ method: 'GET', path: `${ofCustomer}/validationStatus`, kind: 'read', missing: 'a value' },
    whenMissing: (usual) => ({ ...usual, account: undefined }),
    whenWrong: (usual) => ({ ...usual, account: wrong }),
    run: ({ customers }, { customer }) => customers.readiness(customer.id),
  },
  {
    name: 'customers.address (the customer)',
    ...{ method: 'GET', path: `${ofCustomer}$`, kind: 'read', missing: 'not-found' },
    run: ({ customers }, { customer }) => customers.address(customer.id),
  },
  {
    name: 'customers.readiness (the confirmations)',
    whenAlone: asUsual,
    isList: true,
    ...{ method: 'GET', path: `${ofCustomer}/agreements\\?`, kind: 'read', missing: 'a value' },
    whenMissing: asUsual,
    run: ({ customers }, { customer }) => customers.readiness(customer.id),
  },
  {
    name: 'customers.readiness (did the customer sign?)',
    whenAlone: (usual) => ({ ...usual, agreement: 'confirmed' }),
    ...{ method: 'GET', path: `${ofCustomer}/directSigned`, kind: 'read', missing: 'a value' },
    ...{ whenMissing: (usual) => ({ ...usual, agreement: 'confirmed' }), whenWrong: asUsual },
    run: ({ customers }, { newcomer }) => customers.readiness(newcomer.id),
  },
  {
    name: 'customers.readiness (the qualifications)',
    whenAlone: (usual) => ({ ...usual, segments: ['commercial', 'education', 'government', 'nonprofit'] }),
    isList: true,
    ...{ method: 'GET', path: `${ofCustomer}/qualifications`, kind: 'read', missing: 'not-found' },
    run: ({ customers }, { customer }) => customers.readiness(customer.id),
  },
  {
    name: 'agreements.template',
    isList: true,
    ...{ method: 'GET', path: '^/v1/agreements', kind: 'read', missing: 'not-offered' },
    run: ({ agreements }) => agreements.template(),
  },
  {
    name: 'agreements.confirmations',
    isList: true,
    ...{ method: 'GET', path: `${ofCustomer}/agreements`, kind: 'read', missing: 'not-found' },
    run: ({ agreements }, { customer }) => agreements.confirmations(customer.id),
  },
  {
    name: 'agreements.confirm',
    ...{ method: 'POST', path: `${ofCustomer}/agreements`, kind: 'write', missing: 'not-found' },
    ...{ hasOwnId: true, whenWrong: asUsual },
    run: ({ agreements }, { customer }) =>
      agreements.confirm(customer.id, { contact, agreedAt: new Date('2026-02-01T00:00:00Z') }),
    done: async ({ state }) =>
      (await state('agreements')).agreements.filter(({ primaryContact }) => primaryContact.email === contact.email)
        .length,
  },
  {
    name: 'billingProfiles.of',
    ...{ method: 'GET', path: `${ofCustomer}/profiles/billing`, kind: 'read', missing: 'not-found' },
    whenWrong: wrongProfile,
    run: ({ billingProfiles }, { customer }) => billingProfiles.of(customer.id),
  },
  {
    name: 'catalog.products',
    isList: true,
    ...{ method: 'GET', path: `${ofCustomer}/products\\?`, kind: 'read', missing: 'not-found' },
    run: ({ catalog }, { customer }) => catalog.products(customer.id),
  },
  {
    name: 'catalog.products (the qualifications before it)',
    whenAlone: asUsual,
    isList: true,
    ...{ method: 'GET', path: `${ofCustomer}/qualifications`, kind: 'read', missing: 'not-found' },
    run: ({ catalog }, { customer }) => catalog.products(customer.id),
  },
  {
    name: 'catalog.skus',
    isList: true,
    ...{ method: 'GET', path: '/skus\\?', kind: 'read', missing: 'not-found' },
    run: ({ catalog }, { customer }) => catalog.skus(customer.id, catalogItems.server.productId),
  },
  {
    name: 'catalog.availabilities',
    isList: true,
    ...{ method: 'GET', path: '/availabilities\\?', kind: 'read', missing: 'not-found' },
    run: ({ catalog }, { customer }) =>
      catalog.availabilities(customer.id, catalogItems.server.productId, catalogItems.server.skuId),
  },
  {
    name: 'catalog.availability',
    ...{ method: 'GET', path: '/availabilities/\\w+\\?', kind: 'read', missing: 'a value' },
    // Another one than was asked for.
    whenWrong: () => undefined,
    run: async ({ catalog }, { customer }) => {
      const { productId, skuId } = catalogItems.server;
      const [one] = await catalog.availabilities(customer.id, productId, skuId);
      return catalog.availability(one?.catalogItemId ?? '', 'DE');
    },
  },
  {
    name: 'catalog.product',
    ...{ method: 'GET', path: '^/v1/products/\\w+\\?', kind: 'read', missing: 'a value' },
    whenWrong: () => ({ id: wrong, title: wrong, publisher: wrong, isSoftware: false }),
    run: ({ catalog }) => catalog.product(catalogItems.server.productId, 'DE'),
  },
  {
    name: 'catalog.unitPrice',
    ...{ method: 'GET', path: 'pricesheets', kind: 'read', missing: 'a value', isFile: true },
    run: ({ catalog }) =>
      catalog.unitPrice('DE', { ...catalogItems.server, segment: 'commercial', billingCycle: 'one_time' }),
  },
  {
    name: 'catalog.restrictions',
    ...{ method: 'POST', path: 'checkInventory', kind: 'read', missing: 'not-found' },
    run: ({ catalog }, { customer }) =>
      catalog.restrictions(customer.id, 'DE', catalogItems.soldOut.productId, catalogItems.soldOut.skuId),
  },
  {
    name: 'ordering.createCart',
    ...{ method: 'POST', path: `${ofCustomer}/carts$`, kind: 'write', missing: 'not-found' },
    run: ({ ordering }, { customer, line }, requestId) => ordering.createCart(customer.id, [line], requestId),
    done: async ({ state }, { cartId }) => (await state('carts')).carts.filter(({ id }) => id !== cartId).length,
  },
  {
    name: 'ordering.cart',
    ...{ method: 'GET', path: `${ofCustomer}/carts/`, kind: 'read', missing: 'a value' },
    run: ({ ordering }, { customer, cartId }) => ordering.cart(customer.id, cartId),
  },
  {
    name: 'ordering.checkout',
    ...{ method: 'POST', path: '/checkout$', kind: 'write', missing: 'not-found' },
    run: ({ ordering }, { customer, cartId }, requestId) => ordering.checkout(customer.id, cartId, requestId),
    async done({ state }, { cartId }) {
      const { orders, carts } = await state('orders', 'carts');
      const { orderIds } = found(
        carts.find(({ id }) => id === cartId),
        'cart',
      );
      const made = orders.filter(({ creationDate }) => Date.now() - Date.parse(creationDate) < 10 * 60_000);
      return Math.max(orderIds.length, made.length);
    },
  },
  {
    name: 'ordering.orders',
    isList: true,
    ...{ method: 'GET', path: `${ofCustomer}/orders\\?`, kind: 'read', missing: 'not-found' },
    run: ({ ordering }, { customer }) => ordering.orders(customer.id),
  },
  {
    name: 'ordering.order',
    ...{ method: 'GET', path: `${ofCustomer}/orders/`, kind: 'read', missing: 'a value' },
    // The list still has it.
    whenMissing: asUsual,
    run: ({ ordering }, { customer, order }) => ordering.order(customer.id, order.id),
  },
  {
    name: 'ordering.cancel',
    ...{ method: 'PATCH', path: `${ofCustomer}/orders/`, kind: 'write', missing: 'not-found' },
    // It is read back, and is still under way there.
    whenWrong: (_usual, { order }) => order,
    run: ({ ordering }, { customer, order }, requestId) => ordering.cancel(customer.id, order.id, [], requestId),
    done: (service, { order }) => audited(service, 'update_order', 'OrderId', order.id),
  },
  {
    name: 'ordering.subscriptions',
    isList: true,
    ...{ method: 'GET', path: `${ofCustomer}/subscriptions$`, kind: 'read', missing: 'not-found' },
    run: ({ ordering }, { customer }) => ordering.subscriptions(customer.id),
  },
  {
    name: 'ordering.cancelSubscription',
    ...{ method: 'PATCH', path: `${ofCustomer}/subscriptions/`, kind: 'write', missing: 'not-found' },
    // It is read back, and is still under way there.
    whenWrong: (usual) => ({ ...usual, status: 'active' }),
    run: ({ ordering }, { customer, subscriptionId }, requestId) =>
      ordering.cancelSubscription(customer.id, subscriptionId, requestId),
    done: (service, { subscriptionId }) => audited(service, 'update_subscription', 'SubscriptionId', subscriptionId),
  },
  {
    name: 'ordering.cancelSubscription (the reading before it)',
    ...{ method: 'GET', path: `${ofCustomer}/subscriptions/`, kind: 'read', missing: 'not-found' },
    run: ({ ordering }, { customer, subscriptionId }, requestId) =>
      ordering.cancelSubscription(customer.id, subscriptionId, requestId),
  },
  {
    name: 'keys.entitlements',
    isList: true,
    ...{ method: 'GET', path: '/entitlements', kind: 'read', missing: 'not-found' },
    run: ({ keys }, { customer }) => keys.entitlements(customer.id, 'DE'),
  },
  {
    name: 'keys.downloadOptions',
    isList: true,
    ...{ method: 'GET', path: '/downloadoptions\\?', kind: 'read', missing: 'a value' },
    run: ({ keys }, { version }) => keys.downloadOptions(version, 'DE'),
  },
  {
    name: 'keys.productKey',
    ...{ method: 'GET', path: '/artifacts/productkey/', kind: 'read', missing: 'not-found' },
    run: ({ keys }, { version }) => keys.productKey(version),
  },
  {
    name: 'keys.downloadLink',
    ...{ method: 'GET', path: '/downloadlink', kind: 'read', missing: 'not-found' },
    run: ({ keys }, { version, optionId }) => keys.downloadLink(version, 'DE', optionId),
  },
  {
    name: 'tickets.topics',
    isList: true,
    ...{ method: 'GET', path: '/supporttopics', kind: 'read', missing: 'not-offered' },
    run: ({ tickets }) => tickets.topics(),
  },
  {
    name: 'tickets.create',
    ...{ method: 'POST', path: '^/v1/servicerequests/', kind: 'write', missing: 'not-offered' },
    whenWrong: () => ({ id: wrong, status: 'unknown', title: wrong, description: wrong }),
    run: ({ tickets }, _ground, requestId) => tickets.create(ticket, requestId),
    done: async ({ state }) =>
      (await state('serviceRequests')).serviceRequests.filter(({ title }) => title === ticket.title).length,
  },
  {
    name: 'tickets.get',
    ...{ method: 'GET', path: '^/v1/servicerequests/\\d+', kind: 'read', missing: 'a value', looksTwice: true },
    whenWrong: () => ({ id: wrong, status: 'unknown', title: wrong, description: wrong }),
    run: ({ tickets }, { ticketId }) => tickets.get(ticketId),
  },
  {
    name: 'tickets.list',
    isList: true,
    ...{ method: 'GET', path: '^/v1/servicerequests\\?', kind: 'read', missing: 'not-found', looksTwice: true },
    run: ({ tickets }) => tickets.list('open'),
  },
  {
    name: 'changes.orderRecords',
    isList: true,
    ...{ method: 'GET', path: '^/v1/auditrecords.*ResourceType', kind: 'read', missing: 'not-found' },
    run: ({ changes }) => changes.orderRecords('order', { since: yesterday, maxPages: 10 }),
  },
  {
    name: 'changes.outsideLooks',
    isList: true,
    ...{ method: 'GET', path: '^/v1/auditrecords.*ResourceType', kind: 'read', missing: 'not-found' },
    run: ({ changes }) => changes.outsideLooks('key', { since: yesterday, maxPages: 10 }),
  },
  {
    name: 'changes.ofCustomer',
    isList: true,
    ...{ method: 'GET', path: '^/v1/auditrecords.*CustomerId', kind: 'read', missing: 'not-found' },
    run: ({ changes }, { customer }) => changes.ofCustomer(customer.id, new Date(Date.now() - 86_400_000)),
  },
  {
    name: 'webhooks.registration',
    ...{ method: 'GET', path: `${hook}$`, kind: 'read', missing: 'a value', arrange: registered },
    run: ({ webhooks }) => webhooks.registration(),
  },
  {
    name: 'webhooks.ensure',
    ...{ method: 'POST', path: `${hook}$`, kind: 'write', hasOwnId: true, missing: 'not-found' },
    run: ({ webhooks }) => webhooks.ensure(hookUrl, hookEvents),
    done: isRegistered,
  },
  {
    name: 'webhooks.ensure (where it replaces)',
    ...{ method: 'PUT', path: `${hook}$`, kind: 'write', hasOwnId: true, missing: 'not-found' },
    arrange: ({ webhooks }) => registered({ webhooks }, 'http://127.0.0.1:9/former'),
    run: ({ webhooks }) => webhooks.ensure(hookUrl, hookEvents),
    done: isRegistered,
  },
  {
    name: 'webhooks.ensure (the events before it)',
    ...{ method: 'GET', path: `${hook}/events$`, kind: 'read', missing: 'not-found', arrange: registered },
    run: ({ webhooks }) => webhooks.ensure(hookUrl, hookEvents),
  },
  {
    name: 'webhooks.test',
    ...{ method: 'POST', path: `${hook}/validationEvents$`, kind: 'once', missing: 'not-found', arrange: registered },
    run: ({ webhooks }) => webhooks.test(),
  },
  {
    name: 'webhooks.testResult',
    ...{ method: 'GET', path: `${hook}/validationEvents/`, kind: 'read', missing: 'not-found' },
    arrange: async ({ webhooks }) => {
      await registered({ webhooks });
      const testId = await webhooks.test();
      while ((await webhooks.testResult(testId)).attempts.length === 0) await new Promise(setImmediate);
      return { testId };
    },
    // Further attempts follow by the second.
    run: async ({ webhooks }, { testId }) => {
      const { status, attempts } = await webhooks.testResult(testId);
      return { status, attempts: attempts.slice(0, 1) };
    },
  },
  {
    name: 'isMfaCompliant',
    ...{ method: 'GET', path: '^/v1/customers\\?size=1$', kind: 'read', missing: 'not-found', whenWrong: asUsual },
    gives: true,
    run: ({ isMfaCompliant }) => isMfaCompliant(),
  },
];

/** Makes what the operations act on. The same in every world that was reset, but for the cart. */
export async function prepareFixture(service: Service): Promise<Fixture> {
  const { center } = service;
  const customer = await service.customer('Contoso');
  const order = await orderOf(center, customer, 'Windows Server 2022');
  const rented = await orderOf(center, customer, 'Windows Server Standard - 8');
  const bought = (await center.keys.entitlements(customer.id, 'DE')).find(({ orderId }) => orderId === order.id);
  const version = found(bought?.versions[0], 'version');
  const [option] = (await center.keys.downloadOptions(version, 'DE')) ?? [];
  const [open] = await center.tickets.list('attention_needed');
  return {
    customer,
    newcomer: await service.customer('Litware'),
    order,
    subscriptionId: found(rented.lines[0]?.subscriptionId, 'subscription'),
    version,
    optionId: found(option, 'option').id,
    ticketId: found(open, 'ticket').id,
    line: await lineOf(center, customer, catalogItems.server),
    cartId: '',
    testId: '',
  };
}

/** A cart of its own, after a reset, and what else the operation needs. */
export async function createFixture({ center }: Service, fixture: Fixture, operation?: Operation): Promise<Fixture> {
  const { id } = await center.ordering.createCart(fixture.customer.id, [fixture.line], freshId());
  return { ...fixture, cartId: id, ...(await operation?.arrange?.(center)) };
}
