import type { Words } from '../words.ts';
import { count } from './common.ts';

export const help: Words['help'] = {
  title: 'Software Desk',
  overview: 'Co mogę dla Ciebie zrobić',
  hi: (name) => `Dzień dobry${name ? `, ${name}` : ''}.`,
  findHint: 'Nazwa, domena lub numer',
  hello: (name) =>
    `Dzień dobry${name ? `, ${name}` : ''}. Pomagam kupować oprogramowanie lokalne dla klientów, uzyskiwać klucze i pliki do pobrania oraz anulować zakupy.`,
  tagline: 'Zakupy, klucze i anulowania dla Twoich klientów',
  waiting: (things) =>
    `${count(things, { one: 'sprawa czeka', few: 'sprawy czekają', many: 'spraw czeka', other: 'sprawy czeka' })} na Ciebie.`,
  intro: 'Wpisz jedno z poleceń.',
  mention: 'Na kanale najpierw o mnie wspomnij (@): odpowiem w tym samym wątku.',
  more: (typed) => `Więcej o jednym z nich: wpisz „${typed}”.`,
  orType: (examples, all) =>
    `Wpisz, czego potrzebujesz, na przykład ${examples.map((one) => `„${one}”`).join(', ')}. „${all}” pokazuje wszystko.`,
  aboutOne: (typed) => `Pomoc: ${typed}`,
  what: 'Do czego służy',
  need: 'Co trzeba podać',
  example: 'Na przykład',
  draft: 'szkic',
  commands: {
    buy: 'zamów oprogramowanie dla klienta',
    software: 'co ma klient: „oprogramowanie contoso”',
    orders: 'zamówienia klienta: „zamówienia contoso”',
    mine: 'Twoje zamówienia złożone tutaj: „moje zamówienia”',
    keys: 'klucz i pliki do pobrania z zamówienia, tylko dla Ciebie',
    leak: 'zgłosić, że klucz lub plik do pobrania znają inni: „wyciek 1a2b3c4d5e6f”',
    cancel: 'anuluj zamówienie i odzyskaj pieniądze',
    cases: 'anulowania i ich stan',
    drafts: 'rozpoczęte rozmowy, aby je dokończyć',
    remind: 'przypomnienie, zanim minie termin anulowania zamówienia',
    approvals: 'co czeka na drugiego agenta administracyjnego',
    audit: 'kto co zrobił, dla administratorów, w czacie osobistym: „dziennik contoso”',
    doctor: 'czy wszystko jest dobrze skonfigurowane? Dla administratorów, w czacie osobistym',
    daily: 'jedna wiadomość dziennie o tym, co się kończy i co czeka: „codziennie 8:00”',
    language: 'w jakim języku piszę: „język deutsch”',
    whoami: 'jak Cię rozpoznaję i na co pozwalają Twoje role',
    help: 'ta lista',
  },
  welcome: 'Proszę bardzo',
  anythingElse: 'Wpisz, co robimy dalej, albo „pomoc”.',
  labels: {
    buy: 'Kup',
    software: 'Oprogramowanie',
    orders: 'Zamówienia',
    mine: 'Moje zamówienia',
    keys: 'Klucze',
    leak: 'Zgłoś wyciek',
    cancel: 'Anuluj',
    cases: 'Sprawy',
    drafts: 'Szkice',
    remind: 'Przypomnij mi',
    approvals: 'Zatwierdzenia',
    audit: 'Dziennik',
    doctor: 'Diagnostyka',
    daily: 'Codzienna wiadomość',
    language: 'Język',
    whoami: 'Co mogę zrobić?',
    help: 'Pomoc',
  },
  topics: {
    buy: {
      needs:
        'Klienta, produkt i liczbę sztuk. O to, czego brakuje, zapytam; nie zamówię niczego, zanim nie potwierdzisz ceny.',
      examples: ['kup 10 windows server 2025 standard dla contoso', 'kup contoso'],
    },
    software: {
      needs: 'Klienta: nazwę lub domenę.',
      examples: ['oprogramowanie contoso', 'oprogramowanie dla fabrikam'],
    },
    orders: { needs: 'Klienta albo numer zamówienia.', examples: ['zamówienia contoso', 'zamówienia 1a2b3c4d5e6f'] },
    mine: { needs: 'Nic.', examples: ['moje zamówienia', 'moje ostatnie zamówienia'] },
    keys: {
      needs: 'Numer zamówienia albo klienta i produkt. Klucz widzisz tylko Ty, a każde wyświetlenie jest zapisywane.',
      examples: ['klucze 1a2b3c4d5e6f', 'klucze windows server dla contoso'],
    },
    leak: {
      needs:
        'Numer zamówienia. Zanim cokolwiek zablokuję, pytam, co wyciekło. Bez numeru pokazuję wycieki, których nie odwołano.',
      examples: ['wyciek 1a2b3c4d5e6f', 'wyciek LK-7K2M9Q'],
    },
    cancel: {
      needs:
        'Numer zamówienia albo klienta i produkt. Pokażę, ile wróci i do kiedy można anulować; nie anuluję niczego bez Twojego potwierdzenia. Do zgłoszenia potrzebuję też powodu i danych kontaktowych.',
      examples: ['anuluj 1a2b3c4d5e6f', 'anuluj office dla contoso'],
    },
    cases: {
      needs: 'Nic, aby zobaczyć najnowsze; poza tym klienta, numer sprawy albo numer zgłoszenia w firmie Microsoft.',
      examples: ['sprawy', 'sprawy contoso'],
    },
    drafts: { needs: 'Nic. Szkice są przechowywane przez 30 dni.', examples: ['szkice', 'pokaż szkice'] },
    remind: {
      needs: 'Numer zamówienia. Dam Ci tu znać, zanim minie termin.',
      examples: ['przypomnij 1a2b3c4d5e6f', 'przypomnij mi o 1a2b3c4d5e6f'],
    },
    approvals: {
      needs: 'Nic, aby zobaczyć oczekujące; poza tym numer jednego z nich.',
      examples: ['zatwierdzenia', 'zatwierdzenia AP-7K2M9Q'],
    },
    audit: {
      needs: 'Nic, aby zobaczyć najnowsze wpisy; poza tym klienta, numer zamówienia albo okres.',
      examples: ['dziennik contoso', 'dziennik przegląd contoso'],
    },
    doctor: { needs: 'Nic.', examples: ['diagnostyka', 'doktor'] },
    daily: {
      needs: 'Nic albo godzina; „codziennie wyłącz” ją kończy. Na kanale jest dla wszystkich.',
      examples: ['codziennie 8:00', 'codziennie wyłącz'],
    },
    language: {
      needs: 'Język: English, polski, Deutsch, français lub español. W zespole lub grupie obowiązuje wszystkich.',
      examples: ['język deutsch', 'język'],
    },
    whoami: { needs: 'Nic.', examples: ['kim jestem', 'whoami'] },
    help: { needs: 'Nic albo polecenie, o którym chcesz wiedzieć więcej.', examples: ['pomoc', 'pomoc anuluj'] },
  },
  notUnderstood: (text) => `Nie rozumiem: „${text}”.`,
  didYouMean: (command) => `Czy chodziło o „${command}”?`,
  whoami: {
    title: (name) => `To Ty: ${name}`,
    roles: 'Role',
    none: 'nie znam żadnych',
    may: 'Możesz',
    nothing: 'Na razie nie możesz tu nic zrobić. Poproś administratora konta w Centrum partnerskim o nadanie roli.',
    id: 'Identyfikator obiektu Entra',
  },
};
