/** What an audit record tells about an order or about a subscription of one. */
export interface OrderRecord {
  readonly customerId: string;
  readonly orderId?: string;
  /** The short form, where the record has it. */
  readonly number?: string;
  readonly subscriptionIds: readonly string[];
  readonly at: Date;
  /** False: it was made. */
  readonly isChange: boolean;
}

export interface OrderRecords {
  readonly records: readonly OrderRecord[];
  /** Everything that was recorded since then has been read; absent where that is not known. */
  readonly wholeSince?: Date;
  readonly calls: number;
}

export interface RecordRange {
  readonly since: Date;
  /** The day at whose end it ends; absent: now. */
  readonly lastDay?: Date;
  /** Each is a call. */
  readonly maxPages: number;
}

/** Partner Center's own audit log. */
export interface Changes {
  /** What was done to orders, or to subscriptions, by whomever, of all customers; what failed is left out. */
  orderRecords(about: 'order' | 'subscription', range: RecordRange): Promise<OrderRecords>;
}
