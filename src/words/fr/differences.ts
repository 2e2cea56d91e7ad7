import type { Difference, DifferenceKind } from '../../domain/differences/difference.ts';
import type { Words } from '../words.ts';
import { count, day, moment } from './common.ts';

function tell(found: Difference, order?: string): string {
  switch (found.kind) {
    case 'order-unknown':
      return `La commande ${order ?? ''} a été passée ici, mais l’Espace partenaires ne la connaît pas`;
    case 'order-not-recorded':
      return 'Dans l’Espace partenaires, notre panier est commandé, mais aucune commande n’est enregistrée ici';
    case 'case-not-completed':
      return `${found.reference} : l’Espace partenaires montre l’annulation, mais le dossier n’est pas terminé`;
    case 'case-order-active':
      return `${found.reference} : l’Espace partenaires a confirmé l’annulation, mais la commande ${order ?? ''} est active`;
    case 'ticket-unknown':
      return `${found.reference} suit le ticket ${found.ticketId}, que l’Espace partenaires n’affiche pas`;
    case 'ticket-without-case':
      return `Le ticket ${found.ticketId} porte notre référence ${found.reference}, mais aucun dossier ne le suit`;
  }
}

const toDo: Record<DifferenceKind, string> = {
  'order-unknown':
    'Cherchez-la dans l’historique des commandes du portail. Si elle n’y est pas, demandez à Microsoft avant de commander à nouveau.',
  'order-not-recorded': 'Regardez les dernières commandes du client avant que quelqu’un ne commande à nouveau.',
  'case-not-completed': 'Il n’y a plus rien à annuler. Prévenez le client et vérifiez que l’avoir arrive.',
  'case-order-active':
    'La clé fonctionne peut-être encore et la commande est peut-être encore facturée. Demandez à Microsoft, ou annulez à nouveau.',
  'ticket-unknown': 'Cherchez la demande dans le portail et donnez au dossier le bon numéro.',
  'ticket-without-case': 'Regardez la demande dans le portail ; fermez-la si personne n’en a besoin.',
};

export const differences: Words['differences'] = {
  word: 'écarts',
  title: 'Écarts avec l’Espace partenaires',
  found: (n) =>
    `L’Espace partenaires et nos enregistrements ne concordent pas : ${count(n, { one: 'écart', other: 'écarts' })}`,
  text: 'Une fois par jour, je compare les commandes, les annulations et les tickets des derniers jours. Je signale chaque écart une seule fois ; une fois réglé, il disparaît de la liste.',
  none: (at, timeZone) =>
    `Aucun écart : ce que l’Espace partenaires a montré des derniers jours (${moment(at, timeZone)}) est enregistré ici.`,
  notYet: 'Rien n’a encore été comparé : la première comparaison commence une heure après le premier démarrage.',
  tell,
  toDo: (kind) => toDo[kind],
  orders: 'Commandes',
  since: (at) => `constaté le ${day(at)}`,
  settled: (at) => `réglé le ${day(at)}`,
};
