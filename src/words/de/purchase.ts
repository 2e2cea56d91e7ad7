import type { Words } from '../words.ts';
import { count, moment, money, number } from './common.ts';
import { withQuote } from './partner-center.ts';

const terms: Record<string, string> = { P1M: '1 Monat', P1Y: '1 Jahr', P2Y: '2 Jahre', P3Y: '3 Jahre' };
const cycles: Record<string, string> = {
  one_time: 'einmalig',
  annual: 'jährlich',
  monthly: 'monatlich',
  triennial: 'alle drei Jahre',
  biennial: 'alle zwei Jahre',
};
const segments: Record<string, string> = {
  commercial: 'Kommerziell',
  education: 'Bildung',
  government: 'Behörden',
  nonprofit: 'Gemeinnützig',
};

export const term: Words['term'] = (duration) => (duration ? (terms[duration] ?? duration) : 'unbefristet');
export const billing: Words['billing'] = (cycle) => cycles[cycle] ?? cycle;
export const segment: Words['segment'] = (name) => segments[name] ?? name.charAt(0).toUpperCase() + name.slice(1);

/** Why somebody is asked whether that is meant. */
export const doubt: Words['doubt'] = (about, zone) => {
  switch (about.kind) {
    case 'repeated': {
      const { by = 'Jemand anderes', quantity, item, at } = about;
      return `${by} hat ${number(quantity)} × ${item} schon für diesen Kunden bestellt, am ${moment(new Date(at), zone)}.`;
    }
    case 'unusual': {
      const { quantity, item, usual, isOfItem } = about;
      const usually = isOfItem
        ? `Eine Bestellung dieses Kunden umfasst davon gewöhnlich ${number(usual)}`
        : `Dieser Kunde hatte in einer Bestellung nie mehr als ${number(usual)} von etwas`;
      return `${number(quantity)} × ${item} ist ungewöhnlich viel: ${usually}.`;
    }
    case 'many':
      return `${number(about.quantity)} × ${about.item} ist eine sehr große Menge.`;
    case 'expensive':
      return `${money(about.total)} ist ein sehr hoher Betrag.`;
  }
};

