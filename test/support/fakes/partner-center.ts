import type { Changes, OrderRecord, OutsideLook } from '../../../src/domain/cancellations/changes.ts';
import type { Ticket, TicketContent, Tickets } from '../../../src/domain/cancellations/tickets.ts';
import type { Clock } from '../../../src/domain/clock.ts';
import type { AgreementContact, Agreements } from '../../../src/domain/customers/agreement.ts';
import type { BillingProfiles } from '../../../src/domain/customers/billing-profile.ts';
import type { CustomerProfile, Customers } from '../../../src/domain/customers/customer.ts';
import type { Readiness } from '../../../src/domain/customers/readiness.ts';
import type { DownloadOption, Entitlement, Keys } from '../../../src/domain/keys/entitlement.ts';
import type { Money } from '../../../src/domain/money.ts';
import type { Availability, Catalog, Product, Restriction, Sku, SoldItem } from '../../../src/domain/orders/catalog.ts';
import type { Cart, Checkout, Order, OrderLine, Subscription } from '../../../src/domain/orders/order.ts';
import type { CartLine, Ordering } from '../../../src/domain/orders/ordering.ts';
import { joinTitles } from '../../../src/domain/orders/titles.ts';
import { fold } from '../../../src/domain/search/fold.ts';
import { createWordSearch } from '../../../src/domain/search/word-search.ts';
import { Secret } from '../../../src/domain/secret.ts';
import { aCustomer, anAvailability, aProduct, aSku, eur } from './samples.ts';

interface Fault {
  readonly operation: string;
  readonly error: Error;
  /** The work is done all the same; only its answer is lost. */
  readonly isAfterWork: boolean;
  times: number;
}

export interface FakeCart extends Cart {
  readonly customerId: string;
  readonly lines: readonly CartLine[];
  readonly checkout?: Checkout;
}

/** What the fake knows, to be set and looked at. */
export interface FakePartnerCenter {
  customers: CustomerProfile[];
  readiness: Readiness;
  products: Product[];
  /** By customer id: the directory knows them, Partner Center does not show them. */
  hiddenDomains: Readonly<Record<string, readonly string[]>>;
  skus: Sku[];
  /** A price sheet tells the editions. */
  listsEditions: boolean;
  availabilities: Availability[];
  price: Money | undefined;
  restrictions: Restriction[];
  confirmations: { contact: AgreementContact; agreedAt?: Date }[];
  orders: Order[];
  subscriptions: Subscription[];
  carts: FakeCart[];
  lineErrors: Cart['lineErrors'];
  checkoutErrors: Checkout['errors'];
  tickets: Ticket[];
  /** Lists of tickets come without what they say, as the real ones do. */
  hidesTexts: boolean;
  created: TicketContent[];
  outsideLooks: OutsideLook[];
  changes: (Partial<OrderRecord> & Pick<OrderRecord, 'customerId' | 'at'>)[];
  entitlements: Entitlement[];
  downloads: DownloadOption[] | undefined;
  /** Of lists that come page by page. */
  pageSize: number;
  /** Cancellations are confirmed, but do not show until this is false again. */
  isSlowToShow: boolean;
  /** Every call, in order: `checkout`, `order Kq3f…`. */
  readonly calls: string[];
  /** The next calls of that name fail. */
  fail(operation: string, error: Error, options?: { isAfterWork?: boolean; times?: number }): void;
  /** How often an operation was called. */
  count(operation: string): number;
}

type Ports = {
  readonly customers: Customers;
  readonly catalog: Catalog;
  readonly ordering: Ordering;
  readonly keys: Keys;
  readonly tickets: Tickets;
  readonly changes: Changes;
  readonly agreements: Agreements;
  readonly billingProfiles: BillingProfiles;
};

