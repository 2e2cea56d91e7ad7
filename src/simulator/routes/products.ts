import { isSoldIn, type Product, SEGMENTS, type Segment, type Sku } from '../catalogue.ts';
import { isQualifiedFor } from '../commerce/qualified.ts';
import { findCountry } from '../countries.ts';
import { type Answer, type Call, ok, type Route } from '../http/call.ts';
import { resoldCustomerOf } from '../http/customer-of-call.ts';
import { refusal } from '../http/errors.ts';
import { collectionOf } from '../http/wire.ts';
import { showAvailability, showProduct, showSku } from '../show/show-product.ts';

/** Every catalogue call exists twice: by country, and below a customer, whose country then counts. */
export const productRoutes: Route[] = ['/v1', '/v1/customers/:customerId'].flatMap((base): Route[] => [
  { method: 'GET', path: `${base}/products`, access: 'any', handle: listProducts },
  { method: 'GET', path: `${base}/products/:productId`, access: 'any', handle: getProduct },
  { method: 'GET', path: `${base}/products/:productId/skus`, access: 'any', handle: listSkus },
  { method: 'GET', path: `${base}/products/:productId/skus/:skuId`, access: 'any', handle: getSku },
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
/** Documented in 2021, and no longer accepted. */
const WITHDRAWN_VIEWS = ['SoftwarePerpetual', 'SoftwareSubscriptions'];

function listProducts(call: Call): Answer {
  const country = countryOfCall(call);
  const segments = wantedSegments(call);
  const view = wantedView(call);
  const products = call.world.catalogue
    .products()
    .filter((product) => product.views.includes(view) && isSoldIn(product, country))
    .filter((product) => product.skus.some((sku) => isIn(sku, segments)));
  const items = products.map((product) => showProduct(product, country));
  return ok(collectionOf(items, `/products?country=${country}&targetView=${view}`));
}

function getProduct(call: Call): Answer {
  return ok(showProduct(productOf(call), countryOfCall(call)));
}

function listSkus(call: Call): Answer {
  const country = countryOfCall(call);
  const product = productOf(call);
  const segments = wantedSegments(call);
  const skus = product.skus.filter((sku) => isIn(sku, segments)).map((sku) => showSku(product, sku, country));
  return ok(collectionOf(skus, `/products/${product.id}/skus?country=${country}`));
}

function getSku(call: Call): Answer {
  return ok(showSku(productOf(call), skuOf(call), countryOfCall(call)));
}

function listAvailabilities(call: Call): Answer {
  const items = availabilitiesOf(call, wantedSegments(call));
  const { productId, skuId } = call.params;
  return ok(collectionOf(items, `/products/${productId}/skus/${skuId}/availabilities?country=${countryOfCall(call)}`));
}

function getAvailability(call: Call): Answer {
  const id = call.params.availabilityId?.toUpperCase();
  const availability = availabilitiesOf(call, SEGMENTS).find((candidate) => candidate.id === id);
  if (availability === undefined) throw refusal(404, 400019, `Availability ${id} was not found.`);
  return ok(availability);
}

function availabilitiesOf(call: Call, segments: Segment[]) {
  const country = countryOfCall(call);
  const product = productOf(call);
  const sku = skuOf(call);
  if (!isSoldIn(product, country)) return [];
  return sku.segments
    .filter((segment) => segments.includes(segment))
    .map((segment) => showAvailability(product, sku, { country, segment }, call.now));
}

function countryOfCall(call: Call): string {
  if (call.params.customerId !== undefined) return resoldCustomerOf(call).address.country;
  const country = findCountry(call.query.get('country') ?? '');
  if (country === undefined) throw refusal(400, 2000, 'country must be the two-letter code of a supported country.');
  return country.code;
}

/** Without `targetSegment` all segments but nonprofit are shown; below a customer it must be qualified for the one asked. */
function wantedSegments(call: Call): Segment[] {
  const text = call.query.get('targetSegment')?.toLowerCase();
  if (text === undefined) return SEGMENTS.filter((segment) => segment !== 'nonprofit');
  const segment = SEGMENTS.find((candidate) => candidate === text);
  if (segment === undefined) throw refusal(403, 400030, `Target segment ${text} is not allowed.`);
  if (call.params.customerId !== undefined && !isQualifiedFor(resoldCustomerOf(call), segment)) {
    throw refusal(403, 400030, `Target segment ${text} is not allowed for this customer.`);
  }
  return [segment];
}

function wantedView(call: Call): string {
  const text = call.query.get('targetView')?.toLowerCase();
  if (text === undefined) throw refusal(400, 2000, 'targetView is required.');
  if (WITHDRAWN_VIEWS.some((view) => view.toLowerCase() === text)) {
    throw refusal(403, 400036, `Target view ${call.query.get('targetView')} is not allowed.`);
  }
  const view = VIEWS.find((candidate) => candidate.toLowerCase() === text);
  if (view === undefined) throw refusal(403, 400036, `Target view ${call.query.get('targetView')} is not allowed.`);
  return view;
}

function isIn(sku: Sku, segments: Segment[]): boolean {
  return sku.segments.some((segment) => segments.includes(segment));
}

function productOf(call: Call): Product {
  const product = call.world.catalogue.product(call.params.productId ?? '');
  if (product === undefined) throw refusal(404, 400013, `Product ${call.params.productId} was not found.`);
  return product;
}

function skuOf(call: Call): Sku {
  const sku = call.world.catalogue.sku(productOf(call).id, call.params.skuId ?? '');
  if (sku === undefined) throw refusal(404, 400018, `SKU ${call.params.skuId} was not found.`);
  return sku;
}
