import type { Words } from '../words.ts';

export const extension: Words['extension'] = {
  order: (number) => `Pedido ${number}`,
  nothing: (text) => `No se ha encontrado nada para «${text}».`,
  noOrders: 'Aún no ha pedido nada aquí. Escriba un número de pedido o el nombre de un cliente.',
  noCases: 'Aún no hay casos de cancelación.',
  noCustomers: 'Aún no hay clientes.',
  private: (reference) =>
    `${reference} se envió en privado, por lo que no hay tarjeta para una conversación. Escriba «casos ${reference}» al bot.`,
  slow: 'El Centro de partners tarda en responder. Vuelva a buscar en un momento.',
};
