import type { Words } from '../words.ts';
import { count, moment, time } from './common.ts';
import { quoteSaid } from './partner-center.ts';

export const keys: Words['keys'] = {
  title: 'Klucze i pliki do pobrania',
  whichOrder: (customer) => `Które oprogramowanie klienta ${customer}?`,
  of: (item) => `Klucze: ${item}`,
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
    'Administrator klienta znajdzie je w centrum administracyjnym platformy Microsoft 365: Rozliczenia → Twoje produkty → Oprogramowanie.',
  privately: 'Zobaczysz to tylko Ty',
  onlyYou: 'Widzisz to tylko Ty',
  keyTitle: 'Tylko dla Ciebie',
  keySummary: 'Klucz produktu (prywatnie)',
  keyOf: (version) => `Klucz produktu ${version}`,
  linkOf: (version) => `Adres do pobrania ${version}`,
  linkExpires: 'Adres wygasa pięć dni po pierwszym pobraniu.',
  openDownload: 'Pobierz',
  hiddenAfter: (seconds, at, zone) =>
    `Zniknie za ${count(seconds, { one: 'sekundę', few: 'sekundy', many: 'sekund', other: 'sekundy' })}, o ${time(at, zone)}. Zapisano, że to widzisz.`,
  closeWindow: (at, zone) =>
    `To okno widzisz tylko Ty, a aplikacja Teams nie pozwala zamknąć go nikomu innemu. Zamknij je, gdy skończysz, najpóźniej o ${time(at, zone)}.`,
  shown: (who, what, at, zone) => {
    const address = what.some((one) => one !== 'key');
    const named = !what.includes('key') ? 'Adres do pobrania' : address ? 'Klucz i adres do pobrania' : 'Klucz';
    return `${named} pokazano: ${who}, ${moment(at, zone)}`;
  },
  noLine: (order, line) => `Zamówienie ${order} nie ma pozycji ${line}. Wybierz jedną z jego pozycji.`,
  notThere: (version, wanted, others) =>
    `Wersja ${version} nie jest dostępna jako ${wanted}. Dostępne: ${others.join(', ')}.`,
  downloadsAway: 'Centrum partnerskie nie podaje w tej chwili, jakie pliki są do pobrania.',
  fetching: 'Trwa pobieranie z Centrum partnerskiego. Zobaczy to tylko osoba, która nacisnęła przycisk.',
  said: 'Wysłano Ci to prywatnie w tej rozmowie.',
  coming: 'Za chwilę pojawi się tu odpowiedź.',
  tokenMisused: (name, order) => ({
    title: 'Odmówiono jednorazowego żądania klucza',
    text: `Jednorazowe żądanie klucza zamówienia ${order} nadeszło po raz drugi albo od kogoś, komu nie zostało wydane. Nadesłane przez: ${name}; niczego nie pokazano. Zapytaj tę osobę; jeśli nic o tym nie wie, zakończ jej sesje w Microsoft Entra.`,
  }),
  notHidden: (personId) => ({
    title: 'Klucz może być nadal widoczny na ekranie',
    text: `Aplikacja Teams od doby odmawia usunięcia wiadomości, która pokazuje klucz lub adres do pobrania jednej osobie (${personId}). Poproś tę osobę o usunięcie wiadomości i traktuj klucz jako ujawniony.`,
  }),
  hidden: 'Ukryto.',
  hiddenAgain: 'Ponownie ukryto.',
  settled: 'Ponownie ukryto. Aby zobaczyć to jeszcze raz, wpisz:',
  again: (order) => `klucze ${order}`,
  notHere: {
    said: (reason) => quoteSaid([reason]),
    title: 'Klucze tego zamówienia',
    text: 'Centrum partnerskie udostępnia klucze i pliki do pobrania w portalu, a nie przez interfejs API. Agent administracyjny znajdzie je tam:',
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
