import type { AuditEntry, AuditSubject, Decision } from '../../domain/audit/audit.ts';
import type { CaseEvent } from '../../domain/cancellations/case-event.ts';
import type { RefusedReveal } from '../../domain/keys/key-reveals.ts';
import type { Words } from '../words.ts';
import { approvals } from './approvals.ts';
import { caseState } from './cancel.ts';
import { day, money, number, rights, roles } from './common.ts';
import { differences } from './differences.ts';
import { leaks } from './leaks.ts';
import { caseChange, orderReason } from './reasons.ts';
import { limited } from './refusals.ts';

const shown = {
  key: 'Clé de produit montrée',
  download: 'Téléchargement montré',
  link: 'Lien de téléchargement montré',
};
const asked = {
  key: 'Clé de produit demandée',
  download: 'Téléchargement demandé',
  link: 'Lien de téléchargement demandé',
};
const refused = {
  key: 'Clé de produit refusée',
  download: 'Téléchargement refusé',
  link: 'Lien de téléchargement refusé',
};

const refusedLooks: Record<RefusedReveal['refusal'], string> = {
  used: 'demande à usage unique déjà utilisée',
  'other-person': 'demande à usage unique d’une autre personne',
};

const orderStates = {
  accepted: 'pas encore de réponse de l’Espace partenaires',
  ordered: 'commandé',
  declined: 'refusé, rien n’a été commandé',
  needs_person: 'à vérifier : on ignore si la commande a été passée',
};

const caseStep = (state: CaseEvent['from']): string => (state && state !== 'draft' ? caseState(state) : 'brouillon');

const strangers: Record<Extract<Decision, { kind: 'refused-stranger' }>['why'], string> = {
  guest: 'un invité',
  'other-tenant': 'd’une autre organisation',
  unidentified: 'on ne sait pas qui',
  'no-role': 'aucun rôle dans l’Espace partenaires',
  'other-token': 'connexion avec un jeton qui n’est pas pour ces pages',
};

function tellDecision(decision: Decision): string {
  switch (decision.kind) {
    case 'refused':
      return `Refusé, droit manquant : ${rights[decision.right]}`;
    case 'refused-amount':
      return `Refusé : une commande de ${money(decision.total)}, au-dessus de la limite de ${money(decision.limit)}`;
    case 'handed-over':
      return `Confié : ${decision.title ?? 'un brouillon'}`;
    case 'taken-over':
      return `Repris à ${decision.from} : ${decision.title ?? 'un brouillon'}`;
    case 'approval':
      return approvals.tell(decision);
    case 'refused-often':
      return `Refusé : trop en peu de temps (${limited[decision.what]})`;
    case 'refused-stranger':
      return `Refusé : pas du personnel (${strangers[decision.why]})`;
    case 'role-lost':
      return `A perdu un rôle : ${decision.lost.map((role) => roles[role]).join(', ')}`;
    case 'refused-leak':
      return leaks.refused(decision.reference, decision.order);
    case 'signed-in':
      return 'Connexion aux pages web';
    case 'policy':
      return decision.file === undefined
        ? 'Les règles intégrées s’appliquent'
        : `Les règles du fichier ${decision.file} s’appliquent`;
  }
}

function decisionMore(decision: Decision): string {
  if (decision.kind === 'role-lost' && decision.held.length > 0)
    return `garde : ${decision.held.map((role) => roles[role]).join(', ')}`;
  if (decision.kind === 'approval') return decision.text ?? '';
  return decision.kind === 'policy' ? `empreinte ${decision.fingerprint.slice(0, 12)}` : '';
}

/** What was done, in one line; who and when are told beside it. */
function tell(entry: AuditEntry): string {
  switch (entry.kind) {
    case 'order':
      return `Commande confirmée : ${number(entry.quantity)} × ${entry.itemTitle} pour ${money(entry.total)}`;
    case 'secret':
      if (entry.refusal) return `${refused[entry.what]} (${refusedLooks[entry.refusal]}) : ${entry.item}`;
      return entry.isWithdrawn
        ? `${asked[entry.what]}, mais rien n’a été montré : ${entry.item}`
        : `${shown[entry.what]} : ${entry.item}`;
    case 'case':
      return entry.from === entry.to
        ? `Annulation ${entry.reference} : ${caseStep(entry.to)}`
        : `Annulation ${entry.reference} : ${caseStep(entry.from)} → ${caseStep(entry.to)}`;
    case 'reminder':
      return entry.choice === 'keep' ? 'Commande conservée : plus de rappels' : 'Rappel reporté au dernier jour';
    case 'agreement':
      return `Déclaré à Microsoft : ${entry.contact.firstName} ${entry.contact.lastName} a accepté le Contrat client le ${day(entry.agreedAt)}`;
    case 'outside':
      return leaks.outside(entry);
    case 'leak':
      return leaks.tell(entry);
    case 'decision':
      return tellDecision(entry.decision);
    case 'difference':
      return differences.tell(entry.difference, entry.orderNumbers[0]);
    case 'export':
      return 'Journal d’audit exporté dans un fichier';
  }
}

