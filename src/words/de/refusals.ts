import type { ApprovalState } from '../../domain/approvals/approval-state.ts';
import type { FileFault } from '../../domain/cancellations/ticket-file.ts';
import type { Restriction } from '../../domain/orders/catalog.ts';
import type { Limited } from '../../domain/people/limits.ts';
import type { Right, Role } from '../../domain/people/staff.ts';
import type { Words } from '../words.ts';
import { country, day, inTime, money, number, roles, withoutFullStop } from './common.ts';
import { explainError, explainSaid, withQuote } from './partner-center.ts';

const allOf = (held: readonly Role[]): string => held.map((role) => roles[role]).join(' und ');

/** After „nicht berechtigt“. */
const toDo: Record<Right, string> = {
  look: 'Kunden, Software und Bestellungen anzusehen',
  'buy.prepare': 'eine Bestellung vorzubereiten',
  'buy.confirm': 'eine Bestellung zu bestätigen',
  'agreement.confirm': 'die Vereinbarung eines Kunden zu bestätigen',
  'keys.reveal': 'Product Keys und Downloads zu sehen',
  'leak.report': 'ein Leck zu melden oder aufzuheben',
  'cancel.prepare': 'eine Stornierung vorzubereiten',
  'cancel.submit': 'eine Stornierung abzusenden',
  approve: 'zu genehmigen, worum andere bitten',
  'audit.read': 'das Überwachungsprotokoll zu lesen',
  'setup.check': 'zu prüfen, wie ich eingerichtet bin',
};

/** Whom it waits for. Others may have the right too: whoever reads this has none of their roles. */
const holders: Record<Right, string> = {
  look: 'jemanden mit einer Rolle in Partner Center',
  'buy.prepare': 'einen Vertriebsbeauftragten oder einen Administrator-Agenten',
  'buy.confirm': 'einen Administrator-Agenten',
  'agreement.confirm': 'einen Administrator-Agenten',
  'keys.reveal': 'einen Administrator-Agenten',
  'leak.report': 'einen Administrator-Agenten',
  'cancel.prepare': 'einen Vertriebsbeauftragten oder einen Administrator-Agenten',
  'cancel.submit': 'einen Administrator-Agenten',
  approve: 'einen Administrator-Agenten',
  'audit.read': 'einen Administrator-Agenten',
  'setup.check': 'einen Administrator-Agenten',
};

const places = {
  personal: 'in Ihrem Chat mit mir',
  group: 'in einem anderen Gruppenchat',
  channel: 'in einem anderen Thread',
};

export const approvalStates: Record<ApprovalState, string> = {
  waiting: 'wartet',
  approved: 'genehmigt',
  rejected: 'abgelehnt',
  expired: 'abgelaufen',
  withdrawn: 'zurückgezogen',
  used: 'genehmigt und verwendet',
};

export const limited: Record<Limited, string> = {
  reveals: 'Schlüssel und Downloads',
  exports: 'Dateien des Protokolls',
  searches: 'Suchen',
  unknownOrders: 'unbekannte Bestellnummern',
  drafts: 'neue Vorgänge',
  pages: 'Seiten',
};

const fileFaults: Readonly<Record<FileFault, (name: string) => string>> = {
  empty: (name) => `In „${name}“ steht nichts.\nBitte prüfen Sie die Datei und senden Sie sie noch einmal.`,
  'too-large': (name) =>
    `„${name}“ ist größer als 20 MB.\nBitte senden Sie eine kleinere Datei, oder fügen Sie sie in Partner Center hinzu, sobald das Ticket erstellt ist.`,
  type: (name) =>
    `„${name}“ nehme ich nicht an.\nBitte senden Sie die Datei als PDF, PNG, JPEG, Word (docx), Excel (xlsx), E-Mail (msg, eml) oder Text (txt, csv); es zählt ihr Inhalt, nicht ihr Name.`,
  damaged: (name) =>
    `„${name}“ lässt sich nicht öffnen: Die Datei ist beschädigt oder unvollständig.\nBitte senden Sie sie noch einmal.`,
  protected: (name) =>
    `„${name}“ ist durch ein Kennwort oder durch Rechte geschützt, Microsoft könnte die Datei nicht öffnen.\nBitte senden Sie sie ohne Schutz.`,
};

