import { moneyOf } from '../../domain/money.ts';
import type { Words } from '../words.ts';
import { amount, count, day, local, moment, money, number, withoutFullStop } from './common.ts';
import { explainSaid } from './partner-center.ts';

const impacts = {
  critical: 'Crítico: la actividad está parada',
  moderate: 'Moderado: la actividad se ve afectada',
  minimal: 'Mínimo: una pregunta o un problema pequeño',
};

const states = {
  submitted: 'enviada',
  filing: 'se está creando el ticket',
  filed: 'a la espera de Microsoft',
  cancelling: 'cancelación en curso',
  completed: 'terminada',
  refused: 'rechazada',
  needs_person: 'hay que revisarla',
};

const endings = {
  'cancel-now': 'de inmediato por la API del Centro de partners',
  ticket: 'por un ticket a Microsoft',
};

const days = { one: 'día', other: 'días' };

export const impact: Words['impact'] = (name) => impacts[name];
export const caseState: Words['caseState'] = (state) => states[state];
export const ending: Words['ending'] = (name) => endings[name];

const left = (n: number): string => (n === 0 ? 'menos de un día' : `${n === 1 ? 'queda' : 'quedan'} ${count(n, days)}`);

const formula: Words['cancel']['refund'] = ({ amount, paid, rule, termDays, usedDays, pieces }) =>
  (rule === 'full' || termDays === undefined
    ? `${money(amount)} (${rule === 'full' ? 'reembolso completo' : 'proporcional por días'})`
    : `${money(amount)} = ${money(paid)} × (${number(termDays)} − ${number(usedDays ?? 0)}) / ${count(termDays, days)}`) +
  (pieces ? `, por ${number(pieces.refundable)} de ${number(pieces.of)}` : '');

