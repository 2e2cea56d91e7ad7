import {
  createAvailabilityId,
  hasSubscription,
  isQualifiedFor,
  isSoldIn,
  type Market,
  type Product,
  SEGMENTS,
  type Segment,
  type Sku,
  type Term,
} from './catalogue.ts';
import { getResoldCustomer } from './customers.ts';
import { type ApiResponse, type Call, ok, type Route } from './http/call.ts';
import { createError } from './http/errors.ts';
import { createLink, toCollection } from './http/format.ts';
import { findCountry, getCountry } from './seed/load.ts';
import { deriveHex } from './world.ts';

/** Every catalogue call exists twice: by country, and below a customer, whose country then counts. */
export const productRoutes: Route[] = ['/v1', '/v1/customers/:customerId'].flatMap((base): Route[] => [
  { method: 'GET', path: `${base}/products`, access: 'any', handle: listProducts },
  {
    method: 'GET',
    path: `${base}/products/:productId`,
    access: 'any',
    handle: (call) => ok(showProduct(getProduct(call), readCountry(call))),
  },
  { method: 'GET', path: `${base}/products/:productId/skus`, access: 'any', handle: listSkus },
  {
    method: 'GET',
    path: `${base}/products/:productId/skus/:skuId`,
    access: 'any',
    handle: (call) => ok(showSku(getProduct(call), getSku(call), readCountry(call))),
  },
  {
    method: 'GET',
    path: `${base}/products/:productId/skus/:skuId/availabilities`,
    access: 'any',
    handle: listAvailabilities,
  },
  {
    method: 'GET',
    path: `${base}/products/:productId/skus/:skuId/availabilities/:availabilityId`,
    access: 'any',
    handle: getAvailability,
  },
]);

const VIEWS = [
  ...['Azure', 'AzureReservations', 'AzureReservationsVM', 'AzureReservationsSQL', 'AzureReservationsCosmosDb'],
  ...['MicrosoftAzure', 'OnlineServices', 'Software', 'SoftwareSUSELinux', 'MarketplaceSaaS'],
];

function listProducts(call: Call): ApiResponse {
  const country = readCountry(call);
  const segments = readSegments(call);
  const view = readView(call);
  const products = call.world.catalogue
    .products()
    .filter((product) => product.views.includes(view) && isSoldIn(product, country))
    .filter((product) => product.skus.some((sku) => isIn(sku, segments)));
  const items = products.map((product) => showProduct(product, country));
  return ok(toCollection(items, `/products?country=${country}&targetView=${view}`));
}

function listSkus(call: Call): ApiResponse {
  const country = readCountry(call);
  const product = getProduct(call);
  const segments = readSegments(call);
  const skus = product.skus.filter((sku) => isIn(sku, segments)).map((sku) => showSku(product, sku, country));
  return ok(toCollection(skus, `/products/${product.id}/skus?country=${country}`));
}

function listAvailabilities(call: Call): ApiResponse {
  const items = showAvailabilities(call, readSegments(call));
  const { productId, skuId } = call.params;
  return ok(toCollection(items, `/products/${productId}/skus/${skuId}/availabilities?country=${readCountry(call)}`));
}

function getAvailability(call: Call): ApiResponse {
  const id = call.params.availabilityId?.toUpperCase();
  const availability = showAvailabilities(call, SEGMENTS).find((candidate) => candidate.id === id);
  if (availability === undefined) throw createError(404, 400019, `Availability ${id} was not found.`);
  return ok(availability);
}

function showAvailabilities(call: Call, segments: Segment[]) {
  const country = readCountry(call);
  const product = getProduct(call);
  const sku = getSku(call);
  if (!isSoldIn(product, country)) return [];
  return sku.segments
    .filter((segment) => segments.includes(segment))
    .map((segment) => showAvailability(product, sku, { country, segment }, call.now));
}

function readCountry(call: Call): string {
  if (call.params.customerId !== undefined) return getResoldCustomer(call).address.country;
  const country = findCountry(call.query.get('country') ?? '');
  if (country === undefined) {
    throw createError(400, 2000, 'country must be the two-letter code of a supported country.');
  }
  return country.code;
}

/** Without `targetSegment` all segments but nonprofit are shown; below a customer it must be qualified for the one asked. */
function readSegments(call: Call): Segment[] {
  const text = call.query.get('targetSegment')?.toLowerCase();
  if (text === undefined) return SEGMENTS.filter((segment) => segment !== 'nonprofit');
  const segment = SEGMENTS.find((candidate) => candidate === text);
  if (segment === undefined) throw createError(403, 400030, `Target segment ${text} is not allowed.`);
  if (call.params.customerId !== undefined && !isQualifiedFor(getResoldCustomer(call), segment)) {
    throw createError(403, 400030, `Target segment ${text} is not allowed for this customer.`);
  }
  return [segment];
}

