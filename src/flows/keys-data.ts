import { z } from 'zod';
import type { Selection } from '../cards/keys.ts';
import { OutsideError, Refusal } from '../domain/errors.ts';
import type { DownloadOption, Entitlement } from '../domain/keys/entitlement.ts';
import { demandUsable, isNotOffered, notOffered, type Wanted, withoutEntitlement } from '../domain/keys/reveal-key.ts';
import { orderOf } from '../domain/orders/find-order.ts';
import type { Order } from '../domain/orders/order.ts';
import type { World } from '../domain/world.ts';
import { customerData } from './choose-customer.ts';
import { askIn, type Reply } from './engine/flow.ts';

const firstData = z.object({
  ...customerData,
  country: z.string().optional(),
  orderId: z.string().optional(),
  orderNumber: z.string().optional(),
  lineNumber: z.number().optional(),
  version: z.string().optional(),
  language: z.string().optional(),
  optionId: z.string().optional(),
  option: z.object({ languageName: z.string(), architecture: z.string() }).optional(),
  shown: z.array(z.string()).default([]),
  /** So many times in a row Partner Center took too long for it to be shown. */
  slow: z.number().default(0),
  asDialog: z.boolean().default(false),
});
const ofCustomer = firstData.extend({ customerId: z.string(), customerName: z.string(), country: z.string() });
const ofOrder = ofCustomer.extend({ orderId: z.string(), orderNumber: z.string(), lineNumber: z.number() });

/** What each question about keys keeps: more the further it has come. */
export const keysData = {
  customer: firstData,
  order: ofCustomer,
  version: ofOrder,
  language: ofOrder,
  architecture: ofOrder,
  ready: ofOrder,
};

export type FirstData = z.infer<typeof firstData>;
export type OfCustomer = z.infer<typeof ofCustomer>;
export type OfOrder = z.infer<typeof ofOrder>;
export type KeysSteps = { [Step in keyof typeof keysData]: z.infer<(typeof keysData)[Step]> };
export type KeysReply = Reply<KeysSteps>;

export const ask = askIn<KeysSteps>();

export function withOption(data: OfOrder, options: readonly DownloadOption[], optionId: string | undefined): OfOrder {
  const found = options.find(({ id }) => id === optionId);
  return {
    ...data,
    optionId,
    option: found && { languageName: found.languageName, architecture: found.architecture },
  };
}

/** Looks the purchase up. Throws `key-revoked`, `key-not-ready`, `keys-not-offered`, `order-unknown`. */
export async function wantedOf(facts: World, data: OfOrder): Promise<Wanted> {
  const { customerId, orderId } = data;
  const entitlements = entitlementsOf(facts, data);
  const [found] = await Promise.all([orderOf(facts, customerId, orderId), entitlements.catch(() => undefined)]);
  return chosenOf(facts, data, { ...found, entitlements });
}

/**
 * The same as it is this moment. The order says whether it was cancelled, and what was bought where its key lies and
 * whether it was withdrawn: whoever waits for a key is answered at once or not at all, so both are asked at the same time.
 */
export async function wantedNow(world: World, data: OfOrder): Promise<Wanted> {
  const { customerId: id, customerName: name, country, orderId } = data;
  const entitlements = entitlementsOf(world, data, country);
  const [order] = await Promise.all([world.ordering.order(id, orderId), entitlements.catch(() => undefined)]);
  return chosenOf(world, data, { customer: { id, name, country }, order, entitlements });
}

/** What was bought under the order. */
export function entitlementsOf(
  facts: World,
  { customerId, orderId, orderNumber }: Pick<OfOrder, 'customerId' | 'orderId' | 'orderNumber'>,
  country?: string,
): Promise<Entitlement[]> {
  return facts.keys.entitlements(customerId, country, [orderId, orderNumber]);
}

interface AskedFor {
  readonly customer?: Wanted['customer'];
  readonly order?: Order;
  readonly entitlements: Promise<readonly Entitlement[]>;
}

async function chosenOf(facts: World, data: OfOrder, { customer, order, entitlements }: AskedFor): Promise<Wanted> {
  const { orderNumber, lineNumber } = data;
  if (!customer || !order) throw new Refusal('order-unknown', { text: orderNumber });
  demandUsable(order, lineNumber);
  const entitlement = (await entitlements).find((one) => one.lineNumber === lineNumber);
  const version = entitlement?.versions.find((one) => idOf(one) === data.version) ?? entitlement?.versions[0];
  if (!entitlement || !version) throw withoutEntitlement(order, lineNumber, facts.clock.now());
  return { customer, order, entitlement, version };
}

/** None where there is a key at least; throws `keys-not-offered` where there is neither. */
export async function optionsOf(facts: World, data: OfOrder): Promise<DownloadOption[]> {
  const wanted = await wantedOf(facts, data);
  const { version, customer } = wanted;
  let said: OutsideError | undefined;
  const options = await facts.keys.downloadOptions(version, customer.country).catch((error) => {
    if (!(error instanceof OutsideError) || !isNotOffered(error)) throw error;
    said = error;
    return undefined;
  });
  if (!options?.length && !version.keyRef) throw notOffered(wanted, said);
  return options ?? [];
}

export function selectionOf(
  { option, shown, asDialog, slow }: OfOrder,
  { version, customer, order }: Wanted,
): Selection {
  const isSlow = slow > 1;
  return { customerName: customer.name, orderNumber: order.number, version, option, shown, asDialog, isSlow };
}

export function idOf({ productId, skuId }: { productId: string; skuId: string }): string {
  return `${productId}:${skuId}`;
}

export function about({ customerName, orderNumber }: OfOrder): string {
  return `${customerName} · ${orderNumber}`;
}

export function languagesOf(options: readonly DownloadOption[]): { title: string; value: string }[] {
  const byCode = new Map(options.map((option) => [option.languageCode, option.languageName]));
  return [...byCode].map(([value, title]) => ({ title, value })).sort((a, b) => a.title.localeCompare(b.title));
}

export function architecturesOf(
  options: readonly DownloadOption[],
  language: string | undefined,
): { title: string; value: string }[] {
  const ofLanguage = options.filter((option) => language === undefined || option.languageCode === language);
  return ofLanguage.map((option) => ({ title: option.architecture, value: option.id }));
}
