import type { Words } from '../words.ts';
import { count, day } from './common.ts';

const states = {
  pending: 'in Bearbeitung',
  active: 'aktiv',
  cancelling: 'wird storniert',
  cancelled: 'storniert',
};

export const software: Words['software'] = {
  softwareOf: (customer) => `Software von ${customer}`,
  ordersOf: (customer) => `Bestellungen von ${customer}`,
  mine: {
    which: 'Welche Ihrer Bestellungen?',
    none: 'Hier gibt es keine Bestellungen von Ihnen',
    noneText:
      'In Ihrem Namen wurde hier nichts bestellt. Für die eines Kunden geben Sie „bestellungen“ und den Namen ein.',
  },
  whichCustomer: 'Welcher Kunde?',
  several: (text) => `Mehrere Kunden passen zu „${text}“. Welcher ist es?`,
  nothing: (customer) =>
    `${customer} hat noch keine Software. Geben Sie „kaufen ${customer}“ ein, um welche zu bestellen.`,
  noOrders: (customer) =>
    `${customer} hat noch keine Bestellungen. Geben Sie „kaufen ${customer}“ ein, um eine aufzugeben.`,
  noneNamed: (text) => `Nichts Gekauftes heißt „${text}“: Hier ist alles aufgeführt.`,
  pick: 'Wählen Sie eine Zeile und drücken Sie dann eine Schaltfläche.',
  more: (hidden) =>
    `In der Liste unten ${hidden === 1 ? 'steht' : 'stehen'} noch ${count(hidden, { one: 'ältere', other: 'ältere' })}.`,
  bought: (at) => `Bestellt am ${day(at)}`,
  state: (state) => states[state],
  orderNumber: (number) => `Bestellung ${number}`,
  daysLeft: (days, until) =>
    days === 0
      ? `letzter Tag zum Stornieren (bis ${day(until)})`
      : `noch ${count(days, { one: 'Tag', other: 'Tage' })} zum Stornieren (bis ${day(until)})`,
  windowOver: (until) => `Stornierungsfrist endete am ${day(until)}`,
  neverTakenBack: (publisher) => `Kann nicht storniert werden: Microsoft nimmt keine Software von ${publisher} zurück.`,
  noWindow: 'keine Stornierungsfrist bekannt',
  line: (quantity, title) => `${quantity} × ${title}`,
};
