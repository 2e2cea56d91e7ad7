import { OFFICE_LTSC_PRO_PLUS_2024, OFFICE_LTSC_STANDARD_2024 } from './catalogue-office.ts';
import { BUSINESS_PREMIUM, RESERVED_VM } from './catalogue-other.ts';
import { EXCHANGE_SERVER_SE, VISUAL_STUDIO_PROFESSIONAL } from './catalogue-servers.ts';
import { SQL_SERVER_2022_ENTERPRISE_CORE, SQL_SERVER_2022_STANDARD_CORE } from './catalogue-sql-server.ts';
import * as rented from './catalogue-subscriptions.ts';
import { WINDOWS_SERVER_2022_STANDARD, WINDOWS_SERVER_2025_STANDARD } from './catalogue-windows.ts';

/** How the seed writes an order. Its id is made from `tenant` and `name`, so it never changes. */
export interface OrderSketch {
  tenant: string;
  name: string;
  /** Its age when the simulator starts, or the instant at which it was made. */
  daysOld?: number;
  madeAt?: string;
  /** Product, SKU and quantity of each line. */
  lines: [productId: string, skuId: string, quantity: number][];
  /** Cancelled so many days before the start: the whole order, or chosen lines. */
  cancelled?: { daysAgo: number; lines?: number[] };
  /** The 33 character form with a short alternate id, or the GUID of the oldest orders; else the short form. */
  idForm?: 'long' | 'guid';
  /** Still pending at the start, for so many days more. */
  pendingDays?: number;
}

const CAL_2025 = 'DG7GMGF0PWHD';

/** The orders a tester can rely on. */
export const NAMED_ORDERS: OrderSketch[] = [
  order('contoso', 'ten-days', 10, [[WINDOWS_SERVER_2022_STANDARD, '0001', 4]]),
  { ...order('contoso', 'past-window', 45, [[SQL_SERVER_2022_STANDARD_CORE, '0001', 4]]), idForm: 'long' },
  order('contoso', 'subscription', 3, [[rented.WINDOWS_SERVER_SUBSCRIPTION, '0001', 2]]),
  { ...order('contoso', 'cancelled', 25, [[OFFICE_LTSC_PRO_PLUS_2024, '0001', 10]]), cancelled: { daysAgo: 20 } },
  order('contoso', 'two-lines', 5, [
    [WINDOWS_SERVER_2025_STANDARD, '0001', 2],
    [CAL_2025, '0002', 20],
  ]),
  {
    ...order('fabrikam', 'one-line-cancelled', 15, [
      [EXCHANGE_SERVER_SE, '0001', 1],
      [OFFICE_LTSC_STANDARD_2024, '0001', 5],
      [WINDOWS_SERVER_2025_STANDARD, '0001', 1],
    ]),
    cancelled: { daysAgo: 12, lines: [1] },
    idForm: 'long',
  },
  { ...order('fabrikam', 'stuck', 0.2, [[VISUAL_STUDIO_PROFESSIONAL, '0001', 3]]), pendingDays: 1 },
  order('fabrikam', 'red-hat', 2, [[rented.RED_HAT_SUBSCRIPTION, '0001', 1]]),
  order('fabrikampolska', 'suse', 4, [[rented.SUSE_SUBSCRIPTION, '0001', 2]]),
  order('fabrikampolska', 'subscription-past-window', 9, [[rented.SQL_STANDARD_SUBSCRIPTION, '0002', 2]]),
  order('fabrikamresidences', 'older-model', 6, [[rented.CAL_SUBSCRIPTION, '000C', 15]]),
  order('northwindtraders', 'reservation', 8, [[RESERVED_VM, '00G1', 1]]),
  order('northwindtraders', 'closing', 29.5, [[SQL_SERVER_2022_ENTERPRISE_CORE, '0001', 2]]),
  { ...order('adventureworks', 'online-service', 40, [[BUSINESS_PREMIUM, '0001', 25]]), idForm: 'guid' },
  made('adventureworks', 'sixty-days-policy', '2021-05-20T09:12:44Z', [['DG7GMGF0DVT4', '0001', 2]]),
  made('adventureworks', 'thirty-days-policy', '2021-08-01T15:40:10Z', [['DG7GMGF0FLR2', '0001', 2]]),
  order('wingtiptoys', 'subscription-closing', 6.9, [[rented.WINDOWS_SERVER_SUBSCRIPTION, '0002', 1]]),
];

function order(tenant: string, name: string, daysOld: number, lines: OrderSketch['lines']): OrderSketch {
  return { tenant, name, daysOld, lines };
}

function made(tenant: string, name: string, madeAt: string, lines: OrderSketch['lines']): OrderSketch {
  return { tenant, name, madeAt, lines, idForm: 'long' };
}
