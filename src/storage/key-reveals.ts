import type { Pool, QueryConfig } from 'pg';
import type { KeyReveal, KeyReveals, KeyViewer, LastChoices, RefusedReveal } from '../domain/keys/key-reveals.ts';
import { throwUnlessUsable, useApproval } from './approvals.ts';
import { demandNoLeak, openLeakOf, throwIfLeaked, toOpenLeak } from './leaks.ts';
import { demandRoom, throwUnlessRoom } from './limits.ts';
import { addOutsideLooks, looksOfOrder } from './outside-looks.ts';
import { batch } from './postgres.ts';

interface KeyRevealRow {
  person_id: string;
  person_name: string;
  customer_id: string | null;
  customer_name: string | null;
  order_id: string;
  what: KeyReveal['what'];
  item: string;
  at: Date;
  is_outside: boolean;
}

/** SQL for what the person chose last of each product. */
export const lastChoicesOf = (person: string): string => `
  select json_object_agg(product_id, choice) from (
    select distinct on (product_id) product_id, choice from software_desk.key_reveals
    where person_id = ${person}::text and product_id is not null and choice is not null
    order by product_id, at desc, id desc
  ) as chosen`;

/** SQL for who looked at keys or downloads of the order; as JSON. */
export function viewersOfOrder(orderId: string): string {
  return `(select coalesce(json_agg(json_build_object('name', person_name, 'keys', keys, 'downloads', downloads,
      'lastAt', last_at, 'isOutside', is_outside) order by first_at, person_name), '[]') from (
    select person_name, is_outside, min(at) as first_at, max(at) as last_at,
      count(*) filter (where what = 'key') as keys, count(*) filter (where what <> 'key') as downloads
    from ${looksOfOrder(orderId)} as looks group by person_name, is_outside
  ) as viewers)`;
}

export type StoredViewer = Omit<KeyViewer, 'lastAt'> & { readonly lastAt: string };

export function toViewer({ lastAt, isOutside, ...viewer }: StoredViewer): KeyViewer {
  return { ...viewer, lastAt: new Date(lastAt), ...(isOutside && { isOutside }) };
}

export function createKeyReveals(pool: Pool): KeyReveals {
  async function insert(
    looks: readonly (KeyReveal & Partial<RefusedReveal>)[],
    before: readonly QueryConfig[] = [],
  ): Promise<string[]> {
    const written = await batch(pool, [
      ...before,
      ...looks.map((look) => {
        const { personId, personName, customerId, customerName, orderId, what, item } = look;
        const { productId, choice, at, refusal, token } = look;
        return {
          text: `insert into software_desk.key_reveals as looks (person_id, person_name, customer_id, customer_name, order_id, what,
              item, product_id, choice, at, refusal, is_withdrawn, refused_token)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11::text, $11::text is not null, $12)
            on conflict (refused_token, person_id, what) where refused_token is not null
              do update set times = looks.times + 1
            returning id::text`,
          values: [
            ...[personId, personName, customerId, customerName, orderId, what],
            ...[item, productId, choice, at, refusal, token],
          ],
        };
      }),
    ]);
    return written.slice(before.length).map(({ rows: [row] }) => String(row?.id));
  }

  return {
    async add(keyReveals, room) {
      const [first] = keyReveals;
      if (!first) return [];
      const { personId, at } = first;
      const { approval } = room ?? {};
      const used = approval === undefined ? [] : [useApproval(approval, at)];
      const count = keyReveals.length;
      const demanded = room ? [demandRoom({ ...room, what: 'reveals', personId, at, count })] : [];
      try {
        const leaks = [...new Set(keyReveals.map(({ orderId }) => orderId))].map(demandNoLeak);
        return await insert(keyReveals, [...leaks, ...used, ...demanded]);
      } catch (error) {
        throwIfLeaked(error);
        throwUnlessRoom(error, 'reveals');
        throwUnlessUsable(error, approval);
        throw error;
      }
    },

    async countOf(personId, since) {
      const { rows } = await pool.query<{ seen: number }>(
        `select count(*)::int as seen from software_desk.key_reveals
         where person_id = $1 and at > $2 and not is_withdrawn and at >= coalesce((
           select max(used_at) from software_desk.approvals where kind = 'reveals' and requester_id = $1), $2)`,
        [personId, since],
      );
      return rows[0]?.seen ?? 0;
    },

    addOutside: (looks) => addOutsideLooks(pool, looks),

    async addRefused(refused) {
      await insert(refused);
    },

    async withdraw(ids) {
      await pool.query('update software_desk.key_reveals set is_withdrawn = true where id = any($1)', [ids]);
    },

    async before(personId, orderId) {
      const { rows } = await pool.query<{ chosen: LastChoices | null; viewers: StoredViewer[]; leak: unknown }>(
        `select (${lastChoicesOf('$1')}) as chosen, ${viewersOfOrder('$2')} as viewers, ${openLeakOf('$2')} as leak`,
        [personId, orderId],
      );
      const leak = toOpenLeak(rows[0]?.leak);
      const viewers = (rows[0]?.viewers ?? []).map(toViewer);
      return { lastChoices: rows[0]?.chosen ?? {}, viewers, ...(leak && { leak }) };
    },

    async viewersOf(orderId) {
      const { rows } = await pool.query<{ viewers: StoredViewer[] }>(`select ${viewersOfOrder('$1')} as viewers`, [
        orderId,
      ]);
      return (rows[0]?.viewers ?? []).map(toViewer);
    },

    async ofOrder(orderId) {
      const { rows } = await pool.query<KeyRevealRow>(
        `select * from ${looksOfOrder('$1')} as looks order by at, is_outside, id`,
        [orderId],
      );
      return rows.map((row) => ({
        personId: row.person_id,
        personName: row.person_name,
        customerId: row.customer_id ?? '',
        ...(row.customer_name !== null && { customerName: row.customer_name }),
        orderId: row.order_id,
        what: row.what,
        item: row.item,
        at: row.at,
        ...(row.is_outside && { isOutside: true }),
      }));
    },
  };
}
