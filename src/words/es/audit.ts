import type { AuditEntry, AuditSubject, Decision } from '../../domain/audit/audit.ts';
import type { CaseEvent } from '../../domain/cancellations/case-event.ts';
import type { RefusedReveal } from '../../domain/keys/key-reveals.ts';
import type { Words } from '../words.ts';
import { approvals } from './approvals.ts';
import { caseState } from './cancel.ts';
import { day, money, number, rights, roles } from './common.ts';
import { differences } from './differences.ts';
import { leaks } from './leaks.ts';
import { caseChange, orderReason } from './reasons.ts';
import { limited } from './refusals.ts';

const shown = {
  key: 'Clave de producto mostrada',
  download: 'Descarga mostrada',
  link: 'Vínculo de descarga mostrado',
};
const asked = {
  key: 'Clave de producto solicitada',
  download: 'Descarga solicitada',
  link: 'Vínculo de descarga solicitado',
};
const refused = {
  key: 'Clave de producto denegada',
  download: 'Descarga denegada',
  link: 'Vínculo de descarga denegado',
};

const refusedLooks: Record<RefusedReveal['refusal'], string> = {
  used: 'solicitud de un solo uso ya usada',
  'other-person': 'solicitud de un solo uso de otra persona',
};

const orderStates = {
  accepted: 'el Centro de partners aún no ha respondido',
  ordered: 'pedido realizado',
  declined: 'rechazado, no se ha pedido nada',
  needs_person: 'hay que revisarlo: no está claro si se pidió',
};

const caseStep = (state: CaseEvent['from']): string => (state && state !== 'draft' ? caseState(state) : 'borrador');

const strangers: Record<Extract<Decision, { kind: 'refused-stranger' }>['why'], string> = {
  guest: 'un invitado',
  'other-tenant': 'de otra organización',
  unidentified: 'no se sabe quién',
  'no-role': 'sin rol en el Centro de partners',
  'other-token': 'inició sesión con un token que no es para estas páginas',
};

function tellDecision(decision: Decision): string {
  switch (decision.kind) {
    case 'refused':
      return `Rechazado, falta el derecho: ${rights[decision.right]}`;
    case 'refused-amount':
      return `Rechazado: un pedido de ${money(decision.total)}, por encima del límite de ${money(decision.limit)}`;
    case 'handed-over':
      return `Entregado: ${decision.title ?? 'un borrador'}`;
    case 'taken-over':
      return `Asumido de ${decision.from}: ${decision.title ?? 'un borrador'}`;
    case 'approval':
      return approvals.tell(decision);
    case 'refused-often':
      return `Rechazado: demasiado en poco tiempo (${limited[decision.what]})`;
    case 'refused-stranger':
      return `Rechazado: no es del personal (${strangers[decision.why]})`;
    case 'role-lost':
      return `Ha perdido un rol: ${decision.lost.map((role) => roles[role]).join(', ')}`;
    case 'refused-leak':
      return leaks.refused(decision.reference, decision.order);
    case 'signed-in':
      return 'Inicio de sesión en las páginas web';
    case 'policy':
      return decision.file === undefined
        ? 'Se aplican las reglas incorporadas'
        : `Se aplican las reglas del archivo ${decision.file}`;
  }
}

function decisionMore(decision: Decision): string {
  if (decision.kind === 'role-lost' && decision.held.length > 0)
    return `conserva: ${decision.held.map((role) => roles[role]).join(', ')}`;
  if (decision.kind === 'approval') return decision.text ?? '';
  return decision.kind === 'policy' ? `huella ${decision.fingerprint.slice(0, 12)}` : '';
}

/** What was done, in one line; who and when are told beside it. */
function tell(entry: AuditEntry): string {
  switch (entry.kind) {
    case 'order':
      return `Pedido confirmado: ${number(entry.quantity)} × ${entry.itemTitle} por ${money(entry.total)}`;
    case 'secret':
      if (entry.refusal) return `${refused[entry.what]} (${refusedLooks[entry.refusal]}): ${entry.item}`;
      return entry.isWithdrawn
        ? `${asked[entry.what]}, pero no se mostró nada: ${entry.item}`
        : `${shown[entry.what]}: ${entry.item}`;
    case 'case':
      return entry.from === entry.to
        ? `Cancelación ${entry.reference}: ${caseStep(entry.to)}`
        : `Cancelación ${entry.reference}: ${caseStep(entry.from)} → ${caseStep(entry.to)}`;
    case 'reminder':
      return entry.choice === 'keep'
        ? 'Pedido conservado: sin más recordatorios'
        : 'Recordatorio aplazado al último día';
    case 'agreement':
      return `Declarado a Microsoft: ${entry.contact.firstName} ${entry.contact.lastName} aceptó el Contrato de cliente el ${day(entry.agreedAt)}`;
    case 'outside':
      return leaks.outside(entry);
    case 'leak':
      return leaks.tell(entry);
    case 'decision':
      return tellDecision(entry.decision);
    case 'difference':
      return differences.tell(entry.difference, entry.orderNumbers[0]);
    case 'export':
      return 'Registro de auditoría descargado como archivo';
  }
}

