import type { AuditEntry, AuditSubject, Decision } from '../../domain/audit/audit.ts';
import type { CaseEvent } from '../../domain/cancellations/case-event.ts';
import type { RefusedReveal } from '../../domain/keys/key-reveals.ts';
import type { Words } from '../words.ts';
import { approvals } from './approvals.ts';
import { caseState } from './cancel.ts';
import { day, money, number, rights, roles } from './common.ts';
import { differences } from './differences.ts';
import { leaks } from './leaks.ts';
import { caseChange, orderReason } from './reasons.ts';
import { limited } from './refusals.ts';

const secrets = { key: 'Product Key', download: 'Download', link: 'Downloadlink' };

const refusedLooks: Record<RefusedReveal['refusal'], string> = {
  used: 'mit einer schon verwendeten einmaligen Anforderung verlangt und abgelehnt',
  'other-person': 'mit der einmaligen Anforderung einer anderen Person verlangt und abgelehnt',
};

const orderStates = {
  accepted: 'von Partner Center noch nicht beantwortet',
  ordered: 'bestellt',
  declined: 'abgelehnt, nichts wurde bestellt',
  needs_person: 'muss geprüft werden: unklar, ob bestellt wurde',
};

/** As it is typed: the whole word does not fit beside a badge on a phone. */
const log = 'Protokoll';

const caseStep = (state: CaseEvent['from']): string => (state && state !== 'draft' ? caseState(state) : 'Entwurf');

const strangers: Record<Extract<Decision, { kind: 'refused-stranger' }>['why'], string> = {
  guest: 'ein Gast',
  'other-tenant': 'aus einer anderen Organisation',
  unidentified: 'unbekannt, wer',
  'no-role': 'keine Rolle in Partner Center',
  'other-token': 'mit einem Token angemeldet, das nicht für diese Seiten ist',
};

function tellDecision(decision: Decision): string {
  switch (decision.kind) {
    case 'refused':
      return `Abgelehnt, Recht fehlt: ${rights[decision.right]}`;
    case 'refused-amount':
      return `Abgelehnt: eine Bestellung über ${money(decision.total)}, mehr als die Grenze von ${money(decision.limit)}`;
    case 'handed-over':
      return `Übergeben: ${decision.title ?? 'ein Entwurf'}`;
    case 'taken-over':
      return `Von ${decision.from} übernommen: ${decision.title ?? 'ein Entwurf'}`;
    case 'approval':
      return approvals.tell(decision);
    case 'refused-often':
      return `Abgelehnt: zu viel in kurzer Zeit (${limited[decision.what]})`;
    case 'refused-stranger':
      return `Abgelehnt: nicht vom Team (${strangers[decision.why]})`;
    case 'role-lost':
      return `Hat eine Rolle verloren: ${decision.lost.map((role) => roles[role]).join(', ')}`;
    case 'refused-leak':
      return leaks.refused(decision.reference, decision.order);
    case 'signed-in':
      return 'Bei den Webseiten angemeldet';
    case 'policy':
      return decision.file === undefined
        ? 'Es gelten die eingebauten Regeln'
        : `Es gelten die Regeln aus ${decision.file}`;
  }
}

function decisionMore(decision: Decision): string {
  if (decision.kind === 'role-lost' && decision.held.length > 0)
    return `noch: ${decision.held.map((role) => roles[role]).join(', ')}`;
  if (decision.kind === 'approval') return decision.text ?? '';
  return decision.kind === 'policy' ? `Fingerabdruck ${decision.fingerprint.slice(0, 12)}` : '';
}

/** What was done, in one line; who and when are told beside it. */
function tell(entry: AuditEntry): string {
  switch (entry.kind) {
    case 'order':
      return `Bestellung bestätigt: ${number(entry.quantity)} × ${entry.itemTitle} für ${money(entry.total)}`;
    case 'secret':
      if (entry.refusal) return `${secrets[entry.what]} ${refusedLooks[entry.refusal]}: ${entry.item}`;
      return entry.isWithdrawn
        ? `${secrets[entry.what]} angefordert, aber nichts wurde gezeigt: ${entry.item}`
        : `${secrets[entry.what]} gezeigt: ${entry.item}`;
    case 'case':
      return entry.from === entry.to
        ? `Stornierung ${entry.reference}: ${caseStep(entry.to)}`
        : `Stornierung ${entry.reference}: ${caseStep(entry.from)} → ${caseStep(entry.to)}`;
    case 'reminder':
      return entry.choice === 'keep'
        ? 'Bestellung behalten: keine Erinnerungen mehr'
        : 'Erinnerung auf den letzten Tag verschoben';
    case 'agreement':
      return `Microsoft gegenüber erklärt: ${entry.contact.firstName} ${entry.contact.lastName} hat die Kundenvereinbarung am ${day(entry.agreedAt)} angenommen`;
    case 'outside':
      return leaks.outside(entry);
    case 'leak':
      return leaks.tell(entry);
    case 'decision':
      return tellDecision(entry.decision);
    case 'difference':
      return differences.tell(entry.difference, entry.orderNumbers[0]);
    case 'export':
      return 'Überwachungsprotokoll als Datei exportiert';
  }
}

