import type { Pool } from 'pg';
import type {
  AgreementConfirmed,
  Audit,
  AuditEntry,
  AuditSubject,
  CaseMoved,
  Decision,
  LeakMoved,
  OrderConfirmed,
  ReminderDecided,
  SecretShown,
  SeenOutside,
} from '../domain/audit/audit.ts';
import { entriesOf } from '../domain/audit/audit-subject.ts';
import type { CaseChange } from '../domain/cancellations/case-event.ts';
import type { Difference } from '../domain/differences/difference.ts';
import { type OrderReason, type PurchaseContent, titlesIn } from '../domain/orders/submission.ts';
import { readLooks } from './audit-looks.ts';
import { namesWith } from './audit-names.ts';
import { auditRecords } from './audit-records.ts';
import { knownDifference } from './differences.ts';
import { fromStored, type Stored } from './facts.ts';
import { fingerprintOf } from './fingerprint.ts';
import { demandRoom, throwUnlessRoom } from './limits.ts';
import { batch } from './postgres.ts';

interface EntryRow {
  id: string;
  at: Date;
  who: string | null;
  customer_id: string;
  customer_name: string | null;
  numbers: string[];
}

type Row = EntryRow &
  (
    | {
        kind: 'order';
        told: { state: OrderConfirmed['state']; reason: Stored<OrderReason> | null; content: PurchaseContent };
      }
    | {
        kind: 'secret';
        told: Pick<SecretShown, 'what' | 'item' | 'isWithdrawn' | 'times'> & { refusal: SecretShown['refusal'] | null };
      }
    | {
        kind: 'case';
        told: Pick<CaseMoved, 'reference' | 'to'> & { from: CaseMoved['from'] | null; change: Stored<CaseChange> };
      }
    | {
        kind: 'agreement';
        told: { contact: AgreementConfirmed['contact']; agreedAt: string; isTaken: boolean };
      }
    | { kind: 'export'; told: { since: string | null; before: string | null } }
    | { kind: 'reminder'; told: Pick<ReminderDecided, 'choice'> }
    | { kind: 'outside'; told: Pick<SeenOutside, 'what' | 'item'> }
    | { kind: 'leak'; told: Pick<LeakMoved, 'reference' | 'leaked' | 'step'> & { text: string | null } }
    | { kind: 'decision'; told: Decision }
    | { kind: 'difference'; told: { difference: Stored<Difference>; settledAt: string | null } }
  );

/** So many people are looked for one by one, by the indexes of names; more of them are met soon in the order of time. */
const fewNames = 20;

/** Of each kind no more than are asked for: only those are told. Entries of one moment stand by kind and number. */
function newest(kind: string, { condition, all, told, isByName }: Source): string {
  const selectOf = (ofWhom: string): string => `
      select * from (${all}) as records
      where ${condition} and ($10::text[] is null or '${kind}' = any($10))
        and ${ofWhom} and ($3::timestamptz is null or (at, '${kind}', id) <= ($3, $4, $5))
        and ($7::timestamptz is null or at >= $7) and ($8::timestamptz is null or at < $8)
      order by at desc, id desc limit $6::int + $9::int`;
  const ofEach = `select own.* from unnest($11::text[]) as named (name), lateral (${selectOf('who = named.name')}) as own
      order by at desc, id desc limit $6::int + $9::int`;
  return `
    select '${kind}' as kind, id, at, who, customer_id, customer_name, order_ids, ${told === 'facts' ? told : `json_build_object(${told})`} as told
    from (${isByName ? ofEach : selectOf('($11::text[] is null or who = any($11))')}) as newest`;
}

interface Source {
  readonly condition: string;
  readonly all: string;
  readonly told: string;
  readonly isByName: boolean;
}

/** What belongs to it, of the records of one kind; nothing where none does. */
function conditionOf(kind: AuditEntry['kind'], subject: AuditSubject | undefined): string | undefined {
  if (subject === undefined) return 'true';
  const { kinds = [], decisions = [], withRefusedLooks = false } = entriesOf(subject);
  if (kinds.includes(kind)) return 'true';
  if (kind === 'secret' && withRefusedLooks) return 'refusal is not null';
  if (kind !== 'decision' || decisions.length === 0) return undefined;
  return `facts ->> 'kind' in (${decisions.map((one) => `'${one}'`).join(', ')})`;
}

/** One statement: all of it is seen at one moment. */
const newestEntries = (subject: AuditSubject | undefined, isByName: boolean): string => `
  select kind, id, at, who, customer_id, customer_name, told,
    array(
      select coalesce(known.number, ordered.id)
      from unnest(order_ids) with ordinality as ordered (id, place)
      left join software_desk.known_orders as known on known.order_id = ordered.id
      order by ordered.place
    ) as numbers
  from (${auditRecords
    .flatMap(({ kind, all, told }) => {
      const condition = conditionOf(kind, subject);
      return condition === undefined ? [] : [newest(kind, { condition, all, told, isByName })];
    })
    .join(' union all ')}) as entries
  order by at desc, kind desc, id desc limit $6 offset $9`;

