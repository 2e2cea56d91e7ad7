import type { Words } from '../words.ts';

export const help: Words['help'] = {
  title: 'Software Desk',
  overview: 'Qué puedo hacer por usted',
  hi: (name) => `Hola${name ? `, ${name}` : ''}.`,
  findHint: 'Nombre, dominio o número',
  hello: (name) =>
    `Hola${name ? `, ${name}` : ''}. Le ayudo a comprar software local para clientes, a obtener claves y descargas y a cancelar compras.`,
  tagline: 'Compras, claves y cancelaciones para sus clientes',
  waiting: (things) => (things === 1 ? 'Un asunto le espera.' : `${things} asuntos le esperan.`),
  intro: 'Escriba una de estas órdenes.',
  mention: 'En un canal, mencióneme primero (@): respondo en el mismo hilo.',
  more: (typed) => `Para saber más de una de ellas, escriba «${typed}».`,
  orType: (examples, all) =>
    `Escriba lo que quiere, por ejemplo ${examples.map((one) => `«${one}»`).join(', ')}. «${all}» lo muestra todo.`,
  aboutOne: (typed) => `Ayuda: ${typed}`,
  what: 'Para qué sirve',
  need: 'Qué necesito',
  example: 'Por ejemplo',
  draft: 'borrador',
  commands: {
    buy: 'pedir software para un cliente',
    software: 'lo que tiene un cliente: «software contoso»',
    orders: 'los pedidos de un cliente: «pedidos contoso»',
    mine: 'lo que ha pedido aquí: «mis pedidos»',
    keys: 'clave y descargas de un pedido, solo para usted',
    leak: 'informar de que otros conocen una clave o una descarga: «filtración 1a2b3c4d5e6f»',
    cancel: 'cancelar un pedido y obtener el reembolso',
    cases: 'las cancelaciones y su estado',
    drafts: 'lo que ha empezado, para continuarlo',
    remind: 'recibir un aviso antes de que un pedido ya no pueda cancelarse',
    approvals: 'qué espera a un segundo agente de administración',
    audit: 'quién hizo qué, para administradores, en el chat personal: «auditoría contoso»',
    doctor: '¿está todo bien configurado? Para administradores, en el chat personal',
    daily: 'un mensaje al día: qué termina y qué espera: «diario 8:00»',
    language: 'en qué idioma escribo: «idioma deutsch»',
    whoami: 'quién es usted para mí y qué puede hacer',
    help: 'esta lista',
  },
  welcome: 'De nada',
  anythingElse: 'Escriba qué quiere hacer ahora, o «ayuda».',
  labels: {
    buy: 'Comprar',
    software: 'Software',
    orders: 'Pedidos',
    mine: 'Mis pedidos',
    keys: 'Claves',
    leak: 'Informar de una filtración',
    cancel: 'Cancelar',
    cases: 'Casos',
    drafts: 'Borradores',
    remind: 'Recordarme',
    approvals: 'Aprobaciones',
    audit: 'Auditoría',
    doctor: 'Diagnóstico',
    daily: 'Mensaje diario',
    language: 'Idioma',
    whoami: '¿Qué puedo hacer?',
    help: 'Ayuda',
  },
  topics: {
    buy: {
      needs:
        'El cliente, el producto y la cantidad. Pregunto lo que falte y no pido nada antes de que usted confirme el precio.',
      examples: ['comprar 10 windows server 2025 standard para contoso', 'comprar contoso'],
    },
    software: { needs: 'El cliente: su nombre o dominio.', examples: ['software contoso', 'software para fabrikam'] },
    orders: { needs: 'El cliente o un número de pedido.', examples: ['pedidos contoso', 'pedidos 1a2b3c4d5e6f'] },
    mine: { needs: 'Nada.', examples: ['mis pedidos', 'mis últimos pedidos'] },
    keys: {
      needs:
        'El número de pedido, o el cliente y el producto. Solo usted ve la clave, y cada consulta queda registrada.',
      examples: ['claves 1a2b3c4d5e6f', 'claves windows server para contoso'],
    },
    leak: {
      needs:
        'El número de pedido. Pregunto qué se ha filtrado antes de bloquear nada. Nada para ver las que no se han levantado.',
      examples: ['filtración 1a2b3c4d5e6f', 'filtración LK-7K2M9Q'],
    },
    cancel: {
      needs:
        'El número de pedido, o el cliente y el producto. Muestro lo que se reembolsa y hasta cuándo, y no cancelo nada sin su confirmación. Para un ticket necesito también un motivo y un contacto.',
      examples: ['cancelar 1a2b3c4d5e6f', 'cancelar office para contoso'],
    },
    cases: {
      needs:
        'Nada para los más recientes; para otros, un cliente, un número de caso o el número de solicitud de un ticket.',
      examples: ['casos', 'casos contoso'],
    },
    drafts: { needs: 'Nada. Los borradores se conservan 30 días.', examples: ['borradores', 'mis borradores'] },
    remind: {
      needs: 'El número de pedido. Le aviso aquí antes de que termine el plazo.',
      examples: ['recordar 1a2b3c4d5e6f', 'recuérdame 1a2b3c4d5e6f'],
    },
    approvals: {
      needs: 'Nada para las que esperan; para otra, su número.',
      examples: ['aprobaciones', 'aprobaciones AP-7K2M9Q'],
    },
    audit: {
      needs: 'Nada para las entradas más recientes; para otras, un cliente, un número de pedido o un periodo.',
      examples: ['auditoría contoso', 'auditoría revisión contoso'],
    },
    doctor: { needs: 'Nada.', examples: ['diagnóstico', 'doctor'] },
    daily: {
      needs: 'Nada, o la hora; «diario desactivar» lo termina. En un canal es para todos.',
      examples: ['diario 8:00', 'diario desactivar'],
    },
    language: {
      needs: 'El idioma: English, polski, Deutsch, français o español. En un equipo o grupo vale para todos.',
      examples: ['idioma deutsch', 'idioma'],
    },
    whoami: { needs: 'Nada.', examples: ['quién soy', 'whoami'] },
    help: { needs: 'Nada, o la orden de la que quiera saber más.', examples: ['ayuda', 'ayuda cancelar'] },
  },
  notUnderstood: (text) => `No he entendido «${text}».`,
  didYouMean: (command) => `¿Quería decir «${command}»?`,
  whoami: {
    title: (name) => `Usted es ${name}`,
    roles: 'Roles',
    none: 'ninguno que yo conozca',
    may: 'Puede',
    nothing:
      'Todavía no puede hacer nada aquí. Pida a un administrador de su cuenta del Centro de partners que le dé un rol.',
    id: 'Id. de objeto de Entra',
  },
};
