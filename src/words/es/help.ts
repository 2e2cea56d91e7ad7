import type { Words } from '../words.ts';

export const help: Words['help'] = {
  title: 'Software Desk',
  hello: (name) =>
    `Hola${name ? `, ${name}` : ''}. Le ayudo a comprar software local para clientes, a obtener claves y descargas y a cancelar compras.`,
  intro: 'Escriba una de estas órdenes. En un canal, mencióneme primero (@): respondo en el mismo hilo.',
  commands: {
    buy: 'pedir software para un cliente',
    software: 'lo que tiene un cliente: «software contoso»',
    orders: 'los pedidos de un cliente: «pedidos contoso»',
    mine: 'lo que ha pedido aquí: «mis pedidos»',
    keys: 'clave y descargas de un pedido, solo para usted',
    cancel: 'cancelar un pedido y obtener el reembolso',
    cases: 'las cancelaciones y su estado',
    drafts: 'lo que ha empezado, para continuarlo',
    remind: 'recibir un aviso antes de que un pedido ya no pueda cancelarse',
    audit: 'quién hizo qué, para administradores, en el chat personal: «auditoría contoso»',
    language: 'en qué idioma escribo: «idioma deutsch»',
    whoami: 'quién es usted para mí y qué puede hacer',
    help: 'esta lista',
  },
  welcome: 'De nada',
  anythingElse: 'Escriba qué quiere hacer ahora, o «ayuda».',
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
