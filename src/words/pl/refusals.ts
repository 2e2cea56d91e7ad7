import type { ApprovalState } from '../../domain/approvals/approval-state.ts';
import type { FileFault } from '../../domain/cancellations/ticket-file.ts';
import type { Restriction } from '../../domain/orders/catalog.ts';
import type { Limited } from '../../domain/people/limits.ts';
import type { Right, Role } from '../../domain/people/staff.ts';
import type { Words } from '../words.ts';
import { country, day, inTime, money, number, rights, roles, withoutFullStop } from './common.ts';
import { explainError, explainSaid, withQuote } from './partner-center.ts';

const allOf = (held: readonly Role[]): string => held.map((role) => roles[role]).join(' i ');

/** Whom it waits for. Others may have the right too: whoever reads this has none of their roles. */
const holders: Record<Right, string> = {
  look: 'osobę z rolą w Centrum partnerskim',
  'buy.prepare': 'agenta sprzedaży lub agenta administracyjnego',
  'buy.confirm': 'agenta administracyjnego',
  'agreement.confirm': 'agenta administracyjnego',
  'keys.reveal': 'agenta administracyjnego',
  'leak.report': 'agenta administracyjnego',
  'cancel.prepare': 'agenta sprzedaży lub agenta administracyjnego',
  'cancel.submit': 'agenta administracyjnego',
  approve: 'agenta administracyjnego',
  'audit.read': 'agenta administracyjnego',
  'setup.check': 'agenta administracyjnego',
};

const places = { personal: 'w Twoim czacie ze mną', group: 'w innym czacie grupowym', channel: 'w innym wątku' };

export const approvalStates: Record<ApprovalState, string> = {
  waiting: 'czeka',
  approved: 'zatwierdzone',
  rejected: 'odrzucone',
  expired: 'wygasło',
  withdrawn: 'wycofane',
  used: 'zatwierdzone i wykorzystane',
};

export const limited: Record<Limited, string> = {
  reveals: 'klucze i pliki do pobrania',
  exports: 'pliki dziennika',
  searches: 'wyszukiwania',
  unknownOrders: 'nieznane numery zamówień',
  drafts: 'nowe rozmowy',
  pages: 'strony',
};

const fileFaults: Readonly<Record<FileFault, (name: string) => string>> = {
  empty: (name) => `Plik „${name}” jest pusty.\nSprawdź go i wyślij ponownie.`,
  'too-large': (name) =>
    `Plik „${name}” ma ponad 20 MB.\nWyślij mniejszy albo dodaj go w Centrum partnerskim, gdy zgłoszenie będzie już złożone.`,
  type: (name) =>
    `Nie przyjmuję pliku „${name}”.\nWyślij go jako PDF, PNG, JPEG, Word (docx), Excel (xlsx), wiadomość e-mail (msg, eml) lub tekst (txt, csv); liczy się zawartość pliku, a nie jego nazwa.`,
  damaged: (name) => `Pliku „${name}” nie można otworzyć: jest uszkodzony lub niekompletny.\nWyślij go ponownie.`,
  protected: (name) =>
    `Plik „${name}” jest zabezpieczony hasłem lub prawami dostępu, więc Microsoft nie mógłby go otworzyć.\nWyślij go bez zabezpieczenia.`,
};

