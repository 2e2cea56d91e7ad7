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
};
