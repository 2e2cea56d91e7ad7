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

const secrets = { key: 'klucz produktu', download: 'plik do pobrania', link: 'link do pobrania' };
const ofSecrets = { key: 'klucza produktu', download: 'pliku do pobrania', link: 'linku do pobrania' };

const refusedLooks: Record<RefusedReveal['refusal'], string> = {
  used: 'jednorazowe żądanie było już użyte',
  'other-person': 'jednorazowe żądanie innej osoby',
};

const orderStates = {
  accepted: 'jeszcze bez odpowiedzi Centrum partnerskiego',
  ordered: 'zamówiono',
  declined: 'odrzucono, niczego nie zamówiono',
  needs_person: 'wymaga sprawdzenia: nie wiadomo, czy zamówiono',
};

const caseStep = (state: CaseEvent['from']): string => (state && state !== 'draft' ? caseState(state) : 'szkic');

const strangers: Record<Extract<Decision, { kind: 'refused-stranger' }>['why'], string> = {
  guest: 'gość',
  'other-tenant': 'z innej organizacji',
  unidentified: 'nie wiadomo kto',
  'no-role': 'bez roli w Centrum partnerskim',
  'other-token': 'logowanie tokenem, który nie jest dla tych stron',
};

function tellDecision(decision: Decision): string {
  switch (decision.kind) {
    case 'refused':
      return `Odmówiono, brak uprawnienia: ${rights[decision.right]}`;
    case 'refused-amount':
      return `Odmówiono: zamówienie na ${money(decision.total)}, powyżej limitu ${money(decision.limit)}`;
    case 'handed-over':
      return `Przekazano: ${decision.title ?? 'szkic'}`;
    case 'taken-over':
      return `Przejęto od: ${decision.from}: ${decision.title ?? 'szkic'}`;
    case 'approval':
      return approvals.tell(decision);
    case 'refused-often':
      return `Odmówiono: zbyt wiele w krótkim czasie (${limited[decision.what]})`;
    case 'refused-stranger':
      return `Odmowa: osoba spoza zespołu (${strangers[decision.why]})`;
    case 'role-lost':
      return `Utrata roli: ${decision.lost.map((role) => roles[role]).join(', ')}`;
    case 'refused-leak':
      return leaks.refused(decision.reference, decision.order);
    case 'signed-in':
      return 'Zalogowano do stron internetowych';
    case 'policy':
      return decision.file === undefined ? 'Obowiązują zasady wbudowane' : `Obowiązują zasady z pliku ${decision.file}`;
  }
}

function decisionMore(decision: Decision): string {
  if (decision.kind === 'role-lost' && decision.held.length > 0)
    return `pozostało: ${decision.held.map((role) => roles[role]).join(', ')}`;
  if (decision.kind === 'approval') return decision.text ?? '';
  return decision.kind === 'policy' ? `odcisk ${decision.fingerprint.slice(0, 12)}` : '';
}

/** What was done, in one line; who and when are told beside it. */
function tell(entry: AuditEntry): string {
  switch (entry.kind) {
    case 'order':
      return `Potwierdzono zamówienie: ${number(entry.quantity)} × ${entry.itemTitle} za ${money(entry.total)}`;
    case 'secret':
      if (entry.refusal)
        return `Odmówiono pokazania ${ofSecrets[entry.what]} (${refusedLooks[entry.refusal]}): ${entry.item}`;
      return entry.isWithdrawn
        ? `Żądano ${ofSecrets[entry.what]}, ale niczego nie pokazano: ${entry.item}`
        : `Pokazano ${secrets[entry.what]}: ${entry.item}`;
    case 'case':
      return entry.from === entry.to
        ? `Anulowanie ${entry.reference}: ${caseStep(entry.to)}`
        : `Anulowanie ${entry.reference}: ${caseStep(entry.from)} → ${caseStep(entry.to)}`;
    case 'reminder':
      return entry.choice === 'keep'
        ? 'Zamówienie zostaje: bez dalszych przypomnień'
        : 'Przypomnienie odłożone na ostatni dzień';
    case 'agreement':
      return `Oświadczono firmie Microsoft: umowę z klientem zaakceptowano ${day(entry.agreedAt)} (${entry.contact.firstName} ${entry.contact.lastName})`;
    case 'outside':
      return leaks.outside(entry);
    case 'leak':
      return leaks.tell(entry);
    case 'decision':
      return tellDecision(entry.decision);
    case 'difference':
      return differences.tell(entry.difference, entry.orderNumbers[0]);
    case 'export':
      return 'Pobrano dziennik inspekcji jako plik';
  }
}