/** For each no: what is wrong, which can be a title, and on the next line what to do. */
export const refusals: Words['refusals'] = {
  'not-allowed': ({ right, roles: held }) =>
    `Sie sind nicht berechtigt, ${toDo[right]}.\n${held.length === 0 ? 'Sie haben keine Rolle beim Partner' : `Ihre Rolle ist ${allOf(held)}`}. ${insteadOf(right, held)}`,
  'needs-approval': ({ reference, state, by, why }) => {
    if (state === 'rejected')
      return `${by ?? 'Ein Administrator-Agent'} hat das abgelehnt (${reference}).\n${why ? `Der Grund: ${withoutFullStop(why)}. ` : ''}Es wurde nichts getan. Ändern Sie es, und drücken Sie dieselbe Schaltfläche noch einmal: Dann wird ein Administrator-Agent neu gefragt.`;
    return state === 'asked'
      ? `Das muss ein zweiter Administrator-Agent genehmigen.\nEs wurde noch nichts getan. Ich habe darum gebeten (${reference}) und sage Ihnen hier, was daraus wird; drücken Sie dann dieselbe Schaltfläche noch einmal.`
      : `Das wartet auf einen zweiten Administrator-Agenten (${reference}).\nEs wurde noch nichts getan. ${by ? `${by} sieht es sich an. ` : ''}Ich sage Ihnen hier, was daraus wird; drücken Sie dann dieselbe Schaltfläche noch einmal.`;
  },
  'nobody-approves': () =>
    'Das muss ein zweiter Administrator-Agent genehmigen, und außer denen, die es vorbereitet haben, gibt es keinen.\nEs wurde nichts getan. Bitten Sie einen Administrator, noch jemandem diese Rolle zu geben.',
  'own-approval': ({ reference }) =>
    `Über ${reference} können Sie nicht entscheiden: Sie haben darum gebeten oder es vorbereitet.\nBitte sagen Sie es einem anderen Administrator-Agenten; er findet es unter „freigaben“.`,
  'approval-unknown': ({ reference }) =>
    `Eine Freigabe ${reference} kenne ich nicht.\nGeben Sie „freigaben“ ein, um zu sehen, was wartet.`,
  'approval-over': ({ reference, state, by }) =>
    `${reference} ist erledigt: ${approvalStates[state]}${by ? ` (${by})` : ''}.\nIhre Antwort hat nichts geändert. Geben Sie „freigaben“ ein, um zu sehen, was wartet.`,
  'approval-claimed': ({ reference, by }) =>
    `${by} sieht sich ${reference} an.\nFragen Sie ${by}, oder warten Sie auf die Erinnerung: Danach ist es wieder frei.`,
  'reason-missing': () => 'Bitte schreiben Sie in wenigen Worten, warum.\nWer darum gebeten hat, liest es.',
  'reason-short': ({ atLeast }) =>
    `Bitte schreiben Sie, warum, in mindestens ${number(atLeast)} Zeichen.\nDie anderen Administrator-Agenten lesen es, und es steht im Protokoll.`,
  'too-many': ({ what, seconds, isEverybody }) =>
    `${isEverybody ? 'Alle zusammen haben' : 'Sie haben'} in kurzer Zeit zu viel angefordert (${limited[what]}).\nBitte versuchen Sie es ${inTime(seconds)} erneut. Es wurde nichts getan.`,
  'above-limit': ({ total, limit }) =>
    `Bestellungen über ${money(limit)} bestätigt nur ein Administrator-Agent.\nDiese kostet ${money(total)}. Drücken Sie „Übergeben“, damit einer von ihnen weitermacht, oder bestellen Sie weniger.`,
  'roles-unknown': () =>
    'Ich kann Ihre Rolle gerade nicht feststellen.\nEs wurde nichts getan. Bitte versuchen Sie es in einer Minute erneut.',
  'not-staff': ({ why }) =>
    why === 'unidentified'
      ? 'Ich kann nicht erkennen, wer Sie sind, also tue ich nichts.\nBitte schreiben Sie mir von Ihrem Geschäftskonto aus.'
      : 'Ich bediene nur die Belegschaft des Partners aus deren eigenem Mandanten.\nBitte fragen Sie Ihren Ansprechpartner beim Partner.',
  'not-yours': ({ owner, command }) =>
    command
      ? `Dies gehört ${owner}.\nGeben Sie „${command}“ ein, um eine eigene Karte zu bekommen.`
      : `Dies gehört ${owner}.\nGeben Sie „hilfe“ ein, um selbst zu beginnen, oder bitten Sie ${owner}, damit weiterzumachen.`,
  'waits-for-others': ({ owner, right }) =>
    `${owner} hat dies übergeben, und es wartet auf ${holders[right]}.\nSie sind nicht berechtigt, ${toDo[right]}. Sie können es ansehen und dort Bescheid sagen; es steht unter „entwürfe“.`,
  'draft-gone': () =>
    'Diese Karte ist abgelaufen oder wurde verworfen.\nBitte beginnen Sie neu; geben Sie „hilfe“ ein, um zu sehen, wie.',
  'draft-elsewhere': ({ owner, where }) =>
    owner
      ? `${owner} macht damit woanders weiter.\nBitte fragen Sie ${owner}, wie es steht; nichts muss neu begonnen werden.`
      : `Dies geht ${where ? places[where] : 'woanders'} weiter.\nBitte antworten Sie dort, oder geben Sie „entwürfe“ ein, um hier weiterzumachen. Nichts muss neu begonnen werden.`,
  'draft-over': ({ title, outcome }) =>
    `„${title}“ ist vorbei: ${withoutFullStop(outcome)}.\nGeben Sie „bestellungen“ oder „fälle“ ein, um mehr zu sehen; nichts muss neu begonnen werden.`,
  'draft-outdated': () =>
    'Diese Karte stammt aus der Zeit vor einem Update.\nBitte beginnen Sie neu; durch sie wurde nichts bestellt oder storniert.',
  'still-working': () => 'Ihre letzte Antwort wird noch verarbeitet.\nDie Karte ändert sich, sobald sie fertig ist.',
  invalid: ({ why }) => why,
  'customer-unknown': ({ text, suggestions, more }) => {
    const similar = suggestions.length > 0 ? `Ähnlich: ${suggestions.join(', ')}. ` : '';
    if (more) {
      return `Kein Name und keine Domäne eines Kunden beginnt mit „${text}“, und es sind zu viele, um in jedem Namen zu suchen.\n${similar}Geben Sie den Anfang des Namens oder der Domäne oder die Mandanten-ID ein.`;
    }
    return similar
      ? `Kein Kunde passt zu „${text}“.\n${similar}Geben Sie einen davon oder einen Teil eines anderen Namens ein.`
      : `Kein Kunde passt zu „${text}“.\nGeben Sie einen Teil des Namens oder der Domäne ein.`;
  },
  'order-unknown': ({ text, tooManyCustomers }) =>
    tooManyCustomers
      ? `Ich kenne keine Bestellung und kein Abonnement „${text}“.\nEs sind zu viele Kunden, um nach den Bestellungen eines jeden zu fragen: Geben Sie „bestellungen“ und den Namen des Kunden ein, dann kenne ich seine Bestellungen. Eine Bestellung kann 15 Minuten brauchen, bis sie erscheint.`
      : `Ich habe keine Bestellung und kein Abonnement „${text}“ gefunden.\nPrüfen Sie die Nummer, oder geben Sie „bestellungen“ und den Namen des Kunden ein; eine Bestellung kann 15 Minuten brauchen, bis sie erscheint.`,
  'nothing-to-cancel': ({ text }) =>
    `${text} hat nichts, was storniert werden könnte.\nGeben Sie „bestellungen“ und den Namen des Kunden ein, um zu sehen, was es gibt.`,
  'quantity-out-of-range': ({ minimum, maximum, typed }) =>
    [
      `Die Menge muss eine ganze Zahl von ${number(minimum)} bis ${number(maximum)} sein.`,
      ...(typed ? [`Ihre Eingabe: ${typed.length > 40 ? `${typed.slice(0, 40).toWellFormed()}…` : typed}`] : []),
    ].join('\n'),
  'item-unavailable': ({ item }) =>
    `${item || 'Dieser Artikel'} kann für diesen Kunden jetzt nicht gekauft werden.\nGehen Sie zurück und wählen Sie eine andere Edition oder ein anderes Produkt.`,
  'needs-before': ({ item, needs }) =>
    `${item} kann hier nicht bestellt werden.\n${needs.map(neededFirst).join(' ')} Oder wählen Sie eine andere Edition oder ein anderes Produkt.`,
  restricted: ({ item, restrictions }) =>
    `Microsoft verkauft ${item} diesem Kunden jetzt nicht${notIn(restrictions)}.\nWählen Sie eine andere Edition oder ein anderes Produkt, versuchen Sie es später, oder fragen Sie den Support von Microsoft in Partner Center. Der Wortlaut: „${restrictions.map(({ said }) => said).join('; ')}“.`,
  'price-unknown': ({ item }) =>
    `Die Preisliste von Partner Center hat keinen Preis für ${item}.\nOhne Preis bestelle ich es nicht. Wählen Sie eine andere Edition, oder bestellen Sie es in Partner Center.`,
  'price-changed': ({ was, now }) =>
    `Der Einzelpreis hat sich von ${money(was)} auf ${money(now)} geändert.\nBitte prüfen und bestätigen Sie erneut.`,
  'order-declined': ({ said }) =>
    `Partner Center hat abgelehnt.\nNichts wurde bestellt. Drücken Sie „Bearbeiten“, um die Bestellung zu ändern. ${explainSaid(said)}`,
  'not-software': ({ order }) =>
    `Bestellung ${order} ist keine lokale Software.\nNur solche kann ich stornieren. Verwenden Sie dafür Partner Center.`,
  'order-pending': ({ order }) =>
    `Bestellung ${order} wird von Microsoft noch verarbeitet.\nBitte versuchen Sie es in einigen Minuten erneut.`,
  'already-cancelled': ({ order }) =>
    `Bestellung ${order} oder der Teil, den Sie gewählt haben, ist schon storniert.\nEs gibt nichts mehr zu tun.`,
  'case-open': ({ order, reference }) =>
    `Es gibt schon eine Stornierung der Bestellung ${order}: ${reference}.\nGeben Sie „fälle“ ein, um zu sehen, wie sie steht.`,
  'ticket-of-other-case': ({ number, reference }) =>
    `Anfrage ${number} wird schon bei ${reference} verfolgt.\nEin Ticket gehört zu einem Fall. Bitte sehen Sie die Nummer noch einmal nach.`,
  'ticket-unknown': ({ number }) =>
    `Partner Center zeigt keine Anfrage ${number}.\nBitte sehen Sie die Nummer noch einmal nach; wenn sie stimmt und die Anfrage ganz neu ist, drücken Sie noch einmal „Weiter“, um sie trotzdem zu verfolgen.`,
  'ticket-about-other': ({ number, title }) =>
    `Anfrage ${number} („${title}“) nennt weder diesen Fall noch seine Bestellung.\nBitte sehen Sie die Nummer noch einmal nach; wenn sie trotzdem die richtige ist, drücken Sie noch einmal „Weiter“.`,
  'ticket-still-open': ({ number }) =>
    `Microsoft arbeitet noch an Anfrage ${number}.\nDie Bestellung kann trotzdem storniert werden. Ziehen Sie die Anfrage zuerst in Partner Center zurück; oder geben Sie den Fall trotzdem auf: Dann geschieht hier nichts mehr, und niemand erfährt, wie es ausgeht.`,
  'never-cancellable': ({ item, publisher }) =>
    `${item} kann nicht storniert werden: Microsoft nimmt keine Software von ${publisher} zurück.\nWenn es aus Versehen bestellt wurde, fragen Sie den Support von Microsoft in Partner Center.`,
  'file-bad': ({ name, fault }) => fileFaults[fault](name),
  'too-many-files': ({ limit }) =>
    `Zu einem Ticket gehören höchstens ${limit} Dateien.\nEntfernen Sie zuerst eine, oder fassen Sie mehrere in einer PDF-Datei zusammen; von dieser wurde nichts aufbewahrt.`,
  'file-not-fetched': ({ name }) =>
    `„${name}“ konnte nicht aus Teams geholt werden.\nBitte senden Sie die Datei noch einmal.`,
  'file-not-given': () =>
    'Die Datei konnte nicht in Ihr OneDrive gelegt werden.\nBitte drücken Sie noch einmal „Als CSV exportieren“.',
  'file-gone': ({ name }) =>
    `${name ? `„${name}“` : 'Diese Datei'} ist nicht mehr hier.\nBitte senden Sie sie noch einmal.`,
  'file-owner-gone': () =>
    'Die Stornierung, zu der diese Datei gehört, ist abgeschlossen.\nGeben Sie „fälle“ ein, um zu sehen, wie sie ausging.',
  'window-closed': ({ order, closedAt }) =>
    `Bestellung ${order} konnte bis ${day(closedAt)} storniert werden.\nUm Microsoft trotzdem um eine Erstattung zu bitten, geben Sie „stornieren ${order}“ ein.`,
  'other-content': () =>
    'Dies wurde schon mit anderem Inhalt abgesendet.\nJetzt wurde nichts getan. Geben Sie „fälle“ oder „bestellungen“ ein, um den Stand zu sehen.',
  'leak-reported': ({ order, reference, by, at }) =>
    `Schlüssel und Downloads der Bestellung ${order} sind gesperrt.\n${by} hat am ${day(at)} ein Leck gemeldet (${reference}). Geben Sie „leck ${reference}“ ein, um es zu sehen; aufheben kann es dort ein anderer Administrator-Agent als ${by}.`,
  'leak-unknown': ({ reference }) =>
    `Ich kenne kein Leck ${reference}.\nGeben Sie „leck“ ein, um zu sehen, was nicht aufgehoben ist.`,
  'own-leak': ({ reference }) =>
    `Sie haben ${reference} gemeldet und können es deshalb nicht aufheben.\nBitten Sie einen anderen Administrator-Agenten; er findet es unter „leck“.`,
  'key-revoked': ({ order }) =>
    `Diese Software der Bestellung ${order} ist storniert.\nIhr Schlüssel ist widerrufen, und ihre Downloads sind zurückgezogen. Wenn der Kunde sie noch braucht, geben Sie „kaufen“ ein.`,
  'keys-not-offered': ({ order, said }) =>
    withQuote(
      `Partner Center bietet Schlüssel der Bestellung ${order} nicht per API an.\nEin Administrator-Agent findet sie in Partner Center: Kunden → der Kunde → Software.`,
      said ? [said] : [],
    ),
  'key-not-ready': ({ order }) =>
    `Partner Center hat noch keinen Schlüssel für Bestellung ${order}.\nEine neue Bestellung braucht einige Minuten; bitte versuchen Sie es dann erneut. Ist sie älter, sehen Sie in Partner Center nach: Kunden → der Kunde → Software.`,
  'not-recorded': () =>
    'Nichts wurde gezeigt: Die Aufzeichnung ist nicht gelungen.\nJeder Zugriff wird zuerst aufgezeichnet, deshalb wurde nichts abgerufen. Versuchen Sie es in einer Minute noch einmal; bleibt es so, sagen Sie es der Person, die diesen Bot betreibt.',
  'audit-unwritable': () =>
    'Nichts wurde ausgeführt: Das Überwachungsprotokoll kann nicht geschrieben werden.\nWas Geld kostet, etwas einreicht oder einen Schlüssel zeigt, wird dort im selben Schritt festgehalten. Versuchen Sie es in einer Minute noch einmal; bleibt es so, sagen Sie es der Person, die diesen Bot betreibt.',
  'token-refused': ({ why }) =>
    why === 'expired'
      ? 'Das hat länger als eine Minute gedauert, deshalb wurde nichts gezeigt.\nDrücken Sie die Schaltfläche noch einmal.'
      : why === 'used'
        ? 'Diese Anforderung wurde schon einmal verwendet, deshalb wurde nichts gezeigt.\nDas ist aufgezeichnet, und die Administrator-Agenten erfahren davon. Um den Schlüssel zu sehen, drücken Sie die Schaltfläche noch einmal.'
        : 'Diese Anforderung stammt nicht von Ihnen an dieser Stelle, deshalb wurde nichts gezeigt.\nSchließen Sie das Fenster, öffnen Sie es wieder, und drücken Sie die Schaltfläche.',
  'no-private-way': () =>
    'Hier lässt es sich nicht privat zeigen.\nDeshalb wird nichts gezeigt. Schreiben Sie mir stattdessen im persönlichen Chat.',
};

