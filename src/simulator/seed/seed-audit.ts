import { orderRecord } from '../commerce/audit.ts';
import type { CustomerDirectory } from '../customers.ts';
import type { AuditRecord, Order } from '../entities.ts';
import { guidFrom } from '../hash.ts';
import type { Partner } from '../sign-in/partner.ts';

interface Ground {
  seed: number;
  orders: Order[];
  customers: CustomerDirectory;
  partner: Partner;
}

/** What the audit log kept of the seed's orders and their cancellations. */
export function seedAuditRecords({ seed, orders, customers, partner }: Ground): AuditRecord[] {
  const caller = { userName: partner.userName, clientId: partner.clientId };
  return orders.flatMap((order) => {
    const customer = customers.get(order.customerId);
    const common = { caller, ...(customer === undefined ? {} : { customer }) };
    const ids = (what: string) => ({
      id: guidFrom(seed, 'audit', what, order.id),
      correlationId: guidFrom(seed, 'correlation', what, order.id),
    });
    return [
      orderRecord('create_order', order, order.createdAt, { ...common, ...ids('create') }),
      ...order.adjustments.map(({ effectiveAt }, index) =>
        orderRecord('update_order', order, effectiveAt, { ...common, ...ids(`update ${index}`) }),
      ),
    ];
  });
}
