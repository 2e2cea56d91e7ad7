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
  accepted: () => 'El Centro de partners ha aceptado la cancelación.',
  'ticket-wanted': ({ said }) => withReason('El Centro de partners pide un ticket.', listOf(said)),
  'sign-in-refused': () => 'El Centro de partners no acepta nuestro inicio de sesión.',
  'hand-over': ({ said }) =>
    withReason('El Centro de partners no acepta tickets por API; hay que crearlo a mano.', said),
  declined: ({ said }) => explainSaid(listOf(said)),
  'given-up': ({ by }) => `Abandonado por ${by}.`,
  'cancelled-in-part': ({ said }) => withReason('Solo se canceló una parte.', listOf(said)),
  overdue: () => 'El Centro de partners aceptó la cancelación hace un día, pero el pedido no está cancelado.',
  'ticket-unseen': ({ ticketId }) => `El Centro de partners no muestra ninguna solicitud ${ticketId}.`,
  'ticket-asks': ({ said }) =>
    said ? `Microsoft pregunta en el ticket: ${said}` : 'Microsoft pide una respuesta en el ticket.',
  'ticket-closed': ({ said }) =>
    `Microsoft cerró el ticket, pero el pedido no está cancelado${said ? `: ${withoutFullStop(said)}` : ''}.`,
  unreachable: () => 'No se pudo acceder al Centro de partners durante dos días.',
  recorded: ({ text }) => text,
};

const ways = {
  'cancel-now': 'cancelación por la API del Centro de partners',
  ticket: 'se crea un ticket nuevo',
};

const caseChanges: Sentences<CaseChange> = {
  ...caseReasons,
  submitted: ({ reason }) => reason,
  cancelling: () => 'Cancelación por la API del Centro de partners.',
  filing: () => 'Creación del ticket.',
  'sign-in-over': () => 'El Centro de partners vuelve a aceptar nuestro inicio de sesión, pero aún no ha respondido.',
  'ticket-filed': ({ ticketId }) => `Ticket ${ticketId}.`,
  'ticket-entered': ({ ticketId, instead }) =>
    instead && instead !== ticketId
      ? `Número de solicitud cambiado de ${instead} a ${ticketId}.`
      : `Ticket ${ticketId}, creado en el portal.`,
  'ticket-found': ({ ticketId }) => `El ticket ${ticketId} lleva nuestra referencia y se sigue.`,
  'ticket-answered': ({ ticketId }) => `Microsoft vuelve a trabajar en el ticket ${ticketId}.`,
  'ticket-closed-since': ({ ticketId }) => `Microsoft ha cerrado el ticket ${ticketId}.`,
  'taken-up': ({ ending, instead }) =>
    `Retomado: ${ways[ending]}${instead ? `; la solicitud ${instead} ya no se sigue` : ''}.`,
  completed: ({ item }) => `${item ? `Cancelado: ${item}` : 'El pedido está cancelado'}; las claves están revocadas.`,
};

const orderReasons: Sentences<OrderReason> = {
  'sign-in-refused': () => 'El Centro de partners no acepta nuestro inicio de sesión.',
  declined: ({ said }) => explainSaid(said),
  'price-changed': ({ was, now }) =>
    now
      ? `El precio unitario ha cambiado de ${money(was)} a ${money(now)} desde que se confirmó.`
      : `La lista de precios ya no tiene el precio unitario confirmado de ${money(was)}.`,
  'not-on-sale': () => 'El artículo ya no está a la venta.',
  unclear: ({ said }) => explainSaid(said),
  'ordered-with-errors': ({ said }) =>
    withReason('El pedido se ha hecho, pero el Centro de partners comunica un problema.', said),
  unreachable: () => 'No se pudo acceder al Centro de partners durante un día.',
  recorded: ({ text }) => text,
};

export const caseReason: Words['caseReason'] = (reason) =>
  (caseReasons[reason.kind] as (facts: CaseReason) => string)(reason);

export const caseChange: Words['caseChange'] = (change) =>
  (caseChanges[change.kind] as (facts: CaseChange) => string)(change);

/** What still waits for a sign-in is tried on; what was given up is not. */
export const orderReason: Words['orderReason'] = (reason, state) =>
  reason.kind === 'sign-in-refused' && state !== 'accepted'
    ? 'El Centro de partners no acepta nuestro inicio de sesión desde hace un día.'
    : (orderReasons[reason.kind] as (facts: OrderReason) => string)(reason);
