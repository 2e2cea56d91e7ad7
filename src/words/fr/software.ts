import type { Words } from '../words.ts';
import { count, day } from './common.ts';

const states = {
  pending: 'en attente',
  active: 'actif',
  cancelling: 'en cours d’annulation',
  cancelled: 'annulé',
};

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
  pick: 'Faites un choix, puis appuyez sur un bouton.',
  more: (hidden) =>
    `Dans la liste ci-dessous : encore ${count(hidden, { one: 'élément plus ancien', other: 'éléments plus anciens' })}.`,
  bought: (at) => `Commandé le ${day(at)}`,
  state: (state) => states[state],
  orderNumber: (number) => `commande ${number}`,
  daysLeft: (days, until) =>
    days === 0
      ? `dernier jour pour annuler (jusqu’au ${day(until)})`
      : `encore ${count(days, { one: 'jour', other: 'jours' })} pour annuler (jusqu’au ${day(until)})`,
  windowOver: (until) => `délai d’annulation expiré le ${day(until)}`,
  neverTakenBack: (publisher) => `Ne peut pas être annulé : Microsoft ne reprend aucun logiciel de ${publisher}.`,
  noWindow: 'aucun délai d’annulation connu',
  line: (quantity, title) => `${quantity} × ${title}`,
};
