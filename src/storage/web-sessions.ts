import { createHash } from 'node:crypto';
import type { Pool } from 'pg';
import type { WebSessions } from '../domain/people/web-sessions.ts';
import { onceAnHour } from './audit.ts';

interface SessionRow {
  person_id: string;
  name: string;
  email: string | null;
  locale: string | null;
  time_zone: string | null;
  expires_at: Date;
}

/** Each page begins one; of more than these, the oldest end. */
const mostOfPerson = 50;

export function createWebSessions(pool: Pool): WebSessions {
  return {
    async put(token, { personId, name, email, locale, timeZone, expiresAt }) {
      await pool.query(
        `with over as (
           delete from software_desk.web_sessions where token_hash in (
             select token_hash from software_desk.web_sessions where person_id = $2
             order by expires_at desc offset ${mostOfPerson - 1})
         ), decided as (
           insert into software_desk.audit_decisions (at, person_id, person_name, facts, only_once)
           values (now(), $2, $3, '{"kind":"signed-in"}', $8) on conflict (only_once) do nothing
         )
         insert into software_desk.web_sessions (token_hash, person_id, name, email, locale, time_zone, expires_at)
         values ($1, $2, $3, $4, $5, $6, $7)`,
        [
          hashOf(token),
          personId,
          name,
          email,
          locale,
          timeZone,
          expiresAt,
          onceAnHour(personId, 'signed-in', new Date()),
        ],
      );
    },

    async get(token, now) {
      const { rows } = await pool.query<SessionRow>({
        name: 'web-session',
        text: 'select * from software_desk.web_sessions where token_hash = $1 and expires_at > $2',
        values: [hashOf(token), now],
      });
      const [row] = rows;
      return (
        row && {
          personId: row.person_id,
          name: row.name,
          ...(row.email !== null && { email: row.email }),
          ...(row.locale !== null && { locale: row.locale }),
          ...(row.time_zone !== null && { timeZone: row.time_zone }),
          expiresAt: row.expires_at,
        }
      );
    },
  };
}

/** The token is random and long: a plain hash cannot be guessed back. */
function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
