import type { OrderRecord } from '../cancellations/changes.ts';
import type { Order } from './order.ts';

/** Which customer an order belongs to: Partner Center can only be asked the other way round. */
export interface KnownOrders {
  remember(customerId: string, orders: readonly Order[]): Promise<void>;
  /** As `remember`, for orders that we have just placed: Partner Center's list may lack them for a while. */
  rememberPlaced(customerId: string, orders: readonly Order[], at: Date): Promise<void>;
  /** What the audit log tells of them; what is known of an order already stays beside it. */
  rememberRecords(records: readonly OrderRecord[]): Promise<void>;
  /** By id, short number or subscription id; letters' case is ignored except in the id itself. */
  find(text: string): Promise<{ customerId: string; orderId: string } | undefined>;
  /** The short numbers of those orders that were seen before, by their ids. */
  numbersOf(orderIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
}
