import type { OrderRecord } from '../../src/domain/cancellations/changes.ts';
import type { Ticket, TicketContent, Tickets } from '../../src/domain/cancellations/tickets.ts';
import { OutsideError, type OutsideKind, type OutsideMeaning } from '../../src/domain/errors.ts';
import type { Money } from '../../src/domain/money.ts';
import type { Item } from '../../src/domain/orders/catalog.ts';
import type { Checkout, Order } from '../../src/domain/orders/order.ts';
import type { CartLine, Ordering } from '../../src/domain/orders/ordering.ts';
import type { World } from '../../src/domain/world.ts';
import type { Operation, Took } from '../histories/events.ts';
import { createFakePartnerCenter, type FakeCart } from '../support/fakes/partner-center.ts';
import { aCustomer, anAvailability, anOrder, aProduct, aSku, eur } from '../support/fakes/samples.ts';
import { overNetwork, type Passage } from './network.ts';
import type { Random } from './random.ts';
import type { Process, Scheduler } from './scheduler.ts';

type Ports = Pick<
  World,
  'customers' | 'catalog' | 'ordering' | 'keys' | 'tickets' | 'changes' | 'agreements' | 'billingProfiles'
>;

/** What is told of it. */
interface Watching {
  tell(event: Took): void;
  reach(point: string, process: Process): void;
  holderOf(requestId: string): string | undefined;
}

export interface PartnerCenterFaults {
  /** How often a call goes wrong in some way. */
  rate: number;
  /** How often the answer to something that was done is lost. */
  losesAnswers: number;
  /** So long is it known which request ids were used. */
  readonly forgetsAfterMs: number;
  /** How often a cancellation takes minutes to show. */
  readonly slowToShow: number;
  /** How long the slowest cancellation takes to show. */
  readonly showsWithinMs: number;
  /** How often the API wants a ticket instead. */
  readonly wantsTicket: number;
  /** How often a ticket is closed and nothing was cancelled. */
  readonly closesInVain: number;
}

export interface SimulatedPartnerCenter {
  readonly orders: ReadonlyMap<string, Order>;
  readonly tickets: ReadonlyMap<string, Ticket>;
  /** By order, in the scheduler's time. */
  readonly cancelledAt: ReadonlyMap<string, number>;
  portsFor(process: Process): Ports;
  /** Somebody buys something in the portal. */
  buyElsewhere(): Order;
}

const minuteMs = 60_000;

export const customers = [
  aCustomer(),
  aCustomer({ id: 'cccccccc-0000-4000-8000-000000000002', name: 'Fabrikam', domain: 'fabrikam.onmicrosoft.com' }),
  aCustomer({ id: 'cccccccc-0000-4000-8000-000000000003', name: 'Adatum', domain: 'adatum.onmicrosoft.com' }),
].map((one, index) => (index === 0 ? one : { ...one, customDomains: [] }));

const sql = { productId: 'DG7GMGF0D609', skuId: '0002' };

