import type { ReadinessProblem } from '../customers/readiness.ts';
import type { Said } from '../errors.ts';
import type { Money } from '../money.ts';
import type { SentMessage } from '../people/place.ts';
import type { Item } from './catalog.ts';
import type { Order } from './order.ts';

export type SubmissionState = 'accepted' | 'ordered' | 'declined' | 'needs_person';

/**
 * Why it stands where it stands, where its state does not say all of it. `said`: with what Partner Center refused;
 * empty where it gave no reason.
 */
export type OrderReason =
  /** It goes on when Partner Center accepts our sign-in again; or it did not for a day. */
  | { readonly kind: 'sign-in-refused' }
  /**
   * Where Partner Center told it by a code: `missing`, what should have been there before; `attest`, what whoever confirms
   * has to attest.
   */
  | {
      readonly kind: 'declined';
      readonly said: readonly Said[];
      readonly missing?: ReadinessProblem;
      readonly attest?: Attestation;
    }
  /** The unit price is not the one that the person confirmed; without `now` there is none any more. */
  | { readonly kind: 'price-changed'; readonly was: Money; readonly now?: Money }
  | { readonly kind: 'not-on-sale' }
  /** It may have been ordered. */
  | { readonly kind: 'unclear'; readonly said: readonly Said[] }
  /** Ordered, with complaints. */
  | { readonly kind: 'ordered-with-errors'; readonly said: readonly Said[] }
  /** For a day. */
  | { readonly kind: 'unreachable' }
  /** A sentence that an earlier version wrote, and nothing more is known of. */
  | { readonly kind: 'recorded'; readonly text: string };

/** About the item and its customer, or about the partner on record. */
export type Attestation = 'item' | 'partner';

/** One item of an order, at the price that was confirmed. */
export interface PurchaseLine {
  readonly item: Item;
  readonly itemTitle: string;
  readonly unitPrice: Money;
  /** The person accepted the attestation that the SKU, or Partner Center's refusal, asks for. */
  readonly isAttested: boolean;
  readonly cancellableUntilAt?: Date;
}

/** What a person confirmed: everything that was on the review card. Its first line, and those that follow it. */
export interface PurchaseContent extends PurchaseLine {
  readonly customerId: string;
  readonly customerName: string;
  /** Of the customer's billing address, where the item is sold; absent from orders of before it was kept. */
  readonly country?: string;
  /** Absent where there is one line only. */
  readonly furtherLines?: readonly PurchaseLine[];
  /** Of all lines. */
  readonly total: Money;
  /** The attestation of the partner on record. */
  readonly isPartnerAttested?: boolean;
  /** Who prepared it, where somebody else confirmed it. */
  readonly preparer?: { readonly id: string; readonly name: string };
  /** The place in which others saw it begin, where it was finished elsewhere. */
  readonly begunIn?: string;
}

export function linesOf({ item, itemTitle, unitPrice, isAttested, ...content }: PurchaseContent): PurchaseLine[] {
  const { cancellableUntilAt, furtherLines = [] } = content;
  return [
    { item, itemTitle, unitPrice, isAttested, ...(cancellableUntilAt && { cancellableUntilAt }) },
    ...furtherLines,
  ];
}

/** All lines in one, to stand behind the quantity of the first one. */
export function titlesIn(content: PurchaseContent): string {
  const [first, ...others] = linesOf(content);
  return [first?.itemTitle, ...others.map(({ item, itemTitle }) => `${item.quantity} × ${itemTitle}`)].join(', ');
}

/** An order that a person confirmed, written down before anything is done about it. Unique by submission id. */
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
  readonly cartId?: string;
  readonly orderIds: readonly string[];
  readonly reason?: OrderReason;
  readonly createdAt: Date;
}

/** An order as it stands, and what has just been placed of it. */
export interface PlacedOrder {
  readonly submission: OrderSubmission;
  readonly orders: readonly Order[];
}
