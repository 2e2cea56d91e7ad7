/** One address, as it is used in mail: neither a list, nor a name or `mailto:` with it. */
export function isEmail(text: string): boolean {
  return /^[^\s@,;:<>()[\]]+@[^\s@,;:<>()[\]]+\.[^\s@,;:<>()[\].]{2,}$/.test(text) && text.length <= 254;
}

/** As people write telephone numbers; at least six digits. */
export function isPhone(text: string): boolean {
  return /^\+?[\d\s()./-]{6,30}$/.test(text) && text.replace(/\D/g, '').length >= 6;
}

/** Keeps how Microsoft may reach a person about a ticket; it is read when a turn's session is opened. */
export interface Contacts {
  put(personId: string, contact: Contact): Promise<void>;
}

export interface Contact {
  readonly name?: string;
  readonly email?: string;
  readonly phone?: string;
}
