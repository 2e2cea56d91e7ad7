import type { Pool } from 'pg';
import { pageSize } from '../domain/notices/pages.ts';
import type { Reminder, ReminderChoice, ReminderDecision, Reminders } from '../domain/notices/reminders.ts';
import { transaction } from './postgres.ts';

/** Who is reminded, or was, and of which order. */
interface RemindedRow {
  person_id: string;
  order_id: string;
  order_number: string;
  customer_id: string;
  customer_name: string;
  closes_at: Date;
}

export interface ReminderRow extends RemindedRow {
  place_id: string;
  is_private: boolean;
  asked_at: Date;
}

interface DecisionRow extends RemindedRow {
  person_name: string;
  choice: ReminderChoice;
  at: Date;
}

export function createReminders(pool: Pool): Reminders {
  return {
    async put(reminder) {
      await pool.query(
        `insert into software_desk.reminders
           (person_id, order_id, order_number, customer_id, customer_name, place_id, is_private,
           closes_at, asked_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         on conflict (person_id, order_id) do update set
           order_number = excluded.order_number, customer_id = excluded.customer_id,
           customer_name = excluded.customer_name, place_id = excluded.place_id,
           is_private = excluded.is_private, closes_at = excluded.closes_at,
           asked_at = excluded.asked_at`,
        [
          reminder.personId,
          reminder.orderId,
          reminder.orderNumber,
          reminder.customerId,
          reminder.customerName,
          reminder.placeId,
          reminder.isPrivate,
          reminder.closesAt,
          reminder.askedAt,
        ],
      );
    },

    async of(personId, orderNumber) {
      const { rows } = await pool.query<ReminderRow>(
        'select * from software_desk.reminders where person_id = $1 and order_number = $2 order by closes_at desc limit 1',
        [personId, orderNumber],
      );
      return rows[0] && toReminder(rows[0]);
    },

    async decide(decision) {
      const { personId, personName, customerId, customerName, orderId, orderNumber, closesAt, choice, at } = decision;
      await transaction(pool, async (client) => {
        await client.query(`select pg_advisory_xact_lock(hashtext('reminder ' || $1))`, [`${personId} ${orderNumber}`]);
        await client.query(
          `with last as (
             select choice, at from software_desk.reminder_decisions
             where person_id = $1 and order_number = $6 order by id desc limit 1
           )
           insert into software_desk.reminder_decisions
             (person_id, person_name, customer_id, customer_name, order_id, order_number, closes_at, choice, at)
           select $1, $2, $3, $4, $5, $6, $7, $8, $9 where not exists (
             select from last where choice = $8 and not exists (
               select from software_desk.reminders
               where person_id = $1 and order_number = $6 and asked_at > last.at))`,
          [personId, personName, customerId, customerName, orderId, orderNumber, closesAt, choice, at],
        );
        if (choice === 'keep')
          await client.query('delete from software_desk.reminders where person_id = $1 and order_number = $2', [
            personId,
            orderNumber,
          ]);
      });
    },

    async decisions(orderNumbers) {
      if (orderNumbers.length === 0) return [];
      const { rows } = await pool.query<DecisionRow>(
        `select distinct on (order_number, person_id) * from software_desk.reminder_decisions
         where order_number = any($1) order by order_number, person_id, id desc`,
        [orderNumbers],
      );
      return rows.map(toDecision);
    },

    async closing(now, until, past) {
      const { rows } = await pool.query<ReminderRow>(
        `select * from software_desk.reminders where closes_at > $1 and closes_at <= $2
           and ($3::timestamptz is null or (closes_at, order_id, person_id) > ($3::timestamptz, $4::text, $5::text))
         order by closes_at, order_id, person_id limit $6`,
        [now, until, past?.closesAt, past?.orderId, past?.personId, pageSize],
      );
      return rows.map(toReminder);
    },

    async closingFor(personId, now, until, limit) {
      const { rows } = await pool.query<ReminderRow>(
        `select * from software_desk.reminders where person_id = $1 and closes_at > $2 and closes_at <= $3
         order by closes_at, order_id limit $4`,
        [personId, now, until, limit],
      );
      return rows.map(toReminder);
    },

    async removeForOrder(orderId) {
      await pool.query('delete from software_desk.reminders where order_id = $1', [orderId]);
    },
  };
}

function toReminded(row: RemindedRow) {
  return {
    customerId: row.customer_id,
    customerName: row.customer_name,
    orderId: row.order_id,
    orderNumber: row.order_number,
    personId: row.person_id,
    closesAt: row.closes_at,
  };
}

export function toReminder(row: ReminderRow): Reminder {
  return { ...toReminded(row), placeId: row.place_id, isPrivate: row.is_private, askedAt: row.asked_at };
}

function toDecision(row: DecisionRow): ReminderDecision {
  return { ...toReminded(row), personName: row.person_name, choice: row.choice, at: row.at };
}