/** What must be there before an edition may be bought, by Partner Center's name for it; and where to see to that. */
const prerequisites: Readonly<Record<string, string>> = {
  azuresubscriptionregistration:
    'Gekauft wird es für ein Azure-Abonnement des Kunden, das dafür registriert ist: Registrieren Sie das Abonnement im Azure-Portal, und bestellen Sie in Partner Center, wo es ausgewählt wird.',
  microsoftcustomeragreement:
    'Der Kunde muss zuerst die Microsoft-Kundenvereinbarung angenommen haben: Bestätigen Sie das in Partner Center (Kunden → der Kunde → Konto).',
  microsoftcloudagreement:
    'Der Kunde muss zuerst den Microsoft Cloud-Vertrag angenommen haben: Bestätigen Sie das in Partner Center (Kunden → der Kunde → Konto).',
  inventorycheck: 'Microsoft muss es vorrätig haben: Suchen Sie es im Katalog von Partner Center.',
};

function neededFirst(name: string): string {
  const known = prerequisites[name.replaceAll('_', '').toLowerCase()];
  return (
    known ??
    `Partner Center verlangt zuerst etwas, das dort „${name}“ heißt: Bestellen Sie dort, wo mehr darüber steht.`
  );
}

function notIn(restrictions: readonly Restriction[]): string {
  const found = restrictions.flatMap((one) => one.places ?? []).map(country);
  return found.length > 0 ? `: Zurzeit ist es nicht zu haben in ${[...new Set(found)].join(', ')}` : '';
}

