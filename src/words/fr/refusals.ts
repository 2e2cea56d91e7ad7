import type { ApprovalState } from '../../domain/approvals/approval-state.ts';
import type { FileFault } from '../../domain/cancellations/ticket-file.ts';
import type { Restriction } from '../../domain/orders/catalog.ts';
import type { Limited } from '../../domain/people/limits.ts';
import type { Right, Role } from '../../domain/people/staff.ts';
import type { Words } from '../words.ts';
import { country, day, inTime, money, number, rights, roles, withoutFullStop } from './common.ts';
import { explainError, explainSaid, withQuote } from './partner-center.ts';

const allOf = (held: readonly Role[]): string => held.map((role) => roles[role]).join(' et ');

/** Whom it waits for. Others may have the right too: whoever reads this has none of their roles. */
const holders: Record<Right, string> = {
  look: 'une personne ayant un rôle dans l’Espace partenaires',
  'buy.prepare': 'un agent commercial ou un agent d’administration',
  'buy.confirm': 'un agent d’administration',
  'agreement.confirm': 'un agent d’administration',
  'keys.reveal': 'un agent d’administration',
  'leak.report': 'un agent d’administration',
  'cancel.prepare': 'un agent commercial ou un agent d’administration',
  'cancel.submit': 'un agent d’administration',
  approve: 'un agent d’administration',
  'audit.read': 'un agent d’administration',
  'setup.check': 'un agent d’administration',
};

const places = {
  personal: 'dans votre conversation avec moi',
  group: 'dans une autre conversation de groupe',
  channel: 'dans un autre fil',
};

export const approvalStates: Record<ApprovalState, string> = {
  waiting: 'en attente',
  approved: 'approuvé',
  rejected: 'refusé',
  expired: 'expiré',
  withdrawn: 'retiré',
  used: 'approuvé et utilisé',
};

export const limited: Record<Limited, string> = {
  reveals: 'clés et téléchargements',
  exports: 'fichiers du journal',
  searches: 'recherches',
  unknownOrders: 'numéros de commande inconnus',
  drafts: 'nouvelles conversations',
  pages: 'pages web',
};

const fileFaults: Readonly<Record<FileFault, (name: string) => string>> = {
  empty: (name) => `« ${name} » est vide.\nVérifiez le fichier et envoyez-le de nouveau.`,
  'too-large': (name) =>
    `« ${name} » dépasse 20 Mo.\nEnvoyez un fichier plus petit, ou ajoutez-le dans l’Espace partenaires une fois le ticket créé.`,
  type: (name) =>
    `Je n’accepte pas « ${name} ».\nEnvoyez-le en PDF, PNG, JPEG, Word (docx), Excel (xlsx), e-mail (msg, eml) ou texte (txt, csv) ; c’est le contenu du fichier qui compte, pas son nom.`,
  damaged: (name) =>
    `« ${name} » ne peut pas être ouvert : le fichier est endommagé ou incomplet.\nEnvoyez-le de nouveau.`,
  protected: (name) =>
    `« ${name} » est protégé par un mot de passe ou par des droits, Microsoft ne pourrait pas l’ouvrir.\nEnvoyez-le sans protection.`,
};

