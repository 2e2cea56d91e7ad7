import { availabilityId, type Market, type Product, type Sku, type Term } from '../catalogue.ts';
import { hasSubscription } from '../commerce/order-lines.ts';
import { countryOf } from '../countries.ts';
import { hexFrom } from '../hash.ts';
import { link } from '../http/wire.ts';

export function showProduct(product: Product, country: string) {
  const self = `/products/${product.id}`;
  return {
    id: product.id,
    title: product.title,
    description: product.description,
    productType: product.productType,
    isMicrosoftProduct: product.publisherName.startsWith('Microsoft'),
    publisherName: product.publisherName,
    links: { skus: link(`${self}/skus?country=${country}`), self: link(`${self}?country=${country}`) },
  };
}

export function showSku(product: Product, sku: Sku, country: string) {
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
    ...(sku.attestationType === undefined
      ? {}
      : { attestationProperties: { attestationType: sku.attestationType, enforceAttestation: true } }),
    dynamicAttributes: {
      isMicrosoftProduct: product.publisherName.startsWith('Microsoft'),
      unitType: 'Licenses',
      ...(sku.terms[0]?.duration === undefined ? {} : { duration: sku.terms[0].duration }),
      isAddon: false,
      prerequisiteSkus: [],
      upgradeTargetOffers: null,
    },
    links: {
      availabilities: link(`${self}/availabilities?country=${country}`),
      self: link(`${self}?country=${country}`),
    },
  };
}

/** An availability at an instant; its id is good for this hour and the next. */
export function showAvailability(product: Product, sku: Sku, market: Market, at: number) {
  const id = availabilityId(sku, market, at);
  const { currency, symbol } = countryOf(market.country);
  const self = `/products/${sku.productId}/skus/${sku.id}/availabilities/${id}?country=${market.country}`;
  const isRenewable = sku.terms.some(({ duration }) => duration !== undefined);
  return {
    id,
    productId: sku.productId,
    skuId: sku.id,
    catalogItemId: `${sku.productId}:${sku.id}:${id}`,
    defaultCurrency: { code: currency, symbol },
    segment: market.segment,
    country: market.country,
    isPurchasable: product.onSale,
    isRenewable,
    ...renewalInstructions(sku),
    terms: sku.terms.map((term) => showTerm(product, sku, term)),
    product: {},
    sku: {},
    links: { self: link(self) },
  };
}

/** Terms of the newer model renew themselves as what they were; prepaid ones do not (reference §4.4). */
function renewalInstructions(sku: Sku) {
  const applicableTermIds = sku.terms.filter(hasSubscription).map((term) => termId(sku, term));
  if (applicableTermIds.length === 0) return {};
  const renewalOptions = [{ renewToId: `${sku.productId}:${sku.id}`, isAutoRenewable: true }];
  return { renewalInstructions: [{ applicableTermIds, renewalOptions }] };
}

function termId(sku: Sku, term: Term): string {
  return hexFrom(12, 'term', sku.productId, sku.id, term.duration ?? '', term.billingCycle);
}

function showTerm(product: Product, sku: Sku, term: Term) {
  if (term.duration === undefined) return { description: term.description, billingCycle: 'OneTime' };
  return {
    id: termId(sku, term),
    duration: term.duration,
    description: term.description,
    billingCycle: spelledOut(term.billingCycle),
    ...(product.cancellable ? { cancellationPolicies: [{ refundOptions: REFUND_OPTIONS }] } : {}),
  };
}

/** As for new-commerce items: all back on the first day, the rest of the term until the seventh. */
const REFUND_OPTIONS = [
  { sequenceId: 0, type: 'Full', expiresAfter: 'P1D' },
  { sequenceId: 1, type: 'Partial', expiresAfter: 'P7D' },
];

/** Terms write billing cycles in PascalCase, everything else in snake_case. */
function spelledOut(billingCycle: string): string {
  return billingCycle
    .split('_')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}
