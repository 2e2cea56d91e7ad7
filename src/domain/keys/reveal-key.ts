import { demandApproval, type Origin } from '../approvals/ask-approval.ts';
import type { CustomerProfile } from '../customers/customer.ts';
import { OutsideError, Refusal } from '../errors.ts';
import { demandNoLeak } from '../leaks/report-leak.ts';
import { isLineCancelled, type Order, type OrderLine } from '../orders/order.ts';
import { demand } from '../people/demand.ts';
import type { Person } from '../people/staff.ts';
import type { Secret } from '../secret.ts';
import type { World } from '../world.ts';
import type { Entitlement, Version } from './entitlement.ts';
import type { KeyChoice, KeyReveal, RevealRoom } from './key-reveals.ts';

const hourMs = 3_600_000;

/** One version of one purchase whose key or download somebody wants. */
export interface Wanted {
  readonly customer: Pick<CustomerProfile, 'id' | 'name' | 'country'>;
  readonly order: Order;
  readonly entitlement: Entitlement;
  readonly version: Version;
}

export type What = KeyReveal['what'];

/** What is looked at together; a download and its link are one address. */
export interface WantedItems {
  readonly items: readonly What[];
  /** Of the download. */
  readonly optionId?: string;
  /** Remembered for the person's next time. */
  readonly choice?: KeyChoice;
  /** For the approval that it may need. */
  readonly origin?: Origin;
}

/** What was fetched, and the rows that say who looks at it. */
export interface Revealed {
  readonly key?: Secret<string>;
  readonly address?: Secret<string>;
  readonly keyReveals: readonly string[];
}

/**
 * The product key, a signed download address that expires, or both, for an admin agent only (role asked anew). The audit
 * rows are written first; if that fails, nothing is fetched. Refuses `not-allowed`,
 * `leak-reported`, `needs-approval`, `too-many`, `not-recorded`, `key-revoked`, `key-not-ready`, `keys-not-offered`.
 */
export async function revealItems(
  world: World,
  who: Person,
  wanted: Wanted,
  { items, optionId = '', choice, origin }: WantedItems,
): Promise<Revealed> {
  const { customer, order, entitlement, version } = wanted;
  await demand(world, who, 'keys.reveal');
  demandUsable(order, entitlement.lineNumber, version);
  const rows = items.map((what) => ({
    personId: who.id,
    personName: who.name,
    customerId: customer.id,
    customerName: customer.name,
    orderId: order.id,
    what,
    item: version.title,
    productId: entitlement.productId,
    ...(choice && { choice }),
    at: world.clock.now(),
  }));
  const room = await roomFor(world, who, wanted, { items, origin });
  const keyReveals = await world.keyReveals.add(rows, room).catch((cause: unknown) => {
    throw cause instanceof Refusal ? cause : new Refusal('not-recorded', {}, { cause });
  });
  try {
    const [key, address] = await Promise.all([
      items.includes('key') ? world.keys.productKey(version) : undefined,
      items.some((what) => what !== 'key') ? world.keys.downloadLink(version, customer.country, optionId) : undefined,
    ]);
    return { key, address, keyReveals };
  } catch (error) {
    await world.keyReveals.withdraw(keyReveals);
    throw explain(error, wanted);
  }
}

/** Where the policy asks a second admin agent for more than so many within the hour, with their approval. */
async function roomFor(
  world: World,
  who: Person,
  { customer, order, version }: Wanted,
  { items, origin }: Pick<WantedItems, 'items' | 'origin'>,
): Promise<RevealRoom> {
  const { limits, approvals } = world.policy;
  const { revealsAnHour: most } = approvals;
  if (most === undefined || origin === undefined)
    return { ...limits.reveals, ...(most !== undefined && { unapproved: most }) };
  const since = new Date(world.clock.now().getTime() - hourMs);
  const seen = await world.keyReveals.countOf(who.id, since);
  if (seen + items.length <= most) return { ...limits.reveals, unapproved: most };
  // Nobody is asked to approve what is refused all the same.
  await demandNoLeak(world, order.id);
  const { id: customerId, name: customerName } = customer;
  const { number: orderNumber } = order;
  const reviewed = { kind: 'reveals', most, customerId, customerName, orderNumber, item: version.title } as const;
  const approval = await demandApproval(world, who, reviewed, origin);
  return { ...limits.reveals, ...(approval !== undefined && { approval }) };
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
