import type { AddressFlaws, AddressGap, PostalAddress } from '../../domain/customers/billing-profile.ts';
import type { ReadinessProblem } from '../../domain/customers/readiness.ts';
import type { Words } from '../words.ts';
import { day, withoutFullStop } from './common.ts';

const onOneLine = ({ line1, line2, postalCode, city, state, country }: PostalAddress): string =>
  [line1, line2, [postalCode, city].filter(Boolean).join(' '), state, country].filter(Boolean).join(', ');

const qualifications: Record<string, string> = {
  education: 'für Bildungseinrichtungen',
  government_community_cloud: 'für Behörden',
  governmentcommunitycloud: 'für Behörden',
  government: 'für Behörden',
  nonprofit: 'für gemeinnützige Organisationen',
};
/** Behind “Preise”. */
const pricesOf = (name: string): string => qualifications[name.toLowerCase()] ?? `„${name}“`;

/** Somebody else's sentence may be long. */
const clip = (text: string): string => (text.length > 120 ? `${text.slice(0, 119).trimEnd()}…` : text);

function tellUnverified(customer: string, { isUnverified, suggestion, message }: AddressFlaws): string {
  if (!isUnverified) return '';
  const why = message ? ` (${clip(withoutFullStop(message))})` : '';
  const better = suggestion ? `; der Vorschlag lautet: ${onOneLine(suggestion)}` : '';
  return `Microsoft kann die Rechnungsadresse von ${customer} nicht prüfen${why}${better}.`;
}

const gaps: Record<AddressGap, string> = {
  street: 'eine Straße',
  city: 'ein Ort',
  state: 'ein Bundesland, das Microsoft kennt',
  'postal-code': 'eine Postleitzahl, wie sie im Land geschrieben wird',
  phone: 'eine Telefonnummer',
  'registration-number': 'die Registrierungsnummer der Organisation',
};

function tellLacking(customer: string, { lacks }: AddressFlaws): string {
  if (lacks.length === 0) return '';
  const [last, ...others] = lacks.map((gap) => gaps[gap]).toReversed();
  return `Im Profil von ${customer} fehlt: ${[others.toReversed().join(', '), last].filter(Boolean).join(' und ')}.`;
}

type OfPoint<P extends ReadinessProblem['point']> = Extract<ReadinessProblem, { point: P }>;
type Sentence = { readonly what: string; readonly remedy: string };

const points: { [P in ReadinessProblem['point']]: (customer: string, missing: OfPoint<P>) => Sentence } = {
  relationship: (customer) => ({
    what: `${customer} hat keine Handelspartnerbeziehung mit Ihnen, also kann nichts bestellt werden.`,
    remedy: 'Senden Sie in Partner Center eine Anfrage (Kunden → Handelspartnerbeziehung anfordern).',
  }),
  account: (customer, { status }) => ({
    what: `Microsoft lässt zurzeit keine Bestellungen für ${customer} zu${status ? ` (Kontostatus: ${status})` : ''}.`,
    remedy: /review/i.test(status ?? '')
      ? 'Microsoft prüft das Konto; das endet von selbst, meist innerhalb einiger Tage. Prüfen Sie dann erneut.'
      : 'Sehen Sie sich das Konto des Kunden in Partner Center an und fragen Sie dort den Support von Microsoft, was gebraucht wird.',
  }),
  agreement: (customer) => ({
    what: `${customer} hat die Microsoft-Kundenvereinbarung nicht angenommen.`,
    remedy:
      'Lassen Sie den Kunden sie lesen und annehmen. Teilen Sie dann Microsoft hier oder in Partner Center mit, wer sie wann angenommen hat; oder der Kunde unterzeichnet sie im Microsoft 365 Admin Center.',
  }),
  segment: (customer, { segment }) => ({
    what:
      segment === 'commercial'
        ? `${customer} fehlt eine Qualifikation, die Microsoft für diesen Artikel verlangt.`
        : `${customer} ist für Preise ${pricesOf(segment)} nicht qualifiziert.`,
    remedy:
      'Wählen Sie als Nächstes eine andere Edition oder ein anderes Produkt; oder beantragen Sie die Qualifikation in Partner Center (Kunden → der Kunde → Konto).',
  }),
  qualification: (customer, { name, status, reason }) => ({
    what: {
      denied: `Microsoft hat ${customer} die Preise ${pricesOf(name)} verweigert${reason ? ` (${withoutFullStop(reason)})` : ''}.`,
      'in-review': `Microsoft prüft noch, ob ${customer} für Preise ${pricesOf(name)} qualifiziert ist.`,
      unknown: `Ob ${customer} für Preise ${pricesOf(name)} qualifiziert ist, ist nicht entschieden.`,
    }[status],
    remedy:
      status === 'denied'
        ? 'Zu anderen Preisen kann bestellt werden. Falls das falsch ist, beantragen Sie es erneut in Partner Center (Kunden → der Kunde → Konto).'
        : 'Zu anderen Preisen kann jetzt bestellt werden; diese erscheinen hier, wenn Microsoft sie genehmigt hat.',
  }),
  address: (customer, flaws) => ({
    what: [tellLacking(customer, flaws), tellUnverified(customer, flaws)].filter(Boolean).join(' '),
    remedy:
      'Sie können weiter bestellen, die Bestellung wird aber vielleicht abgelehnt. Berichtigen Sie die Adresse in Partner Center (Kunden → der Kunde → Konto).',
  }),
};

