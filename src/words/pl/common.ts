import { formattersFor } from '../format.ts';
import type { Words } from '../words.ts';

export const { money, amount, number, day, moment, local, time, size, country, inTime, count } = formattersFor('pl-PL');
export const days = { one: 'dzień', few: 'dni', many: 'dni', other: 'dnia' };

export { withoutFullStop } from '../format.ts';

export const buttons: Words['buttons'] = {
  next: 'Dalej',
  turnOff: 'Wyłącz',
  back: 'Wstecz',
  discard: 'Odrzuć',
  later: 'Zapisz na później',
  edit: 'Edytuj',
  reviewOrder: 'Sprawdź zamówienie',
  addLine: 'Dodaj kolejną pozycję',
  removeFile: 'Usuń',
  files: 'Pliki',
  removeLine: 'Usuń',
  confirm: 'Potwierdź',
  agreement: 'Umowa z klientem',
  submit: 'Wyślij',
  cancelNow: 'Anuluj teraz',
  fileTicket: 'Złóż zgłoszenie',
  byTicket: 'Przez zgłoszenie',
  reviewTicket: 'Sprawdź zgłoszenie',
  oneForm: 'Jeden formularz',
  ticketPage: 'Formularz z plikami',
  stepByStep: 'Krok po kroku',
  software: 'Oprogramowanie',
  keys: 'Klucze',
  cancel: 'Anuluj zamówienie',
  getKey: 'Pokaż klucz',
  download: 'Pobierz',
  copyLink: 'Kopiuj link',
  reportLeak: 'Zgłoś wyciek',
  liftLeak: 'Odwołaj',
  hide: 'Ukryj',
  done: 'Gotowe',
  giveUp: 'Zrezygnuj',
  exportFile: 'Eksportuj jako CSV',
  remindMe: 'Przypomnij mi',
  resume: 'Wznów',
  claim: 'Przejmij',
  comment: 'Skomentuj',
  approve: 'Zatwierdź',
  reject: 'Odrzuć',
  handOver: 'Przekaż',
  open: 'Otwórz',
  follow: 'Powiadamiaj mnie też',
  unfollow: 'Nie powiadamiaj mnie',
  textForCustomer: 'Tekst dla klienta',
  keepIt: 'Zachowaj',
  lastDay: 'Ostatni dzień',
  choose: 'Wybierz',
  language: 'Język',
  find: 'Szukaj',
  more: 'Więcej',
};

export const inputs: Words['inputs'] = {
  customer: 'Klient',
  product: 'Produkt',
  edition: 'Edycja',
  segment: 'Segment',
  quantity: 'Ilość',
  term: 'Okres',
  billing: 'Rozliczenie',
  version: 'Wersja',
  language: 'Język',
  architecture: 'Architektura',
  tenant: 'Dzierżawa klienta (GUID lub domena)',
  named: 'Identyfikator zamówienia lub subskrypcji',
  why: 'Jaki jest powód zwrotu?',
  reason: 'Powód zwrotu',
  amount: 'Żądana kwota',
  amountNote: 'Dlaczego mniej, niż zapłacono',
  impact: 'Wpływ',
  title: 'Tytuł',
  contactName: 'Osoba kontaktowa',
  contactEmail: 'E-mail kontaktowy',
  contactPhone: 'Telefon kontaktowy',
  draft: 'Szkic',
  find: 'Klient, zamówienie lub sprawa',
  comment: 'Komentarz lub powód',
  leaked: 'Co wyciekło?',
  who: 'Kto',
  case: 'Sprawa',
  attestation: 'Poświadczenie',
  lines: 'Co anulować',
  requestNumber: 'Numer zgłoszenia',
  firstName: 'Imię',
  lastName: 'Nazwisko',
  email: 'E-mail',
  phone: 'Telefon (opcjonalnie)',
  agreedOn: 'Data akceptacji',
};

export const roles: Words['roles'] = {
  'admin-agent': 'agent administracyjny',
  'global-admin': 'administrator globalny',
  'sales-agent': 'agent sprzedaży',
  'helpdesk-agent': 'agent pomocy technicznej',
};

