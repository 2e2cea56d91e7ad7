import type { ApprovalStepKind, Reviewed } from '../../domain/approvals/approval.ts';
import type { Words } from '../words.ts';
import { ending } from './cancel.ts';
import { moment, money } from './common.ts';
import { approvalStates } from './refusals.ts';

const kinds: Record<Reviewed['kind'], string> = {
  order: 'zamówienie',
  cancellation: 'anulowanie',
  reveals: 'klucze i pliki do pobrania',
};

const amountNotes: Record<Reviewed['kind'], string> = {
  order: 'netto, po cenach podanych niżej',
  cancellation: 'do zwrotu',
  reveals: '',
};

const explained: Record<Reviewed['kind'], string> = {
  order:
    'To zamówienie zostanie złożone tylko wtedy, gdy zatwierdzi je drugi agent administracyjny. Zatwierdzane jest dokładnie to i tylko raz: inna liczba lub cena wymaga nowego zatwierdzenia.',
  cancellation:
    'To anulowanie rozpocznie się tylko wtedy, gdy zatwierdzi je drugi agent administracyjny. Zatwierdzane jest dokładnie to i tylko raz: inna kwota lub inny powód wymaga nowego zatwierdzenia.',
  reveals:
    'Ta osoba zobaczyła w ciągu godziny tyle kluczy i plików, na ile pozwalają zasady. Po zatwierdzeniu może zobaczyć jeszcze tyle samo.',
};

const steps: Record<ApprovalStepKind, string> = {
  asked: 'prośba',
  claimed: 'zajęte',
  commented: 'komentarz',
  approved: 'zatwierdzone',
  rejected: 'odrzucone',
  reminded: 'nikt nie zdecydował: wysłano przypomnienie',
  expired: 'wygasło',
  withdrawn: 'wycofane, bo zmieniono lub odrzucono szkic',
  used: 'wykorzystane',
};

const toldOf: Record<ApprovalStepKind, (by: string, title: string) => string> = {
  asked: (_by, title) => `Prośba: ${title}`,
  claimed: (by, title) => `Zajmuje się tym ${by}: ${title}`,
  commented: (by, title) => `Komentarz (${by}). ${title}`,
  approved: (by, title) => `Zatwierdzone (${by}). ${title}`,
  rejected: (by, title) => `Odrzucone (${by}). ${title}`,
  reminded: (_by, title) => `Nikt jeszcze nie zdecydował, więc wysłano przypomnienie. ${title}`,
  expired: (_by, title) => `Nie zdecydowano w terminie. ${title}`,
  withdrawn: (_by, title) => `Wycofane: ${title}`,
  used: (_by, title) => `Wykorzystane: ${title}`,
};

const nowUse: Record<Reviewed['kind'], (until: string) => string> = {
  order: (until) =>
    `Niczego jeszcze nie zamówiono: otwórz i naciśnij „Potwierdź” przed ${until}. Cena zostanie sprawdzona jeszcze raz.`,
  cancellation: (until) => `Niczego jeszcze nie anulowano: otwórz i wyślij przed ${until}.`,
  reveals: (until) => `Możesz kontynuować przed ${until}: otwórz i poproś o klucz jeszcze raz.`,
};

export const approvals: Words['approvals'] = {
  list: 'Zatwierdzenia',
  none: 'Nic nie czeka na zatwierdzenie.',
  title: (reference, of) => `Zatwierdzenie ${reference}: ${kinds[of]}`,
  again: (title) => `Nadal czeka: ${title}`,
  amountNote: (of) => amountNotes[of],
  what: (of) => explained[of],
  ending,
  states: approvalStates,
  claimed: 'zajęte',
  claimedBy: (name) => `Zajmuje się tym ${name}.`,
  unclaimed: 'Nikt się tym jeszcze nie zajmuje.',
  until: (at, zone) => `Czeka do ${moment(at, zone)}.`,
  facts: {
    requester: 'Prosi',
    customer: 'Klient',
    preparer: 'Przygotowanie',
    order: 'Zamówienie',
    item: 'Pozycja',
    reason: 'Powód',
    ending: 'Sposób',
    most: 'Ile jeszcze',
  },
  story: ({ step, at, by, text }, zone) =>
    `${moment(new Date(at), zone)}: ${steps[step]}${by ? ` (${by.name})` : ''}${text ? `: ${text}` : ''}`,
  told: ({ step, by }, title) => toldOf[step](by?.name ?? '', title),
  said: (text) => `„${text}”`,
  nowUse: (of, at, zone) => nowUse[of](moment(at, zone)),
  nothingDone: 'Niczego nie zrobiono.',
  untold: (title) => `Nikogo nie udało się powiadomić: ${title}`,
  untoldText:
    'Nie mogę dotrzeć do żadnego innego agenta administracyjnego. Przekaż jednemu z nich, że sprawa czeka pod „zatwierdzenia”.',
  elsewhere: 'Pochodzi z prywatnej rozmowy, więc jest widoczne tylko w czacie osobistym ze mną.',
  /** In the audit log. */
  tell: ({ reference, step, about }) =>
    `Zatwierdzenie ${reference} (${kinds[about.of]}, ${about.customer}${about.amount ? `, ${money(about.amount)}` : ''}, prosi ${about.requester}): ${steps[step]}`,
};
