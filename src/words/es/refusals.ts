import type { FileFault } from '../../domain/cancellations/ticket-file.ts';
import type { Restriction } from '../../domain/orders/catalog.ts';
import { holdersOf, type Role } from '../../domain/people/staff.ts';
import type { Words } from '../words.ts';
import { country, day, money, rights, roles, withoutFullStop } from './common.ts';
import { explainError, explainSaid, withQuote } from './partner-center.ts';

const oneOf = (held: readonly Role[]): string => held.map((role) => `un ${roles[role]}`).join(' o ');
const allOf = (held: readonly Role[]): string => held.map((role) => roles[role]).join(' y ');

const places = { personal: 'en su chat conmigo', group: 'en otro chat de grupo', channel: 'en otro hilo' };

const fileFaults: Readonly<Record<FileFault, (name: string) => string>> = {
  empty: (name) => `«${name}» está vacío. Revíselo y envíelo de nuevo.`,
  'too-large': (name) =>
    `«${name}» ocupa más de 20 MB. Envíe uno más pequeño, o añádalo en el Centro de partners una vez creado el ticket.`,
  type: (name) =>
    `No acepto «${name}». Envíelo como PDF, PNG, JPEG, Word (docx), Excel (xlsx), correo (msg, eml) o texto (txt, csv); cuenta el contenido del archivo, no su nombre.`,
  damaged: (name) => `«${name}» no se puede abrir: está dañado o incompleto. Envíelo de nuevo.`,
  protected: (name) =>
    `«${name}» está protegido con una contraseña o con permisos, y Microsoft no podría abrirlo. Envíelo sin protección.`,
};

