import { formattersFor } from '../format.ts';
import type { Words } from '../words.ts';

export const { money, amount, number, day, moment, local, time, size, country, inTime, count } = formattersFor('fr-FR');

export { withoutFullStop } from '../format.ts';

export const buttons: Words['buttons'] = {
  next: 'Suivant',
  turnOff: 'Désactiver',
  back: 'Précédent',
  discard: 'Abandonner',
  later: 'Enregistrer pour plus tard',
  edit: 'Modifier',
  reviewOrder: 'Vérifier la commande',
  addLine: 'Ajouter une autre ligne',
  removeFile: 'Retirer',
  files: 'Fichiers',
  removeLine: 'Retirer',
  confirm: 'Confirmer',
  agreement: 'Contrat client',
  submit: 'Envoyer',
  cancelNow: 'Annuler maintenant',
  fileTicket: 'Créer le ticket',
  byTicket: 'Par ticket',
  reviewTicket: 'Vérifier le ticket',
  oneForm: 'Un seul formulaire',
  ticketPage: 'Formulaire avec fichiers',
  stepByStep: 'Étape par étape',
  software: 'Logiciels',
  keys: 'Clés',
  cancel: 'Annuler la commande',
  getKey: 'Afficher la clé',
  download: 'Télécharger',
  copyLink: 'Copier le lien',
  reportLeak: 'Signaler une fuite',
  liftLeak: 'Lever',
  hide: 'Masquer',
  done: 'Terminé',
  giveUp: 'Classer sans suite',
  exportFile: 'Exporter en CSV',
  remindMe: 'Me le rappeler',
  resume: 'Reprendre',
  claim: 'Prendre',
  comment: 'Commenter',
  approve: 'Approuver',
  reject: 'Refuser',
  handOver: 'Transmettre',
  open: 'Ouvrir',
  follow: 'Me prévenir aussi',
  unfollow: 'Ne plus me prévenir',
  textForCustomer: 'Texte pour le client',
  keepIt: 'Conserver',
  lastDay: 'Dernier jour',
  choose: 'Choisir',
  language: 'Langue',
  find: 'Rechercher',
  more: 'Plus',
};

export const inputs: Words['inputs'] = {
  customer: 'Client',
  product: 'Produit',
  edition: 'Édition',
  segment: 'Segment',
  quantity: 'Quantité',
  term: 'Durée',
  billing: 'Facturation',
  version: 'Version',
  language: 'Langue',
  architecture: 'Architecture',
  tenant: 'Locataire du client (GUID ou domaine)',
  named: 'ID de la commande ou de l’abonnement',
  why: 'Pourquoi ce retour ?',
  reason: 'Motif du remboursement',
  amount: 'Montant demandé',
  amountNote: 'Pourquoi moins que le montant payé',
  impact: 'Impact',
  title: 'Titre',
  contactName: 'Nom du contact',
  contactEmail: 'Adresse e-mail du contact',
  contactPhone: 'Téléphone du contact',
  draft: 'Brouillon',
  find: 'Client, commande ou dossier',
  comment: 'Commentaire ou motif',
  leaked: 'Qu’est-ce qui a fuité ?',
  who: 'Qui',
  case: 'Dossier',
  attestation: 'Attestation',
  lines: 'Éléments à annuler',
  requestNumber: 'Numéro de la demande',
  firstName: 'Prénom',
  lastName: 'Nom',
  email: 'Adresse e-mail',
  phone: 'Téléphone (facultatif)',
  agreedOn: 'Date d’acceptation',
};

export const roles: Words['roles'] = {
  'admin-agent': 'agent d’administration',
  'global-admin': 'administrateur général',
  'sales-agent': 'agent commercial',
  'helpdesk-agent': 'agent du support technique',
};

