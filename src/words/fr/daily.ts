import { zoneName } from '../format.ts';
import type { Words } from '../words.ts';
import { local } from './common.ts';

export const daily: Words['daily'] = {
  title: 'Un message par jour',
  off: 'Vous ne recevez pas de message quotidien ici.',
  offShared: 'Il n’y a pas de message quotidien ici.',
  what: 'Il dit ce qui se termine aujourd’hui, quels délais d’annulation expirent, et quels dossiers et brouillons attendent. S’il n’y a rien à dire, il n’y en a pas.',
  pick: 'Choisissez une heure, ou tapez-la : « quotidien 7:30 ».',
  on: (time, zone) => `Tous les jours à ${time} (${zoneName(zone)})`,
  first: (at, zone) => `Le premier arrivera le ${local(at, zone)}.`,
  next: (at, zone) => `Le prochain arrivera le ${local(at, zone)}.`,
  shared: 'Il ne cite que ce que tout le monde peut lire ici.',
  stopped: 'Plus de message quotidien désormais',
  again: 'Tapez « quotidien » pour le recevoir de nouveau.',
  notRead: (text) => `« ${text} » n’est pas une heure.`,
  today: (day) => `Aujourd’hui, ${day}`,
  ends: (windows) =>
    windows === 1 ? 'Un délai expire dans les 24 heures.' : `${windows} délais expirent dans les 24 heures.`,
  nothingEnds: 'Rien ne se termine dans les 24 heures.',
  open: 'Dossiers ouverts',
};
