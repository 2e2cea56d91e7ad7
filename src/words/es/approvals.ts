import type { ApprovalStepKind, Reviewed } from '../../domain/approvals/approval.ts';
import type { Words } from '../words.ts';
import { ending } from './cancel.ts';
import { moment, money } from './common.ts';
import { approvalStates } from './refusals.ts';

const kinds: Record<Reviewed['kind'], string> = {
  order: 'pedido',
  cancellation: 'cancelación',
  reveals: 'claves y descargas',
};

const amountNotes: Record<Reviewed['kind'], string> = {
  order: 'neto, a los precios de abajo',
  cancellation: 'se devuelve',
  reveals: '',
};

const explained: Record<Reviewed['kind'], string> = {
  order:
    'Este pedido solo se hace si lo aprueba un segundo agente de administración. Se aprueba exactamente esto y una vez: otra cantidad u otro precio necesita una aprobación nueva.',
  cancellation:
    'Esta cancelación solo empieza si la aprueba un segundo agente de administración. Se aprueba exactamente esto y una vez: otro importe u otro motivo necesita una aprobación nueva.',
  reveals:
    'Esta persona ha visto en una hora tantas claves y descargas como permite la directiva. Con la aprobación puede ver otras tantas.',
};

const steps: Record<ApprovalStepKind, string> = {
  asked: 'pedida',
  claimed: 'asumida',
  commented: 'comentada',
  approved: 'aprobada',
  rejected: 'rechazada',
  reminded: 'nadie había decidido: se envió un recordatorio',
  expired: 'caducada',
  withdrawn: 'retirada, porque se cambió o se descartó',
  used: 'usada',
};

const toldOf: Record<ApprovalStepKind, (by: string, title: string) => string> = {
  asked: (_by, title) => `Pedida: ${title}`,
  claimed: (by, title) => `${by} lo está mirando: ${title}`,
  commented: (by, title) => `${by} tiene un comentario. ${title}`,
  approved: (by, title) => `Aprobada por ${by}. ${title}`,
  rejected: (by, title) => `Rechazada por ${by}. ${title}`,
  reminded: (_by, title) => `Nadie ha decidido todavía, así que se envió un recordatorio. ${title}`,
  expired: (_by, title) => `No se decidió a tiempo. ${title}`,
  withdrawn: (_by, title) => `Retirada: ${title}`,
  used: (_by, title) => `Usada: ${title}`,
};

const nowUse: Record<Reviewed['kind'], (until: string) => string> = {
  order: (until) =>
    `Todavía no se ha pedido nada: ábralo y pulse «Confirmar» antes del ${until}. El precio se comprueba una vez más.`,
  cancellation: (until) => `Todavía no se ha cancelado nada: ábralo y envíelo antes del ${until}.`,
  reveals: (until) => `Puede continuar antes del ${until}: ábralo y pida la clave otra vez.`,
};

export const approvals: Words['approvals'] = {
  list: 'Aprobaciones',
  none: 'Nada espera aprobación.',
  title: (reference, of) => `Aprobación ${reference}: ${kinds[of]}`,
  again: (title) => `Sigue en espera: ${title}`,
  amountNote: (of) => amountNotes[of],
  what: (of) => explained[of],
  ending,
  states: approvalStates,
  claimed: 'asumida',
  claimedBy: (name) => `${name} lo está mirando.`,
  unclaimed: 'Nadie la ha asumido todavía.',
  until: (at, zone) => `Espera hasta el ${moment(at, zone)}.`,
  facts: {
    requester: 'Pedido por',
    customer: 'Cliente',
    preparer: 'Preparado por',
    order: 'Pedido',
    item: 'Artículo',
    reason: 'Motivo',
    ending: 'Cómo',
    most: 'Cuántas más',
  },
  story: ({ step, at, by, text }, zone) =>
    `${moment(new Date(at), zone)}: ${steps[step]}${by ? ` (${by.name})` : ''}${text ? `: ${text}` : ''}`,
  told: ({ step, by }, title) => toldOf[step](by?.name ?? '', title),
  said: (text) => `«${text}»`,
  nowUse: (of, at, zone) => nowUse[of](moment(at, zone)),
  nothingDone: 'No se ha hecho nada.',
  untold: (title) => `No se ha podido avisar a nadie: ${title}`,
  untoldText:
    'No puedo localizar a ningún otro agente de administración. Diga a uno de ellos que espera en «aprobaciones».',
  elsewhere: 'Viene de una conversación privada, así que solo se muestra en el chat personal conmigo.',
  /** In the audit log. */
  tell: ({ reference, step, about }) =>
    `Aprobación ${reference} (${kinds[about.of]}, ${about.customer}${about.amount ? `, ${money(about.amount)}` : ''}, pedida por ${about.requester}): ${steps[step]}`,
};
