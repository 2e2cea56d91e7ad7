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
  accepted: () => 'Centrum partnerskie przyjęło anulowanie.',
  'ticket-wanted': ({ said }) => withReason('Centrum partnerskie wymaga zgłoszenia.', listOf(said)),
  'sign-in-refused': () => 'Centrum partnerskie nie przyjmuje naszego logowania.',
  'hand-over': ({ said }) =>
    withReason('Centrum partnerskie nie przyjmuje zgłoszeń przez interfejs API; trzeba je złożyć ręcznie.', said),
  declined: ({ said }) => explainSaid(listOf(said)),
  'given-up': ({ by }) => `Rezygnacja: ${by}.`,
  'cancelled-in-part': ({ said }) => withReason('Anulowano tylko część.', listOf(said)),
  overdue: () => 'Centrum partnerskie przyjęło anulowanie dobę temu, ale zamówienie nie jest anulowane.',
  'ticket-unseen': ({ ticketId }) => `Centrum partnerskie nie pokazuje zgłoszenia ${ticketId}.`,
  'ticket-asks': ({ said }) =>
    said ? `Microsoft pyta w zgłoszeniu: ${said}` : 'Microsoft prosi o odpowiedź w zgłoszeniu.',
  'ticket-closed': ({ said }) =>
    `Microsoft zamknął zgłoszenie, ale zamówienie nie jest anulowane${said ? `: ${withoutFullStop(said)}` : ''}.`,
  unreachable: () => 'Centrum partnerskie było nieosiągalne przez dwa dni.',
  recorded: ({ text }) => text,
};

const ways = {
  'cancel-now': 'anulowanie przez interfejs API Centrum partnerskiego',
  ticket: 'składane jest nowe zgłoszenie',
};

const caseChanges: Sentences<CaseChange> = {
  ...caseReasons,
  submitted: ({ reason }) => reason,
  cancelling: () => 'Anulowanie przez interfejs API Centrum partnerskiego.',
  filing: () => 'Składanie zgłoszenia.',
  'sign-in-over': () => 'Centrum partnerskie znów przyjmuje nasze logowanie, ale jeszcze nie odpowiedziało.',
  'ticket-filed': ({ ticketId }) => `Zgłoszenie ${ticketId}.`,
  'ticket-entered': ({ ticketId, instead }) =>
    instead && instead !== ticketId
      ? `Numer zgłoszenia zmieniono z ${instead} na ${ticketId}.`
      : `Zgłoszenie ${ticketId}, złożone w portalu.`,
  'ticket-found': ({ ticketId }) => `Zgłoszenie ${ticketId} ma nasz numer sprawy i jest śledzone.`,
  'ticket-answered': ({ ticketId }) => `Microsoft znów pracuje nad zgłoszeniem ${ticketId}.`,
  'ticket-closed-since': ({ ticketId }) => `Microsoft zamknął zgłoszenie ${ticketId}.`,
  'taken-up': ({ ending, instead }) =>
    `Podjęto ponownie: ${ways[ending]}${instead ? `; zgłoszenie ${instead} nie jest już śledzone` : ''}.`,
  completed: ({ item }) => `${item ? `Anulowano: ${item}` : 'Zamówienie jest anulowane'}; klucze są unieważnione.`,
};

const orderReasons: Sentences<OrderReason> = {
  'sign-in-refused': () => 'Centrum partnerskie nie przyjmuje naszego logowania.',
  declined: ({ said }) => explainSaid(said),
  'price-changed': ({ was, now }) =>
    now
      ? `Od czasu potwierdzenia cena jednostkowa zmieniła się z ${money(was)} na ${money(now)}.`
      : `W cenniku nie ma już potwierdzonej ceny jednostkowej ${money(was)}.`,
  'not-on-sale': () => 'Pozycja nie jest już w sprzedaży.',
  unclear: ({ said }) => explainSaid(said),
  'ordered-with-errors': ({ said }) => withReason('Zamówienie złożono, ale Centrum partnerskie zgłasza problem.', said),
  unreachable: () => 'Centrum partnerskie było nieosiągalne przez dobę.',
  recorded: ({ text }) => text,
};

export const caseReason: Words['caseReason'] = (reason) =>
  (caseReasons[reason.kind] as (facts: CaseReason) => string)(reason);

export const caseChange: Words['caseChange'] = (change) =>
  (caseChanges[change.kind] as (facts: CaseChange) => string)(change);

/** What still waits for a sign-in is tried on; what was given up is not. */
export const orderReason: Words['orderReason'] = (reason, state) =>
  reason.kind === 'sign-in-refused' && state !== 'accepted'
    ? 'Centrum partnerskie nie przyjmuje naszego logowania od doby.'
    : (orderReasons[reason.kind] as (facts: OrderReason) => string)(reason);
