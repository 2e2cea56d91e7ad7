import type { Pool } from 'pg';
import type { Reminder, Reminders } from '../domain/notices/reminders.ts';

interface ReminderRow {
  person_id: string;
  order_id: string;
  order_number: string;
  customer_id: string;
  customer_name: string;
  place_id: string;
  is_private: boolean;
  closes_at: Date;
  asked_at: Date;
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

    async closing(now, until) {
      const { rows } = await pool.query<ReminderRow>(
        `select * from software_desk.reminders where closes_at > $1 and closes_at <= $2
         order by closes_at, order_id, person_id`,
        [now, until],
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

function toReminder(row: ReminderRow): Reminder {
  return {
    customerId: row.customer_id,
    customerName: row.customer_name,
    orderId: row.order_id,
    orderNumber: row.order_number,
    personId: row.person_id,
    placeId: row.place_id,
    isPrivate: row.is_private,
    closesAt: row.closes_at,
    askedAt: row.asked_at,
  };
}