/** How it ended, or why it was done. */
function more(entry: AuditEntry): string {
  switch (entry.kind) {
    case 'order':
      return entry.reason
        ? `${orderStates[entry.state]}: ${orderReason(entry.reason, entry.state)}`
        : orderStates[entry.state];
    case 'secret':
      return entry.times !== undefined && entry.times > 1 ? `solicitado ${number(entry.times)} veces` : '';
    case 'reminder':
      return '';
    case 'case':
      return caseChange(entry.change);
    case 'agreement':
      return `${entry.contact.email} · ${entry.isTaken ? 'Microsoft lo ha registrado' : 'no se sabe si Microsoft lo ha registrado'}`;
    case 'outside':
      return '';
    case 'leak':
      return entry.text ?? '';
    case 'decision':
      return decisionMore(entry.decision);
    case 'difference':
      return entry.settledAt ? differences.settled(entry.settledAt) : '';
    case 'export':
      return [entry.since, entry.before].map((at) => (at ? day(at) : '…')).join(' – ');
  }
}

/** Typed behind the command; one word each. */
const subjects: Record<AuditSubject, string> = {
  orders: 'pedidos',
  keys: 'claves',
  cancellations: 'cancelaciones',
  agreements: 'contratos',
  exports: 'exportaciones',
  reminders: 'recordatorios',
  leaks: 'filtraciones',
  refusals: 'rechazos',
  approvals: 'aprobaciones',
  handovers: 'traspasos',
  'sign-ins': 'accesos',
  roles: 'roles',
  policies: 'directivas',
};

export const audit: Words['audit'] = {
  subjects,
  /** Typed before the name of whoever did it. */
  by: 'por',
  narrowed: (title, { subject, person }) =>
    [title, subject && subjects[subject], person && `por ${person}`].filter(Boolean).join(' · '),
  offered: 'En nuestro propio chat pregunto si puedo guardar el archivo en su OneDrive.',
  noFileOfOrder:
    'Hay un archivo de todo el registro o de un cliente, de todos los días o de algunos. El de un pedido solo se muestra aquí.',
  notOffered:
    'Ahora no puedo preguntarle en nuestro propio chat. Escríbame allí u obtenga el archivo en la pestaña Desk.',
  declined: 'No se ha creado ningún archivo.',
  cut: (size) =>
    `El archivo termina después de los ${size} más recientes. Elija menos días para entradas anteriores u obtenga todo en la pestaña Desk.`,
  several: (text, names, more) =>
    `Varios clientes coinciden con «${text}»: ${names.join(', ')}${more ? ' y otros' : ''}. Escriba el nombre completo o el dominio.`,
  title: 'Registro de auditoría',
  of: (customer) => `Registro de auditoría de ${customer}`,
  ofOrder: (order, customer) => `Registro de auditoría del pedido ${order} de ${customer}`,
  nothing: 'No hay nada registrado: ningún pedido, clave o descarga, cancelación ni contrato.',
  on: (title, first, last) =>
    first.getTime() === last.getTime() ? `${title}, ${day(first)}` : `${title}, del ${day(first)} al ${day(last)}`,
  nothingOfThat: 'No hay nada registrado de ese tipo o de esa persona. Lo demás no figura aquí.',
  nothingThen: 'En esos días no hay nada registrado: ningún pedido, clave o descarga, cancelación ni contrato.',
  scope:
    'Lo que se hizo aquí, y quién consultó claves y vínculos de descarga en el propio Centro de partners, según sus registros.',
  elsewhere:
    'El registro de auditoría solo lo muestro en el chat personal. Pulse aquí mi nombre y elija el chat, o búsqueme en «Aplicaciones»; después escriba allí «auditoría».',
  entry: tell,
  more,
  ours: 'Software Desk',
  about: (orders) => `pedido ${orders.join(', ')}`,
  older: 'Siguiente: más antiguas',
  newer: 'Atrás: más recientes',
  shown: (first, last, isEnd) =>
    `${first === last ? `Entrada ${first}` : `Entradas ${first} a ${last}`}, primero las más recientes. ${isEnd ? 'Este es el final.' : 'Hay más antiguas.'} Lo que llegue ahora se muestra al escribir «auditoría» de nuevo.`,
};
