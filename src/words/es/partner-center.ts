import { createExplanations } from '../partner-center.ts';

/** What a refusal of Partner Center means, what to do, and what it said itself. */
export const { explainSaid, explainError, quoteSaid, withQuote, withReason } = createExplanations({
  meanings: {
    window: 'El plazo de cancelación ha pasado; con un ticket a Microsoft aún se puede pedir el reembolso.',
    ticket:
      'El Centro de partners no cancela por sí mismo este pedido; con un ticket a Microsoft aún se puede pedir el reembolso.',
    busy: 'Microsoft sigue trabajando en un cambio anterior. Espere, un día como mucho, y vuelva a mirar.',
    subscription:
      'Esto solo se cancela como suscripción: hágalo en el Centro de partners, en las suscripciones del cliente.',
    relationship:
      'No tiene relación de revendedor con este cliente: envíele una solicitud de relación en el Centro de partners.',
    account:
      'Microsoft ha bloqueado la cuenta del cliente o la está revisando: mire el cliente en el Centro de partners o inténtelo más tarde.',
    agreement: 'Antes hay que confirmar que el cliente ha aceptado el Contrato de cliente de Microsoft.',
    qualification:
      'Al cliente le falta una calificación para estos precios: solicítela en el Centro de partners o elija precios comerciales.',
    attestation: 'Falta la declaración que pide Microsoft: haga el pedido de nuevo y confírmela.',
    stock: 'Microsoft no tiene tanto en este momento: pida menos o inténtelo más tarde.',
    missing:
      'El Centro de partners no encuentra de qué se trata. Lo nuevo tarda unos minutos en aparecer; si no, mire en el Centro de partners.',
    right: 'A nuestra cuenta del Centro de partners le falta un permiso: avise a su administrador.',
    unknown: 'Si el motivo no está claro, pregunte al soporte de Microsoft en el Centro de partners.',
  },
  noReason:
    'El Centro de partners no dio ningún motivo. El soporte de Microsoft en el Centro de partners puede averiguarlo.',
  quote: (text) => `Respuesta del Centro de partners: «${text}».`,
});
