import type { Words } from '../words.ts';
import { local } from './common.ts';

export const caseCard: Words['caseCard'] = {
  title: (reference) => `Annulation ${reference}`,
  summary: (reference, customer, state) => `Annulation ${reference} pour ${customer} : ${state}`,
  asked: (item) => `remboursement demandé pour ${item}`,
  back: (item) => `remboursé pour ${item}`,
  credited: (item) =>
    `remboursement demandé pour ${item} ; la prochaine facture indiquera le montant crédité par Microsoft`,
  steps: {
    submitted: (by) => `Envoyée par ${by}`,
    cancelling: 'Annulation demandée à l’Espace partenaires',
    filing: 'Le ticket est en cours de création',
    filed: (ticketId) => (ticketId ? `Ticket ${ticketId} créé` : 'Ticket créé'),
    decides: 'Microsoft décide',
    'needs-person': (isNow) => (isNow ? 'Attend une intervention' : 'A attendu une intervention'),
    completed: (isWholeOrder) =>
      isWholeOrder ? 'Commande annulée, clé révoquée' : 'Cette partie annulée, sa clé révoquée',
    refused: 'Refusée : rien n’a été annulé',
    givenUp: (by) => `Classée sans suite par ${by}`,
    at: local,
    since: (at, zone) => `depuis le ${local(at, zone)}`,
    now: 'maintenant',
    ahead: 'à venir',
  },
  forCustomer: {
    title: 'Texte pour le client',
    hint: 'Copiez-le dans un message au client et modifiez ce que vous voulez. Il ne contient ni clé ni prix : ce que Microsoft crédite reste entre vous et Microsoft.',
    text: ({ item, order, isWholeOrder }) => [
      'Bonjour,',
      isWholeOrder
        ? `comme vous l’avez souhaité, votre commande ${order} a été annulée chez Microsoft : ${item}.`
        : `comme vous l’avez souhaité, cette partie de votre commande ${order} a été annulée chez Microsoft : ${item}.`,
      'Ses clés de produit ne sont plus valables. Merci de ne plus utiliser ce logiciel et de le désinstaller.',
      'Pour toute question, il suffit de répondre à ce message.',
    ],
  },
};