/** How it ended, or why it was done. */
function more(entry: AuditEntry): string {
  switch (entry.kind) {
    case 'order':
      return entry.reason
        ? `${orderStates[entry.state]}: ${orderReason(entry.reason, entry.state)}`
        : orderStates[entry.state];
    case 'secret':
      return entry.times !== undefined && entry.times > 1 ? `${number(entry.times)}-mal verlangt` : '';
    case 'reminder':
      return '';
    case 'case':
      return caseChange(entry.change);
    case 'agreement':
      return `${entry.contact.email} · ${entry.isTaken ? 'Microsoft hat es angenommen' : 'nicht bekannt, ob Microsoft es angenommen hat'}`;
    case 'outside':
      return '';
    case 'leak':
      return entry.text ?? '';
    case 'decision':
      return decisionMore(entry.decision);
    case 'difference':
      return entry.settledAt ? differences.settled(entry.settledAt) : '';
    case 'export':
      return [entry.since, entry.before].map((at) => (at ? day(at) : '…')).join(' – ');
  }
}

/** Typed behind the command; one word each. */
const subjects: Record<AuditSubject, string> = {
  orders: 'Bestellungen',
  keys: 'Schlüssel',
  cancellations: 'Stornierungen',
  agreements: 'Vereinbarungen',
  exports: 'Exporte',
  reminders: 'Erinnerungen',
  leaks: 'Lecks',
  refusals: 'Ablehnungen',
  approvals: 'Freigaben',
  handovers: 'Übergaben',
  'sign-ins': 'Anmeldungen',
  roles: 'Rollen',
  policies: 'Richtlinien',
};

export const audit: Words['audit'] = {
  subjects,
  /** Typed before the name of whoever did it. */
  by: 'durch',
  narrowed: (title, { subject, person }) =>
    [title, subject && subjects[subject], person && `durch ${person}`].filter(Boolean).join(' · '),
  offered: 'In unserem eigenen Chat frage ich, ob ich die Datei in Ihr OneDrive legen darf.',
  noFileOfOrder:
    'Eine Datei gibt es vom ganzen Protokoll oder von einem Kunden, für alle oder einzelne Tage. Das einer einzelnen Bestellung wird nur hier gezeigt.',
  notOffered:
    'Ich kann Sie in unserem eigenen Chat gerade nicht fragen. Schreiben Sie mir dort, oder holen Sie die Datei auf der Registerkarte Desk.',
  declined: 'Es wurde keine Datei erstellt.',
  cut: (size) =>
    `Die Datei endet nach den neuesten ${size}. Wählen Sie für ältere Einträge weniger Tage, oder holen Sie alles auf der Registerkarte Desk.`,
  several: (text, names, more) =>
    `Zu „${text}“ passen mehrere Kunden: ${names.join(', ')}${more ? ' und weitere' : ''}. Geben Sie den ganzen Namen oder die Domäne ein.`,
  title: log,
  of: (customer) => `${log} von ${customer}`,
  ofOrder: (order, customer) => `${log} der Bestellung ${order} von ${customer}`,
  nothing:
    'Nichts ist aufgezeichnet: keine Bestellung, kein Schlüssel oder Download, keine Stornierung, keine Vereinbarung.',
  on: (title, first, last) =>
    first.getTime() === last.getTime() ? `${title}, ${day(first)}` : `${title}, ${day(first)} bis ${day(last)}`,
  nothingOfThat:
    'Davon, oder von dieser Person, ist nichts aufgezeichnet. Was sonst aufgezeichnet ist, steht hier nicht.',
  nothingThen:
    'An diesen Tagen ist nichts aufgezeichnet: keine Bestellung, kein Schlüssel oder Download, keine Stornierung, keine Vereinbarung.',
  scope:
    'Was hier getan wurde, und wer Schlüssel und Download-Links in Partner Center selbst angesehen hat, soweit dessen Aufzeichnungen es sagen.',
  elsewhere:
    'Das Überwachungsprotokoll zeige ich nur im persönlichen Chat. Drücken Sie hier auf meinen Namen und wählen Sie den Chat, oder suchen Sie mich unter „Apps“, und geben Sie dort „protokoll“ ein.',
  entry: tell,
  more,
  ours: 'Software Desk',
  about: (orders) => `Bestellung ${orders.join(', ')}`,
  older: 'Weiter: ältere',
  newer: 'Zurück: neuere',
  shown: (first, last, isEnd) =>
    `${first === last ? `Eintrag ${first}` : `Einträge ${first} bis ${last}`}, die neuesten zuerst. ${isEnd ? 'Das ist das Ende.' : 'Es gibt ältere.'} Was jetzt dazukommt, erscheint, wenn Sie „protokoll“ erneut eingeben.`,
};
