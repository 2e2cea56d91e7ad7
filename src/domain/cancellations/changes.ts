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

/** Somebody looked at a key or a download link, at Partner Center itself or through it. */
export interface OutsideLook {
  /** Tells one record from another. */
  readonly record: string;
  readonly at: Date;
  readonly what: 'key' | 'link';
  /** The account, or the application where no person acted. */
  readonly who: string;
  /** The bot's own application did it, or the record does not say which. */
  readonly mayBeOurs: boolean;
  /** What the record tells: a download link may name none of them. */
  readonly customerId?: string;
  readonly customerName?: string;
  readonly orderId?: string;
  /** Its catalogue id, or as much of it as is told. */
  readonly item: string;
}

export interface OutsideLooks {
  readonly looks: readonly OutsideLook[];
  /** Everything that was recorded since then has been read; absent where that is not known. */
  readonly wholeSince?: Date;
  readonly calls: number;
}

/** Partner Center's own audit log. */
export interface Changes {
  /** What was done to orders, or to subscriptions, by whomever, of all customers; what failed is left out. */
  orderRecords(about: 'order' | 'subscription', range: RecordRange): Promise<OrderRecords>;
  /** Who looked at keys, or at download links, of all customers; what failed is left out. */
  outsideLooks(about: OutsideLook['what'], range: RecordRange): Promise<OutsideLooks>;
}
