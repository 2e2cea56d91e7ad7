import { zoneName } from '../format.ts';
import type { Words } from '../words.ts';
import { local } from './common.ts';

export const daily: Words['daily'] = {
  title: 'Eine Nachricht am Tag',
  off: 'Sie bekommen hier keine tägliche Nachricht.',
  offShared: 'Hier gibt es keine tägliche Nachricht.',
  what: 'Darin steht, was heute endet, welche Stornofristen ablaufen und welche Fälle und Entwürfe warten. Gibt es nichts zu melden, kommt keine.',
  pick: 'Wählen Sie eine Uhrzeit, oder geben Sie sie ein: „täglich 7:30“.',
  on: (time, zone) => `Jeden Tag um ${time} (${zoneName(zone)})`,
  first: (at, zone) => `Die erste kommt am ${local(at, zone)}.`,
  next: (at, zone) => `Die nächste kommt am ${local(at, zone)}.`,
  shared: 'Darin steht nur, was hier alle lesen dürfen.',
  stopped: 'Ab jetzt keine tägliche Nachricht mehr',
  again: 'Geben Sie „täglich“ ein, um sie wieder zu bekommen.',
  notRead: (text) => `„${text}“ ist keine Uhrzeit.`,
  today: (day) => `Heute, ${day}`,
  ends: (windows) =>
    windows === 1
      ? 'Eine Frist läuft in den nächsten 24 Stunden ab.'
      : `${windows} Fristen laufen in den nächsten 24 Stunden ab.`,
  nothingEnds: 'In den nächsten 24 Stunden endet nichts.',
  open: 'Offene Fälle',
};
