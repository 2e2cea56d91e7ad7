import type { Words } from '../words.ts';

export const doctor: Words['doctor'] = {
  title: 'Cómo estoy configurado',
  elsewhere: 'Eso solo lo digo en el chat personal conmigo.',
  good: 'Todo está en orden: acabo de preguntar a Microsoft y a la base de datos.',
  bad: 'Algo no está bien. Qué hacer lo dice, en el servidor, el comando npm run doctor.',
  areas: {
    configuration: 'Configuración',
    database: 'Base de datos',
    clock: 'Relojes',
    bot: 'Bot y Teams',
    roles: 'Roles del personal',
    'partner-center': 'Centro de partners',
    events: 'Eventos del Centro de partners',
    certificates: 'Certificados',
  },
  levels: { problem: 'Problema', warning: 'Advertencia', fine: 'En orden' },
};