/** A model of Partner Center with the promises of docs/partner-center.md, and a network that loses and delays. */
export function createSimulatedPartnerCenter(
  scheduler: Scheduler,
  random: Random,
  faults: PartnerCenterFaults,
  { tell, reach, holderOf }: Watching,
): SimulatedPartnerCenter {
  const now = () => new Date(scheduler.wallNow());
  const { partnerCenter, ...fake } = createFakePartnerCenter({ now });
  partnerCenter.customers = [...customers];
  partnerCenter.products = [aProduct(), aProduct({ id: sql.productId, title: 'SQL Server Standard' })];
  partnerCenter.skus = [aSku(), aSku({ productId: sql.productId, id: sql.skuId, title: 'SQL Server Standard 2022' })];
  partnerCenter.availabilities = [
    anAvailability(),
    anAvailability({ ...sql, catalogItemId: `${sql.productId}:${sql.skuId}:AVAIL2` }),
  ];
  partnerCenter.hidesTexts = true;

  const chance = random.fork('what happens there');
  const network = random.fork('network');
  const carts = new Map<string, FakeCart>();
  const orders = new Map<string, Order>();
  const tickets = new Map<string, Ticket>();
  const changes: OrderRecord[] = [];
  const cancelledAt = new Map<string, number>();
  /** Cancelled, though it does not show yet. */
  const cancelling = new Set<string>();
  const wantsTicket = new Set<string>();
  const remembered = new Map<string, { readonly answer: Promise<unknown>; readonly at: number }>();
  let made = 0;

  const fail = (
    operation: string,
    kind: OutsideKind,
    facts: { meaning?: OutsideMeaning; retryAfterMs?: number } = {},
  ) => new OutsideError({ service: 'Partner Center', operation, kind, code: 'simulated', ...facts });

  function passage(operation: string): Passage {
    const arrivesMs = network.between(10, 150);
    const usual = { arrivesMs, answersMs: network.between(0, 200) };
    if (!network.isTrue(faults.rate)) return usual;
    const waitMs = network.between(0, 30_000);
    const isDone = network.isTrue(0.5);
    switch (network.below(6)) {
      case 0:
        return { arrivesMs, answersMs: waitMs, fails: { error: fail(operation, 'unreachable'), isDone } };
      case 1:
        return { arrivesMs, answersMs: waitMs / 10, fails: { error: fail(operation, 'unexpected'), isDone } };
      case 2:
        return {
          arrivesMs,
          fails: { error: fail(operation, 'throttled', { retryAfterMs: waitMs }), isDone: false },
        };
      case 3:
        return { ...usual, answersMs: waitMs };
      case 4:
        return { ...usual, arrivesMs: network.between(500, 5_000) };
      default:
        return { ...usual, againMs: network.between(10, 5_000) };
    }
  }

  interface Told {
    readonly about: string;
    readonly content?: string;
    readonly money?: Money;
  }

  /** A write: the same request id gives the same answer, as long as it is remembered. */
  function write<T>(
    process: Process,
    operation: Operation,
    requestId: string,
    told: Told,
    work: () => { readonly answer: T; readonly made: readonly string[] },
  ): Promise<T> {
    const isLost = faults.losesAnswers > 0 && network.isTrue(faults.losesAnswers);
    const lost = isLost && { fails: { error: fail(operation, 'unreachable'), isDone: true } };
    const goes = { ...passage(operation), ...lost };
    const holder = holderOf(requestId);
    const sender = { process: process.name, ...(holder !== undefined && { holder }) };
    return overNetwork(scheduler, process, goes, async () => {
      reach(`took ${operation}`, process);
      const before = remembered.get(requestId);
      const answered = goes.fails ? 'lost' : 'ok';
      const took = { kind: 'took', at: scheduler.now(), operation, requestId, ...told, ...sender } as const;
      if (before && scheduler.now() - before.at < faults.forgetsAfterMs) {
        tell({ ...took, made: [], answered });
        return before.answer as Promise<T>;
      }
      const answer = (async () => {
        try {
          const { answer, made } = work();
          tell({ ...took, made, answered });
          return answer;
        } catch (error) {
          tell({ ...took, made: [], answered: goes.fails ? 'lost' : 'refused' });
          throw error;
        }
      })();
      answer.catch(() => undefined);
      remembered.set(requestId, { answer, at: scheduler.now() });
      return answer;
    });
  }

  function read<T>(process: Process, operation: string, work: () => Promise<T> | T): Promise<T> {
    return overNetwork(scheduler, process, { ...passage(operation), againMs: undefined }, async () => work());
  }

  function readPort<P extends object>(process: Process, port: P, immediate: readonly (keyof P)[] = []): P {
    const wrapped = Object.entries(port).map(([name, operation]) => [
      name,
      immediate.includes(name as keyof P)
        ? operation
        : (...args: unknown[]) => read(process, name, () => operation(...args)),
    ]);
    return Object.fromEntries(wrapped) as P;
  }

  function note(order: Order, isChange: boolean): void {
    const { customerId, id: orderId, number } = order;
    changes.push({ customerId, orderId, number, subscriptionIds: [], at: now(), isChange });
  }

  function put(order: Order, isNew = false): Order {
    orders.set(order.id, order);
    if (order.status === 'cancelled' && !cancelledAt.has(order.id)) cancelledAt.set(order.id, scheduler.now());
    note(order, !isNew);
    return order;
  }

  function place(customerId: string, lines: readonly CartLine[]): Order {
    made += 1;
    const id = `Kq3fLongOrderId${String(made).padStart(4, '0')}`;
    const number = made.toString(16).padStart(12, 'a');
    const order = put(
      anOrder({
        ...{ id, number, customerId, createdAt: now(), status: 'pending', total: totalOf(lines) },
        lines: lines.map(({ catalogItemId, quantity }, index) => {
          const [productId = '', skuId = ''] = catalogItemId.split(':');
          const title = partnerCenter.skus.find((sku) => sku.productId === productId)?.title ?? '';
          return { number: index, catalogItemId, productId, skuId, title, quantity, total: eur(500 * quantity) };
        }),
      }),
      true,
    );
    if (chance.isTrue(faults.wantsTicket)) wantsTicket.add(id);
    scheduler.after(chance.between(1_000, 3 * minuteMs), undefined, () => {
      const now = orders.get(id);
      if (now?.status === 'pending') put({ ...now, status: 'completed' });
    });
    return order;
  }

  function totalOf(lines: readonly CartLine[]): Money {
    return eur(500 * lines.reduce((sum, { quantity }) => sum + quantity, 0));
  }

  function cancel(order: Order, showsAfterMs: number): void {
    cancelling.add(order.id);
    const show = () => {
      const now = orders.get(order.id);
      if (now) put({ ...now, status: 'cancelled' });
    };
    if (showsAfterMs === 0) show();
    else scheduler.after(showsAfterMs, undefined, show);
  }

  const orderOf = (customerId: string, id: string): Order | undefined =>
    [...orders.values()].find((one) => one.customerId === customerId && (one.id === id || one.number === id));

  /** What Microsoft's support does with a ticket, in its own time. */
  function handle(id: string, orderId: string | undefined): void {
    const change = (changed: Partial<Ticket>) => {
      const before = tickets.get(id);
      if (before && before.status !== 'closed') tickets.set(id, { ...before, ...changed, changedAt: now() });
    };
    const later = (ms: number, work: () => void) => void scheduler.after(ms, undefined, work);
    const close = () => {
      const order = orderId === undefined ? undefined : orders.get(orderId);
      if (order && !chance.isTrue(faults.closesInVain))
        cancel(order, chance.isTrue(0.3) ? chance.between(0, 10 * minuteMs) : 0);
      change({ status: 'closed', closedAt: now(), lastNote: 'Done.' });
    };
    later(chance.between(10_000, 3 * minuteMs), () => change({ status: 'open' }));
    if (chance.isTrue(0.2)) {
      later(4 * minuteMs, () => change({ status: 'attention_needed', lastNote: 'Which order is it?' }));
      later(9 * minuteMs, () => change({ status: 'open' }));
    }
    later(chance.between(5 * minuteMs, 20 * minuteMs), close);
  }

  function orderingFor(process: Process): Ordering {
    return {
      createCart: (customerId, lines, requestId) =>
        write(process, 'cart', requestId, { about: customerId, content: contentOf(lines) }, () => {
          made += 1;
          const id = `cart-${made}`;
          const expiresAt = new Date(now().getTime() + 7 * 24 * 60 * minuteMs);
          const cart: FakeCart = { id, customerId, lines, status: 'Active', expiresAt, lineErrors: [] };
          carts.set(id, cart);
          return { answer: cart, made: [id] };
        }),
      cart: (_customerId, cartId) => read(process, 'cart', () => carts.get(cartId)),
      checkout(customerId, cartId, requestId) {
        const { lines = [] } = carts.get(cartId) ?? {};
        const told = { about: cartId, content: contentOf(lines), money: totalOf(lines) };
        return write(process, 'checkout', requestId, told, () => {
          const cart = carts.get(cartId);
          if (!cart) throw fail('checkout', 'not-found');
          if (cart.checkout) return { answer: cart.checkout, made: [] };
          if (chance.isTrue(faults.rate / 4)) throw fail('checkout', 'conflict');
          const order = place(customerId, lines);
          const checkout: Checkout = { orders: [order], errors: [] };
          carts.set(cartId, { ...cart, status: 'Ordered', checkout });
          return { answer: checkout, made: [order.number] };
        });
      },
      orders: (customerId) =>
        read(process, 'orders', () => [...orders.values()].filter((one) => one.customerId === customerId)),
      order: (customerId, orderId) => read(process, 'order', () => orderOf(customerId, orderId)),
      cancel: (customerId, orderId, _lines, requestId) =>
        write(process, 'cancel', requestId, { about: orderOf(customerId, orderId)?.number ?? orderId }, () => {
          const order = orderOf(customerId, orderId);
          if (!order) throw fail('cancel', 'not-found');
          if (order.status === 'cancelled') throw fail('cancel', 'declined');
          if (cancelling.has(order.id)) throw fail('cancel', 'declined', { meaning: 'adjustment-pending' });
          if (wantsTicket.has(order.id)) throw fail('cancel', 'declined', { meaning: 'ticket-needed' });
          cancel(order, chance.isTrue(faults.slowToShow) ? chance.between(1_000, faults.showsWithinMs) : 0);
          return { answer: orders.get(order.id) ?? order, made: [order.number] };
        }),
      subscriptions: () => read(process, 'subscriptions', () => []),
      cancelSubscription: () => Promise.reject(fail('cancelSubscription', 'not-found')),
    };
  }

  const listed = (isWanted: (ticket: Ticket) => boolean): Ticket[] =>
    [...tickets.values()]
      .filter(isWanted)
      .map(({ lastNote: _, ...ticket }) => ({ ...ticket, description: '', isSummary: true }));

  function ticketsFor(process: Process): Tickets {
    return {
      create: (content, requestId) =>
        write(process, 'ticket', requestId, ticketTold(content), () => {
          made += 1;
          const id = String(1_000_000_000 + made);
          const { title, description } = content;
          const ticket: Ticket = { id, status: 'none', title, description, createdAt: now(), changedAt: now() };
          tickets.set(id, ticket);
          handle(
            id,
            [...orders.values()].find(({ id, number }) => [id, number].some((one) => description.includes(one)))?.id,
          );
          return { answer: ticket, made: [id] };
        }),
      attach: () => Promise.reject(fail('attach', 'not-offered')),
      get: (ticketId) => read(process, 'ticket', () => tickets.get(ticketId)),
      prepare: async () => undefined,
      notClosed: () => read(process, 'listTickets', () => listed(({ status }) => status !== 'closed')),
      list: (status) => read(process, 'listTickets', () => listed((one) => one.status === status)),
      listFirst: (status) =>
        read(process, 'listTickets', () => ({
          ...{ tickets: listed((one) => one.status === status), isWhole: true, calls: 1 },
        })),
      readWhole: (shown) => read(process, 'readTicket', () => shown.map((one) => tickets.get(one.id) ?? one)),
    };
  }

  return {
    orders,
    tickets,
    cancelledAt,
    buyElsewhere() {
      const customer = chance.pick(customers) ?? aCustomer();
      const item = chance.pick(partnerCenter.availabilities) ?? anAvailability();
      const line = { catalogItemId: item.catalogItemId, quantity: 1 + chance.below(3), billingCycle: 'one_time' };
      return place(customer.id, [line]);
    },
    portsFor: (process) => ({
      customers: readPort(process, fake.customers, ['known']),
      catalog: readPort(process, fake.catalog, ['knownProduct']),
      ordering: orderingFor(process),
      keys: readPort(process, {
        ...fake.keys,
        entitlements: async (_customerId, _country, ofOrder) =>
          [...orders.values()]
            .filter(
              ({ id, number, status }) =>
                status === 'completed' && (!ofOrder || [id, number].some((one) => ofOrder.includes(one))),
            )
            .flatMap(({ id: orderId, number: orderNumber, lines }) =>
              lines.map(({ number: lineNumber, productId, skuId, quantity, title }) => ({
                ...{ orderId, orderNumber, lineNumber, productId, skuId, quantity },
                versions: [{ productId, skuId, title, keyRef: `${orderId}/${lineNumber}` }],
              })),
            ),
      }),
      tickets: ticketsFor(process),
      changes: readPort(process, {
        outsideLooks: async () => ({ looks: [], calls: 1 }),
        async orderRecords(about, { since, lastDay }) {
          const isIn = ({ at }: OrderRecord) =>
            at >= since && (!lastDay || at.getTime() < lastDay.getTime() + 24 * 60 * minuteMs);
          const records = about === 'order' ? changes.filter(isIn).toReversed() : [];
          return { records, wholeSince: since, calls: 1 };
        },
      }),
      agreements: readPort(process, fake.agreements),
      billingProfiles: readPort(process, fake.billingProfiles),
    }),
  };
}

function ticketTold({ title, description }: TicketContent): { about: string; content: string; money?: Money } {
  const [about = ''] = /SD-[0-9A-Z]{6}/.exec(title) ?? [];
  const [, amount, currency = ''] = /Requested amount: ([0-9.]+) ([A-Z]{3})/.exec(description) ?? [];
  const money = amount === undefined ? undefined : { minor: Math.round(Number(amount) * 100), currency };
  return { about, content: title, ...(money && { money }) };
}

/** What is wanted, in the same words wherever it stands. */
export function wantedOf({ productId, skuId, quantity }: Omit<Item, 'segment' | 'billingCycle'>): string {
  return `${quantity} × ${productId}:${skuId}`;
}

function contentOf(lines: readonly CartLine[]): string {
  return lines
    .map(({ catalogItemId, quantity }) => {
      const [productId = '', skuId = ''] = catalogItemId.split(':');
      return wantedOf({ productId, skuId, quantity });
    })
    .join();
}
