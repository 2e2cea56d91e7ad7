import type { Words } from '../words.ts';
import { number } from './common.ts';

export const review: Words['review'] = {
  /** Typed behind the command of the audit log. */
  word: 'revue',
  title: 'Revue des clés',
  of: (customer) => `Revue des clés : ${customer}`,
  quarter: (quarter, year) => `T${quarter} ${year}`,
  about:
    'À qui des clés de produit et des téléchargements ont été montrés ici, combien de fois et quand, et quelles fuites ont été signalées. Demandez quand vous ne savez pas pourquoi.',
  perCustomer:
    'Des clés ou des téléchargements de ces clients ont été montrés, ou une fuite a été signalée. Chacun ouvre sa liste ; demandez quand vous ne savez pas pourquoi.',
  nothing: 'Rien n’a été montré, et aucune fuite n’a été signalée.',
  cut: 'La liste est longue : le fichier la contient en entier.',
  look: (who, order) => `${who} · commande ${order}`,
  counts: ({ people, looks, leaks }) =>
    `Personnes : ${number(people)} · consultations : ${number(looks)} · fuites : ${number(leaks)}`,
};