/** For each no: what is wrong, which can be a title, and on the next line what to do. */
export const refusals: Words['refusals'] = {
  'not-allowed': ({ right, roles: held }) =>
    `Nie masz uprawnień, aby ${rights[right]}.\n${held.length === 0 ? 'Nie masz żadnej roli u partnera' : `Twoja rola to ${allOf(held)}`}. ${insteadOf(right, held)}`,
  'needs-approval': ({ reference, state, by, why }) => {
    if (state === 'rejected')
      return `${by ? `Nie zatwierdza tego ${by}` : 'Agent administracyjny tego nie zatwierdził'} (${reference}).\n${why ? `Powód: ${withoutFullStop(why)}. ` : ''}Niczego nie zrobiono. Zmień to i naciśnij ten sam przycisk jeszcze raz: agent administracyjny zostanie zapytany ponownie.`;
    return state === 'asked'
      ? `To musi zatwierdzić drugi agent administracyjny.\nNiczego jeszcze nie zrobiono. Prośba została wysłana (${reference}); dam Ci tu znać, co dalej, a wtedy naciśnij ten sam przycisk jeszcze raz.`
      : `To czeka na drugiego agenta administracyjnego (${reference}).\nNiczego jeszcze nie zrobiono. ${by ? `Zajmuje się tym ${by}. ` : ''}Dam Ci tu znać, co dalej, a wtedy naciśnij ten sam przycisk jeszcze raz.`;
  },
  'nobody-approves': () =>
    'To musi zatwierdzić drugi agent administracyjny, a poza osobami, które to przygotowały, nie ma nikogo.\nNiczego nie zrobiono. Poproś administratora o nadanie tej roli jeszcze komuś.',
  'own-approval': ({ reference }) =>
    `Nie możesz rozstrzygnąć ${reference}: to Twoja prośba albo Twoje przygotowanie.\nPowiedz o tym innemu agentowi administracyjnemu; znajdzie to pod „zatwierdzenia”.`,
  'approval-unknown': ({ reference }) =>
    `Nie znam zatwierdzenia ${reference}.\nWpisz „zatwierdzenia”, aby zobaczyć oczekujące.`,
  'approval-over': ({ reference, state, by }) =>
    `${reference} jest już zamknięte: ${approvalStates[state]}${by ? ` (${by})` : ''}.\nTwoja odpowiedź niczego nie zmieniła. Wpisz „zatwierdzenia”, aby zobaczyć oczekujące.`,
  'approval-claimed': ({ reference, by }) =>
    `${reference}: zajmuje się tym ${by}.\nZapytaj tę osobę albo poczekaj na przypomnienie: potem sprawa znów będzie wolna.`,
  'reason-missing': () => 'Napisz w kilku słowach, dlaczego.\nPrzeczyta to osoba, która prosiła.',
  'reason-short': ({ atLeast }) =>
    `Napisz, dlaczego: co najmniej ${number(atLeast)} znaków.\nPrzeczytają to pozostali agenci administracyjni; zostanie też w dzienniku.`,
  'too-many': ({ what, seconds, isEverybody }) =>
    `${isEverybody ? 'Wszyscy razem proszą' : 'Prosisz'} o zbyt wiele w krótkim czasie (${limited[what]}).\nSpróbuj ponownie ${inTime(seconds)}. Niczego nie zrobiono.`,
  'above-limit': ({ total, limit }) =>
    `Zamówienia powyżej ${money(limit)} potwierdza tylko agent administracyjny.\nTo kosztuje ${money(total)}. Naciśnij „Przekaż”, aby przejął je agent, lub zamów mniej.`,
  'roles-unknown': () => 'Nie mogę teraz ustalić Twojej roli.\nNiczego nie zrobiono. Spróbuj ponownie za minutę.',
  'not-staff': ({ why }) =>
    why === 'unidentified'
      ? 'Nie mogę ustalić, kto pisze, więc niczego nie robię.\nNapisz do mnie z konta służbowego.'
      : 'Obsługuję tylko pracowników partnera, z ich własnej dzierżawy.\nZapytaj swoją osobę kontaktową u partnera.',
  'not-yours': ({ owner, command }) =>
    command
      ? `Tę rozmowę prowadzi ${owner}.\nWpisz „${command}”, aby otrzymać własną kartę.`
      : `Tę rozmowę prowadzi ${owner}.\nWpisz „pomoc”, aby zacząć własną, lub poproś o kontynuację: ${owner}.`,
  'waits-for-others': ({ owner, right }) =>
    `${owner} przekazuje to dalej: czeka na ${holders[right]}.\nNie masz uprawnień, aby ${rights[right]}. Możesz to obejrzeć i powiadomić jedną z tych osób; znajdzie to, wpisując „szkice”.`,
  'draft-gone': () => 'Ta karta wygasła lub została odrzucona.\nZacznij od nowa; wpisz „pomoc”, aby zobaczyć jak.',
  'draft-elsewhere': ({ owner, where }) =>
    owner
      ? `${owner} kontynuuje to w innym miejscu.\nZapytaj tam o stan (${owner}); niczego nie trzeba zaczynać od nowa.`
      : `Ciąg dalszy jest ${where ? places[where] : 'w innym miejscu'}.\nOdpowiedz tam lub wpisz „szkice”, aby kontynuować tutaj. Niczego nie trzeba zaczynać od nowa.`,
  'draft-over': ({ title, outcome }) =>
    `„${title}” jest już zakończone: ${withoutFullStop(outcome)}.\nWpisz „zamówienia” lub „sprawy”, aby zobaczyć więcej; niczego nie trzeba zaczynać od nowa.`,
  'draft-outdated': () =>
    'Ta karta pochodzi sprzed aktualizacji.\nZacznij od nowa; niczego przez nią nie zamówiono ani nie anulowano.',
  'still-working': () =>
    'Twoja ostatnia odpowiedź jest jeszcze przetwarzana.\nKarta zmieni się, gdy tylko będzie gotowa.',
  invalid: ({ why }) => why,
  'customer-unknown': ({ text, suggestions, more }) => {
    const similar = suggestions.length > 0 ? `Podobne: ${suggestions.join(', ')}. ` : '';
    if (more) {
      return `Nazwa ani domena żadnego klienta nie zaczyna się od „${text}”, a klientów jest zbyt wielu, aby szukać wewnątrz nazw.\n${similar}Wpisz początek nazwy lub domeny albo identyfikator dzierżawy.`;
    }
    return similar
      ? `Żaden klient nie pasuje do „${text}”.\n${similar}Wpisz jedną z tych nazw lub część innej.`
      : `Żaden klient nie pasuje do „${text}”.\nWpisz część nazwy lub domeny.`;
  },
  'order-unknown': ({ text, tooManyCustomers }) =>
    tooManyCustomers
      ? `Nie znam zamówienia ani subskrypcji „${text}”.\nKlientów jest zbyt wielu, aby pytać o zamówienia każdego z nich: wpisz „zamówienia” i nazwę klienta, a poznam jego zamówienia. Zamówienie może pojawić się dopiero po 15 minutach.`
      : `Nie ma zamówienia ani subskrypcji „${text}”.\nSprawdź numer lub wpisz „zamówienia” i nazwę klienta; zamówienie może pojawić się dopiero po 15 minutach.`,
  'nothing-to-cancel': ({ text }) =>
    `${text} nie ma niczego, co można anulować.\nWpisz „zamówienia” i nazwę klienta, aby zobaczyć, co jest.`,
  'quantity-out-of-range': ({ minimum, maximum, typed }) =>
    [
      `Ilość musi być liczbą całkowitą od ${number(minimum)} do ${number(maximum)}.`,
      ...(typed ? [`Wpisano: ${typed.length > 40 ? `${typed.slice(0, 40).toWellFormed()}…` : typed}`] : []),
    ].join('\n'),
  'item-unavailable': ({ item }) =>
    `${item ? `Nie można teraz kupić dla tego klienta: ${item}` : 'Tej pozycji nie można teraz kupić dla tego klienta'}.\nWróć i wybierz inną edycję lub inny produkt.`,
  'needs-before': ({ item, needs }) =>
    `Nie można tu zamówić pozycji ${item}.\n${needs.map(neededFirst).join(' ')} Można też wybrać inną edycję lub inny produkt.`,
  restricted: ({ item, restrictions }) =>
    `Microsoft nie sprzedaje teraz tej pozycji temu klientowi (${item})${notIn(restrictions)}.\nWybierz inną edycję lub inny produkt, spróbuj później albo zapytaj pomoc techniczną firmy Microsoft w Centrum partnerskim. Treść odpowiedzi: „${restrictions.map(({ said }) => said).join('; ')}”.`,
  'price-unknown': ({ item }) =>
    `W cenniku Centrum partnerskiego nie ma ceny pozycji ${item}.\nBez ceny jej nie zamawiam. Wybierz inną edycję lub zamów ją w Centrum partnerskim.`,
  'price-changed': ({ was, now }) =>
    `Cena jednostkowa zmieniła się z ${money(was)} na ${money(now)}.\nSprawdź i potwierdź ponownie.`,
  'order-declined': ({ said }) =>
    `Centrum partnerskie odmówiło.\nNiczego nie zamówiono. Naciśnij „Edytuj”, aby zmienić zamówienie. ${explainSaid(said)}`,
  'not-software': ({ order }) =>
    `Zamówienie ${order} nie dotyczy oprogramowania lokalnego.\nTylko takie mogę anulować. Użyj do tego Centrum partnerskiego.`,
  'order-pending': ({ order }) => `Microsoft nadal przetwarza zamówienie ${order}.\nSpróbuj ponownie za kilka minut.`,
  'already-cancelled': ({ order }) =>
    `Zamówienie ${order} lub jego wybrana część jest już anulowana.\nNie ma nic więcej do zrobienia.`,
  'case-open': ({ order, reference }) =>
    `Jest już anulowanie zamówienia ${order}: ${reference}.\nWpisz „sprawy”, aby zobaczyć jego stan.`,
  'ticket-of-other-case': ({ number, reference }) =>
    `Zgłoszenie ${number} jest już śledzone w sprawie ${reference}.\nJedno zgłoszenie dotyczy jednej sprawy. Sprawdź numer ponownie.`,
  'ticket-unknown': ({ number }) =>
    `Centrum partnerskie nie pokazuje zgłoszenia ${number}.\nSprawdź numer ponownie; jeśli jest właściwy, a zgłoszenie dopiero co powstało, naciśnij „Dalej” jeszcze raz, aby mimo to je śledzić.`,
  'ticket-about-other': ({ number, title }) =>
    `Zgłoszenie ${number} („${title}”) nie wymienia ani tej sprawy, ani jej zamówienia.\nSprawdź numer ponownie; jeśli mimo to jest właściwy, naciśnij „Dalej” jeszcze raz.`,
  'ticket-still-open': ({ number }) =>
    `Microsoft nadal pracuje nad zgłoszeniem ${number}.\nMoże mimo wszystko anulować zamówienie. Wycofaj je najpierw w Centrum partnerskim albo zrezygnuj mimo to: wtedy nic więcej nie będzie tu robione i nikt nie dowie się, jak się skończyło.`,
  'never-cancellable': ({ item, publisher }) =>
    `Nie można anulować pozycji ${item}: Microsoft nie przyjmuje zwrotów oprogramowania wydawcy ${publisher}.\nJeśli zamówiono ją przez pomyłkę, zapytaj pomoc techniczną firmy Microsoft w Centrum partnerskim.`,
  'file-bad': ({ name, fault }) => fileFaults[fault](name),
  'too-many-files': ({ limit }) =>
    `Do zgłoszenia można dołączyć najwyżej ${limit} plików.\nUsuń najpierw jeden z nich albo połącz kilka w jeden plik PDF; ten plik nie został zachowany.`,
  'file-not-fetched': ({ name }) => `Nie udało się pobrać pliku „${name}” z aplikacji Teams.\nWyślij go ponownie.`,
  'file-not-given': () =>
    'Nie udało się zapisać pliku w Twojej usłudze OneDrive.\nNaciśnij ponownie „Eksportuj jako CSV”.',
  'file-gone': ({ name }) => `${name ? `Pliku „${name}”` : 'Tego pliku'} już tu nie ma.\nWyślij go ponownie.`,
  'file-owner-gone': () =>
    'Anulowanie, do którego należy ten plik, jest zakończone.\nWpisz „sprawy”, aby zobaczyć, jak się skończyło.',
  'window-closed': ({ order, closedAt }) =>
    `Zamówienie ${order} można było anulować do ${day(closedAt)}.\nMimo to można poprosić Microsoft o zwrot: wpisz „anuluj ${order}”.`,
  'other-content': () =>
    'To już wysłano wcześniej z inną treścią.\nNiczego teraz nie zrobiono. Wpisz „sprawy” lub „zamówienia”, aby zobaczyć obecny stan.',
  'leak-reported': ({ order, reference, by, at }) =>
    `Klucze i pliki do pobrania zamówienia ${order} są zablokowane.\n${by} – zgłoszenie wycieku z dnia ${day(at)} (${reference}). Wpisz „wyciek ${reference}”, aby je zobaczyć; odwołać je może tam inny agent administracyjny.`,
  'leak-unknown': ({ reference }) =>
    `Nie znam wycieku ${reference}.\nWpisz „wyciek”, aby zobaczyć te, których nie odwołano.`,
  'own-leak': ({ reference }) =>
    `Wyciek ${reference} jest zgłoszony przez Ciebie, więc nie możesz go odwołać.\nPoproś innego agenta administracyjnego; znajdzie go pod „wyciek”.`,
  'key-revoked': ({ order }) =>
    `To oprogramowanie z zamówienia ${order} jest anulowane.\nKlucz jest unieważniony, a pliki do pobrania wycofane. Jeśli klient nadal go potrzebuje, wpisz „kup”.`,
  'keys-not-offered': ({ order, said }) =>
    withQuote(
      `Centrum partnerskie nie udostępnia kluczy zamówienia ${order} przez interfejs API.\nAgent administracyjny znajdzie je w Centrum partnerskim: Klienci → klient → Oprogramowanie.`,
      said ? [said] : [],
    ),
  'key-not-ready': ({ order }) =>
    `Centrum partnerskie nie ma jeszcze klucza dla zamówienia ${order}.\nNowe zamówienie potrzebuje kilku minut; spróbuj wtedy ponownie. Jeśli jest starsze, sprawdź w Centrum partnerskim: Klienci → klient → Oprogramowanie.`,
  'not-recorded': () =>
    'Niczego nie pokazano: nie udało się zapisać tego w dzienniku.\nKażde wyświetlenie jest najpierw zapisywane, dlatego niczego nie pobrano. Spróbuj ponownie za minutę; jeśli to się powtarza, powiadom osobę, która prowadzi tego bota.',
  'audit-unwritable': () =>
    'Niczego nie zrobiono: nie można zapisać dziennika inspekcji.\nTo, co kosztuje, co składa zgłoszenie albo pokazuje klucz, jest zapisywane tam w tym samym kroku. Spróbuj ponownie za minutę; jeśli to się powtarza, powiadom osobę, która prowadzi tego bota.',
  'token-refused': ({ why }) =>
    why === 'expired'
      ? 'Trwało to dłużej niż minutę, więc niczego nie pokazano.\nNaciśnij przycisk jeszcze raz.'
      : why === 'used'
        ? 'To żądanie zostało już raz użyte, więc niczego nie pokazano.\nZapisano to, a agenci administracyjni zostaną powiadomieni. Aby zobaczyć klucz, naciśnij przycisk jeszcze raz.'
        : 'To żądanie nie zostało wysłane tutaj przez Ciebie, więc niczego nie pokazano.\nZamknij okno, otwórz je ponownie i naciśnij przycisk.',
  'no-private-way': () =>
    'Tutaj nie da się tego pokazać prywatnie.\nDlatego niczego nie pokazano. Napisz do mnie w czacie osobistym.',
};

