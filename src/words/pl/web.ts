import type { Words } from '../words.ts';

export const web: Words['web'] = {
  page: {
    loading: 'Wczytywanie …',
    notOpened: 'Nie można otworzyć tej strony. Otwórz ją w Microsoft Teams na koncie swojej organizacji.',
    noScript: 'Ta strona wymaga JavaScriptu.',
    again: 'Spróbuj ponownie',
    failed: 'Nie udało się wysłać. Spróbuj ponownie.',
    working: 'Pracuję nad tym …',
    close: 'Zamknij',
    ask: 'Co chcesz zrobić?',
    send: 'Wyślij',
    conversation: 'Rozmowa',
  },
  secret: {
    title: 'Klucze i pliki do pobrania',
    asked: 'Pobieram, tylko dla Ciebie …',
    copyOf: 'Kopiuj: ',
    copied: 'Skopiowano. Skopiowana treść pozostaje w schowku, dopóki nie skopiujesz czegoś innego.',
    notCopied: 'Nie udało się skopiować. Zaznacz i skopiuj ręcznie.',
    open: 'Otwórz adres pobierania',
    hide: 'Ukryj',
    left: 'Zniknie za {seconds} s',
    hidden: 'Ukryto.',
    onlyYou: 'Widzisz to tylko Ty. Zapisano, że to obejrzano.',
    failed: 'Nie udało się wysłać i niczego nie pokazano. Naciśnij przycisk ponownie.',
  },
};
