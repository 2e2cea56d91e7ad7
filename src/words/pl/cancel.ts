import { moneyOf } from '../../domain/money.ts';
import type { Words } from '../words.ts';
import { amount, count, day, days, local, moment, money, number, withoutFullStop } from './common.ts';
import { explainSaid } from './partner-center.ts';

const impacts = {
  critical: 'Krytyczny: firma nie może pracować',
  moderate: 'Średni: praca firmy jest utrudniona',
  minimal: 'Minimalny: pytanie lub drobny problem',
};

const states = {
  submitted: 'wysłane',
  filing: 'trwa składanie zgłoszenia',
  filed: 'oczekuje na firmę Microsoft',
  cancelling: 'w trakcie anulowania',
  completed: 'zakończone',
  refused: 'odmowa',
  needs_person: 'wymaga reakcji',
};

const endings = {
  'cancel-now': 'natychmiast przez interfejs API Centrum partnerskiego',
  ticket: 'przez zgłoszenie do firmy Microsoft',
};

export const impact: Words['impact'] = (name) => impacts[name];
export const caseState: Words['caseState'] = (state) => states[state];
export const ending: Words['ending'] = (name) => endings[name];

const left = (n: number): string => (n === 0 ? 'mniej niż jeden dzień' : `jeszcze ${count(n, days)}`);
/** In the genitive: `z 1 dnia`, `z 30 dni`. */
const allDays = (n: number): string => count(n, { one: 'dnia', other: 'dni' });

const formula: Words['cancel']['refund'] = ({ amount, paid, rule, termDays, usedDays, pieces }) =>
  (rule === 'full' || termDays === undefined
    ? `${money(amount)} (${rule === 'full' ? 'pełny zwrot' : 'proporcjonalnie do dni'})`
    : `${money(amount)} = ${money(paid)} × (${number(termDays)} − ${number(usedDays ?? 0)}) / ${count(termDays, days)}`) +
  (pieces ? `, za ${number(pieces.refundable)} z ${number(pieces.of)}` : '');

