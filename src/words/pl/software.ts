import type { Words } from '../words.ts';
import { count, day, days, number } from './common.ts';

const states = {
  pending: 'w toku',
  active: 'aktywne',
  cancelling: 'w trakcie anulowania',
  cancelled: 'anulowane',
};

const lines = { one: 'pozycja', few: 'pozycje', many: 'pozycji', other: 'pozycji' };

export const software: Words['software'] = {
  softwareOf: (customer) => `Oprogramowanie klienta ${customer}`,
  ordersOf: (customer) => `Zamówienia klienta ${customer}`,
  mine: {
    which: 'Które z Twoich zamówień?',
    none: 'Nie ma tu Twoich zamówień',
    noneText: 'Na Twoje nazwisko niczego tu nie zamówiono. Zamówienia klienta pokaże „zamówienia” z jego nazwą.',
  },
  whichCustomer: 'Który klient?',
  several: (text) => `Kilku klientów pasuje do „${text}”. Który z nich?`,
  nothing: (customer) => `${customer} nie ma jeszcze oprogramowania. Wpisz „kup ${customer}”, aby je zamówić.`,
  noOrders: (customer) => `${customer} nie ma jeszcze zamówień. Wpisz „kup ${customer}”, aby złożyć pierwsze.`,
  noneNamed: (text) => `Nic, co kupiono, nie nazywa się „${text}”: oto wszystko.`,
  all: (all, cancellable) =>
    [count(all, lines), ...(cancellable > 0 ? [`do anulowania: ${cancellable}`] : [])].join(' · '),
  summary: (title, all, soonest) =>
    soonest === undefined
      ? `${title}: ${count(all, lines)}`
      : `${title}: ${count(all, lines)}; jedną można anulować już tylko przez ${soonest === 0 ? 'niecały dzień' : count(soonest, days)}`,
  bought: (at) => `Zamówiono ${day(at)}`,
  state: (state) => states[state],
  orderNumber: (number) => `zamówienie ${number}`,
  daysLeft: (left, until) =>
    left === 0
      ? `ostatni dzień na anulowanie (do ${day(until)})`
      : `na anulowanie: jeszcze ${count(left, days)} (do ${day(until)})`,
  shortly: (left, isUrgent) =>
    left === 0 ? 'ostatni dzień' : isUrgent ? `na anulowanie: ${count(left, days)}` : count(left, days),
  windowClosed: 'okres minął',
  fileUntil: (until) => `zgłoszenie złożyć do ${day(until)}`,
  inCase: (reference) => `anulowanie ${reference}`,
  noRefund: 'bez zwrotu',
  buyFor: (customer) => `Kup: dla ${customer}`,
  windowOver: (until) => `okres anulowania minął ${day(until)}`,
  neverTakenBack: (publisher) =>
    `Nie można anulować: Microsoft nie przyjmuje zwrotów oprogramowania wydawcy ${publisher}.`,
  noWindow: 'okres anulowania nieznany',
  line: (quantity, title) => `${number(quantity)} × ${title}`,
};
