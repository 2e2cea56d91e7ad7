import { readChoice, readWholeNumber } from '../cards/inputs.ts';
import { hasChoice, itemCard, readTerms, termsShown } from '../cards/purchase-item.ts';
import { adviceLines } from '../cards/readiness.ts';
import { Refusal } from '../domain/errors.ts';
import type { Product, Sku } from '../domain/orders/catalog.ts';
import { demandPrerequisites, titleOf } from '../domain/orders/offer.ts';
import { readQuantity } from '../words/quantities.ts';
import { readTypedItems } from '../words/several-products.ts';
import { explain } from '../words/words.ts';
import { profileOf } from './choose-customer.ts';
import type { Answer, FirstTurn, Question, Reply, Turn } from './engine/flow.ts';
import { findNamed } from './find-named.ts';
import { itemChoice, itemList } from './item-list.ts';
import {
  ask,
  isOfItem,
  isOfProduct,
  type OfCustomer,
  type OfItem,
  type OfProduct,
  type PurchaseSteps,
  purchaseData,
} from './purchase-data.ts';
import { withAnother, withLineAt, withNamedLater, withoutLineAt } from './purchase-lines.ts';
import { refreshReview } from './purchase-review.ts';
import { onSale, priceOf, termsOf } from './purchase-terms.ts';
import { productsFor } from './suggestions.ts';

type PurchaseReply = Reply<PurchaseSteps>;
type Values = Answer['values'];

/**
 * One item with all that is to be chosen of it, on one card. What opens only with the product (edition, segment, term,
 * attestation) is asked on the same card, once it is known; where nothing is left open the review follows.
 */
export const itemQuestion: Question<PurchaseSteps, OfCustomer> = {
  kind: 'input',
  data: purchaseData.product,
  heading: (words, data) => words.inputs[openField(data)],

  async show(turn) {
    const { context, facts, words, data } = turn;
    const entered = valuesOf(turn);
    const view = {
      ...(await itemList(turn, entered.product)),
      customer: data.customerName,
      lines: adviceLines(words, data.customerName, data.missing ?? []),
      earlier: data.earlier ?? [],
      further: data.further ?? [],
      item: data.itemTitle,
      entered,
    };
    if (!isOfProduct(data)) return itemCard(context, view);
    const skus = await facts.catalog.skus(data.customerId, data.productId);
    // It may have gone from the catalogue since it was chosen.
    if (!isOfItem(data) || !skus.some(({ id }) => id === data.skuId)) {
      const editions = skus.length > 1 ? { editions: skus.map(choiceOf), edition: data.skuId } : {};
      return itemCard(context, { ...view, ...editions });
    }
    const terms = await termsOf(turn, data);
    return itemCard(context, { ...view, terms, unitPrice: await priceOf(turn, data, terms, entered) });
  },

  async suggest({ world, data }, searched, text) {
    if (searched !== 'product') return [];
    const items = await world.catalog.items(data.customerId);
    return productsFor(world, data.customerId, items, text).map(itemChoice);
  },

  /** What is typed answers what is still open: the product, then its edition, then how many. */
  async readTyped(turn, text): Promise<Values> {
    const { facts, data } = turn;
    const field = openField(data);
    if (field === 'product') return { product: text };
    // Another product than the one that is being asked about.
    const products = await facts.catalog.products(data.customerId);
    const { isCertain } = findNamed(products, titleOfProduct, text);
    if (isCertain && (field === 'quantity' ? Number.isNaN(Number(text)) : !(await isEdition(turn, text))))
      return { product: text };
    // How many was said before is not asked again.
    if (field !== 'quantity' || !isOfItem(data)) return compact({ quantity: valuesOf(turn).quantity, [field]: text });
    return { ...termsShown(await termsOf(turn, data), valuesOf(turn)), ...valuesOf(turn), quantity: text };
  },

  async answer(turn, answer) {
    const { data } = turn;
    const { values, text } = answer;
    const { line, picked, ...filled } = values;
    if (answer.do === 'removeLine') return ask('product', { ...withoutLineAt(data, Number(line)), entered: filled });
    if (answer.do === 'edit' && line !== undefined) {
      const current = purchaseData.review.safeParse(data).data;
      return ask('product', withLineAt(current ? data : withNamedLater(data), Number(line), current));
    }
    if (answer.do === 'edit') return ask('customer', data);
    const last = (data.earlier?.length ?? 0) - 1;
    // Nothing more is wanted: what was chosen before is the order.
    if (answer.do === 'next' && !text && !values.product && !picked && !isOfProduct(data) && last >= 0) {
      const leavingOut = data.named?.product;
      if (leavingOut && leavingOut !== data.leavingOut)
        return ask('product', { ...data, leavingOut }, turn.words.purchase.leaveOut(leavingOut));
      return withFurther(turn, await reviewOf(turn, withLineAt(data, last, undefined)));
    }
    const product = picked ?? filled.product;
    const answered = await answerItem(turn, { ...answer, values: { ...filled, ...(product && { product }) } });
    const reply = await withFurther(turn, answered);
    const isComplete = reply.kind === 'ask' && reply.step === 'review' && !reply.problem;
    return answer.do === 'addLine' && isComplete ? ask('product', withAnother(reply.data)) : reply;
  },
};

