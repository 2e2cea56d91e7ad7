import type { KeyReveal } from '../../domain/keys/key-reveals.ts';
import type { Leaked } from '../../domain/leaks/leak.ts';
import type { Words } from '../words.ts';
import { moment, number } from './common.ts';

const leakedKinds: Record<Leaked, string> = {
  key: 'clave de producto',
  link: 'vínculo de descarga',
  both: 'ambos, o no se sabe cuál',
};

const seen: Record<KeyReveal['what'], string> = {
  key: 'Clave de producto',
  download: 'Descarga',
  link: 'Vínculo de descarga',
};

export const leaks: Words['leaks'] = {
  list: 'Filtraciones',
  notReported: 'No se informó de nada ni se bloqueó nada.',
  none: 'No hay ninguna filtración abierta: no hay nada bloqueado.',
  ask: (order) => `Informar de una filtración: pedido ${order}`,
  consequence:
    'En cuanto informe de ella, ya no se muestran a nadie claves ni descargas de este pedido, y se avisa a los demás agentes de administración. Solo otro agente de administración puede levantarla.',
  kinds: leakedKinds,
  title: (reference, order) => `Filtración ${reference}: pedido ${order}`,
  frozen: 'bloqueado',
  lifted: 'levantada',
  now: 'Las claves y descargas de este pedido no se muestran a nadie.',
  askThem: 'Pregunte a quienes las vieron adónde han podido llegar.',
  whatToDo:
    'Avise al cliente. Pida a Microsoft una clave nueva con una solicitud de servicio en el Centro de partners.',
  liftedBy: (name, at, zone) => `Levantada por ${name}, ${moment(at, zone)}.`,
  said: (text) => `«${text}»`,
  facts: { leaked: 'Qué', reporter: 'Informó', remark: 'Observación' },
  seenBy: (name) => `Visto por ${name}`,
  look: ({ what, item, isOutside }) =>
    [`${seen[what]}${isOutside ? ' (en el Centro de partners)' : ''}`, item].filter(Boolean).join(': '),
  looked: ({ times, firstAt, lastAt }, zone) =>
    times === 1
      ? `una vez, ${moment(lastAt, zone)}`
      : `${number(times)} veces, del ${moment(firstAt, zone)} al ${moment(lastAt, zone)}`,
  moreLooks: (left) => `Hay ${number(left)} más en el registro de auditoría del pedido.`,
  nobodyLooked: 'Aquí no se mostró a nadie ninguna clave ni descarga de este pedido.',
  looksElsewhere: 'Quién las consultó solo se muestra en el chat personal conmigo.',
  otherLifts: (name) =>
    `Para mostrarlas de nuevo, un agente de administración que no sea ${name} escribe el motivo y pulsa «Levantar».`,
  tell: ({ reference, leaked, step }) =>
    step === 'lifted'
      ? `Filtración ${reference} levantada`
      : `Se informó de la filtración ${reference}: ${leakedKinds[leaked]}`,
  outside: ({ what, item }) => `Consultado en el Centro de partners: ${[seen[what], item].filter(Boolean).join(' ')}`,
  refused: (reference, order) =>
    `Rechazado: las claves y descargas del pedido ${order} están bloqueadas (${reference})`,
};
