import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { TicketContent } from '../../src/domain/cancellations/tickets.ts';
import type { Customer } from '../../src/domain/customers/customer.ts';
import type { Version } from '../../src/domain/keys/entitlement.ts';
import type { Order } from '../../src/domain/orders/order.ts';
import { createPartnerCenter, type PartnerCenter } from '../../src/partner-center/index.ts';
import { createSimulator, type Simulator } from '../../src/simulator/index.ts';
import { recordLog } from '../support/recorded-log.ts';
import { openRoundCounter, type RoundCounter } from './round-counter.ts';

/** Rows of the table in docs/partner-center.md#calls-per-question: `| name | 1 (1) | 0 (0) | … |`. */
function readTable(): Map<string, string> {
  const text = readFileSync(new URL('../../docs/partner-center.md', import.meta.url), 'utf8');
  const [, section = ''] = text.split('### Calls per question');
  const rows = (section.split('\n### ')[0] ?? '').matchAll(/^\| (.+?) \| (\d+ \(\d+\)) \| (\d+ \(\d+\)) \|/gm);
  return new Map(
    [...rows].map(([, name = '', first, again]) => [name.replaceAll('`', ''), `${first}, again ${again}`]),
  );
}

/** What the questions are about: everything of one customer of the seed. */
interface Known {
  readonly customer: Customer;
  readonly country: string;
  readonly perpetual: Order;
  readonly subscriptionId: string;
  readonly version: Version;
  readonly optionId: string;
  readonly catalogItemId: string;
  readonly yesterday: Date;
}

type Question = (center: PartnerCenter, known: Known) => Promise<unknown>;

const server = { productId: 'DG7GMGF0D5RK', skuId: '0001' };
const ticket: TicketContent = {
  ...{ title: 'Refund', description: 'Please.', impact: 'minimal' },
  topic: 'CSP purchase/refund on behalf of customers',
  contact: { name: 'Ada Nowak', email: 'ada@partner.example', phone: '5555550100' },
};
const contact = { firstName: 'Ada', lastName: 'Nowak', email: 'ada@contoso.example' };

function createCart({ ordering }: PartnerCenter, { customer, catalogItemId }: Known) {
  return ordering.createCart(customer.id, [{ catalogItemId, quantity: 1, billingCycle: 'one_time' }], randomUUID());
}

const questions: Readonly<Record<string, Question>> = {
  'customers.search': ({ customers }) => customers.search('Contoso', 5),
  'customers.find, tenant GUID': ({ customers }, { customer }) => customers.find(customer.id),
  'customers.find, domain': ({ customers }, { customer }) => customers.find(customer.domain),
  'customers.readiness': ({ customers }, { customer }) => customers.readiness(customer.id),
  'customers.address': ({ customers }, { customer }) => customers.address(customer.id),
  'customers.find and readiness and catalog.products, at once': ({ customers, catalog }, { customer: { id } }) =>
    Promise.all([customers.find(id), customers.readiness(id), catalog.products(id)]),
  'catalog.products': ({ catalog }, { customer }) => catalog.products(customer.id),
  'catalog.skus': ({ catalog }, { customer }) => catalog.skus(customer.id, server.productId),
  'catalog.availabilities': ({ catalog }, { customer }) =>
    catalog.availabilities(customer.id, server.productId, server.skuId),
  'catalog.availability': ({ catalog }, { catalogItemId, country }) => catalog.availability(catalogItemId, country),
  'catalog.product': ({ catalog }, { country }) => catalog.product(server.productId, country),
  'catalog.unitPrice': ({ catalog }, { country }) =>
    catalog.unitPrice(country, { ...server, segment: 'commercial', billingCycle: 'one_time' }),
  'catalog.restrictions': ({ catalog }, { customer, country }) =>
    catalog.restrictions(customer.id, country, server.productId, server.skuId),
  'ordering.orders': ({ ordering }, { customer }) => ordering.orders(customer.id),
  'ordering.order': ({ ordering }, { customer, perpetual }) => ordering.order(customer.id, perpetual.id),
  'ordering.subscriptions': ({ ordering }, { customer }) => ordering.subscriptions(customer.id),
  'ordering.createCart': createCart,
  'ordering.checkout': ({ ordering }, { customer }) =>
    // A cart that is not there is refused, with the same call.
    ordering.checkout(customer.id, randomUUID(), randomUUID()).catch(() => undefined),
  'tickets.notClosed': ({ tickets }) => tickets.notClosed(),
  'tickets.list': ({ tickets }) => tickets.list('open'),
  'tickets.listFirst': ({ tickets }) => tickets.listFirst('open', 4),
  'tickets.get': ({ tickets }) => tickets.get('1000000000'),
  'tickets.create': ({ tickets }) => tickets.create(ticket, randomUUID()),
  'tickets.prepare': ({ tickets }) => tickets.prepare(),
  'keys.entitlements': ({ keys }, { customer, country }) => keys.entitlements(customer.id, country),
  'keys.downloadOptions': ({ keys }, { version, country }) => keys.downloadOptions(version, country),
  'keys.productKey': ({ keys }, { version }) => keys.productKey(version),
  'keys.downloadLink': ({ keys }, { version, country, optionId }) => keys.downloadLink(version, country, optionId),
  'agreements.template': ({ agreements }) => agreements.template(),
  'agreements.confirmations': ({ agreements }, { customer }) => agreements.confirmations(customer.id),
  'agreements.confirm': ({ agreements }, { customer, yesterday }) =>
    agreements.confirm(customer.id, { contact, agreedAt: yesterday }),
  'billingProfiles.of': ({ billingProfiles }, { customer }) => billingProfiles.of(customer.id),
  'changes.orderRecords': ({ changes }, { yesterday }) =>
    changes.orderRecords('order', { since: yesterday, maxPages: 10 }),
  'changes.outsideLooks': ({ changes }, { yesterday }) =>
    changes.outsideLooks('key', { since: yesterday, maxPages: 10 }),
  'changes.ofCustomer': ({ changes }, { customer, yesterday }) => changes.ofCustomer(customer.id, yesterday),
  // What is cancelled already is refused, with the same call.
  'ordering.cancel': ({ ordering }, { customer, perpetual }) =>
    ordering.cancel(customer.id, perpetual.id, [], randomUUID()).catch(() => undefined),
  'ordering.cancelSubscription': ({ ordering }, { customer, subscriptionId }) =>
    ordering.cancelSubscription(customer.id, subscriptionId, randomUUID()),
};