async function answerItem(turn: Turn<OfCustomer>, answer: Answer): Promise<PurchaseReply> {
  const { data } = turn;
  const { values, text } = answer;
  if (values.product === undefined && isOfProduct(data)) return withProduct(turn, data, values);
  const products = await turn.facts.catalog.products(data.customerId);
  const [productId, skuId] = (values.product ?? '').split(':');
  const picked = text === undefined ? products.find((one) => one.id === productId) : undefined;
  if (picked) return withProduct(turn, choose(data, picked), values, skuId);
  // Typed: in chat, or into the list by a client that does not search.
  const typed = readTypedItems(text ?? values.product ?? '');
  if (findNamed(products, titleOfProduct, typed.product).found.length > 0) {
    const { quantity = readWholeNumber(values.quantity ?? '') ?? data.named?.quantity } = typed;
    // `standard 2024`, where those that were named are shown: one of these is meant, if it can be.
    const isOfShown =
      data.named?.product && findNamed(productsToShow(products, data), titleOfProduct, typed.product).isCertain;
    const product = isOfShown ? `${data.named?.product} ${typed.product}` : typed.product;
    const further = [...typed.further, ...(data.further ?? [])];
    return withNamed(turn, { ...withoutProduct(data), named: { product, quantity }, further });
  }
  // How many was typed, before what.
  const count = text === undefined ? undefined : readQuantity(text);
  if (count) return ask('product', { ...data, named: { ...data.named, quantity: count } });
  const found = readProduct(turn, productsToShow(products, data), answer);
  return withProduct(turn, choose(data, onSale(products.find(({ id }) => id === found))), values);
}

function readProduct({ words }: FirstTurn, products: readonly Product[], answer: Answer): string {
  try {
    return readChoice(words, 'product', products.map(choiceOf), answer);
  } catch (error) {
    const typed = answer.text ?? answer.values.product ?? '';
    const isUnknown = error instanceof Refusal && /\p{L}{2}/u.test(typed);
    throw isUnknown ? new Refusal('invalid', { field: 'product', why: words.purchase.noneNamed(typed, false) }) : error;
  }
}

function reviewOf(turn: FirstTurn, data: OfCustomer): PurchaseReply | Promise<PurchaseReply> {
  const whole = purchaseData.review.safeParse(data).data;
  return whole ? refreshReview(turn, whole, { was: whole.unitPrice }) : ask('product', data);
}

/** To the item; what was named of it in a sentence is not asked for. */
export async function toItem(turn: FirstTurn, data: OfCustomer): Promise<PurchaseReply> {
  if (!data.named?.product) return ask('product', data);
  const reply = await withNamed(turn, data).catch((error) => {
    if (!(error instanceof Refusal)) throw error;
    return ask('product', data, explain(turn.words, error));
  });
  return withFurther(turn, reply);
}

/** Once a line is complete, what else the sentence named is the next one. */
async function withFurther(turn: FirstTurn, reply: PurchaseReply): Promise<PurchaseReply> {
  if (reply.kind !== 'ask' || reply.step !== 'review') return reply;
  const [named, ...further] = reply.data.further ?? [];
  if (!named) return reply;
  const next = await toItem(turn, { ...withAnother(reply.data), named, further });
  const isSilent = next.kind === 'ask' && !next.problem;
  return isSilent && reply.problem ? { ...next, problem: reply.problem } : next;
}

/** The one that the words name, or those it may be. */
async function withNamed(turn: FirstTurn, data: OfCustomer): Promise<PurchaseReply> {
  const text = data.named?.product ?? '';
  const products = await turn.facts.catalog.products(data.customerId);
  const { found, unknown } = findNamed(products, titleOfProduct, text);
  const [only, ...others] = found;
  if (only && others.length === 0) return withProduct(turn, { ...choose(data, only), named: data.named }, {});
  const { noneNamed } = turn.words.purchase;
  return ask('product', data, unknown.length > 0 ? noneNamed(text, found.length > 0) : undefined);
}

const titleOfProduct = ({ title }: Product): string => title;

/** Those that fit the words, where any do. */
function productsToShow(products: readonly Product[], { named }: OfCustomer): readonly Product[] {
  const { found } = findNamed(products, titleOfProduct, named?.product ?? '');
  return found.length > 0 ? found : products;
}

function openField(data: OfCustomer): 'product' | 'edition' | 'quantity' {
  if (!isOfProduct(data)) return 'product';
  return isOfItem(data) ? 'quantity' : 'edition';
}

/** What stands in the inputs: as it was filled in, or as it was chosen before. */
function valuesOf({ data, entered }: Turn<OfCustomer>): Values {
  const before = {
    segment: data.segment,
    quantity: (data.quantity ?? data.named?.quantity)?.toString(),
    term: data.termDuration,
    billing: data.billingCycle,
    attestation: data.isAttested?.toString(),
  };
  return compact({ ...before, ...data.entered, ...entered });
}