/** What must be there before an edition may be bought, by Partner Center's name for it; and where to see to that. */
const prerequisites: Readonly<Record<string, string>> = {
  azuresubscriptionregistration:
    'Kupuje się ją dla subskrypcji platformy Azure klienta, która jest do tego zarejestrowana: zarejestruj subskrypcję w witrynie Azure Portal i złóż zamówienie w Centrum partnerskim, gdzie się ją wybiera.',
  microsoftcustomeragreement:
    'Klient musi najpierw zaakceptować Umowę z Klientem firmy Microsoft: potwierdź to w Centrum partnerskim (Klienci → klient → Konto).',
  microsoftcloudagreement:
    'Klient musi najpierw zaakceptować Umowę dotyczącą chmury firmy Microsoft: potwierdź to w Centrum partnerskim (Klienci → klient → Konto).',
  inventorycheck: 'Microsoft musi mieć ją na stanie: poszukaj jej w katalogu Centrum partnerskiego.',
};

function neededFirst(name: string): string {
  const known = prerequisites[name.replaceAll('_', '').toLowerCase()];
  return (
    known ?? `Centrum partnerskie wymaga najpierw czegoś, co nazywa „${name}”: zamów tam, gdzie powie o tym więcej.`
  );
}

function notIn(restrictions: readonly Restriction[]): string {
  const places = restrictions.flatMap((one) => one.places ?? []).map(country);
  return places.length > 0 ? `: obecnie jest niedostępna w tych krajach: ${[...new Set(places)].join(', ')}` : '';
}

