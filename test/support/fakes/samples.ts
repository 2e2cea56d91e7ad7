import type { Approval } from '../../../src/domain/approvals/approval.ts';
import type { Case, CaseContent } from '../../../src/domain/cancellations/case.ts';
import type { NewCase } from '../../../src/domain/cancellations/cases.ts';
import type { Ticket } from '../../../src/domain/cancellations/tickets.ts';
import type { CustomerProfile } from '../../../src/domain/customers/customer.ts';
import type { Draft } from '../../../src/domain/drafts/draft.ts';
import { OutsideError, type OutsideKind } from '../../../src/domain/errors.ts';
import type { Entitlement, Version } from '../../../src/domain/keys/entitlement.ts';
import type { Leak } from '../../../src/domain/leaks/leak.ts';
import type { Money } from '../../../src/domain/money.ts';
import type { Availability, Item, Product, Sku } from '../../../src/domain/orders/catalog.ts';
import type { Order, OrderLine } from '../../../src/domain/orders/order.ts';
import type { OrderSubmission, PurchaseContent } from '../../../src/domain/orders/submission.ts';
import type { Person } from '../../../src/domain/people/staff.ts';

/** A plausible thing, from a few overrides. */
type Sample<T> = (overrides?: Partial<T>) => T;

export const startAt = new Date('2026-03-10T12:00:00Z');

export const eur = (amount: number): Money => ({ minor: Math.round(amount * 100), currency: 'EUR' });

export const aPerson: Sample<Person> = (overrides) => ({
  id: '11111111-1111-4111-8111-111111111111',
  name: 'Ada Nowak',
  language: 'en',
  timeZone: 'Europe/Warsaw',
  ...overrides,
});

export const aCustomer: Sample<CustomerProfile> = (overrides) => ({
  id: 'cccccccc-0000-4000-8000-000000000001',
  name: 'Contoso',
  domain: 'contoso.onmicrosoft.com',
  customDomains: ['contoso.com'],
  country: 'DE',
  relationship: 'reseller',
  ...overrides,
});

export const aProduct: Sample<Product> = (overrides) => ({
  id: 'DG7GMGF0D5RK',
  title: 'Windows Server 2022',
  publisher: 'Microsoft Corporation',
  isSoftware: true,
  ...overrides,
});

export const aSku: Sample<Sku> = (overrides) => ({
  productId: 'DG7GMGF0D5RK',
  id: '0005',
  title: 'Windows Server 2022 Standard - 16 Core License Pack',
  minimumQuantity: 1,
  maximumQuantity: 100,
  needsInventoryCheck: false,
  needsAttestation: false,
  needsBefore: [],
  ...overrides,
});

export const anAvailability: Sample<Availability> = (overrides) => ({
  catalogItemId: 'DG7GMGF0D5RK:0005:AVAIL1',
  productId: 'DG7GMGF0D5RK',
  skuId: '0005',
  segment: 'commercial',
  country: 'DE',
  currency: 'EUR',
  isPurchasable: true,
  terms: [{ billingCycle: 'one_time' }],
  ...overrides,
});

export const anItem: Sample<Item> = (overrides) => ({
  productId: 'DG7GMGF0D5RK',
  skuId: '0005',
  segment: 'commercial',
  quantity: 2,
  billingCycle: 'one_time',
  ...overrides,
});

export const aLine: Sample<OrderLine> = (overrides) => ({
  number: 0,
  catalogItemId: 'DG7GMGF0D5RK:0005:AVAIL0',
  productId: 'DG7GMGF0D5RK',
  skuId: '0005',
  title: 'Windows Server 2022 Standard',
  quantity: 2,
  total: eur(1000),
  ...overrides,
});

export const aSubscriptionLine: Sample<OrderLine> = (overrides) => ({
  ...aLine(),
  productId: 'DG7GMGF0D609',
  catalogItemId: 'DG7GMGF0D609:0002:AVAIL0',
  skuId: '0002',
  title: 'SQL Server Standard – 2 core, 1 year',
  termDuration: 'P1Y',
  subscriptionId: 'aaaaaaaa-1111-4111-8111-0000000000AA',
  total: eur(3650),
  ...overrides,
});

export const anOrder: Sample<Order> = (overrides) => ({
  id: 'Kq3fLongOrderId0001',
  number: '1a2b3c4d5e6f',
  customerId: aCustomer().id,
  createdAt: new Date('2026-03-05T12:00:00Z'),
  status: 'completed',
  currency: 'EUR',
  total: eur(1000),
  lines: [aLine()],
  ...overrides,
});

export const aVersion: Sample<Version> = (overrides) => ({
  productId: 'DG7GMGF0D5RK',
  skuId: '0005',
  title: 'Windows Server 2022 Standard',
  keyRef: 'entitlement-1/artifact-1',
  ...overrides,
});

