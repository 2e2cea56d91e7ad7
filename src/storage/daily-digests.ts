import type { Pool } from 'pg';
import type { CaseState } from '../domain/cancellations/case.ts';
import { channelOf, type DailyDigest, type DailyDigests } from '../domain/notices/daily-digests.ts';
import type { NoticeTarget } from '../domain/notices/notice.ts';
import { type CaseRow, isOpen, toCase } from './case-rows.ts';
import { type ReminderRow, toReminder } from './reminders.ts';

interface DigestRow {
  target_to: 'place' | 'person';
  target_id: string;
  time_of_day: number;
  time_zone: string;
  asked_by: string;
  next_at: Date;
}

const countedTo = 1000;

/** As the partial indexes have it. */
const isInChannel = (channel: string): string => `not is_private and split_part(place_id, ';', 1) = ${channel}`;

export function createDailyDigests(pool: Pool): DailyDigests {
  return {
    async of({ to, id }) {
      const { rows } = await pool.query<DigestRow>(
        'select * from software_desk.daily_digests where target_to = $1 and channel_or_person = $2',
        [to, keyOf({ to, id })],
      );
      return rows[0] && toDigest(rows[0]);
    },

    async put({ target, time, timeZone, askedBy, nextAt }) {
      await pool.query(
        `insert into software_desk.daily_digests (target_to, channel_or_person, target_id, time_of_day, time_zone, asked_by,
           next_at)
         values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (target_to, channel_or_person) do update set target_id = excluded.target_id, time_of_day = excluded.time_of_day,
           time_zone = excluded.time_zone, asked_by = excluded.asked_by, next_at = excluded.next_at`,
        [target.to, keyOf(target), target.id, time, timeZone, askedBy, nextAt],
      );
    },

    async remove({ to, id }) {
      await pool.query('delete from software_desk.daily_digests where target_to = $1 and channel_or_person = $2', [
        to,
        keyOf({ to, id }),
      ]);
    },

    async due(now, limit) {
      const { rows } = await pool.query<DigestRow>(
        `select * from software_desk.daily_digests
         where next_at <= $1 or next_at > $1::timestamptz + interval '3 days' order by next_at limit $2`,
        [now, limit],
      );
      return rows.map(toDigest);
    },

    async openCases(placeId, limit) {
      const isMeant = placeId === undefined ? isOpen : `${isOpen} and ${isInChannel('$2')}`;
      const values = (first: number) => (placeId === undefined ? [first] : [first, channelOf(placeId)]);
      const [counted, waiting] = await Promise.all([
        pool.query<{ state: CaseState; count: number }>(
          `select state, count(*)::integer as count
           from (select state from software_desk.cases where ${isMeant} limit $1) as counted group by state order by state`,
          values(countedTo),
        ),
        pool.query<CaseRow>(
          `select * from software_desk.cases where ${isMeant} and state = 'needs_person' order by created_at limit $1`,
          values(limit),
        ),
      ]);
      return { byState: counted.rows, needPerson: waiting.rows.map(toCase) };
    },

    async closingIn(placeId, now, until, limit) {
      const { rows } = await pool.query<ReminderRow>(
        `select * from software_desk.reminders where ${isInChannel('$1')} and closes_at > $2 and closes_at <= $3
         order by closes_at, order_id limit $4`,
        [channelOf(placeId), now, until, limit],
      );
      return rows.map(toReminder);
    },

    async moveOn({ target, nextAt: before }, nextAt) {
      await pool.query(
        `update software_desk.daily_digests set next_at = $4
         where target_to = $1 and channel_or_person = $2 and next_at = $3`,
        [target.to, keyOf(target), before, nextAt],
      );
    },
  };
}

function keyOf({ to, id }: NoticeTarget): string {
  return to === 'place' ? channelOf(id) : id;
}

function toDigest(row: DigestRow): DailyDigest {
  return {
    target: { to: row.target_to, id: row.target_id },
    time: row.time_of_day,
    timeZone: row.time_zone,
    askedBy: row.asked_by,
    nextAt: row.next_at,
  };
}
