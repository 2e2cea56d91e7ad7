import { formattersFor } from '../format.ts';
import type { Words } from '../words.ts';

export const { money, amount, number, day, moment, local, time, size, country, inTime, count } = formattersFor('de-DE');

export { withoutFullStop } from '../format.ts';

export const buttons: Words['buttons'] = {
  next: 'Weiter',
  turnOff: 'Ausschalten',
  back: 'Zurück',
  discard: 'Verwerfen',
  later: 'Für später speichern',
  edit: 'Bearbeiten',
  reviewOrder: 'Bestellung prüfen',
  addLine: 'Weitere Position hinzufügen',
  removeFile: 'Entfernen',
  files: 'Dateien',
  removeLine: 'Entfernen',
  confirm: 'Bestätigen',
  agreement: 'Kundenvereinbarung',
  submit: 'Absenden',
  cancelNow: 'Jetzt stornieren',
  fileTicket: 'Ticket erstellen',
  byTicket: 'Per Ticket',
  reviewTicket: 'Ticket prüfen',
  oneForm: 'Ein Formular',
  ticketPage: 'Formular mit Dateien',
  stepByStep: 'Schritt für Schritt',
  software: 'Software',
  keys: 'Schlüssel',
  cancel: 'Stornieren',
  getKey: 'Schlüssel anzeigen',
  download: 'Herunterladen',
  copyLink: 'Link kopieren',
  reportLeak: 'Leck melden',
  liftLeak: 'Aufheben',
  hide: 'Ausblenden',
  done: 'Fertig',
  giveUp: 'Aufgeben',
  exportFile: 'Als CSV exportieren',
  remindMe: 'Erinnern',
  resume: 'Fortsetzen',
  claim: 'Übernehmen',
  comment: 'Kommentieren',
  approve: 'Genehmigen',
  reject: 'Ablehnen',
  handOver: 'Übergeben',
  open: 'Öffnen',
  follow: 'Auch mir Bescheid geben',
  unfollow: 'Nicht mehr Bescheid geben',
  textForCustomer: 'Text für den Kunden',
  keepIt: 'Behalten',
  lastDay: 'Letzter Tag',
  choose: 'Auswählen',
  language: 'Sprache',
  find: 'Suchen',
  more: 'Mehr',
};

export const inputs: Words['inputs'] = {
  customer: 'Kunde',
  product: 'Produkt',
  edition: 'Edition',
  segment: 'Segment',
  quantity: 'Menge',
  term: 'Laufzeit',
  billing: 'Abrechnung',
  version: 'Version',
  language: 'Sprache',
  architecture: 'Architektur',
  tenant: 'Mandant des Kunden (GUID oder Domäne)',
  named: 'Bestell- oder Abonnement-ID',
  why: 'Warum wird es zurückgegeben?',
  reason: 'Grund für die Erstattung',
  amount: 'Geforderter Betrag',
  amountNote: 'Warum weniger als bezahlt',
  impact: 'Auswirkung',
  title: 'Titel',
  contactName: 'Ansprechpartner',
  contactEmail: 'E-Mail des Ansprechpartners',
  contactPhone: 'Telefon des Ansprechpartners',
  draft: 'Entwurf',
  find: 'Kunde, Bestellung oder Fall',
  comment: 'Kommentar oder Grund',
  leaked: 'Was ist bekannt geworden?',
  who: 'Wer',
  case: 'Fall',
  attestation: 'Erklärung zu den Bedingungen',
  lines: 'Was storniert werden soll',
  requestNumber: 'Anfragenummer',
  firstName: 'Vorname',
  lastName: 'Nachname',
  email: 'E-Mail',
  phone: 'Telefon (optional)',
  agreedOn: 'Datum der Annahme',
};

export const roles: Words['roles'] = {
  'admin-agent': 'Administrator-Agent',
  'global-admin': 'globaler Administrator',
  'sales-agent': 'Vertriebsbeauftragter',
  'helpdesk-agent': 'Helpdesk-Agent',
};

export const rights: Words['rights'] = {
  look: 'Kunden, Software und Bestellungen ansehen',
  'buy.prepare': 'eine Bestellung vorbereiten',
  'buy.confirm': 'eine Bestellung bestätigen',
  'agreement.confirm': 'die Vereinbarung eines Kunden bestätigen',
  'keys.reveal': 'Product Keys und Downloads sehen',
  'leak.report': 'ein Leck melden und aufheben',
  'cancel.prepare': 'eine Stornierung vorbereiten',
  'cancel.submit': 'eine Stornierung absenden',
  approve: 'genehmigen, worum andere bitten',
  'audit.read': 'das Überwachungsprotokoll lesen',
  'setup.check': 'prüfen, wie ich eingerichtet bin',
};

