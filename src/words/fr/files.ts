import type { Words } from '../words.ts';
import { count, size } from './common.ts';

export const files: Words['files'] = {
  label: 'Fichiers',
  title: (order, customer) => `Fichiers du ticket sur la commande ${order} de ${customer}`,
  which: 'À quelle annulation cela appartient-il ?',
  whichText: 'Je le garde une heure, jusqu’à votre réponse.',
  added: (name) => `« ${name} » accompagne désormais le ticket.`,
  kept: (name) => `J’ai « ${name} ».`,
  none: 'Aucun fichier n’accompagne le ticket.',
  countOf: (files, most) => `${count(files, { one: 'fichier', other: 'fichiers' })} sur ${most}`,
  count: (files) => count(files, { one: 'fichier', other: 'fichiers' }),
  more: 'Envoyez un autre fichier dans notre propre conversation pour l’ajouter.',
  hint: 'Des fichiers pour le ticket ? Envoyez-les-moi dans notre propre conversation : 10 au plus, de 20 Mo chacun.',
  named: (name, bytes) => `${name} (${size(bytes)})`,
  size,
  attached: 'joint au ticket',
  refused: 'l’Espace partenaires ne l’a pas accepté : ajoutez-le au ticket dans le portail',
  notAttached: (files) =>
    files === 1
      ? 'Un fichier n’est pas joint au ticket, car l’Espace partenaires ne l’accepte pas par cette voie. Ajoutez-le au ticket dans le portail.'
      : `${files} fichiers ne sont pas joints au ticket, car l’Espace partenaires ne les accepte pas par cette voie. Ajoutez-les au ticket dans le portail.`,
  toAdd: 'Ajoutez-les dans le formulaire sous « Ajouter des fichiers ».',
};
