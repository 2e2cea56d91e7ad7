import type { CaseChange } from '../../domain/cancellations/case-event.ts';
import type { CaseReason } from '../../domain/cancellations/case-reason.ts';
import type { Said } from '../../domain/errors.ts';
import type { OrderReason } from '../../domain/orders/submission.ts';
import type { Words } from '../words.ts';
import { money, withoutFullStop } from './common.ts';
import { explainSaid, withReason } from './partner-center.ts';

/** What was said, where anything was. */
const listOf = (said: Said | undefined): Said[] => (said ? [said] : []);

type Sentences<T extends { readonly kind: string }> = { [K in T['kind']]: (facts: Extract<T, { kind: K }>) => string };

const caseReasons: Sentences<CaseReason> = {
  accepted: () => 'L’Espace partenaires a accepté l’annulation.',
  'ticket-wanted': ({ said }) => withReason('L’Espace partenaires demande un ticket.', listOf(said)),
  'sign-in-refused': () => 'L’Espace partenaires n’accepte pas notre connexion.',
  'hand-over': ({ said }) =>
    withReason('L’Espace partenaires n’accepte pas de ticket par API ; il faut le créer à la main.', said),
  declined: ({ said }) => explainSaid(listOf(said)),
  'given-up': ({ by }) => `Classé sans suite par ${by}.`,
  'cancelled-in-part': ({ said }) => withReason('Une partie seulement a été annulée.', listOf(said)),
  overdue: () => 'L’Espace partenaires a accepté l’annulation il y a un jour, mais la commande n’est pas annulée.',
  'ticket-unseen': ({ ticketId }) => `L’Espace partenaires ne montre pas de demande ${ticketId}.`,
  'ticket-asks': ({ said }) =>
    said ? `Microsoft demande dans le ticket : ${said}` : 'Microsoft demande une réponse dans le ticket.',
  'ticket-closed': ({ said }) =>
    `Microsoft a clos le ticket, mais la commande n’est pas annulée${said ? ` : ${withoutFullStop(said)}` : ''}.`,
  unreachable: () => 'L’Espace partenaires a été inaccessible pendant deux jours.',
  recorded: ({ text }) => text,
};

const ways = {
  'cancel-now': 'annulation par l’API de l’Espace partenaires',
  ticket: 'un nouveau ticket est créé',
};

const caseChanges: Sentences<CaseChange> = {
  ...caseReasons,
  submitted: ({ reason }) => reason,
  cancelling: () => 'Annulation par l’API de l’Espace partenaires.',
  filing: () => 'Création du ticket.',
  'sign-in-over': () => 'L’Espace partenaires accepte de nouveau notre connexion, mais n’a pas encore répondu.',
  'ticket-filed': ({ ticketId }) => `Ticket ${ticketId}.`,
  'ticket-entered': ({ ticketId, instead }) =>
    instead && instead !== ticketId
      ? `Numéro de demande ${instead} remplacé par ${ticketId}.`
      : `Ticket ${ticketId}, créé dans le portail.`,
  'ticket-found': ({ ticketId }) => `Le ticket ${ticketId} porte notre référence et est suivi.`,
  'ticket-answered': ({ ticketId }) => `Microsoft travaille de nouveau sur le ticket ${ticketId}.`,
  'ticket-closed-since': ({ ticketId }) => `Microsoft a clos le ticket ${ticketId}.`,
  'taken-up': ({ ending, instead }) =>
    `Repris : ${ways[ending]}${instead ? ` ; la demande ${instead} n’est plus suivie` : ''}.`,
  completed: ({ item }) => `${item ? `Annulé : ${item}` : 'La commande est annulée'} ; les clés sont révoquées.`,
};

const orderReasons: Sentences<OrderReason> = {
  'sign-in-refused': () => 'L’Espace partenaires n’accepte pas notre connexion.',
  declined: ({ said }) => explainSaid(said),
  'price-changed': ({ was, now }) =>
    now
      ? `Le prix unitaire est passé de ${money(was)} à ${money(now)} depuis la confirmation.`
      : `La liste de prix ne contient plus le prix unitaire confirmé de ${money(was)}.`,
  'not-on-sale': () => 'L’article n’est plus en vente.',
  unclear: ({ said }) => explainSaid(said),
  'ordered-with-errors': ({ said }) =>
    withReason('La commande est passée, mais l’Espace partenaires signale un problème.', said),
  unreachable: () => 'L’Espace partenaires a été inaccessible pendant une journée.',
  recorded: ({ text }) => text,
};

export const caseReason: Words['caseReason'] = (reason) =>
  (caseReasons[reason.kind] as (facts: CaseReason) => string)(reason);

export const caseChange: Words['caseChange'] = (change) =>
  (caseChanges[change.kind] as (facts: CaseChange) => string)(change);

/** What still waits for a sign-in is tried on; what was given up is not. */
export const orderReason: Words['orderReason'] = (reason, state) =>
  reason.kind === 'sign-in-refused' && state !== 'accepted'
    ? 'L’Espace partenaires n’accepte plus notre connexion depuis une journée.'
    : (orderReasons[reason.kind] as (facts: OrderReason) => string)(reason);