/** Partner Center in memory: small, but it keeps its promises (same request id, same result). */
export function createFakePartnerCenter(clock: Clock): Ports & { readonly partnerCenter: FakePartnerCenter } {
  const faults: Fault[] = [];
  const partnerCenter: FakePartnerCenter = {
    customers: [aCustomer()],
    hiddenDomains: {},
    readiness: {
      relationship: 'reseller',
      account: 'Allowed',
      agreement: 'confirmed',
      qualifications: [],
      segments: ['commercial'],
    },
    products: [aProduct(), aProduct({ id: 'DG7GMGF0D609', title: 'SQL Server Standard' })],
    skus: [aSku()],
    listsEditions: false,
    availabilities: [anAvailability()],
    price: eur(500),
    restrictions: [],
    confirmations: [],
    orders: [],
    subscriptions: [],
    carts: [],
    lineErrors: [],
    checkoutErrors: [],
    tickets: [],
    hidesTexts: false,
    created: [],
    changes: [],
    outsideLooks: [],
    entitlements: [],
    downloads: [],
    pageSize: 100,
    isSlowToShow: false,
    calls: [],
    fail: (operation, error, { isAfterWork = false, times = 1 } = {}) =>
      void faults.push({ operation, error, isAfterWork, times }),
    count: (operation) => partnerCenter.calls.filter((call) => call.split(' ')[0] === operation).length,
  };

  async function call<T>(operation: string, about: string, work: () => T): Promise<T> {
    partnerCenter.calls.push(`${operation} ${about}`.trim());
    const fault = faults.find((one) => one.times > 0 && [operation, `${operation} ${about}`].includes(one.operation));
    if (!fault) return work();
    fault.times -= 1;
    if (fault.isAfterWork) work();
    throw fault.error;
  }

  const put = (order: Order): Order => {
    partnerCenter.orders = [...partnerCenter.orders.filter((one) => one.id !== order.id), order];
    return order;
  };
  const withoutLines = (order: Order, gone: (line: OrderLine) => boolean): Order => {
    const lines = order.lines.map((line) => (gone(line) ? { ...line, quantity: 0 } : line));
    const isWhole = lines.every((line) => line.quantity === 0);
    return { ...order, lines: isWhole ? order.lines : lines, status: isWhole ? 'cancelled' : order.status };
  };
  const orderOf = (customerId: string, id: string): Order | undefined =>
    partnerCenter.orders.find((one) => one.customerId === customerId && (one.id === id || one.number === id));

  const customers: Customers = {
    search: (text, limit) =>
      call('searchCustomers', text, () => {
        const found = partnerCenter.customers.filter(({ name, domain }) =>
          `${name} ${domain}`.toLowerCase().includes(text.toLowerCase()),
        );
        const { relationship } = partnerCenter.readiness;
        return { found: found.slice(0, limit).map((one) => ({ ...one, relationship })), more: found.length > limit };
      }),
    find: (tenant) =>
      call('findCustomer', tenant, () => {
        const found = partnerCenter.customers.find(({ id, domain, customDomains }) =>
          [id, domain, ...customDomains, ...(partnerCenter.hiddenDomains[id] ?? [])].includes(tenant),
        );
        return found && { ...found, relationship: partnerCenter.readiness.relationship };
      }),
    suggest: async (text, limit) => {
      const found = partnerCenter.customers.filter(({ name, domain }) =>
        fold(`${name} ${domain}`).includes(fold(text)),
      );
      return { found: found.slice(0, limit), more: found.length > limit };
    },
    known: (customerId) => partnerCenter.customers.find(({ id }) => id === customerId),
    readiness: (customerId) =>
      call('readiness', customerId, () => {
        const { relationship: _, address: __, ...checks } = partnerCenter.readiness;
        return checks;
      }),
    address: (customerId) => call('address', customerId, () => partnerCenter.readiness.address),
  };

  const catalog: Catalog = {
    products: () => call('products', '', () => partnerCenter.products),
    items: () =>
      call('items', '', () => {
        const search = createWordSearch<SoldItem>({ textOf: ({ title }) => title, most: 1_000 });
        const key = (productId: string, skuId = '') => `${productId}:${skuId}`;
        for (const { id: productId, title } of partnerCenter.products) {
          const editions = partnerCenter.listsEditions
            ? partnerCenter.skus.filter((one) => one.productId === productId)
            : [];
          if (editions.length === 0) search.put(key(productId), { productId, title });
          for (const { id: skuId, title: edition } of editions)
            search.put(key(productId, skuId), { productId, skuId, title: joinTitles(title, edition) });
        }
        return {
          size: search.size,
          find: search.find,
          get: (productId, skuId) => search.get(key(productId, skuId)),
          of: (productId) => search.find([], 1_000).found.filter((one) => one.productId === productId),
        };
      }),
    skus: (_customerId, productId) =>
      call('skus', productId, () => partnerCenter.skus.filter((sku) => sku.productId === productId)),
    availabilities: (_customerId, productId, skuId) =>
      call('availabilities', '', () =>
        partnerCenter.availabilities.filter((one) => one.productId === productId && one.skuId === skuId),
      ),
    availability: (catalogItemId) =>
      call('availability', catalogItemId, () =>
        partnerCenter.availabilities.find((one) => one.catalogItemId === catalogItemId),
      ),
    product: (productId) =>
      call('product', productId, () => partnerCenter.products.find((one) => one.id === productId)),
    knownProduct: (_customerId, productId) => partnerCenter.products.find((one) => one.id === productId),
    unitPrice: () => call('unitPrice', '', () => partnerCenter.price),
    restrictions: () => call('restrictions', '', () => partnerCenter.restrictions),
  };

  const ordering: Ordering = {
    createCart: (customerId, lines, requestId) =>
      call('createCart', requestId, () => {
        const id = `cart-of-${requestId}`;
        const before = partnerCenter.carts.find((cart) => cart.id === id);
        if (before) return before;
        const expiresAt = new Date(clock.now().getTime() + 7 * 86_400_000);
        const cart: FakeCart = {
          id,
          customerId,
          lines,
          status: 'Active',
          expiresAt,
          lineErrors: partnerCenter.lineErrors,
        };
        partnerCenter.carts.push(cart);
        return cart;
      }),
    cart: (_customerId, cartId) => call('cart', cartId, () => partnerCenter.carts.find((cart) => cart.id === cartId)),
    checkout: (customerId, cartId, requestId) =>
      call('checkout', requestId, () => {
        const cart = partnerCenter.carts.find((one) => one.id === cartId);
        if (!cart) throw new Error(`no cart ${cartId}`);
        if (cart.checkout) return cart.checkout;
        const lines = cart.lines.map((line, number) => {
          const [productId = '', skuId = ''] = line.catalogItemId.split(':');
          return { number, productId, skuId, title: 'Bought', ...line };
        });
        const n = partnerCenter.orders.length + 1;
        const order: Order = {
          id: `long-id-${n}`,
          number: `number-${n}`,
          customerId,
          createdAt: clock.now(),
          status: 'pending',
          currency: 'EUR',
          lines,
        };
        const isFine = partnerCenter.checkoutErrors.length === 0;
        const checkout: Checkout = { orders: isFine ? [put(order)] : [], errors: partnerCenter.checkoutErrors };
        partnerCenter.carts = partnerCenter.carts.map((one) =>
          one.id === cartId ? { ...one, status: 'Ordered', checkout } : one,
        );
        return checkout;
      }),
    orders: (customerId) =>
      call('orders', customerId, () => partnerCenter.orders.filter((one) => one.customerId === customerId)),
    order: (customerId, orderId) => call('order', orderId, () => orderOf(customerId, orderId)),
    cancel: (customerId, orderId, lines, requestId) =>
      call('cancel', [orderId, ...lines.map((line) => line.number), requestId].join(' '), () => {
        const order = orderOf(customerId, orderId);
        if (!order) throw new Error(`no order ${orderId}`);
        const numbers = lines.map((line) => line.number);
        if (partnerCenter.isSlowToShow) return order;
        return put(withoutLines(order, (line) => numbers.length === 0 || numbers.includes(line.number)));
      }),
    subscriptions: () => call('subscriptions', '', () => partnerCenter.subscriptions),
    cancelSubscription: (_customerId, subscriptionId) =>
      call('cancelSubscription', subscriptionId, () => {
        for (const order of partnerCenter.orders.filter((one) =>
          one.lines.some((line) => line.subscriptionId === subscriptionId),
        )) {
          if (!partnerCenter.isSlowToShow) put(withoutLines(order, (line) => line.subscriptionId === subscriptionId));
        }
        return { id: subscriptionId, status: 'deleted' };
      }),
  };

  const keys: Keys = {
    entitlements: (_customerId, _country, ofOrder) =>
      call('entitlements', '', () =>
        partnerCenter.entitlements.filter(
          ({ orderId, orderNumber = orderId }) =>
            !ofOrder || ofOrder.includes(orderId) || ofOrder.includes(orderNumber),
        ),
      ),
    downloadOptions: () => call('downloadOptions', '', () => partnerCenter.downloads),
    productKey: () => call('productKey', '', () => new Secret('SMPLE-AAAAA-BBBBB-CCCCC-DDDDD')),
    downloadLink: (_version, _country, optionId) =>
      call('downloadLink', optionId, () => new Secret(`https://download.example/${optionId}?signature=secret`)),
  };

  const filed = new Map<string, string>();
  const tickets: Tickets = {
    create: (content, requestId) =>
      call('createTicket', requestId, () => {
        const { title, description } = content;
        const before = partnerCenter.tickets.find((one) => one.id === filed.get(requestId));
        if (before) return before;
        const ticket: Ticket = {
          id: String(1_000_000_000 + partnerCenter.tickets.length),
          status: 'none',
          title,
          description,
        };
        filed.set(requestId, ticket.id);
        partnerCenter.created.push(content);
        partnerCenter.tickets.push(ticket);
        return ticket;
      }),
    attach: (ticketId, { name, size }, requestId) =>
      call('attachFile', name, () => {
        if (filed.has(requestId)) return;
        filed.set(requestId, ticketId);
        partnerCenter.tickets = partnerCenter.tickets.map((one) =>
          one.id === ticketId ? { ...one, files: [...(one.files ?? []), { name, size }] } : one,
        );
      }),
    get: (ticketId) => call('ticket', ticketId, () => partnerCenter.tickets.find((one) => one.id === ticketId)),
    prepare: async () => undefined,
    notClosed: () => call('listTickets', 'not closed', () => listed(({ status }) => status !== 'closed')),
    list: (status) => call('listTickets', status, () => listed((one) => one.status === status)),
    listFirst: (status, maxPages) =>
      call('listTickets', status, () => {
        const all = listed((one) => one.status === status);
        const pages = Math.max(1, Math.ceil(all.length / partnerCenter.pageSize));
        const calls = Math.min(pages, maxPages);
        return { tickets: all.slice(0, maxPages * partnerCenter.pageSize), isWhole: pages <= maxPages, calls };
      }),
    readWhole: (tickets) =>
      Promise.all(
        tickets.map((ticket) =>
          ticket.isSummary
            ? call('readTicket', ticket.id, () => partnerCenter.tickets.find(({ id }) => id === ticket.id) ?? ticket)
            : ticket,
        ),
      ),
  };

  const listed = (isWanted: (ticket: Ticket) => boolean): Ticket[] =>
    partnerCenter.tickets.filter(isWanted).map((one) => (partnerCenter.hidesTexts ? summaryOf(one) : one));

  const changes: Changes = {
    outsideLooks: (about, { since }) =>
      call('outsideLooks', about, () => ({
        looks: partnerCenter.outsideLooks.filter(({ what, at }) => what === about && at >= since),
        calls: 1,
      })),
    orderRecords: (about, { since, lastDay, maxPages }) =>
      call('changes', about, () => {
        const end = lastDay && new Date(Math.floor(lastDay.getTime() / 86_400_000) * 86_400_000 + 86_400_000);
        const all = partnerCenter.changes
          .filter(({ orderId }) => (orderId === undefined) === (about === 'subscription'))
          .filter(({ at }) => at >= since && (!end || at < end))
          .sort((a, b) => b.at.getTime() - a.at.getTime())
          .map((one) => ({ subscriptionIds: [], isChange: true, ...one }));
        const records = all.slice(0, maxPages * partnerCenter.pageSize);
        const calls = Math.max(1, Math.ceil(records.length / partnerCenter.pageSize));
        return { records, wholeSince: records.length < all.length ? records.at(-1)?.at : since, calls };
      }),
  };

  const agreements: Agreements = {
    template: () =>
      call('agreementTemplate', '', () => ({ templateId: 'template-1', link: 'https://agreement.example' })),
    confirmations: (customerId) => call('confirmations', customerId, () => partnerCenter.confirmations),
    confirm: (customerId, { contact, agreedAt }) =>
      call('confirmAgreement', customerId, () => {
        partnerCenter.confirmations = [{ contact, agreedAt }, ...partnerCenter.confirmations];
        partnerCenter.readiness = { ...partnerCenter.readiness, agreement: 'confirmed' };
      }),
  };

  const profile = {
    contact: { firstName: 'Anna', lastName: 'Nowak', email: 'anna@contoso.example' },
  };
  const billingProfiles: BillingProfiles = {
    of: (customerId) => call('billingProfile', customerId, () => profile),
  };

  return { customers, catalog, ordering, keys, tickets, changes, agreements, billingProfiles, partnerCenter };
}

function summaryOf({ lastNote: _, ...ticket }: Ticket): Ticket {
  return { ...ticket, description: '', isSummary: true };
}
