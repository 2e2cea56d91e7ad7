import { z } from 'zod';
import { chooseCard } from '../cards/choose.ts';
import { readChoice } from '../cards/inputs.ts';
import { orderCard, readTerms, reviewPurchaseCard, termChoices, termsCard } from '../cards/purchase.ts';
import { adviceLines } from '../cards/readiness.ts';
import { type Window, windowOfPurchase } from '../domain/cancellations/cancellation-window.ts';
import type { CustomerProfile } from '../domain/customers/customer.ts';
import { isObstacle, type ReadinessProblem } from '../domain/customers/readiness.ts';
import { OutsideError, Refusal } from '../domain/errors.ts';
import { isSameMoney, type Money, times } from '../domain/money.ts';
import type { Item, Product, Sku } from '../domain/orders/catalog.ts';
import { choicesOf, demandPrerequisites, offerOf, titleOf } from '../domain/orders/offer.ts';
import { finishOrder, mayConfirm, submitOrder } from '../domain/orders/place-order.ts';
import type { OrderSubmission, PurchaseContent } from '../domain/orders/submission.ts';
import { explain } from '../words/words.ts';
import { customerData, customerNamed, customerQuestion, profileOf } from './choose-customer.ts';
import { ask, done, flow, type Reply, type Turn } from './flow.ts';
import { need } from './need.ts';
import { orderNumbersOf } from './order-numbers.ts';
import { onward, problemsNow, readinessData, readinessQuestions } from './readiness.ts';

const money = z.object({ minor: z.number(), currency: z.string() });

const data = z.object({
  ...customerData,
  ...readinessData,
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
  country: z.string().optional(),
  unitPrice: money.optional(),
  refundOptions: z.array(z.object({ type: z.enum(['full', 'partial']), expiresAfter: z.string() })).optional(),
});

type Data = z.infer<typeof data>;

/**
 *   staff   buy
 *   bot     For which customer?                    → customer
 *   staff   Contoso
 *   bot     Before you can order …   (if something is missing) → missing, agreement, agreementConfirmation
 *   bot     Which software?                        → product
 *   staff   Windows Server 2025
 *   bot     Which edition?   (if there are several) → edition
 *   staff   Standard
 *   bot     How many, and how?                     → terms
 *   staff   2
 *   bot     2 × … = 1,234.00 EUR. Buy?             → review
 *   staff   Confirm
 *   bot     Ordered. (the buttons are gone)
 */
export const purchase = flow<Data>({
  name: 'buy',
  right: 'buy.prepare',
  data,
  title: (words, { itemTitle, customerName }) => words.purchase.draftTitle(itemTitle, customerName),

  async outcome({ world, context, submissionId }) {
    const submission = submissionId === undefined ? undefined : await world.orderSubmissions.get(submissionId);
    return submission && orderCard(context, submission, await orderNumbersOf(world, submission));
  },

  async begin(turn, args) {
    if (!args) return ask('customer', {});
    const named = await customerNamed(turn.world, args);
    return 'customer' in named ? withCustomer(turn, {}, named.customer) : ask('customer', { search: named.search });
  },

  questions: {
    customer: customerQuestion<Data>(
      ({ words }) => words.purchase.whichCustomer,
      true,
      (turn, customer) => withCustomer(turn, turn.data, customer),
    ),

    ...readinessQuestions<Data>(
      (turn, customer) => withCustomer(turn, turn.data, customer),
      ({ unitPrice }) => (unitPrice === undefined ? 'product' : 'terms'),
    ),

    product: {
      heading: (words) => words.inputs.product,
      async show({ context, world, words, data, entered }) {
        const products = await world.catalog.products(need(data.customerId));
        const title = words.purchase.whichProduct(need(data.customerName));
        return chooseCard(context, 'product', products.map(choiceOf), {
          title,
          lines: adviceLines(words, need(data.customerName), data.missing ?? []),
          canKeep: true,
          value: entered.product ?? data.productId,
        });
      },
      async answered(turn, answer) {
        const { world, words, data } = turn;
        const products = await world.catalog.products(need(data.customerId));
        const productId = readChoice(words, 'product', products.map(choiceOf), answer);
        const product = needed(products.find((one) => one.id === productId));
        const chosen: Data = {
          ...data,
          productId,
          productTitle: product.title,
          publisher: product.publisher,
          skuId: undefined,
          itemTitle: product.title,
        };
        const skus = await world.catalog.skus(need(data.customerId), productId);
        const [only, ...others] = skus;
        if (!only) throw new Refusal('item-unavailable', { item: product.title });
        return others.length === 0 ? withSku(turn, chosen, only) : ask('edition', chosen);
      },
    },

    edition: {
      heading: (words) => words.inputs.edition,
      async show({ context, world, words, data, entered }) {
        const skus = await world.catalog.skus(need(data.customerId), need(data.productId));
        const title = words.purchase.whichEdition(need(data.productTitle));
        return chooseCard(context, 'edition', skus.map(choiceOf), {
          title,
          subtitle: data.customerName,
          canKeep: true,
          value: entered.edition ?? data.skuId,
        });
      },
      async answered(turn, answer) {
        const skus = await turn.world.catalog.skus(need(turn.data.customerId), need(turn.data.productId));
        const skuId = readChoice(turn.words, 'edition', skus.map(choiceOf), answer);
        return withSku(turn, turn.data, needed(skus.find((one) => one.id === skuId)));
      },
    },

    terms: {
      heading: (words) => words.inputs.quantity,
      async show(turn) {
        const { context, data, entered } = turn;
        const before = {
          segment: data.segment,
          quantity: data.quantity?.toString(),
          term: data.termDuration,
          billing: data.billingCycle,
          attestation: data.isAttested?.toString(),
        };
        const known = compact({ ...before, ...entered });
        return termsCard(
          context,
          await choicesFor(turn),
          `${need(data.itemTitle)} · ${need(data.customerName)}`,
          known,
        );
      },
      async typed(turn, text) {
        const { segments, terms, billings } = await choicesFor(turn);
        const { segment, termDuration, billingCycle } = turn.data;
        const shown = {
          segment: segment ?? segments[0],
          term: termDuration ?? terms[0],
          billing: billingCycle ?? billings[0],
        };
        return { ...compact(shown), quantity: text };
      },
      async answered(turn, answer) {
        const terms = readTerms(turn.words, await choicesFor(turn), answer);
        return asOfNow(turn, { ...turn.data, ...terms });
      },
    },

    review: {
      heading: (words) => words.purchase.review,
      confirms: true,
      async show(turn) {
        const { context, world, who, data, isHandedOver, ownerName } = turn;
        const roles = await world.staff.rolesOf(who.id);
        const isAllowed = isHandedOver || mayConfirm(world.policy, roles, contentOf(data).total);
        const now = world.clock.now();
        const window = windowNow(turn);
        return reviewPurchaseCard(context, {
          content: contentOf(data),
          missing: data.missing ?? [],
          window,
          now,
          mayConfirm: isAllowed,
          preparedBy: isHandedOver ? ownerName : undefined,
        });
      },
      resumed,
      async answered(turn, answer) {
        if (answer.do === 'edit') return ask('terms', turn.data);
        if (answer.do !== 'confirm') return ask('review', turn.data, turn.words.common.pressButton);
        return confirmed(turn);
      },
    },
  },
});

