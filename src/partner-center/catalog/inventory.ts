import type { z } from 'zod';
import type { Restriction } from '../../domain/orders/catalog.ts';
import { foreignText } from '../client/plain-text.ts';
import type { Api, Call } from '../client/request.ts';
import { collection, flag, many, maybe, shape, text } from '../client/wire.ts';

const restriction = shape({
  reasonCode: maybe(text),
  description: maybe(text),
  properties: maybe(shape({ type: maybe(text), values: maybe(text) })),
});

/** Source: *Check inventory*. Unknown items are silently left out of the answer. */
const inventory = collection(
  shape({
    productId: maybe(text),
    skuId: maybe(text),
    isRestricted: maybe(flag),
    restrictions: maybe(many(restriction)),
  }),
);

/** What is held against the SKU: Partner Center's words, with its code. */
export function toRestrictions(body: unknown, productId: string, skuId: string): Restriction[] {
  const item = inventory.parse(body).find((one) => one.productId === productId && one.skuId === skuId);
  if (!item?.isRestricted) return [];
  const restrictions = (item.restrictions ?? []).map(toRestriction).filter(({ said }) => said !== '');
  return restrictions.length > 0 ? restrictions : [{ said: 'Restricted' }];
}

/** Of what type it is stands in its properties, or in its text alone. */
function toRestriction({ description, reasonCode, properties }: z.infer<typeof restriction>): Restriction {
  const said = description && reasonCode ? `${description} (${reasonCode})` : description || reasonCode || '';
  const [, typeInText, valuesInText] = foreignText(said).match(/of type '([^']*)' with values '([^']*)'/) ?? [];
  const { type = typeInText, values = valuesInText } = properties ?? {};
  const places = type?.toLowerCase() === 'location' ? (values ?? '').split(/[,;\s]+/).filter(Boolean) : [];
  return { said: foreignText(said), ...(places.length > 0 && { places }) };
}

export function fromInventoryCheck(customerId: string, productId: string, skuId: string) {
  return { targetItems: [{ productId, skuId }], inventoryContext: { customerId } };
}

export function createInventory(api: Api) {
  return (customerId: string, country: string, productId: string, skuId: string): Promise<Restriction[]> => {
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
