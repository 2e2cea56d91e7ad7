import type { AddressFlaws, AddressGap, PostalAddress } from '../../domain/customers/billing-profile.ts';
import type { ReadinessProblem } from '../../domain/customers/readiness.ts';
import type { Words } from '../words.ts';
import { day, withoutFullStop } from './common.ts';

const onOneLine = ({ line1, line2, postalCode, city, state, country }: PostalAddress): string =>
  [line1, line2, [postalCode, city].filter(Boolean).join(' '), state, country].filter(Boolean).join(', ');

const qualifications: Record<string, string> = {
  education: 'edukacyjnych',
  government_community_cloud: 'dla instytucji rządowych',
  governmentcommunitycloud: 'dla instytucji rządowych',
  government: 'dla instytucji rządowych',
  nonprofit: 'dla organizacji non-profit',
};
/** Behind “cen”. */
const pricesOf = (name: string): string => qualifications[name.toLowerCase()] ?? `„${name}”`;

/** Somebody else's sentence may be long. */
const clip = (text: string): string => (text.length > 120 ? `${text.slice(0, 119).trimEnd()}…` : text);

function tellUnverified(customer: string, { isUnverified, suggestion, message }: AddressFlaws): string {
  if (!isUnverified) return '';
  const why = message ? ` (${clip(withoutFullStop(message))})` : '';
  const better = suggestion ? `; propozycja: ${onOneLine(suggestion)}` : '';
  return `Microsoft nie może zweryfikować adresu rozliczeniowego klienta ${customer}${why}${better}.`;
}

const gaps: Record<AddressGap, string> = {
  street: 'ulicy',
  city: 'miasta',
  state: 'regionu znanego firmie Microsoft',
  'postal-code': 'kodu pocztowego w formacie kraju',
  phone: 'numeru telefonu',
  'registration-number': 'numeru rejestracyjnego organizacji',
};

function tellLacking(customer: string, { lacks }: AddressFlaws): string {
  if (lacks.length === 0) return '';
  const [last, ...others] = lacks.map((gap) => gaps[gap]).toReversed();
  return `W profilu klienta ${customer} brakuje: ${[others.toReversed().join(', '), last].filter(Boolean).join(' i ')}.`;
}

type OfPoint<P extends ReadinessProblem['point']> = Extract<ReadinessProblem, { point: P }>;
type Sentence = { readonly what: string; readonly remedy: string };

const points: { [P in ReadinessProblem['point']]: (customer: string, missing: OfPoint<P>) => Sentence } = {
  relationship: (customer) => ({
    what: `${customer} nie ma z Wami relacji odsprzedawcy, więc niczego nie można zamówić.`,
    remedy: 'Wyślij prośbę o relację w Centrum partnerskim (Klienci → Zażądaj relacji odsprzedawcy).',
  }),
  account: (customer, { status }) => ({
    what: `Microsoft nie zezwala teraz na zamówienia dla klienta ${customer}${status ? ` (stan konta: ${status})` : ''}.`,
    remedy: /review/i.test(status ?? '')
      ? 'Microsoft sprawdza konto; kończy się to samo, zwykle w ciągu kilku dni. Sprawdź ponownie później.'
      : 'Sprawdź konto klienta w Centrum partnerskim i zapytaj tam pomoc techniczną firmy Microsoft, czego potrzebuje.',
  }),
  agreement: (customer) => ({
    what: `${customer} nie ma zaakceptowanej Umowy z Klientem firmy Microsoft.`,
    remedy:
      'Klient musi ją przeczytać i zaakceptować. Następnie zgłoś firmie Microsoft tutaj lub w Centrum partnerskim, kto i kiedy ją zaakceptował; klient może też podpisać ją w centrum administracyjnym platformy Microsoft 365.',
  }),
  segment: (customer, { segment }) => ({
    what:
      segment === 'commercial'
        ? `${customer} nie ma kwalifikacji, której Microsoft wymaga dla tej pozycji.`
        : `${customer} nie kwalifikuje się do cen ${pricesOf(segment)}.`,
    remedy:
      'Wybierz potem inną edycję lub inny produkt albo złóż wniosek o kwalifikację w Centrum partnerskim (Klienci → klient → Konto).',
  }),
  qualification: (customer, { name, status, reason }) => ({
    what: {
      denied: `Microsoft odmówił klientowi ${customer} cen ${pricesOf(name)}${reason ? ` (${withoutFullStop(reason)})` : ''}.`,
      'in-review': `Microsoft nadal sprawdza, czy ${customer} kwalifikuje się do cen ${pricesOf(name)}.`,
      unknown: `Nie rozstrzygnięto, czy ${customer} kwalifikuje się do cen ${pricesOf(name)}.`,
    }[status],
    remedy:
      status === 'denied'
        ? 'Można zamawiać po innych cenach. Jeśli to pomyłka, złóż wniosek ponownie w Centrum partnerskim (Klienci → klient → Konto).'
        : 'Po innych cenach można zamawiać już teraz; te pojawią się tutaj, gdy Microsoft je zatwierdzi.',
  }),
  address: (customer, flaws) => ({
    what: [tellLacking(customer, flaws), tellUnverified(customer, flaws)].filter(Boolean).join(' '),
    remedy:
      'Można kontynuować, ale zamówienie może zostać odrzucone. Popraw adres w Centrum partnerskim (Klienci → klient → Konto).',
  }),
};

