import type { Words } from '../words.ts';
import { count, size } from './common.ts';

export const files: Words['files'] = {
  label: 'Archivos',
  title: (order, customer) => `Archivos del ticket sobre el pedido ${order} de ${customer}`,
  which: '¿A qué cancelación pertenece esto?',
  whichText: 'Lo guardo durante una hora, hasta que lo diga.',
  added: (name) => `«${name}» va ahora con el ticket.`,
  kept: (name) => `Tengo «${name}».`,
  none: 'Ningún archivo va con el ticket.',
  countOf: (files, most) => `${files} de ${most} archivos`,
  count: (files) => count(files, { one: 'archivo', other: 'archivos' }),
  more: 'Envíe otro archivo en nuestro propio chat para añadirlo.',
  hint: '¿Archivos para el ticket? Envíemelos en nuestro propio chat: hasta 10, de 20 MB cada uno.',
  named: (name, bytes) => `${name} (${size(bytes)})`,
  size,
  attached: 'adjunto al ticket',
  refused: 'el Centro de partners no lo aceptó: añádalo allí al ticket',
  notAttached: (files) =>
    files === 1
      ? 'Un archivo no está adjunto al ticket, porque el Centro de partners no lo acepta por esta vía. Añádalo al ticket en el portal.'
      : `${files} archivos no están adjuntos al ticket, porque el Centro de partners no los acepta por esta vía. Añádalos al ticket en el portal.`,
  toAdd: 'Añádalos en el formulario en «Agregar archivos».',
};
