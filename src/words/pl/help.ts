import type { Words } from '../words.ts';

export const help: Words['help'] = {
  title: 'Software Desk',
  hello: (name) =>
    `Dzień dobry${name ? `, ${name}` : ''}. Pomagam kupować oprogramowanie lokalne dla klientów, uzyskiwać klucze i pliki do pobrania oraz anulować zakupy.`,
  intro: 'Wpisz jedno z poleceń. Na kanale najpierw o mnie wspomnij (@): odpowiem w tym samym wątku.',
  commands: {
    buy: 'zamów oprogramowanie dla klienta',
    software: 'co ma klient: „oprogramowanie contoso”',
    orders: 'zamówienia klienta: „zamówienia contoso”',
    mine: 'co tu zamówiłeś lub zamówiłaś: „moje zamówienia”',
    keys: 'klucz i pliki do pobrania z zamówienia, tylko dla Ciebie',
    cancel: 'anuluj zamówienie i odzyskaj pieniądze',
    cases: 'anulowania i ich stan',
    drafts: 'rozpoczęte rozmowy, aby je dokończyć',
    remind: 'przypomnienie, zanim minie termin anulowania zamówienia',
    audit: 'kto co zrobił, dla administratorów, w czacie osobistym: „dziennik contoso”',
    language: 'w jakim języku piszę: „język deutsch”',
    whoami: 'jak Cię rozpoznaję i na co pozwalają Twoje role',
    help: 'ta lista',
  },
  welcome: 'Proszę bardzo',
  anythingElse: 'Wpisz, co robimy dalej, albo „pomoc”.',
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
