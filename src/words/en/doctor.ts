import type { SetupArea } from '../../domain/setup/setup-check.ts';

const areas: Record<SetupArea, string> = {
  configuration: 'Configuration',
  database: 'Database',
  clock: 'Clocks',
  bot: 'Bot and Teams',
  roles: 'Roles of the staff',
  'partner-center': 'Partner Center',
  events: 'Events of Partner Center',
  certificates: 'Certificates',
};

export const doctor = {
  title: 'How I am set up',
  elsewhere: 'I tell that in the personal chat with me only.',
  good: 'Nothing is wrong: I have just asked Microsoft and the database.',
  bad: 'Something is wrong. What to do about it is told on the server, by npm run doctor.',
  areas,
  levels: { problem: 'Problem', warning: 'Warning', fine: 'All right' },
};
