import { moneyOf } from '../../domain/money.ts';
import type { Words } from '../words.ts';
import { amount, count, day, local, moment, money, number, withoutFullStop } from './common.ts';
import { explainSaid } from './partner-center.ts';

const impacts = {
  critical: 'Critique : l’activité est à l’arrêt',
  moderate: 'Modéré : l’activité est affectée',
  minimal: 'Minime : une question ou un petit problème',
};

const states = {
  submitted: 'envoyée',
  filing: 'le ticket est en cours de création',
  filed: 'en attente de Microsoft',
  cancelling: 'en cours d’annulation',
  completed: 'terminée',
  refused: 'refusée',
  needs_person: 'à examiner',
};

const endings = {
  'cancel-now': 'immédiatement par l’API de l’Espace partenaires',
  ticket: 'par un ticket à Microsoft',
};

const days = { one: 'jour', other: 'jours' };

export const impact: Words['impact'] = (name) => impacts[name];
export const caseState: Words['caseState'] = (state) => states[state];
export const ending: Words['ending'] = (name) => endings[name];

const left = (n: number): string => (n === 0 ? 'moins d’un jour' : `encore ${count(n, days)}`);

const formula: Words['cancel']['refund'] = ({ amount, paid, rule, termDays, usedDays, pieces }) =>
  (rule === 'full' || termDays === undefined
    ? `${money(amount)} (${rule === 'full' ? 'remboursement intégral' : 'au prorata des jours'})`
    : `${money(amount)} = ${money(paid)} × (${number(termDays)} − ${number(usedDays ?? 0)}) / ${count(termDays, days)}`) +
  (pieces ? `, pour ${number(pieces.refundable)} sur ${number(pieces.of)}` : '');

