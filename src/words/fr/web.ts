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
  secret: {
    title: 'Clés et téléchargements',
    asked: 'Récupération en cours, pour vous seul …',
    copyOf: 'Copier : ',
    copied: 'Copié. Le contenu reste dans le presse-papiers jusqu’à ce que vous copiiez autre chose.',
    notCopied: 'La copie a échoué. Sélectionnez le texte et copiez-le à la main.',
    open: 'Ouvrir le téléchargement',
    hide: 'Masquer',
    left: 'Disparaît dans {seconds} s',
    hidden: 'Masqué.',
    onlyYou: 'Vous seul voyez ceci. Il est enregistré que vous l’avez consulté.',
    failed: 'L’envoi a échoué et rien n’est montré. Appuyez de nouveau sur le bouton.',
  },
};
