import type { Words } from '../words.ts';

export const doctor: Words['doctor'] = {
  title: 'Jak jestem skonfigurowany',
  elsewhere: 'Mówię o tym tylko w czacie osobistym ze mną.',
  good: 'Wszystko jest w porządku: właśnie zapytałem Microsoft i bazę danych.',
  bad: 'Coś jest nie tak. Co zrobić, podaje na serwerze polecenie npm run doctor.',
  areas: {
    configuration: 'Konfiguracja',
    database: 'Baza danych',
    clock: 'Zegary',
    bot: 'Bot i Teams',
    roles: 'Role pracowników',
    'partner-center': 'Centrum partnerskie',
    events: 'Zdarzenia z Centrum partnerskiego',
    certificates: 'Certyfikaty',
  },
  levels: { problem: 'Problem', warning: 'Ostrzeżenie', fine: 'W porządku' },
};
