import type { PlacedOrder } from '../domain/orders/submission.ts';
import type { World } from '../domain/world.ts';

/** The short numbers that people say; the ids where Partner Center can't be asked now. */
export async function orderNumbersOf(
  world: World,
  { submission: { content, orderIds }, orders }: PlacedOrder,
): Promise<string[]> {
  const placed = new Map(orders.map(({ id, number }) => [id, number]));
  const known = await world.knownOrders.numbersOf(orderIds.filter((id) => !placed.has(id)));
  return Promise.all(
    orderIds.map(async (id) => {
      const number = placed.get(id) ?? known.get(id);
      if (number) return number;
      const order = await world.ordering.order(content.customerId, id).catch(() => undefined);
      return order?.number ?? id;
    }),
  );
}
