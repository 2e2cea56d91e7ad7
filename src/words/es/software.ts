import type { Words } from '../words.ts';
import { count, day } from './common.ts';

const states = {
  pending: 'pendiente',
  active: 'activo',
  cancelling: 'cancelación en curso',
  cancelled: 'cancelado',
};

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
  pick: 'Elija uno y pulse un botón.',
  more: (hidden) => `En la lista de abajo hay ${count(hidden, { one: 'más antiguo', other: 'más antiguos' })}.`,
  bought: (at) => `Pedido el ${day(at)}`,
  state: (state) => states[state],
  orderNumber: (number) => `pedido ${number}`,
  daysLeft: (days, until) =>
    days === 0
      ? `último día para cancelar (hasta el ${day(until)})`
      : `${days === 1 ? 'queda' : 'quedan'} ${count(days, { one: 'día', other: 'días' })} para cancelar (hasta el ${day(until)})`,
  windowOver: (until) => `el plazo de cancelación terminó el ${day(until)}`,
  neverTakenBack: (publisher) => `No se puede cancelar: Microsoft no admite devoluciones de software de ${publisher}.`,
  noWindow: 'no se conoce plazo de cancelación',
  line: (quantity, title) => `${quantity} × ${title}`,
};
