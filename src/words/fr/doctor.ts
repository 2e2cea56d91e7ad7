import type { Words } from '../words.ts';

export const doctor: Words['doctor'] = {
  title: 'Comment je suis configuré',
  elsewhere: 'Je ne le dis que dans la conversation personnelle avec moi.',
  good: 'Tout est en ordre : je viens d’interroger Microsoft et la base de données.',
  bad: 'Quelque chose ne va pas. La commande npm run doctor, sur le serveur, dit quoi faire.',
  areas: {
    configuration: 'Configuration',
    database: 'Base de données',
    clock: 'Horloges',
    bot: 'Bot et Teams',
    roles: 'Rôles du personnel',
    'partner-center': 'Espace partenaires',
    events: 'Événements de l’Espace partenaires',
    certificates: 'Certificats',
  },
  levels: { problem: 'Problème', warning: 'Avertissement', fine: 'En ordre' },
};
