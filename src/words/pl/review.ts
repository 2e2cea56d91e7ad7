import type { Words } from '../words.ts';
import { number } from './common.ts';

export const review: Words['review'] = {
  /** Typed behind the command of the audit log. */
  word: 'przegląd',
  title: 'Przegląd kluczy',
  of: (customer) => `Przegląd kluczy: ${customer}`,
  quarter: (quarter, year) => `${['I', 'II', 'III', 'IV'][quarter - 1]} kwartał ${year}`,
  about:
    'Komu pokazano tutaj klucze produktów i pliki do pobrania, ile razy i kiedy, oraz jakie wycieki zgłoszono. Zapytaj, jeśli nie wiesz dlaczego.',
  perCustomer:
    'U tych klientów pokazano klucze lub pliki do pobrania albo zgłoszono wyciek. Każdy otwiera swoją listę; zapytaj, jeśli nie wiesz dlaczego.',
  nothing: 'Niczego nie pokazano i nie zgłoszono żadnego wycieku.',
  cut: 'Lista jest długa: cała jest w pliku.',
  look: (who, order) => `${who} · zamówienie ${order}`,
  counts: ({ people, looks, leaks }) =>
    `Osoby: ${number(people)} · obejrzenia: ${number(looks)} · wycieki: ${number(leaks)}`,
};
