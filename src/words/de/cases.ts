import type { Words } from '../words.ts';
import { count, moment } from './common.ts';

export const cases: Words['cases'] = {
  following: {
    yes: 'In unserem eigenen Chat erfahren Sie, was daraus wird.',
    no: 'Sie erfahren nicht mehr, was daraus wird.',
    told: 'Sie haben ihn gesendet oder vorbereitet und erfahren ohnehin, was daraus wird.',
    over: 'Der Fall ist abgeschlossen: Es gibt nichts mehr zu melden.',
  },
  title: 'Stornierungsfälle',
  count: (open, waiting) => [`${open} offen`, ...(waiting > 0 ? [`${waiting} zu prüfen`] : [])].join(' · '),
  newest: (most) =>
    `Die neuesten ${most} und die neuesten, die jemanden brauchen. Für andere geben Sie „fälle“ und den Namen des Kunden ein.`,
  summary: (title, open, waiting) =>
    [`${title}: ${`${open} offen`}`, ...(waiting > 0 ? [`${waiting} zu prüfen`] : [])].join(', '),
  open: (reference) => `Öffnen: ${reference}`,
  of: (customer) => `Stornierungsfälle von ${customer}`,
  noneOf: (customer) =>
    `${customer} hat keine Stornierungsfälle. Um einen zu beginnen, geben Sie „stornieren“ und eine Bestellnummer ein.`,
  severalCustomers: (text) =>
    `Mehrere Kunden passen zu „${text}“. Hier sind die Fälle einiger davon; geben Sie „fälle“ und mehr vom Namen ein.`,
  none: 'Es gibt keine Stornierungsfälle. Um einen zu beginnen, geben Sie „stornieren“ und eine Bestellnummer ein.',
  changed:
    'Der Fall hat sich geändert, seit diese Karte erstellt wurde, also habe ich nichts getan. Bitte sehen Sie sich den jetzigen Stand an.',
  unknown: (reference) => `Es gibt keinen Fall „${reference}“. Hier sind die neuesten.`,
  heading: (reference) => `Fall ${reference}`,
  follow: 'Weiter: diese Nummer verfolgen',
  fileAgain: 'Ticket erstellen: noch einmal',
  giveUp: 'Aufgeben: diesen Fall',
  confirmAction: {
    now: (reference) => `Jetzt stornieren? ${reference}`,
    nowText: ({ isWholeOrder, order, customer }) =>
      `Storniert sofort bei Partner Center ${isWholeOrder ? `die ganze Bestellung ${order}` : `diesen Teil der Bestellung ${order}`} von ${customer}. Das lässt sich nicht rückgängig machen.`,
    nowButton: 'Jetzt stornieren: endgültig',
    unread: 'Was das zurückbringt, konnte jetzt nicht gelesen werden.',
    giveUp: (reference) => `${reference} aufgeben?`,
    giveUpText: (order) =>
      `Aufgeben schließt diesen Fall: Die Bestellung ${order} wird dadurch nicht storniert, und hier geschieht nichts mehr. Alle, die von dem Fall wissen, werden benachrichtigt. Solange die Frist läuft, kann eine neue Stornierung begonnen werden.`,
  },
  whatToDo: (state) =>
    state === 'needs_person'
      ? 'Verfolgen Sie eine andere Anfragenummer, erstellen Sie das Ticket noch einmal oder geben Sie den Fall auf: Dann geschieht nichts mehr, und ein neuer kann begonnen werden.'
      : 'Wenn die Anfragenummer falsch ist, geben Sie die richtige an.',
  opened: (at, zone) => `seit ${moment(at, zone)}`,
};

export const drafts: Words['drafts'] = {
  title: 'Entwürfe',
  none: 'Sie haben keine Entwürfe.',
  count: (drafts) => count(drafts, { one: 'Entwurf', other: 'Entwürfe' }),
  waiting: 'wartet auf jemanden',
  changed: (at, zone) => `zuletzt geändert ${moment(at, zone)}`,
  handedOver: (name) => `übergeben von ${name}`,
  mine: 'Ihrer',
};

export const notices: Words['notices'] = {
  digest: (n) => `Neuigkeiten zu Stornierungen und Bestellungen: ${n}`,
  digestText: 'Viele kamen in einer Minute, daher stehen sie zusammen. Jede Zeile öffnet ihre Neuigkeit.',
  completed: (reference, order) => `Stornierung ${reference} ist abgeschlossen: Bestellung ${order}`,
  completedText:
    'Was hier genannt ist, ist storniert, und der Schlüssel ist widerrufen. Der Kunde darf die Software nicht mehr verwenden und muss sie deinstallieren. Die Gutschrift erscheint auf der nächsten Rechnung.',
  refused: (reference, order) => `Stornierung ${reference} wurde abgelehnt: Bestellung ${order} ist NICHT storniert`,
  givenUp: (reference, order) => `Stornierung ${reference} wurde aufgegeben: Bestellung ${order}`,
  needsPerson: (reference, order) => `Stornierung ${reference} wartet auf Sie: Bestellung ${order}`,
  closing: (order, until, zone) => `Bestellung ${order} kann nur noch bis ${moment(until, zone)} storniert werden`,
  stillDraft: (owner) => `Die Stornierung, die ${owner} begonnen hat, ist noch ein Entwurf: Nichts wurde abgesendet.`,
  stillHandOver: (reference) =>
    `Das Ticket zu ${reference} wurde noch nicht erstellt: Microsoft weiß noch nichts davon.`,
  again: 'Erneut gesendet: Es ist nicht sicher, ob die erste Nachricht angekommen ist.',
  againSummary: (summary: string) => `Erneut: ${summary}`,
  discarded: (by, title) => `${by} hat verworfen: ${title}`,
  discardedText:
    'Sie hatten es vorbereitet, und es war übergeben worden. Nichts wurde bestellt, storniert oder gesendet.',
  why: 'Sie bekommen dies, weil Sie darum gebeten haben oder weil die Unterhaltung hier begann.',
};

export const reminders: Words['reminders'] = {
  cancel: 'Stornieren …',
  set: (order) => `Erinnerung an Bestellung ${order} gesetzt`,
  setText: (until, zone) => `Ich erinnere Sie hier, bevor die Frist am ${moment(until, zone)} endet.`,
  comesBack: 'wird erstattet, wenn jetzt storniert wird',
  kept: (by, order, customer) => `${by} behält Bestellung ${order} von ${customer}`,
  noMore: 'Daran wird nicht mehr erinnert.',
  lastDay: (by, order, customer) =>
    `${by} wird noch einmal an Bestellung ${order} von ${customer} erinnert, am letzten Tag`,
  lastAt: (at, zone) => `Die letzte Erinnerung kommt am ${moment(at, zone)}.`,
  stillUntil: (until, zone) => `Sie kann noch bis ${moment(until, zone)} storniert werden.`,
  again: (order) => `Für alle Erinnerungen geben Sie „erinnern ${order}“ ein.`,
  notYours: (order) =>
    `Nur wer erinnert wird, kann eine Erinnerung beenden. Für eine eigene geben Sie „erinnern ${order}“ ein.`,
  notSet: (order) => `Keine Erinnerung an Bestellung ${order} gesetzt`,
  noWindow: (order) =>
    `Ich kenne keine Stornierungsfrist dieser Bestellung, also gibt es keinen Zeitpunkt, an den ich erinnern könnte. Um Microsoft trotzdem um eine Erstattung zu bitten, geben Sie „stornieren ${order}“ ein.`,
};
