import type { Difference, DifferenceKind } from '../../domain/differences/difference.ts';
import type { Words } from '../words.ts';
import { count, day, moment } from './common.ts';

function tell(found: Difference, order?: string): string {
  switch (found.kind) {
    case 'order-unknown':
      return `Zamówienie ${order ?? ''} złożono tutaj, ale Centrum partnerskie go nie zna`;
    case 'order-not-recorded':
      return 'W Centrum partnerskim nasz koszyk jest zamówiony, ale tutaj nie zapisano zamówienia';
    case 'case-not-completed':
      return `${found.reference}: Centrum partnerskie pokazuje anulowanie, ale sprawa nie jest zakończona`;
    case 'case-order-active':
      return `${found.reference}: Centrum partnerskie potwierdziło anulowanie, ale zamówienie ${order ?? ''} jest aktywne`;
    case 'ticket-unknown':
      return `${found.reference} śledzi zgłoszenie ${found.ticketId}, którego Centrum partnerskie nie pokazuje`;
    case 'ticket-without-case':
      return `Zgłoszenie ${found.ticketId} ma nasz numer ${found.reference}, ale nie śledzi go żadna sprawa`;
  }
}

const toDo: Record<DifferenceKind, string> = {
  'order-unknown':
    'Poszukaj go w historii zamówień w portalu. Jeśli go tam nie ma, zapytaj Microsoft przed ponownym zamówieniem.',
  'order-not-recorded': 'Sprawdź najnowsze zamówienia klienta, zanim ktoś zamówi to jeszcze raz.',
  'case-not-completed': 'Niczego nie trzeba już anulować. Powiadom klienta i sprawdź, czy nadejdzie zwrot.',
  'case-order-active':
    'Klucz może nadal działać, a zamówienie może być fakturowane. Zapytaj Microsoft albo anuluj jeszcze raz.',
  'ticket-unknown': 'Poszukaj zgłoszenia w portalu i podaj w sprawie właściwy numer.',
  'ticket-without-case': 'Obejrzyj zgłoszenie w portalu; zamknij je tam, jeśli nikt go nie potrzebuje.',
};

export const differences: Words['differences'] = {
  word: 'różnice',
  title: 'Różnice względem Centrum partnerskiego',
  found: (n) =>
    `Centrum partnerskie i nasze zapisy się różnią: ${count(n, { one: 'różnica', few: 'różnice', many: 'różnic', other: 'różnicy' })}`,
  text: 'Raz dziennie porównuję zamówienia, anulowania i zgłoszenia z ostatnich dni. O każdej różnicy informuję raz; znika z listy, gdy zostanie wyjaśniona.',
  none: (at, timeZone) =>
    `Nic się nie różni: to, co Centrum partnerskie pokazało z ostatnich dni (${moment(at, timeZone)}), jest zapisane tutaj.`,
  notYet: 'Niczego jeszcze nie porównano: pierwsze porównanie zaczyna się godzinę po pierwszym uruchomieniu.',
  tell,
  toDo: (kind) => toDo[kind],
  orders: 'Zamówienia',
  since: (at) => `wykryto ${day(at)}`,
  settled: (at) => `wyjaśniono ${day(at)}`,
};
