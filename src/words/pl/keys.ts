import type { Words } from '../words.ts';
import { count, moment } from './common.ts';

export const keys: Words['keys'] = {
  title: 'Klucze i pliki do pobrania',
  whichOrder: (customer) => `Które oprogramowanie klienta ${customer}?`,
  whichVersion: 'Która wersja?',
  whichLanguage: 'Który język?',
  whichArchitecture: '32 czy 64 bity?',
  ready: 'Gotowe',
  facts: {
    customer: 'Klient',
    order: 'Zamówienie',
    item: 'Pozycja',
    version: 'Wersja',
    language: 'Język',
    architecture: 'Architektura',
  },
  warning:
    'Klucze i linki są cenne: klucz, który wycieknie, szybko się wyczerpie. Przekazuj je tylko klientowi, nigdy na kanale. Każde pokazanie jest zapisywane.',
  customerToo:
    'Administrator globalny klienta znajdzie je w centrum administracyjnym platformy Microsoft 365: Rozliczenia → Twoje produkty → Oprogramowanie.',
  privately: 'Zobaczysz to tylko Ty.',
  keyTitle: 'Tylko dla Ciebie',
  keySummary: 'Klucz produktu (prywatnie)',
  keyOf: (version) => `Klucz produktu ${version}`,
  linkOf: (version) => `Adres do pobrania ${version}`,
  linkExpires: 'Adres wygasa pięć dni po pierwszym pobraniu.',
  openDownload: 'Pobierz',
  hiddenAfter: (seconds) =>
    `Zniknie za ${count(seconds, { one: 'sekundę', few: 'sekundy', many: 'sekund', other: 'sekundy' })}.`,
  closeWindow: 'To okno widzisz tylko Ty. Zamknij je, gdy skończysz.',
  shown: (who, what, at, zone) =>
    `${what === 'key' ? 'Klucz pokazano' : 'Adres do pobrania pokazano'}: ${who}, ${moment(at, zone)}`,
  said: 'Wysłano Ci to prywatnie w tej rozmowie.',
  coming: 'Za chwilę pojawi się tu odpowiedź.',
  notHidden: (personId) => ({
    title: 'Klucz może być nadal widoczny na ekranie',
    text: `Aplikacja Teams od doby odmawia usunięcia wiadomości, która pokazuje klucz lub adres do pobrania jednej osobie (${personId}). Poproś tę osobę o usunięcie wiadomości i traktuj klucz jako ujawniony.`,
  }),
  hidden: 'Ukryto.',
  settled: 'Ponownie ukryto. Aby zobaczyć to jeszcze raz, wpisz:',
  again: (order) => `klucze ${order}`,
  notHere: {
    title: 'Klucze tego zamówienia',
    text: 'Centrum partnerskie udostępnia klucze i pliki do pobrania w portalu, a nie przez interfejs API. Agent administracyjny znajdzie je tam:',
    said: (reason) => `Odpowiedź Centrum partnerskiego: ${reason}`,
    steps: 'Klienci → klient → Oprogramowanie → wersja, język, 32 lub 64 bity → Pobierz klucze i pliki.',
    portal: 'Otwórz Centrum partnerskie',
    portalUrl: 'https://partner.microsoft.com/dashboard/commerce2/customers/list',
    adminCenter: 'Otwórz centrum administracyjne platformy Microsoft 365',
    adminCenterUrl: 'https://admin.microsoft.com/Adminportal/Home#/subscriptions',
  },
  tooLate:
    'Centrum partnerskie odpowiadało zbyt długo, więc niczego nie pokazano i nikt nie jest zapisany jako osoba, która to widziała. Naciśnij przycisk jeszcze raz: klucz zostanie pobrany od nowa.',
  tooLateAgain:
    'Centrum partnerskie znów odpowiadało zbyt długo, więc niczego nie pokazano. Naciśnij przycisk później lub otwórz Centrum partnerskie: Klienci → klient → Oprogramowanie.',
  pressInstead: 'Naciśnij przycisk na karcie, aby odpowiedź dotarła tylko do Ciebie.',
  dialog:
    'Aplikacja Teams nie przyjęła tu prywatnej wiadomości. Naciśnij przycisk jeszcze raz: otworzy się okno, które widzisz tylko Ty.',
};
