import type { Words } from '../words.ts';
import { count, day, number } from './common.ts';

const states = {
  pending: 'in Bearbeitung',
  active: 'aktiv',
  cancelling: 'wird storniert',
  cancelled: 'storniert',
};

const lines = { one: 'Position', other: 'Positionen' };
const dayForms = { one: 'Tag', other: 'Tage' };

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
    `${customer} hat noch keine Bestellungen. Geben Sie „kaufen ${customer}“ ein, um zu bestellen.`,
  noneNamed: (text) => `Nichts Gekauftes heißt „${text}“: Hier ist alles aufgeführt.`,
  all: (all, cancellable) =>
    [count(all, lines), ...(cancellable > 0 ? [`${cancellable} noch stornierbar`] : [])].join(' · '),
  summary: (title, all, soonest) =>
    soonest === undefined
      ? `${title}: ${count(all, lines)}`
      : `${title}: ${count(all, lines)}; stornierbar nur noch ${soonest === 0 ? 'weniger als einen Tag' : count(soonest, dayForms)}`,
  bought: (at) => `Bestellt am ${day(at)}`,
  state: (state) => states[state],
  orderNumber: (number) => `Bestellung ${number}`,
  daysLeft: (days, until) =>
    days === 0
      ? `letzter Tag zum Stornieren (bis ${day(until)})`
      : `noch ${count(days, { one: 'Tag', other: 'Tage' })} zum Stornieren (bis ${day(until)})`,
  shortly: (left, isUrgent) =>
    left === 0 ? 'letzter Tag' : isUrgent ? `noch ${count(left, dayForms)}` : count(left, dayForms),
  windowClosed: 'Frist abgelaufen',
  fileUntil: (until) => `Ticket erstellen bis ${day(until)}`,
  inCase: (reference) => `Stornierung ${reference}`,
  noRefund: 'keine Rückgabe',
  buyFor: (customer) => `Kaufen: für ${customer}`,
  windowOver: (until) => `Stornierungsfrist endete am ${day(until)}`,
  neverTakenBack: (publisher) => `Kann nicht storniert werden: Microsoft nimmt keine Software von ${publisher} zurück.`,
  noWindow: 'keine Stornierungsfrist bekannt',
  line: (quantity, title) => `${number(quantity)} × ${title}`,
};
