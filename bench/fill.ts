import type { ClientBase } from 'pg';
import { people } from './teams.ts';

export interface Sizes {
  readonly cases: number;
  readonly openCases: number;
  readonly drafts: number;
}

/** SQL for a column, of the row with the number `n`. What is not said here is made from the column's type. */
type Values = Readonly<Record<string, string>>;

const id = (what: string) => `md5('${what}' || n)::uuid`;
const person = `(array['${people.join("','")}'])[1 + n % ${people.length}]`;
const ago = (seconds: string) => `now() - make_interval(secs => ${seconds})`;

/**
 * Many records, as years of work leave them: most cases are over, the open ones were looked at within the last hours. Their
 * orders are not at the simulator, which is the dear way: each look at one costs two calls.
 */
export async function fillRecords(client: ClientBase, { cases, openCases, drafts }: Sizes): Promise<void> {
  // The records are made whole, so nothing has to complete them, or to tell of each.
  await client.query('set session_replication_role = replica');
  await fill(client, 'cases', cases, {
    ...caseOf({
      reference: `'SD-' || n`,
      orderId: id('order'),
      orderNumber: `'order-' || n`,
      customerId: id('customer'),
    }),
    state: `case when n <= ${openCases} then 'filed' else 'completed' end`,
    ticket_id: `case when n > ${openCases} then 'ticket-' || n end`,
  });
  await fill(client, 'known_orders', cases, {
    order_id: id('order'),
    customer_id: id('customer'),
    number: `'order-' || n`,
    names: `array['order-' || n]`,
  });
  await fill(client, 'drafts', drafts, {
    id: id('draft'),
    flow: `'purchase'`,
    step: `'productChosen'`,
    owner_id: person,
    owner_name: `'Ada Nowak'`,
    place_id: `'19:general@thread.tacv2;messageid=' || n`,
    place_kind: `'channel'`,
    title: `'Buy for customer ' || n`,
    is_over: 'n % 10 <> 0',
    state: `json_build_object('trail', json_build_array(), 'data', json_build_object('customerId', ${id('customer')}))`,
    changed_at: ago('n * 2.0'),
  });
  await client.query('set session_replication_role = default');
  await client.query('vacuum analyze');
}

/** An order of a customer that is really at Partner Center. */
export interface RealOrder {
  readonly id: string;
  readonly number: string;
  readonly customerId: string;
}

/**
 * Cases about orders that Partner Center knows, each with its ticket where there are any; their references in the same
 * order. It is their turn before that of all others.
 */
export async function fillFiledCases(
  client: ClientBase,
  orders: readonly RealOrder[],
  ticketIds: readonly string[] = [],
): Promise<string[]> {
  const references = orders.map(referenceOf);
  if (orders.length === 0) return references;
  const nth = (values: readonly string[]) => `(array['${values.join("','")}'])[n]`;
  await client.query('set session_replication_role = replica');
  await fill(client, 'cases', orders.length, {
    ...caseOf({
      reference: nth(references),
      orderId: nth(orders.map(({ id }) => id)),
      orderNumber: nth(orders.map(({ number }) => number)),
      customerId: nth(orders.map(({ customerId }) => customerId)),
    }),
    state: `'filed'`,
    ...(ticketIds.length > 0 && { ticket_id: nth(ticketIds) }),
    look_at: ago('86400 + n'),
  });
  await client.query('set session_replication_role = default');
  return references;
}

export function referenceOf({ id }: RealOrder): string {
  return `SD-${id.replaceAll('-', '').slice(0, 12).toUpperCase()}`;
}

/** What a case holds besides its state. `n` is the number of the row. */
function caseOf(of: { reference: string; orderId: string; orderNumber: string; customerId: string }): Values {
  return {
    reference: of.reference,
    submission_id: `md5('submission' || ${of.reference})::uuid`,
    order_id: of.orderId,
    order_number: of.orderNumber,
    ending: `'ticket'`,
    customer_id: of.customerId,
    customer_name: `'Customer ' || n`,
    content: `json_build_object('customerId', ${of.customerId}, 'customerName', 'Customer ' || n,
      'customerTenant', 'customer' || n || '.example', 'orderId', ${of.orderId}, 'orderNumber', ${of.orderNumber},
      'named', ${of.orderId}, 'item', 'Windows Server 2022 Standard', 'lineNumbers', json_build_array(0),
      'wholeOrder', true, 'reason', 'bought twice', 'amount', json_build_object('minor', 100000, 'currency', 'EUR'),
      'impact', 'minimal', 'title', 'Refund', 'contactName', 'Ada Nowak', 'contactEmail', 'ada@partner.example',
      'contactPhone', '+48 22 000 00 00')`,
    requester_id: person,
    requester_name: `'Ada Nowak'`,
    place_id: `'19:general@thread.tacv2;messageid=' || n`,
    created_at: ago('n * 60.0'),
    changed_at: ago('n * 60.0'),
    checked_at: ago('n % 20000'),
    look_at: ago('n % 20000'),
  };
}

const batchSize = 100_000;

interface Column {
  readonly name: string;
  readonly type: string;
  readonly isNeeded: boolean;
}

/** Writes to the columns that the table has today, and to no others. */
async function fill(client: ClientBase, table: string, count: number, values: Values): Promise<void> {
  const { rows } = await client.query<Column>(
    `select column_name as name, udt_name as type,
       is_nullable = 'NO' and column_default is null and is_identity = 'NO' and is_generated = 'NEVER' as "isNeeded"
     from information_schema.columns where table_schema = 'software_desk' and table_name = $1`,
    [table],
  );
  // To make the indexes of a full table is quicker than to fill a table with indexes.
  const { rows: indexes } = await client.query<{ name: string; definition: string }>(
    `select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition
     from pg_index where indrelid = $1::regclass and not indisunique`,
    [`software_desk.${table}`],
  );
  for (const { name } of indexes) await client.query(`drop index ${name}`);
  const columns = rows.filter(({ name, isNeeded }) => isNeeded || name in values);
  const names = columns.map(({ name }) => name).join(', ');
  const made = columns.map(({ name, type }) => `(${values[name] ?? byType(name, type)})::${type}`).join(', ');
  for (let from = 1; from <= count; from += batchSize) {
    const until = Math.min(from + batchSize - 1, count);
    await client.query(
      `insert into software_desk.${table} (${names}) select ${made} from generate_series(${from}, ${until}) n`,
    );
  }
  for (const { definition } of indexes) await client.query(definition);
}

function byType(name: string, type: string): string {
  if (type === 'timestamptz') return ago('n');
  if (type === 'bool') return 'false';
  if (/^(int|float|numeric)/.test(type)) return '1';
  if (/^json/.test(type)) return `'{}'`;
  if (type === 'uuid') return id(name);
  return `'${name}-' || n`;
}
