import { chooseCard } from '../cards/choose.ts';
import { readChoice } from '../cards/inputs.ts';
import { orderCard, readTerms, type TermChoices, termChoices, termsCard } from '../cards/purchase.ts';
import { adviceLines } from '../cards/readiness.ts';
import type { Customer } from '../domain/customers/customer.ts';
import type { ReadinessProblem } from '../domain/customers/readiness.ts';
import { Refusal } from '../domain/errors.ts';
import type { Product, Sku } from '../domain/orders/catalog.ts';
import { choicesOf, demandPrerequisites, titleOf } from '../domain/orders/offer.ts';
import type { World } from '../domain/world.ts';
import { readDetails } from '../words/details.ts';
import { explain } from '../words/words.ts';
import { customerQuestion, profileOf } from './choose-customer.ts';
import { type FirstTurn, flow, type MaybePromise, type Reply, type Turn } from './engine/flow.ts';
import { findNamed } from './find-named.ts';
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
import { customerIn } from './understand.ts';

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
    const details = readDetails(args);
    const found = await customerIn(turn, details);
    const product = (found ?? details).product || undefined;
    const { quantity } = details;
    const named = product || quantity ? { product, quantity } : undefined;
    if (!found) return ask('customer', { named });
    if ('customer' in found) return withCustomer(turn, { named }, found.customer);
    return ask('customer', { named, search: found.search }, found.problem);
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
      goOn: (turn, data, missing) => askForMissing(data, missing) ?? toTermsOrProduct(turn, data, missing),
    }),

    product: {
      kind: 'input',
      data: purchaseData.product,
      heading: (words) => words.inputs.product,
      async show({ context, facts, words, data, entered }) {
        const products = await facts.catalog.products(data.customerId);
        const title = words.purchase.whichProduct(data.customerName);
        return chooseCard(context, 'product', shownOf(products, data).map(choiceOf), {
          title,
          lines: adviceLines(words, data.customerName, data.missing ?? []),
          canKeep: true,
          value: entered.product ?? data.productId,
        });
      },
      async answer(turn, answer) {
        const { facts, words, data } = turn;
        const products = await facts.catalog.products(data.customerId);
        const { text, values } = answer;
        const { found } = findNamed(products, ({ title }) => title, (!values.product && text) || '');
        const [only, ...others] = found;
        if (text && only) {
          const typed = { ...data, named: { ...data.named, product: text } };
          return others.length === 0 ? withProduct(turn, typed, only) : ask('product', typed);
        }
        const productId = readChoice(words, 'product', shownOf(products, data).map(choiceOf), answer);
        const chosen = { ...data, named: data.named && { quantity: data.named.quantity } };
        return withProduct(turn, chosen, onSale(products.find((one) => one.id === productId)));
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
function toTermsOrProduct(
  turn: FirstTurn,
  data: OfCustomer,
  missing: readonly ReadinessProblem[],
): MaybePromise<PurchaseReply> {
  const stored = { ...data, missing: toStored(missing) };
  const item = purchaseData.terms.safeParse(stored);
  return item.success && item.data.unitPrice ? ask('terms', item.data) : toProduct(turn, stored);
}

/** Those that fit the words, where any do. */
function shownOf(products: readonly Product[], { named }: OfCustomer): readonly Product[] {
  const { found } = findNamed(products, ({ title }) => title, named?.product ?? '');
  return found.length > 0 ? found : products;
}

/** The one that was named in the sentence, or those it may be. */
async function toProduct(turn: FirstTurn, data: OfCustomer): Promise<PurchaseReply> {
  const text = data.named?.product;
  if (!text) return ask('product', data);
  const products = await turn.facts.catalog.products(data.customerId);
  const { found, unknown } = findNamed(products, ({ title }) => title, text);
  const [only, ...others] = found;
  if (only && others.length === 0)
    return withProduct(turn, data, only).catch((error) => {
      if (!(error instanceof Refusal)) throw error;
      return ask('product', data, explain(turn.words, error));
    });
  const { noneNamed } = turn.words.purchase;
  return ask('product', data, unknown.length > 0 ? noneNamed(text, found.length > 0) : undefined);
}

/** To the edition; the one that was named, or the only one, is not asked for. */
async function withProduct(turn: FirstTurn, data: OfCustomer, product: Product): Promise<PurchaseReply> {
  const { facts, words } = turn;
  const [skus, { country }] = await Promise.all([
    facts.catalog.skus(data.customerId, product.id),
    profileOf(facts, data.customerId),
  ]);
  const [first, ...others] = skus;
  if (!first) throw new Refusal('item-unavailable', { item: product.title });
  const text = data.named?.product ?? '';
  const chosen: OfProduct = {
    ...data,
    productId: product.id,
    productTitle: product.title,
    publisher: product.publisher,
    skuId: undefined,
    itemTitle: product.title,
    country,
  };
  const { found, unknown } = findNamed(skus, (sku) => `${product.title} ${sku.title}`, text);
  // `Exchange Server 2019` where only another version is sold: nothing was named that is for sale.
  if (text && unknown.length > 0) return ask('product', data, words.purchase.noneNamed(text, true));
  const named: OfProduct = { ...chosen, named: data.named && { quantity: data.named.quantity } };
  const [only, ...further] = found;
  if (only && further.length === 0) return withSku(turn, named, only);
  return others.length === 0 ? withSku(turn, named, first) : ask('edition', named);
}

async function withCustomer(turn: FirstTurn, data: FirstData, customer: Customer): Promise<PurchaseReply> {
  const { facts, forgetFacts } = turn;
  const chosen = { ...data, search: undefined, customerId: customer.id, customerName: customer.name };
  const isSame = data.customerId === customer.id;
  const fresh = isSame ? chosen : { ...chosen, acceptance: undefined, unitPrice: undefined, country: undefined };
  // Chosen once more, a customer is looked at once more.
  forgetFacts();
  // What the next card shows is asked at the same time.
  facts.catalog.products(customer.id).catch(() => undefined);
  const missing = await problemsOf(facts, customer.id, { relationship: customer.relationship, address: [] });
  return askForMissing(fresh, missing) ?? toProduct(turn, { ...fresh, missing: toStored(missing) });
}

async function withSku(turn: FirstTurn, data: OfProduct, sku: Sku): Promise<PurchaseReply> {
  const { facts } = turn;
  const itemTitle = titleOf({ title: data.productTitle }, sku);
  const customer = await placeOf(facts, data);
  const [choices] = await Promise.all([
    choicesOf(facts, customer, sku),
    demandPrerequisites(facts, customer, sku, itemTitle),
  ]);
  if (choices.length === 0) throw new Refusal('item-unavailable', { item: itemTitle });
  return toTerms(turn, { ...data, skuId: sku.id, itemTitle }, termChoices(sku, choices));
}

/** Where the quantity was named and nothing else can be chosen, there is nothing to ask. */
async function toTerms(turn: FirstTurn, data: OfItem, choices: TermChoices): Promise<PurchaseReply> {
  const { named, ...item } = data;
  const asked = { ...item, quantity: named?.quantity ?? data.quantity };
  const isOpen = [choices.segments, choices.terms, choices.billings].some(({ length }) => length !== 1);
  if (named?.quantity === undefined || isOpen || choices.sku.needsAttestation) return ask('terms', asked);
  try {
    const terms = readTerms(turn.words, choices, { values: {}, text: String(named.quantity) });
    return await refreshReview(turn, { ...asked, ...terms });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return ask('terms', asked, explain(turn.words, error));
  }
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
