/** One address, as it is used in mail: neither a list, nor a name or `mailto:` with it. */
export function isEmail(text: string): boolean {
  return /^[^\s@,;:<>()[\]]+@[^\s@,;:<>()[\]]+\.[^\s@,;:<>()[\].]{2,}$/.test(text) && text.length <= 254;
}

/** As people write telephone numbers; at least six digits. */
export function isPhone(text: string): boolean {
  return /^\+?[\d\s()./-]{6,30}$/.test(text) && text.replace(/\D/g, '').length >= 6;
}

/** How Microsoft may reach a person about a ticket: kept with a case, and read when a turn's session is opened. */
export interface Contact {
  readonly name?: string;
  readonly email?: string;
  readonly phone?: string;
}

/** What Teams tells of people. It tells no telephone number. */
export interface Contacts {
  /** Of a member of the conversation; `undefined` where Teams does not tell it in time. Never throws. */
  ofMember(personId: string, placeId: string): Promise<Contact | undefined>;
}
