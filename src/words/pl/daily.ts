import { zoneName } from '../format.ts';
import type { Words } from '../words.ts';
import { local } from './common.ts';

export const daily: Words['daily'] = {
  title: 'Jedna wiadomość dziennie',
  off: 'Nie dostajesz tu codziennej wiadomości.',
  offShared: 'Nie ma tu codziennej wiadomości.',
  what: 'Mówi, co kończy się dziś, które okna anulowania się zamykają oraz które sprawy i szkice czekają. Gdy nie ma o czym pisać, nie przychodzi.',
  pick: 'Wybierz godzinę albo ją wpisz: „codziennie 7:30”.',
  on: (time, zone) => `Codziennie o ${time} (${zoneName(zone)})`,
  first: (at, zone) => `Pierwsza przyjdzie ${local(at, zone)}.`,
  next: (at, zone) => `Następna przyjdzie ${local(at, zone)}.`,
  shared: 'Wymienia tylko to, co mogą tu czytać wszyscy.',
  stopped: 'Od teraz bez codziennej wiadomości',
  again: 'Wpisz „codziennie”, aby znów ją dostawać.',
  notRead: (text) => `„${text}” to nie jest godzina.`,
  today: (day) => `Dziś, ${day}`,
  ends: (windows) => `Okna anulowania, które zamykają się w ciągu 24 godzin: ${windows}.`,
  nothingEnds: 'W ciągu 24 godzin nic się nie kończy.',
  open: 'Otwarte sprawy',
};
