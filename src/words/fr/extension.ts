import type { Words } from '../words.ts';

export const extension: Words['extension'] = {
  order: (number) => `Commande ${number}`,
  nothing: (text) => `Aucun résultat pour « ${text} ».`,
  noOrders: 'Vous n’avez encore rien commandé ici. Saisissez un numéro de commande ou le nom d’un client.',
  noCases: 'Il n’y a pas encore de dossier d’annulation.',
  noCustomers: 'Il n’y a pas encore de client.',
  private: (reference) =>
    `L’annulation ${reference} a été envoyée en privé : il n’y a pas de carte à insérer dans une conversation. Écrivez « dossiers ${reference} » au bot.`,
  slow: 'L’Espace partenaires met du temps à répondre. Relancez la recherche dans un instant.',
};