export const anEntitlement: Sample<Entitlement> = (overrides) => ({
  orderId: anOrder().id,
  orderNumber: anOrder().number,
  lineNumber: 0,
  productId: 'DG7GMGF0D5RK',
  skuId: '0005',
  quantity: 2,
  versions: [aVersion()],
  ...overrides,
});

export const aPurchase: Sample<PurchaseContent> = (overrides) => ({
  customerId: aCustomer().id,
  customerName: 'Contoso',
  country: 'DE',
  item: anItem(),
  itemTitle: 'Windows Server 2022 Standard',
  unitPrice: eur(500),
  total: eur(1000),
  isAttested: false,
  ...overrides,
});

export const anOrderSubmission: Sample<OrderSubmission> = (overrides) => ({
  submissionId: 'submission-1',
  state: 'accepted',
  content: aPurchase(),
  personId: aPerson().id,
  personName: aPerson().name,
  placeId: '19:thread',
  isPrivate: false,
  orderIds: [],
  createdAt: startAt,
  ...overrides,
});

export const aContent: Sample<CaseContent> = (overrides) => ({
  customerId: aCustomer().id,
  customerName: 'Contoso',
  customerTenant: 'contoso.onmicrosoft.com',
  orderId: anOrder().id,
  orderNumber: anOrder().number,
  named: anOrder().number,
  item: '2 × Windows Server 2022 Standard',
  lineNumbers: [0],
  wholeOrder: true,
  reason: 'Ordered by mistake',
  amount: eur(1000),
  impact: 'minimal',
  title: 'Refund for order 1a2b3c4d5e6f, Contoso',
  contactName: 'Ada Nowak',
  contactEmail: 'ada@partner.example',
  contactPhone: '+48 22 555 01 00',
  ...overrides,
});

export const aNewCase: Sample<NewCase> = (overrides) => ({
  reference: 'SD-7K2M9Q',
  submissionId: 'submission-1',
  ending: 'cancel-now',
  content: aContent(),
  requesterId: aPerson().id,
  requesterName: aPerson().name,
  placeId: '19:thread',
  isPrivate: false,
  at: startAt,
  ...overrides,
});

export const aCase: Sample<Case> = (overrides) => ({
  reference: 'SD-7K2M9Q',
  submissionId: 'submission-1',
  state: 'submitted',
  ending: 'cancel-now',
  content: aContent(),
  requesterId: aPerson().id,
  requesterName: aPerson().name,
  placeId: '19:thread',
  isPrivate: false,
  timesWaiting: 0,
  timesTakenUp: 0,
  createdAt: startAt,
  changedAt: startAt,
  ...overrides,
});

export const aTicket: Sample<Ticket> = (overrides) => ({
  id: '1234567890',
  status: 'open',
  title: 'Refund',
  description: '',
  ...overrides,
});

export const aDraft: Sample<Draft> = (overrides) => ({
  version: 1,
  id: 'draft-1',
  revision: 1,
  flow: 'buy',
  step: 'review',
  trail: [],
  data: {},
  ownerId: aPerson().id,
  ownerName: aPerson().name,
  place: { id: '19:thread', kind: 'channel' },
  isPrivate: false,
  isHandedOver: false,
  title: 'Buy Windows Server 2022 Standard for Contoso',
  changedAt: startAt.toISOString(),
  ...overrides,
});

/** What Partner Center says when it fails or declines. */
export function outside(
  kind: OutsideKind,
  facts: Partial<ConstructorParameters<typeof OutsideError>[0]> = {},
): OutsideError {
  return new OutsideError({ service: 'Partner Center', operation: 'test', kind, ...facts });
}

export const anApproval: Sample<Approval> = (overrides) => ({
  reference: 'AP-7K2M9Q',
  revision: 1,
  state: 'waiting',
  reviewed: { kind: 'order', content: aPurchase() },
  requester: { id: aPerson().id, name: aPerson().name },
  preparers: [],
  draftId: 'draft-1',
  placeId: '19:thread',
  isPrivate: false,
  steps: [{ step: 'asked', at: startAt.toISOString(), by: { id: aPerson().id, name: aPerson().name } }],
  createdAt: startAt,
  remindAt: new Date(startAt.getTime() + 3_600_000),
  expiresAt: new Date(startAt.getTime() + 24 * 3_600_000),
  ...overrides,
});

export const aLeak: Sample<Leak> = (overrides) => ({
  reference: 'LK-7K2M9Q',
  customerId: 'customer-1',
  customerName: 'Contoso Ltd',
  orderId: 'order-1',
  orderNumber: '1a2b3c4d5e6f',
  leaked: 'key',
  reporter: { id: aPerson().id, name: aPerson().name },
  reportedAt: startAt,
  ...overrides,
});
