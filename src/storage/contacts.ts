import type { QueryConfig } from 'pg';
import type { Contact } from '../domain/people/contact.ts';

/** How Microsoft may reach the person: kept for their next ticket. */
export function putContact(personId: string, contact: Contact): QueryConfig {
  return {
    text: `insert into software_desk.contacts (person_id, contact, changed_at) values ($1, $2, now())
      on conflict (person_id) do update set contact = excluded.contact, changed_at = excluded.changed_at`,
    values: [personId, contact],
  };
}