/** `SoftwarePerpetual` and `SoftwareSubscriptions` were documented in 2021 and are no longer accepted. */
function readView(call: Call): string {
  const text = call.query.get('targetView');
  if (text === undefined) throw createError(400, 2000, 'targetView is required.');
  const view = VIEWS.find((candidate) => candidate.toLowerCase() === text.toLowerCase());
  if (view === undefined) throw createError(403, 400036, `Target view ${text} is not allowed.`);
  return view;
}

function isIn(sku: Sku, segments: Segment[]): boolean {
  return sku.segments.some((segment) => segments.includes(segment));
}

export function getProduct(call: Call): Product {
  const product = call.world.catalogue.product(call.params.productId ?? '');
  if (product === undefined) throw createError(404, 400013, `Product ${call.params.productId} was not found.`);
  return product;
}

export function getSku(call: Call): Sku {
  const sku = call.world.catalogue.sku(getProduct(call).id, call.params.skuId ?? '');
  if (sku === undefined) throw createError(404, 400018, `SKU ${call.params.skuId} was not found.`);
  return sku;
}

function showProduct(product: Product, country: string) {
  const self = `/products/${product.id}`;
  return {
    id: product.id,
    title: product.title,
    description: product.description,
    productType: product.productType,
    isMicrosoftProduct: product.publisherName.startsWith('Microsoft'),
    publisherName: product.publisherName,
    links: { skus: createLink(`${self}/skus?country=${country}`), self: createLink(`${self}?country=${country}`) },
  };
}

function showSku(product: Product, sku: Sku, country: string) {
  const self = `/products/${sku.productId}/skus/${sku.id}`;
  const needsInventory = sku.purchasePrerequisites.includes('InventoryCheck');
  return {
    id: sku.id,
    productId: sku.productId,
    title: sku.title,
    description: sku.description,
    minimumQuantity: sku.minimumQuantity,
    maximumQuantity: sku.maximumQuantity,
    isTrial: false,
    supportedBillingCycles: [...new Set(sku.terms.map(({ billingCycle }) => billingCycle))],
    purchasePrerequisites: sku.purchasePrerequisites,
    inventoryVariables: needsInventory ? ['CustomerId'] : [],
    provisioningVariables: [],
    actions: product.cancellable ? ['Refund'] : [],
    attestationProperties:
      sku.attestationType === undefined
        ? undefined
        : { attestationType: sku.attestationType, enforceAttestation: true },
    dynamicAttributes: {
      isMicrosoftProduct: product.publisherName.startsWith('Microsoft'),
      unitType: 'Licenses',
      duration: sku.terms[0]?.duration,
      isAddon: false,
      prerequisiteSkus: [],
      upgradeTargetOffers: null,
    },
    links: {
      availabilities: createLink(`${self}/availabilities?country=${country}`),
      self: createLink(`${self}?country=${country}`),
    },
  };
}

/** An availability at an instant; its id is valid for this hour and the next. */
function showAvailability(product: Product, sku: Sku, market: Market, at: number) {
  const id = createAvailabilityId(sku, market, at);
  const { currency, symbol } = getCountry(market.country);
  const self = `/products/${sku.productId}/skus/${sku.id}/availabilities/${id}?country=${market.country}`;
  return {
    id,
    productId: sku.productId,
    skuId: sku.id,
    catalogItemId: `${sku.productId}:${sku.id}:${id}`,
    defaultCurrency: { code: currency, symbol },
    segment: market.segment,
    country: market.country,
    isPurchasable: product.onSale,
    isRenewable: sku.terms.some(({ duration }) => duration !== undefined),
    renewalInstructions: showRenewal(sku),
    terms: sku.terms.map((term) => showTerm(product, sku, term)),
    product: {},
    sku: {},
    links: { self: createLink(self) },
  };
}

/** Terms of the newer model renew themselves as what they were; prepaid ones do not. */
function showRenewal(sku: Sku) {
  const applicableTermIds = sku.terms.filter(hasSubscription).map((term) => createTermId(sku, term));
  if (applicableTermIds.length === 0) return undefined;
  const renewalOptions = [{ renewToId: `${sku.productId}:${sku.id}`, isAutoRenewable: true }];
  return [{ applicableTermIds, renewalOptions }];
}

function createTermId(sku: Sku, term: Term): string {
  return deriveHex(12, 'term', sku.productId, sku.id, term.duration ?? '', term.billingCycle);
}

function showTerm(product: Product, sku: Sku, term: Term) {
  if (term.duration === undefined) return { description: term.description, billingCycle: 'OneTime' };
  return {
    id: createTermId(sku, term),
    duration: term.duration,
    description: term.description,
    billingCycle: toPascalCycle(term.billingCycle),
    cancellationPolicies: product.cancellable ? [{ refundOptions: REFUND_OPTIONS }] : undefined,
  };
}

/** As for new-commerce items: all back on the first day, the rest of the term until the seventh. */
const REFUND_OPTIONS = [
  { sequenceId: 0, type: 'Full', expiresAfter: 'P1D' },
  { sequenceId: 1, type: 'Partial', expiresAfter: 'P7D' },
];

/** Terms write billing cycles in PascalCase, everything else in snake_case. */
function toPascalCycle(billingCycle: string): string {
  return billingCycle
    .split('_')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}
