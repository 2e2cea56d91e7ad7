import type { Words } from '../words.ts';
import { count, day, number } from './common.ts';

const states = {
  pending: 'pendiente',
  active: 'activo',
  cancelling: 'cancelación en curso',
  cancelled: 'cancelado',
};

const lines = { one: 'línea', other: 'líneas' };
const dayForms = { one: 'día', other: 'días' };

export const software: Words['software'] = {
  softwareOf: (customer) => `Software de ${customer}`,
  ordersOf: (customer) => `Pedidos de ${customer}`,
  mine: {
    which: '¿Cuál de sus pedidos?',
    none: 'No hay pedidos suyos aquí',
    noneText: 'Aquí no se ha pedido nada a su nombre. Para los de un cliente, escriba «pedidos» y su nombre.',
  },
  whichCustomer: '¿Qué cliente?',
  several: (text) => `Varios clientes coinciden con «${text}». ¿Cuál de ellos?`,
  nothing: (customer) => `${customer} aún no tiene software. Escriba «comprar ${customer}» para pedirlo.`,
  noOrders: (customer) => `${customer} aún no tiene pedidos. Escriba «comprar ${customer}» para hacer uno.`,
  noneNamed: (text) => `Nada de lo comprado se llama «${text}»: se muestra todo.`,
  all: (all, cancellable) =>
    [
      count(all, lines),
      ...(cancellable > 0 ? [`${cancellable} aún se ${cancellable === 1 ? 'puede' : 'pueden'} cancelar`] : []),
    ].join(' · '),
  summary: (title, all, soonest) =>
    soonest === undefined
      ? `${title}: ${count(all, lines)}`
      : `${title}: ${count(all, lines)}; una solo se puede cancelar durante ${soonest === 0 ? 'menos de un día' : `${count(soonest, dayForms)} más`}`,
  bought: (at) => `Pedido el ${day(at)}`,
  state: (state) => states[state],
  orderNumber: (number) => `pedido ${number}`,
  daysLeft: (days, until) =>
    days === 0
      ? `último día para cancelar (hasta el ${day(until)})`
      : `${days === 1 ? 'queda' : 'quedan'} ${count(days, { one: 'día', other: 'días' })} para cancelar (hasta el ${day(until)})`,
  shortly: (left, isUrgent) =>
    left === 0 ? 'último día' : isUrgent ? `${count(left, dayForms)} para cancelar` : count(left, dayForms),
  windowClosed: 'plazo terminado',
  fileUntil: (until) => `ticket por crear hasta el ${day(until)}`,
  inCase: (reference) => `cancelación ${reference}`,
  noRefund: 'sin devolución',
  buyFor: (customer) => `Comprar: para ${customer}`,
  windowOver: (until) => `el plazo de cancelación terminó el ${day(until)}`,
  neverTakenBack: (publisher) => `No se puede cancelar: Microsoft no admite devoluciones de software de ${publisher}.`,
  noWindow: 'no se conoce plazo de cancelación',
  line: (quantity, title) => `${number(quantity)} × ${title}`,
};
