import type { LineKind, Product, Sku } from '../catalogue.ts';
import { languages, type ProductSeed, products, type SkuSeed, terms } from './load.ts';

const SKUS_PER_INVENTED_PRODUCT = 20;
const UNLIMITED = 999_999_999;
const SOFTWARE = { id: 'Software', displayName: 'Software' };

/** The catalogue, filled up with invented products until it holds about `skuCount` SKUs. */
export function seedProducts(skuCount: number): Product[] {
  const all = products.map(completeProduct);
  let count = 0;
  for (const product of all) count += product.skus.length;
  for (let index = 0; count < skuCount; index += 1) {
    const skus = Math.min(SKUS_PER_INVENTED_PRODUCT, skuCount - count);
    all.push(completeProduct(inventProduct(index, skus)));
    count += skus;
  }
  return all;
}

function completeProduct(seed: ProductSeed): Product {
  const kind: LineKind = seed.kind ?? 'perpetual';
  const { media } = seed;
  return {
    id: seed.id,
    title: seed.title,
    description: seed.description,
    kind,
    productType: seed.productType ?? SOFTWARE,
    publisherName: seed.publisherName ?? 'Microsoft Corporation',
    views: seed.views ?? ['Software'],
    skus: seed.skus.map((sku) => completeSku(seed.id, sku)),
    onSale: seed.onSale ?? true,
    notSoldIn: seed.notSoldIn ?? [],
    cancellable: seed.cancellable ?? true,
    isUsageBased: seed.isUsageBased ?? false,
    includes: seed.includes ?? [],
    hasKeys: seed.hasKeys ?? true,
    media: media && { ...media, bits: media.bits ?? [64], languages: languages[media.languages] },
  };
}

function completeSku(productId: string, seed: SkuSeed): Sku {
  return {
    id: seed.id,
    productId,
    title: seed.title,
    description: seed.title,
    segments: seed.segments ?? ['commercial'],
    minimumQuantity: seed.minimumQuantity ?? 1,
    maximumQuantity: seed.maximumQuantity ?? UNLIMITED,
    terms: (seed.terms ?? ['perpetual']).map((name) => {
      const term = terms[name];
      if (term === undefined) throw new Error(`The seed uses a term it does not describe: ${name}`);
      return term;
    }),
    purchasePrerequisites: seed.purchasePrerequisites ?? ['MicrosoftCustomerAgreement'],
    attestationType: seed.attestationType,
    priceUsd: seed.priceUsd,
    soldOut: seed.soldOut ?? false,
  };
}

function inventProduct(index: number, skuCount: number): ProductSeed {
  const title = `Dynamics AX Industry Pack ${String(index + 1).padStart(5, '0')}`;
  return {
    id: `DG7GMGF0${index.toString(36).toUpperCase().padStart(4, '0')}`,
    title,
    description: `${title}, an add-on.`,
    media: { fileName: `SW_DVD5_Pack_${index + 1}`, megabytes: 320, languages: 'fewer' },
    skus: Array.from({ length: skuCount }, (_, number) => ({
      id: (number + 1).toString(36).toUpperCase().padStart(4, '0'),
      title: `${title} - Edition ${number + 1}`,
      priceUsd: 20 + ((index * 37 + number * 11) % 900),
    })),
  };
}
