import type { Pool } from 'pg';
import type { Contacts } from '../domain/people/contact.ts';

export function createContacts(pool: Pool): Contacts {
  return {
    async put(personId, contact) {
      await pool.query(
        `insert into software_desk.contacts (person_id, contact, changed_at) values ($1, $2, now())
         on conflict (person_id) do update set contact = excluded.contact, changed_at = excluded.changed_at`,
        [personId, contact],
      );
    },
  };
}