export const cancel: Words['cancel'] = {
  begunBy: (name, at, zone) =>
    `${name} – rozpoczęte anulowanie tego zamówienia (${moment(at, zone)}), na razie szkic. Zapytaj, zanim przejdziesz dalej: wysłać można tylko jedno.`,
  title: (order) => `Anulowanie zamówienia ${order}`,
  draftTitle: (order, customer) => `Anulowanie zamówienia ${order} klienta ${customer}`,
  whichOrder: (customer) => `Które zamówienie klienta ${customer}?`,
  whichLines: 'Co anulować?',
  linesHint:
    'Wybierz jedną pozycję, kilka lub wszystkie: powstanie z nich jedna sprawa. Pozycję można zwrócić tylko w całości.',
  wholeOrder: 'Całe zamówienie',
  facts: {
    customer: 'Klient',
    order: 'Zamówienie',
    item: 'Pozycja',
    window: 'Można anulować',
    refund: 'Zwrot',
    ending: 'Sposób',
    state: 'Stan',
    case: 'Sprawa',
    ticket: 'Zgłoszenie',
    amount: 'Żądana kwota',
    by: 'Na wniosek',
    seenBy: 'Klucz widziały osoby',
  },
  until: (at, days, zone) => `do ${moment(at, zone)} – ${left(days)}`,
  closed: (at, zone) => `okres anulowania minął ${moment(at, zone)}; Microsoft może odrzucić zgłoszenie`,
  refusedAtOnce: (at, reason) =>
    `${day(at)} Centrum partnerskie odmówiło natychmiastowego anulowania tego zamówienia i odmówiłoby ponownie. ${withoutFullStop(reason)}. O zwrot można poprosić w zgłoszeniu do firmy Microsoft.`,
  nowRefused: (reason) =>
    `Centrum partnerskie nie anulowało zamówienia od razu. ${withoutFullStop(reason)}. Niczego nie anulowano, a podany powód jest zachowany: „Przez zgłoszenie” prosi Microsoft o zwrot.`,
  noWindow: 'okres anulowania nieznany; decyduje Microsoft',
  refund: formula,
  unknownRefund: 'Centrum partnerskie nie podaje ceny',
  ifGranted: (refund) => `${refund}, jeśli Microsoft przyzna zwrot`,
  ticketExists: (id) => `W firmie Microsoft jest już zgłoszenie dotyczące tego zamówienia: ${id}.`,
  unread: {
    tickets:
      'Nie udało się sprawdzić otwartych zgłoszeń w firmie Microsoft. Jeśli ktoś mógł już złożyć zgłoszenie dla tego zamówienia, sprawdź to najpierw w Centrum partnerskim.',
    offer:
      'Nie udało się odczytać zasad anulowania tej oferty; termin i zwrot podano według ogólnych zasad firmy Microsoft.',
  },
  about: (customer, item) => `${customer} · ${item}`,
  summary: (order, customer, back, days) =>
    [
      `Anulowanie zamówienia ${order} klienta ${customer}`,
      [...(back ? [`zwrot ${money(back)}`] : []), ...(days === undefined ? [] : [left(days)])].join(', '),
    ]
      .filter(Boolean)
      .join(': '),
  badge: { left, closed: 'okres anulowania minął', unknown: 'okres anulowania nieznany' },
  daysUsed: (used, all) => `minęło ${used} z ${allDays(all)}`,
  back: {
    full: (until, zone) => `wraca: pełny zwrot przy anulowaniu do ${moment(until, zone)}`,
    prorated: (refund, until, zone) => `wraca dzisiaj: ${formula(refund)}; można anulować do ${moment(until, zone)}`,
    granted: (refund) => `wraca, jeśli Microsoft przyzna zwrot: ${formula(refund)}`,
    unknown: 'tyle zapłacono; o zwrocie decyduje Microsoft',
  },
  key: (names) =>
    `Klucz zostanie unieważniony. ${
      names.length > 0 ? `Oglądali go tutaj: ${names.join('; ')}.` : 'Nikt go tutaj nie oglądał.'
    } Klient musi odinstalować oprogramowanie. Tego nie można cofnąć.`,
  cancelNow: (back) => (back ? `Anuluj teraz: zwrot ${money(back)}` : 'Anuluj teraz'),
  byTicket: 'Przez zgłoszenie…',
  remindMe: 'Przypomnij mi później',
  reasons: {
    edition: 'Niewłaściwa edycja lub wersja',
    twice: 'Zamówiono dwa razy',
    withdrew: 'Klient zrezygnował',
    quantity: 'Niewłaściwa ilość',
    other: 'Inny – wyjaśniam poniżej',
  },
  choose: 'Wybierz',
  moreHint: 'Więcej dla firmy Microsoft albo własny powód: od 10 do 1000 znaków, najlepiej po angielsku',
  noReason: 'To nie jest powód zwrotu. Wybierz powód albo napisz go w kilku słowach, albo naciśnij przycisk na karcie.',
  changed: {
    amount: (was, now) =>
      `Niczego jeszcze nie anulowano: od pokazania tej karty zmieniła się kwota zwrotu${was && now ? ` z ${money(was)} na ${money(now)}` : ''}. Sprawdź ją i naciśnij ponownie.`,
    window:
      'Niczego jeszcze nie anulowano: od pokazania tej karty zmienił się okres anulowania. Sprawdź go i naciśnij ponownie.',
    notNow:
      'Niczego nie anulowano: zamówienia nie można już anulować od razu. „Przez zgłoszenie” prosi Microsoft o zwrot.',
  },
  effects: 'Po zakończeniu anulowania klucz zostanie unieważniony, a oprogramowanie trzeba odinstalować.',
  questions: {
    tenant: 'Która to dzierżawa? Podaj jej GUID lub nazwę domeny.',
    named: 'Które zamówienie lub która subskrypcja?',
    reason: 'Jaki jest powód zwrotu?',
    amount: 'O jaką kwotę chodzi?',
    amountNote: 'Dlaczego mniej, niż zapłacono?',
    impact: 'Jak bardzo wpływa to na działalność firmy?',
    title: 'Tytuł zgłoszenia',
    contactName: 'Z kim Microsoft może się skontaktować?',
    contactEmail: 'Pod jakim adresem e-mail?',
    contactPhone: 'Pod jakim numerem telefonu?',
  },
  typeOrPress: 'Wpisz odpowiedź lub wypełnij pole i naciśnij „Dalej”.',
  form: 'Zgłoszenie zwrotu',
  formAbout: (order, customer, amount) => [order, customer, ...(amount ? [money(amount)] : [])].join(' · '),
  missing: (missing, filled) => {
    if (missing === 0) return 'Wszystko jest wypełnione. Popraw, co się nie zgadza, i sprawdź zgłoszenie.';
    return `${missing === 1 ? 'Brakuje jednej odpowiedzi' : `Brakuje odpowiedzi: ${missing}`}${filled > 0 ? '; reszta jest wypełniona' : ''}.`;
  },
  filled: {
    title: 'Wypełnione za Ciebie',
    done: (done, all) => `${done} z ${all} gotowe`,
    change: 'Zmień te dane',
    contact: 'Kontakt',
    all: (amount) => `${amount} (wszystko, co zapłacono)`,
  },
  reasonHint: 'od 10 do 1000 znaków, najlepiej po angielsku',
  review: 'Sprawdź anulowanie',
  willCancelNow: (isWholeOrder) =>
    `„Wyślij” natychmiast anuluje ${isWholeOrder ? 'całe zamówienie' : 'tę część zamówienia'} w Centrum partnerskim. Tego nie można cofnąć.`,
  willFile:
    '„Wyślij” składa zgłoszenie typu „CSP purchase/refund on behalf of customers”. Jeśli Centrum partnerskie przyjmuje zgłoszenia tylko w portalu, otrzymasz gotowy tekst do złożenia tam.',
  submit: (name) => (name === 'ticket' ? 'Wyślij: złóż zgłoszenie' : 'Wyślij: anuluj teraz'),
  mayNotSubmit:
    'Możesz przygotować to anulowanie; wysyła je agent administracyjny. „Przekaż” zostawia je agentom: znajdą je, wpisując „szkice”.',
  caseTitle: (reference, state) => `Anulowanie ${reference}: ${state}`,
  stateGivenUp: 'zrezygnowano',
  givenUp:
    'Nic więcej nie będzie tu robione. Zgłoszenie otwarte w firmie Microsoft pozostaje otwarte i może mimo to anulować zamówienie. Aby zacząć od nowa, wpisz „anuluj” i numer zamówienia.',
  stillToFile: (reference) =>
    `Zgłoszenie trzeba jeszcze złożyć ręcznie w portalu Centrum partnerskiego. Agent administracyjny wpisuje „sprawy ${reference}”, aby uzyskać tekst i link oraz podać numer zgłoszenia.`,
  caseText: {
    submitted: 'Sprawa jest w toku. Ta karta zmieni się, gdy coś się wydarzy.',
    filing: 'Trwa składanie zgłoszenia. Ta karta zmieni się, gdy będzie złożone.',
    filed: 'Obserwuję zamówienie i zgłoszenie i dam znać, gdy anulowanie się zakończy.',
    cancelling: 'Centrum partnerskie przyjęło anulowanie. Dam znać, gdy się zakończy.',
    completed:
      'To, co tu wymieniono, jest anulowane, a klucz unieważniony. Klient musi odinstalować to oprogramowanie.',
    refused: 'Niczego nie anulowano. Aby poprosić w inny sposób, wpisz „anuluj” i numer zamówienia.',
    needs_person:
      'Sprawa nie może toczyć się dalej sama: przeczytaj uwagę i sprawdź zamówienie oraz zgłoszenie w Centrum partnerskim. Agent administracyjny wpisuje „sprawy”, aby kontynuować.',
  },
  notTakenYet:
    'Centrum partnerskie jeszcze nie odpowiedziało. Próby trwają dalej, także po ponownym uruchomieniu aplikacji; dam znać, jak się skończą.',
  nobodySaw: 'nikt tutaj ani – według zapisów Centrum partnerskiego – w nim samym',
  viewer: ({ name, keys, downloads, lastAt, isOutside }, zone) => {
    const looks = [...(keys > 0 ? [`klucz ${keys} ×`] : []), ...(downloads > 0 ? [`pobieranie ${downloads} ×`] : [])];
    return `${name}${isOutside ? ' (w Centrum partnerskim)' : ''}: ${looks.join(', ')}, ostatnio ${local(lastAt, zone)}`;
  },
  handOver: {
    title: 'Zgłoszenie jest gotowe do złożenia w Centrum partnerskim',
    text: 'Centrum partnerskie przyjmuje nowe zgłoszenia tylko w portalu. Otwórz formularz, wybierz typ problemu, skopiuj kolejne części, w razie potrzeby dodaj pliki, wyślij i wpisz tutaj numer zgłoszenia: od tej chwili będę je śledzić. „sprawy” przywołuje tę kartę.',
    refused: (said) => `Niczego jeszcze nie anulowano. Odmowa Centrum partnerskiego. ${explainSaid(said)}`,
    closes: (at, zone) => `Okres anulowania kończy się ${moment(at, zone)}: zgłoszenie należy złożyć wcześniej.`,
    closed: (at, zone) =>
      `Okres anulowania minął ${moment(at, zone)}: Microsoft może odrzucić zgłoszenie złożone teraz.`,
    issueType: 'Typ problemu',
    description: 'Opis',
    contact: 'Kontakt',
    ownContact: '(brakujące dane: własne)',
    portal: 'Otwórz formularz',
    portalUrl: 'https://partner.microsoft.com/dashboard/support/csp/servicerequests/create?category=csp',
    numberHint: 'Numer podany przez portal',
  },
  problems: {
    tenant: (customer) => `To nie jest ${customer}. Podaj GUID dzierżawy lub jedną z nazw domen tego klienta.`,
    named: (order) => `To dotyczy innego zamówienia. Podaj ${order} lub jego subskrypcję.`,
    reason: 'Podaj powód, od 10 do 1000 znaków; na jego podstawie decyduje Microsoft.',
    amount: (currency) => `Podaj kwotę w walucie ${currency}, na przykład ${amount(moneyOf(1234.5, currency))}.`,
    amountZero: 'Kwota musi być większa od zera.',
    amountNote: 'Napisz w kilku słowach, dlaczego kwota jest mniejsza niż zapłacona.',
    impact: 'Wybierz, jak bardzo wpływa to na działalność firmy.',
    title: 'Podaj tytuł, od 5 do 255 znaków.',
    contactName: 'Podaj imię i nazwisko.',
    contactEmail: 'Podaj pełny adres e-mail, na przykład anna@partner.example.',
    contactPhone: 'Podaj numer telefonu z numerem kierunkowym kraju, na przykład +48 22 555 01 00.',
    requestNumber: 'To nie jest numer zgłoszenia: ma on od 1 do 10, 15 lub 16 cyfr albo postać 1-1234567890123.',
  },
  amountNoteHint: 'tylko jeśli kwota jest mniejsza',
  noMoney: (paid) => `Nie więcej, niż zapłacono: ${money(paid)}.`,
};
