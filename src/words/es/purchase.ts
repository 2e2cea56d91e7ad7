import type { Words } from '../words.ts';
import { count, moment, money, number } from './common.ts';
import { withQuote } from './partner-center.ts';

const terms: Record<string, string> = { P1M: '1 mes', P1Y: '1 año', P2Y: '2 años', P3Y: '3 años' };
const cycles: Record<string, string> = {
  one_time: 'pago único',
  annual: 'anual',
  monthly: 'mensual',
  triennial: 'cada tres años',
  biennial: 'cada dos años',
};
const segments: Record<string, string> = {
  commercial: 'Empresas',
  education: 'Educación',
  government: 'Administración pública',
  nonprofit: 'Organizaciones sin ánimo de lucro',
};

export const term: Words['term'] = (duration) => (duration ? (terms[duration] ?? duration) : 'perpetua');
export const billing: Words['billing'] = (cycle) => cycles[cycle] ?? cycle;
export const segment: Words['segment'] = (name) => segments[name] ?? name.charAt(0).toUpperCase() + name.slice(1);

/** Why somebody is asked whether that is meant. */
export const doubt: Words['doubt'] = (about, zone) => {
  switch (about.kind) {
    case 'repeated': {
      const { by = 'Un compañero', quantity, item, at } = about;
      return `${by} ya pidió ${number(quantity)} × ${item} para este cliente, el ${moment(new Date(at), zone)}.`;
    }
    case 'unusual': {
      const { quantity, item, usual, isOfItem } = about;
      const usually = isOfItem
        ? `un pedido de este cliente suele tener ${number(usual)}`
        : `este cliente nunca ha tenido más de ${number(usual)} de un artículo en un pedido`;
      return `${number(quantity)} × ${item} es una cantidad inusual: ${usually}.`;
    }
    case 'many':
      return `${number(about.quantity)} × ${about.item} es una cantidad muy grande.`;
    case 'expensive':
      return `${money(about.total)} es un importe muy elevado.`;
  }
};

