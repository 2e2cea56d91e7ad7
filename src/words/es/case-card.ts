import type { Words } from '../words.ts';
import { local } from './common.ts';

export const caseCard: Words['caseCard'] = {
  title: (reference) => `Cancelación ${reference}`,
  summary: (reference, customer, state) => `Cancelación ${reference} para ${customer}: ${state}`,
  asked: (item) => `reembolso solicitado por ${item}`,
  back: (item) => `se devuelve por ${item}`,
  credited: (item) => `reembolso solicitado por ${item}; la próxima factura muestra lo que abona Microsoft`,
  steps: {
    submitted: (by) => `Enviada por ${by}`,
    cancelling: 'Cancelación pedida al Centro de partners',
    filing: 'Se está creando el ticket',
    filed: (ticketId) => (ticketId ? `Ticket ${ticketId} creado` : 'Ticket creado'),
    decides: 'Microsoft decide',
    'needs-person': (isNow) => (isNow ? 'Espera a una persona' : 'Esperó a una persona'),
    completed: (isWholeOrder) =>
      isWholeOrder ? 'Pedido cancelado, clave revocada' : 'Esta parte cancelada, su clave revocada',
    refused: 'Rechazada: no se ha cancelado nada',
    givenUp: (by) => `Abandonada por ${by}`,
    at: local,
    since: (at, zone) => `desde el ${local(at, zone)}`,
    now: 'ahora',
    ahead: 'pendiente',
  },
  forCustomer: {
    title: 'Texto para el cliente',
    hint: 'Cópielo en un mensaje al cliente y cambie lo que quiera. No contiene ninguna clave ni precio: lo que abona Microsoft queda entre usted y Microsoft.',
    text: ({ item, order, isWholeOrder }) => [
      'Buenos días:',
      isWholeOrder
        ? `Tal como deseaba, su pedido ${order} se ha cancelado en Microsoft: ${item}.`
        : `Tal como deseaba, esta parte de su pedido ${order} se ha cancelado en Microsoft: ${item}.`,
      'Sus claves de producto ya no son válidas. Por favor, deje de usar este software y desinstálelo.',
      'Si tiene alguna pregunta, responda a este mensaje.',
    ],
  },
};
