import { chooseCard } from '../cards/choose.ts';
import { readChoice } from '../cards/inputs.ts';
import { orderCard, readTerms, termChoices, termsCard } from '../cards/purchase.ts';
import { adviceLines } from '../cards/readiness.ts';
import type { Customer } from '../domain/customers/customer.ts';
import type { ReadinessProblem } from '../domain/customers/readiness.ts';
import { Refusal } from '../domain/errors.ts';
import type { Product, Sku } from '../domain/orders/catalog.ts';
import { choicesOf, demandPrerequisites, titleOf } from '../domain/orders/offer.ts';
import type { World } from '../domain/world.ts';
import { customerNamed, customerQuestion, profileOf } from './choose-customer.ts';
import { type Ask, type FirstTurn, flow, type Reply, type Turn } from './engine/flow.ts';
import { orderNumbersOf } from './order-numbers.ts';
import {
  ask,
  type FirstData,
  type OfCustomer,
  type OfItem,
  type OfProduct,
  type PurchaseSteps,
  purchaseData,
} from './purchase-data.ts';
import { refreshReview, reviewQuestion } from './purchase-review.ts';
import { askForMissing, problemsOf, readinessQuestions, toStored } from './readiness.ts';

type PurchaseReply = Reply<PurchaseSteps>;

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
export const purchase = flow<PurchaseSteps>({
  name: 'buy',
  right: 'buy.prepare',
  title: (words, { itemTitle, customerName }) => words.purchase.draftTitle(itemTitle, customerName),

  async outcome({ world, context, submissionId }) {
    const submission = submissionId ? await world.orderSubmissions.get(submissionId) : undefined;
    if (!submission) return undefined;
    return orderCard(context, submission, await orderNumbersOf(world, { submission, orders: [] }));
  },

  async begin(turn, args) {
    if (!args) return ask('customer', {});
    const named = await customerNamed(turn, args);
    if ('customer' in named) return withCustomer(turn, {}, named.customer);
    return ask('customer', { search: named.search }, named.problem);
  },

  questions: {
    customer: customerQuestion<PurchaseSteps, FirstData>({
      data: purchaseData.customer,
      title: ({ words }) => words.purchase.whichCustomer,
      canKeep: true,
      onSearch: (turn, search, problem) => ask('customer', { ...turn.data, search }, problem),
      onCustomer: (turn, customer) => withCustomer(turn, turn.data, customer),
    }),

    ...readinessQuestions({
      onCustomer: (turn, customer) => withCustomer(turn, turn.data, customer),
      goOn: (data, missing) => askForMissing(data, missing) ?? toTermsOrProduct(data, missing),
    }),

    product: {
      kind: 'input',
      data: purchaseData.product,
      heading: (words) => words.inputs.product,
      async show({ context, facts, words, data, entered }) {
        const products = await facts.catalog.products(data.customerId);
        const title = words.purchase.whichProduct(data.customerName);
        return chooseCard(context, 'product', products.map(choiceOf), {
          title,
          lines: adviceLines(words, data.customerName, data.missing ?? []),
          canKeep: true,
          value: entered.product ?? data.productId,
        });
      },
      async answer(turn, answer) {
        const { facts, words, data } = turn;
        const products = await facts.catalog.products(data.customerId);
        const productId = readChoice(words, 'product', products.map(choiceOf), answer);
        const product = onSale(products.find((one) => one.id === productId));
        const chosen: OfProduct = {
          ...data,
          productId,
          productTitle: product.title,
          publisher: product.publisher,
          skuId: undefined,
          itemTitle: product.title,
        };
        const [skus, { country }] = await Promise.all([
          facts.catalog.skus(data.customerId, productId),
          profileOf(facts, data.customerId),
        ]);
        const [only, ...others] = skus;
        if (!only) throw new Refusal('item-unavailable', { item: product.title });
        const soldIn = { ...chosen, country };
        return others.length === 0 ? withSku(turn, soldIn, only) : ask('edition', soldIn);
      },
    },

    edition: {
      kind: 'input',
      data: purchaseData.edition,
      heading: (words) => words.inputs.edition,
      async show({ context, facts, words, data, entered }) {
        const skus = await facts.catalog.skus(data.customerId, data.productId);
        const title = words.purchase.whichEdition(data.productTitle);
        return chooseCard(context, 'edition', skus.map(choiceOf), {
          title,
          subtitle: data.customerName,
          canKeep: true,
          value: entered.edition ?? data.skuId,
        });
      },
      async answer(turn, answer) {
        const skus = await turn.facts.catalog.skus(turn.data.customerId, turn.data.productId);
        const skuId = readChoice(turn.words, 'edition', skus.map(choiceOf), answer);
        return withSku(turn, turn.data, onSale(skus.find((one) => one.id === skuId)));
      },
    },

    terms: {
      kind: 'input',
      data: purchaseData.terms,
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
        return termsCard(context, await choicesFor(turn), `${data.itemTitle} · ${data.customerName}`, known);
      },
      async readTyped(turn, text) {
        const { segments, terms, billings } = await choicesFor(turn);
        const { segment, termDuration, billingCycle } = turn.data;
        const shown = {
          segment: segment ?? segments[0],
          term: termDuration ?? terms[0],
          billing: billingCycle ?? billings[0],
        };
        return { ...compact(shown), quantity: text };
      },
      async answer(turn, answer) {
        const terms = readTerms(turn.words, await choicesFor(turn), answer);
        return refreshReview(turn, { ...turn.data, ...terms, doubts: undefined });
      },
    },

    review: reviewQuestion,
  },
});