export const readiness: Words['readiness'] = {
  title: (customer) => `Zanim złożysz zamówienie dla klienta ${customer}`,
  sentence: (customer, missing) =>
    (points[missing.point] as (customer: string, missing: ReadinessProblem) => Sentence)(customer, missing),
  checkAgain: 'Dalej: sprawdź ponownie',
  otherCustomer: 'Edytuj: inny klient',
  notAllowed: 'Umowę może tu potwierdzić agent administracyjny: naciśnij „Przekaż”, aby ją dla niego zostawić.',
  agreement: {
    question: 'Kto zaakceptował Umowę z Klientem firmy Microsoft?',
    text: (customer, filledIn) =>
      [
        `Podaj, kto w firmie ${customer} ją zaakceptował i kiedy.`,
        filledIn === 'from-profile' ? 'Wpisano osobę kontaktową z profilu rozliczeniowego: sprawdź dane.' : '',
        filledIn === 'nothing'
          ? 'Nie udało się odczytać osoby kontaktowej z profilu rozliczeniowego, więc nikogo nie wpisano.'
          : '',
      ]
        .filter(Boolean)
        .join(' '),
    read: 'Otwórz umowę',
    review: 'Sprawdź, co zostanie przekazane firmie Microsoft',
    facts: {
      customer: 'Klient',
      contact: 'Zaakceptowane przez',
      email: 'E-mail',
      phone: 'Telefon',
      on: 'Data akceptacji',
    },
    binding:
      'Naciskając „Potwierdź”, oświadczasz firmie Microsoft w imieniu swojej firmy, że ta osoba zaakceptowała Umowę z Klientem firmy Microsoft w imieniu klienta. Twoje imię i nazwisko oraz czas zostaną zapisane.',
    confirm: (name, on) => `Potwierdź: zaakceptowane ${day(on)}, ${name}`,
    thereAlready:
      'Microsoft ma już potwierdzenie dla tego klienta od kogoś innego, więc Twojego nie wysłano. Niczego nie brakuje.',
    notShownYet:
      'Microsoft przyjął potwierdzenie, ale jeszcze go nie pokazuje. Za minutę naciśnij „Dalej: sprawdź ponownie”.',
    problems: {
      firstName: 'Podaj imię osoby, która zaakceptowała umowę, od 1 do 50 znaków.',
      lastName: 'Podaj nazwisko osoby, która zaakceptowała umowę, od 1 do 50 znaków.',
      email: 'Podaj adres e-mail osoby, która zaakceptowała umowę, na przykład anna@contoso.com.',
      phone: 'To nie jest numer telefonu. Dozwolone są cyfry, odstępy oraz + - ( ); pole można zostawić puste.',
      agreedOn: 'Podaj dzień akceptacji w postaci rok-miesiąc-dzień, na przykład 2026-01-31.',
      tooEarly: 'Przed rokiem 2019 nie było Umowy z Klientem firmy Microsoft. Podaj dzień, w którym ją zaakceptowano.',
      future: 'Umowa nie może być zaakceptowana w przyszłości. Podaj dzień, w którym ją zaakceptowano.',
    },
  },
};
