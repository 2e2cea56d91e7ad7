import { z } from 'zod';
import { languageCard } from '../cards/language.ts';
import { textCard } from '../cards/message.ts';
import { demand } from '../domain/people/demand.ts';
import { type Language, languages } from '../domain/people/languages.ts';
import { wordsFor } from '../words/index.ts';
import { readLanguage } from '../words/languages.ts';
import { askIn, done, type FirstTurn, flow, type Reply } from './engine/flow.ts';

type Steps = { choose: Record<string, never> };
const ask = askIn<Steps>();

/**
 *   staff   language
 *   bot     I write to you in English. (a button for each language)   → choose
 *   staff   Language: polski
 *   bot     Od teraz piszę po polsku.
 *
 * In private it is the person's own; elsewhere that of everybody in the team or the group, which any of the staff sets.
 */
export const language = flow<Steps>({
  name: 'language',
  isOpen: true,
  async begin(turn, args) {
    if (isShared(turn)) await demand(turn.world, turn.who, 'look');
    const named = readLanguage(args);
    if (named) return choose(turn, named);
    return ask('choose', {}, args ? turn.words.languageChoice.notSpoken(args.slice(0, 100)) : undefined);
  },
  questions: {
    choose: {
      kind: 'list',
      data: z.object({}),
      heading: (words) => words.languageChoice.title,
      show: (turn) => languageCard(turn.context, { isShared: isShared(turn) }),
      async answer(turn, answer) {
        if (isShared(turn)) await demand(turn.world, turn.who, 'look');
        const named = languages.find((one) => one === answer.do);
        return named ? choose(turn, named) : ask('choose', {}, turn.words.common.pressButton);
      },
    },
  },
});

function isShared({ place, isPrivate }: FirstTurn): boolean {
  return place.kind !== 'personal' && !isPrivate;
}

async function choose(turn: FirstTurn, named: Language): Promise<Reply<Steps>> {
  const { world, who, place, context } = turn;
  const words = wordsFor(named);
  const { willBeOwn, willBeShared } = words.languageChoice;
  await world.languages.choose(isShared(turn) ? { placeId: place.id, by: who.id } : { personId: who.id }, named);
  const said = isShared(turn) ? willBeShared : willBeOwn;
  return done(textCard({ ...context, words, draft: undefined }, said));
}
