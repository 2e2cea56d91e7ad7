import { type FoundOrder, findOrder, orderOf } from '../domain/orders/find-order.ts';
import type { World } from '../domain/world.ts';

/**
 * As `findOrder`; of an order that we know already, its open case is looked up with it. `onKnown`: what else is to be
 * asked of such a one at the same time. `keysFor`: whose last choices of keys are wanted with it.
 */
export function findKnownOrder(
  facts: World,
  text: string,
  onKnown: (known: { customerId: string; orderId: string; number: string }) => void = () => undefined,
  keysFor?: string,
): Promise<FoundOrder> {
  return findOrder(facts, text, async (wanted) => {
    const known = await facts.customerRecords.find(wanted, keysFor);
    if (!known) return undefined;
    onKnown(known);
    return orderOf(facts, known.customerId, known.orderId);
  });
}

/** Is an order or a subscription named? Their ids have digits and no blanks; a name may have digits too, a domain has a dot. */
export function isOrderNumber(text: string): boolean {
  return /\d/.test(text) && text.length >= 10 && !text.includes('.');
}
