import type { Words } from '../words.ts';
import { count, moment, time } from './common.ts';
import { quoteSaid } from './partner-center.ts';

export const keys: Words['keys'] = {
  title: 'Clés et téléchargements',
  whichOrder: (customer) => `Quel logiciel de ${customer} ?`,
  of: (item) => `Clés : ${item}`,
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
    'Un administrateur du client les trouve aussi dans le Centre d’administration Microsoft 365 : Facturation → Vos produits → Logiciels.',
  privately: 'Vous seul le verrez',
  onlyYou: 'Vous seul voyez ceci',
  keyTitle: 'Pour vous seul',
  keySummary: 'Clé de produit (privé)',
  keyOf: (version) => `Clé de produit de ${version}`,
  linkOf: (version) => `Adresse de téléchargement de ${version}`,
  linkExpires: 'L’adresse expire cinq jours après le premier téléchargement.',
  openDownload: 'Télécharger',
  hiddenAfter: (seconds, at, zone) =>
    `Disparaît au bout de ${count(seconds, { one: 'seconde', other: 'secondes' })}, à ${time(at, zone)}. Votre consultation est enregistrée.`,
  closeWindow: (at, zone) =>
    `Vous seul voyez cette fenêtre, et personne d’autre ne peut la fermer. Fermez-la quand vous avez terminé, à ${time(at, zone)} au plus tard.`,
  shown: (who, what, at, zone) => {
    const address = what.some((one) => one !== 'key');
    const named = !what.includes('key')
      ? 'Adresse de téléchargement montrée'
      : address
        ? 'Clé et adresse de téléchargement montrées'
        : 'Clé montrée';
    return `${named} : ${who}, ${moment(at, zone)}`;
  },
  noLine: (order, line) => `La commande ${order} n’a pas de ligne ${line}. Choisissez l’une de ses lignes.`,
  notThere: (version, wanted, others) => `${version} n’existe pas en ${wanted}. Il existe : ${others.join(', ')}.`,
  downloadsAway: 'L’Espace partenaires n’indique pas pour le moment quels téléchargements existent.',
  fetching: 'L’Espace partenaires est interrogé. Seule la personne qui a appuyé le verra.',
  said: 'Envoyé en privé dans cette conversation.',
  coming: 'La réponse apparaît ici dans un instant.',
  tokenMisused: (name, order) => ({
    title: 'Une demande de clé à usage unique a été refusée',
    text: `Une demande à usage unique d’une clé de la commande ${order} est arrivée une deuxième fois, ou de la part d’une personne à qui elle n’était pas destinée. Elle venait de ${name}, et rien n’a été montré. Posez-lui la question ; si ${name} n’en sait rien, mettez fin à ses sessions dans Microsoft Entra.`,
  }),
  notHidden: (personId) => ({
    title: 'Une clé est peut-être encore affichée sur un écran',
    text: `Depuis un jour, Teams refuse de retirer un message qui montre une clé ou une adresse de téléchargement à une personne (${personId}). Demandez-lui de le supprimer et considérez la clé comme divulguée.`,
  }),
  hidden: 'Masqué.',
  hiddenAgain: 'De nouveau masqué.',
  settled: 'De nouveau masqué. Pour le revoir, saisissez :',
  again: (order) => `clés ${order}`,
  notHere: {
    said: (reason) => quoteSaid([reason]),
    title: 'Clés de cette commande',
    text: 'L’Espace partenaires propose les clés et les téléchargements dans son portail, et non par API. Un agent d’administration les y trouve :',
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
