import type { Words } from '../words.ts';
import { count, moment, time } from './common.ts';
import { quoteSaid } from './partner-center.ts';

export const keys: Words['keys'] = {
  title: 'Claves y descargas',
  whichOrder: (customer) => `¿Qué software de ${customer}?`,
  of: (item) => `Claves: ${item}`,
  facts: {
    customer: 'Cliente',
    order: 'Pedido',
    item: 'Artículo',
    version: 'Versión',
    language: 'Idioma',
    architecture: 'Arquitectura',
  },
  warning:
    'Las claves y los vínculos son valiosos: una clave que se filtra se agota pronto. Delos solo al cliente, nunca en un canal. Cada consulta queda registrada.',
  customerToo:
    'Un administrador del cliente las encuentra en el Centro de administración de Microsoft 365: Facturación → Sus productos → Software.',
  privately: 'Solo usted lo verá',
  onlyYou: 'Solo usted ve esto',
  keyTitle: 'Solo para usted',
  keySummary: 'Clave de producto (privado)',
  keyOf: (version) => `Clave de producto de ${version}`,
  linkOf: (version) => `Dirección de descarga de ${version}`,
  linkExpires: 'La dirección caduca cinco días después de la primera descarga.',
  openDownload: 'Descargar',
  hiddenAfter: (seconds, at, zone) =>
    `Desaparece a los ${count(seconds, { one: 'segundo', other: 'segundos' })}, a las ${time(at, zone)}. Su consulta queda registrada.`,
  closeWindow: (at, zone) =>
    `Solo usted ve esta ventana, y nadie más puede cerrarla. Ciérrela cuando termine, a más tardar a las ${time(at, zone)}.`,
  shown: (who, what, at, zone) => {
    const address = what.some((one) => one !== 'key');
    const named = !what.includes('key')
      ? 'Dirección de descarga mostrada'
      : address
        ? 'Clave y dirección de descarga mostradas'
        : 'Clave mostrada';
    return `${named}: ${who}, ${moment(at, zone)}`;
  },
  noLine: (order, line) => `El pedido ${order} no tiene la línea ${line}. Elija una de sus líneas.`,
  notThere: (version, wanted, others) => `${version} no está disponible como ${wanted}. Hay: ${others.join(', ')}.`,
  downloadsAway: 'El Centro de partners no indica en este momento qué descargas hay.',
  fetching: 'Se está consultando al Centro de partners. Solo lo verá quien ha pulsado.',
  said: 'Se le ha enviado en privado en esta conversación.',
  coming: 'La respuesta aparece aquí en un momento.',
  tokenMisused: (name, order) => ({
    title: 'Se rechazó una solicitud de un solo uso para una clave',
    text: `Una solicitud de un solo uso para una clave del pedido ${order} llegó por segunda vez, o de alguien a quien no se le había dado. Llegó de ${name}, y no se mostró nada. Pregúntele; si ${name} no sabe nada, cierre sus sesiones en Microsoft Entra.`,
  }),
  notHidden: (personId) => ({
    title: 'Puede que una clave siga en una pantalla',
    text: `Teams lleva un día negándose a quitar un mensaje que muestra una clave o una dirección de descarga a una persona (${personId}). Pídale que lo elimine y considere la clave como conocida.`,
  }),
  hidden: 'Oculto.',
  hiddenAgain: 'Oculto de nuevo.',
  settled: 'Oculto de nuevo. Para verlo otra vez, escriba:',
  again: (order) => `claves ${order}`,
  notHere: {
    said: (reason) => quoteSaid([reason]),
    title: 'Claves de este pedido',
    text: 'El Centro de partners ofrece claves y descargas en su portal, no por API. Un agente de administración las encuentra allí:',
    steps: 'Clientes → el cliente → Software → versión, idioma, 32 o 64 bits → Obtener claves y descargas.',
    portal: 'Abrir el Centro de partners',
    portalUrl: 'https://partner.microsoft.com/dashboard/commerce2/customers/list',
    adminCenter: 'Abrir el Centro de administración de Microsoft 365',
    adminCenterUrl: 'https://admin.microsoft.com/Adminportal/Home#/subscriptions',
  },
  tooLate:
    'El Centro de partners tardó demasiado, así que no se mostró nada y no consta que nadie lo haya visto. Pulse el botón de nuevo: se pedirá otra vez.',
  tooLateAgain:
    'El Centro de partners volvió a tardar demasiado, así que no se mostró nada. Pulse el botón más tarde o abra el Centro de partners: Clientes → el cliente → Software.',
  pressInstead: 'Pulse el botón de la tarjeta, para que la respuesta le llegue solo a usted.',
  dialog: 'Teams no aceptó aquí un mensaje privado. Pulse el botón de nuevo: ahora abre una ventana que solo ve usted.',
};
