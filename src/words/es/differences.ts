import type { Difference, DifferenceKind } from '../../domain/differences/difference.ts';
import type { Words } from '../words.ts';
import { count, day, moment } from './common.ts';

function tell(found: Difference, order?: string): string {
  switch (found.kind) {
    case 'order-unknown':
      return `El pedido ${order ?? ''} se hizo aquí, pero el Centro de partners no lo conoce`;
    case 'order-not-recorded':
      return 'En el Centro de partners nuestro carro está pedido, pero aquí no consta ningún pedido';
    case 'case-not-completed':
      return `${found.reference}: el Centro de partners muestra la cancelación, pero el caso no está completado`;
    case 'case-order-active':
      return `${found.reference}: el Centro de partners confirmó la cancelación, pero el pedido ${order ?? ''} está activo`;
    case 'ticket-unknown':
      return `${found.reference} sigue el ticket ${found.ticketId}, que el Centro de partners no muestra`;
    case 'ticket-without-case':
      return `El ticket ${found.ticketId} lleva nuestra referencia ${found.reference}, pero ningún caso lo sigue`;
  }
}

const toDo: Record<DifferenceKind, string> = {
  'order-unknown':
    'Búsquelo en el historial de pedidos del portal. Si no está, pregunte a Microsoft antes de volver a pedirlo.',
  'order-not-recorded': 'Mire los últimos pedidos del cliente antes de que alguien vuelva a pedirlo.',
  'case-not-completed': 'Ya no hay nada que cancelar. Avise al cliente y compruebe que llega el abono.',
  'case-order-active':
    'Es posible que la clave siga funcionando y que el pedido se siga facturando. Pregunte a Microsoft o cancele de nuevo.',
  'ticket-unknown': 'Busque el ticket en el portal y dé al caso el número correcto.',
  'ticket-without-case': 'Mire el ticket en el portal; ciérrelo si nadie lo necesita.',
};

export const differences: Words['differences'] = {
  word: 'diferencias',
  title: 'Diferencias con el Centro de partners',
  found: (n) =>
    `El Centro de partners y nuestros registros no coinciden: ${count(n, { one: 'diferencia', other: 'diferencias' })}`,
  text: 'Una vez al día comparo los pedidos, las cancelaciones y los tickets de los últimos días. Aviso de cada diferencia una sola vez; cuando se resuelve, desaparece de la lista.',
  none: (at, timeZone) =>
    `Nada difiere: lo que el Centro de partners mostró de los últimos días (${moment(at, timeZone)}) consta aquí.`,
  notYet: 'Aún no se ha comparado nada: la primera comparación empieza una hora después del primer arranque.',
  tell,
  toDo: (kind) => toDo[kind],
  orders: 'Pedidos',
  since: (at) => `detectada el ${day(at)}`,
  settled: (at) => `resuelta el ${day(at)}`,
};
