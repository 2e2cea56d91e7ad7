import type { NewNotice } from '../notices/notice.ts';
import type { Named } from '../people/staff.ts';

/** `both`: also where nobody knows which of them. */
export type Leaked = 'key' | 'link' | 'both';

/** Somebody says that a key or a download of an order is known to people who must not have it. */
export interface Leak {
  /** What people say: `LK-7K2M9Q`. */
  readonly reference: string;
  readonly customerId: string;
  readonly customerName: string;
  readonly orderId: string;
  readonly orderNumber: string;
  readonly leaked: Leaked;
  readonly remark?: string;
  readonly reporter: Named;
  readonly reportedAt: Date;
  /** Until then nothing of the order is shown. */
  readonly lifted?: Lifted;
}

export interface Lifted {
  readonly by: Named;
  readonly at: Date;
  readonly reason: string;
}

/** While there is one, keys and downloads of the order are refused. */
export interface OpenLeak extends Pick<Leak, 'customerId' | 'customerName' | 'orderId'> {
  readonly reference: string;
  readonly order: string;
  readonly by: string;
  readonly at: Date;
}

export interface Leaks {
  /**
   * One transaction with the notices: the leak of the order that is not lifted, or this one. From then on `KeyReveals.add`
   * refuses what is of the order; what was added before is there to be listed.
   */
  report(leak: Leak, notices: readonly NewNotice[]): Promise<{ readonly leak: Leak; readonly isNew: boolean }>;
  /** One transaction with the notices. False: it is lifted already, and nothing was written. */
  lift(reference: string, lifted: Lifted, notices: readonly NewNotice[]): Promise<boolean>;
  get(reference: string): Promise<Leak | undefined>;
  openOf(orderId: string): Promise<Leak | undefined>;
  /** Not lifted, the newest first. */
  open(limit: number): Promise<Leak[]>;
}