export const readiness: Words['readiness'] = {
  title: (customer) => `Bevor Sie für ${customer} bestellen können`,
  sentence: (customer, missing) =>
    (points[missing.point] as (customer: string, missing: ReadinessProblem) => Sentence)(customer, missing),
  checkAgain: 'Weiter: erneut prüfen',
  otherCustomer: 'Bearbeiten: anderer Kunde',
  notAllowed:
    'Ein Administrator-Agent kann die Vereinbarung hier bestätigen: Drücken Sie „Übergeben“, um sie ihm zu überlassen.',
  agreement: {
    question: 'Wer hat die Microsoft-Kundenvereinbarung angenommen?',
    text: (customer, filledIn) =>
      [
        `Tragen Sie ein, wer bei ${customer} sie angenommen hat und wann.`,
        filledIn === 'from-profile'
          ? 'Der Ansprechpartner des Abrechnungsprofils ist eingetragen: Bitte prüfen Sie ihn.'
          : '',
        filledIn === 'nothing'
          ? 'Der Ansprechpartner des Abrechnungsprofils konnte nicht gelesen werden, also ist niemand eingetragen.'
          : '',
      ]
        .filter(Boolean)
        .join(' '),
    read: 'Vereinbarung öffnen',
    review: 'Bitte prüfen Sie, was Microsoft mitgeteilt wird',
    facts: {
      customer: 'Kunde',
      contact: 'Angenommen von',
      email: 'E-Mail',
      phone: 'Telefon',
      on: 'Angenommen am',
    },
    binding:
      'Mit „Bestätigen“ erklären Sie Microsoft im Namen Ihres Unternehmens, dass diese Person die Microsoft-Kundenvereinbarung für den Kunden angenommen hat. Ihr Name und die Zeit werden gespeichert.',
    confirm: (name, on) => `Bestätigen: ${name} hat sie am ${day(on)} angenommen`,
    thereAlready:
      'Microsoft hatte schon die Bestätigung von jemand anderem für diesen Kunden, also wurde Ihre nicht gesendet. Es fehlt nichts.',
    notShownYet:
      'Microsoft hat die Bestätigung angenommen, zeigt sie aber noch nicht. Bitte drücken Sie in einer Minute „Weiter: erneut prüfen“.',
    problems: {
      firstName: 'Bitte geben Sie den Vornamen der Person an, die angenommen hat, in 1 bis 50 Zeichen.',
      lastName: 'Bitte geben Sie den Nachnamen der Person an, die angenommen hat, in 1 bis 50 Zeichen.',
      email: 'Bitte geben Sie die E-Mail-Adresse der Person an, die angenommen hat, zum Beispiel anna@contoso.com.',
      phone: 'Das ist keine Telefonnummer. Ziffern, Leerzeichen und + - ( ) sind erlaubt; das Feld darf leer bleiben.',
      agreedOn: 'Bitte geben Sie den Tag der Annahme als Jahr-Monat-Tag an, zum Beispiel 2026-01-31.',
      tooEarly:
        'Vor 2019 gab es keine Microsoft-Kundenvereinbarung. Bitte geben Sie den Tag an, an dem diese angenommen wurde.',
      future:
        'Die Vereinbarung kann nicht in der Zukunft angenommen sein. Bitte geben Sie den Tag an, an dem sie angenommen wurde.',
    },
  },
};