/** For each no: what is wrong, which can be a title, and on the next line what to do. */
export const refusals: Words['refusals'] = {
  'not-allowed': ({ right, roles: held }) =>
    `Vous n’êtes pas autorisé à ${rights[right]}.\n${held.length === 0 ? 'Vous ne faites pas partie des agents du partenaire' : `Votre rôle : ${allOf(held)}`}. ${insteadOf(right, held)}`,
  'needs-approval': ({ reference, state, by, why }) => {
    if (state === 'rejected')
      return `${by ?? 'Un agent d’administration'} a refusé (${reference}).\n${why ? `Le motif : ${withoutFullStop(why)}. ` : ''}Rien n’a été fait. Modifiez la demande et appuyez de nouveau sur le même bouton : un agent d’administration sera alors sollicité.`;
    return state === 'asked'
      ? `Un second agent d’administration doit approuver.\nRien n’est encore fait. J’ai transmis la demande (${reference}) et je vous dirai ici ce qu’il en est ; appuyez alors de nouveau sur le même bouton.`
      : `Cela attend un second agent d’administration (${reference}).\nRien n’est encore fait. ${by ? `${by} s’en occupe. ` : ''}Je vous dirai ici ce qu’il en est ; appuyez alors de nouveau sur le même bouton.`;
  },
  'nobody-approves': () =>
    'Un second agent d’administration doit approuver, et il n’y en a aucun en dehors de ceux qui ont préparé cela.\nRien n’a été fait. Demandez à un administrateur de donner ce rôle à quelqu’un d’autre.',
  'own-approval': ({ reference }) =>
    `Vous ne pouvez pas décider de ${reference} : vous l’avez demandé ou préparé.\nDites-le à un autre agent d’administration ; il trouve la demande sous « approbations ».`,
  'approval-unknown': ({ reference }) =>
    `Je ne connais aucune approbation ${reference}.\nTapez « approbations » pour voir celles qui attendent.`,
  'approval-over': ({ reference, state, by }) =>
    `${reference} est clos : ${approvalStates[state]}${by ? ` (${by})` : ''}.\nVotre réponse n’a rien changé. Tapez « approbations » pour voir celles qui attendent.`,
  'approval-claimed': ({ reference, by }) =>
    `${by} s’occupe de ${reference}.\nDemandez à ${by}, ou attendez le rappel : ensuite, la demande est de nouveau libre.`,
  'reason-missing': () => 'Écrivez pourquoi, en quelques mots.\nLa personne qui a fait la demande le lira.',
  'reason-short': ({ atLeast }) =>
    `Écrivez pourquoi, en ${number(atLeast)} caractères au moins.\nLes autres agents d’administration le liront, et le journal d’audit le garde.`,
  'too-many': ({ what, seconds, isEverybody }) =>
    `${isEverybody ? 'À vous tous, vous avez' : 'Vous avez'} trop demandé en peu de temps (${limited[what]}).\nRéessayez ${inTime(seconds)}. Rien n’a été fait.`,
  'above-limit': ({ total, limit }) =>
    `Les commandes de plus de ${money(limit)} ne sont confirmées que par un agent d’administration.\nCelle-ci coûte ${money(total)}. Appuyez sur « Transmettre » pour que l’un d’eux poursuive, ou commandez moins.`,
  'roles-unknown': () =>
    'Je ne peux pas déterminer votre rôle en ce moment.\nRien n’a été fait. Réessayez dans une minute.',
  'not-staff': ({ why }) =>
    why === 'unidentified'
      ? 'Je ne peux pas savoir qui vous êtes, je ne fais donc rien.\nÉcrivez-moi depuis votre compte professionnel.'
      : 'Je ne sers que le personnel du partenaire, depuis son propre locataire.\nAdressez-vous à votre contact chez le partenaire.',
  'not-yours': ({ owner, command }) =>
    command
      ? `Ceci appartient à ${owner}.\nSaisissez « ${command} » pour obtenir votre propre carte.`
      : `Ceci appartient à ${owner}.\nSaisissez « aide » pour commencer vous-même, ou demandez à ${owner} de poursuivre.`,
  'waits-for-others': ({ owner, right }) =>
    `${owner} a transmis ceci, qui attend ${holders[right]}.\nVous n’êtes pas autorisé à ${rights[right]}. Vous pouvez le consulter et prévenir la personne ; il se trouve sous « brouillons ».`,
  'draft-gone': () =>
    'Cette carte a expiré ou a été abandonnée.\nRecommencez ; saisissez « aide » pour savoir comment.',
  'draft-elsewhere': ({ owner, where }) =>
    owner
      ? `${owner} poursuit cela ailleurs.\nDemandez à ${owner} où cela en est ; rien n’est à recommencer.`
      : `Cela se poursuit ${where ? places[where] : 'ailleurs'}.\nRépondez là-bas, ou saisissez « brouillons » pour continuer ici. Rien n’est à recommencer.`,
  'draft-over': ({ title, outcome }) =>
    `« ${title} » est terminé : ${withoutFullStop(outcome)}.\nSaisissez « commandes » ou « dossiers » pour en voir plus ; rien n’est à recommencer.`,
  'draft-outdated': () => 'Cette carte date d’avant une mise à jour.\nRecommencez ; elle n’a rien commandé ni annulé.',
  'still-working': () =>
    'Votre dernière réponse est encore en cours de traitement.\nLa carte changera dès que ce sera terminé.',
  invalid: ({ why }) => why,
  'customer-unknown': ({ text, suggestions, more }) => {
    const similar = suggestions.length > 0 ? `Semblables : ${suggestions.join(', ')}. ` : '';
    if (more) {
      return `Aucun nom ni domaine de client ne commence par « ${text} », et il y en a trop pour chercher à l’intérieur de chaque nom.\n${similar}Saisissez le début du nom ou du domaine, ou l’ID du locataire.`;
    }
    return similar
      ? `Aucun client ne correspond à « ${text} ».\n${similar}Saisissez l’un d’eux, ou une partie d’un autre nom.`
      : `Aucun client ne correspond à « ${text} ».\nSaisissez une partie du nom ou du domaine.`;
  },
  'order-unknown': ({ text, tooManyCustomers }) =>
    tooManyCustomers
      ? `Je ne connais ni commande ni abonnement « ${text} ».\nIl y a trop de clients pour demander les commandes de chacun : saisissez « commandes » et le nom du client, et je connaîtrai les siennes. Une commande peut mettre 15 minutes à apparaître.`
      : `Je n’ai trouvé ni commande ni abonnement « ${text} ».\nVérifiez le numéro, ou saisissez « commandes » et le nom du client ; une commande peut mettre 15 minutes à apparaître.`,
  'nothing-to-cancel': ({ text }) =>
    `${text} n’a rien qui puisse être annulé.\nSaisissez « commandes » et le nom du client pour voir ce qu’il y a.`,
  'quantity-out-of-range': ({ minimum, maximum, typed }) =>
    [
      `La quantité doit être un nombre entier de ${number(minimum)} à ${number(maximum)}.`,
      ...(typed ? [`Votre saisie : ${typed.length > 40 ? `${typed.slice(0, 40).toWellFormed()}…` : typed}`] : []),
    ].join('\n'),
  'item-unavailable': ({ item }) =>
    `${item || 'Cet article'} ne peut pas être acheté pour ce client en ce moment.\nRevenez en arrière et choisissez une autre édition ou un autre produit.`,
  'needs-before': ({ item, needs }) =>
    `${item} ne peut pas être commandé ici.\n${needs.map(neededFirst).join(' ')} Ou choisissez une autre édition ou un autre produit.`,
  restricted: ({ item, restrictions }) =>
    `Microsoft ne vend pas ${item} à ce client en ce moment${notIn(restrictions)}.\nChoisissez une autre édition ou un autre produit, réessayez plus tard, ou adressez-vous au support Microsoft dans l’Espace partenaires. Texte d’origine : « ${restrictions.map(({ said }) => said).join('; ')} ».`,
  'price-unknown': ({ item }) =>
    `La liste de prix de l’Espace partenaires n’a pas de prix pour ${item}.\nSans prix, je ne le commande pas. Choisissez une autre édition, ou commandez-le dans l’Espace partenaires.`,
  'price-changed': ({ was, now }) =>
    `Le prix unitaire est passé de ${money(was)} à ${money(now)}.\nVérifiez et confirmez de nouveau.`,
  'order-declined': ({ said }) =>
    `L’Espace partenaires a refusé.\nRien n’a été commandé. Appuyez sur « Modifier » pour changer la commande. ${explainSaid(said)}`,
  'not-software': ({ order }) =>
    `La commande ${order} ne porte pas sur un logiciel local.\nJe ne peux annuler que cela. Pour le reste, utilisez l’Espace partenaires.`,
  'order-pending': ({ order }) =>
    `La commande ${order} est encore en cours de traitement chez Microsoft.\nRéessayez dans quelques minutes.`,
  'already-cancelled': ({ order }) =>
    `La commande ${order}, ou la partie que vous avez choisie, est déjà annulée.\nIl n’y a plus rien à faire.`,
  'case-open': ({ order, reference }) =>
    `Il existe déjà une annulation de la commande ${order} : ${reference}.\nSaisissez « dossiers » pour voir où elle en est.`,
  'ticket-of-other-case': ({ number, reference }) =>
    `La demande ${number} est déjà suivie par ${reference}.\nUn ticket vaut pour un seul dossier. Vérifiez de nouveau le numéro.`,
  'ticket-unknown': ({ number }) =>
    `L’Espace partenaires ne montre pas de demande ${number}.\nVérifiez de nouveau le numéro ; s’il est juste et la demande toute récente, appuyez encore une fois sur « Suivant » pour la suivre malgré tout.`,
  'ticket-about-other': ({ number, title }) =>
    `La demande ${number} (« ${title} ») ne cite ni ce dossier ni sa commande.\nVérifiez de nouveau le numéro ; si c’est bien le bon, appuyez encore une fois sur « Suivant ».`,
  'ticket-still-open': ({ number }) =>
    `Microsoft travaille encore sur la demande ${number}.\nLa commande peut malgré tout être annulée. Retirez d’abord la demande dans l’Espace partenaires ; ou classez le dossier sans suite malgré tout : plus rien n’est alors fait ici, et personne n’est informé de l’issue.`,
  'never-cancellable': ({ item, publisher }) =>
    `${item} ne peut pas être annulé : Microsoft ne reprend aucun logiciel de ${publisher}.\nS’il a été commandé par erreur, adressez-vous au support Microsoft dans l’Espace partenaires.`,
  'file-bad': ({ name, fault }) => fileFaults[fault](name),
  'too-many-files': ({ limit }) =>
    `Un ticket accepte au plus ${limit} fichiers.\nRetirez-en d’abord un, ou réunissez-en plusieurs dans un seul PDF ; rien de celui-ci n’a été conservé.`,
  'file-not-fetched': ({ name }) => `« ${name} » n’a pas pu être récupéré dans Teams.\nEnvoyez-le de nouveau.`,
  'file-not-given': () =>
    'Le fichier n’a pas pu être placé dans votre OneDrive.\nAppuyez de nouveau sur « Exporter en CSV ».',
  'file-gone': ({ name }) => `${name ? `« ${name} »` : 'Ce fichier'} n’est plus ici.\nEnvoyez-le de nouveau.`,
  'file-owner-gone': () =>
    'L’annulation à laquelle ce fichier se rapporte est terminée.\nSaisissez « dossiers » pour voir comment elle s’est terminée.',
  'window-closed': ({ order, closedAt }) =>
    `La commande ${order} pouvait être annulée jusqu’au ${day(closedAt)}.\nPour demander malgré tout un remboursement à Microsoft, saisissez « annuler ${order} ».`,
  'other-content': () =>
    'Ceci a déjà été envoyé avec un autre contenu.\nRien n’a été fait cette fois. Saisissez « dossiers » ou « commandes » pour voir l’état actuel.',
  'leak-reported': ({ order, reference, by, at }) =>
    `Les clés et téléchargements de la commande ${order} sont bloqués.\n${by} a signalé une fuite le ${day(at)} (${reference}). Tapez « fuite ${reference} » pour la voir ; un autre agent d’administration que ${by} peut la lever.`,
  'leak-unknown': ({ reference }) =>
    `Je ne connais pas de fuite ${reference}.\nTapez « fuite » pour voir celles qui ne sont pas levées.`,
  'own-leak': ({ reference }) =>
    `Vous avez signalé ${reference}, vous ne pouvez donc pas la lever.\nDemandez à un autre agent d’administration ; il la trouve sous « fuite ».`,
  'key-revoked': ({ order }) =>
    `Ce logiciel de la commande ${order} est annulé.\nSa clé est révoquée et ses téléchargements sont retirés. Si le client en a encore besoin, saisissez « acheter ».`,
  'keys-not-offered': ({ order, said }) =>
    withQuote(
      `L’Espace partenaires ne propose pas les clés de la commande ${order} par API.\nUn agent d’administration les trouve dans l’Espace partenaires : Clients → le client → Logiciels.`,
      said ? [said] : [],
    ),
  'key-not-ready': ({ order }) =>
    `L’Espace partenaires n’a pas encore de clé pour la commande ${order}.\nUne commande récente demande quelques minutes ; réessayez ensuite. Si elle est plus ancienne, consultez l’Espace partenaires : Clients → le client → Logiciels.`,
  'not-recorded': () =>
    'Rien n’a été montré : l’enregistrement a échoué.\nChaque consultation est d’abord enregistrée, rien n’a donc été récupéré. Réessayez dans une minute ; si cela persiste, prévenez la personne qui gère ce bot.',
  'audit-unwritable': () =>
    'Rien n’a été fait : le journal d’audit ne peut pas être écrit.\nTout ce qui coûte de l’argent, envoie une demande ou montre une clé y est inscrit dans la même étape. Réessayez dans une minute ; si cela persiste, prévenez la personne qui gère ce bot.',
  'token-refused': ({ why }) =>
    why === 'expired'
      ? 'Cela a pris plus d’une minute, rien n’a donc été montré.\nAppuyez de nouveau sur le bouton.'
      : why === 'used'
        ? 'Cette demande a déjà été utilisée, rien n’a donc été montré.\nC’est enregistré, et les agents d’administration en sont informés. Pour voir la clé, appuyez de nouveau sur le bouton.'
        : 'Cette demande n’a pas été faite ici par vous, rien n’a donc été montré.\nFermez la fenêtre, rouvrez-la et appuyez sur le bouton.',
  'no-private-way': () =>
    'Il n’y a pas de moyen de le montrer en privé ici.\nRien n’est donc montré. Écrivez-moi plutôt dans une conversation personnelle.',
};

