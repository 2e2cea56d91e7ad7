import { randomUUID } from 'node:crypto';
import type { CaseContent } from '../../src/domain/cancellations/case.ts';
import type { NewCase } from '../../src/domain/cancellations/cases.ts';
import type { Draft } from '../../src/domain/drafts/draft.ts';
import type { KeyReveal } from '../../src/domain/keys/key-reveals.ts';
import type { Reminder } from '../../src/domain/notices/reminders.ts';
import type { Order } from '../../src/domain/orders/order.ts';
import type { OrderSubmission } from '../../src/domain/orders/submission.ts';

export const at = new Date('2026-03-01T10:00:00.000Z');
export const card = { placeId: '19:channel@thread.tacv2;messageid=1', messageId: '1712' };

export function minutesLater(minutes: number): Date {
  return new Date(at.getTime() + minutes * 60_000);
}

export function anOrderSubmission(change: Partial<OrderSubmission> = {}): OrderSubmission {
  return {
    submissionId: randomUUID(),
    state: 'accepted',
    content: {
      customerId: 'c-1',
      customerName: 'Contoso',
      item: { productId: 'DG7GMGF0', skuId: '0001', segment: 'commercial', billingCycle: 'one_time', quantity: 2 },
      itemTitle: 'Windows Server 2022 Standard',
      unitPrice: { minor: 97_200, currency: 'EUR' },
      total: { minor: 194_400, currency: 'EUR' },
      cancellableUntilAt: new Date('2026-03-31T10:00:00.000Z'),
      isAttested: false,
    },
    personId: 'p-1',
    personName: 'Ada',
    placeId: card.placeId,
    isPrivate: false,
    orderIds: [],
    createdAt: at,
    ...change,
  };
}

export function aCaseContent(change: Partial<CaseContent> = {}): CaseContent {
  const orderId = randomUUID();
  return {
    customerId: 'c-1',
    customerName: 'Contoso',
    customerTenant: 'contoso.onmicrosoft.com',
    orderId,
    orderNumber: orderId.slice(0, 12),
    named: orderId,
    item: 'Windows Server 2022 Standard',
    lineNumbers: [0],
    wholeOrder: true,
    reason: 'bought for the wrong customer',
    amount: { minor: 194_400, currency: 'EUR' },
    impact: 'minimal',
    title: 'Refund',
    contactName: 'Ada',
    contactEmail: 'ada@example.com',
    contactPhone: '+49 30 1',
    ...change,
  };
}

export function aCase(change: Partial<NewCase> = {}): NewCase {
  return {
    reference: `SD-${randomUUID().slice(0, 8)}`,
    submissionId: randomUUID(),
    ending: 'cancel-now',
    content: aCaseContent(),
    requesterId: 'p-1',
    requesterName: 'Ada',
    placeId: card.placeId,
    isPrivate: false,
    at,
    ...change,
  };
}

export function aDraft(change: Partial<Draft> = {}): Draft {
  return {
    version: 1,
    id: randomUUID(),
    revision: 1,
    flow: 'purchase',
    step: 'customerChosen',
    trail: ['begin'],
    data: { customerId: 'c-1', text: ':starts with a colon', nested: { list: [1, 2] } },
    ownerId: 'p-1',
    ownerName: 'Ada',
    place: { id: card.placeId, kind: 'channel' },
    isPrivate: false,
    isHandedOver: false,
    changedAt: at.toISOString(),
    ...change,
  };
}

export function aKeyReveal(change: Partial<KeyReveal> = {}): KeyReveal {
  return {
    personId: 'p-1',
    personName: 'Ada',
    customerId: 'c-1',
    orderId: randomUUID(),
    what: 'key',
    item: 'Windows Server 2022 Standard',
    at,
    ...change,
  };
}

export function aReminder(change: Partial<Reminder> = {}): Reminder {
  return {
    customerId: 'c-1',
    customerName: 'Contoso',
    orderId: randomUUID(),
    orderNumber: 'abc',
    personId: 'p-1',
    placeId: card.placeId,
    isPrivate: false,
    closesAt: minutesLater(60),
    askedAt: at,
    ...change,
  };
}

export function anOrder(change: Partial<Order> = {}): Order {
  const id = randomUUID();
  return {
    id,
    number: id.slice(0, 12).toUpperCase(),
    customerId: 'c-1',
    createdAt: at,
    status: 'completed',
    currency: 'EUR',
    lines: [],
    ...change,
  };
}