/** How it ended, or why it was done. */
function more(entry: AuditEntry): string {
  switch (entry.kind) {
    case 'order':
      return entry.reason
        ? `${orderStates[entry.state]} : ${orderReason(entry.reason, entry.state)}`
        : orderStates[entry.state];
    case 'secret':
      return entry.times !== undefined && entry.times > 1 ? `demandé ${number(entry.times)} fois` : '';
    case 'reminder':
      return '';
    case 'case':
      return caseChange(entry.change);
    case 'agreement':
      return `${entry.contact.email} · ${entry.isTaken ? 'Microsoft l’a enregistré' : 'on ignore si Microsoft l’a enregistré'}`;
    case 'outside':
      return '';
    case 'leak':
      return entry.text ?? '';
    case 'decision':
      return decisionMore(entry.decision);
    case 'difference':
      return entry.settledAt ? differences.settled(entry.settledAt) : '';
    case 'export':
      return [entry.since, entry.before].map((at) => (at ? day(at) : '…')).join(' – ');
  }
}

/** Typed behind the command; one word each. */
const subjects: Record<AuditSubject, string> = {
  orders: 'commandes',
  keys: 'clés',
  cancellations: 'annulations',
  agreements: 'contrats',
  exports: 'exports',
  reminders: 'rappels',
  leaks: 'fuites',
  refusals: 'refus',
  approvals: 'approbations',
  handovers: 'transferts',
  'sign-ins': 'connexions',
  roles: 'rôles',
  policies: 'stratégies',
};

export const audit: Words['audit'] = {
  subjects,
  /** Typed before the name of whoever did it. */
  by: 'par',
  narrowed: (title, { subject, person }) =>
    [title, subject && subjects[subject], person && `par ${person}`].filter(Boolean).join(' · '),
  offered: 'Dans notre propre conversation, je demande si je peux placer le fichier dans votre OneDrive.',
  noFileOfOrder:
    'Un fichier contient tout le journal, ou celui d’un client, pour tous les jours ou certains. Celui d’une commande n’est affiché qu’ici.',
  notOffered:
    'Je ne peux pas vous le demander dans notre propre conversation pour le moment. Écrivez-moi là-bas, ou prenez le fichier dans l’onglet Desk.',
  declined: 'Aucun fichier n’a été créé.',
  cut: (size) =>
    `Le fichier s’arrête après les ${size} les plus récents. Choisissez moins de jours pour les entrées plus anciennes, ou prenez tout dans l’onglet Desk.`,
  several: (text, names, more) =>
    `Plusieurs clients correspondent à « ${text} » : ${names.join(', ')}${more ? ' et d’autres' : ''}. Saisissez le nom complet ou le domaine.`,
  title: 'Journal d’audit',
  of: (customer) => `Journal d’audit de ${customer}`,
  ofOrder: (order, customer) => `Journal d’audit de la commande ${order} de ${customer}`,
  nothing: 'Rien n’a été enregistré : ni commande, ni clé ou téléchargement, ni annulation, ni contrat.',
  on: (title, first, last) =>
    first.getTime() === last.getTime() ? `${title}, ${day(first)}` : `${title}, du ${day(first)} au ${day(last)}`,
  nothingOfThat: 'Rien de tel, ou de cette personne, n’a été enregistré. Le reste n’est pas indiqué ici.',
  nothingThen:
    'Rien n’a été enregistré ces jours-là : ni commande, ni clé ou téléchargement, ni annulation, ni contrat.',
  scope:
    'Ce qui a été fait ici, et qui a consulté des clés et des liens de téléchargement dans l’Espace partenaires lui-même, d’après ses enregistrements.',
  elsewhere:
    'Je montre le journal d’audit uniquement dans la conversation personnelle. Appuyez ici sur mon nom et choisissez la conversation, ou retrouvez-moi sous « Applications » ; puis saisissez-y « journal ».',
  entry: tell,
  more,
  ours: 'Software Desk',
  about: (orders) => `commande ${orders.join(', ')}`,
  older: 'Suivant : plus anciens',
  newer: 'Précédent : plus récents',
  shown: (first, last, isEnd) =>
    `${first === last ? `Entrée ${first}` : `Entrées ${first} à ${last}`}, les plus récentes d’abord. ${isEnd ? 'C’est la fin.' : 'Il y en a de plus anciennes.'} Ce qui arrive entre-temps s’affiche quand vous saisissez de nouveau « journal ».`,
};
