import { z } from 'zod';
import type { KeyChoices } from '../cards/keys.ts';
import type { Origin } from '../domain/approvals/ask-approval.ts';
import { OutsideError, Refusal } from '../domain/errors.ts';
import { bestOption } from '../domain/keys/best-option.ts';
import type { DownloadOption, Entitlement, Version } from '../domain/keys/entitlement.ts';
import { demandUsable, isNotOffered, notOffered, type Wanted, withoutEntitlement } from '../domain/keys/reveal-key.ts';
import { orderOf } from '../domain/orders/find-order.ts';
import type { Order } from '../domain/orders/order.ts';
import type { World } from '../domain/world.ts';
import { customerData } from './choose-customer.ts';
import { askIn, type Reply, type Turn } from './engine/flow.ts';

const firstData = z.object({
  ...customerData,
  country: z.string().optional(),
  orderId: z.string().optional(),
  orderNumber: z.string().optional(),
  lineNumber: z.number().optional(),
  /** As chosen; until then what is likeliest is meant. */
  version: z.string().optional(),
  language: z.string().optional(),
  architecture: z.string().optional(),
  shown: z.array(z.string()).default([]),
  /** Something was shown on this card and is hidden again. */
  isHidden: z.boolean().default(false),
  /** So many times in a row Partner Center took too long for it to be shown. */
  slow: z.number().default(0),
  asDialog: z.boolean().default(false),
  /** Who had looked at keys or downloads of the order before this conversation. */
  seenBy: z
    .array(
      z.object({
        name: z.string(),
        keys: z.number(),
        downloads: z.number(),
        lastAt: z.coerce.date(),
        isOutside: z.boolean().optional(),
      }),
    )
    .default([]),
});
const ofCustomer = firstData.extend({ customerId: z.string(), customerName: z.string(), country: z.string() });
const ofOrder = ofCustomer.extend({ orderId: z.string(), orderNumber: z.string(), lineNumber: z.number() });

/** What each question about keys keeps: more the further it has come. */
export const keysData = { customer: firstData, order: ofCustomer, ready: ofOrder };

export type FirstData = z.infer<typeof firstData>;
export type OfCustomer = z.infer<typeof ofCustomer>;
export type OfOrder = z.infer<typeof ofOrder>;
export type KeysSteps = { [Step in keyof typeof keysData]: z.infer<(typeof keysData)[Step]> };
export type KeysReply = Reply<KeysSteps>;

export const ask = askIn<KeysSteps>();

/** What there is to choose from, and what is chosen of it. */
export interface Offered {
  readonly versions: readonly Version[];
  readonly version: Version;
  readonly options: readonly DownloadOption[];
  readonly option?: DownloadOption;
  /** Why it cannot be told which downloads there are; why there are none, in Partner Center's words. */
  readonly away?: OutsideError;
  readonly said?: OutsideError;
}

/** What can be had of the purchase, as it is known. Throws `key-not-ready` where nothing was bought any more. */
export async function findOffered(facts: World, data: OfOrder): Promise<Offered> {
  const { country, lineNumber, orderNumber } = data;
  const entitlement = (await entitlementsOf(facts, data)).find((one) => one.lineNumber === lineNumber);
  const version = entitlement && versionIn(entitlement, data.version);
  if (!version) throw new Refusal('key-not-ready', { order: orderNumber });
  let failed: OutsideError | undefined;
  const options = await facts.keys.downloadOptions(version, country).catch((error) => {
    if (!(error instanceof OutsideError)) throw error;
    failed = error;
    return undefined;
  });
  return {
    versions: entitlement.versions,
    version,
    options: options ?? [],
    option: bestOption(options ?? [], data, country),
    ...(failed && { [isNotOffered(failed) ? 'said' : 'away']: failed }),
  };
}

/** Looks the purchase up. Throws `key-revoked`, `key-not-ready`, `keys-not-offered`, `order-unknown`. */
export async function findWanted(facts: World, data: OfOrder): Promise<Wanted> {
  const { customerId, orderId } = data;
  const entitlements = entitlementsOf(facts, data);
  const [found] = await Promise.all([orderOf(facts, customerId, orderId), entitlements.catch(() => undefined)]);
  return toWanted(facts, data, { ...found, entitlements });
}

/**
 * The same for whoever wants the key this moment. The order says whether it was cancelled, so it is asked anew; where the
 * key lies may be known for a minute: whether it is still there, Partner Center says when it is asked for.
 */
export async function findWantedNow(world: World, facts: World, data: OfOrder): Promise<Wanted> {
  const { customerId: id, customerName: name, country, orderId } = data;
  const entitlements = entitlementsOf(facts, data);
  const [order] = await Promise.all([world.ordering.order(id, orderId), entitlements.catch(() => undefined)]);
  return toWanted(world, data, { customer: { id, name, country }, order, entitlements });
}

/** What was bought under the order; asked in the same words each time, so that it is asked once. */
export function entitlementsOf(
  facts: World,
  { customerId, orderId, orderNumber }: Pick<OfOrder, 'customerId' | 'orderId' | 'orderNumber'>,
): Promise<Entitlement[]> {
  return facts.keys.entitlements(customerId, undefined, [orderId, orderNumber]);
}

interface AskedFor {
  readonly customer?: Wanted['customer'];
  readonly order?: Order;
  readonly entitlements: Promise<readonly Entitlement[]>;
}

async function toWanted(facts: World, data: OfOrder, { customer, order, entitlements }: AskedFor): Promise<Wanted> {
  const { orderNumber, lineNumber } = data;
  if (!customer || !order) throw new Refusal('order-unknown', { text: orderNumber });
  demandUsable(order, lineNumber);
  const entitlement = (await entitlements).find((one) => one.lineNumber === lineNumber);
  const version = entitlement && versionIn(entitlement, data.version);
  if (!version) throw withoutEntitlement(order, lineNumber, facts.clock.now());
  return { customer, order, entitlement, version };
}

function versionIn({ versions }: Entitlement, chosen: string | undefined): Version | undefined {
  return versions.find((one) => idOf(one) === chosen) ?? versions[0];
}

/** Throws `keys-not-offered` where there is neither a key nor a download of this version. */
export function demandOffered(wanted: Wanted, { options, away, said }: Offered): void {
  if (wanted.version.keyRef || options.length > 0) return;
  throw away ?? notOffered(wanted, said);
}

export function choicesOf(data: OfOrder, offered: Offered): KeyChoices {
  const { customerName, orderNumber, shown, isHidden, asDialog, slow, seenBy } = data;
  const { away, said: _, ...choices } = offered;
  return {
    ...choices,
    areDownloadsAway: away !== undefined,
    customerName,
    orderNumber,
    shown,
    isHidden,
    asDialog,
    seenBy,
    isSlow: slow > 1,
  };
}

export function idOf({ productId, skuId }: { productId: string; skuId: string }): string {
  return `${productId}:${skuId}`;
}

/** For the approval that a look may need. */
export function originOf({ draftId, preparers, place, isPrivate }: Turn<unknown>): Origin {
  return { draftId, preparers, placeId: place.id, isPrivate };
}