/** What must be there before an edition may be bought, by Partner Center's name for it; and where to see to that. */
const prerequisites: Readonly<Record<string, string>> = {
  azuresubscriptionregistration:
    'Il s’achète pour un abonnement Azure du client, enregistré à cet effet : enregistrez l’abonnement dans le portail Azure et commandez dans l’Espace partenaires, où on le choisit.',
  microsoftcustomeragreement:
    'Le client doit d’abord avoir accepté le Contrat client Microsoft : confirmez-le dans l’Espace partenaires (Clients → le client → Compte).',
  microsoftcloudagreement:
    'Le client doit d’abord avoir accepté le Contrat Microsoft Cloud : confirmez-le dans l’Espace partenaires (Clients → le client → Compte).',
  inventorycheck: 'Microsoft doit l’avoir en stock : recherchez-le dans le catalogue de l’Espace partenaires.',
};

function neededFirst(name: string): string {
  const known = prerequisites[name.replaceAll('_', '').toLowerCase()];
  return (
    known ??
    `L’Espace partenaires demande d’abord quelque chose qu’il appelle « ${name} » : commandez là-bas, où il en dit plus.`
  );
}

function notIn(restrictions: readonly Restriction[]): string {
  const found = restrictions.flatMap((one) => one.places ?? []).map(country);
  return found.length > 0 ? ` : il n’est pas disponible actuellement dans : ${[...new Set(found)].join(', ')}` : '';
}