function insteadOf(right: Right, held: readonly Role[]): string {
  if (held.length === 0)
    return 'Bitten Sie einen Administrator Ihres Partner Center-Kontos um eine Rolle, oder jemanden, der eine hat.';
  if (right === 'keys.reveal') {
    return 'Bitten Sie einen Administrator-Agenten, hier „schlüssel“ einzugeben; ein Administrator des Kunden findet sie im Microsoft 365 Admin Center unter Abrechnung → Ihre Produkte → Software.';
  }
  if (right === 'cancel.submit' || right === 'buy.confirm' || right === 'agreement.confirm')
    return 'Sie können es vorbereiten: Drücken Sie „Übergeben“ auf der Karte, oder bitten Sie einen Administrator-Agenten, damit weiterzumachen.';
  if (right === 'buy.prepare' || right === 'cancel.prepare')
    return 'Sie können nachsehen: Geben Sie „software“ oder „bestellungen“ und den Namen eines Kunden ein. Für den Rest fragen Sie einen Vertriebsbeauftragten oder einen Administrator-Agenten.';
  return 'Fragen Sie einen Administrator-Agenten.';
}

/** What to say when Partner Center itself fails or declines. `isKept`: something was entered before. */
export const outside: Words['outside'] = (error, { isKept = true } = {}) => {
  const kept = isKept ? 'Ihre Eingaben sind gespeichert' : 'Nichts wurde begonnen';
  if (error.kind === 'throttled')
    return `Partner Center nimmt gerade nur wenige Anfragen an.\n${kept}; bitte versuchen Sie es in einer Minute erneut.`;
  if (error.isUncertain)
    return `Partner Center antwortet im Moment nicht.\n${kept}; bitte versuchen Sie es in einer Minute erneut.`;
  if (error.kind === 'unauthorized')
    return `Partner Center nimmt unsere Anmeldung nicht mehr an.\nBitte sagen Sie Ihrem Administrator Bescheid: Die Zustimmung muss erneuert werden. ${kept}.`;
  return `Partner Center hat abgelehnt.\n${kept}. ${explainError(error)}`;
};
