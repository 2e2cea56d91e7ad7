import type { ApprovalState } from '../../domain/approvals/approval-state.ts';
import type { FileFault } from '../../domain/cancellations/ticket-file.ts';
import type { Restriction } from '../../domain/orders/catalog.ts';
import type { Limited } from '../../domain/people/limits.ts';
import type { Right, Role } from '../../domain/people/staff.ts';
import type { Words } from '../words.ts';
import { country, day, inTime, money, number, rights, roles, withoutFullStop } from './common.ts';
import { explainError, explainSaid, withQuote } from './partner-center.ts';

const allOf = (held: readonly Role[]): string => held.map((role) => roles[role]).join(' y ');

/** Whom it waits for. Others may have the right too: whoever reads this has none of their roles. */
const holders: Record<Right, string> = {
  look: 'a una persona con un rol en el Centro de partners',
  'buy.prepare': 'a un agente de ventas o a un agente de administración',
  'buy.confirm': 'a un agente de administración',
  'agreement.confirm': 'a un agente de administración',
  'keys.reveal': 'a un agente de administración',
  'leak.report': 'a un agente de administración',
  'cancel.prepare': 'a un agente de ventas o a un agente de administración',
  'cancel.submit': 'a un agente de administración',
  approve: 'a un agente de administración',
  'audit.read': 'a un agente de administración',
  'setup.check': 'a un agente de administración',
};

const places = { personal: 'en su chat conmigo', group: 'en otro chat de grupo', channel: 'en otro hilo' };

export const approvalStates: Record<ApprovalState, string> = {
  waiting: 'en espera',
  approved: 'aprobada',
  rejected: 'rechazada',
  expired: 'caducada',
  withdrawn: 'retirada',
  used: 'aprobada y usada',
};

export const limited: Record<Limited, string> = {
  reveals: 'claves y descargas',
  exports: 'archivos de la auditoría',
  searches: 'búsquedas',
  unknownOrders: 'números de pedido desconocidos',
  drafts: 'conversaciones nuevas',
  pages: 'páginas',
};

const fileFaults: Readonly<Record<FileFault, (name: string) => string>> = {
  empty: (name) => `«${name}» está vacío.\nRevíselo y envíelo de nuevo.`,
  'too-large': (name) =>
    `«${name}» ocupa más de 20 MB.\nEnvíe uno más pequeño, o añádalo en el Centro de partners una vez creado el ticket.`,
  type: (name) =>
    `No acepto «${name}».\nEnvíelo como PDF, PNG, JPEG, Word (docx), Excel (xlsx), correo (msg, eml) o texto (txt, csv); cuenta el contenido del archivo, no su nombre.`,
  damaged: (name) => `«${name}» no se puede abrir: está dañado o incompleto.\nEnvíelo de nuevo.`,
  protected: (name) =>
    `«${name}» está protegido con una contraseña o con permisos, y Microsoft no podría abrirlo.\nEnvíelo sin protección.`,
};

