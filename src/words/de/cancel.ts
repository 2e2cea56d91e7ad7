import { moneyOf } from '../../domain/money.ts';
import type { Words } from '../words.ts';
import { amount, count, day, local, moment, money, number, withoutFullStop } from './common.ts';
import { explainSaid } from './partner-center.ts';

const impacts = {
  critical: 'Kritisch: Der Betrieb steht still',
  moderate: 'Mittel: Der Betrieb ist beeinträchtigt',
  minimal: 'Gering: eine Frage oder ein kleines Problem',
};

const states = {
  submitted: 'abgesendet',
  filing: 'das Ticket wird erstellt',
  filed: 'wartet auf Microsoft',
  cancelling: 'wird storniert',
  completed: 'abgeschlossen',
  refused: 'abgelehnt',
  needs_person: 'muss geprüft werden',
};

const endings = {
  'cancel-now': 'sofort über die Partner Center-API',
  ticket: 'per Ticket an Microsoft',
};

const days = { one: 'Tag', other: 'Tage' };

export const impact: Words['impact'] = (name) => impacts[name];
export const caseState: Words['caseState'] = (state) => states[state];
export const ending: Words['ending'] = (name) => endings[name];

const left = (n: number): string => (n === 0 ? 'weniger als ein Tag' : `noch ${count(n, days)}`);
const allDays = (n: number): string => count(n, { one: 'Tag', other: 'Tagen' });

const formula: Words['cancel']['refund'] = ({ amount, paid, rule, termDays, usedDays, pieces }) =>
  (rule === 'full' || termDays === undefined
    ? `${money(amount)} (${rule === 'full' ? 'volle Erstattung' : 'anteilig nach Tagen'})`
    : `${money(amount)} = ${money(paid)} × (${number(termDays)} − ${number(usedDays ?? 0)}) / ${count(termDays, days)}`) +
  (pieces ? `, für ${number(pieces.refundable)} von ${number(pieces.of)}` : '');