export const common: Words['common'] = {
  simulated: 'Simulation',
  simulatedMore: 'Bei Microsoft wird nichts bestellt.',
  required: 'Bitte ausfüllen.',
  of: (step, steps) => `Schritt ${step} von ${steps}`,
  working: {
    title: 'In Arbeit …',
    text: 'Das dauert etwas länger. Diese Nachricht ändert sich, sobald es fertig ist.',
  },
  busy: {
    order: 'Die Bestellung wird an Partner Center übermittelt.',
    agreement: 'Die Vereinbarung wird erfasst.',
    ticket: 'Das Ticket wird erstellt.',
    cancellation: 'Die Stornierung wird abgesendet.',
    givingUp: 'Der Fall wird geschlossen.',
    note: 'Diese Karte ändert sich, sobald es fertig ist; bis dahin ist nichts zu drücken.',
  },
  stillWorking: 'Noch in Arbeit. Die Karte ändert sich, sobald es fertig ist.',
  answered: (question, answer) => `${question}: ${answer}`,
  continuesBelow: 'Die Unterhaltung geht unten weiter.',
  otherCardCounts: 'Die Unterhaltung ist inzwischen weitergegangen: Es gilt die andere Karte.',
  continuesInPrivate: (name) => `${name} macht damit privat weiter.`,
  answeredInPrivate: 'Privat beantwortet.',
  onlyYou: (readers) =>
    readers === 'outsiders'
      ? 'Hier sind Personen von außerhalb Ihrer Organisation, deshalb sehen nur Sie das.'
      : 'Wer hier mitliest, ließ sich gerade nicht feststellen, deshalb sehen nur Sie das.',
  withheld: (readers) => ({
    title: 'Wird hier nicht angezeigt',
    text:
      readers === 'outsiders'
        ? 'Hier sind Personen von außerhalb Ihrer Organisation. Kunden, Preise und Bestellungen zeigt Software Desk nur in Ihrem eigenen Chat oder, wenn Sie hier fragen, nur Ihnen.'
        : 'Wer hier mitliest, ließ sich gerade nicht feststellen. Kunden, Preise und Bestellungen zeigt Software Desk nur in Ihrem eigenen Chat oder, wenn Sie hier fragen, nur Ihnen.',
  }),
  privateFailed: {
    title: 'Ich konnte dort nicht privat antworten',
    text: 'Teams hat meine private Antwort nicht zugestellt. Bitte fragen Sie mich hier, in diesem Chat; niemand sonst hat etwas gesehen.',
  },
  wasCommand: 'War das als Befehl gemeint? Die Schaltfläche führt ihn aus; diese Unterhaltung bleibt, wie sie ist.',
  unreadMessage: (what) =>
    `Ich kann ${{ file: 'Dateien', picture: 'Bilder', forwarded: 'weitergeleitete Nachrichten' }[what]} nicht lesen.\nBitte geben Sie ein, was Sie möchten, zum Beispiel „bestellungen contoso“, oder beantworten Sie meine letzte Frage in Worten.`,
  changedMessage:
    'Sie haben eine Nachricht geändert, die ich schon gelesen hatte.\nIch tue nichts zweimal. Bitte geben Sie es noch einmal als neue Nachricht ein.',
  perhapsAnswered: {
    title: 'Ist meine Antwort angekommen?',
    text: 'Teams hat mir nicht gesagt, ob Sie meine Antwort sehen. Falls nicht, fragen Sie bitte noch einmal: Dadurch wird nichts zweimal getan.',
  },
  notTaken:
    'Teams hat meine Antwort nicht angenommen.\nBitte versuchen Sie es erneut; Ihre Eingaben sind gespeichert, und nichts wird dadurch zweimal getan.',
  askedAgain: (question) => `${question}: unten noch einmal gefragt.`,
  discarded: (title) => ({ title: `Verworfen: ${title}`, text: 'Nichts wurde bestellt, storniert oder gesendet.' }),
  savedForLater: (title) => ({
    title: `Gespeichert: ${title}`,
    text: 'Um fortzufahren, drücken Sie „Fortsetzen“ oder geben Sie irgendwo „entwürfe“ ein. Entwürfe werden 30 Tage aufbewahrt.',
  }),
  notKept: (command) => ({
    title: 'Nicht gespeichert',
    text: `Diese Unterhaltung wird nicht für später gespeichert; darin wurde nichts bestellt oder storniert. Um sie neu zu beginnen, geben Sie ein: ${command}`,
  }),
  handedOver: (by) =>
    `Vorbereitet von ${by}. Wer das Recht dazu hat, kann hier weitermachen oder findet es unter „entwürfe“.`,
  leftForOthers: (title, { told, asked }) => ({
    title: `Übergeben: ${title}`,
    text: [
      `Ein Administrator-Agent findet es unter „entwürfe“ als „${title}“.`,
      ...(asked ? [`Ich bitte ${asked}, damit weiterzumachen.`] : []),
      ...(told === undefined || asked
        ? []
        : [
            told > 0
              ? 'Ich sage ihnen Bescheid.'
              : 'Bitte sagen Sie einem von ihnen Bescheid: Ich kenne niemanden, dem ich es sagen könnte.',
          ]),
    ].join(' '),
  }),
  askOne: 'Um jemanden namentlich zu bitten, wählen Sie die Person.',
  handOverTo: 'Übergeben: an diese Person',
  toOneOfYou: (by) => `${by} hat dies übergeben. Jemand von Ihnen kann hier weitermachen.`,
  toYou: (by) => `${by} bittet Sie, hiermit weiterzumachen.`,
  toTakeOver: (by, title, isAsked = false) => ({
    title: isAsked ? `${by} bittet Sie weiterzumachen: ${title}` : `${by} hat übergeben: ${title}`,
    text: 'Es wartet auf jemanden, der damit weitermachen darf. Drücken Sie „Öffnen“ oder geben Sie „entwürfe“ ein.',
  }),
  untold: (title, name) => ({
    title: name
      ? `${name} konnte nicht benachrichtigt werden: ${title}`
      : `Niemand konnte benachrichtigt werden: ${title}`,
    text: name
      ? `Ich konnte ${name} nicht erreichen. Bitte sagen Sie dieser Person oder einem anderen Administrator-Agenten Bescheid, dass es unter „entwürfe“ wartet.`
      : 'Ich konnte keinen Administrator-Agenten erreichen. Bitte sagen Sie einem von ihnen, dass es unter „entwürfe“ wartet.',
  }),
  resumed: 'Unten fortgesetzt.',
  resumedElsewhere: 'In einer anderen Unterhaltung fortgesetzt.',
  goneOn: (name) => `${name} macht damit weiter.`,
  ended: (name) => `${name} hat es abgeschlossen.`,
  endedWith: (name, outcome) => `${name} hat es abgeschlossen: ${outcome}`,
  fault: (reference, { isKept = true } = {}) =>
    `Bei uns ist etwas schiefgegangen; ${isKept ? 'Ihre Eingaben sind gespeichert' : 'nichts wurde begonnen'}.\nBitte versuchen Sie es erneut; falls es wieder geschieht, nennen Sie Ihrem Administrator diese Nummer: ${reference}.`,
  signInRefused:
    'Partner Center nimmt unsere Anmeldung nicht mehr an. Bitte sagen Sie Ihrem Administrator Bescheid: Die Zustimmung muss erneuert werden. Es wird von selbst wieder versucht; nichts geht verloren, und nichts wird zweimal getan.',
  sayYesAgain:
    'Noch wurde nichts getan. Geben Sie noch einmal „ja“ ein oder drücken Sie die Schaltfläche, dann wird es getan.',
  saidNo:
    'Nichts wurde bestellt, storniert oder gesendet. Ändern Sie es, speichern Sie es für später, oder verwerfen Sie es.',
  portalMfa: 'Das Portal verlangt bei der Anmeldung eine Multi-Faktor-Authentifizierung (MFA).',
  chooseOne: 'Bitte wählen Sie etwas aus.',
  more: (left) => `Mehr: ${left}`,
  fromStart: 'Zurück: zum Anfang',
  shownOf: (first, last, all) => `${first} bis ${last} von ${all}.`,
  pressButton: 'Bitte drücken Sie eine Schaltfläche auf der Karte.',
};
