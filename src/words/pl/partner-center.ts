import { createExplanations } from '../partner-center.ts';

/** What a refusal of Partner Center means, what to do, and what it said itself. */
export const { explainSaid, explainError, quoteSaid, withQuote, withReason } = createExplanations({
  meanings: {
    window: 'Okres anulowania minął; o zwrot można jeszcze poprosić w zgłoszeniu do firmy Microsoft.',
    ticket:
      'Centrum partnerskie samo nie anuluje tego zamówienia; o zwrot można poprosić w zgłoszeniu do firmy Microsoft.',
    busy: 'Microsoft pracuje jeszcze nad wcześniejszą zmianą. Poczekaj, najwyżej dobę, i sprawdź ponownie.',
    subscription: 'Można to anulować tylko jako subskrypcję: zrób to w Centrum partnerskim, w subskrypcjach klienta.',
    relationship:
      'Z tym klientem nie łączy Was relacja odsprzedawcy: wyślij mu prośbę o relację w Centrum partnerskim.',
    account:
      'Microsoft zablokował konto klienta lub je sprawdza: obejrzyj klienta w Centrum partnerskim lub spróbuj później.',
    agreement: 'Najpierw trzeba potwierdzić, że klient zaakceptował Umowę z Klientem firmy Microsoft.',
    qualification:
      'Klient nie ma kwalifikacji wymaganej do tych cen: złóż o nią wniosek w Centrum partnerskim lub wybierz ceny komercyjne.',
    attestation: 'Brakuje poświadczenia, którego wymaga Microsoft: złóż zamówienie ponownie i potwierdź je.',
    stock: 'Microsoft nie ma teraz takiej ilości: zamów mniej lub spróbuj później.',
    missing:
      'Centrum partnerskie tego nie znajduje. Nowe dane pojawiają się po kilku minutach; w innym razie sprawdź w Centrum partnerskim.',
    right: 'Naszemu kontu w Centrum partnerskim brakuje uprawnienia: powiadom administratora.',
    unknown: 'Jeśli powód nie jest jasny, zapytaj pomoc techniczną firmy Microsoft w Centrum partnerskim.',
  },
  noReason:
    'Centrum partnerskie nie podało powodu. Może go ustalić pomoc techniczna firmy Microsoft w Centrum partnerskim.',
  quote: (text) => `Odpowiedź Centrum partnerskiego: „${text}”.`,
});
