import type { Difference, DifferenceKind } from '../../domain/differences/difference.ts';
import type { Words } from '../words.ts';
import { count, day, moment } from './common.ts';

function tell(found: Difference, order?: string): string {
  switch (found.kind) {
    case 'order-unknown':
      return `Bestellung ${order ?? ''} wurde hier aufgegeben, aber Partner Center kennt sie nicht`;
    case 'order-not-recorded':
      return 'In Partner Center ist unser Warenkorb bestellt, aber hier ist keine Bestellung verzeichnet';
    case 'case-not-completed':
      return `${found.reference}: in Partner Center ist storniert, aber der Fall ist nicht abgeschlossen`;
    case 'case-order-active':
      return `${found.reference}: Partner Center hat die Stornierung bestätigt, aber Bestellung ${order ?? ''} ist aktiv`;
    case 'ticket-unknown':
      return `${found.reference} verfolgt Ticket ${found.ticketId}, das Partner Center nicht zeigt`;
    case 'ticket-without-case':
      return `Ticket ${found.ticketId} trägt unser Zeichen ${found.reference}, aber kein Fall verfolgt es`;
  }
}

const toDo: Record<DifferenceKind, string> = {
  'order-unknown':
    'Suchen Sie sie im Bestellverlauf des Portals. Fehlt sie dort, fragen Sie Microsoft, bevor erneut bestellt wird.',
  'order-not-recorded': 'Sehen Sie die neuesten Bestellungen des Kunden an, bevor jemand erneut bestellt.',
  'case-not-completed':
    'Es muss nichts mehr storniert werden. Informieren Sie den Kunden und prüfen Sie, ob die Gutschrift kommt.',
  'case-order-active':
    'Der Schlüssel funktioniert womöglich noch, und es wird womöglich weiter berechnet. Fragen Sie Microsoft, oder stornieren Sie erneut.',
  'ticket-unknown': 'Suchen Sie die Anfrage im Portal, und geben Sie dem Fall die richtige Nummer.',
  'ticket-without-case': 'Sehen Sie die Anfrage im Portal an; schließen Sie sie dort, wenn sie niemand braucht.',
};

export const differences: Words['differences'] = {
  word: 'Abweichungen',
  title: 'Abweichungen von Partner Center',
  found: (n) =>
    `Partner Center und unsere Aufzeichnungen weichen ab: ${count(n, { one: 'Abweichung', other: 'Abweichungen' })}`,
  text: 'Einmal am Tag vergleiche ich die Bestellungen, Stornierungen und Tickets der letzten Tage. Jede Abweichung melde ich einmal; ist sie geklärt, verschwindet sie aus der Liste.',
  none: (at, timeZone) =>
    `Nichts weicht ab: Was Partner Center von den letzten Tagen zeigte (${moment(at, timeZone)}), ist hier verzeichnet.`,
  notYet: 'Noch wurde nichts verglichen: Der erste Vergleich beginnt eine Stunde nach dem ersten Start.',
  tell,
  toDo: (kind) => toDo[kind],
  orders: 'Bestellungen',
  since: (at) => `gefunden am ${day(at)}`,
  settled: (at) => `geklärt am ${day(at)}`,
};