/** For each no: what is wrong, which can be a title, and on the next line what to do. */
export const refusals: Words['refusals'] = {
  'not-allowed': ({ right, roles: held }) =>
    `No tiene permiso para ${rights[right]}.\n${held.length === 0 ? 'Usted no es uno de los agentes del partner' : `Su rol es ${allOf(held)}`}. ${insteadOf(right, held)}`,
  'needs-approval': ({ reference, state, by, why }) => {
    if (state === 'rejected')
      return `${by ?? 'Un agente de administración'} lo ha rechazado (${reference}).\n${why ? `El motivo: ${withoutFullStop(why)}. ` : ''}No se ha hecho nada. Cámbielo y pulse el mismo botón otra vez: entonces se preguntará de nuevo a un agente de administración.`;
    return state === 'asked'
      ? `Esto debe aprobarlo un segundo agente de administración.\nTodavía no se ha hecho nada. Lo he pedido (${reference}) y le diré aquí en qué queda; pulse entonces el mismo botón otra vez.`
      : `Esto espera a un segundo agente de administración (${reference}).\nTodavía no se ha hecho nada. ${by ? `${by} lo está mirando. ` : ''}Le diré aquí en qué queda; pulse entonces el mismo botón otra vez.`;
  },
  'nobody-approves': () =>
    'Esto debe aprobarlo un segundo agente de administración, y no hay ninguno aparte de quienes lo prepararon.\nNo se ha hecho nada. Pida a un administrador que dé ese rol a otra persona.',
  'own-approval': ({ reference }) =>
    `No puede decidir sobre ${reference}: lo pidió o lo preparó usted.\nDígaselo a otro agente de administración; la encontrará en «aprobaciones».`,
  'approval-unknown': ({ reference }) =>
    `No conozco ninguna aprobación ${reference}.\nEscriba «aprobaciones» para ver las que esperan.`,
  'approval-over': ({ reference, state, by }) =>
    `${reference} ya está cerrada: ${approvalStates[state]}${by ? ` (${by})` : ''}.\nSu respuesta no ha cambiado nada. Escriba «aprobaciones» para ver las que esperan.`,
  'approval-claimed': ({ reference, by }) =>
    `${by} está mirando ${reference}.\nPregunte a ${by} o espere al recordatorio: después vuelve a estar libre.`,
  'reason-missing': () => 'Escriba por qué, en pocas palabras.\nLo leerá quien lo pidió.',
  'reason-short': ({ atLeast }) =>
    `Escriba por qué, con ${number(atLeast)} caracteres o más.\nLo leerán los demás agentes de administración, y queda en el registro de auditoría.`,
  'too-many': ({ what, seconds, isEverybody }) =>
    `${isEverybody ? 'Entre todos han' : 'Ha'} pedido demasiado en poco tiempo (${limited[what]}).\nInténtelo de nuevo ${inTime(seconds)}. No se ha hecho nada.`,
  'above-limit': ({ total, limit }) =>
    `Los pedidos de más de ${money(limit)} solo los confirma un agente de administración.\nEste cuesta ${money(total)}. Pulse «Traspasar» para que continúe uno de ellos, o pida menos.`,
  'roles-unknown': () => 'Ahora no puedo averiguar su rol.\nNo se ha hecho nada. Inténtelo de nuevo en un minuto.',
  'not-staff': ({ why }) =>
    why === 'unidentified'
      ? 'No puedo saber quién es usted, así que no hago nada.\nEscríbame desde su cuenta de trabajo.'
      : 'Solo atiendo al personal del partner, desde su propio inquilino.\nPregunte a su contacto en el partner.',
  'not-yours': ({ owner, command }) =>
    command
      ? `Esto pertenece a ${owner}.\nEscriba «${command}» para obtener su propia tarjeta.`
      : `Esto pertenece a ${owner}.\nEscriba «ayuda» para empezar algo propio, o pida a ${owner} que continúe.`,
  'waits-for-others': ({ owner, right }) =>
    `${owner} ha traspasado esto, que espera ${holders[right]}.\nUsted no tiene permiso para ${rights[right]}. Puede verlo y avisar a esa persona; lo encuentra en «borradores».`,
  'draft-gone': () => 'Esta tarjeta ha caducado o se ha descartado.\nEmpiece de nuevo; escriba «ayuda» para ver cómo.',
  'draft-elsewhere': ({ owner, where }) =>
    owner
      ? `${owner} continúa con esto en otro lugar.\nPregunte a ${owner} cómo va; no hay que empezar nada de nuevo.`
      : `Esto continúa ${where ? places[where] : 'en otro lugar'}.\nResponda allí, o escriba «borradores» para continuar aquí. No hay que empezar nada de nuevo.`,
  'draft-over': ({ title, outcome }) =>
    `«${title}» ha terminado: ${withoutFullStop(outcome)}.\nEscriba «pedidos» o «casos» para ver más; no hay que empezar nada de nuevo.`,
  'draft-outdated': () =>
    'Esta tarjeta es de antes de una actualización.\nEmpiece de nuevo; con ella no se ha pedido ni cancelado nada.',
  'still-working': () => 'Su última respuesta aún se está procesando.\nLa tarjeta cambiará en cuanto termine.',
  invalid: ({ why }) => why,
  'customer-unknown': ({ text, suggestions, more }) => {
    const similar = suggestions.length > 0 ? `Parecidos: ${suggestions.join(', ')}. ` : '';
    if (more) {
      return `Ningún nombre ni dominio de cliente empieza por «${text}», y hay demasiados para buscar dentro de cada nombre.\n${similar}Escriba cómo empieza el nombre o el dominio, o el id. del inquilino.`;
    }
    return similar
      ? `Ningún cliente coincide con «${text}».\n${similar}Escriba uno de ellos, o una parte de otro nombre.`
      : `Ningún cliente coincide con «${text}».\nEscriba una parte del nombre o del dominio.`;
  },
  'order-unknown': ({ text, tooManyCustomers }) =>
    tooManyCustomers
      ? `No conozco ningún pedido ni suscripción «${text}».\nHay demasiados clientes para preguntar por los pedidos de cada uno: escriba «pedidos» y el nombre del cliente, y conoceré los suyos. Un pedido puede tardar 15 minutos en aparecer.`
      : `No he encontrado ningún pedido ni suscripción «${text}».\nCompruebe el número, o escriba «pedidos» y el nombre del cliente; un pedido puede tardar 15 minutos en aparecer.`,
  'nothing-to-cancel': ({ text }) =>
    `${text} no tiene nada que se pueda cancelar.\nEscriba «pedidos» y el nombre del cliente para ver lo que hay.`,
  'quantity-out-of-range': ({ minimum, maximum, typed }) =>
    [
      `La cantidad debe ser un número entero de ${number(minimum)} a ${number(maximum)}.`,
      ...(typed ? [`Usted escribió: ${typed.length > 40 ? `${typed.slice(0, 40).toWellFormed()}…` : typed}`] : []),
    ].join('\n'),
  'item-unavailable': ({ item }) =>
    `${item || 'Este artículo'} no se puede comprar ahora para este cliente.\nVuelva atrás y elija otra edición u otro producto.`,
  'needs-before': ({ item, needs }) =>
    `${item} no se puede pedir aquí.\n${needs.map(neededFirst).join(' ')} O elija otra edición u otro producto.`,
  restricted: ({ item, restrictions }) =>
    `Microsoft no vende ahora ${item} a este cliente${notIn(restrictions)}.\nElija otra edición u otro producto, inténtelo más tarde o pregunte al soporte de Microsoft en el Centro de partners. Texto original: «${restrictions.map(({ said }) => said).join('; ')}».`,
  'price-unknown': ({ item }) =>
    `La lista de precios del Centro de partners no tiene precio para ${item}.\nSin precio no lo pido. Elija otra edición o pídalo en el Centro de partners.`,
  'price-changed': ({ was, now }) =>
    `El precio unitario ha cambiado de ${money(was)} a ${money(now)}.\nCompruébelo y confirme de nuevo.`,
  'order-declined': ({ said }) =>
    `El Centro de partners lo rechazó.\nNo se ha pedido nada. Pulse «Editar» para cambiar el pedido. ${explainSaid(said)}`,
  'not-software': ({ order }) =>
    `El pedido ${order} no es software local.\nSolo puedo cancelar ese. Use para ello el Centro de partners.`,
  'order-pending': ({ order }) =>
    `Microsoft aún está procesando el pedido ${order}.\nInténtelo de nuevo en unos minutos.`,
  'already-cancelled': ({ order }) =>
    `El pedido ${order}, o la parte que eligió, ya está cancelado.\nNo queda nada por hacer.`,
  'case-open': ({ order, reference }) =>
    `Ya hay una cancelación del pedido ${order}: ${reference}.\nEscriba «casos» para ver cómo va.`,
  'ticket-of-other-case': ({ number, reference }) =>
    `${reference} ya sigue la solicitud ${number}.\nUn ticket es para un solo caso. Compruebe el número de nuevo.`,
  'ticket-unknown': ({ number }) =>
    `El Centro de partners no muestra ninguna solicitud ${number}.\nCompruebe el número de nuevo; si es correcto y la solicitud es muy reciente, pulse «Siguiente» otra vez para seguirla de todos modos.`,
  'ticket-about-other': ({ number, title }) =>
    `La solicitud ${number} («${title}») no nombra ni este caso ni su pedido.\nCompruebe el número de nuevo; si aun así es el correcto, pulse «Siguiente» otra vez.`,
  'ticket-still-open': ({ number }) =>
    `Microsoft aún trabaja en la solicitud ${number}.\nEl pedido puede cancelarse de todos modos. Retire antes la solicitud en el Centro de partners; o abandone el caso de todos modos: entonces aquí no se hace nada más y no se avisa a nadie de cómo termina.`,
  'never-cancellable': ({ item, publisher }) =>
    `${item} no se puede cancelar: Microsoft no admite devoluciones de software de ${publisher}.\nSi se pidió por error, pregunte al soporte de Microsoft en el Centro de partners.`,
  'file-bad': ({ name, fault }) => fileFaults[fault](name),
  'too-many-files': ({ limit }) =>
    `Un ticket admite como máximo ${limit} archivos.\nQuite antes uno, o reúna varios en un solo PDF; de este no se ha guardado nada.`,
  'file-not-fetched': ({ name }) => `No se ha podido obtener «${name}» de Teams.\nEnvíelo de nuevo.`,
  'file-not-given': () => 'No se ha podido guardar el archivo en su OneDrive.\nPulse otra vez «Exportar como CSV».',
  'file-gone': ({ name }) => `${name ? `«${name}»` : 'Ese archivo'} ya no está aquí.\nEnvíelo de nuevo.`,
  'file-owner-gone': () =>
    'La cancelación a la que pertenece este archivo ha terminado.\nEscriba «casos» para ver cómo terminó.',
  'window-closed': ({ order, closedAt }) =>
    `El pedido ${order} se podía cancelar hasta el ${day(closedAt)}.\nPara pedir aun así un reembolso a Microsoft, escriba «cancelar ${order}».`,
  'other-content': () =>
    'Esto ya se envió con otro contenido.\nAhora no se ha hecho nada. Escriba «casos» o «pedidos» para ver el estado actual.',
  'leak-reported': ({ order, reference, by, at }) =>
    `Las claves y descargas del pedido ${order} están bloqueadas.\n${by} informó de una filtración el ${day(at)} (${reference}). Escriba «filtración ${reference}» para verla; la puede levantar un agente de administración que no sea ${by}.`,
  'leak-unknown': ({ reference }) =>
    `No conozco ninguna filtración ${reference}.\nEscriba «filtración» para ver las que no se han levantado.`,
  'own-leak': ({ reference }) =>
    `Usted informó de ${reference}, así que no puede levantarla.\nPídaselo a otro agente de administración; la encuentra en «filtración».`,
  'key-revoked': ({ order }) =>
    `Este software del pedido ${order} está cancelado.\nSu clave está revocada y sus descargas retiradas. Si el cliente aún lo necesita, escriba «comprar».`,
  'keys-not-offered': ({ order, said }) =>
    withQuote(
      `El Centro de partners no ofrece por API las claves del pedido ${order}.\nUn agente de administración las encuentra en el Centro de partners: Clientes → el cliente → Software.`,
      said ? [said] : [],
    ),
  'key-not-ready': ({ order }) =>
    `El Centro de partners aún no tiene clave para el pedido ${order}.\nUn pedido reciente tarda unos minutos; inténtelo de nuevo entonces. Si es más antiguo, mire en el Centro de partners: Clientes → el cliente → Software.`,
  'not-recorded': () =>
    'No se ha mostrado nada: no se pudo registrar la consulta.\nCada consulta se registra primero, por eso no se ha obtenido nada. Inténtelo de nuevo dentro de un minuto; si sigue igual, avise a quien se encarga de este bot.',
  'audit-unwritable': () =>
    'No se ha hecho nada: no se puede escribir en el registro de auditoría.\nLo que cuesta dinero, envía una solicitud o muestra una clave se anota allí en el mismo paso. Inténtelo de nuevo dentro de un minuto; si sigue igual, avise a quien se encarga de este bot.',
  'token-refused': ({ why }) =>
    why === 'expired'
      ? 'Ha tardado más de un minuto, por eso no se ha mostrado nada.\nPulse el botón otra vez.'
      : why === 'used'
        ? 'Esta solicitud ya se había usado, por eso no se ha mostrado nada.\nQueda registrado y se avisa a los agentes de administración. Para ver la clave, pulse el botón otra vez.'
        : 'Esta solicitud no la ha hecho usted aquí, por eso no se ha mostrado nada.\nCierre la ventana, ábrala de nuevo y pulse el botón.',
  'no-private-way': () =>
    'Aquí no hay forma de mostrarlo en privado.\nPor eso no se muestra nada. Escríbame en un chat personal.',
};

