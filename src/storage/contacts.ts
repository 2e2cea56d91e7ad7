import type { Pool } from 'pg';
import type { Contact, Contacts } from '../domain/people/contact.ts';
import { createExpiring } from './expiring.ts';

/** A year after somebody gave their telephone number last, it is asked for again. */
const ttlMs = 365 * 24 * 3600 * 1000;

export function createContacts(pool: Pool): Contacts {
  const contacts = createExpiring<Contact>(pool, 'contacts', ttlMs);

  return {
    of: (personId) => contacts.get(personId),

    async put(personId, contact) {
      await contacts.set(personId, contact);
    },
  };
}
