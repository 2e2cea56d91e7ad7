import type { Words } from '../words.ts';
import { count, moment, money, number } from './common.ts';
import { withQuote } from './partner-center.ts';

const terms: Record<string, string> = { P1M: '1 miesiąc', P1Y: '1 rok', P2Y: '2 lata', P3Y: '3 lata' };
const cycles: Record<string, string> = {
  one_time: 'jednorazowo',
  annual: 'co rok',
  monthly: 'co miesiąc',
  triennial: 'co trzy lata',
  biennial: 'co dwa lata',
};
const segments: Record<string, string> = {
  commercial: 'Komercyjny',
  education: 'Edukacja',
  government: 'Instytucje rządowe',
  nonprofit: 'Organizacje non-profit',
};

export const term: Words['term'] = (duration) => (duration ? (terms[duration] ?? duration) : 'licencja wieczysta');
export const billing: Words['billing'] = (cycle) => cycles[cycle] ?? cycle;
export const segment: Words['segment'] = (name) => segments[name] ?? name.charAt(0).toUpperCase() + name.slice(1);

/** Why somebody is asked whether that is meant. */
export const doubt: Words['doubt'] = (about, zone) => {
  switch (about.kind) {
    case 'repeated': {
      const { by, quantity, item, at } = about;
      return `Dla tego klienta zamówiono już ${number(quantity)} × ${item}, ${moment(new Date(at), zone)}${by ? ` (${by})` : ''}.`;
    }
    case 'unusual': {
      const { quantity, item, usual, isOfItem } = about;
      const usually = isOfItem
        ? `zamówienia tego klienta obejmują zwykle ${number(usual)}`
        : `w jednym zamówieniu tego klienta nie było nigdy więcej niż ${number(usual)} sztuk czegokolwiek`;
      return `${number(quantity)} × ${item} to niezwykle dużo: ${usually}.`;
    }
    case 'many':
      return `${number(about.quantity)} × ${about.item} to bardzo duża ilość.`;
    case 'expensive':
      return `${money(about.total)} to bardzo duża kwota.`;
  }
};

