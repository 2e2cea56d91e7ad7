import { number } from './common.ts';

export const review = {
  /** Typed behind the command of the audit log. */
  word: 'review',
  title: 'Review of keys',
  of: (customer: string) => `Review of keys: ${customer}`,
  quarter: (quarter: number, year: number) => `Q${quarter} ${year}`,
  about:
    'Who was shown product keys and downloads here, how often and when, and which leaks were reported. Ask where you do not know why.',
  perCustomer:
    'Of these customers keys or downloads were shown, or a leak was reported. Each opens its list; ask where you do not know why.',
  nothing: 'Nothing was shown, and no leak was reported.',
  cut: 'The list is long: all of it is in the file.',
  look: (who: string, order: string) => `${who} · order ${order}`,
  counts: ({ people, looks, leaks }: { people: number; looks: number; leaks: number }) =>
    `People: ${number(people)} · looks: ${number(looks)} · leaks: ${number(leaks)}`,
};
