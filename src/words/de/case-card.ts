import type { Words } from '../words.ts';
import { local } from './common.ts';

export const caseCard: Words['caseCard'] = {
  title: (reference) => `Stornierung ${reference}`,
  summary: (reference, customer, state) => `Stornierung ${reference} für ${customer}: ${state}`,
  asked: (item) => `zurückgefordert für ${item}`,
  back: (item) => `wird erstattet für ${item}`,
  credited: (item) => `zurückgefordert für ${item}; was Microsoft gutschreibt, zeigt die nächste Rechnung`,
  steps: {
    submitted: (by) => `Abgesendet von ${by}`,
    cancelling: 'Stornierung bei Partner Center beauftragt',
    filing: 'Das Ticket wird erstellt',
    filed: (ticketId) => (ticketId ? `Ticket ${ticketId} erstellt` : 'Ticket erstellt'),
    decides: 'Microsoft entscheidet',
    'needs-person': (isNow) => (isNow ? 'Muss geprüft werden' : 'Musste geprüft werden'),
    completed: (isWholeOrder) =>
      isWholeOrder ? 'Bestellung storniert, Schlüssel widerrufen' : 'Dieser Teil storniert, sein Schlüssel widerrufen',
    refused: 'Abgelehnt: nichts wurde storniert',
    givenUp: (by) => `Aufgegeben von ${by}`,
    at: local,
    since: (at, zone) => `seit ${local(at, zone)}`,
    now: 'jetzt',
    ahead: 'steht noch aus',
  },
  forCustomer: {
    title: 'Text für den Kunden',
    hint: 'Kopieren Sie ihn in eine Nachricht an den Kunden und ändern Sie, was Sie möchten. Er enthält weder Schlüssel noch Preis: Was Microsoft gutschreibt, betrifft nur Sie und Microsoft.',
    text: ({ item, order, isWholeOrder }) => [
      'Guten Tag,',
      isWholeOrder
        ? `wie gewünscht wurde Ihre Bestellung ${order} bei Microsoft storniert: ${item}.`
        : `wie gewünscht wurde dieser Teil Ihrer Bestellung ${order} bei Microsoft storniert: ${item}.`,
      'Die Product Keys sind nicht mehr gültig. Bitte verwenden Sie diese Software nicht mehr und deinstallieren Sie sie.',
      'Bei Fragen antworten Sie bitte einfach auf diese Nachricht.',
    ],
  },
};