export const cancel: Words['cancel'] = {
  begunBy: (name, at, zone) =>
    `${name} ha empezado una cancelación de este pedido (${moment(at, zone)}); todavía es un borrador. Pregunte antes de seguir: solo se puede enviar una.`,
  title: (order) => `Cancelar el pedido ${order}`,
  draftTitle: (order, customer) => `Cancelación del pedido ${order} de ${customer}`,
  whichOrder: (customer) => `¿Qué pedido de ${customer}?`,
  whichLines: '¿Qué hay que cancelar?',
  linesHint: 'Elija una línea, varias o todas: forman un solo caso. Una línea solo se puede devolver entera.',
  wholeOrder: 'Todo el pedido',
  facts: {
    customer: 'Cliente',
    order: 'Pedido',
    item: 'Artículo',
    window: 'Se puede cancelar',
    refund: 'Reembolso',
    ending: 'Cómo',
    state: 'Estado',
    case: 'Caso',
    ticket: 'Ticket',
    amount: 'Importe solicitado',
    by: 'Solicitado por',
    seenBy: 'Clave vista por',
  },
  until: (at, days, zone) => `hasta el ${moment(at, zone)} – ${left(days)}`,
  closed: (at, zone) => `el plazo terminó el ${moment(at, zone)}; Microsoft puede rechazar un ticket`,
  refusedAtOnce: (at, reason) =>
    `El ${day(at)} el Centro de partners se negó a cancelar de inmediato este pedido y volvería a hacerlo. ${withoutFullStop(reason)}. El reembolso se puede pedir a Microsoft con un ticket.`,
  nowRefused: (reason) =>
    `El Centro de partners no lo canceló de inmediato. ${withoutFullStop(reason)}. No se ha cancelado nada y su motivo se conserva: «Por ticket» pide el reembolso a Microsoft.`,
  noWindow: 'no se conoce plazo; decide Microsoft',
  refund: formula,
  unknownRefund: 'el Centro de partners no muestra precio',
  ifGranted: (refund) => `${refund}, si Microsoft lo concede`,
  ticketExists: (id) => `Ya hay en Microsoft un ticket que nombra este pedido: ${id}.`,
  unread: {
    tickets:
      'No pude buscar tickets abiertos en Microsoft. Si alguien puede haber creado uno para este pedido, mire antes en el Centro de partners.',
    offer:
      'No se pudo leer la directiva de cancelación de la propia oferta; el plazo y el reembolso son los de la directiva general de Microsoft.',
  },
  about: (customer, item) => `${customer} · ${item}`,
  summary: (order, customer, back, days) =>
    [
      `Cancelar el pedido ${order} de ${customer}`,
      [...(back ? [`se devuelven ${money(back)}`] : []), ...(days === undefined ? [] : [left(days)])].join(', '),
    ]
      .filter(Boolean)
      .join(': '),
  badge: { left, closed: 'plazo terminado', unknown: 'plazo desconocido' },
  daysUsed: (used, all) => `han pasado ${used} de ${count(all, days)}`,
  back: {
    full: (until, zone) => `se devuelven: reembolso completo si se cancela hasta el ${moment(until, zone)}`,
    prorated: (refund, until, zone) =>
      `se devuelven hoy: ${formula(refund)}; se puede cancelar hasta el ${moment(until, zone)}`,
    granted: (refund) => `se devuelven si Microsoft lo concede: ${formula(refund)}`,
    unknown: 'se pagaron; cuánto se devuelve lo decide Microsoft',
  },
  key: (names) =>
    `La clave se revoca. ${
      names.length > 0 ? `Aquí la han visto: ${names.join('; ')}.` : 'Aquí no la ha visto nadie.'
    } El cliente debe desinstalar el software. Esto no se puede deshacer.`,
  cancelNow: (back) => (back ? `Cancelar ahora: se devuelven ${money(back)}` : 'Cancelar ahora'),
  byTicket: 'Por ticket…',
  remindMe: 'Recordármelo más tarde',
  reasons: {
    edition: 'Edición o versión equivocada',
    twice: 'Pedido dos veces',
    withdrew: 'El cliente desistió',
    quantity: 'Cantidad equivocada',
    other: 'Otro – lo explico abajo',
  },
  choose: 'Elegir',
  moreHint: 'Más para Microsoft, o el motivo con sus palabras: de 10 a 1000 caracteres, mejor en inglés',
  noReason:
    'Eso no es un motivo de reembolso. Elija uno o escríbalo en pocas palabras, o pulse un botón de la tarjeta.',
  changed: {
    amount: (was, now) =>
      `Aún no se ha cancelado nada: el reembolso ha cambiado desde que se mostró esta tarjeta${was && now ? `, de ${money(was)} a ${money(now)}` : ''}. Revíselo y pulse otra vez.`,
    window:
      'Aún no se ha cancelado nada: el plazo de cancelación ha cambiado desde que se mostró esta tarjeta. Revíselo y pulse otra vez.',
    notNow:
      'No se ha cancelado nada: el pedido ya no se puede cancelar de inmediato. «Por ticket» pide el reembolso a Microsoft.',
  },
  effects: 'Cuando termina la cancelación, la clave se revoca y el software se debe desinstalar.',
  questions: {
    tenant: '¿Qué inquilino es? Su GUID o un nombre de dominio.',
    named: '¿Qué pedido o suscripción?',
    reason: '¿Por qué se devuelve?',
    amount: '¿Qué importe se solicita?',
    amountNote: '¿Por qué menos de lo que se pagó?',
    impact: '¿Cuánto afecta a la actividad?',
    title: 'Un título para el ticket',
    contactName: '¿Con quién puede hablar Microsoft?',
    contactEmail: '¿En qué dirección de correo electrónico?',
    contactPhone: '¿En qué número de teléfono?',
  },
  typeOrPress: 'Escriba la respuesta, o rellene el campo y pulse «Siguiente».',
  form: 'Ticket de reembolso',
  formAbout: (order, customer, amount) => [order, customer, ...(amount ? [money(amount)] : [])].join(' · '),
  missing: (missing, filled) => {
    if (missing === 0) return 'Está todo completo. Cambie lo que no sea correcto y revise el ticket.';
    const rest = filled > 0 ? '; lo demás ya está completo' : '';
    return missing === 1 ? `Falta una respuesta${rest}.` : `Faltan ${missing} respuestas${rest}.`;
  },
  filled: {
    title: 'Ya completado',
    done: (done, all) => `${done} de ${all} listos`,
    change: 'Cambiar estos datos',
    contact: 'Contacto',
    all: (amount) => `${amount} (todo lo que se pagó)`,
  },
  reasonHint: 'de 10 a 1000 caracteres, mejor en inglés',
  review: 'Revise la cancelación',
  willCancelNow: (isWholeOrder) =>
    `«Enviar» cancela de inmediato ${isWholeOrder ? 'todo el pedido' : 'esta parte del pedido'} en el Centro de partners. No se puede deshacer.`,
  willFile:
    '«Enviar» crea el ticket con el tipo de problema «CSP purchase/refund on behalf of customers». Donde el Centro de partners solo acepta tickets en su portal, recibe el texto listo para crearlo allí.',
  submit: (name) => (name === 'ticket' ? 'Enviar: crear el ticket' : 'Enviar: cancelar ahora'),
  mayNotSubmit:
    'Puede preparar esta cancelación; la envía un agente de administración. «Traspasar» se la deja: la encuentra en «borradores».',
  caseTitle: (reference, state) => `Cancelación ${reference}: ${state}`,
  stateGivenUp: 'abandonada',
  givenUp:
    'Aquí no se hace nada más. Un ticket abierto en Microsoft sigue abierto y aún puede cancelar el pedido. Para empezar de nuevo, escriba «cancelar» y el número del pedido.',
  stillToFile: (reference) =>
    `Aún hay que crear el ticket a mano en el portal del Centro de partners. Un agente de administración escribe «casos ${reference}» para obtener el texto y el vínculo e indicar el número de la solicitud.`,
  caseText: {
    submitted: 'Está en curso. Esta tarjeta cambia cuando ocurre algo.',
    filing: 'Se está creando el ticket. Esta tarjeta cambiará cuando esté creado.',
    filed: 'Vigilo el pedido y el ticket y le aviso cuando termine la cancelación.',
    cancelling: 'El Centro de partners ha aceptado la cancelación. Le aviso cuando termine.',
    completed:
      'Lo que aquí se nombra está cancelado y la clave está revocada. El cliente debe desinstalar ese software.',
    refused: 'No se ha cancelado nada. Para pedirlo de otra forma, escriba «cancelar» y el número del pedido.',
    needs_person:
      'No puede avanzar por sí solo: lea la nota y consulte el pedido y el ticket en el Centro de partners. Un agente de administración escribe «casos» para continuar desde ahí.',
  },
  notTakenYet:
    'El Centro de partners aún no ha respondido. Sigo intentándolo, también si se reinicia esta aplicación, y le digo cómo termina.',
  nobodySaw: 'nadie aquí, ni en el Centro de partners según sus propios registros',
  viewer: ({ name, keys, downloads, lastAt, isOutside }, zone) => {
    const looks = [...(keys > 0 ? [`${keys} × clave`] : []), ...(downloads > 0 ? [`${downloads} × descarga`] : [])];
    return `${name}${isOutside ? ' (en el Centro de partners)' : ''}: ${looks.join(', ')}, la última vez el ${local(lastAt, zone)}`;
  },
  handOver: {
    title: 'El ticket está listo para crearse en el Centro de partners',
    text: 'El Centro de partners solo acepta tickets nuevos en su portal. Abra el formulario, elija el tipo de problema, copie las partes, añada archivos si los hay, envíelo y escriba aquí el número de la solicitud: lo sigo desde entonces. «casos» vuelve a mostrar esto.',
    refused: (said) => `Aún no se ha cancelado nada. El Centro de partners lo rechazó. ${explainSaid(said)}`,
    closes: (at, zone) => `El plazo de cancelación termina el ${moment(at, zone)}: el ticket se debería crear antes.`,
    closed: (at, zone) =>
      `El plazo de cancelación terminó el ${moment(at, zone)}: Microsoft puede rechazar un ticket que se cree ahora.`,
    issueType: 'Tipo de problema',
    description: 'Descripción',
    contact: 'Contacto',
    ownContact: '(lo que falta: sus propios datos)',
    portal: 'Abrir el formulario',
    portalUrl: 'https://partner.microsoft.com/dashboard/support/csp/servicerequests/create?category=csp',
    numberHint: 'Número que mostró el portal',
  },
  problems: {
    tenant: (customer) => `Ese no es ${customer}. Indique el GUID de su inquilino o uno de sus nombres de dominio.`,
    named: (order) => `Eso corresponde a otro pedido. Indique ${order} o una suscripción suya.`,
    reason: 'Indique un motivo de 10 a 1000 caracteres; Microsoft decide según él.',
    amount: (currency) => `Indique un importe en ${currency}, por ejemplo ${amount(moneyOf(1234.5, currency))}.`,
    amountZero: 'El importe debe ser mayor que cero.',
    amountNote: 'Diga en pocas palabras por qué se solicita menos de lo que se pagó.',
    impact: 'Elija cuánto afecta a la actividad.',
    title: 'Indique un título de 5 a 255 caracteres.',
    contactName: 'Indique nombre y apellidos.',
    contactEmail: 'Indique una dirección de correo electrónico completa, por ejemplo anna@partner.example.',
    contactPhone: 'Indique un número de teléfono con el prefijo del país, por ejemplo +34 91 555 01 00.',
    requestNumber: 'Eso no es un número de solicitud: tiene de 1 a 10, 15 o 16 cifras, o la forma 1-1234567890123.',
  },
  amountNoteHint: 'solo si se solicita menos',
  noMoney: (paid) => `No más de lo que se pagó: ${money(paid)}.`,
};
