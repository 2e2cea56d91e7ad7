import type { Words } from '../words.ts';
import { count, moment } from './common.ts';

export const keys: Words['keys'] = {
  title: 'Clés et téléchargements',
  whichOrder: (customer) => `Quel logiciel de ${customer} ?`,
  whichVersion: 'Quelle version ?',
  whichLanguage: 'Quelle langue ?',
  whichArchitecture: '32 ou 64 bits ?',
  ready: 'Prêt',
  facts: {
    customer: 'Client',
    order: 'Commande',
    item: 'Article',
    version: 'Version',
    language: 'Langue',
    architecture: 'Architecture',
  },
  warning:
    'Les clés et les liens sont précieux : une clé divulguée est vite épuisée. Ne les donnez qu’au client, jamais dans un canal. Chaque consultation est enregistrée.',
  customerToo:
    'L’administrateur général du client les trouve lui-même dans le Centre d’administration Microsoft 365 : Facturation → Vos produits → Logiciels.',
  privately: 'Vous seul le verrez.',
  keyTitle: 'Pour vos yeux seulement',
  keySummary: 'Clé de produit (privé)',
  keyOf: (version) => `Clé de produit de ${version}`,
  linkOf: (version) => `Adresse de téléchargement de ${version}`,
  linkExpires: 'L’adresse expire cinq jours après le premier téléchargement.',
  openDownload: 'Télécharger',
  hiddenAfter: (seconds) => `Disparaît au bout de ${count(seconds, { one: 'seconde', other: 'secondes' })}.`,
  closeWindow: 'Vous seul voyez cette fenêtre. Fermez-la quand vous avez terminé.',
  shown: (who, what, at, zone) =>
    `${what === 'key' ? 'Clé montrée' : 'Adresse de téléchargement montrée'} : ${who}, ${moment(at, zone)}`,
  said: 'Envoyé en privé dans cette conversation.',
  coming: 'La réponse apparaît ici dans un instant.',
  notHidden: (personId) => ({
    title: 'Une clé est peut-être encore affichée sur un écran',
    text: `Depuis un jour, Teams refuse de retirer un message qui montre une clé ou une adresse de téléchargement à une personne (${personId}). Demandez-lui de le supprimer et considérez la clé comme divulguée.`,
  }),
  hidden: 'Masqué.',
  settled: 'De nouveau masqué. Pour le revoir, saisissez :',
  again: (order) => `clés ${order}`,
  notHere: {
    title: 'Clés de cette commande',
    text: 'L’Espace partenaires propose les clés et les téléchargements dans son portail, et non par API. Un agent d’administration les y trouve :',
    said: (reason) => `Réponse de l’Espace partenaires : ${reason}`,
    steps:
      'Clients → le client → Logiciels → version, langue, 32 ou 64 bits → Obtenir les clés et les téléchargements.',
    portal: 'Ouvrir l’Espace partenaires',
    portalUrl: 'https://partner.microsoft.com/dashboard/commerce2/customers/list',
    adminCenter: 'Ouvrir le Centre d’administration Microsoft 365',
    adminCenterUrl: 'https://admin.microsoft.com/Adminportal/Home#/subscriptions',
  },
  tooLate:
    'L’Espace partenaires a mis trop de temps : rien n’a été montré, et personne n’est enregistré comme l’ayant vu. Appuyez de nouveau sur le bouton : une nouvelle demande sera faite.',
  tooLateAgain:
    'L’Espace partenaires a de nouveau mis trop de temps : rien n’a été montré. Réessayez plus tard ou ouvrez l’Espace partenaires : Clients → le client → Logiciels.',
  pressInstead: 'Appuyez sur le bouton de la carte, pour que la réponse ne parvienne qu’à vous.',
  dialog:
    'Teams n’a pas accepté de message privé ici. Appuyez de nouveau sur le bouton : il ouvre maintenant une fenêtre que vous seul voyez.',
};
