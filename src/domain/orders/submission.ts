import type { ReadinessProblem } from '../customers/readiness.ts';
import type { Money } from '../money.ts';
import type { SentMessage } from '../people/place.ts';
import type { Item } from './catalog.ts';

export type SubmissionState = 'accepted' | 'ordered' | 'declined' | 'needs_person';

/**
 * Why it is not ordered (yet), where more is known than Partner Center's words. `sign-in`: ours is not accepted.
 * `missing`: Partner Center refused it for what should have been there before. `price`: by now it is not the one
 * that the person confirmed.
 */
export type Blocker =
  | { readonly kind: 'sign-in' }
  | { readonly kind: 'missing'; readonly missing: ReadinessProblem }
  | { readonly kind: 'price' };

/** What a person confirmed: everything that was on the review card. */
export interface PurchaseContent {
  readonly customerId: string;
  readonly customerName: string;
  /** Of the customer's billing address, where the item is sold; absent from orders of before it was kept. */
  readonly country?: string;
  readonly item: Item;
  readonly itemTitle: string;
  readonly unitPrice: Money;
  readonly total: Money;
  readonly cancellableUntilAt?: Date;
  /** The person accepted the attestation that the SKU asks for. */
  readonly isAttested: boolean;
  /** Who prepared it, where somebody else confirmed it. */
  readonly preparer?: { readonly id: string; readonly name: string };
}

/**
 * A confirmed wish to buy, written down before anything is done about it. Unique by submission id; the request ids
 * are fixed here, so that a repeat after a crash or a timeout is the same request to Partner Center. What was answered
 * with a conflict is another request from then on (reference §1.4): `conflicts` counts them.
 */
export interface OrderSubmission {
  readonly submissionId: string;
  readonly state: SubmissionState;
  readonly content: PurchaseContent;
  readonly personId: string;
  readonly personName: string;
  readonly placeId: string;
  /** Confirmed in private: what becomes of it is told to the person alone. */
  readonly isPrivate: boolean;
  readonly card?: SentMessage;
  readonly cartRequestId: string;
  readonly checkoutRequestId: string;
  /** Absent: none. */
  readonly conflicts?: number;
  readonly cartId?: string;
  readonly orderIds: readonly string[];
  /** Why it was declined or needs a person, in Partner Center's words. */
  readonly note?: string;
  readonly blocker?: Blocker;
  readonly createdAt: Date;
}