/** What must be there before an edition may be bought, by Partner Center's name for it; and where to see to that. */
const prerequisites: Readonly<Record<string, string>> = {
  azuresubscriptionregistration:
    'Se compra para una suscripción de Azure del cliente que esté registrada para ello: registre la suscripción en Azure Portal y haga el pedido en el Centro de partners, donde se elige.',
  microsoftcustomeragreement:
    'El cliente debe haber aceptado antes el Contrato de cliente de Microsoft: confírmelo en el Centro de partners (Clientes → el cliente → Cuenta).',
  microsoftcloudagreement:
    'El cliente debe haber aceptado antes el Contrato de Microsoft Cloud: confírmelo en el Centro de partners (Clientes → el cliente → Cuenta).',
  inventorycheck: 'Microsoft debe tenerlo en existencias: búsquelo en el catálogo del Centro de partners.',
};

function neededFirst(name: string): string {
  const known = prerequisites[name.replaceAll('_', '').toLowerCase()];
  return (
    known ?? `El Centro de partners pide antes algo que llama «${name}»: haga el pedido allí, donde se explica mejor.`
  );
}

function notIn(restrictions: readonly Restriction[]): string {
  const found = restrictions.flatMap((one) => one.places ?? []).map(country);
  return found.length > 0 ? `: en este momento no está disponible en ${[...new Set(found)].join(', ')}` : '';
}