function insteadOf(right: Right, held: readonly Role[]): string {
  if (held.length === 0)
    return 'Demandez un rôle à un administrateur de votre compte Espace partenaires, ou adressez-vous à un collègue qui en a un.';
  if (right === 'keys.reveal') {
    return 'Demandez à un agent d’administration de saisir « clés » ici ; un administrateur du client les trouve dans le Centre d’administration Microsoft 365 sous Facturation → Vos produits → Logiciels.';
  }
  if (right === 'cancel.submit' || right === 'buy.confirm' || right === 'agreement.confirm')
    return 'Vous pouvez le préparer : appuyez sur « Transmettre » sur la carte, ou demandez à un agent d’administration de poursuivre.';
  if (right === 'buy.prepare' || right === 'cancel.prepare')
    return 'Vous pouvez consulter : saisissez « logiciels » ou « commandes » et le nom d’un client. Pour le reste, adressez-vous à un agent commercial ou à un agent d’administration.';
  return 'Adressez-vous à un agent d’administration.';
}

/** What to say when Partner Center itself fails or declines. `isKept`: something was entered before. */
export const outside: Words['outside'] = (error, { isKept = true } = {}) => {
  const kept = isKept ? 'Votre saisie est conservée' : 'Rien n’a été commencé';
  if (error.kind === 'throttled')
    return `L’Espace partenaires nous demande de ralentir.\n${kept} ; réessayez dans une minute.`;
  if (error.isUncertain)
    return `L’Espace partenaires ne répond pas pour le moment.\n${kept} ; réessayez dans une minute.`;
  if (error.kind === 'unauthorized')
    return `L’Espace partenaires n’accepte plus notre connexion.\nPrévenez votre administrateur : le consentement doit être renouvelé. ${kept}.`;
  return `L’Espace partenaires a refusé.\n${kept}. ${explainError(error)}`;
};
