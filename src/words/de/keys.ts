import type { Words } from '../words.ts';
import { count, moment } from './common.ts';

export const keys: Words['keys'] = {
  title: 'Schlüssel und Downloads',
  whichOrder: (customer) => `Welche Software von ${customer}?`,
  whichVersion: 'Welche Version?',
  whichLanguage: 'Welche Sprache?',
  whichArchitecture: '32 oder 64 Bit?',
  ready: 'Bereit',
  facts: {
    customer: 'Kunde',
    order: 'Bestellung',
    item: 'Artikel',
    version: 'Version',
    language: 'Sprache',
    architecture: 'Architektur',
  },
  warning:
    'Schlüssel und Links sind wertvoll: Ein Schlüssel, der bekannt wird, ist bald verbraucht. Geben Sie sie nur dem Kunden, nie in einem Kanal. Jeder Blick wird aufgezeichnet.',
  customerToo:
    'Der globale Administrator des Kunden findet sie selbst im Microsoft 365 Admin Center: Abrechnung → Ihre Produkte → Software.',
  privately: 'Nur Sie werden es sehen.',
  keyTitle: 'Nur für Ihre Augen',
  keySummary: 'Product Key (privat)',
  keyOf: (version) => `Product Key von ${version}`,
  linkOf: (version) => `Downloadadresse von ${version}`,
  linkExpires: 'Die Adresse läuft fünf Tage nach dem ersten Download ab.',
  openDownload: 'Herunterladen',
  hiddenAfter: (seconds) => `Verschwindet nach ${count(seconds, { one: 'Sekunde', other: 'Sekunden' })}.`,
  closeWindow: 'Nur Sie sehen dieses Fenster. Schließen Sie es, wenn Sie fertig sind.',
  shown: (who, what, at, zone) =>
    `${what === 'key' ? 'Schlüssel' : 'Downloadadresse'} gezeigt: ${who}, ${moment(at, zone)}`,
  said: 'In diesem Gespräch privat an Sie gesendet.',
  coming: 'Die Antwort erscheint hier gleich.',
  notHidden: (personId) => ({
    title: 'Ein Schlüssel ist vielleicht noch auf einem Bildschirm',
    text: `Teams weigert sich seit einem Tag, eine Nachricht zu entfernen, die einer Person (${personId}) einen Schlüssel oder eine Downloadadresse zeigt. Bitte lassen Sie die Nachricht löschen und behandeln Sie den Schlüssel als bekannt.`,
  }),
  hidden: 'Ausgeblendet.',
  settled: 'Wieder ausgeblendet. Um es noch einmal zu sehen, geben Sie ein:',
  again: (order) => `schlüssel ${order}`,
  notHere: {
    title: 'Schlüssel dieser Bestellung',
    text: 'Partner Center bietet Schlüssel und Downloads in seinem Portal an, nicht per API. Ein Administrator-Agent findet sie dort:',
    said: (reason) => `Antwort von Partner Center: ${reason}`,
    steps: 'Kunden → der Kunde → Software → Version, Sprache, 32 oder 64 Bit → Schlüssel und Downloads abrufen.',
    portal: 'Partner Center öffnen',
    portalUrl: 'https://partner.microsoft.com/dashboard/commerce2/customers/list',
    adminCenter: 'Microsoft 365 Admin Center öffnen',
    adminCenterUrl: 'https://admin.microsoft.com/Adminportal/Home#/subscriptions',
  },
  tooLate:
    'Partner Center hat zu lange gebraucht, also wurde nichts gezeigt, und niemand gilt als jemand, der es gesehen hat. Bitte drücken Sie die Schaltfläche noch einmal: Es wird neu abgerufen.',
  tooLateAgain:
    'Partner Center hat wieder zu lange gebraucht, also wurde nichts gezeigt. Bitte drücken Sie die Schaltfläche später noch einmal, oder öffnen Sie Partner Center: Kunden → der Kunde → Software.',
  pressInstead: 'Bitte drücken Sie die Schaltfläche auf der Karte, damit die Antwort nur Sie erreicht.',
  dialog:
    'Teams hat hier keine private Nachricht angenommen. Drücken Sie die Schaltfläche noch einmal: Jetzt öffnet sich ein Fenster, das nur Sie sehen.',
};
