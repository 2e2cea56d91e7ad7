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
  secret: {
    title: 'Schlüssel und Downloads',
    asked: 'Wird abgerufen, nur für Sie …',
    copyOf: 'Kopieren: ',
    copied: 'Kopiert. Es bleibt in der Zwischenablage, bis Sie etwas anderes kopieren.',
    notCopied: 'Es ließ sich nicht kopieren. Markieren und kopieren Sie es von Hand.',
    open: 'Download öffnen',
    hide: 'Ausblenden',
    left: 'Verschwindet in {seconds} s',
    hidden: 'Ausgeblendet.',
    onlyYou: 'Nur Sie sehen das. Es ist aufgezeichnet, dass Sie es angesehen haben.',
    failed: 'Das ist nicht angekommen, und es wird nichts gezeigt. Drücken Sie die Schaltfläche noch einmal.',
  },
};
