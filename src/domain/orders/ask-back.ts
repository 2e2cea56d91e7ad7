import type { Money } from '../money.ts';
import { limitBelow } from '../money.ts';
import type { Policy } from '../policy.ts';
import type { World } from '../world.ts';
import type { OrderSubmission, PurchaseContent } from './submission.ts';

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
  const repeated = repeatedBy(content, kept, since, personId);
  const quantity = manyOf(policy, content) ?? unusualIn(policy, content, kept);
  const expensive: Doubt[] = limitBelow(content.total, policy.askBackTotals)
    ? [{ kind: 'expensive', total: content.total }]
    : [];
  return [...(repeated ? [repeated] : []), ...(quantity ? [quantity] : []), ...expensive];
}

/** The same doubt again, although a price has changed since; another order of the same item is another one. */
export function isSameDoubt(one: Doubt, other: Doubt): boolean {
  if (one.kind === 'repeated' && other.kind === 'repeated') return one.submissionId === other.submissionId;
  return one.kind === other.kind;
}

function isSameItem({ item: one }: PurchaseContent, { item: other }: PurchaseContent): boolean {
  return one.productId === other.productId && one.skuId === other.skuId;
}

/** `earlier`: newest first. */
function repeatedBy(
  content: PurchaseContent,
  earlier: readonly OrderSubmission[],
  since: Date,
  personId: string,
): Doubt | undefined {
  const found = earlier.find((one) => one.createdAt > since && isSameItem(one.content, content));
  if (!found) return undefined;
  const { submissionId, createdAt, isPrivate, content: before } = found;
  const isSecret = isPrivate && found.personId !== personId;
  const about = { submissionId, item: before.itemTitle, quantity: before.item.quantity, at: createdAt.toISOString() };
  return { kind: 'repeated', ...about, ...(!isSecret && { by: found.personName }) };
}

function manyOf({ askBackQuantity }: Policy, { item, itemTitle }: PurchaseContent): Doubt | undefined {
  if (item.quantity < askBackQuantity) return undefined;
  return { kind: 'many', item: itemTitle, quantity: item.quantity };
}

function unusualIn(
  { askBackTimes }: Policy,
  content: PurchaseContent,
  earlier: readonly OrderSubmission[],
): Doubt | undefined {
  const { quantity } = content.item;
  const ofItem = earlier.filter((one) => isSameItem(one.content, content)).map(quantityOf);
  const usual = ofItem.length > 0 ? middleOf(ofItem) : Math.max(0, ...earlier.map(quantityOf));
  if (usual === 0 || quantity < usual * askBackTimes) return undefined;
  return { kind: 'unusual', item: content.itemTitle, quantity, usual, isOfItem: ofItem.length > 0 };
}

function quantityOf({ content }: OrderSubmission): number {
  return content.item.quantity;
}

/** One order of a thousand does not make the next one usual. */
function middleOf(quantities: readonly number[]): number {
  return quantities.toSorted((one, other) => one - other)[Math.floor((quantities.length - 1) / 2)] ?? 0;
}
