import type { Pool } from 'pg';
import { customersIn, type Dealing, type Favourites, itemsIn } from '../domain/people/favourites.ts';
import type { Log } from './log.ts';

/** So many of the newest orders and cases tell what is likely. */
const mostRead = 2_000;
const mostKept = 3 * mostRead;
const keptMs = 10 * 60_000;

interface StoredLine {
  item: { productId: string; skuId: string };
  itemTitle: string;
}

interface DealingRow {
  person_id: string;
  customer_id: string;
  customer_name: string;
  first: StoredLine | null;
  further: StoredLine[] | null;
}

const newest = `
  select person_id, customer_id, customer_name, first, further from (
    (select person_id, customer_id, customer_name, created_at,
        json_build_object('item', content->'item', 'itemTitle', content->'itemTitle') as first,
        content->'furtherLines' as further
      from software_desk.order_submissions where state <> 'declined' order by created_at desc limit $1)
    union all
    (select requester_id, customer_id, customer_name, created_at, null, null
      from software_desk.cases order by created_at desc limit $1)
  ) as dealing
  order by created_at desc`;

export interface StoredFavourites extends Favourites {
  /** Reads what there is; what fails is in the log, and is tried again later. */
  load(): Promise<void>;
}

/** Kept in memory; read again in the background when it is asked for and is some minutes old. */
export function createFavourites(pool: Pool, log: Log, now: () => number = Date.now): StoredFavourites {
  let dealings: Dealing[] = [];
  /** What happened while they are read: it may not be among them. */
  let noted: Dealing[] = [];
  let readAt = Number.NEGATIVE_INFINITY;

  async function load(): Promise<void> {
    readAt = now();
    noted = [];
    try {
      const { rows } = await pool.query<DealingRow>(newest, [mostRead]);
      dealings = [...noted, ...rows.map(toDealing)];
    } catch (error) {
      log.warn({ err: error }, 'what is worked with most could not be read');
    }
  }

  function current(): readonly Dealing[] {
    if (now() - readAt > keptMs) void load();
    return dealings;
  }

  return {
    load,
    customers: (personId) => customersIn(current(), personId),
    items: (customerId) => itemsIn(current(), customerId),
    note(dealing) {
      dealings = [dealing, ...dealings].slice(0, mostKept);
      noted = [dealing, ...noted].slice(0, mostKept);
    },
  };
}

function toDealing({ person_id, customer_id, customer_name, first, further }: DealingRow): Dealing {
  const lines = [...(first ? [first] : []), ...(further ?? [])];
  return {
    personId: person_id,
    customer: { id: customer_id, name: customer_name },
    items: lines.map(({ item: { productId, skuId }, itemTitle }) => ({ productId, skuId, title: itemTitle })),
  };
}
