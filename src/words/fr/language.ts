import type { Words } from '../words.ts';

export const languageChoice: Words['languageChoice'] = {
  title: 'Langue',
  isOwn: 'Je vous écris en français.',
  isShared:
    'Ce que tout le monde lit ici est en français.\nCe que vous seul voyez est dans la langue de votre application Teams ou dans celle que vous choisissez dans la conversation personnelle avec moi.',
  pick: 'Choisissez une autre langue ou saisissez-la : « langue deutsch ».',
  notSpoken: (text) => `Je ne parle pas « ${text} ». Voici les langues que je parle.`,
  willBeOwn: 'Désormais, je vous écris en français.',
  willBeShared:
    'Désormais, ce que tout le monde lit ici est en français.\nLes cartes déjà présentes restent telles quelles jusqu’à leur prochaine mise à jour.',
};
