import type { Words } from '../words.ts';
import { count, size } from './common.ts';

export const files: Words['files'] = {
  label: 'Dateien',
  title: (order, customer) => `Dateien zum Ticket über Bestellung ${order} von ${customer}`,
  which: 'Zu welcher Stornierung gehört das?',
  whichText: 'Ich bewahre es eine Stunde lang auf, bis Sie es sagen.',
  added: (name) => `„${name}“ gehört jetzt zum Ticket.`,
  kept: (name) => `„${name}“ ist da.`,
  none: 'Zum Ticket gehört keine Datei.',
  countOf: (files, most) => `${files} von ${most} Dateien`,
  count: (files) => count(files, { one: 'Datei', other: 'Dateien' }),
  more: 'Senden Sie in unserem eigenen Chat eine weitere Datei, um sie hinzuzufügen.',
  hint: 'Dateien zum Ticket? Senden Sie sie mir in unserem eigenen Chat: bis zu 10 mit je 20 MB.',
  named: (name, bytes) => `${name} (${size(bytes)})`,
  size,
  attached: 'an das Ticket angehängt',
  refused: 'von Partner Center nicht angenommen: dort dem Ticket hinzufügen',
  notAttached: (files) =>
    files === 1
      ? 'Eine Datei ist nicht an das Ticket angehängt, weil Partner Center sie auf diesem Weg nicht annimmt. Bitte fügen Sie sie dem Ticket im Portal hinzu.'
      : `${files} Dateien sind nicht an das Ticket angehängt, weil Partner Center sie auf diesem Weg nicht annimmt. Bitte fügen Sie sie dem Ticket im Portal hinzu.`,
  toAdd: 'Fügen Sie sie im Formular unter „Dateien hinzufügen“ hinzu.',
};
