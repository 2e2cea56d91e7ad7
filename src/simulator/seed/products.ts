import type { Media, Product, Segment, Sku, Term } from '../catalogue.ts';

/** How the seed writes a SKU: what differs from the usual, nothing else. */
export interface SkuSketch {
  id: string;
  title: string;
  priceUsd: number;
  description?: string;
  segments?: Segment[];
  minimumQuantity?: number;
  maximumQuantity?: number;
  terms?: Term[];
  purchasePrerequisites?: string[];
  attestationType?: string;
  soldOut?: boolean;
}

export interface ProductSketch {
  id: string;
  title: string;
  description: string;
  skus: SkuSketch[];
  publisherName?: string;
  notSoldIn?: string[];
  includes?: string[];
  hasKeys?: boolean;
  media?: Media;
}

export const UNLIMITED = 999_999_999;
export const ALL_SEGMENTS: Segment[] = ['commercial', 'education', 'government', 'nonprofit'];

const PERPETUAL: Term[] = [{ billingCycle: 'one_time', description: 'One-time purchase' }];
const SOFTWARE = { id: 'Software', displayName: 'Software' };

/** Software bought once and kept. */
export function perpetual(sketch: ProductSketch): Product {
  return { ...software(sketch), kind: 'perpetual', views: ['Software', 'SoftwarePerpetual'] };
}

/** Software rented for one or three years. */
export function softwareSubscription(sketch: ProductSketch): Product {
  return { ...software(sketch), kind: 'software-subscription', views: ['Software', 'SoftwareSubscriptions'] };
}

/** What the older versions cost while they were sold. */
const OLDER_PRICE_USD = 780;

/** An older version: it can be installed by those who bought a newer one, and cannot be bought. */
export function olderVersion(sketch: Omit<ProductSketch, 'skus' | 'description'> & { media: Media }): Product {
  const skus = [{ id: '0001', title: sketch.title, priceUsd: OLDER_PRICE_USD }];
  return {
    ...perpetual({ ...sketch, description: `${sketch.title}, for downgrade rights only.`, skus }),
    onSale: false,
  };
}

/** Anything that is not software: no keys, no files, and not cancelled through the order. */
export function otherProduct(sketch: ProductSketch, type: Product['productType'], views: string[]): Product {
  return { ...software({ ...sketch, hasKeys: false }), kind: 'other', productType: type, views };
}

function software(sketch: ProductSketch): Product {
  return {
    id: sketch.id,
    title: sketch.title,
    description: sketch.description,
    kind: 'perpetual',
    productType: SOFTWARE,
    publisherName: sketch.publisherName ?? 'Microsoft Corporation',
    views: ['Software'],
    skus: sketch.skus.map((sku) => completed(sketch.id, sku)),
    onSale: true,
    notSoldIn: sketch.notSoldIn ?? [],
    cancellable: true,
    includes: sketch.includes ?? [],
    hasKeys: sketch.hasKeys ?? true,
    ...(sketch.media === undefined ? {} : { media: sketch.media }),
  };
}

function completed(productId: string, sku: SkuSketch): Sku {
  return {
    id: sku.id,
    productId,
    title: sku.title,
    description: sku.description ?? sku.title,
    segments: sku.segments ?? ['commercial'],
    minimumQuantity: sku.minimumQuantity ?? 1,
    maximumQuantity: sku.maximumQuantity ?? UNLIMITED,
    terms: sku.terms ?? PERPETUAL,
    purchasePrerequisites: sku.purchasePrerequisites ?? ['MicrosoftCustomerAgreement'],
    ...(sku.attestationType === undefined ? {} : { attestationType: sku.attestationType }),
    priceUsd: sku.priceUsd,
    soldOut: sku.soldOut ?? false,
  };
}

/** Terms of the newer model, each with a subscription of its own. */
export const ONE_YEAR: Term = { duration: 'P1Y', billingCycle: 'annual', description: '1 Year, billed annually' };
export const THREE_YEARS: Term = { duration: 'P3Y', billingCycle: 'triennial', description: '3 Years, billed once' };
export const THREE_YEARS_YEARLY: Term = {
  duration: 'P3Y',
  billingCycle: 'annual',
  description: '3 Years, billed annually',
};

/** Terms of the older model: paid up front, no subscription resource. */
export const ONE_YEAR_PREPAID: Term = { duration: 'P1Y', billingCycle: 'one_time', description: '1 Year Prepaid' };
export const THREE_YEARS_PREPAID: Term = { duration: 'P3Y', billingCycle: 'one_time', description: '3 Years Prepaid' };

/** The twelve languages of the big server products, and the shorter list of the rest. */
export const LANGUAGES = 'en-US de-DE fr-FR es-ES it-IT pl-PL cs-CZ nl-NL sv-SE ja-JP pt-BR zh-CN'.split(' ');
export const FEWER_LANGUAGES = 'en-US de-DE fr-FR es-ES it-IT pl-PL ja-JP pt-BR'.split(' ');

export function serverMedia(fileName: string, megabytes: number, languages = LANGUAGES): Media {
  return { fileName, bits: [64], languages, megabytes };
}

export function desktopMedia(fileName: string, megabytes: number, languages = LANGUAGES): Media {
  return { fileName, bits: [32, 64], languages, megabytes };
}