async function confirmed(turn: Turn<Data>): Promise<Reply<Data>> {
  const { world, data } = turn;
  const submissionId = need(turn.submissionId);
  const before = await world.orderSubmissions.get(submissionId);
  if (!before) {
    const now = await asOfNow(turn, data, data.unitPrice);
    if (now.kind !== 'ask' || now.step !== 'review' || now.problem) return now;
    await submitOrder(world, turn.who, submissionOf({ ...turn, data: now.data }, submissionId));
  }
  const submission = await carriedOut(turn, submissionId);
  if (submission.state === 'declined') return declined(turn, submission);
  return done(orderCard(turn.context, submission, await orderNumbersOf(world, submission)));
}

/**
 * The review with all that it states read anew; or, where something is in the way by now, what that is. `was`: the price
 * that was shown before.
 */
async function asOfNow(turn: Turn<Data>, data: Data, was?: Money): Promise<Reply<Data>> {
  const [missing, offer] = await Promise.allSettled([
    problemsNow(turn.world, need(data.customerId), data.segment),
    offerNow(turn, data),
  ]);
  // What is in the way of any order counts before what is wrong with this one.
  if (missing.status === 'rejected') throw missing.reason;
  if (missing.value.some(isObstacle)) {
    return held(offer.status === 'fulfilled' ? { ...data, ...offer.value } : data, missing.value);
  }
  if (offer.status === 'rejected') throw offer.reason;
  const now = offer.value.unitPrice;
  const problem = was && !isSameMoney(was, now) ? turn.words.refusals['price-changed']({ was, now }) : undefined;
  return ask('review', { ...data, ...offer.value, missing: missing.value }, problem);
}

/** What was saved may have been left for weeks. */
async function resumed(turn: Turn<Data>): Promise<Reply<Data>> {
  const { words, data } = turn;
  try {
    return await asOfNow(turn, data, data.unitPrice);
  } catch (error) {
    if (error instanceof Refusal) return ask('review', data, explain(words, error));
    if (!(error instanceof OutsideError)) throw error;
    return ask('review', data, words.purchase.asItWas);
  }
}

/** What is missing, and how to mend it. Prices that are not for this customer are chosen anew. */
function held(data: Data, missing: readonly ReadinessProblem[], problem?: string): Reply<Data> {
  const isOfSegment = missing.some(({ point }) => point === 'segment');
  return onward(isOfSegment ? { ...data, unitPrice: undefined } : data, missing, 'review', problem);
}