function insteadOf(right: Right, held: readonly Role[]): string {
  if (held.length === 0)
    return 'Pida un rol a un administrador de su cuenta del Centro de partners, o acuda a un compañero que lo tenga.';
  if (right === 'keys.reveal') {
    return 'Pida a un agente de administración que escriba aquí «claves»; un administrador del cliente las encuentra en el Centro de administración de Microsoft 365, en Facturación → Sus productos → Software.';
  }
  if (right === 'cancel.submit' || right === 'buy.confirm' || right === 'agreement.confirm')
    return 'Puede prepararlo: pulse «Traspasar» en la tarjeta, o pida a un agente de administración que continúe.';
  if (right === 'buy.prepare' || right === 'cancel.prepare')
    return 'Puede consultar: escriba «software» o «pedidos» y el nombre de un cliente. Para lo demás, acuda a un agente de ventas o a un agente de administración.';
  return 'Acuda a un agente de administración.';
}

/** What to say when Partner Center itself fails or declines. `isKept`: something was entered before. */
export const outside: Words['outside'] = (error, { isKept = true } = {}) => {
  const kept = isKept ? 'Lo que escribió se conserva' : 'No se ha empezado nada';
  if (error.kind === 'throttled')
    return `El Centro de partners nos pide ir más despacio.\n${kept}; inténtelo de nuevo en un minuto.`;
  if (error.isUncertain)
    return `El Centro de partners no responde en este momento.\n${kept}; inténtelo de nuevo en un minuto.`;
  if (error.kind === 'unauthorized')
    return `El Centro de partners ya no acepta nuestro inicio de sesión.\nAvise a su administrador: hay que renovar el consentimiento. ${kept}.`;
  return `El Centro de partners lo rechazó.\n${kept}. ${explainError(error)}`;
};