export function createAudit(pool: Pool): Audit {
  return {
    looks: (about, limit) => readLooks(pool, about, limit),

    async entries({ customerId, orderId, since, before, kinds, person, subject }, from, limit, skip = 0) {
      const [at, kind, id] = from?.split(' ') ?? [];
      // Known when the statement is planned: then the indexes by name are used.
      const names = person === undefined ? undefined : await namesWith(pool, person);
      const isByName = names !== undefined && names.length <= fewNames;
      const asked = [customerId, orderId, at, kind, id, limit, since, before, skip, kinds, names];
      const { rows } = await pool.query<Row>(newestEntries(subject, isByName), asked);
      return rows.map(toEntry);
    },

    async recordExport({ at, personId, personName, customer, since, before }, limit) {
      const record = {
        text: `insert into software_desk.audit_exports (at, person_id, person_name, customer_id, customer_name, since, before)
          values ($1, $2, $3, $4, $5, $6, $7)`,
        values: [at, personId, personName, customer?.id, customer?.name, since, before],
      };
      try {
        const room = limit ? [demandRoom({ ...limit, what: 'exports', personId, at, count: 1 })] : [];
        await batch(pool, [...room, record]);
      } catch (error) {
        throwUnlessRoom(error, 'exports');
        throw error;
      }
    },

    async recordDecision({ at, personId, personName, decision }) {
      const what = [
        decision.kind,
        'right' in decision && decision.right,
        'what' in decision && decision.what,
        'reference' in decision && decision.reference,
      ]
        .filter(Boolean)
        .join(' ');
      // However often a stranger comes, and whatever they want.
      const once = decision.kind === 'refused-stranger' ? onceADay : onceAnHour;
      await pool.query(
        `insert into software_desk.audit_decisions (at, person_id, person_name, facts, only_once)
         values ($1, $2, $3, $4, $5) on conflict (only_once) do nothing`,
        [at, personId, personName, decision, once(personId, what, at)],
      );
    },

    async recordPolicy({ at, file, rules }) {
      const fingerprint = fingerprintOf(rules);
      await pool.query(
        `insert into software_desk.audit_decisions (at, facts)
         select $1, $2 where $3 is distinct from (
           select facts ->> 'fingerprint' from software_desk.audit_decisions where facts ->> 'kind' = 'policy'
           order by id desc limit 1)`,
        [at, { kind: 'policy', ...(file !== undefined && { file }), fingerprint } satisfies Decision, fingerprint],
      );
    },
  };
}

/** Of the same person and the same matter there is one row within the hour. */
export function onceAnHour(personId: string, what: string, at: Date): string {
  return [personId, what, at.toISOString().slice(0, 13)].join(' ');
}

function onceADay(personId: string, what: string, at: Date): string {
  return [personId, what, at.toISOString().slice(0, 10)].join(' ');
}

function toEntry(row: Row): AuditEntry {
  const { kind, id, at, who, customer_name: customerName, numbers: orderNumbers } = row;
  const common = {
    cursor: `${at.toISOString()} ${kind} ${id}`,
    at,
    ...(who !== null && { who }),
    customerId: row.customer_id,
    ...(customerName !== null && { customerName }),
    orderNumbers,
  };
  switch (row.kind) {
    case 'order': {
      const { state, content } = row.told;
      const { item, total } = content;
      const reason = row.told.reason === null ? undefined : fromStored(row.told.reason);
      return {
        kind: 'order',
        ...common,
        quantity: item.quantity,
        itemTitle: titlesIn(content),
        total,
        state,
        ...(reason && { reason }),
      };
    }
    case 'secret': {
      const { refusal, times = 1, ...shown } = row.told;
      return {
        kind: 'secret',
        ...common,
        ...shown,
        ...(refusal !== null && { refusal }),
        ...(times > 1 && { times }),
      };
    }
    case 'case': {
      const { from, change, ...moved } = row.told;
      const known = fromStored(change) ?? ({ kind: 'recorded', text: '' } as const);
      return { kind: 'case', ...common, ...moved, ...(from && { from }), change: known };
    }
    case 'agreement':
      return { kind: 'agreement', ...common, ...row.told, agreedAt: new Date(row.told.agreedAt) };
    case 'export': {
      const { since, before } = row.told;
      return {
        kind: 'export',
        ...common,
        ...(since !== null && { since: new Date(since) }),
        ...(before !== null && { before: new Date(before) }),
      };
    }
    case 'leak': {
      const { text, ...step } = row.told;
      return { kind: 'leak', ...common, ...step, ...(text !== null && { text }) };
    }
    case 'decision':
      return { kind: 'decision', ...common, decision: row.told };
    case 'difference': {
      const { difference, settledAt } = row.told;
      const ended = settledAt !== null && { settledAt: new Date(settledAt) };
      return { kind: 'difference', ...common, difference: knownDifference(difference), ...ended };
    }
    case 'outside':
      return { kind: 'outside', ...common, ...row.told };
    case 'reminder':
      return { kind: 'reminder', ...common, ...row.told };
  }
}