/** Nothing was ordered, so the conversation goes on: with what Partner Center misses, where it said that. */
async function declined(turn: Turn<Data>, { reason }: OrderSubmission): Promise<Reply<Data>> {
  const { world, words, data } = turn;
  if (reason?.kind === 'price-changed') return asOfNow(turn, data, data.unitPrice);
  const problems = await problemsNow(world, need(data.customerId)).catch(nothingWhereAway);
  if (reason?.kind !== 'declined' || !reason.missing) {
    const said = reason ? [words.orderReason(reason, 'declined')] : [];
    return held(data, problems, words.refusals['order-declined']({ said }));
  }
  const { missing, said } = reason;
  const isKnown = problems.some(({ point }) => point === missing.point);
  return held(data, isKnown ? problems : [missing, ...problems], words.purchase.declinedFor(said));
}

function nothingWhereAway(error: unknown): ReadinessProblem[] {
  if (!(error instanceof OutsideError)) throw error;
  return [];
}

/** Acts at once; where Partner Center does not answer now, the job carries on and the card says "in progress". */
async function carriedOut({ world }: Turn<Data>, submissionId: string): Promise<OrderSubmission> {
  try {
    return need(await finishOrder(world, submissionId));
  } catch (error) {
    if (!(error instanceof OutsideError)) throw error;
    return need(await world.orderSubmissions.get(submissionId));
  }
}

function submissionOf(turn: Turn<Data>, submissionId: string): OrderSubmission {
  const { world, who, place, card, data } = turn;
  return {
    submissionId,
    state: 'accepted',
    content: {
      ...contentOf(data),
      cancellableUntilAt: windowNow(turn)?.closesAt,
      preparer: turn.preparer,
    },
    personId: who.id,
    personName: who.name,
    placeId: place.id,
    card,
    orderIds: [],
    createdAt: world.clock.now(),
  };
}

function contentOf(data: Data): PurchaseContent {
  const unitPrice: Money = need(data.unitPrice);
  const item = itemOf(data);
  return {
    customerId: need(data.customerId),
    customerName: need(data.customerName),
    country: data.country,
    item,
    itemTitle: need(data.itemTitle),
    unitPrice,
    total: times(unitPrice, item.quantity),
    isAttested: data.isAttested ?? false,
  };
}

function itemOf(data: Data): Item {
  return {
    productId: need(data.productId),
    skuId: need(data.skuId),
    segment: need(data.segment),
    quantity: need(data.quantity),
    termDuration: data.termDuration,
    billingCycle: need(data.billingCycle),
  };
}

/** Until when it could be cancelled if it were bought now. */
function windowNow({ world, data }: Turn<Data>): Window | undefined {
  const { publisher, itemTitle, termDuration: duration, refundOptions } = data;
  const item = { publisher, title: need(itemTitle), term: { duration, refundOptions } };
  return windowOfPurchase(world.policy, item, world.clock.now());
}

/** Where it is sold, its price and its cancellation policies, as they are now. */
async function offerNow(
  { world }: Turn<Data>,
  data: Data,
): Promise<Pick<Data, 'refundOptions' | 'country'> & { unitPrice: Money }> {
  const customer = await profileOf(world, need(data.customerId));
  const product = { id: need(data.productId), title: need(data.productTitle), publisher: '', isSoftware: true };
  const { price, term } = await offerOf(world, customer, itemOf(data), product);
  return {
    country: customer.country,
    unitPrice: price.unit,
    refundOptions: term.refundOptions && [...term.refundOptions],
  };
}

async function withCustomer(
  { world }: Pick<Turn<unknown>, 'world'>,
  data: Data,
  customer: CustomerProfile,
): Promise<Reply<Data>> {
  const chosen: Data = { ...data, search: undefined, customerId: customer.id, customerName: customer.name };
  const isSame = data.customerId === customer.id;
  return onward(
    isSame ? chosen : { ...chosen, acceptance: undefined, unitPrice: undefined },
    await problemsNow(world, customer.id),
    'product',
  );
}

async function withSku(turn: Turn<Data>, data: Data, sku: Sku): Promise<Reply<Data>> {
  const itemTitle = titleOf({ title: need(data.productTitle) }, sku);
  const chosen: Data = { ...data, skuId: sku.id, itemTitle };
  const customer = await profileOf(turn.world, need(data.customerId));
  const [choices] = await Promise.all([
    choicesOf(turn.world, customer, sku),
    demandPrerequisites(turn.world, customer, sku, itemTitle),
  ]);
  if (choices.length === 0) throw new Refusal('item-unavailable', { item: itemTitle });
  return ask('terms', chosen);
}

async function choicesFor({ world, data }: Turn<Data>) {
  const customer = await profileOf(world, need(data.customerId));
  const skus = await world.catalog.skus(customer.id, need(data.productId));
  const sku = needed(skus.find((one) => one.id === data.skuId));
  return termChoices(sku, await choicesOf(world, customer, sku));
}

function compact(values: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).filter((pair): pair is [string, string] => pair[1] !== undefined));
}

function choiceOf({ id, title }: Pick<Product | Sku, 'id' | 'title'>): { title: string; value: string } {
  return { title, value: id };
}

function needed<T>(value: T | undefined): T {
  if (value === undefined) throw new Refusal('item-unavailable', { item: '' });
  return value;
}
