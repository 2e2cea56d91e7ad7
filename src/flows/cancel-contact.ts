import type { TicketData } from './cancel-answers.ts';
import type { Turn } from './engine/flow.ts';

/** With the contact of last time. */
export function withLastContact({ who, contact = {} }: Turn<TicketData>, data: TicketData): TicketData {
  const { name = who.name, email, phone } = contact;
  return { ...data, answers: { contactName: name, contactEmail: email, contactPhone: phone, ...data.answers } };
}

/** The same for a ticket: who has given none yet need not type what their sign-in, or Teams, tells of them. */
export async function withContact(turn: Turn<TicketData>, data: TicketData): Promise<TicketData> {
  const { who, place, contact, facts } = turn;
  const isKnown = contact?.email || data.answers.contactEmail;
  if (isKnown) return withLastContact(turn, data);
  const told = who.email ? { email: who.email } : await facts.contacts.ofMember(who.id, place.id);
  return withLastContact({ ...turn, contact: { ...told, ...contact } }, data);
}
