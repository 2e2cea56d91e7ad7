import { type Choice, clip } from '../cards/inputs.ts';
import { datasetOf, shownAtMost } from '../cards/search.ts';
import type { SoldItem, SoldItems } from '../domain/orders/catalog.ts';
import type { Turn } from './engine/flow.ts';
import { findNamed } from './find-named.ts';
import type { OfCustomer } from './purchase-data.ts';
import { itemValue, likelyProducts } from './suggestions.ts';

/** The products to choose from, each edition on its own; what was filled in or chosen before is among them. */
export async function itemList(turn: Turn<OfCustomer>, entered: string | undefined) {
  const { context, world, facts, data } = turn;
  const items = await facts.catalog.items(data.customerId);
  const matching = data.named?.product && !data.productId ? await matchingOf(turn, items, data.named.product) : [];
  const likely = matching.length > 0 ? matching : likelyProducts(world, data.customerId, items);
  const listed = likely.slice(0, shownAtMost).map(itemChoice);
  const known = entered && facts.catalog.knownProduct(data.customerId, entered.split(':')[0] ?? '');
  const chosen =
    findTitle(items, entered) ??
    findChosenBefore(data, items) ??
    (known ? { title: known.title, value: known.id } : toChoice(entered));
  const isListed = !chosen || listed.some(({ value }) => value === chosen.value);
  const isAll = matching.length === 0 && items.size <= shownAtMost;
  return {
    products: isListed ? listed : [chosen, ...listed],
    product: chosen?.value,
    candidates: matching.map(itemChoice),
    ...(!isAll && { dataset: datasetOf(context, 'product') }),
  };
}

export function itemChoice(item: SoldItem): Choice {
  return { title: item.title, value: itemValue(item) };
}

/** Those that fit the words of a sentence; none where none does. */
async function matchingOf({ facts, data }: Turn<OfCustomer>, items: SoldItems, text: string): Promise<SoldItem[]> {
  const { found } = findNamed(await facts.catalog.products(data.customerId), ({ title }) => title, text);
  const editions = found.flatMap(({ id }) => items.of(id));
  return [...findNamed(editions, ({ title }) => title, text).found];
}

/** What was filled in, where it is on sale. */
function findTitle(items: SoldItems, value = ''): Choice | undefined {
  const [productId = '', skuId] = value.split(':');
  const item = items.get(productId, skuId);
  return item && itemChoice(item);
}

/** What was typed instead of picked comes back as it was. */
function toChoice(text = ''): Choice | undefined {
  return text.trim() === '' ? undefined : { title: clip(text, 100), value: text };
}

function findChosenBefore(
  { productId, productTitle, skuId, itemTitle }: OfCustomer,
  items: SoldItems,
): Choice | undefined {
  if (productId === undefined || productTitle === undefined) return undefined;
  if (skuId === undefined || itemTitle === undefined) return { title: productTitle, value: productId };
  // Where the list does not know the edition, the product stands for what was chosen of it.
  const isKnown = items.get(productId, skuId) !== undefined;
  return { title: itemTitle, value: isKnown ? itemValue({ productId, skuId }) : productId };
}
