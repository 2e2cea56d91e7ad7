import { languages } from '../domain/people/languages.ts';
import { nativeNames } from '../words/languages.ts';
import { button } from './buttons.ts';
import type { Button, Card } from './card.ts';
import { textCard } from './message.ts';
import type { CardContext } from './render.ts';

/** Which language is used, and the others to choose from. `isShared`: it is that of everybody in the place. */
export function languageCard(context: CardContext, { isShared }: { readonly isShared: boolean }): Card {
  const { languageChoice } = context.words;
  return textCard(context, `${isShared ? languageChoice.isShared : languageChoice.isOwn}\n${languageChoice.pick}`, {
    buttons: languages.map((language): Button => {
      const choose = button(context, 'language', {
        title: `${context.words.buttons.language}: ${nativeNames[language]}`,
      });
      return { ...choose, data: { ...choose.data, do: language } };
    }),
  });
}
