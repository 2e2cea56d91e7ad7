import { zoneName } from '../format.ts';
import type { Words } from '../words.ts';
import { local } from './common.ts';

export const daily: Words['daily'] = {
  title: 'Un mensaje al día',
  off: 'Aquí no recibe ningún mensaje diario.',
  offShared: 'Aquí no hay mensaje diario.',
  what: 'Dice qué termina hoy, qué plazos de cancelación vencen y qué casos y borradores esperan. Si no hay nada que decir, no llega.',
  pick: 'Elija una hora o escríbala: «diario 7:30».',
  on: (time, zone) => `Todos los días a las ${time} (${zoneName(zone)})`,
  first: (at, zone) => `El primero llegará el ${local(at, zone)}.`,
  next: (at, zone) => `El próximo llegará el ${local(at, zone)}.`,
  shared: 'Solo nombra lo que aquí pueden leer todos.',
  stopped: 'Sin mensaje diario a partir de ahora',
  again: 'Escriba «diario» para volver a recibirlo.',
  notRead: (text) => `«${text}» no es una hora.`,
  today: (day) => `Hoy, ${day}`,
  ends: (windows) =>
    windows === 1 ? 'Un plazo vence en las próximas 24 horas.' : `${windows} plazos vencen en las próximas 24 horas.`,
  nothingEnds: 'Nada termina en las próximas 24 horas.',
  open: 'Casos abiertos',
};
