import { z } from 'zod';
import type { Entitlement, Keys, Version } from '../domain/keys/entitlement.ts';
import { PartnerCenterError } from './errors.ts';
import type { Products } from './products.ts';
import type { Api, Call } from './request.ts';
import { amount, instant, type LeftOut, listOf, many, maybe, shape, snake, text } from './wire.ts';

/** Sources: *Get a collection of entitlements* (reference §5.1); its artifacts as of June 2018 (§5.2). */
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
export function toEntitlements(body: unknown, leftOut?: LeftOut): Entitlement[] {
  return entitlementList(body, leftOut)
    .filter(({ entitlementType }) => !entitlementType || snake(entitlementType) === 'software')
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
  const key = entitledArtifacts?.find(({ artifactType }) => snake(artifactType ?? '') === 'product_key');
  return {
    productId,
    skuId,
    title: skuTitle ?? `${productId}:${skuId}`,
    ...(key?.link?.uri ? { keyRef: key.link.uri } : {}),
    ...(key?.state ? { keyState: key.state } : {}),
  };
}

/** How many titles are read at the same time. */
const readers = 6;

/** App+User only. The answer has no titles (reference §5.1): they come from the catalogue, which remembers them. */
export function createEntitlements(api: Api, catalog: Pick<Products, 'product' | 'sku'>): Keys['entitlements'] {
  async function titleOf(version: Version, country: string, isAlone: boolean): Promise<string> {
    const product = await catalog.product(version.productId, country).catch(undefinedWhereOutside);
    if (product && isAlone) return product.title;
    const sku = await catalog.sku(version.productId, version.skuId, country).catch(undefinedWhereOutside);
    return sku?.title ?? product?.title ?? version.title;
  }

  return async (customerId, country) => {
    const call: Call = {
      operation: 'listEntitlements',
      method: 'GET',
      path: `/v1/customers/${encodeURIComponent(customerId)}/entitlements`,
      query: { entitlementType: 'software', showExpiry: true },
      token: 'user',
    };
    const found = await api.read(call, toEntitlements);
    const versions = new Map(found.flatMap((one) => one.versions).map((version) => [nameOf(version), version]));
    const titles = new Map<string, string>();
    const waiting = [...versions.values()];
    const read = async () => {
      for (let version = waiting.pop(); version; version = waiting.pop()) {
        const { productId, skuId } = version;
        const isAlone = ![...versions.values()].some((other) => other.productId === productId && other.skuId !== skuId);
        titles.set(nameOf(version), await titleOf(version, country, isAlone));
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

/** A title that cannot be read now must not hide what was bought. */
function undefinedWhereOutside(error: unknown): undefined {
  if (!(error instanceof PartnerCenterError)) throw error;
}
