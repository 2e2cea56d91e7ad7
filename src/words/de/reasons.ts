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
  accepted: () => 'Partner Center hat die Stornierung angenommen.',
  'ticket-wanted': ({ said }) => withReason('Partner Center verlangt ein Ticket.', listOf(said)),
  'sign-in-refused': () => 'Partner Center nimmt unsere Anmeldung nicht an.',
  'hand-over': ({ said }) =>
    withReason('Partner Center nimmt kein Ticket per API an; es ist von Hand zu erstellen.', said),
  declined: ({ said }) => explainSaid(listOf(said)),
  'given-up': ({ by }) => `Aufgegeben von ${by}.`,
  'cancelled-in-part': ({ said }) => withReason('Nur ein Teil wurde storniert.', listOf(said)),
  overdue: () =>
    'Partner Center hat die Stornierung vor einem Tag angenommen, aber die Bestellung ist nicht storniert.',
  'ticket-unseen': ({ ticketId }) => `Partner Center zeigt keine Anfrage ${ticketId}.`,
  'ticket-asks': ({ said }) =>
    said ? `Microsoft fragt im Ticket: ${said}` : 'Microsoft bittet im Ticket um eine Antwort.',
  'ticket-closed': ({ said }) =>
    `Microsoft hat das Ticket geschlossen, aber die Bestellung ist nicht storniert${said ? `: ${withoutFullStop(said)}` : ''}.`,
  unreachable: () => 'Partner Center war zwei Tage lang nicht erreichbar.',
  recorded: ({ text }) => text,
};

const ways = {
  'cancel-now': 'Stornierung über die Partner Center-API',
  ticket: 'ein neues Ticket wird erstellt',
};

const caseChanges: Sentences<CaseChange> = {
  ...caseReasons,
  submitted: ({ reason }) => reason,
  cancelling: () => 'Stornierung über die Partner Center-API.',
  filing: () => 'Das Ticket wird erstellt.',
  'sign-in-over': () => 'Partner Center nimmt unsere Anmeldung wieder an, hat aber noch nicht geantwortet.',
  'ticket-filed': ({ ticketId }) => `Ticket ${ticketId}.`,
  'ticket-entered': ({ ticketId, instead }) =>
    instead && instead !== ticketId
      ? `Anfragenummer von ${instead} in ${ticketId} geändert.`
      : `Ticket ${ticketId}, im Portal erstellt.`,
  'ticket-found': ({ ticketId }) => `Ticket ${ticketId} trägt unser Zeichen und wird verfolgt.`,
  'ticket-answered': ({ ticketId }) => `Microsoft arbeitet wieder an Ticket ${ticketId}.`,
  'ticket-closed-since': ({ ticketId }) => `Microsoft hat Ticket ${ticketId} geschlossen.`,
  'taken-up': ({ ending, instead }) =>
    `Wieder aufgenommen: ${ways[ending]}${instead ? `; Anfrage ${instead} wird nicht mehr verfolgt` : ''}.`,
  completed: ({ item }) =>
    `${item ? `Storniert: ${item}` : 'Die Bestellung ist storniert'}; Schlüssel sind widerrufen.`,
};

const orderReasons: Sentences<OrderReason> = {
  'sign-in-refused': () => 'Partner Center nimmt unsere Anmeldung nicht an.',
  declined: ({ said }) => explainSaid(said),
  'price-changed': ({ was, now }) =>
    now
      ? `Der Einzelpreis hat sich seit der Bestätigung von ${money(was)} auf ${money(now)} geändert.`
      : `Die Preisliste enthält den bestätigten Einzelpreis von ${money(was)} nicht mehr.`,
  'not-on-sale': () => 'Der Artikel wird nicht mehr verkauft.',
  unclear: ({ said }) => explainSaid(said),
  'ordered-with-errors': ({ said }) =>
    withReason('Die Bestellung wurde ausgelöst, aber Partner Center meldet ein Problem damit.', said),
  unreachable: () => 'Partner Center war einen Tag lang nicht erreichbar.',
  recorded: ({ text }) => text,
};

export const caseReason: Words['caseReason'] = (reason) =>
  (caseReasons[reason.kind] as (facts: CaseReason) => string)(reason);

export const caseChange: Words['caseChange'] = (change) =>
  (caseChanges[change.kind] as (facts: CaseChange) => string)(change);

/** What still waits for a sign-in is tried on; what was given up is not. */
export const orderReason: Words['orderReason'] = (reason, state) =>
  reason.kind === 'sign-in-refused' && state !== 'accepted'
    ? 'Partner Center nimmt unsere Anmeldung seit einem Tag nicht an.'
    : (orderReasons[reason.kind] as (facts: OrderReason) => string)(reason);