export const purchase: Words['purchase'] = {
  title: 'Software kaufen',
  draftTitle: (item, customer) =>
    [`Kauf: ${item ?? 'Software'}`, customer ? `für ${customer}` : ''].filter(Boolean).join(' '),
  whichCustomer: 'Für welchen Kunden?',
  searchCustomer: 'Teil des Namens oder der Domäne',
  buyFor: (customer) => `Kauf für ${customer}`,
  whichProduct: 'Welche Software, und wie viele?',
  whichEdition: (product) => `Welche Edition von ${product}?`,
  oneCustomer: 'Eine Bestellung gilt für einen Kunden: Bestellen Sie bitte für jeden einzeln.',
  noneNamed: (text, isNear) =>
    `Nichts, was hier bestellt werden kann, heißt „${text}“.${isNear ? ' Am nächsten kommen diese.' : ''}`,
  whichTerms: (item) => `${item}: wie viele, und wie?`,
  searchProduct: 'z. B. „server 2025“, „sql“ …',
  each: 'Einzelpreis',
  line: (quantity, item) => `${number(quantity)} × ${item}`,
  further: (items) => `Danach: ${items.join(', ')}.`,
  leaveOut: (product) =>
    `Für „${product}“ ist noch nichts gewählt. Drücken Sie noch einmal „Bestellung prüfen“, um es wegzulassen.`,
  sum: (quantity, unit, total) => `${number(quantity)} × ${money(unit)} = ${money(total)}`,
  net: (lines) => `${count(lines, { one: 'Position', other: 'Positionen' })}, ohne Steuern`,
  otherCustomer: 'Bearbeiten: anderer Kunde',
  quantityRange: (minimum, maximum) =>
    maximum >= 999_999_999 ? `Mindestens ${number(minimum)}.` : `Von ${number(minimum)} bis ${number(maximum)}.`,
  attestation: 'Der Kunde erfüllt die Bedingungen, die Microsoft für dieses Angebot stellt.',
  notAttested:
    'Der Kunde erfüllt die Bedingungen, die Microsoft für dieses Angebot stellt: Bitte kreuzen Sie das an, oder gehen Sie zurück und wählen Sie eine andere Edition.',
  attests: {
    item: 'Wer bestätigt, erklärt, dass der Kunde die Bedingungen erfüllt, die Microsoft für dieses Angebot stellt.',
    partner:
      'Wer bestätigt, erklärt für Ihr Unternehmen, was Partner Center vom eingetragenen Partner dieser Bestellung verlangt.',
  },
  attestFirst: (said) =>
    withQuote(
      'Partner Center verlangt zuerst eine Erklärung. Nichts wurde bestellt. Was erklärt wird, steht hier: Drücken Sie „Bestätigen“, wenn es stimmt.',
      said,
    ),
  review: 'Bitte prüfen Sie die Bestellung',
  asItWas:
    'Partner Center antwortet im Moment nicht, also ist dies die Bestellung, wie sie gespeichert wurde. Sie wird erneut geprüft, wenn Sie „Bestätigen“ drücken.',
  declinedFor: (said) =>
    withQuote(
      'Partner Center hat abgelehnt. Nichts wurde bestellt. Was fehlt und wie es sich beheben lässt, steht hier; danach geht es weiter.',
      said,
    ),
  facts: {
    customer: 'Kunde',
    item: 'Artikel',
    segment: 'Segment',
    term: 'Laufzeit',
    billing: 'Abrechnung',
    quantity: 'Menge',
    unitPrice: 'Einzelpreis',
    total: 'Gesamt',
    currency: 'Währung',
    order: 'Bestellnummer',
    orders: 'Bestellnummern',
    by: 'Bestellt von',
    preparer: 'Vorbereitet von',
  },
  whatHappens:
    '„Bestätigen“ löst eine verbindliche Bestellung bei Microsoft aus. Abgerechnet wird über die nächste Rechnung Ihres Unternehmens an den Kunden.',
  cancellable: (until, refund, zone) =>
    `Kann bis ${moment(until, zone)} storniert werden${refund ? ` (${refund === 'full' ? 'volle Erstattung' : 'anteilige Erstattung'})` : ''}.`,
  notCancellable: 'Dieser Artikel kann nach der Bestellung nicht storniert werden.',
  confirm: (quantity, total) => `Bestätigen: ${number(quantity)} für ${money(total)} kaufen`,
  askBack: (reasons) =>
    `Noch wurde nichts bestellt. ${reasons.join(' ')} Wenn das so gemeint ist, drücken Sie noch einmal „Bestätigen“.`,
  confirmAll: (quantity, total) => `Bestätigen: alle ${number(quantity)} für ${money(total)} kaufen`,
  confirmAgain: (quantity, total) => `Bestätigen: noch einmal ${number(quantity)} für ${money(total)} kaufen`,
  adminAgentOnly: (limit) => `Über ${money(limit)} kann nur ein Administrator-Agent bestätigen.`,
  mayNotConfirm:
    'Sie können diese Bestellung vorbereiten; ein Administrator-Agent bestätigt sie. „Übergeben“ überlässt sie den Administrator-Agenten: Sie steht dann unter „entwürfe“.',
  inProgress: {
    title: 'Die Bestellung wird übermittelt …',
    text: 'Partner Center hat noch nicht geantwortet. Ich mache weiter, auch wenn diese App neu gestartet wird, und diese Karte ändert sich, sobald es fertig ist. Nichts wird zweimal bestellt.',
  },
  ordered: (quantity, item) => `Bestellt: ${number(quantity)} × ${item}`,
  orderedText: (orders) =>
    `${count(orders.length, { one: 'Bestellung', other: 'Bestellungen' })} ausgelöst. Schlüssel und Downloads folgen, sobald Partner Center die Bestellung abgeschlossen hat: Geben Sie „schlüssel ${orders[0] ?? ''}“ ein.`,
  declined: {
    title: 'Partner Center hat die Bestellung abgelehnt',
    text: 'Nichts wurde bestellt. Geben Sie „kaufen“ ein, um ein anderes Produkt oder eine andere Menge zu versuchen.',
    again: 'Nichts wurde bestellt. Geben Sie „kaufen“ ein, um zum jetzigen Preis zu bestellen.',
    tooLate: {
      title: 'Nicht bestellt: Die Bestellung musste länger als einen Tag warten',
      text: 'Es wurde nichts bestellt. Geben Sie „kaufen“ ein, wenn das Produkt noch gebraucht wird.',
    },
    priceChanged: 'Nicht bestellt: Der Preis hat sich geändert',
    missing: (what, remedy) => `Nichts wurde bestellt. ${what} ${remedy} Geben Sie danach wieder „kaufen“ ein.`,
  },
  needsPerson: {
    title: 'Bitte prüfen Sie diese Bestellung in Partner Center',
    text: 'Partner Center hat nicht klar gesagt, ob die Bestellung zustande kam. Sehen Sie im Bestellverlauf des Kunden nach, bevor Sie noch einmal bestellen.',
  },
};
