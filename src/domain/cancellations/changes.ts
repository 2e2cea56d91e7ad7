/** Partner Center's own audit log: which orders changed since then. One call for all customers. */
export interface Changes {
  ordersChangedSince(since: Date): Promise<{ customerId: string; orderId: string; at: Date }[]>;
}