export const purchase: Words['purchase'] = {
  title: 'Comprar software',
  draftTitle: (item, customer) =>
    [`Compra: ${item ?? 'software'}`, customer ? `para ${customer}` : ''].filter(Boolean).join(' '),
  whichCustomer: '¿Para qué cliente?',
  searchCustomer: 'Parte del nombre o del dominio',
  buyFor: (customer) => `Compra para ${customer}`,
  whichProduct: '¿Qué software y cuántos?',
  whichEdition: (product) => `¿Qué edición de ${product}?`,
  oneCustomer: 'Cada pedido es para un solo cliente: haga uno para cada cliente.',
  noneNamed: (text, isNear) =>
    `Nada de lo que se puede pedir aquí se llama «${text}».${isNear ? ' Estos son los más parecidos.' : ''}`,
  whichTerms: (item) => `${item}: ¿cuántos y cómo?`,
  searchProduct: 'p. ej. «server 2025», «sql»…',
  each: 'Precio por unidad',
  line: (quantity, item) => `${number(quantity)} × ${item}`,
  further: (items) => `Después: ${items.join(', ')}.`,
  leaveOut: (product) =>
    `Aún no se ha elegido nada para «${product}». Pulse «Revisar el pedido» otra vez para omitirlo.`,
  sum: (quantity, unit, total) => `${number(quantity)} × ${money(unit)} = ${money(total)}`,
  net: (lines) => `${count(lines, { one: 'línea', other: 'líneas' })}, sin impuestos`,
  otherCustomer: 'Editar: otro cliente',
  quantityRange: (minimum, maximum) =>
    maximum >= 999_999_999 ? `Como mínimo ${number(minimum)}.` : `De ${number(minimum)} a ${number(maximum)}.`,
  attestation: 'El cliente cumple las condiciones que Microsoft establece para esta oferta.',
  notAttested:
    'El cliente cumple las condiciones que Microsoft establece para esta oferta: marque la casilla, o vuelva atrás y elija otra edición.',
  attests: {
    item: 'Quien confirma declara que el cliente cumple las condiciones que Microsoft establece para esta oferta.',
    partner:
      'Quien confirma declara en nombre de su empresa lo que el Centro de partners pide al partner asociado a este pedido.',
  },
  attestFirst: (said) =>
    withQuote(
      'El Centro de partners pide antes una declaración. No se ha pedido nada. Lo que se declara se indica aquí: pulse «Confirmar» si es cierto.',
      said,
    ),
  review: 'Revise el pedido',
  asItWas:
    'El Centro de partners no responde en este momento, así que este es el pedido tal como se guardó. Se comprueba de nuevo al pulsar «Confirmar».',
  declinedFor: (said) =>
    withQuote(
      'El Centro de partners lo rechazó. No se ha pedido nada. Aquí se indica qué falta y cómo solucionarlo; después puede continuar.',
      said,
    ),
  facts: {
    customer: 'Cliente',
    item: 'Artículo',
    segment: 'Segmento',
    term: 'Duración',
    billing: 'Facturación',
    quantity: 'Cantidad',
    unitPrice: 'Precio unitario',
    total: 'Total',
    currency: 'Moneda',
    order: 'Número de pedido',
    orders: 'Números de pedido',
    by: 'Pedido por',
    preparer: 'Preparado por',
  },
  whatHappens:
    '«Confirmar» realiza un pedido vinculante a Microsoft. Al cliente se le cobra a través de la próxima factura de su empresa.',
  cancellable: (until, refund, zone) =>
    `Se puede cancelar hasta el ${moment(until, zone)}${refund ? ` (${refund === 'full' ? 'reembolso completo' : 'reembolso proporcional'})` : ''}.`,
  notCancellable: 'Este artículo no se puede cancelar una vez pedido.',
  confirm: (quantity, total) => `Confirmar: comprar ${number(quantity)} por ${money(total)}`,
  askBack: (reasons) =>
    `Aún no se ha pedido nada. ${reasons.join(' ')} Si es lo que quiere, pulse «Confirmar» otra vez.`,
  confirmAll: (quantity, total) => `Confirmar: comprar los ${number(quantity)} por ${money(total)}`,
  confirmAgain: (quantity, total) => `Confirmar: comprar otra vez ${number(quantity)} por ${money(total)}`,
  adminAgentOnly: (limit) => `Por encima de ${money(limit)} solo puede confirmarlo un agente de administración.`,
  mayNotConfirm:
    'Puede preparar este pedido; lo confirma un agente de administración. «Traspasar» se lo deja: lo encuentran en «borradores».',
  inProgress: {
    title: 'Se está realizando el pedido…',
    text: 'El Centro de partners aún no ha respondido. Sigo con ello, también si se reinicia esta aplicación, y esta tarjeta cambiará cuando termine. No se pedirá nada dos veces.',
  },
  ordered: (quantity, item) => `Pedido realizado: ${number(quantity)} × ${item}`,
  orderedText: (orders) =>
    `${count(orders.length, { one: 'pedido realizado', other: 'pedidos realizados' })}. Las claves y descargas llegan en cuanto el Centro de partners complete el pedido: escriba «claves ${orders[0] ?? ''}».`,
  declined: {
    title: 'El Centro de partners rechazó el pedido',
    text: 'No se ha pedido nada. Escriba «comprar» para probar otro producto u otra cantidad.',
    again: 'No se ha pedido nada. Escriba «comprar» para pedirlo al precio actual.',
    tooLate: {
      title: 'No se ha pedido: tuvo que esperar más de un día',
      text: 'No se ha pedido nada. Escriba «comprar» si todavía se necesita.',
    },
    priceChanged: 'No se ha pedido: el precio ha cambiado',
    missing: (what, remedy) => `No se ha pedido nada. ${what} ${remedy} Después escriba de nuevo «comprar».`,
  },
  needsPerson: {
    title: 'Compruebe este pedido en el Centro de partners',
    text: 'El Centro de partners no dijo con claridad si el pedido se realizó. Consulte el historial de pedidos del cliente antes de pedir otra vez.',
  },
};
