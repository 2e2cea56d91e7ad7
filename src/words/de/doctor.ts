import type { Words } from '../words.ts';

export const doctor: Words['doctor'] = {
  title: 'Wie ich eingerichtet bin',
  elsewhere: 'Das sage ich nur im persönlichen Chat mit mir.',
  good: 'Alles ist in Ordnung: Ich habe gerade bei Microsoft und in der Datenbank nachgefragt.',
  bad: 'Etwas stimmt nicht. Was zu tun ist, sagt auf dem Server der Befehl npm run doctor.',
  areas: {
    configuration: 'Konfiguration',
    database: 'Datenbank',
    clock: 'Uhren',
    bot: 'Bot und Teams',
    roles: 'Rollen des Personals',
    'partner-center': 'Partner Center',
    events: 'Ereignisse von Partner Center',
    certificates: 'Zertifikate',
  },
  levels: { problem: 'Problem', warning: 'Warnung', fine: 'In Ordnung' },
};
