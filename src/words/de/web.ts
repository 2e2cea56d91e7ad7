import type { Words } from '../words.ts';

export const web: Words['web'] = {
  page: {
    loading: 'Wird geladen …',
    notOpened:
      'Diese Seite konnte nicht geöffnet werden. Öffnen Sie sie in Microsoft Teams mit dem Konto Ihrer Organisation.',
    noScript: 'Diese Seite benötigt JavaScript.',
    again: 'Erneut versuchen',
    failed: 'Das konnte nicht gesendet werden. Versuchen Sie es erneut.',
    working: 'Wird bearbeitet …',
    close: 'Schließen',
    ask: 'Was möchten Sie tun?',
    send: 'Senden',
    conversation: 'Unterhaltung',
  },
};
