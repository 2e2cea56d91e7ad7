import type { Words } from '../words.ts';
import { count, size } from './common.ts';

export const files: Words['files'] = {
  label: 'Pliki',
  title: (order, customer) => `Pliki do zgłoszenia w sprawie zamówienia ${order} klienta ${customer}`,
  which: 'Do którego anulowania to należy?',
  whichText: 'Zachowam to przez godzinę, do czasu odpowiedzi.',
  added: (name) => `Plik „${name}” należy teraz do zgłoszenia.`,
  kept: (name) => `Mam plik „${name}”.`,
  none: 'Do zgłoszenia nie należy żaden plik.',
  countOf: (files, most) => `${files} z ${most} plików`,
  count: (files) => count(files, { one: 'plik', few: 'pliki', many: 'plików', other: 'pliku' }),
  more: 'Wyślij w naszym własnym czacie kolejny plik, aby go dodać.',
  hint: 'Pliki do zgłoszenia? Wyślij mi je w naszym własnym czacie: najwyżej 10, każdy do 20 MB.',
  named: (name, bytes) => `${name} (${size(bytes)})`,
  size,
  attached: 'dołączony do zgłoszenia',
  refused: 'Centrum partnerskie go nie przyjęło: dodaj go tam do zgłoszenia',
  notAttached: (files) =>
    `${count(files, { one: 'plik nie jest dołączony', few: 'pliki nie są dołączone', many: 'plików nie jest dołączonych', other: 'pliku nie jest dołączone' })} do zgłoszenia, bo Centrum partnerskie nie przyjmuje plików tą drogą. Dodaj je do zgłoszenia w portalu.`,
  toAdd: 'Dodaj je w formularzu w części „Dodaj pliki”.',
};
