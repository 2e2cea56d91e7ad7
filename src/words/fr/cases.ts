import type { Words } from '../words.ts';
import { count, moment } from './common.ts';

export const cases: Words['cases'] = {
  following: {
    yes: 'Dans notre propre conversation, vous apprendrez ce qu’il en advient.',
    no: 'Vous n’apprendrez plus ce qu’il en advient.',
    told: 'Vous l’avez envoyé ou préparé : vous apprendrez de toute façon ce qu’il en advient.',
    over: 'Le dossier est terminé : il n’y a plus rien à signaler.',
  },
  title: 'Dossiers d’annulation',
  count: (open, waiting) =>
    [
      count(open, { one: 'dossier ouvert', other: 'dossiers ouverts' }),
      ...(waiting > 0 ? [`${waiting} à examiner`] : []),
    ].join(' · '),
  newest: (most) =>
    `Les ${most} plus récents, et les plus récents à examiner. Pour les autres, tapez « dossiers » et le nom du client.`,
  summary: (title, open, waiting) =>
    [
      `${title} : ${count(open, { one: 'dossier ouvert', other: 'dossiers ouverts' })}`,
      ...(waiting > 0 ? [`${waiting} à examiner`] : []),
    ].join(', '),
  open: (reference) => `Ouvrir : ${reference}`,
  of: (customer) => `Dossiers d’annulation de ${customer}`,
  noneOf: (customer) =>
    `${customer} n’a pas de dossier d’annulation. Pour en ouvrir un, saisissez « annuler » et un numéro de commande.`,
  severalCustomers: (text) =>
    `Plusieurs clients correspondent à « ${text} ». Voici les dossiers de certains d’entre eux ; saisissez « dossiers » et une plus grande partie du nom.`,
  none: 'Il n’y a pas de dossier d’annulation. Pour en ouvrir un, saisissez « annuler » et un numéro de commande.',
  changed:
    'Le dossier a évolué depuis la création de cette carte, je n’ai donc rien fait. Consultez-le dans son état actuel.',
  unknown: (reference) => `Il n’y a pas de dossier « ${reference} ». Voici les plus récents.`,
  heading: (reference) => `Dossier ${reference}`,
  follow: 'Suivant : suivre ce numéro',
  fileAgain: 'Créer le ticket : de nouveau',
  giveUp: 'Classer sans suite : ce dossier',
  confirmAction: {
    now: (reference) => `Annuler maintenant ? ${reference}`,
    nowText: ({ isWholeOrder, order, customer }) =>
      `Annule immédiatement dans l’Espace partenaires ${isWholeOrder ? `toute la commande ${order}` : `cette partie de la commande ${order}`} de ${customer}. Cette action est irréversible.`,
    nowButton: 'Annuler maintenant : définitivement',
    unread: 'Le montant qui en résulterait n’a pas pu être lu.',
    giveUp: (reference) => `Classer ${reference} sans suite ?`,
    giveUpText: (order) =>
      `Le dossier est clos sans suite : la commande ${order} n’est pas annulée, et plus rien n’est fait ici. Toutes les personnes informées du dossier sont prévenues. Une nouvelle annulation peut être commencée tant que le délai court.`,
  },
  whatToDo: (state) =>
    state === 'needs_person'
      ? 'Suivez un autre numéro de demande, créez le ticket une nouvelle fois ou classez le dossier sans suite : plus rien n’est alors fait, et un nouveau peut être ouvert.'
      : 'Si le numéro de la demande est faux, indiquez le bon.',
  opened: (at, zone) => `depuis le ${moment(at, zone)}`,
};

export const drafts: Words['drafts'] = {
  title: 'Brouillons',
  none: 'Vous n’avez pas de brouillons.',
  count: (drafts) => count(drafts, { one: 'brouillon', other: 'brouillons' }),
  waiting: 'attend quelqu’un',
  changed: (at, zone) => `dernière modification : ${moment(at, zone)}`,
  handedOver: (name) => `transmis par ${name}`,
  mine: 'le vôtre',
};

export const notices: Words['notices'] = {
  digest: (n) => `Nouvelles des annulations et des commandes : ${n}`,
  digestText: 'Beaucoup sont arrivées en une minute, elles sont donc réunies. Chaque ligne ouvre la sienne.',
  completed: (reference, order) => `L’annulation ${reference} est terminée : commande ${order}`,
  completedText:
    'Ce qui est nommé ici est annulé, et la clé est révoquée. Le client doit cesser d’utiliser ce logiciel et le désinstaller. L’avoir figurera sur la prochaine facture.',
  refused: (reference, order) => `L’annulation ${reference} a été refusée : la commande ${order} n’est PAS annulée`,
  givenUp: (reference, order) => `L’annulation ${reference} est classée sans suite : commande ${order}`,
  needsPerson: (reference, order) => `L’annulation ${reference} vous attend : commande ${order}`,
  closing: (order, until, zone) => `La commande ${order} ne peut être annulée que jusqu’au ${moment(until, zone)}`,
  stillDraft: (owner) => `L’annulation commencée par ${owner} est encore un brouillon : rien n’a été envoyé.`,
  stillHandOver: (reference) => `Le ticket de ${reference} n’a pas été créé : Microsoft n’en sait encore rien.`,
  again: 'Renvoyé : il n’est pas certain que le premier message soit arrivé.',
  againSummary: (summary: string) => `De nouveau : ${summary}`,
  discarded: (by, title) => `${by} a abandonné : ${title}`,
  discardedText: 'Vous l’aviez préparé, et il avait été transmis. Rien n’a été commandé, annulé ni envoyé.',
  why: 'Vous recevez ce message parce que vous l’avez demandé ou parce que la conversation a commencé ici.',
};

export const reminders: Words['reminders'] = {
  cancel: 'Annuler la commande…',
  set: (order) => `Rappel défini pour la commande ${order}`,
  setText: (until, zone) => `Je vous le rappellerai ici avant la fin du délai, le ${moment(until, zone)}.`,
  comesBack: 'remboursé si elle est annulée maintenant',
  kept: (by, order, customer) => `${by} conserve la commande ${order} de ${customer}`,
  noMore: 'Il n’y aura plus de rappel à son sujet.',
  lastDay: (by, order, customer) =>
    `Un dernier rappel de la commande ${order} de ${customer} pour ${by}, le dernier jour`,
  lastAt: (at, zone) => `Le dernier rappel arrivera le ${moment(at, zone)}.`,
  stillUntil: (until, zone) => `Elle peut encore être annulée jusqu’au ${moment(until, zone)}.`,
  again: (order) => `Pour recevoir tous les rappels, saisissez « rappeler ${order} ».`,
  notYours: (order) =>
    `Seule la personne à qui il s’adresse peut mettre fin à un rappel. Pour en avoir un, saisissez « rappeler ${order} ».`,
  notSet: (order) => `Aucun rappel défini pour la commande ${order}`,
  noWindow: (order) =>
    `Je ne connais aucun délai d’annulation de cette commande, il n’y a donc pas de moment à rappeler. Pour demander malgré tout un remboursement à Microsoft, saisissez « annuler ${order} ».`,
};
