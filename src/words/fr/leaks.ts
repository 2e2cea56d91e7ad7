import type { KeyReveal } from '../../domain/keys/key-reveals.ts';
import type { Leaked } from '../../domain/leaks/leak.ts';
import type { Words } from '../words.ts';
import { moment, number } from './common.ts';

const leakedKinds: Record<Leaked, string> = {
  key: 'clé de produit',
  link: 'lien de téléchargement',
  both: 'les deux, ou on ne sait pas lequel',
};

const seen: Record<KeyReveal['what'], string> = {
  key: 'Clé de produit',
  download: 'Téléchargement',
  link: 'Lien de téléchargement',
};

export const leaks: Words['leaks'] = {
  list: 'Fuites',
  notReported: 'Rien n’a été signalé ni bloqué.',
  none: 'Aucune fuite n’est ouverte : rien n’est bloqué.',
  ask: (order) => `Signaler une fuite : commande ${order}`,
  consequence:
    'Dès que vous la signalez, plus personne ne voit de clé ni de téléchargement de cette commande, et les autres agents d’administration sont prévenus. Seul un autre agent d’administration peut la lever.',
  kinds: leakedKinds,
  title: (reference, order) => `Fuite ${reference} : commande ${order}`,
  frozen: 'bloqué',
  lifted: 'levée',
  now: 'Les clés et téléchargements de cette commande ne sont montrés à personne.',
  askThem: 'Demandez à ceux qui les ont vus où ils ont pu parvenir.',
  whatToDo:
    'Prévenez le client. Demandez une nouvelle clé à Microsoft par une demande de service dans l’Espace partenaires.',
  liftedBy: (name, at, zone) => `Levée par ${name}, ${moment(at, zone)}.`,
  said: (text) => `« ${text} »`,
  facts: { leaked: 'Quoi', reporter: 'Signalée par', remark: 'Remarque' },
  seenBy: (name) => `Vu par ${name}`,
  look: ({ what, item, isOutside }) =>
    [`${seen[what]}${isOutside ? ' (dans l’Espace partenaires)' : ''}`, item].filter(Boolean).join(' : '),
  looked: ({ times, firstAt, lastAt }, zone) =>
    times === 1
      ? `une fois, ${moment(lastAt, zone)}`
      : `${number(times)} fois, du ${moment(firstAt, zone)} au ${moment(lastAt, zone)}`,
  moreLooks: (left) => `${number(left)} autres figurent dans le journal d’audit de la commande.`,
  nobodyLooked: 'Aucune clé ni aucun téléchargement de cette commande n’a été montré ici.',
  looksElsewhere: 'Qui les a consultés n’est montré que dans la conversation personnelle avec moi.',
  otherLifts: (name) =>
    `Pour les montrer à nouveau, un autre agent d’administration que ${name} écrit pourquoi et appuie sur « Lever ».`,
  tell: ({ reference, leaked, step }) =>
    step === 'lifted' ? `Fuite ${reference} levée` : `Fuite ${reference} signalée : ${leakedKinds[leaked]}`,
  outside: ({ what, item }) => `Consulté dans l’Espace partenaires : ${[seen[what], item].filter(Boolean).join(' ')}`,
  refused: (reference, order) =>
    `Refusé : les clés et téléchargements de la commande ${order} sont bloqués (${reference})`,
};