/** With that product; where it is another one, nothing that was chosen of the former counts. */
function choose(data: OfCustomer, { id, title, publisher }: Product): OfProduct {
  const named = data.named && { quantity: data.named.quantity };
  if (isOfProduct(data) && data.productId === id) return { ...data, named };
  const { segment, termDuration, billingCycle, isAttested, unitPrice, refundOptions, skuId, entered, ...rest } = data;
  return { ...rest, named, productId: id, productTitle: title, publisher, itemTitle: title };
}

/** To the edition: the one that was named, or the only one, is not asked for. */
async function withProduct(turn: FirstTurn, data: OfProduct, values: Values, picked?: string): Promise<PurchaseReply> {
  const { facts, words } = turn;
  const [skus, { country }] = await Promise.all([
    facts.catalog.skus(data.customerId, data.productId),
    profileOf(facts, data.customerId),
  ]);
  const [only, ...others] = skus;
  if (!only) throw new Refusal('item-unavailable', { item: data.productTitle });
  const { named, ...product } = { ...data, country };
  const text = named?.product ?? '';
  const { found, unknown } = findNamed(skus, (sku) => `${data.productTitle} ${sku.title}`, text);
  // `Exchange Server 2019` where only another version is sold: nothing was named that is for sale.
  if (text && unknown.length > 0) return ask('product', withoutProduct(data), words.purchase.noneNamed(text, true));
  const quantity = values.quantity ?? named?.quantity?.toString();
  const filled = { ...values, ...(quantity && { quantity }) };
  // Picked with its product from one list.
  const edition = picked === undefined ? undefined : onSale(skus.find((sku) => sku.id === picked));
  if (edition) return withSku(turn, product, edition, filled);
  const [one, ...further] = others.length === 0 ? [only] : found;
  if (one && further.length === 0) return withSku(turn, product, one, filled);
  // The editions on the card are those of the product that it showed.
  const isAnswered = values.edition !== undefined && isShown(turn, data);
  if (!isAnswered && data.skuId === undefined) return ask('product', { ...product, entered: compact({ quantity }) });
  const skuId = isAnswered ? readChoice(words, 'edition', skus.map(choiceOf), { values }) : data.skuId;
  return withSku(turn, product, onSale(skus.find((sku) => sku.id === skuId)), filled);
}

function withoutProduct(data: OfCustomer): OfCustomer {
  const { productId, productTitle, publisher, itemTitle, skuId, entered, ...rest } = data;
  return rest;
}

/** Do the words name one of the editions that are asked about, or its number on the card? */
async function isEdition({ facts, data }: Turn<OfCustomer>, text: string): Promise<boolean> {
  const skus = await facts.catalog.skus(data.customerId, data.productId ?? '');
  const title = data.productTitle ?? '';
  const { found, isCertain } = findNamed(skus, (sku) => `${title} ${sku.title}`, text);
  return isCertain && found.length > 0;
}

/** Does the card that is answered show this product, and this edition? */
function isShown({ data }: FirstTurn, { productId, skuId }: { readonly productId: string; readonly skuId?: string }) {
  const shown = purchaseData.product.safeParse(data).data;
  return shown?.productId === productId && (skuId === undefined || shown.skuId === skuId);
}

async function withSku(turn: FirstTurn, data: OfProduct, sku: Sku, values: Values): Promise<PurchaseReply> {
  const { facts, words } = turn;
  const itemTitle = titleOf({ title: data.productTitle }, sku);
  const item: OfItem = { ...data, skuId: sku.id, itemTitle, entered: undefined };
  const isKnown = isShown(turn, item);
  const customer = { id: data.customerId, country: data.country ?? '' };
  const [terms] = await Promise.all([
    termsOf(turn, item),
    isKnown ? undefined : demandPrerequisites(facts, customer, sku, itemTitle),
  ]);
  if (terms.segments.length === 0) throw new Refusal('item-unavailable', { item: itemTitle });
  const isAnswered = values.quantity !== undefined && (isKnown || !hasChoice(terms));
  if (!isAnswered) return ask('product', { ...item, entered: compact({ quantity: values.quantity }) });
  try {
    const asked = readTerms(words, terms, { values: { ...termsShown(terms, {}), ...values } });
    return await refreshReview(turn, { ...item, ...asked, doubts: undefined });
  } catch (error) {
    // What is known of the item by now tells how to answer.
    if (isKnown || !(error instanceof Refusal)) throw error;
    const { product, edition, ...entered } = values;
    return ask('product', { ...item, entered }, explain(words, error));
  }
}

function compact(values: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).filter((pair): pair is [string, string] => pair[1] !== undefined));
}

function choiceOf({ id, title }: Pick<Product | Sku, 'id' | 'title'>): { title: string; value: string } {
  return { title, value: id };
}