/** How it ended, or why it was done. */
function more(entry: AuditEntry): string {
  switch (entry.kind) {
    case 'order':
      return entry.reason
        ? `${orderStates[entry.state]}: ${orderReason(entry.reason, entry.state)}`
        : orderStates[entry.state];
    case 'secret':
      return entry.times !== undefined && entry.times > 1 ? `liczba żądań: ${number(entry.times)}` : '';
    case 'reminder':
      return '';
    case 'case':
      return caseChange(entry.change);
    case 'agreement':
      return `${entry.contact.email} · ${entry.isTaken ? 'przyjęte przez Microsoft' : 'nie wiadomo, czy przyjęte przez Microsoft'}`;
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
  orders: 'zamówienia',
  keys: 'klucze',
  cancellations: 'anulowania',
  agreements: 'umowy',
  exports: 'eksporty',
  reminders: 'przypomnienia',
  leaks: 'wycieki',
  refusals: 'odmowy',
  approvals: 'zatwierdzenia',
  handovers: 'przekazania',
  'sign-ins': 'logowania',
  roles: 'role',
  policies: 'zasady',
};

export const audit: Words['audit'] = {
  subjects,
  /** Typed before the name of whoever did it. */
  by: 'przez',
  narrowed: (title, { subject, person }) =>
    [title, subject && subjects[subject], person && `przez: ${person}`].filter(Boolean).join(' · '),
  offered: 'W naszym własnym czacie pytam, czy mogę zapisać plik w Twojej usłudze OneDrive.',
  noFileOfOrder:
    'Plik obejmuje cały dziennik albo jednego klienta, ze wszystkich dni albo wybranych. Wpisy jednego zamówienia są widoczne tylko tutaj.',
  notOffered: 'Nie mogę teraz zapytać w naszym własnym czacie. Napisz do mnie tam albo pobierz plik z karty Desk.',
  declined: 'Plik nie powstał.',
  cut: (size) =>
    `Plik kończy się po najnowszych ${size}. Starsze wpisy są po wybraniu mniejszej liczby dni; cały dziennik jest na karcie Desk.`,
  several: (text, names, more) =>
    `Do „${text}” pasuje kilku klientów: ${names.join(', ')}${more ? ' i inni' : ''}. Wpisz pełną nazwę albo domenę.`,
  title: 'Dziennik inspekcji',
  of: (customer) => `Dziennik inspekcji klienta ${customer}`,
  ofOrder: (order, customer) => `Dziennik inspekcji zamówienia ${order} klienta ${customer}`,
  nothing: 'Niczego nie zapisano: żadnego zamówienia, klucza, pobrania, anulowania ani umowy.',
  on: (title, first, last) =>
    first.getTime() === last.getTime() ? `${title}, ${day(first)}` : `${title}, od ${day(first)} do ${day(last)}`,
  nothingOfThat: 'Niczego takiego ani tej osoby nie zapisano. Pozostałych wpisów tu nie ma.',
  nothingThen: 'W tych dniach niczego nie zapisano: żadnego zamówienia, klucza, pobrania, anulowania ani umowy.',
  scope:
    'Co zrobiono tutaj oraz kto oglądał klucze i linki do pobrania w samym Centrum partnerskim, według jego zapisów.',
  elsewhere:
    'Dziennik inspekcji pokazuję tylko w czacie osobistym. Naciśnij tu moją nazwę i wybierz czat lub znajdź mnie w sekcji „Aplikacje”, a potem wpisz tam „dziennik”.',
  entry: tell,
  more,
  ours: 'Software Desk',
  about: (orders) => `zamówienie ${orders.join(', ')}`,
  older: 'Dalej: starsze',
  newer: 'Wstecz: nowsze',
  shown: (first, last, isEnd) =>
    `${first === last ? `Wpis ${first}` : `Wpisy od ${first} do ${last}`}, od najnowszych. ${isEnd ? 'To już koniec.' : 'Są też starsze.'} Aby zobaczyć nowe wpisy, wpisz „dziennik” jeszcze raz.`,
};
