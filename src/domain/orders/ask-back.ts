import type { Money } from '../money.ts';
import { limitBelow } from '../money.ts';
import type { Policy } from '../policy.ts';
import type { World } from '../world.ts';
import { linesOf, type OrderSubmission, type PurchaseContent, type PurchaseLine } from './submission.ts';

/** Why a person is asked once more before this is bought: it may be a mistake. */
export type Doubt =
  /** The same item was ordered for the same customer minutes ago. Without `by`: it was done in private, by somebody else. */
  | {
      readonly kind: 'repeated';
      readonly submissionId: string;
      readonly item: string;
      readonly quantity: number;
      readonly at: string;
      readonly by?: string;
    }
  /** Many more than the customer usually orders: of this item, or, where it is a new one, of anything. */
  | {
      readonly kind: 'unusual';
      readonly item: string;
      readonly quantity: number;
      readonly usual: number;
      readonly isOfItem: boolean;
    }
  | { readonly kind: 'many'; readonly item: string; readonly quantity: number }
  | { readonly kind: 'expensive'; readonly total: Money };

/** So many of the customer's last orders tell what is usual; the cost must not grow with what was ever ordered. */
const ordersRead = 50;

/**
 * What makes one ask whether this is meant, by what was ordered here for this customer. `personId`: who is asked; what
 * somebody else ordered in private is told without a name.
 */
export async function doubtsAbout(world: World, content: PurchaseContent, personId: string): Promise<Doubt[]> {
  const earlier = await world.orderSubmissions.newestOf(content.customerId, ordersRead);
  const kept = earlier.filter(({ state }) => state !== 'declined');
  const { policy, clock } = world;
  const since = new Date(clock.now().getTime() - policy.askBackMinutes * 60_000);
  const lines = linesOf(content);
  const ofLines = lines.flatMap((line) => [
    findRepeated(line, kept, since, personId),
    manyOf(policy, line) ?? unusualIn(policy, line, kept),
  ]);
  const expensive: Doubt[] = limitBelow(content.total, policy.askBackTotals)
    ? [{ kind: 'expensive', total: content.total }]
    : [];
  return [...ofLines.filter((one) => one !== undefined), ...expensive];
}

/** The same doubt again, although a price has changed since; another order of the same item is another one. */
export function isSameDoubt(one: Doubt, other: Doubt): boolean {
  if (one.kind === 'repeated' && other.kind === 'repeated') return one.submissionId === other.submissionId;
  return one.kind === other.kind && ('item' in one ? one.item : '') === ('item' in other ? other.item : '');
}

function isSameItem({ item: one }: PurchaseLine, { item: other }: PurchaseLine): boolean {
  return one.productId === other.productId && one.skuId === other.skuId;
}

/** `earlier`: newest first. */
function findRepeated(
  line: PurchaseLine,
  earlier: readonly OrderSubmission[],
  since: Date,
  personId: string,
): Doubt | undefined {
  for (const { submissionId, createdAt, isPrivate, personId: id, personName, content } of earlier) {
    const before = createdAt > since ? linesOf(content).find((one) => isSameItem(one, line)) : undefined;
    if (!before) continue;
    const about = { submissionId, item: before.itemTitle, quantity: before.item.quantity, at: createdAt.toISOString() };
    return { kind: 'repeated', ...about, ...(!(isPrivate && id !== personId) && { by: personName }) };
  }
  return undefined;
}

function manyOf({ askBackQuantity }: Policy, { item, itemTitle }: PurchaseLine): Doubt | undefined {
  if (item.quantity < askBackQuantity) return undefined;
  return { kind: 'many', item: itemTitle, quantity: item.quantity };
}

function unusualIn(
  { askBackTimes }: Policy,
  line: PurchaseLine,
  earlier: readonly OrderSubmission[],
): Doubt | undefined {
  const { quantity } = line.item;
  const all = earlier.flatMap(({ content }) => linesOf(content));
  const ofItem = all.filter((one) => isSameItem(one, line)).map(quantityOf);
  const usual = ofItem.length > 0 ? middleOf(ofItem) : Math.max(0, ...all.map(quantityOf));
  if (usual === 0 || quantity < usual * askBackTimes) return undefined;
  return { kind: 'unusual', item: line.itemTitle, quantity, usual, isOfItem: ofItem.length > 0 };
}

function quantityOf({ item }: PurchaseLine): number {
  return item.quantity;
}

/** One order of a thousand does not make the next one usual. */
function middleOf(quantities: readonly number[]): number {
  return quantities.toSorted((one, other) => one - other)[Math.floor((quantities.length - 1) / 2)] ?? 0;
}