/** One sentence for each no: what is wrong, and what to do next. */
export const refusals: Words['refusals'] = {
  'not-allowed': ({ right, roles: held }) =>
    `Solo ${oneOf(holdersOf[right])} puede ${rights[right]}; ${held.length === 0 ? 'usted no es uno de los agentes del partner' : `su rol es ${allOf(held)}`}. ${insteadOf(right, held)}`,
  'above-limit': ({ total, limit }) =>
    `Los pedidos de más de ${money(limit)} solo los confirma un agente de administración; este cuesta ${money(total)}. Pulse «Traspasar» para que continúe uno de ellos, o pida menos.`,
  'roles-unknown': () => 'Ahora no puedo averiguar su rol, así que no hago nada. Inténtelo de nuevo en un minuto.',
  'not-staff': ({ why }) =>
    why === 'unidentified'
      ? 'No puedo saber quién es usted, así que no hago nada. Escríbame desde su cuenta de trabajo.'
      : 'Solo atiendo al personal del partner, desde su propio inquilino. Pregunte a su contacto en el partner.',
  'not-yours': ({ owner, command }) =>
    command
      ? `Esto pertenece a ${owner}. Escriba «${command}» para obtener su propia tarjeta.`
      : `Esto pertenece a ${owner}. Escriba «ayuda» para empezar algo propio, o pida a ${owner} que continúe.`,
  'waits-for-others': ({ owner, right }) =>
    `${owner} ha traspasado esto y espera a ${oneOf(holdersOf[right])}: nadie más puede ${rights[right]}. Puede verlo y avisar a uno de ellos; lo encuentran en «borradores».`,
  'draft-gone': () => 'Esta tarjeta ha caducado o se ha descartado. Empiece de nuevo; escriba «ayuda» para ver cómo.',
  'draft-elsewhere': ({ owner, where }) =>
    owner
      ? `${owner} continúa con esto en otro lugar. Pregunte a ${owner} cómo va; no hay que empezar nada de nuevo.`
      : `Esto continúa ${where ? places[where] : 'en otro lugar'}: responda allí, o escriba «borradores» para continuar aquí. No hay que empezar nada de nuevo.`,
  'draft-over': ({ title, outcome }) =>
    `«${title}» ha terminado: ${withoutFullStop(outcome)}. Escriba «pedidos» o «casos» para ver más; no hay que empezar nada de nuevo.`,
  'draft-outdated': () =>
    'Esta tarjeta es de antes de una actualización. Empiece de nuevo; con ella no se ha pedido ni cancelado nada.',
  'still-working': () => 'Su última respuesta aún se está procesando. La tarjeta cambiará en cuanto termine.',
  invalid: ({ why }) => why,
  'customer-unknown': ({ text, suggestions, more }) => {
    const similar = suggestions.length > 0 ? ` Parecidos: ${suggestions.join(', ')}.` : '';
    if (more) {
      return `Ningún nombre ni dominio de cliente empieza por «${text}», y hay demasiados para buscar dentro de cada nombre.${similar} Escriba cómo empieza el nombre o el dominio, o el id. del inquilino.`;
    }
    return similar
      ? `Ningún cliente coincide con «${text}».${similar} Escriba uno de ellos, o una parte de otro nombre.`
      : `Ningún cliente coincide con «${text}». Escriba una parte del nombre o del dominio.`;
  },
  'order-unknown': ({ text, tooManyCustomers }) =>
    tooManyCustomers
      ? `No conozco ningún pedido ni suscripción «${text}». Hay demasiados clientes para preguntar por los pedidos de cada uno: escriba «pedidos» y el nombre del cliente, y conoceré los suyos. Un pedido puede tardar 15 minutos en aparecer.`
      : `No he encontrado ningún pedido ni suscripción «${text}». Compruebe el número, o escriba «pedidos» y el nombre del cliente; un pedido puede tardar 15 minutos en aparecer.`,
  'nothing-to-cancel': ({ text }) =>
    `${text} no tiene nada que se pueda cancelar. Escriba «pedidos» y el nombre del cliente para ver lo que hay.`,
  'quantity-out-of-range': ({ minimum, maximum, typed }) =>
    [
      `La cantidad debe ser un número entero de ${minimum} a ${maximum}.`,
      ...(typed ? [`Usted escribió: ${typed.length > 40 ? `${typed.slice(0, 40).toWellFormed()}…` : typed}`] : []),
    ].join(' '),
  'item-unavailable': ({ item }) =>
    `${item || 'Este artículo'} no se puede comprar ahora para este cliente. Vuelva atrás y elija otra edición u otro producto.`,
  'needs-before': ({ item, needs }) =>
    `${item} no se puede pedir aquí. ${needs.map(neededFirst).join(' ')} O elija otra edición u otro producto.`,
  restricted: ({ item, restrictions }) =>
    `Microsoft no vende ahora ${item} a este cliente${notIn(restrictions)}. Elija otra edición u otro producto, inténtelo más tarde o pregunte al soporte de Microsoft en el Centro de partners. Texto original: «${restrictions.map(({ said }) => said).join('; ')}».`,
  'price-unknown': ({ item }) =>
    `La lista de precios del Centro de partners no tiene precio para ${item}, así que no lo pido. Elija otra edición o pídalo en el Centro de partners.`,
  'price-changed': ({ was, now }) =>
    `El precio unitario ha cambiado de ${money(was)} a ${money(now)}. Compruébelo y confirme de nuevo.`,
  'order-declined': ({ said }) =>
    `El Centro de partners lo rechazó. No se ha pedido nada. Pulse «Editar» para cambiar el pedido. ${explainSaid(said)}`,
  'not-software': ({ order }) =>
    `El pedido ${order} no es software local, y solo puedo cancelar ese. Use para ello el Centro de partners.`,
  'order-pending': ({ order }) =>
    `Microsoft aún está procesando el pedido ${order}. Inténtelo de nuevo en unos minutos.`,
  'already-cancelled': ({ order }) =>
    `El pedido ${order}, o la parte que eligió, ya está cancelado; no queda nada por hacer.`,
  'case-open': ({ order, reference }) =>
    `Ya hay una cancelación del pedido ${order}: ${reference}. Escriba «casos» para ver cómo va.`,
  'ticket-of-other-case': ({ number, reference }) =>
    `${reference} ya sigue la solicitud ${number}: un ticket es para un caso. Compruebe el número de nuevo.`,
  'ticket-unknown': ({ number }) =>
    `El Centro de partners no muestra ninguna solicitud ${number}. Compruebe el número de nuevo; si es correcto y solo es nuevo, pulse «Siguiente» otra vez para seguirlo de todos modos.`,
  'ticket-about-other': ({ number, title }) =>
    `La solicitud ${number} («${title}») no nombra ni este caso ni su pedido. Compruebe el número de nuevo; si aun así es el correcto, pulse «Siguiente» otra vez.`,
  'ticket-still-open': ({ number }) =>
    `Microsoft aún trabaja en la solicitud ${number} y puede cancelar el pedido de todos modos. Retírela antes en el Centro de partners; o desista de todos modos: entonces aquí no se hace nada más y no se avisa a nadie de cómo termina.`,
  'never-cancellable': ({ item, publisher }) =>
    `${item} no se puede cancelar: Microsoft no admite devoluciones de software de ${publisher}. Si se pidió por error, pregunte al soporte de Microsoft en el Centro de partners.`,
  'file-bad': ({ name, fault }) => fileFaults[fault](name),
  'too-many-files': ({ limit }) =>
    `Un ticket admite como máximo ${limit} archivos. Quite antes uno, o reúna varios en un solo PDF; de este no se ha guardado nada.`,
  'file-gone': ({ name }) => `${name ? `«${name}»` : 'Ese archivo'} ya no está aquí. Envíelo de nuevo.`,
  'file-owner-gone': () =>
    'La cancelación a la que pertenece este archivo ha terminado. Escriba «casos» para ver cómo terminó.',
  'window-closed': ({ order, closedAt }) =>
    `El pedido ${order} se podía cancelar hasta el ${day(closedAt)}. Para pedir aun así un reembolso a Microsoft, escriba «cancelar ${order}».`,
  'other-content': () =>
    'Esto ya se envió con otro contenido, así que no he hecho nada. Escriba «casos» o «pedidos» para ver el estado actual.',
  'key-revoked': ({ order }) =>
    `Este software del pedido ${order} está cancelado, así que su clave está revocada y sus descargas retiradas. Si el cliente aún lo necesita, escriba «comprar».`,
  'keys-not-offered': ({ order, said }) =>
    withQuote(
      `El Centro de partners no ofrece por API las claves del pedido ${order}. Un agente de administración las encuentra en el Centro de partners: Clientes → el cliente → Software.`,
      said ? [said] : [],
    ),
  'key-not-ready': ({ order }) =>
    `El Centro de partners aún no tiene clave para el pedido ${order}. Un pedido reciente tarda unos minutos; inténtelo de nuevo entonces. Si es más antiguo, mire en el Centro de partners: Clientes → el cliente → Software.`,
  'not-recorded': () =>
    'Cada consulta se registra primero, y eso acaba de fallar. Por eso no se ha obtenido ni mostrado nada. Inténtelo de nuevo dentro de un minuto; si sigue igual, avise a quien se encarga de este bot.',
  'token-refused': ({ why }) =>
    why === 'expired'
      ? 'Ha tardado más de un minuto, por eso no se ha mostrado nada. Pulse el botón otra vez.'
      : why === 'used'
        ? 'Esta solicitud ya se había usado, por eso no se ha mostrado nada. Queda registrado y se avisa a los agentes de administración. Para ver la clave, pulse el botón otra vez.'
        : 'Esta solicitud no la ha hecho usted aquí, por eso no se ha mostrado nada. Cierre la ventana, ábrala de nuevo y pulse el botón.',
  'no-private-way': () =>
    'Aquí no hay forma de mostrarlo en privado, así que no muestro nada. Escríbame en un chat personal.',
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

function insteadOf(right: keyof typeof holdersOf, held: readonly Role[]): string {
  if (held.length === 0)
    return 'Pida un rol a un administrador de su cuenta del Centro de partners, o acuda a un compañero que lo tenga.';
  if (right === 'keys.reveal') {
    return 'Pida a un agente de administración que escriba aquí «claves»; el administrador global del cliente las encuentra en el Centro de administración de Microsoft 365, en Facturación → Sus productos → Software.';
  }
  if (right === 'cancel.submit' || right === 'buy.confirm' || right === 'agreement.confirm')
    return 'Puede prepararlo: pulse «Traspasar» en la tarjeta, o pida a uno de ellos que continúe.';
  if (right === 'buy.prepare' || right === 'cancel.prepare')
    return 'Puede consultar: escriba «software» o «pedidos» y el nombre de un cliente. Para lo demás, acuda a un agente de ventas o de administración.';
  return 'Acuda a un agente de administración.';
}

/** What to say when Partner Center itself fails or declines. `isKept`: something was entered before. */
export const outside: Words['outside'] = (error, { isKept = true } = {}) => {
  const kept = isKept ? 'Lo que escribió se conserva' : 'No se ha empezado nada';
  if (error.kind === 'throttled')
    return `El Centro de partners nos pide ir más despacio. ${kept}; inténtelo de nuevo en un minuto.`;
  if (error.isUncertain)
    return `El Centro de partners no responde en este momento. ${kept}; inténtelo de nuevo en un minuto.`;
  if (error.kind === 'unauthorized')
    return `El Centro de partners ya no acepta nuestro inicio de sesión. Avise a su administrador: hay que renovar el consentimiento. ${kept}.`;
  return `El Centro de partners lo rechazó. ${kept}. ${explainError(error)}`;
};
