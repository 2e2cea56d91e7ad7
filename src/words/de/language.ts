import type { Words } from '../words.ts';

export const languageChoice: Words['languageChoice'] = {
  title: 'Sprache',
  isOwn: 'Ich schreibe Ihnen auf Deutsch.',
  isShared:
    'Was hier alle lesen, ist auf Deutsch.\nWas nur Sie sehen, ist in der Sprache, die Sie in Teams eingestellt haben, oder in der, die Sie im persönlichen Chat mit mir wählen.',
  pick: 'Wählen Sie eine andere oder geben Sie sie ein: „sprache polski“.',
  notSpoken: (text) => `„${text}“ spreche ich nicht. Diese Sprachen spreche ich.`,
  willBeOwn: 'Ab jetzt schreibe ich Ihnen auf Deutsch.',
  willBeShared:
    'Ab jetzt ist auf Deutsch, was hier alle lesen.\nKarten, die schon da sind, bleiben, wie sie sind, bis sie sich ändern.',
};
