import assert from 'node:assert/strict';
import type { Client, Reply } from './client.ts';

/** Products of the seed the tests buy. */
export const WINDOWS_SERVER = { productId: 'DG7GMGF0D5RK', skuId: '0001' };
export const WINDOWS_SERVER_2025 = { productId: 'DG7GMGF0PWHC', skuId: '0001' };
export const USER_CAL = { productId: 'DG7GMGF0PWHD', skuId: '0002' };
export const SQL_ENTERPRISE = { productId: 'DG7GMGF0M80L', skuId: '0001' };
export const OFFICE = { productId: 'DG7GMGF0PN5N', skuId: '0001' };
export const WINDOWS_SUBSCRIPTION = { productId: 'DG7GMGF0DVSW', skuId: '0001' };
export const SQL_SUBSCRIPTION = { productId: 'DG7GMGF0FLR1', skuId: '0002' };
export const PREPAID = { productId: 'DG7GMGF0DVT7', skuId: '000C' };
export const SUSE = { productId: 'DG7GMGF0D4KV', skuId: '0001' };
export const SOLD_OUT = { productId: 'DG7GMGF0G8RD', skuId: '0002' };
export const VISUAL_STUDIO = { productId: 'DG7GMGF0D3SJ', skuId: '0001' };
export const BUSINESS_PREMIUM = { productId: 'CFQ7TTC0LCHC', skuId: '0001' };
export const AZURE_PLAN = { productId: 'DZH318Z0BPS6', skuId: '0001' };

export interface Item {
  productId: string;
  skuId: string;
}

/** A fresh catalogue item id for the customer. */
export async function catalogItemId(
  client: Client,
  customerId: string,
  item: Item,
  segment = 'commercial',
): Promise<string> {
  const sku = `/v1/customers/${customerId}/products/${item.productId}/skus/${item.skuId}`;
  const availabilities = await client.get(`${sku}/availabilities?targetSegment=${segment}`);
  return availabilities.text('items.0.catalogItemId');
}

export interface Purchase {
  item: Item;
  quantity?: number;
  billingCycle?: string;
  termDuration?: string;
  attestationAccepted?: boolean;
}

/** A cart with fresh items; perpetual software unless told otherwise. */
export async function createCart(client: Client, customerId: string, purchases: Purchase[]): Promise<Reply> {
  const lineItems = await Promise.all(
    purchases.map(async ({ item, quantity = 1, billingCycle = 'one_time', ...rest }, id) => {
      const itemId = await catalogItemId(client, customerId, item);
      return { id, catalogItemId: itemId, quantity, billingCycle, ...rest };
    }),
  );
  return client.call('POST', `/v1/customers/${customerId}/carts`, { lineItems });
}

/** Buys, and returns the orders of the checkout's response. */
export async function buy(client: Client, customerId: string, purchases: Purchase[]): Promise<Reply[]> {
  const cart = await createCart(client, customerId, purchases);
  assert.equal(cart.status, 201);
  const checkout = await client.call('POST', `/v1/customers/${customerId}/carts/${cart.text('id')}/checkout`);
  assert.equal(checkout.status, 201);
  return checkout.list('orders');
}

/** Buys one thing and returns the order's id. */
export async function buyOne(client: Client, customerId: string, purchase: Purchase): Promise<string> {
  const [order] = await buy(client, customerId, [purchase]);
  if (order === undefined) assert.fail('nothing was ordered');
  return order.text('id');
}

export const ONE_YEAR = { billingCycle: 'annual', termDuration: 'P1Y' };

/** The orders of a customer as the seed made them, by the name of their first line. */
export async function orderOf(client: Client, customerId: string, firstLine: string): Promise<Reply> {
  const orders = (await client.get(`/v1/customers/${customerId}/orders?include_price=true`)).list('items');
  const found = orders.find((order) => order.text('lineItems.0.friendlyName').startsWith(firstLine));
  if (found === undefined) assert.fail(`no order begins with ${firstLine}`);
  return found;
}
