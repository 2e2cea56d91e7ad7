import type { PlacedOrder } from '../domain/orders/submission.ts';
import type { World } from '../domain/world.ts';

/** The short numbers that people say; the ids where Partner Center can't be asked now. */
export async function orderNumbersOf(
  world: World,
  { submission: { content, orderIds }, orders }: PlacedOrder,
): Promise<string[]> {
  return Promise.all(
    orderIds.map(async (id) => {
      const placed = orders.find((order) => order.id === id);
      if (placed) return placed.number;
      const known = await world.knownOrders.numberOf(id);
      if (known) return known;
      const order = await world.ordering.order(content.customerId, id).catch(() => undefined);
      return order?.number ?? id;
    }),
  );
}
