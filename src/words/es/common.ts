import { formattersFor } from '../format.ts';
import type { Words } from '../words.ts';

export const { money, amount, number, day, moment, local, time, size, country, inTime, count } = formattersFor('es-ES');

export { withoutFullStop } from '../format.ts';

export const buttons: Words['buttons'] = {
  next: 'Siguiente',
  turnOff: 'Desactivar',
  back: 'Atrás',
  discard: 'Descartar',
  later: 'Guardar para más tarde',
  edit: 'Editar',
  reviewOrder: 'Revisar el pedido',
  addLine: 'Añadir otra línea',
  removeFile: 'Quitar',
  files: 'Archivos',
  removeLine: 'Quitar',
  confirm: 'Confirmar',
  agreement: 'Contrato de cliente',
  submit: 'Enviar',
  cancelNow: 'Cancelar ahora',
  fileTicket: 'Crear el ticket',
  byTicket: 'Por ticket',
  reviewTicket: 'Revisar el ticket',
  oneForm: 'Un solo formulario',
  ticketPage: 'Formulario con archivos',
  stepByStep: 'Paso a paso',
  software: 'Software',
  keys: 'Claves',
  cancel: 'Cancelar el pedido',
  getKey: 'Mostrar la clave',
  download: 'Descargar',
  copyLink: 'Copiar el vínculo',
  reportLeak: 'Informar de una filtración',
  liftLeak: 'Levantar',
  hide: 'Ocultar',
  done: 'Listo',
  giveUp: 'Abandonar',
  exportFile: 'Exportar como CSV',
  remindMe: 'Recordármelo',
  resume: 'Reanudar',
  claim: 'Asumir',
  comment: 'Comentar',
  approve: 'Aprobar',
  reject: 'Rechazar',
  handOver: 'Traspasar',
  open: 'Abrir',
  follow: 'Avisarme también',
  unfollow: 'No avisarme más',
  textForCustomer: 'Texto para el cliente',
  keepIt: 'Conservar',
  lastDay: 'Último día',
  choose: 'Elegir',
  language: 'Idioma',
  find: 'Buscar',
  more: 'Más',
};

export const inputs: Words['inputs'] = {
  customer: 'Cliente',
  product: 'Producto',
  edition: 'Edición',
  segment: 'Segmento',
  quantity: 'Cantidad',
  term: 'Duración',
  billing: 'Facturación',
  version: 'Versión',
  language: 'Idioma',
  architecture: 'Arquitectura',
  tenant: 'Inquilino del cliente (GUID o dominio)',
  named: 'Id. del pedido o de la suscripción',
  why: '¿Por qué se devuelve?',
  reason: 'Motivo del reembolso',
  amount: 'Importe solicitado',
  amountNote: 'Por qué menos de lo pagado',
  impact: 'Impacto',
  title: 'Título',
  contactName: 'Nombre del contacto',
  contactEmail: 'Correo electrónico del contacto',
  contactPhone: 'Teléfono del contacto',
  draft: 'Borrador',
  find: 'Cliente, pedido o caso',
  comment: 'Comentario o motivo',
  leaked: '¿Qué se ha filtrado?',
  who: 'Quién',
  case: 'Caso',
  attestation: 'Declaración',
  lines: 'Qué cancelar',
  requestNumber: 'Número de la solicitud',
  firstName: 'Nombre',
  lastName: 'Apellidos',
  email: 'Correo electrónico',
  phone: 'Teléfono (opcional)',
  agreedOn: 'Fecha de aceptación',
};

export const roles: Words['roles'] = {
  'admin-agent': 'agente de administración',
  'global-admin': 'administrador global',
  'sales-agent': 'agente de ventas',
  'helpdesk-agent': 'agente de soporte técnico',
};

export const rights: Words['rights'] = {
  look: 'ver clientes, software y pedidos',
  'buy.prepare': 'preparar un pedido',
  'buy.confirm': 'confirmar un pedido',
  'agreement.confirm': 'confirmar el contrato de un cliente',
  'keys.reveal': 'ver claves de producto y descargas',
  'leak.report': 'informar de una filtración y levantarla',
  'cancel.prepare': 'preparar una cancelación',
  'cancel.submit': 'enviar una cancelación',
  approve: 'aprobar lo que piden otros',
  'audit.read': 'leer el registro de auditoría',
  'setup.check': 'comprobar cómo estoy configurado',
};

