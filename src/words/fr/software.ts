import type { Words } from '../words.ts';
import { count, day, number } from './common.ts';

const states = {
  pending: 'en attente',
  active: 'actif',
  cancelling: 'en cours d’annulation',
  cancelled: 'annulé',
};

const lines = { one: 'ligne', other: 'lignes' };
const dayForms = { one: 'jour', other: 'jours' };

export const software: Words['software'] = {
  softwareOf: (customer) => `Logiciels de ${customer}`,
  ordersOf: (customer) => `Commandes de ${customer}`,
  mine: {
    which: 'Laquelle de vos commandes ?',
    none: 'Aucune commande de votre part ici',
    noneText:
      'Rien n’a été commandé ici à votre nom. Pour les commandes d’un client, saisissez « commandes » et son nom.',
  },
  whichCustomer: 'Quel client ?',
  several: (text) => `Plusieurs clients correspondent à « ${text} ». Lequel ?`,
  nothing: (customer) =>
    `${customer} n’a pas encore de logiciels. Saisissez « acheter ${customer} » pour en commander.`,
  noOrders: (customer) =>
    `${customer} n’a pas encore de commandes. Saisissez « acheter ${customer} » pour en passer une.`,
  noneNamed: (text) => `Rien de ce qui a été acheté ne s’appelle « ${text} » : tout est affiché.`,
  all: (all, cancellable) =>
    [
      count(all, lines),
      ...(cancellable > 0 ? [`${cancellable} encore annulable${cancellable === 1 ? '' : 's'}`] : []),
    ].join(' · '),
  summary: (title, all, soonest) =>
    soonest === undefined
      ? `${title} : ${count(all, lines)}`
      : `${title} : ${count(all, lines)} ; une annulation n’est possible que pendant ${soonest === 0 ? 'moins d’un jour' : count(soonest, dayForms)} encore`,
  bought: (at) => `Commandé le ${day(at)}`,
  state: (state) => states[state],
  orderNumber: (number) => `commande ${number}`,
  daysLeft: (days, until) =>
    days === 0
      ? `dernier jour pour annuler (jusqu’au ${day(until)})`
      : `encore ${count(days, { one: 'jour', other: 'jours' })} pour annuler (jusqu’au ${day(until)})`,
  shortly: (left, isUrgent) =>
    left === 0 ? 'dernier jour' : isUrgent ? `encore ${count(left, dayForms)}` : count(left, dayForms),
  windowClosed: 'délai expiré',
  fileUntil: (until) => `ticket à créer avant le ${day(until)}`,
  inCase: (reference) => `annulation ${reference}`,
  noRefund: 'sans reprise',
  buyFor: (customer) => `Acheter : pour ${customer}`,
  windowOver: (until) => `délai d’annulation expiré le ${day(until)}`,
  neverTakenBack: (publisher) => `Ne peut pas être annulé : Microsoft ne reprend aucun logiciel de ${publisher}.`,
  noWindow: 'aucun délai d’annulation connu',
  line: (quantity, title) => `${number(quantity)} × ${title}`,
};