export const cancel: Words['cancel'] = {
  begunBy: (name, at, zone) =>
    `${name} hat eine Stornierung dieser Bestellung begonnen (${moment(at, zone)}); sie ist noch ein Entwurf. Fragen Sie nach, bevor Sie weitermachen: Nur eine kann gesendet werden.`,
  title: (order) => `Bestellung ${order} stornieren`,
  draftTitle: (order, customer) => `Stornierung der Bestellung ${order} von ${customer}`,
  whichOrder: (customer) => `Welche Bestellung von ${customer}?`,
  whichLines: 'Was soll storniert werden?',
  linesHint:
    'Wählen Sie eine Position, mehrere oder alle: Daraus wird ein Fall. Eine Position kann nur ganz zurückgegeben werden.',
  wholeOrder: 'Die ganze Bestellung',
  facts: {
    customer: 'Kunde',
    order: 'Bestellung',
    item: 'Artikel',
    window: 'Stornierbar',
    refund: 'Erstattung',
    ending: 'Wie',
    state: 'Stand',
    case: 'Fall',
    ticket: 'Ticket',
    amount: 'Geforderter Betrag',
    by: 'Angefordert von',
    seenBy: 'Schlüssel gesehen von',
  },
  until: (at, days, zone) => `bis ${moment(at, zone)} – ${left(days)}`,
  closed: (at, zone) => `Die Frist endete am ${moment(at, zone)}; Microsoft kann ein Ticket ablehnen`,
  refusedAtOnce: (at, reason) =>
    `Am ${day(at)} hat Partner Center abgelehnt, diese Bestellung sofort zu stornieren, und würde es wieder tun. ${withoutFullStop(reason)}. Die Erstattung kann per Ticket bei Microsoft erbeten werden.`,
  nowRefused: (reason) =>
    `Partner Center hat nicht sofort storniert. ${withoutFullStop(reason)}. Nichts ist storniert, und Ihr Grund ist gespeichert: „Per Ticket“ bittet Microsoft um die Erstattung.`,
  noWindow: 'keine Frist bekannt; Microsoft entscheidet',
  refund: formula,
  unknownRefund: 'Partner Center nennt keinen Preis',
  ifGranted: (refund) => `${refund}, wenn Microsoft zustimmt`,
  ticketExists: (id) => `Bei Microsoft gibt es schon ein Ticket, das diese Bestellung nennt: ${id}.`,
  unread: {
    tickets:
      'Ich konnte nicht nach offenen Tickets bei Microsoft suchen. Falls schon jemand eines für diese Bestellung erstellt haben könnte, sehen Sie zuerst in Partner Center nach.',
    offer:
      'Die Stornierungsrichtlinie des Angebots selbst konnte nicht gelesen werden; Frist und Erstattung sind die der allgemeinen Richtlinie von Microsoft.',
  },
  about: (customer, item) => `${customer} · ${item}`,
  summary: (order, customer, back, days) =>
    [
      `Bestellung ${order} von ${customer} stornieren`,
      [...(back ? [`${money(back)} zurück`] : []), ...(days === undefined ? [] : [left(days)])].join(', '),
    ]
      .filter(Boolean)
      .join(': '),
  badge: { left, closed: 'Frist abgelaufen', unknown: 'keine Frist bekannt' },
  daysUsed: (used, all) => `${used} von ${allDays(all)} vergangen`,
  back: {
    full: (until, zone) => `kommt zurück: volle Erstattung bei Stornierung bis ${moment(until, zone)}`,
    prorated: (refund, until, zone) => `kommt heute zurück: ${formula(refund)}; stornierbar bis ${moment(until, zone)}`,
    granted: (refund) => `kommt zurück, wenn Microsoft zustimmt: ${formula(refund)}`,
    unknown: 'wurde bezahlt; was zurückkommt, entscheidet Microsoft',
  },
  key: (names) =>
    `Der Schlüssel wird widerrufen. ${
      names.length > 0 ? `Angesehen haben ihn hier: ${names.join('; ')}.` : 'Niemand hat ihn hier angesehen.'
    } Der Kunde muss die Software deinstallieren. Das lässt sich nicht rückgängig machen.`,
  cancelNow: (back) => (back ? `Jetzt stornieren: ${money(back)} zurück` : 'Jetzt stornieren'),
  byTicket: 'Per Ticket …',
  remindMe: 'Erinnern statt stornieren',
  reasons: {
    edition: 'Falsche Edition oder Version',
    twice: 'Doppelt bestellt',
    withdrew: 'Kunde ist zurückgetreten',
    quantity: 'Falsche Menge',
    other: 'Anderer Grund – ich erkläre ihn unten',
  },
  choose: 'Auswählen',
  moreHint: 'Mehr für Microsoft, oder der Grund in eigenen Worten: 10 bis 1000 Zeichen, am besten auf Englisch',
  noReason:
    'Das ist kein Grund für eine Erstattung. Bitte einen auswählen oder in wenigen Worten schreiben, oder eine Schaltfläche der Karte wählen.',
  changed: {
    amount: (was, now) =>
      `Noch ist nichts storniert: Die Erstattung hat sich seit dieser Karte geändert${was && now ? `, von ${money(was)} auf ${money(now)}` : ''}. Bitte prüfen Sie sie und drücken Sie noch einmal.`,
    window:
      'Noch ist nichts storniert: Die Stornierungsfrist hat sich seit dieser Karte geändert. Bitte prüfen Sie sie und drücken Sie noch einmal.',
    notNow:
      'Nichts ist storniert: Die Bestellung lässt sich nicht mehr sofort stornieren. „Per Ticket“ bittet Microsoft um die Erstattung.',
  },
  effects:
    'Wenn die Stornierung abgeschlossen ist, wird der Schlüssel widerrufen, und die Software muss deinstalliert werden.',
  questions: {
    tenant: 'Welcher Mandant ist es? Seine GUID oder ein Domänenname.',
    named: 'Welche Bestellung oder welches Abonnement?',
    reason: 'Warum wird die Software zurückgegeben?',
    amount: 'Welcher Betrag wird gefordert?',
    amountNote: 'Warum weniger, als bezahlt wurde?',
    impact: 'Wie stark ist der Betrieb betroffen?',
    title: 'Ein Titel für das Ticket',
    contactName: 'Mit wem kann Microsoft sprechen?',
    contactEmail: 'Unter welcher E-Mail-Adresse?',
    contactPhone: 'Unter welcher Telefonnummer?',
  },
  typeOrPress: 'Geben Sie die Antwort ein, oder füllen Sie sie aus und drücken Sie „Weiter“.',
  form: 'Erstattungsticket',
  formAbout: (order, customer, amount) => [order, customer, ...(amount ? [money(amount)] : [])].join(' · '),
  missing: (missing, filled) => {
    if (missing === 0) return 'Alles ist ausgefüllt. Ändern Sie, was nicht stimmt, und prüfen Sie dann das Ticket.';
    const rest = filled > 0 ? '; der Rest ist ausgefüllt' : '';
    return missing === 1 ? `Eine Angabe fehlt${rest}.` : `${missing} Angaben fehlen${rest}.`;
  },
  filled: {
    title: 'Für Sie ausgefüllt',
    done: (done, all) => `${done} von ${all} erledigt`,
    change: 'Diese ändern',
    contact: 'Kontakt',
    all: (amount) => `${amount} (alles, was bezahlt wurde)`,
  },
  reasonHint: '10 bis 1000 Zeichen, am besten auf Englisch',
  review: 'Bitte prüfen Sie die Stornierung',
  willCancelNow: (isWholeOrder) =>
    `„Absenden“ storniert ${isWholeOrder ? 'die ganze Bestellung' : 'diesen Teil der Bestellung'} sofort bei Partner Center. Das lässt sich nicht rückgängig machen.`,
  willFile:
    '„Absenden“ erstellt das Ticket mit dem Problemtyp „CSP purchase/refund on behalf of customers“. Wo Partner Center Tickets nur in seinem Portal annimmt, bekommen Sie den fertigen Text, um es dort zu erstellen.',
  submit: (name) => (name === 'ticket' ? 'Absenden: Ticket erstellen' : 'Absenden: jetzt stornieren'),
  mayNotSubmit:
    'Sie können diese Stornierung vorbereiten; ein Administrator-Agent sendet sie ab. „Übergeben“ überlässt sie den Administrator-Agenten: Sie steht dann unter „entwürfe“.',
  caseTitle: (reference, state) => `Stornierung ${reference}: ${state}`,
  stateGivenUp: 'aufgegeben',
  givenUp:
    'Hier geschieht nichts mehr. Ein Ticket, das bei Microsoft offen ist, bleibt offen und kann die Bestellung trotzdem stornieren. Um neu zu beginnen, geben Sie „stornieren“ und die Bestellnummer ein.',
  stillToFile: (reference) =>
    `Das Ticket muss noch von Hand im Portal von Partner Center erstellt werden. Ein Administrator-Agent gibt „fälle ${reference}“ ein, um Text und Link zu bekommen und die Anfragenummer anzugeben.`,
  caseText: {
    submitted: 'Es ist in Arbeit. Diese Karte ändert sich, wenn etwas geschieht.',
    filing: 'Das Ticket wird erstellt. Diese Karte ändert sich, wenn es so weit ist.',
    filed: 'Ich beobachte Bestellung und Ticket und sage Bescheid, wenn die Stornierung abgeschlossen ist.',
    cancelling: 'Partner Center hat die Stornierung angenommen. Ich sage Bescheid, wenn sie abgeschlossen ist.',
    completed:
      'Was hier genannt ist, ist storniert, und der Schlüssel ist widerrufen. Der Kunde muss diese Software deinstallieren.',
    refused:
      'Nichts wurde storniert. Um auf anderem Weg darum zu bitten, geben Sie „stornieren“ und die Bestellnummer ein.',
    needs_person:
      'Von selbst geht es nicht weiter: Lesen Sie den Hinweis und sehen Sie sich Bestellung und Ticket in Partner Center an. Ein Administrator-Agent gibt „fälle“ ein, um von dort weiterzumachen.',
  },
  notTakenYet:
    'Partner Center hat noch nicht geantwortet. Ich versuche es weiter, auch wenn diese App neu gestartet wird, und sage Bescheid, wie es ausgeht.',
  nobodySaw: 'niemand hier, und niemand in Partner Center, soweit dessen Aufzeichnungen es sagen',
  viewer: ({ name, keys, downloads, lastAt, isOutside }, zone) => {
    const looks = [...(keys > 0 ? [`${keys} × Schlüssel`] : []), ...(downloads > 0 ? [`${downloads} × Download`] : [])];
    return `${name}${isOutside ? ' (in Partner Center)' : ''}: ${looks.join(', ')}, zuletzt am ${local(lastAt, zone)}`;
  },
  handOver: {
    title: 'Das Ticket kann jetzt in Partner Center erstellt werden',
    text: 'Partner Center nimmt neue Tickets nur in seinem Portal an. Öffnen Sie das Formular, wählen Sie den Problemtyp, kopieren Sie die Teile, fügen Sie bei Bedarf Dateien hinzu, senden Sie es ab und geben Sie hier die Anfragenummer ein: Ab dann verfolge ich es. „fälle“ bringt dies zurück.',
    refused: (said) => `Noch ist nichts storniert. Partner Center hat abgelehnt. ${explainSaid(said)}`,
    closes: (at, zone) =>
      `Die Stornierungsfrist endet am ${moment(at, zone)}: Das Ticket sollte vorher erstellt werden.`,
    closed: (at, zone) =>
      `Die Stornierungsfrist endete am ${moment(at, zone)}: Microsoft kann ein Ticket ablehnen, das jetzt erstellt wird.`,
    issueType: 'Problemtyp',
    description: 'Beschreibung',
    contact: 'Kontakt',
    ownContact: '(was fehlt: Ihre eigenen Angaben)',
    portal: 'Formular öffnen',
    portalUrl: 'https://partner.microsoft.com/dashboard/support/csp/servicerequests/create?category=csp',
    numberHint: 'Nummer, die das Portal zeigt',
  },
  problems: {
    tenant: (customer) =>
      `Das ist nicht ${customer}. Geben Sie die GUID des Mandanten oder einen seiner Domänennamen an.`,
    named: (order) => `Das gehört zu einer anderen Bestellung. Geben Sie ${order} oder ein Abonnement davon an.`,
    reason: 'Bitte geben Sie einen Grund von 10 bis 1000 Zeichen an; Microsoft entscheidet danach.',
    amount: (currency) =>
      `Bitte geben Sie einen Betrag in ${currency} an, zum Beispiel ${amount(moneyOf(1234.5, currency))}.`,
    amountZero: 'Der Betrag muss größer als null sein.',
    amountNote: 'Bitte sagen Sie in wenigen Worten, warum weniger gefordert wird, als bezahlt wurde.',
    impact: 'Bitte wählen Sie, wie stark der Betrieb betroffen ist.',
    title: 'Bitte geben Sie einen Titel von 5 bis 255 Zeichen an.',
    contactName: 'Bitte geben Sie Vor- und Nachnamen an.',
    contactEmail: 'Bitte geben Sie eine vollständige E-Mail-Adresse an, zum Beispiel anna@partner.example.',
    contactPhone: 'Bitte geben Sie eine Telefonnummer mit Ländervorwahl an, zum Beispiel +49 30 5550 1000.',
    requestNumber: 'Das ist keine Anfragenummer: Sie hat 1 bis 10, 15 oder 16 Ziffern oder die Form 1-1234567890123.',
  },
  amountNoteHint: 'nur, wenn weniger gefordert wird',
  noMoney: (paid) => `Nicht mehr, als bezahlt wurde: ${money(paid)}.`,
};
