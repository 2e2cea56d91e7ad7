import type { Words } from '../words.ts';
import { local } from './common.ts';

export const caseCard: Words['caseCard'] = {
  title: (reference) => `Anulowanie ${reference}`,
  summary: (reference, customer, state) => `Anulowanie ${reference}, klient ${customer}: ${state}`,
  asked: (item) => `kwota żądanego zwrotu za: ${item}`,
  back: (item) => `do zwrotu za: ${item}`,
  credited: (item) => `kwota żądanego zwrotu za: ${item}; ile zwróci Microsoft, pokaże następna faktura`,
  steps: {
    submitted: (by) => `Wysłane przez: ${by}`,
    cancelling: 'Polecenie anulowania w Centrum partnerskim',
    filing: 'Składanie zgłoszenia',
    filed: (ticketId) => (ticketId ? `Złożono zgłoszenie ${ticketId}` : 'Złożono zgłoszenie'),
    decides: 'Decyduje Microsoft',
    'needs-person': (isNow) => (isNow ? 'Czeka na reakcję' : 'Czekało na reakcję'),
    completed: (isWholeOrder) =>
      isWholeOrder ? 'Zamówienie anulowane, klucz unieważniony' : 'Ta część anulowana, jej klucz unieważniony',
    refused: 'Odmowa: niczego nie anulowano',
    givenUp: (by) => `Zrezygnowano, decyzja: ${by}`,
    at: local,
    since: (at, zone) => `od ${local(at, zone)}`,
    now: 'teraz',
    ahead: 'jeszcze przed nami',
  },
  forCustomer: {
    title: 'Tekst dla klienta',
    hint: 'Skopiuj go do wiadomości do klienta i zmień, co chcesz. Nie ma w nim klucza ani ceny: to, ile zwróci Microsoft, jest sprawą między Waszą firmą a firmą Microsoft.',
    text: ({ item, order, isWholeOrder }) => [
      'Dzień dobry,',
      isWholeOrder
        ? `zgodnie z Państwa życzeniem zamówienie ${order} zostało anulowane w firmie Microsoft: ${item}.`
        : `zgodnie z Państwa życzeniem ta część zamówienia ${order} została anulowana w firmie Microsoft: ${item}.`,
      'Klucze produktu są już nieważne. Prosimy zaprzestać używania tego oprogramowania i je odinstalować.',
      'W razie pytań prosimy odpowiedzieć na tę wiadomość.',
    ],
  },
};
