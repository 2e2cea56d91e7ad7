import type { OrderSubmission } from '../domain/orders/submission.ts';
import type { World } from '../domain/world.ts';

/** The short numbers that people say; the ids where Partner Center can't be asked now. */
export async function orderNumbersOf(world: World, { content, orderIds }: OrderSubmission): Promise<string[]> {
  return Promise.all(
    orderIds.map(async (id) => {
      const known = await world.knownOrders.numberOf(id);
      if (known) return known;
      const order = await world.ordering.order(content.customerId, id).catch(() => undefined);
      return order?.number ?? id;
    }),
  );
}
