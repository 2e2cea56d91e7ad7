import type { Words } from '../words.ts';
import { number } from './common.ts';

export const review: Words['review'] = {
  /** Typed behind the command of the audit log. */
  word: 'revisión',
  title: 'Revisión de claves',
  of: (customer) => `Revisión de claves: ${customer}`,
  quarter: (quarter, year) => `T${quarter} ${year}`,
  about:
    'A quién se mostraron aquí claves de producto y descargas, cuántas veces y cuándo, y de qué filtraciones se informó. Pregunte si no sabe por qué.',
  perCustomer:
    'De estos clientes se mostraron claves o descargas, o se informó de una filtración. Cada uno abre su lista; pregunte si no sabe por qué.',
  nothing: 'No se mostró nada ni se informó de ninguna filtración.',
  cut: 'La lista es larga: el archivo la contiene entera.',
  look: (who, order) => `${who} · pedido ${order}`,
  counts: ({ people, looks, leaks }) =>
    `Personas: ${number(people)} · consultas: ${number(looks)} · filtraciones: ${number(leaks)}`,
};
