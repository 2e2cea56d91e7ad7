import { z } from 'zod';
import { findCountry } from '../countries.ts';
import { type Answer, type Call, ok, type Route } from '../http/call.ts';
import { refusal } from '../http/errors.ts';
import { readBody } from '../http/read-body.ts';

export const inventoryRoutes: Route[] = [
  { method: 'POST', path: '/v1/extensions/product/checkInventory', access: 'any', handle: checkInventory },
];

const checkSchema = z.object({
  targetItems: z.array(z.object({ productId: z.string(), skuId: z.string().nullish() })),
  inventoryContext: z
    .object({
      customerId: z.string().nullish(),
      azureSubscriptionId: z.string().nullish(),
      armRegionName: z.string().nullish(),
    })
    .nullish(),
});

/** A bare list. Unknown items are left out without a word. */
function checkInventory(call: Call): Answer {
  const country = findCountry(call.query.get('country') ?? '');
  if (country === undefined) throw refusal(400, 2000, 'country is required.');
  const { targetItems } = readBody(call, checkSchema);
  const items = targetItems.flatMap(({ productId, skuId }) => {
    const skus = call.world.catalogue.product(productId)?.skus ?? [];
    return skus.filter(({ id }) => typeof skuId !== 'string' || id === skuId.toUpperCase());
  });
  return ok(
    items.map((sku) => ({
      productId: sku.productId,
      skuId: sku.id,
      isRestricted: sku.soldOut,
      restrictions: sku.soldOut ? [restriction(country.code)] : [],
    })),
  );
}

function restriction(country: string) {
  return {
    reasonCode: 'NotAvailableForSubscription',
    description: `Restriction identified of type 'Location' with values '${country}'.`,
    properties: { type: 'Location', values: country },
  };
}