export const cancel: Words['cancel'] = {
  begunBy: (name, at, zone) =>
    `${name} a commencé une annulation de cette commande (${moment(at, zone)}) ; c’est encore un brouillon. Demandez avant de continuer : une seule peut être envoyée.`,
  title: (order) => `Annuler la commande ${order}`,
  draftTitle: (order, customer) => `Annulation de la commande ${order} de ${customer}`,
  whichOrder: (customer) => `Quelle commande de ${customer} ?`,
  whichLines: 'Que faut-il annuler ?',
  linesHint:
    'Choisissez une ligne, plusieurs ou toutes : elles forment un seul dossier. Une ligne ne peut être retournée qu’en entier.',
  wholeOrder: 'Toute la commande',
  facts: {
    customer: 'Client',
    order: 'Commande',
    item: 'Article',
    window: 'Annulable',
    refund: 'Remboursement',
    ending: 'Comment',
    state: 'État',
    case: 'Dossier',
    ticket: 'Ticket',
    amount: 'Montant demandé',
    by: 'Demandé par',
    seenBy: 'Clé vue par',
  },
  until: (at, days, zone) => `jusqu’au ${moment(at, zone)} – ${left(days)}`,
  closed: (at, zone) => `le délai a expiré le ${moment(at, zone)} ; Microsoft peut refuser un ticket`,
  refusedAtOnce: (at, reason) =>
    `Le ${day(at)}, l’Espace partenaires a refusé d’annuler immédiatement cette commande et la refuserait encore. ${withoutFullStop(reason)}. Le remboursement peut être demandé à Microsoft par un ticket.`,
  nowRefused: (reason) =>
    `L’Espace partenaires n’a pas annulé immédiatement. ${withoutFullStop(reason)}. Rien n’est annulé, et votre motif est conservé : « Par ticket » demande le remboursement à Microsoft.`,
  noWindow: 'aucun délai connu ; Microsoft décide',
  refund: formula,
  unknownRefund: 'l’Espace partenaires n’indique pas de prix',
  ifGranted: (refund) => `${refund}, si Microsoft l’accorde`,
  ticketExists: (id) => `Il existe déjà chez Microsoft un ticket qui cite cette commande : ${id}.`,
  unread: {
    tickets:
      'Je n’ai pas pu rechercher les tickets ouverts chez Microsoft. Si quelqu’un a pu en créer un pour cette commande, vérifiez d’abord dans l’Espace partenaires.',
    offer:
      'La politique d’annulation propre à l’offre n’a pas pu être lue ; le délai et le remboursement sont ceux de la politique générale de Microsoft.',
  },
  about: (customer, item) => `${customer} · ${item}`,
  summary: (order, customer, back, days) =>
    [
      `Annuler la commande ${order} de ${customer}`,
      [...(back ? [`${money(back)} remboursés`] : []), ...(days === undefined ? [] : [left(days)])].join(', '),
    ]
      .filter(Boolean)
      .join(' : '),
  badge: { left, closed: 'délai expiré', unknown: 'aucun délai connu' },
  daysUsed: (used, all) => `${used} sur ${count(all, days)} écoulés`,
  back: {
    full: (until, zone) => `remboursés : remboursement intégral en cas d’annulation jusqu’au ${moment(until, zone)}`,
    prorated: (refund, until, zone) =>
      `remboursés aujourd’hui : ${formula(refund)} ; annulable jusqu’au ${moment(until, zone)}`,
    granted: (refund) => `remboursés si Microsoft l’accorde : ${formula(refund)}`,
    unknown: 'ont été payés ; Microsoft décide du remboursement',
  },
  key: (names) =>
    `La clé est révoquée. ${
      names.length > 0 ? `Elle a été vue ici par ${names.join('; ')}.` : 'Personne ne l’a vue ici.'
    } Le client doit désinstaller le logiciel. C’est irréversible.`,
  cancelNow: (back) => (back ? `Annuler maintenant : ${money(back)} remboursés` : 'Annuler maintenant'),
  byTicket: 'Par ticket…',
  remindMe: 'Me le rappeler plus tard',
  reasons: {
    edition: 'Mauvaise édition ou version',
    twice: 'Commandé deux fois',
    withdrew: 'Le client s’est rétracté',
    quantity: 'Mauvaise quantité',
    other: 'Autre – je l’explique ci-dessous',
  },
  choose: 'Choisir',
  moreHint: 'Plus de détails pour Microsoft, ou le motif en vos mots : 10 à 1000 caractères, de préférence en anglais',
  noReason:
    'Ce n’est pas un motif de remboursement. Veuillez en choisir un ou l’écrire en quelques mots, ou appuyer sur un bouton de la carte.',
  changed: {
    amount: (was, now) =>
      `Rien n’est encore annulé : le remboursement a changé depuis l’affichage de cette carte${was && now ? `, de ${money(was)} à ${money(now)}` : ''}. Vérifiez-le et appuyez de nouveau.`,
    window:
      'Rien n’est encore annulé : le délai d’annulation a changé depuis l’affichage de cette carte. Vérifiez-le et appuyez de nouveau.',
    notNow:
      'Rien n’est annulé : la commande ne peut plus être annulée immédiatement. « Par ticket » demande le remboursement à Microsoft.',
  },
  effects: 'Quand l’annulation est terminée, la clé est révoquée et le logiciel doit être désinstallé.',
  questions: {
    tenant: 'De quel locataire s’agit-il ? Son GUID ou un nom de domaine.',
    named: 'Quelle commande ou quel abonnement ?',
    reason: 'Pourquoi ce retour ?',
    amount: 'Quel montant est demandé ?',
    amountNote: 'Pourquoi moins que le montant payé ?',
    impact: 'Dans quelle mesure l’activité est-elle affectée ?',
    title: 'Un titre pour le ticket',
    contactName: 'Qui Microsoft peut-il contacter ?',
    contactEmail: 'À quelle adresse e-mail ?',
    contactPhone: 'À quel numéro de téléphone ?',
  },
  typeOrPress: 'Saisissez la réponse, ou remplissez le champ et appuyez sur « Suivant ».',
  form: 'Ticket de remboursement',
  formAbout: (order, customer, amount) => [order, customer, ...(amount ? [money(amount)] : [])].join(' · '),
  missing: (missing, filled) => {
    if (missing === 0) return 'Tout est rempli. Modifiez ce qui n’est pas juste, puis vérifiez le ticket.';
    const rest = filled > 0 ? ' ; le reste est rempli' : '';
    return missing === 1 ? `Il manque une réponse${rest}.` : `Il manque ${missing} réponses${rest}.`;
  },
  filled: {
    title: 'Rempli pour vous',
    done: (done, all) => `${done} sur ${all} prêts`,
    change: 'Modifier ces données',
    contact: 'Contact',
    all: (amount) => `${amount} (tout ce qui a été payé)`,
  },
  reasonHint: '10 à 1000 caractères, de préférence en anglais',
  review: 'Vérifiez l’annulation',
  willCancelNow: (isWholeOrder) =>
    `« Envoyer » annule immédiatement ${isWholeOrder ? 'toute la commande' : 'cette partie de la commande'} dans l’Espace partenaires. Cette action est irréversible.`,
  willFile:
    '« Envoyer » crée le ticket avec le type de problème « CSP purchase/refund on behalf of customers ». Si l’Espace partenaires n’accepte les tickets que dans son portail, vous obtenez le texte prêt à y être déposé.',
  submit: (name) => (name === 'ticket' ? 'Envoyer : créer le ticket' : 'Envoyer : annuler maintenant'),
  mayNotSubmit:
    'Vous pouvez préparer cette annulation ; un agent d’administration l’envoie. « Transmettre » la lui laisse : elle se trouve alors sous « brouillons ».',
  caseTitle: (reference, state) => `Annulation ${reference} : ${state}`,
  stateGivenUp: 'classée sans suite',
  givenUp:
    'Plus rien n’est fait ici. Un ticket ouvert chez Microsoft le reste et peut encore annuler la commande. Pour recommencer, saisissez « annuler » et le numéro de la commande.',
  stillToFile: (reference) =>
    `Le ticket doit encore être créé à la main dans le portail de l’Espace partenaires. Un agent d’administration saisit « dossiers ${reference} » pour obtenir le texte et le lien et indiquer le numéro de la demande.`,
  caseText: {
    submitted: 'Le dossier est en cours de traitement. Cette carte change quand il se passe quelque chose.',
    filing: 'Le ticket est en cours de création. Cette carte changera quand ce sera fait.',
    filed: 'Je surveille la commande et le ticket et vous préviens quand l’annulation est terminée.',
    cancelling: 'L’Espace partenaires a accepté l’annulation. Je vous préviens quand elle est terminée.',
    completed: 'Ce qui est nommé ici est annulé, et la clé est révoquée. Le client doit désinstaller ce logiciel.',
    refused:
      'Rien n’a été annulé. Pour demander d’une autre manière, saisissez « annuler » et le numéro de la commande.',
    needs_person:
      'Le dossier ne peut pas avancer seul : lisez la remarque et consultez la commande et le ticket dans l’Espace partenaires. Un agent d’administration saisit « dossiers » pour reprendre à partir de là.',
  },
  notTakenYet:
    'L’Espace partenaires n’a pas encore répondu. Je continue d’essayer, même si cette application redémarre, et vous dirai comment cela se termine.',
  nobodySaw: 'personne ici, ni dans l’Espace partenaires d’après ses propres enregistrements',
  viewer: ({ name, keys, downloads, lastAt, isOutside }, zone) => {
    const looks = [...(keys > 0 ? [`${keys} × clé`] : []), ...(downloads > 0 ? [`${downloads} × téléchargement`] : [])];
    return `${name}${isOutside ? ' (dans l’Espace partenaires)' : ''} : ${looks.join(', ')}, la dernière fois le ${local(lastAt, zone)}`;
  },
  handOver: {
    title: 'Le ticket est prêt à être créé dans l’Espace partenaires',
    text: 'L’Espace partenaires n’accepte les nouveaux tickets que dans son portail. Ouvrez le formulaire, choisissez le type de problème, copiez les parties, ajoutez des fichiers s’il y en a, envoyez, puis saisissez ici le numéro de la demande : je la suis dès lors. « dossiers » ramène cette carte.',
    refused: (said) => `Rien n’a encore été annulé. L’Espace partenaires a refusé. ${explainSaid(said)}`,
    closes: (at, zone) => `Le délai d’annulation expire le ${moment(at, zone)} : le ticket devrait être créé avant.`,
    closed: (at, zone) =>
      `Le délai d’annulation a expiré le ${moment(at, zone)} : Microsoft peut refuser un ticket créé maintenant.`,
    issueType: 'Type de problème',
    description: 'Description',
    contact: 'Contact',
    ownContact: '(ce qui manque : vos propres coordonnées)',
    portal: 'Ouvrir le formulaire',
    portalUrl: 'https://partner.microsoft.com/dashboard/support/csp/servicerequests/create?category=csp',
    numberHint: 'Numéro affiché par le portail',
  },
  problems: {
    tenant: (customer) => `Ce n’est pas ${customer}. Indiquez le GUID de son locataire ou l’un de ses noms de domaine.`,
    named: (order) => `Cela désigne une autre commande. Indiquez ${order} ou l’un de ses abonnements.`,
    reason: 'Indiquez un motif de 10 à 1000 caractères ; Microsoft décide d’après lui.',
    amount: (currency) => `Indiquez un montant en ${currency}, par exemple ${amount(moneyOf(1234.5, currency))}.`,
    amountZero: 'Le montant doit être supérieur à zéro.',
    amountNote: 'Dites en quelques mots pourquoi le montant demandé est inférieur au montant payé.',
    impact: 'Choisissez dans quelle mesure l’activité est affectée.',
    title: 'Indiquez un titre de 5 à 255 caractères.',
    contactName: 'Indiquez un prénom et un nom.',
    contactEmail: 'Indiquez une adresse e-mail complète, par exemple anna@partner.example.',
    contactPhone: 'Indiquez un numéro de téléphone avec l’indicatif du pays, par exemple +33 1 55 50 10 00.',
    requestNumber:
      'Ce n’est pas un numéro de demande : il compte 1 à 10, 15 ou 16 chiffres, ou a la forme 1-1234567890123.',
  },
  amountNoteHint: 'seulement si le montant est inférieur',
  noMoney: (paid) => `Pas plus que le montant payé : ${money(paid)}.`,
};
