import type { Words } from '../words.ts';
import { number } from './common.ts';

export const review: Words['review'] = {
  /** Typed behind the command of the audit log. */
  word: 'Prüfung',
  title: 'Prüfung der Schlüssel',
  of: (customer) => `Prüfung der Schlüssel: ${customer}`,
  quarter: (quarter, year) => `${quarter}. Quartal ${year}`,
  about:
    'Wem hier Product Keys und Downloads gezeigt wurden, wie oft und wann, und welche Lecks gemeldet wurden. Fragen Sie nach, wo Sie den Grund nicht kennen.',
  perCustomer:
    'Von diesen Kunden wurden Schlüssel oder Downloads gezeigt, oder es wurde ein Leck gemeldet. Jeder öffnet seine Liste; fragen Sie nach, wo Sie den Grund nicht kennen.',
  nothing: 'Es wurde nichts gezeigt und kein Leck gemeldet.',
  cut: 'Die Liste ist lang: In der Datei steht alles.',
  look: (who, order) => `${who} · Bestellung ${order}`,
  counts: ({ people, looks, leaks }) =>
    `Personen: ${number(people)} · Zugriffe: ${number(looks)} · Lecks: ${number(leaks)}`,
};
