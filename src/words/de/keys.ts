import type { Words } from '../words.ts';
import { count, moment, time } from './common.ts';
import { quoteSaid } from './partner-center.ts';

export const keys: Words['keys'] = {
  title: 'Schlüssel und Downloads',
  whichOrder: (customer) => `Welche Software von ${customer}?`,
  of: (item) => `Schlüssel: ${item}`,
  facts: {
    customer: 'Kunde',
    order: 'Bestellung',
    item: 'Artikel',
    version: 'Version',
    language: 'Sprache',
    architecture: 'Architektur',
  },
  warning:
    'Schlüssel und Links sind wertvoll: Ein Schlüssel, der bekannt wird, ist bald verbraucht. Geben Sie sie nur dem Kunden, nie in einem Kanal. Jeder Zugriff wird aufgezeichnet.',
  customerToo:
    'Ein Administrator des Kunden findet sie auch im Microsoft 365 Admin Center: Abrechnung → Ihre Produkte → Software.',
  privately: 'Nur Sie werden es sehen',
  onlyYou: 'Nur Sie sehen das',
  keyTitle: 'Nur für Sie bestimmt',
  keySummary: 'Product Key (privat)',
  keyOf: (version) => `Product Key von ${version}`,
  linkOf: (version) => `Downloadadresse von ${version}`,
  linkExpires: 'Die Adresse läuft fünf Tage nach dem ersten Download ab.',
  openDownload: 'Herunterladen',
  hiddenAfter: (seconds, at, zone) =>
    `Verschwindet nach ${count(seconds, { one: 'Sekunde', other: 'Sekunden' })}, um ${time(at, zone)}. Ihr Zugriff ist aufgezeichnet.`,
  closeWindow: (at, zone) =>
    `Nur Sie sehen dieses Fenster, und niemand sonst kann es schließen. Schließen Sie es, wenn Sie fertig sind, spätestens um ${time(at, zone)}.`,
  shown: (who, what, at, zone) => {
    const address = what.some((one) => one !== 'key');
    const named = !what.includes('key') ? 'Downloadadresse' : address ? 'Schlüssel und Downloadadresse' : 'Schlüssel';
    return `${named} gezeigt: ${who}, ${moment(at, zone)}`;
  },
  noLine: (order, line) =>
    `Die Bestellung ${order} hat keine Position ${line}. Bitte wählen Sie eine ihrer Positionen.`,
  notThere: (version, wanted, others) => `${version} gibt es nicht als ${wanted}. Es gibt: ${others.join(', ')}.`,
  downloadsAway: 'Partner Center sagt zurzeit nicht, welche Downloads es gibt.',
  fetching: 'Partner Center wird danach gefragt. Nur wer gedrückt hat, bekommt es zu sehen.',
  said: 'In dieser Unterhaltung privat an Sie gesendet.',
  coming: 'Die Antwort erscheint hier gleich.',
  tokenMisused: (name, order) => ({
    title: 'Eine einmalige Anforderung für einen Schlüssel wurde abgelehnt',
    text: `Eine einmalige Anforderung für einen Schlüssel der Bestellung ${order} kam ein zweites Mal oder von jemandem, für den sie nicht bestimmt war. Sie kam von ${name}, und es wurde nichts gezeigt. Bitte fragen Sie nach; weiß ${name} nichts davon, beenden Sie die Anmeldungen dieser Person in Microsoft Entra.`,
  }),
  notHidden: (personId) => ({
    title: 'Ein Schlüssel ist vielleicht noch auf einem Bildschirm',
    text: `Teams weigert sich seit einem Tag, eine Nachricht zu entfernen, die einer Person (${personId}) einen Schlüssel oder eine Downloadadresse zeigt. Bitte lassen Sie die Nachricht löschen und behandeln Sie den Schlüssel als bekannt.`,
  }),
  hidden: 'Ausgeblendet.',
  hiddenAgain: 'Wieder ausgeblendet.',
  settled: 'Wieder ausgeblendet. Um es noch einmal zu sehen, geben Sie ein:',
  again: (order) => `schlüssel ${order}`,
  notHere: {
    said: (reason) => quoteSaid([reason]),
    title: 'Schlüssel dieser Bestellung',
    text: 'Partner Center bietet Schlüssel und Downloads in seinem Portal an, nicht per API. Ein Administrator-Agent findet sie dort:',
    steps: 'Kunden → der Kunde → Software → Version, Sprache, 32 oder 64 Bit → Schlüssel und Downloads abrufen.',
    portal: 'Partner Center öffnen',
    portalUrl: 'https://partner.microsoft.com/dashboard/commerce2/customers/list',
    adminCenter: 'Microsoft 365 Admin Center öffnen',
    adminCenterUrl: 'https://admin.microsoft.com/Adminportal/Home#/subscriptions',
  },
  tooLate:
    'Partner Center hat zu lange gebraucht, also wurde nichts gezeigt, und für niemanden ist vermerkt, es gesehen zu haben. Bitte drücken Sie die Schaltfläche noch einmal: Es wird neu abgerufen.',
  tooLateAgain:
    'Partner Center hat wieder zu lange gebraucht, also wurde nichts gezeigt. Bitte drücken Sie die Schaltfläche später noch einmal, oder öffnen Sie Partner Center: Kunden → der Kunde → Software.',
  pressInstead: 'Bitte drücken Sie die Schaltfläche auf der Karte, damit die Antwort nur Sie erreicht.',
  dialog:
    'Teams hat hier keine private Nachricht angenommen. Drücken Sie die Schaltfläche noch einmal: Jetzt öffnet sich ein Fenster, das nur Sie sehen.',
};
