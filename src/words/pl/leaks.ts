import type { KeyReveal } from '../../domain/keys/key-reveals.ts';
import type { Leaked } from '../../domain/leaks/leak.ts';
import type { Words } from '../words.ts';
import { moment, number } from './common.ts';

const leakedKinds: Record<Leaked, string> = {
  key: 'klucz produktu',
  link: 'link do pobrania',
  both: 'jedno i drugie, albo nie wiadomo co',
};

const seen: Record<KeyReveal['what'], string> = {
  key: 'Klucz produktu',
  download: 'Pobranie',
  link: 'Link do pobrania',
};

export const leaks: Words['leaks'] = {
  list: 'Wycieki',
  notReported: 'Niczego nie zgłoszono i niczego nie zablokowano.',
  none: 'Nie ma otwartych wycieków: nic nie jest zablokowane.',
  ask: (order) => `Zgłoś wyciek: zamówienie ${order}`,
  consequence:
    'Po zgłoszeniu nikt już nie zobaczy kluczy ani plików do pobrania z tego zamówienia, a pozostali agenci administracyjni dostaną wiadomość. Odwołać to może tylko inny agent administracyjny.',
  kinds: leakedKinds,
  title: (reference, order) => `Wyciek ${reference}: zamówienie ${order}`,
  frozen: 'zablokowane',
  lifted: 'odwołany',
  now: 'Klucze i pliki do pobrania z tego zamówienia nie są nikomu pokazywane.',
  askThem: 'Zapytaj osoby, które je widziały, dokąd mogły trafić.',
  whatToDo: 'Powiadom klienta. Poproś Microsoft o nowy klucz przez zgłoszenie serwisowe w Centrum partnerskim.',
  liftedBy: (name, at, zone) => `Odwołanie: ${name}, ${moment(at, zone)}.`,
  said: (text) => `„${text}”`,
  facts: { leaked: 'Co', reporter: 'Zgłoszenie', remark: 'Uwaga' },
  seenBy: (name) => `Wgląd: ${name}`,
  look: ({ what, item, isOutside }) =>
    [`${seen[what]}${isOutside ? ' (w Centrum partnerskim)' : ''}`, item].filter(Boolean).join(': '),
  looked: ({ times, firstAt, lastAt }, zone) =>
    times === 1
      ? `raz, ${moment(lastAt, zone)}`
      : `${number(times)} ×, od ${moment(firstAt, zone)} do ${moment(lastAt, zone)}`,
  moreLooks: (left) => `W dzienniku inspekcji zamówienia jest ich więcej (${number(left)}).`,
  nobodyLooked: 'Nikomu tutaj nie pokazano klucza ani plików do pobrania z tego zamówienia.',
  looksElsewhere: 'Kto je oglądał, pokazuję tylko w osobistym czacie ze mną.',
  otherLifts: (name) =>
    `Aby znów je pokazywać, inny agent administracyjny niż ${name} wpisuje powód i naciska „Odwołaj”.`,
  tell: ({ reference, leaked, step }) =>
    step === 'lifted' ? `Wyciek ${reference} odwołany` : `Zgłoszono wyciek ${reference}: ${leakedKinds[leaked]}`,
  outside: ({ what, item }) => `Obejrzano w Centrum partnerskim: ${[seen[what], item].filter(Boolean).join(' ')}`,
  refused: (reference, order) => `Odmowa: klucze i pliki do pobrania zamówienia ${order} są zablokowane (${reference})`,
};
