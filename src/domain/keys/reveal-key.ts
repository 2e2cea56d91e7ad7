import type { CustomerProfile } from '../customers/customer.ts';
import { OutsideError, Refusal } from '../errors.ts';
import { isLineCancelled, type Order, type OrderLine } from '../orders/order.ts';
import { demand } from '../people/demand.ts';
import type { Person } from '../people/staff.ts';
import type { Secret } from '../secret.ts';
import type { World } from '../world.ts';
import type { Entitlement, Version } from './entitlement.ts';
import type { KeyReveal } from './key-reveals.ts';

/** One version of one purchase whose key or download somebody wants. */
export interface Wanted {
  readonly customer: Pick<CustomerProfile, 'id' | 'name' | 'country'>;
  readonly order: Order;
  readonly entitlement: Entitlement;
  readonly version: Version;
}

/** What was fetched, and the row that says who looks at it. */
export interface Revealed {
  readonly value: Secret<string>;
  readonly keyReveal: string;
}

/**
 * The product key, for an admin agent only (role asked anew). The audit row is written first; if that fails, no key is
 * fetched. Refuses `not-allowed`, `key-revoked`, `key-not-ready`, `keys-not-offered`.
 */
export function revealKey(world: World, who: Person, wanted: Wanted): Promise<Revealed> {
  return reveal(world, who, wanted, 'key', () => world.keys.productKey(wanted.version));
}

/** A signed, expiring download address; the same rules as for the key. */
export function revealDownload(
  world: World,
  who: Person,
  wanted: Wanted,
  download: { readonly optionId: string; readonly what: 'download' | 'link' },
): Promise<Revealed> {
  const { version, customer } = wanted;
  return reveal(world, who, wanted, download.what, () =>
    world.keys.downloadLink(version, customer.country, download.optionId),
  );
}

async function reveal(
  world: World,
  who: Person,
  { customer, order, entitlement, version }: Wanted,
  what: KeyReveal['what'],
  fetchSecret: () => Promise<Secret<string>>,
): Promise<Revealed> {
  await demand(world, who, 'keys.reveal');
  demandUsable(order, entitlement.lineNumber, version);
  const keyReveal = await world.keyReveals.add({
    personId: who.id,
    personName: who.name,
    customerId: customer.id,
    customerName: customer.name,
    orderId: order.id,
    what,
    item: version.title,
    at: world.clock.now(),
  });
  try {
    return { value: await fetchSecret(), keyReveal };
  } catch (error) {
    await world.keyReveals.withdraw(keyReveal);
    throw explain(error, { customer, order, entitlement, version });
  }
}

/** Withdrawn, or declined for no reason that somebody could put right or wait for: the portal is the way. */
export function isNotOffered({ kind, meaning }: OutsideError): boolean {
  return kind === 'not-offered' || (kind === 'declined' && meaning === undefined);
}

/** Partner Center's portal has it all the same, so the refusal names what to look for there. */
export function notOffered({ order, entitlement, version }: Wanted, error?: OutsideError): Refusal<'keys-not-offered'> {
  const item = lineOf(order, entitlement.lineNumber)?.title ?? version.title;
  // A bare code tells nobody anything.
  const said = error?.description === undefined ? undefined : error.said;
  return new Refusal('keys-not-offered', { order: order.number, item, version: version.title, said });
}

/** So long after its purchase an order may have no key yet. */
const notReadyMs = 60 * 60 * 1000;

/** Why Partner Center shows nothing of this line: it is fresh, or its software is shown in the portal only. */
export function withoutEntitlement(order: Order, lineNumber: number, now: Date): Refusal {
  const isFresh = now.getTime() - order.createdAt.getTime() <= notReadyMs;
  if (isFresh) return new Refusal('key-not-ready', { order: order.number });
  return new Refusal('keys-not-offered', {
    order: order.number,
    item: lineOf(order, lineNumber)?.title ?? order.number,
  });
}

function lineOf({ lines }: Order, lineNumber: number): OrderLine | undefined {
  return lines.find(({ number }) => number === lineNumber);
}

/** Throws `key-revoked` or `key-not-ready` for what can be told before anything is asked of Partner Center. */
export function demandUsable(order: Order, lineNumber: number, version?: Version): void {
  const facts = { order: order.number };
  const isRevoked = version?.keyState !== undefined && /revoked|cancel/i.test(version.keyState);
  if (isLineCancelled(order, lineNumber) || isRevoked) throw new Refusal('key-revoked', facts);
  if (order.status === 'pending') throw new Refusal('key-not-ready', facts);
}

function explain(error: unknown, wanted: Wanted): unknown {
  if (!(error instanceof OutsideError)) return error;
  const facts = { order: wanted.order.number };
  if (isNotOffered(error)) return notOffered(wanted, error);
  if (error.kind === 'not-found' || error.meaning === 'not-ready') return new Refusal('key-not-ready', facts);
  return error;
}