export const rights: Words['rights'] = {
  look: 'przeglądać klientów, oprogramowanie i zamówienia',
  'buy.prepare': 'przygotować zamówienie',
  'buy.confirm': 'potwierdzić zamówienie',
  'agreement.confirm': 'potwierdzić umowę z klientem',
  'keys.reveal': 'widzieć klucze produktów i pliki do pobrania',
  'leak.report': 'zgłaszać i odwoływać wycieki',
  'cancel.prepare': 'przygotować anulowanie',
  'cancel.submit': 'wysłać anulowanie',
  approve: 'zatwierdzać to, o co proszą inni',
  'audit.read': 'czytać dziennik inspekcji',
  'setup.check': 'sprawdzić moją konfigurację',
};

export const common: Words['common'] = {
  simulated: 'Symulacja',
  simulatedMore: 'W firmie Microsoft nic nie jest zamawiane.',
  required: 'Wypełnij to pole.',
  of: (step, steps) => `Krok ${step} z ${steps}`,
  working: {
    title: 'Praca w toku…',
    text: 'To potrwa trochę dłużej. Ta wiadomość zmieni się, gdy tylko wszystko będzie gotowe.',
  },
  busy: {
    order: 'Trwa składanie zamówienia w Centrum partnerskim.',
    agreement: 'Trwa zapisywanie umowy.',
    ticket: 'Trwa składanie zgłoszenia.',
    cancellation: 'Trwa wysyłanie anulowania.',
    givingUp: 'Trwa zamykanie sprawy.',
    note: 'Ta karta zmieni się, gdy tylko wszystko będzie gotowe; do tego czasu nie trzeba niczego naciskać.',
  },
  stillWorking: 'Praca nadal trwa. Karta zmieni się, gdy tylko wszystko będzie gotowe.',
  answered: (question, answer) => `${question}: ${answer}`,
  continuesBelow: 'Ciąg dalszy rozmowy poniżej.',
  otherCardCounts: 'Rozmowa w międzyczasie potoczyła się dalej: liczy się druga karta.',
  continuesInPrivate: (name) => `${name} kontynuuje prywatnie.`,
  answeredInPrivate: 'Odpowiedź przekazano prywatnie.',
  onlyYou: (readers) =>
    readers === 'outsiders'
      ? 'Są tu osoby spoza organizacji, dlatego widzisz to tylko Ty.'
      : 'Nie udało się teraz sprawdzić, kto jeszcze tu czyta, dlatego widzisz to tylko Ty.',
  withheld: (readers) => ({
    title: 'Tutaj tego nie widać',
    text:
      readers === 'outsiders'
        ? 'Są tu osoby spoza organizacji. Klientów, ceny i zamówienia widać tylko w Twoim czacie z Software Desk albo, gdy pytasz tutaj, tylko dla Ciebie.'
        : 'Nie udało się teraz sprawdzić, kto jeszcze tu czyta. Klientów, ceny i zamówienia widać tylko w Twoim czacie z Software Desk albo, gdy pytasz tutaj, tylko dla Ciebie.',
  }),
  privateFailed: {
    title: 'Nie udało się tam odpowiedzieć prywatnie',
    text: 'Aplikacja Teams nie dostarczyła mojej prywatnej odpowiedzi. Zapytaj mnie tutaj, w tym czacie; nikt inny niczego nie zobaczył.',
  },
  wasCommand: 'Czy to miało być polecenie? Przycisk je rozpocznie; ta rozmowa pozostanie bez zmian.',
  unreadMessage: (what) =>
    `Nie potrafię odczytać ${{ file: 'plików', picture: 'obrazów', forwarded: 'przekazanych wiadomości' }[what]}.\nWpisz, o co chodzi, na przykład „zamówienia contoso”, lub odpowiedz słowami na moje ostatnie pytanie.`,
  changedMessage:
    'Zmieniona wiadomość była już odczytana.\nNiczego nie robię dwa razy. Wpisz to jeszcze raz jako nową wiadomość.',
  perhapsAnswered: {
    title: 'Czy moja odpowiedź dotarła?',
    text: 'Aplikacja Teams nie powiadomiła mnie, czy moja odpowiedź jest widoczna. Jeśli jej nie widać, zapytaj ponownie: nic nie zostanie przez to zrobione dwa razy.',
  },
  notTaken:
    'Aplikacja Teams nie przyjęła mojej odpowiedzi.\nSpróbuj ponownie; wprowadzone dane są zachowane i nic nie zostanie zrobione dwa razy.',
  askedAgain: (question) => `${question}: pytanie powtórzono poniżej.`,
  discarded: (title) => ({
    title: `Odrzucono: ${title}`,
    text: 'Niczego nie zamówiono, nie anulowano ani nie wysłano.',
  }),
  savedForLater: (title) => ({
    title: `Zapisano: ${title}`,
    text: 'Aby kontynuować, naciśnij „Wznów” lub wpisz w dowolnym miejscu „szkice”. Szkice są przechowywane przez 30 dni.',
  }),
  notKept: (command) => ({
    title: 'Nie zapisano',
    text: `Ta rozmowa nie jest zapisywana na później; niczego w niej nie zamówiono ani nie anulowano. Aby zacząć ją od nowa, wpisz: ${command}`,
  }),
  handedOver: (by) =>
    `Przygotowane przez: ${by}. Osoba z odpowiednim uprawnieniem może kontynuować tutaj lub znaleźć to, wpisując „szkice”.`,
  leftForOthers: (title, { told, asked }) => ({
    title: `Przekazano: ${title}`,
    text: [
      `Agent administracyjny znajdzie to, wpisując „szkice”, pod nazwą „${title}”.`,
      ...(asked ? [`Proszę o kontynuację: ${asked}.`] : []),
      ...(told === undefined || asked
        ? []
        : [
            told > 0 ? 'Powiadamiam agentów.' : 'Powiadom jednego z agentów: nie znam nikogo, komu można to przekazać.',
          ]),
    ].join(' '),
  }),
  askOne: 'Aby poprosić konkretną osobę, wybierz ją.',
  handOverTo: 'Przekaż: tej osobie',
  toOneOfYou: (by) => `${by} przekazuje to dalej. Ktoś z Was może kontynuować tutaj.`,
  toYou: (by) => `${by} prosi Cię o kontynuację.`,
  toTakeOver: (by, title, isAsked = false) => ({
    title: isAsked ? `${by} prosi Cię o kontynuację: ${title}` : `${by} przekazuje: ${title}`,
    text: 'Czeka to na osobę, która może kontynuować. Naciśnij „Otwórz” lub wpisz „szkice”.',
  }),
  untold: (title, name) => ({
    title: name ? `Nie udało się powiadomić osoby ${name}: ${title}` : `Nie udało się powiadomić nikogo: ${title}`,
    text: name
      ? `Wiadomość nie dotarła, odbiorca: ${name}. Powiadom tę osobę lub innego agenta administracyjnego, że sprawa czeka w szkicach („szkice”).`
      : 'Do żadnego agenta administracyjnego nie udało się dotrzeć. Powiadom jednego z nich, że sprawa czeka w szkicach („szkice”).',
  }),
  resumed: 'Wznowiono poniżej.',
  resumedElsewhere: 'Wznowiono w innej rozmowie.',
  goneOn: (name) => `${name} kontynuuje.`,
  ended: (name) => `Zakończone przez: ${name}.`,
  endedWith: (name, outcome) => `Zakończone przez: ${name}. Wynik: ${outcome}`,
  fault: (reference, { isKept = true } = {}) =>
    `Coś poszło nie tak po naszej stronie; ${isKept ? 'wprowadzone dane są zachowane' : 'nic nie zostało rozpoczęte'}.\nSpróbuj ponownie; jeśli to się powtórzy, podaj administratorowi ten numer: ${reference}.`,
  signInRefused:
    'Centrum partnerskie nie przyjmuje już naszego logowania. Powiadom administratora: zgodę trzeba odnowić. Próba zostanie ponowiona automatycznie; nic nie zginie i nic nie zostanie zrobione dwa razy.',
  sayYesAgain: 'Nic jeszcze nie zostało zrobione. Wpisz „tak” jeszcze raz albo naciśnij przycisk, aby to wykonać.',
  saidNo: 'Niczego nie zamówiono, nie anulowano ani nie wysłano. Możesz to zmienić, zapisać na później albo odrzucić.',
  portalMfa: 'Portal wymaga przy logowaniu uwierzytelniania wieloskładnikowego (MFA).',
  chooseOne: 'Wybierz jedną pozycję.',
  more: (left) => `Więcej: ${left}`,
  fromStart: 'Wstecz: do początku',
  shownOf: (first, last, all) => `Pozycje od ${first} do ${last} z ${all}.`,
  pressButton: 'Naciśnij przycisk na karcie.',
};