describe('the calls per question', () => {
  let simulator: Simulator;
  let counter: RoundCounter;
  let known: Known;
  const table = readTable();

  function connect(url: string): PartnerCenter {
    const log = recordLog();
    return createPartnerCenter({ ...simulator.credentials, url, clock: simulator, log });
  }

  before(async () => {
    simulator = await createSimulator({ port: 0, mode: 'extended', delaySeconds: 0, requestsPerMinute: 100_000 });
    counter = await openRoundCounter(simulator.url);
    const center = connect(simulator.url);
    known = await readKnown(center, simulator.now());
    await center.close();
  });
  after(async () => {
    await counter?.close();
    await simulator?.close();
  });

  it('are all in the table', () => {
    assert.deepEqual([...table.keys()], Object.keys(questions));
  });

  for (const [name, ask] of Object.entries(questions)) {
    it(`${name}: ${table.get(name)}`, async () => {
      const center = connect(counter.url);

      const first = await counter.count(() => ask(center, known));
      const again = await counter.count(() => ask(center, known));
      await center.close();

      const written = [first, again].map(({ calls, rounds }) => `${calls.length} (${rounds})`);
      assert.equal(written.join(', again '), table.get(name), [...first.calls, '–', ...again.calls].join('\n'));
    });
  }
});

async function readKnown(center: PartnerCenter, now: Date): Promise<Known> {
  const [customer] = (await center.customers.search('Contoso', 1)).found;
  assert.ok(customer);
  const { country = '' } = (await center.customers.find(customer.id)) ?? {};
  const orders = (await center.ordering.orders(customer.id)).filter(({ status }) => status === 'completed');
  const rented = orders.flatMap(({ lines }) => lines).find(({ subscriptionId }) => subscriptionId);
  const perpetual = orders.find(({ lines }) => lines.length > 1 && lines.every((line) => !line.termDuration));
  const entitlements = await center.keys.entitlements(customer.id, country);
  const version = entitlements.flatMap(({ versions }) => versions).find(({ keyRef }) => keyRef);
  const [option] = (version && (await center.keys.downloadOptions(version, country))) ?? [];
  const [offer] = await center.catalog.availabilities(customer.id, server.productId, server.skuId);
  assert.ok(rented?.subscriptionId && perpetual && version && option && offer);
  return {
    ...{ customer, country, perpetual, version },
    subscriptionId: rented.subscriptionId,
    optionId: option.id,
    catalogItemId: offer.catalogItemId,
    yesterday: new Date(now.getTime() - 24 * 60 * 60_000),
  };
}