export const purchase: Words['purchase'] = {
  title: 'Kup oprogramowanie',
  draftTitle: (item, customer) =>
    [`Zakup: ${item ?? 'oprogramowanie'}`, customer ? `dla ${customer}` : ''].filter(Boolean).join(' '),
  whichCustomer: 'Dla którego klienta?',
  searchCustomer: 'Część nazwy lub domeny',
  buyFor: (customer) => `Zakup dla ${customer}`,
  whichProduct: 'Jakie oprogramowanie i ile sztuk?',
  whichEdition: (product) => `Która edycja: ${product}?`,
  oneCustomer: 'Jedno zamówienie jest dla jednego klienta: zamów dla każdego z nich osobno.',
  noneNamed: (text, isNear) =>
    `Nic, co można tu zamówić, nie nazywa się „${text}”.${isNear ? ' Oto najbliższe nazwy.' : ''}`,
  whichTerms: (item) => `${item}: ile i na jakich warunkach?`,
  searchProduct: 'np. „server 2025”, „sql”…',
  each: 'Cena za sztukę',
  line: (quantity, item) => `${number(quantity)} × ${item}`,
  further: (items) => `Następnie: ${items.join(', ')}.`,
  leaveOut: (product) =>
    `Niczego jeszcze nie wybrano dla „${product}”. Aby to pominąć, naciśnij „Sprawdź zamówienie” jeszcze raz.`,
  sum: (quantity, unit, total) => `${number(quantity)} × ${money(unit)} = ${money(total)}`,
  net: (lines) => `${count(lines, { one: 'pozycja', few: 'pozycje', many: 'pozycji', other: 'pozycji' })}, bez podatku`,
  otherCustomer: 'Edytuj: inny klient',
  quantityRange: (minimum, maximum) =>
    maximum >= 999_999_999 ? `Co najmniej ${number(minimum)}.` : `Od ${number(minimum)} do ${number(maximum)}.`,
  attestation: 'Klient spełnia warunki, które Microsoft stawia dla tej oferty.',
  notAttested:
    'Klient spełnia warunki, które Microsoft stawia dla tej oferty: zaznacz to pole lub wróć i wybierz inną edycję.',
  attests: {
    item: 'Kto potwierdza zamówienie, poświadcza, że klient spełnia warunki, które Microsoft stawia dla tej oferty.',
    partner:
      'Kto potwierdza zamówienie, poświadcza w imieniu firmy to, czego Centrum partnerskie wymaga od partnera wpisanego w tym zamówieniu.',
  },
  attestFirst: (said) =>
    withQuote(
      'Centrum partnerskie wymaga najpierw poświadczenia. Niczego nie zamówiono. Treść poświadczenia jest tutaj: jeśli jest prawdziwa, naciśnij „Potwierdź”.',
      said,
    ),
  review: 'Sprawdź zamówienie',
  asItWas:
    'Centrum partnerskie w tej chwili nie odpowiada, więc zamówienie jest takie, jakie zapisano. Po naciśnięciu „Potwierdź” zostanie sprawdzone ponownie.',
  declinedFor: (said) =>
    withQuote(
      'Centrum partnerskie odmówiło. Niczego nie zamówiono. Tutaj jest napisane, czego brakuje i jak to naprawić; potem można kontynuować.',
      said,
    ),
  facts: {
    customer: 'Klient',
    item: 'Pozycja',
    segment: 'Segment',
    term: 'Okres',
    billing: 'Rozliczenie',
    quantity: 'Ilość',
    unitPrice: 'Cena jednostkowa',
    total: 'Razem',
    currency: 'Waluta',
    order: 'Numer zamówienia',
    orders: 'Numery zamówień',
    by: 'Zamówione przez',
    preparer: 'Przygotowane przez',
  },
  whatHappens:
    '„Potwierdź” składa wiążące zamówienie w firmie Microsoft. Należność pojawi się na następnej fakturze dla klienta.',
  cancellable: (until, refund, zone) =>
    `Można anulować do ${moment(until, zone)}${refund ? ` (${refund === 'full' ? 'pełny zwrot' : 'zwrot proporcjonalny'})` : ''}.`,
  notCancellable: 'Po zamówieniu tej pozycji nie można anulować.',
  confirm: (quantity, total) => `Potwierdź: kup ${number(quantity)} za ${money(total)}`,
  askBack: (reasons) =>
    `Niczego jeszcze nie zamówiono. ${reasons.join(' ')} Jeśli tak ma być, naciśnij „Potwierdź” jeszcze raz.`,
  confirmAll: (quantity, total) => `Potwierdź: kup wszystkie (${number(quantity)}) za ${money(total)}`,
  confirmAgain: (quantity, total) => `Potwierdź: kup jeszcze raz ${number(quantity)} za ${money(total)}`,
  adminAgentOnly: (limit) => `Powyżej ${money(limit)} potwierdzić może tylko agent administracyjny.`,
  mayNotConfirm:
    'Możesz przygotować to zamówienie; potwierdza je agent administracyjny. „Przekaż” zostawia je agentom: znajdą je, wpisując „szkice”.',
  inProgress: {
    title: 'Trwa składanie zamówienia…',
    text: 'Centrum partnerskie jeszcze nie odpowiedziało. Praca trwa dalej, także po ponownym uruchomieniu aplikacji, a ta karta zmieni się, gdy wszystko będzie gotowe. Nic nie zostanie zamówione dwa razy.',
  },
  ordered: (quantity, item) => `Zamówiono: ${number(quantity)} × ${item}`,
  orderedText: (orders) =>
    `Złożono ${count(orders.length, { one: 'zamówienie', few: 'zamówienia', many: 'zamówień', other: 'zamówienia' })}. Klucze i pliki do pobrania będą dostępne, gdy Centrum partnerskie zrealizuje zamówienie: wpisz „klucze ${orders[0] ?? ''}”.`,
  declined: {
    title: 'Centrum partnerskie odrzuciło zamówienie',
    text: 'Niczego nie zamówiono. Wpisz „kup”, aby spróbować z innym produktem lub inną ilością.',
    again: 'Niczego nie zamówiono. Wpisz „kup”, aby zamówić po obecnej cenie.',
    tooLate: {
      title: 'Nie zamówiono: zamówienie czekało ponad dobę',
      text: 'Niczego nie zamówiono. Jeśli to nadal potrzebne, wpisz „kup”.',
    },
    priceChanged: 'Nie zamówiono: cena się zmieniła',
    missing: (what, remedy) => `Niczego nie zamówiono. ${what} ${remedy} Potem wpisz ponownie „kup”.`,
  },
  needsPerson: {
    title: 'Sprawdź to zamówienie w Centrum partnerskim',
    text: 'Centrum partnerskie nie odpowiedziało jednoznacznie, czy zamówienie zostało przyjęte. Przed ponownym zamówieniem sprawdź historię zamówień klienta.',
  },
};