function insteadOf(right: Right, held: readonly Role[]): string {
  if (held.length === 0)
    return 'Poproś administratora konta w Centrum partnerskim o nadanie roli lub współpracownika, który ją ma.';
  if (right === 'keys.reveal') {
    return 'Poproś agenta administracyjnego, aby wpisał tu „klucze”; administrator klienta znajdzie je w centrum administracyjnym platformy Microsoft 365: Rozliczenia → Twoje produkty → Oprogramowanie.';
  }
  if (right === 'cancel.submit' || right === 'buy.confirm' || right === 'agreement.confirm')
    return 'Możesz to przygotować: naciśnij „Przekaż” na karcie lub poproś o kontynuację agenta administracyjnego.';
  if (right === 'buy.prepare' || right === 'cancel.prepare')
    return 'Możesz przeglądać: wpisz „oprogramowanie” lub „zamówienia” i nazwę klienta. O resztę poproś agenta sprzedaży lub agenta administracyjnego.';
  return 'Poproś agenta administracyjnego.';
}

/** What to say when Partner Center itself fails or declines. `isKept`: something was entered before. */
export const outside: Words['outside'] = (error, { isKept = true } = {}) => {
  const kept = isKept ? 'Wprowadzone dane są zachowane' : 'Nic nie zostało rozpoczęte';
  if (error.kind === 'throttled')
    return `Centrum partnerskie przyjmuje teraz mniej zapytań.\n${kept}; spróbuj ponownie za minutę.`;
  if (error.isUncertain) return `Centrum partnerskie w tej chwili nie odpowiada.\n${kept}; spróbuj ponownie za minutę.`;
  if (error.kind === 'unauthorized')
    return `Centrum partnerskie nie przyjmuje już naszego logowania.\nPowiadom administratora: zgodę trzeba odnowić. ${kept}.`;
  return `Centrum partnerskie odmówiło.\n${kept}. ${explainError(error)}`;
};
