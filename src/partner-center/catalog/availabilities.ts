import type { Availability, Term } from '../../domain/orders/catalog.ts';
import { undefinedOn } from '../client/errors.ts';
import { readAll } from '../client/paging.ts';
import type { Api, Call } from '../client/request.ts';
import {
  amount,
  billingCycleOf,
  flag,
  id,
  listOf,
  many,
  maybe,
  type ReportSkipped,
  shape,
  text,
} from '../client/wire.ts';
import { isCountry, toBillingCycles } from './products.ts';
import type { Segments } from './segments.ts';

/** Sources: *Get a list of availabilities*, *Products resources*. */
const refundOption = shape({ sequenceId: maybe(amount), type: maybe(text), expiresAfter: text });
const term = shape({
  duration: maybe(text),
  billingCycle: maybe(text),
  cancellationPolicies: maybe(many(shape({ refundOptions: maybe(many(refundOption)) }))),
});
const availability = shape({
  id,
  productId: text,
  skuId: text,
  catalogItemId: maybe(text),
  defaultCurrency: maybe(shape({ code: maybe(text) })),
  segment: maybe(text),
  country: maybe(text),
  isPurchasable: maybe(flag),
  terms: maybe(many(term)),
  sku: maybe(shape({ supportedBillingCycles: maybe(many(text)) })),
});
const availabilityList = listOf(availability);

/** `cycles`: how the SKU is billed, for terms that do not say (the older model); `asked`: the segment asked for. */
export function toAvailabilities(
  body: unknown,
  { cycles = [], asked = 'commercial' }: { readonly cycles?: readonly string[]; readonly asked?: string } = {},
  reportSkipped?: ReportSkipped,
): Availability[] {
  return availabilityList(body, reportSkipped).map((wire) => {
    const own = (wire.sku?.supportedBillingCycles ?? []).map(billingCycleOf);
    const billed = own.length > 0 ? own : cycles.length > 0 ? cycles : ['one_time'];
    return {
      catalogItemId: wire.catalogItemId ?? `${wire.productId}:${wire.skuId}:${wire.id}`,
      productId: wire.productId,
      skuId: wire.skuId,
      segment: (wire.segment ?? asked).toLowerCase(),
      country: wire.country ?? '',
      currency: wire.defaultCurrency?.code ?? '',
      isPurchasable: wire.isPurchasable ?? false,
      terms: termsOf(wire.terms ?? [], billed),
    };
  });
}

/** Perpetual software has no term, or one without duration; it is always billed once. */
function termsOf(wire: readonly ReturnType<typeof term.parse>[], cycles: readonly string[]): Term[] {
  if (wire.length === 0) return [{ billingCycle: 'one_time' }];
  return wire.flatMap((one): Term[] => {
    const refundOptions = refundsOf(one);
    const rest = refundOptions.length > 0 ? { refundOptions } : {};
    if (!one.duration) return [{ billingCycle: 'one_time', ...rest }];
    const billed = one.billingCycle ? [billingCycleOf(one.billingCycle)] : cycles;
    return billed.map((billingCycle) => ({ duration: one.duration, billingCycle, ...rest }));
  });
}

function refundsOf({ cancellationPolicies }: ReturnType<typeof term.parse>) {
  return (cancellationPolicies ?? [])
    .flatMap(({ refundOptions }) => refundOptions ?? [])
    .sort((a, b) => (a.sequenceId ?? 0) - (b.sequenceId ?? 0))
    .map(({ type, expiresAfter }) => ({
      type: type?.toLowerCase() === 'full' ? ('full' as const) : ('partial' as const),
      expiresAfter,
    }));
}

function toAvailability(body: unknown): Availability | undefined {
  return toAvailabilities({ items: [body] })[0];
}

/** Does a term need the SKU to tell how it is billed? */
function isBillingOpen(body: unknown, reportSkipped: ReportSkipped): boolean {
  return availabilityList(body, reportSkipped).some(
    ({ terms, sku }) =>
      !sku?.supportedBillingCycles?.length && terms?.some(({ duration, billingCycle }) => duration && !billingCycle),
  );
}

/** Reported already. */
const ignore: ReportSkipped = () => undefined;

/** Under a country, as documented; the ids in an order are those of its purchase. */
export function createAvailability(api: Api) {
  return async (catalogItemId: string, country: string): Promise<Availability | undefined> => {
    const [productId, skuId, availabilityId] = catalogItemId.split(':').map(encodeURIComponent);
    if (!productId || !skuId || !availabilityId || !isCountry(country)) return undefined;
    const path = `/v1/products/${productId}/skus/${skuId}/availabilities/${availabilityId}`;
    const call: Call = {
      ...{ operation: 'getAvailability', method: 'GET', path, query: { country }, token: 'either' },
      // What was sold once need not be on sale any more.
      expects: 'not-found',
    };
    const found = await api.read(call, toAvailability).catch(undefinedOn('not-found'));
    return found?.catalogItemId.toUpperCase() === catalogItemId.toUpperCase() ? found : undefined;
  };
}

/** Ids of availabilities rotate, so nothing here is kept. Only what can be bought is returned. */
export function createAvailabilities(api: Api, segments: Segments) {
  return async (customerId: string, productId: string, skuId: string): Promise<Availability[]> => {
    const sku = `/v1/customers/${encodeURIComponent(customerId)}/products/${encodeURIComponent(productId)}/skus/${encodeURIComponent(skuId)}`;
    const skuCall: Call = { operation: 'getSku', method: 'GET', path: sku, token: 'either' };
    const call: Call = {
      operation: 'listAvailabilities',
      method: 'GET',
      path: `${sku}/availabilities`,
      token: 'either',
    };
    const found = await segments.askEach(customerId, async (targetSegment) => {
      const pages = await readAll(api, { ...call, query: { targetSegment } }, (body, reportSkipped) => [
        { body, isOpen: isBillingOpen(body, reportSkipped) },
      ]);
      const cycles = pages.some(({ isOpen }) => isOpen) ? await api.read(skuCall, toBillingCycles) : [];
      return pages
        .flatMap(({ body }) => toAvailabilities(body, { cycles, asked: targetSegment }, ignore))
        .filter(({ segment }) => segment === targetSegment);
    });
    return found.filter(({ isPurchasable }) => isPurchasable);
  };
}
