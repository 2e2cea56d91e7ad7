import { randomInt } from 'node:crypto';

/** Without letters that look or sound alike: people read it out. */
const letters = '23456789ABCDEFGHJKMNPQRSTVWXYZ';

/** What people call a case (`SD-7K2M9Q`), an approval (`AP-7K2M9Q`) or a leak (`LK-7K2M9Q`). */
export function newReference(of: 'SD' | 'AP' | 'LK'): string {
  return `${of}-${Array.from({ length: 6 }, () => letters[randomInt(letters.length)]).join('')}`;
}