export const common: Words['common'] = {
  simulated: 'Simulación',
  simulatedMore: 'No se pide nada a Microsoft.',
  required: 'Rellene este campo.',
  of: (step, steps) => `Paso ${step} de ${steps}`,
  working: {
    title: 'En curso…',
    text: 'Esto tarda un poco más. Este mensaje cambiará en cuanto termine.',
  },
  busy: {
    order: 'Se está realizando el pedido en el Centro de partners.',
    agreement: 'Se está registrando el contrato.',
    ticket: 'Se está creando el ticket.',
    cancellation: 'Se está enviando la cancelación.',
    givingUp: 'Se está cerrando el caso.',
    note: 'Esta tarjeta cambiará en cuanto termine; mientras tanto no hay nada que pulsar.',
  },
  stillWorking: 'Sigue en curso. La tarjeta cambiará en cuanto termine.',
  answered: (question, answer) => `${question}: ${answer}`,
  continuesBelow: 'La conversación continúa abajo.',
  otherCardCounts: 'La conversación ha continuado mientras tanto: vale la otra tarjeta.',
  continuesInPrivate: (name) => `${name} continúa en privado.`,
  answeredInPrivate: 'Respondido en privado.',
  onlyYou: (readers) =>
    readers === 'outsiders'
      ? 'Aquí hay personas ajenas a su organización, por eso solo usted ve esto.'
      : 'Ahora mismo no se pudo saber quién lee aquí, por eso solo usted ve esto.',
  withheld: (readers) => ({
    title: 'No se muestra aquí',
    text:
      readers === 'outsiders'
        ? 'Aquí hay personas ajenas a su organización. Los clientes, los precios y los pedidos solo se muestran en su propio chat con Software Desk o, si pregunta aquí, solo a usted.'
        : 'Ahora mismo no se pudo saber quién lee aquí. Los clientes, los precios y los pedidos solo se muestran en su propio chat con Software Desk o, si pregunta aquí, solo a usted.',
  }),
  privateFailed: {
    title: 'No pude responder allí en privado',
    text: 'Teams no entregó mi respuesta privada. Pregúnteme aquí, en este chat; nadie más ha visto nada.',
  },
  wasCommand: '¿Era esto una orden? El botón la inicia; esta conversación se queda como está.',
  unreadMessage: (what) =>
    `No puedo leer ${{ file: 'archivos', picture: 'imágenes', forwarded: 'mensajes reenviados' }[what]}.\nEscriba lo que quiere, por ejemplo «pedidos contoso», o responda con palabras a mi última pregunta.`,
  changedMessage:
    'Ha cambiado un mensaje que yo ya había leído.\nNo hago nada dos veces. Escríbalo otra vez como mensaje nuevo.',
  perhapsAnswered: {
    title: '¿Ha llegado mi respuesta?',
    text: 'Teams no me ha dicho si usted ve mi respuesta. Si no la ve, pregunte de nuevo: con eso no se hace nada dos veces.',
  },
  notTaken:
    'Teams no aceptó mi respuesta.\nInténtelo de nuevo; lo que escribió se conserva y con eso no se hace nada dos veces.',
  askedAgain: (question) => `${question}: se pregunta de nuevo abajo.`,
  discarded: (title) => ({ title: `Descartado: ${title}`, text: 'No se ha pedido, cancelado ni enviado nada.' }),
  savedForLater: (title) => ({
    title: `Guardado: ${title}`,
    text: 'Para continuar, pulse «Reanudar» o escriba «borradores» en cualquier lugar. Los borradores se conservan 30 días.',
  }),
  notKept: (command) => ({
    title: 'No se conserva',
    text: `Esta conversación no se guarda para más tarde; en ella no se ha pedido ni cancelado nada. Para empezarla de nuevo, escriba: ${command}`,
  }),
  handedOver: (by) => `Preparado por ${by}. Quien tenga el permiso puede continuar aquí o encontrarlo en «borradores».`,
  leftForOthers: (title, { told, asked }) => ({
    title: `Traspasado: ${title}`,
    text: [
      `Un agente de administración lo encuentra en «borradores», como «${title}».`,
      ...(asked ? [`Pido a ${asked} que continúe.`] : []),
      ...(told === undefined || asked
        ? []
        : [told > 0 ? 'Les aviso.' : 'Avise a uno de ellos: no conozco a nadie a quien avisar.']),
    ].join(' '),
  }),
  askOne: 'Para pedírselo a una persona concreta, elíjala.',
  handOverTo: 'Traspasar: a esta persona',
  toOneOfYou: (by) => `${by} ha traspasado esto. Alguien de ustedes puede continuar aquí.`,
  toYou: (by) => `${by} le pide que continúe con esto.`,
  toTakeOver: (by, title, isAsked = false) => ({
    title: isAsked ? `${by} le pide que continúe: ${title}` : `${by} ha traspasado: ${title}`,
    text: 'Espera a alguien que pueda continuar. Pulse «Abrir» o escriba «borradores».',
  }),
  untold: (title, name) => ({
    title: name ? `No se pudo avisar a ${name}: ${title}` : `No se pudo avisar a nadie: ${title}`,
    text: name
      ? `No pude avisar a ${name}. Dígale a esa persona, o a otro agente de administración, que espera en «borradores».`
      : 'No pude avisar a ningún agente de administración. Diga a uno de ellos que espera en «borradores».',
  }),
  resumed: 'Reanudado abajo.',
  resumedElsewhere: 'Reanudado en otra conversación.',
  goneOn: (name) => `${name} continúa con ello.`,
  ended: (name) => `${name} lo ha terminado.`,
  endedWith: (name, outcome) => `${name} lo ha terminado: ${outcome}`,
  fault: (reference, { isKept = true } = {}) =>
    `Algo ha fallado por nuestra parte; ${isKept ? 'lo que escribió se conserva' : 'no se ha empezado nada'}.\nInténtelo de nuevo; si vuelve a ocurrir, dé a su administrador este número: ${reference}.`,
  signInRefused:
    'El Centro de partners ya no acepta nuestro inicio de sesión. Avise a su administrador: hay que renovar el consentimiento. Se vuelve a intentar automáticamente; no se pierde nada ni se hace nada dos veces.',
  sayYesAgain: 'Aún no se ha hecho nada. Escriba «sí» otra vez o pulse el botón, y se hará.',
  saidNo: 'No se ha pedido, cancelado ni enviado nada. Cámbielo, guárdelo para más tarde o descártelo.',
  portalMfa: 'El portal pide la autenticación multifactor (MFA) al iniciar sesión.',
  chooseOne: 'Elija una opción.',
  more: (left) => `Más: ${left}`,
  fromStart: 'Atrás: al principio',
  shownOf: (first, last, all) => `${first} a ${last} de ${all}.`,
  pressButton: 'Pulse un botón de la tarjeta.',
};
