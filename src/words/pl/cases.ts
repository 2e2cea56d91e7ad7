import type { Words } from '../words.ts';
import { count, moment } from './common.ts';

export const cases: Words['cases'] = {
  following: {
    yes: 'W naszym własnym czacie dostaniesz wiadomość, co z tego wynikło.',
    no: 'Nie dostaniesz wiadomości, co z tego wynikło.',
    told: 'To Twoja sprawa: i tak dostaniesz wiadomość, co z niej wynikło.',
    over: 'Sprawa się zakończyła: nic więcej się nie wydarzy.',
  },
  title: 'Sprawy anulowania',
  count: (open, waiting) => [`otwarte: ${open}`, ...(waiting > 0 ? [`wymaga reakcji: ${waiting}`] : [])].join(' · '),
  newest: (most) =>
    `Najnowsze (${most}) oraz najnowsze wymagające reakcji. Aby zobaczyć inne, wpisz „sprawy” i nazwę klienta.`,
  summary: (title, open, waiting) => `${title}: otwarte: ${open}${waiting > 0 ? `, wymaga reakcji: ${waiting}` : ''}`,
  open: (reference) => `Otwórz: ${reference}`,
  of: (customer) => `Sprawy anulowania klienta ${customer}`,
  noneOf: (customer) => `${customer} nie ma spraw anulowania. Aby rozpocząć, wpisz „anuluj” i numer zamówienia.`,
  severalCustomers: (text) =>
    `Kilku klientów pasuje do „${text}”. Oto sprawy niektórych z nich; wpisz „sprawy” i dłuższą część nazwy.`,
  none: 'Nie ma spraw anulowania. Aby rozpocząć, wpisz „anuluj” i numer zamówienia.',
  changed: 'Sprawa zmieniła się od czasu utworzenia tej karty, więc niczego nie zrobiono. Sprawdź jej obecny stan.',
  unknown: (reference) => `Nie ma sprawy „${reference}”. Oto najnowsze.`,
  heading: (reference) => `Sprawa ${reference}`,
  follow: 'Dalej: śledź ten numer',
  fileAgain: 'Złóż zgłoszenie: jeszcze raz',
  giveUp: 'Zrezygnuj: z tej sprawy',
  confirmAction: {
    now: (reference) => `Anulować teraz? ${reference}`,
    nowText: ({ isWholeOrder, order, customer }) =>
      `Natychmiast anuluje w Centrum partnerskim ${isWholeOrder ? `całe zamówienie ${order}` : `tę część zamówienia ${order}`} klienta ${customer}. Tego nie można cofnąć.`,
    nowButton: 'Anuluj teraz: ostatecznie',
    unread: 'Nie udało się teraz odczytać, jaki zwrot to przyniesie.',
    giveUp: (reference) => `Zrezygnować z ${reference}?`,
    giveUpText: (order) =>
      `Rezygnacja zamyka tę sprawę: zamówienie ${order} nie zostanie anulowane i nic więcej nie będzie tu robione. Wszyscy, którzy wiedzą o sprawie, dostaną wiadomość. Dopóki trwa okres anulowania, można rozpocząć nowe anulowanie.`,
  },
  whatToDo: (state) =>
    state === 'needs_person'
      ? 'Podaj inny numer zgłoszenia do śledzenia, złóż zgłoszenie ponownie lub zrezygnuj ze sprawy: wtedy nic więcej nie będzie robione i można rozpocząć nową.'
      : 'Jeśli numer zgłoszenia jest błędny, podaj właściwy.',
  opened: (at, zone) => `od ${moment(at, zone)}`,
};

export const drafts: Words['drafts'] = {
  title: 'Szkice',
  none: 'Nie masz szkiców.',
  count: (drafts) => count(drafts, { one: 'szkic', few: 'szkice', many: 'szkiców', other: 'szkicu' }),
  waiting: 'czeka na osobę',
  changed: (at, zone) => `ostatnia zmiana: ${moment(at, zone)}`,
  handedOver: (name) => `przekazane przez: ${name}`,
  mine: 'Twój',
};

export const notices: Words['notices'] = {
  digest: (n) => `Wiadomości o anulowaniach i zamówieniach: ${n}`,
  digestText: 'W ciągu minuty przyszło ich wiele, więc są razem. Wiersz otwiera każdą z nich.',
  completed: (reference, order) => `Anulowanie ${reference} zakończone: zamówienie ${order}`,
  completedText:
    'To, co tu wymieniono, jest anulowane, a klucz unieważniony. Klient musi zaprzestać używania tego oprogramowania i je odinstalować. Zwrot pojawi się na następnej fakturze.',
  refused: (reference, order) => `Odmowa anulowania ${reference}: zamówienie ${order} NIE jest anulowane`,
  givenUp: (reference, order) => `Zrezygnowano z anulowania ${reference}: zamówienie ${order}`,
  needsPerson: (reference, order) => `Anulowanie ${reference} wymaga Twojej reakcji: zamówienie ${order}`,
  closing: (order, until, zone) => `Zamówienie ${order} można anulować tylko do ${moment(until, zone)}`,
  stillDraft: (owner) => `Anulowanie, które przygotowuje ${owner}, jest nadal szkicem: niczego nie wysłano.`,
  stillHandOver: (reference) =>
    `Zgłoszenie sprawy ${reference} nie zostało złożone: Microsoft jeszcze nic o niej nie wie.`,
  again: 'Wysłano ponownie: nie wiadomo, czy pierwsza wiadomość dotarła.',
  againSummary: (summary: string) => `Ponownie: ${summary}`,
  discarded: (by, title) => `${by} odrzuca: ${title}`,
  discardedText:
    'To zlecenie przygotowane i przekazane przez Ciebie. Niczego nie zamówiono, nie anulowano ani nie wysłano.',
  why: 'Ta wiadomość przychodzi na Twoją prośbę lub dlatego, że rozmowa zaczęła się tutaj.',
};

export const reminders: Words['reminders'] = {
  cancel: 'Anuluj zamówienie…',
  set: (order) => `Ustawiono przypomnienie dla zamówienia ${order}`,
  setText: (until, zone) => `Przypomnę tutaj, zanim okres anulowania skończy się ${moment(until, zone)}.`,
  comesBack: 'do zwrotu przy anulowaniu teraz',
  kept: (by, order, customer) => `Zamówienie ${order} klienta ${customer} zostaje, decyzja: ${by}`,
  noMore: 'Nie będzie już o nim przypomnień.',
  lastDay: (by, order, customer) =>
    `Jeszcze jedno przypomnienie o zamówieniu ${order} klienta ${customer}, ostatniego dnia, dla: ${by}`,
  lastAt: (at, zone) => `Ostatnie przypomnienie przyjdzie ${moment(at, zone)}.`,
  stillUntil: (until, zone) => `Nadal można je anulować do ${moment(until, zone)}.`,
  again: (order) => `Aby znów dostawać wszystkie przypomnienia, wpisz „przypomnij ${order}”.`,
  notYours: (order) =>
    `Przypomnienie może wyłączyć tylko osoba, która je dostaje. Aby mieć własne, wpisz „przypomnij ${order}”.`,
  notSet: (order) => `Nie ustawiono przypomnienia dla zamówienia ${order}`,
  noWindow: (order) =>
    `Nie znam okresu anulowania tego zamówienia, więc nie ma o czym przypominać. Mimo to można poprosić Microsoft o zwrot: wpisz „anuluj ${order}”.`,
};
