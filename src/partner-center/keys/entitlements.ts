import { z } from 'zod';
import type { Customers } from '../../domain/customers/customer.ts';
import type { Entitlement, Keys, Version } from '../../domain/keys/entitlement.ts';
import { isSameId } from '../../domain/orders/order.ts';
import { withoutRepeats } from '../../domain/orders/titles.ts';
import type { Products } from '../catalog/products.ts';
import { undefinedWhereFailed } from '../client/errors.ts';
import { readAll } from '../client/paging.ts';
import type { Api, Call } from '../client/request.ts';
import { amount, instant, listOf, many, maybe, type ReportSkipped, shape, text, toSnakeCase } from '../client/wire.ts';

/** Sources: *Get a collection of entitlements*; its artifacts as of June 2018. */
const artifact = shape({
  artifactType: maybe(text),
  link: maybe(shape({ uri: maybe(text) })),
  state: maybe(text),
});
const ownFields = {
  referenceOrder: maybe(shape({ id: maybe(text), lineItemId: maybe(amount), alternateId: maybe(text) })),
  productId: text,
  skuId: text,
  skuTitle: maybe(text),
  quantity: maybe(amount),
  entitlementType: maybe(text),
  entitledArtifacts: maybe(many(artifact)),
  expiryDate: maybe(instant),
};
const own = shape(ownFields);
type Wire = z.infer<typeof own> & { includedEntitlements: Wire[] };
const entitlement: z.ZodType<Wire> = shape({
  ...ownFields,
  includedEntitlements: z.lazy(() => many(entitlement)),
}) as z.ZodType<Wire>;
const entitlementList = listOf(entitlement);

/**
 * What was bought, with the versions each purchase includes: its own product first, then the included ones, however
 * deep. Titles are ids here (or what the answer says); `createEntitlements` fills them in.
 */
export function toEntitlements(body: unknown, reportSkipped?: ReportSkipped): Entitlement[] {
  return entitlementList(body, reportSkipped)
    .filter(({ entitlementType }) => !entitlementType || toSnakeCase(entitlementType) === 'software')
    .map((wire) => ({
      orderId: wire.referenceOrder?.id ?? '',
      ...(wire.referenceOrder?.alternateId ? { orderNumber: wire.referenceOrder.alternateId } : {}),
      lineNumber: wire.referenceOrder?.lineItemId ?? 0,
      productId: wire.productId,
      skuId: wire.skuId,
      quantity: wire.quantity ?? 0,
      ...(wire.expiryDate ? { expiresAt: wire.expiryDate } : {}),
      versions: versionsOf(wire),
    }));
}

/** Each product and SKU once; of two, the one with a key. */
function versionsOf(wire: Wire): Version[] {
  const found = new Map<string, Version>();
  for (const one of withIncluded(wire)) {
    const name = `${one.productId}:${one.skuId}`;
    const known = found.get(name);
    if (!known?.keyRef) found.set(name, toVersion(one));
  }
  return [...found.values()];
}

function withIncluded(wire: Wire): Wire[] {
  return [wire, ...wire.includedEntitlements.flatMap(withIncluded)];
}

function toVersion({ productId, skuId, skuTitle, entitledArtifacts }: Wire): Version {
  const key = entitledArtifacts?.find(({ artifactType }) => toSnakeCase(artifactType ?? '') === 'product_key');
  return {
    productId,
    skuId,
    title: withoutRepeats(skuTitle ?? `${productId}:${skuId}`),
    ...(key?.link?.uri ? { keyRef: key.link.uri } : {}),
    ...(key?.state ? { keyState: key.state } : {}),
  };
}

/** How many titles are read at the same time. */
const readers = 12;

/** App+User only. The answer has no titles: they come from the catalogue, which remembers them. */
export function createEntitlements(
  api: Api,
  catalog: Pick<Products, 'product' | 'sku'>,
  customers: Pick<Customers, 'find'>,
): Keys['entitlements'] {
  /** A title that cannot be read now must not hide what was bought. */
  async function readTitle(version: Version, country: string, isAlone: boolean): Promise<string> {
    const product = await catalog.product(version.productId, country).catch(undefinedWhereFailed);
    if (product && isAlone) return product.title;
    const sku = await catalog.sku(version.productId, version.skuId, country).catch(undefinedWhereFailed);
    return sku?.title ?? product?.title ?? version.title;
  }

  return async (customerId, given, ofOrder) => {
    const call: Call = {
      operation: 'listEntitlements',
      method: 'GET',
      path: `/v1/customers/${encodeURIComponent(customerId)}/entitlements`,
      query: { entitlementType: 'software', showExpiry: true },
      token: 'user',
    };
    const [all, country] = await Promise.all([
      readAll(api, call, toEntitlements),
      given ?? customers.find(customerId).then((customer) => customer?.country ?? ''),
    ]);
    const isWanted = ({ orderId, orderNumber = orderId }: Entitlement) =>
      !ofOrder || ofOrder.some((name) => isSameId(name, orderId) || isSameId(name, orderNumber));
    const found = all.filter(isWanted);
    const versions = new Map(found.flatMap((one) => one.versions).map((version) => [nameOf(version), version]));
    const titles = new Map<string, string>();
    const waiting = [...versions.values()];
    const read = async () => {
      for (let version = waiting.pop(); version; version = waiting.pop()) {
        const { productId, skuId } = version;
        const isAlone = ![...versions.values()].some((other) => other.productId === productId && other.skuId !== skuId);
        titles.set(nameOf(version), await readTitle(version, country, isAlone));
      }
    };
    await Promise.all(Array.from({ length: readers }, read));
    return found.map((one) => ({
      ...one,
      versions: one.versions.map((version) => ({ ...version, title: titles.get(nameOf(version)) ?? version.title })),
    }));
  };
}

function nameOf({ productId, skuId }: Version): string {
  return `${productId}:${skuId}`;
}
