import { z } from 'zod';
import { customerData } from './choose-customer.ts';
import { askIn } from './engine/flow.ts';

const money = z.object({ minor: z.number(), currency: z.string() });

const addressShape = z.object({
  line1: z.string(),
  line2: z.string().optional(),
  city: z.string(),
  state: z.string().optional(),
  postalCode: z.string().optional(),
  country: z.string(),
});

const missingShape = z.discriminatedUnion('point', [
  z.object({ point: z.literal('relationship') }),
  z.object({ point: z.literal('account'), status: z.string().optional() }),
  z.object({ point: z.literal('agreement') }),
  z.object({ point: z.literal('segment'), segment: z.string() }),
  z.object({
    point: z.literal('qualification'),
    name: z.string(),
    status: z.enum(['in-review', 'denied', 'unknown']),
    reason: z.string().optional(),
  }),
  z.object({
    point: z.literal('address'),
    // Older drafts know of no other flaw.
    isUnverified: z.boolean().default(true),
    lacks: z
      .array(z.enum(['street', 'city', 'state', 'postal-code', 'phone', 'registration-number']))
      .readonly()
      .default([]),
    suggestion: addressShape.optional(),
    message: z.string().optional(),
  }),
]);

const acceptanceShape = z.object({
  firstName: z.string(),
  lastName: z.string(),
  email: z.string(),
  phone: z.string().optional(),
  agreedOn: z.string(),
});

const doubtShape = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('repeated'),
    submissionId: z.string(),
    item: z.string(),
    quantity: z.number(),
    at: z.string(),
    by: z.string().optional(),
  }),
  z.object({
    kind: z.literal('unusual'),
    item: z.string(),
    quantity: z.number(),
    usual: z.number(),
    isOfItem: z.boolean(),
  }),
  z.object({ kind: z.literal('many'), item: z.string(), quantity: z.number() }),
  z.object({ kind: z.literal('expensive'), total: money }),
]);

const refundOptions = z.array(z.object({ type: z.enum(['full', 'partial']), expiresAfter: z.string() }));

const lineShape = z.object({
  productId: z.string(),
  productTitle: z.string(),
  publisher: z.string().optional(),
  skuId: z.string(),
  itemTitle: z.string(),
  segment: z.string(),
  quantity: z.number(),
  termDuration: z.string().optional(),
  billingCycle: z.string(),
  isAttested: z.boolean().optional(),
  unitPrice: money,
  refundOptions: refundOptions.optional(),
});

const namedShape = z.object({ product: z.string().optional(), quantity: z.number().optional() });

const firstData = z.object({
  ...customerData,
  /** Of the checks before an order: what is not as it should be. */
  missing: z.array(missingShape).optional(),
  /** `filledIn`: as it was proposed, nobody has answered yet. */
  acceptance: acceptanceShape
    .partial()
    .extend({ filledIn: z.enum(['from-profile', 'nothing']).optional() })
    .optional(),
  /** What was named in a sentence and is still to be found: the product in its words, and how many. */
  named: namedShape.optional(),
  /** What the same sentence named besides, each for a line of its own. */
  further: z.array(namedShape).optional(),
  /** Which of them the person was asked whether to leave it out. */
  leavingOut: z.string().optional(),
  productId: z.string().optional(),
  productTitle: z.string().optional(),
  publisher: z.string().optional(),
  skuId: z.string().optional(),
  itemTitle: z.string().optional(),
  segment: z.string().optional(),
  quantity: z.number().optional(),
  termDuration: z.string().optional(),
  billingCycle: z.string().optional(),
  isAttested: z.boolean().optional(),
  isPartnerAttested: z.boolean().optional(),
  country: z.string().optional(),
  unitPrice: money.optional(),
  /** What was filled in on a card that came back with more to choose. */
  entered: z.record(z.string(), z.string()).optional(),
  /** Confirm was pressed, and the person was asked whether that is meant. */
  doubts: z.array(doubtShape).optional(),
  refundOptions: refundOptions.optional(),
  /** The lines of the order before the one that is asked about. */
  earlier: z.array(lineShape).optional(),
});
const ofCustomer = firstData.extend({ customerId: z.string(), customerName: z.string() });
const ofProduct = ofCustomer.extend({ productId: z.string(), productTitle: z.string() });
const ofItem = ofProduct.extend({ skuId: z.string(), itemTitle: z.string() });
const ofTerms = ofItem.extend({
  segment: z.string(),
  quantity: z.number(),
  billingCycle: z.string(),
  unitPrice: money,
});

/** What each question of a purchase keeps: more the further it has come. */
export const purchaseData = {
  customer: firstData,
  missing: ofCustomer.extend({ missing: z.array(missingShape) }),
  agreement: ofCustomer,
  agreementConfirmation: ofCustomer.extend({ acceptance: acceptanceShape }),
  product: ofCustomer,
  edition: ofCustomer,
  terms: ofCustomer,
  review: ofTerms,
};

export type PurchaseSteps = { [Step in keyof typeof purchaseData]: z.infer<(typeof purchaseData)[Step]> };
export type FirstData = PurchaseSteps['customer'];
export type OfCustomer = PurchaseSteps['product'];
export type OfProduct = z.infer<typeof ofProduct>;
export type OfItem = z.infer<typeof ofItem>;
export type OfTerms = PurchaseSteps['review'];

export const ask = askIn<PurchaseSteps>();

export function isOfProduct(data: OfCustomer): data is OfProduct {
  return data.productId !== undefined && data.productTitle !== undefined;
}

export function isOfItem(data: OfCustomer): data is OfItem {
  return isOfProduct(data) && data.skuId !== undefined && data.itemTitle !== undefined;
}
