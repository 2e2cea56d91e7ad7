import { decodeEntities } from '../client/plain-text.ts';
import type { Api, Call } from '../client/request.ts';
import { collection, flag, many, maybe, shape, text } from '../client/wire.ts';

/** Source: *Check inventory*. Unknown items are silently left out of the answer. */
const inventory = collection(
  shape({
    productId: maybe(text),
    skuId: maybe(text),
    isRestricted: maybe(flag),
    restrictions: maybe(many(shape({ reasonCode: maybe(text), description: maybe(text) }))),
  }),
);

/** What is held against the SKU: Partner Center's words, with its code. */
export function toRestrictions(body: unknown, productId: string, skuId: string): string[] {
  const item = inventory.parse(body).find((one) => one.productId === productId && one.skuId === skuId);
  if (!item?.isRestricted) return [];
  const all = (item.restrictions ?? []).map(({ description, reasonCode }) =>
    description && reasonCode ? `${description} (${reasonCode})` : description || reasonCode || '',
  );
  const reasons = all.filter((reason) => reason !== '').map(decodeEntities);
  return reasons.length > 0 ? reasons : ['Restricted'];
}

export function fromInventoryCheck(customerId: string, productId: string, skuId: string) {
  return { targetItems: [{ productId, skuId }], inventoryContext: { customerId } };
}

export function createInventory(api: Api) {
  return (customerId: string, country: string, productId: string, skuId: string): Promise<string[]> => {
    const call: Call = {
      operation: 'checkInventory',
      method: 'POST',
      path: '/v1/extensions/product/checkInventory',
      query: { country },
      body: fromInventoryCheck(customerId, productId, skuId),
      token: 'either',
      isRead: true,
    };
    return api.read(call, (body) => toRestrictions(body, productId, skuId));
  };
}