export const rights: Words['rights'] = {
  look: 'consulter les clients, les logiciels et les commandes',
  'buy.prepare': 'préparer une commande',
  'buy.confirm': 'confirmer une commande',
  'agreement.confirm': 'confirmer le contrat d’un client',
  'keys.reveal': 'voir les clés de produit et les téléchargements',
  'leak.report': 'signaler une fuite et la lever',
  'cancel.prepare': 'préparer une annulation',
  'cancel.submit': 'envoyer une annulation',
  approve: 'approuver ce que d’autres demandent',
  'audit.read': 'lire le journal d’audit',
  'setup.check': 'vérifier ma configuration',
};

export const common: Words['common'] = {
  simulated: 'Simulation',
  simulatedMore: 'Rien n’est commandé chez Microsoft.',
  required: 'Veuillez remplir ce champ.',
  of: (step, steps) => `Étape ${step} sur ${steps}`,
  working: {
    title: 'Traitement en cours…',
    text: 'Cela prend un peu plus de temps. Ce message changera dès que ce sera terminé.',
  },
  busy: {
    order: 'La commande est en cours de passation dans l’Espace partenaires.',
    agreement: 'Le contrat est en cours d’enregistrement.',
    ticket: 'Le ticket est en cours de création.',
    cancellation: 'L’annulation est en cours d’envoi.',
    givingUp: 'Le dossier est en cours de clôture.',
    note: 'Cette carte changera dès que ce sera terminé ; d’ici là, il n’y a rien à faire.',
  },
  stillWorking: 'Traitement toujours en cours. La carte changera dès que ce sera terminé.',
  answered: (question, answer) => `${question} : ${answer}`,
  continuesBelow: 'La conversation se poursuit ci-dessous.',
  otherCardCounts: 'La conversation s’est poursuivie entre-temps : c’est l’autre carte qui compte.',
  continuesInPrivate: (name) => `${name} poursuit en privé.`,
  answeredInPrivate: 'Réponse donnée en privé.',
  onlyYou: (readers) =>
    readers === 'outsiders'
      ? 'Des personnes extérieures à votre organisation sont présentes ici : vous seul voyez ceci.'
      : 'Impossible de savoir pour le moment qui lit ceci : vous seul le voyez.',
  withheld: (readers) => ({
    title: 'Non affiché ici',
    text:
      readers === 'outsiders'
        ? 'Des personnes extérieures à votre organisation sont présentes ici. Clients, prix et commandes ne s’affichent que dans votre propre conversation avec Software Desk ou, si vous demandez ici, pour vous seul.'
        : 'Impossible de savoir pour le moment qui lit ceci. Clients, prix et commandes ne s’affichent que dans votre propre conversation avec Software Desk ou, si vous demandez ici, pour vous seul.',
  }),
  privateFailed: {
    title: 'Je n’ai pas pu répondre en privé à cet endroit',
    text: 'Teams n’a pas remis ma réponse privée. Posez-moi la question ici, dans cette conversation ; personne d’autre n’a rien vu.',
  },
  wasCommand: 'Était-ce une instruction pour moi ? Le bouton l’exécute ; cette conversation reste telle quelle.',
  unreadMessage: (what) =>
    `Je ne sais pas lire les ${{ file: 'fichiers', picture: 'images', forwarded: 'messages transférés' }[what]}.\nSaisissez ce que vous souhaitez, par exemple « commandes contoso », ou répondez avec des mots à ma dernière question.`,
  changedMessage:
    'Vous avez modifié un message que j’avais déjà lu.\nJe ne fais rien deux fois. Saisissez-le de nouveau dans un nouveau message.',
  perhapsAnswered: {
    title: 'Ma réponse est-elle arrivée ?',
    text: 'Teams ne m’a pas dit si vous voyez ma réponse. Si ce n’est pas le cas, demandez de nouveau : rien ne sera fait deux fois.',
  },
  notTaken: 'Teams n’a pas accepté ma réponse.\nRéessayez ; votre saisie est conservée et rien ne sera fait deux fois.',
  askedAgain: (question) => `${question} : question reposée ci-dessous.`,
  discarded: (title) => ({ title: `Abandonné : ${title}`, text: 'Rien n’a été commandé, annulé ni envoyé.' }),
  savedForLater: (title) => ({
    title: `Enregistré : ${title}`,
    text: 'Pour continuer, appuyez sur « Reprendre » ou saisissez « brouillons » n’importe où. Les brouillons sont conservés 30 jours.',
  }),
  notKept: (command) => ({
    title: 'Non conservé',
    text: `Cette conversation n’est pas conservée pour plus tard ; rien n’y a été commandé ni annulé. Pour la recommencer, saisissez : ${command}`,
  }),
  handedOver: (by) =>
    `Préparé par ${by}. Toute personne qui en a le droit peut continuer ici ou le retrouver sous « brouillons ».`,
  leftForOthers: (title, { told, asked }) => ({
    title: `Transmis : ${title}`,
    text: [
      `Un agent d’administration le retrouve sous « brouillons », avec le nom « ${title} ».`,
      ...(asked ? [`Je demande à ${asked} de poursuivre.`] : []),
      ...(told === undefined || asked
        ? []
        : [told > 0 ? 'Je les préviens.' : 'Prévenez l’un d’eux : je ne connais personne à prévenir.']),
    ].join(' '),
  }),
  askOne: 'Pour demander à une personne précise, choisissez-la.',
  handOverTo: 'Transmettre : à cette personne',
  toOneOfYou: (by) => `${by} a transmis ceci. L’un de vous peut poursuivre ici.`,
  toYou: (by) => `${by} vous demande de poursuivre.`,
  toTakeOver: (by, title, isAsked = false) => ({
    title: isAsked ? `${by} vous demande de poursuivre : ${title}` : `${by} a transmis : ${title}`,
    text: 'Cela attend une personne qui a le droit de poursuivre. Appuyez sur « Ouvrir » ou saisissez « brouillons ».',
  }),
  untold: (title, name) => ({
    title: name ? `Impossible de prévenir ${name} : ${title}` : `Impossible de prévenir qui que ce soit : ${title}`,
    text: name
      ? `Je n’ai pas pu joindre ${name}. Prévenez cette personne, ou un autre agent d’administration, que cela attend sous « brouillons ».`
      : 'Je n’ai pu joindre aucun agent d’administration. Prévenez l’un d’eux que cela attend sous « brouillons ».',
  }),
  resumed: 'Repris ci-dessous.',
  resumedElsewhere: 'Repris dans une autre conversation.',
  goneOn: (name) => `${name} poursuit.`,
  ended: (name) => `${name} a mené cela à son terme.`,
  endedWith: (name, outcome) => `${name} a mené cela à son terme : ${outcome}`,
  fault: (reference, { isKept = true } = {}) =>
    `Un problème est survenu de notre côté ; ${isKept ? 'votre saisie est conservée' : 'rien n’a été commencé'}.\nRéessayez ; si cela se reproduit, donnez ce numéro à votre administrateur : ${reference}.`,
  signInRefused:
    'L’Espace partenaires n’accepte plus notre connexion. Prévenez votre administrateur : le consentement doit être renouvelé. Une nouvelle tentative aura lieu automatiquement ; rien n’est perdu et rien n’est fait deux fois.',
  sayYesAgain: 'Rien n’a encore été fait. Saisissez encore une fois « oui » ou appuyez sur le bouton, et ce sera fait.',
  saidNo: 'Rien n’a été commandé, annulé ni envoyé. Modifiez-le, enregistrez-le pour plus tard ou abandonnez-le.',
  portalMfa: 'Le portail demande une authentification multifacteur (MFA) à la connexion.',
  chooseOne: 'Veuillez faire un choix.',
  more: (left) => `Plus : ${left}`,
  fromStart: 'Retour : au début',
  shownOf: (first, last, all) => `${first} à ${last} sur ${all}.`,
  pressButton: 'Appuyez sur un bouton de la carte.',
};
