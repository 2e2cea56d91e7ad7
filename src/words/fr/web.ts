import type { Words } from '../words.ts';

export const web: Words['web'] = {
  page: {
    loading: 'Chargement …',
    notOpened: 'Impossible d’ouvrir cette page. Ouvrez-la dans Microsoft Teams avec le compte de votre organisation.',
    noScript: 'Cette page nécessite JavaScript.',
    again: 'Réessayer',
    failed: 'L’envoi n’a pas abouti. Réessayez.',
    working: 'Traitement en cours …',
    close: 'Fermer',
    ask: 'Que voulez-vous faire ?',
    send: 'Envoyer',
    conversation: 'Conversation',
  },
};
