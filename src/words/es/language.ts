import type { Words } from '../words.ts';

export const languageChoice: Words['languageChoice'] = {
  title: 'Idioma',
  isOwn: 'Le escribo en español.',
  isShared:
    'Lo que leen todos aquí está en español.\nLo que solo ve usted está en el idioma de su aplicación de Teams o en el que elija en el chat personal conmigo.',
  pick: 'Elija otro o escríbalo: «idioma deutsch».',
  notSpoken: (text) => `No hablo «${text}». Estos son los idiomas que hablo.`,
  willBeOwn: 'A partir de ahora le escribo en español.',
  willBeShared:
    'A partir de ahora, lo que leen todos aquí está en español.\nLas tarjetas que ya existen se quedan como están hasta que cambien.',
};