/** Where the conversation was before something was missing. */
function toTermsOrProduct(data: OfCustomer, missing: readonly ReadinessProblem[]): Ask<PurchaseSteps> {
  const stored = { ...data, missing: toStored(missing) };
  const item = purchaseData.terms.safeParse(stored);
  return item.success && item.data.unitPrice ? ask('terms', item.data) : ask('product', stored);
}

async function withCustomer(
  { facts, forgetFacts }: FirstTurn,
  data: FirstData,
  customer: Customer,
): Promise<PurchaseReply> {
  const chosen = { ...data, search: undefined, customerId: customer.id, customerName: customer.name };
  const isSame = data.customerId === customer.id;
  const fresh = isSame ? chosen : { ...chosen, acceptance: undefined, unitPrice: undefined, country: undefined };
  // Chosen once more, a customer is looked at once more.
  forgetFacts();
  // What the next card shows is asked at the same time.
  facts.catalog.products(customer.id).catch(() => undefined);
  const missing = await problemsOf(facts, customer.id, { relationship: customer.relationship, address: [] });
  return askForMissing(fresh, missing) ?? ask('product', { ...fresh, missing: toStored(missing) });
}

async function withSku({ facts }: FirstTurn, data: OfProduct, sku: Sku): Promise<PurchaseReply> {
  const itemTitle = titleOf({ title: data.productTitle }, sku);
  const customer = await placeOf(facts, data);
  const [choices] = await Promise.all([
    choicesOf(facts, customer, sku),
    demandPrerequisites(facts, customer, sku, itemTitle),
  ]);
  if (choices.length === 0) throw new Refusal('item-unavailable', { item: itemTitle });
  return ask('terms', { ...data, skuId: sku.id, itemTitle });
}

/** Where the customer is sold to, as it was when the product was chosen. */
async function placeOf(facts: World, { customerId: id, country }: OfProduct): Promise<{ id: string; country: string }> {
  return { id, country: country ?? (await profileOf(facts, id)).country };
}

async function choicesFor({ facts, data }: Turn<OfItem>) {
  const [customer, skus] = await Promise.all([
    placeOf(facts, data),
    facts.catalog.skus(data.customerId, data.productId),
  ]);
  const sku = onSale(skus.find((one) => one.id === data.skuId));
  return termChoices(sku, await choicesOf(facts, customer, sku));
}

function compact(values: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).filter((pair): pair is [string, string] => pair[1] !== undefined));
}

function choiceOf({ id, title }: Pick<Product | Sku, 'id' | 'title'>): { title: string; value: string } {
  return { title, value: id };
}

/** It may have gone from the catalogue since it was shown. */
function onSale<T>(value: T | undefined): T {
  if (value === undefined) throw new Refusal('item-unavailable', { item: '' });
  return value;
}
