/** One address, as it is used in mail: neither a list nor a name with it. */
export function isEmail(text: string): boolean {
  return /^[^\s@,;<>]+@[^\s@,;<>]+\.[^\s@,;<>.]{2,}$/.test(text) && text.length <= 254;
}

/** As people write telephone numbers; at least six digits. */
export function isPhone(text: string): boolean {
  return /^\+?[\d\s()./-]{6,30}$/.test(text) && text.replace(/\D/g, '').length >= 6;
}

/** How Microsoft may reach a person about a ticket: what they gave last time. */
export interface Contacts {
  of(personId: string): Promise<Contact | undefined>;
  put(personId: string, contact: Contact): Promise<void>;
}

export interface Contact {
  readonly name?: string;
  readonly email?: string;
  readonly phone?: string;
}
