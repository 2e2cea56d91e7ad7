import type { Customer } from '../customers.ts';
import type { Order } from '../entities.ts';
import type { World } from '../store.ts';

const GUIDS = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;
const DOMAINS = /[\p{L}\d-]+(\.[\p{L}\d-]+)+/giu;
const LINES = /\blines?\b[^\d\n]{0,20}(\d+(?:\s*(?:,|&|and)\s*\d+)*)/i;
/** How far behind the order id its line numbers may stand, and the names of its items on the same line of text. */
const LINES_WITHIN = 120;
const ITEMS_WITHIN = 2000;

/** The customers a text names by tenant id or domain, in the order in which it does. */
export function customersNamed(world: World, text: string): Customer[] {
  const byId = (text.match(GUIDS) ?? []).map((guid) => world.customers.get(guid));
  const byDomain = (text.match(DOMAINS) ?? []).map((domain) => world.customers.byDomain(domain));
  return [...byId, ...byDomain].filter((customer): customer is Customer => customer !== undefined);
}

export interface NamedOrder {
  order: Order;
  lines: number[];
}

/** The last order a text names by order or subscription id, so that a later note corrects an earlier one. */
export function orderNamed(world: World, text: string): NamedOrder | undefined {
  let found: NamedOrder | undefined;
  let foundAt = -1;
  for (const order of world.orders.values()) {
    for (const id of new Set([order.id, order.alternateId])) {
      const index = text.lastIndexOf(id);
      if (index > foundAt) {
        foundAt = index;
        found = { order, lines: linesNamed(order, text.slice(index + id.length, index + id.length + ITEMS_WITHIN)) };
      }
    }
    for (const { subscriptionId, lineItemNumber } of order.lines) {
      const index = subscriptionId === undefined ? -1 : text.toLowerCase().lastIndexOf(subscriptionId);
      if (index > foundAt) {
        foundAt = index;
        found = { order, lines: [lineItemNumber] };
      }
    }
  }
  return found;
}

/** "only 20 × Windows Server CAL" or "lines 0, 2" behind the id chooses lines; else the whole order is meant. */
function linesNamed(order: Order, behind: string): number[] {
  const [sameLine = ''] = behind.split('\n');
  const only = /\bonly\b(.*)/i.exec(sameLine)?.[1]?.toLowerCase();
  const named = order.lines.filter(({ friendlyName }) => only?.includes(friendlyName.toLowerCase()));
  if (named.length > 0) return named.map(({ lineItemNumber }) => lineItemNumber);
  return linesNumbered(order, behind.slice(0, LINES_WITHIN));
}

function linesNumbered(order: Order, behind: string): number[] {
  const numbers = LINES.exec(behind)?.[1]?.match(/\d+/g)?.map(Number);
  const all = order.lines.map(({ lineItemNumber }) => lineItemNumber);
  return numbers === undefined ? all : all.filter((number) => numbers.includes(number));
}
