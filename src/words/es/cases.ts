import type { Words } from '../words.ts';
import { count, moment } from './common.ts';

export const cases: Words['cases'] = {
  following: {
    yes: 'En nuestro propio chat sabrá qué ocurre con él.',
    no: 'Ya no sabrá qué ocurre con él.',
    told: 'Usted lo envió o lo preparó y sabrá de todos modos qué ocurre con él.',
    over: 'Ha terminado: no hay nada más que contar.',
  },
  title: 'Casos de cancelación',
  count: (open, waiting) =>
    [
      count(open, { one: 'caso abierto', other: 'casos abiertos' }),
      ...(waiting > 0 ? [`${waiting} por revisar`] : []),
    ].join(' · '),
  newest: (most) =>
    `Los ${most} más recientes, y los más recientes por revisar. Para otros, escriba «casos» y el nombre del cliente.`,
  summary: (title, open, waiting) =>
    [
      `${title}: ${count(open, { one: 'caso abierto', other: 'casos abiertos' })}`,
      ...(waiting > 0 ? [`${waiting} por revisar`] : []),
    ].join(', '),
  open: (reference) => `Abrir: ${reference}`,
  of: (customer) => `Casos de cancelación de ${customer}`,
  noneOf: (customer) =>
    `${customer} no tiene casos de cancelación. Para empezar uno, escriba «cancelar» y un número de pedido.`,
  severalCustomers: (text) =>
    `Varios clientes coinciden con «${text}». Estos son los casos de algunos de ellos; escriba «casos» y más del nombre.`,
  none: 'No hay casos de cancelación. Para empezar uno, escriba «cancelar» y un número de pedido.',
  changed: 'El caso ha avanzado desde que se creó esta tarjeta, así que no he hecho nada. Consulte su estado actual.',
  unknown: (reference) => `No existe el caso «${reference}». Estos son los más recientes.`,
  heading: (reference) => `Caso ${reference}`,
  follow: 'Siguiente: seguir este número',
  fileAgain: 'Crear el ticket: otra vez',
  giveUp: 'Abandonar: este caso',
  confirmAction: {
    now: (reference) => `¿Cancelar ahora? ${reference}`,
    nowText: ({ isWholeOrder, order, customer }) =>
      `Cancela de inmediato en el Centro de partners ${isWholeOrder ? `todo el pedido ${order}` : `esta parte del pedido ${order}`} de ${customer}. No se puede deshacer.`,
    nowButton: 'Cancelar ahora: definitivamente',
    unread: 'No se pudo leer ahora cuánto se recupera.',
    giveUp: (reference) => `¿Abandonar ${reference}?`,
    giveUpText: (order) =>
      `Abandonar cierra este caso: el pedido ${order} no se cancela por ello y aquí no se hace nada más. Se avisa a todos los que sabían del caso. Se puede empezar otra cancelación mientras dure el plazo.`,
  },
  whatToDo: (state) =>
    state === 'needs_person'
      ? 'Siga otro número de solicitud, cree el ticket otra vez o abandone el caso: entonces no se hace nada más y se puede empezar uno nuevo.'
      : 'Si el número de la solicitud es incorrecto, indique el correcto.',
  opened: (at, zone) => `desde el ${moment(at, zone)}`,
};

export const drafts: Words['drafts'] = {
  title: 'Borradores',
  none: 'No tiene borradores.',
  count: (drafts) => count(drafts, { one: 'borrador', other: 'borradores' }),
  waiting: 'espera a alguien',
  changed: (at, zone) => `último cambio: ${moment(at, zone)}`,
  handedOver: (name) => `traspasado por ${name}`,
  mine: 'suyo',
};

export const notices: Words['notices'] = {
  digest: (n) => `Novedades de cancelaciones y pedidos: ${n}`,
  digestText: 'Llegaron muchas en un minuto, así que van juntas. Cada fila abre la suya.',
  completed: (reference, order) => `La cancelación ${reference} ha terminado: pedido ${order}`,
  completedText:
    'Lo que aquí se nombra está cancelado y la clave está revocada. El cliente debe dejar de usar ese software y desinstalarlo. El abono aparece en la próxima factura.',
  refused: (reference, order) => `La cancelación ${reference} fue rechazada: el pedido ${order} NO está cancelado`,
  givenUp: (reference, order) => `Se abandonó la cancelación ${reference}: pedido ${order}`,
  needsPerson: (reference, order) => `La cancelación ${reference} le espera: pedido ${order}`,
  closing: (order, until, zone) => `El pedido ${order} solo se puede cancelar hasta el ${moment(until, zone)}`,
  stillDraft: (owner) => `La cancelación que empezó ${owner} sigue siendo un borrador: no se ha enviado nada.`,
  stillHandOver: (reference) => `El ticket de ${reference} no se ha creado: Microsoft aún no sabe nada.`,
  again: 'Enviado de nuevo: no es seguro que el primer mensaje haya llegado.',
  againSummary: (summary: string) => `De nuevo: ${summary}`,
  discarded: (by, title) => `${by} ha descartado: ${title}`,
  discardedText: 'Usted lo preparó y se había traspasado. No se ha pedido, cancelado ni enviado nada.',
  why: 'Recibe esto porque lo pidió o porque la conversación empezó aquí.',
};

export const reminders: Words['reminders'] = {
  cancel: 'Cancelar el pedido…',
  set: (order) => `Recordatorio creado para el pedido ${order}`,
  setText: (until, zone) => `Se lo recordaré aquí antes de que termine el plazo, el ${moment(until, zone)}.`,
  comesBack: 'se devuelve si se cancela ahora',
  kept: (by, order, customer) => `${by} conserva el pedido ${order} de ${customer}`,
  noMore: 'No habrá más recordatorios de él.',
  lastDay: (by, order, customer) => `Un recordatorio más del pedido ${order} de ${customer} para ${by}, el último día`,
  lastAt: (at, zone) => `El último recordatorio llega el ${moment(at, zone)}.`,
  stillUntil: (until, zone) => `Aún se puede cancelar hasta el ${moment(until, zone)}.`,
  again: (order) => `Para recibir todos los recordatorios, escriba «recordar ${order}».`,
  notYours: (order) =>
    `Solo quien recibe un recordatorio puede terminarlo. Para tener uno propio, escriba «recordar ${order}».`,
  notSet: (order) => `No se ha creado recordatorio para el pedido ${order}`,
  noWindow: (order) =>
    `No conozco ningún plazo de cancelación de este pedido, así que no hay momento que recordar. Para pedir aun así un reembolso a Microsoft, escriba «cancelar ${order}».`,
};
