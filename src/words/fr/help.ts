import type { Words } from '../words.ts';

export const help: Words['help'] = {
  title: 'Software Desk',
  hello: (name) =>
    `Bonjour${name ? ` ${name}` : ''}. Je vous aide à acheter des logiciels locaux pour vos clients, à obtenir clés et téléchargements et à annuler des achats.`,
  intro: 'Saisissez l’une de ces commandes. Dans un canal, mentionnez-moi d’abord (@) : je réponds dans le même fil.',
  commands: {
    buy: 'commander des logiciels pour un client',
    software: 'ce que possède un client : « logiciels contoso »',
    orders: 'les commandes d’un client : « commandes contoso »',
    mine: 'ce que vous avez commandé ici : « mes commandes »',
    keys: 'clé et téléchargements d’une commande, pour vos yeux seulement',
    cancel: 'annuler une commande et obtenir le remboursement',
    cases: 'les annulations et leur état',
    drafts: 'ce que vous avez commencé, pour le poursuivre',
    remind: 'être prévenu avant qu’une commande ne puisse plus être annulée',
    audit: 'qui a fait quoi, pour les administrateurs, dans la conversation personnelle : « journal contoso »',
    language: 'la langue dans laquelle j’écris : « langue deutsch »',
    whoami: 'qui vous êtes pour moi et ce que vous pouvez faire',
    help: 'cette liste',
  },
  welcome: 'Je vous en prie',
  anythingElse: 'Saisissez ce que vous souhaitez ensuite, ou « aide ».',
  notUnderstood: (text) => `Je n’ai pas compris « ${text} ».`,
  didYouMean: (command) => `Vouliez-vous dire « ${command} » ?`,
  whoami: {
    title: (name) => `Vous êtes ${name}`,
    roles: 'Rôles',
    none: 'aucun que je connaisse',
    may: 'Vous pouvez',
    nothing:
      'Vous ne pouvez encore rien faire ici. Demandez à un administrateur de votre compte Espace partenaires de vous attribuer un rôle.',
    id: 'ID d’objet Entra',
  },
};
