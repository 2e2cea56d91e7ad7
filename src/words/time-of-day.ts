import { fold } from '../domain/search/fold.ts';

/** `7:30`, `8`, `8.15`, `8h30`, `5 pm`: minutes after midnight. */
export function readTimeOfDay(text: string): number | undefined {
  const read = fold(text).match(/(?:^|\s)(\d{1,2})(?:\s?[:.h]\s?(\d{2})?)?\s?(am|pm|uhr)?$/);
  if (!read) return undefined;
  const [, hours = '', minutes = '0', half] = read;
  const isHalf = half === 'am' || half === 'pm';
  const hour = isHalf ? (Number(hours) % 12) + (half === 'pm' ? 12 : 0) : Number(hours);
  const isTime = hour < 24 && Number(minutes) < 60 && !(isHalf && (Number(hours) < 1 || Number(hours) > 12));
  return isTime ? hour * 60 + Number(minutes) : undefined;
}

const off = [
  'off',
  'stop',
  'end',
  'wyłącz',
  'koniec',
  'aus',
  'ausschalten',
  'désactiver',
  'arrêter',
  'desactivar',
  'apagar',
].map(fold);

export function isOff(text: string): boolean {
  return off.includes(fold(text.trim()));
}

/** `07:30` */
export function clockTime(minutes: number): string {
  return [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':');
}
