import { z } from 'zod';
import { caseChoices, casesCard, readRequestNumber } from '../cards/case.ts';
import { readChoice } from '../cards/inputs.ts';
import { isHandOver } from '../domain/cancellations/case.ts';
import { type CaseSteps, caseData, caseQuestions, openCase } from './case.ts';
import { askIn, type FirstTurn, flow, type Reply } from './engine/flow.ts';

const listed = 50;

const list = z.object({ number: z.string().optional() });

type Steps = CaseSteps & { list: z.infer<typeof list> };

const ask = askIn<Steps>();

/**
 *   staff   cases
 *   bot     SD-7K2M9Q: waiting for Microsoft · …     → list
 *   staff   (chooses one, Next)
 *   bot     where it stands, and what can be done about it; or the ticket's text and a field for its number
 */
export const cases = flow<Steps>({
  name: 'cases',
  right: 'look',
  isOpen: true,
  async begin(turn, args) {
    const found = args ? await turn.world.cases.get(args.trim().toUpperCase()) : undefined;
    if (found) return openCase(turn, { reference: found.reference });
    const number = args ? readRequestNumber({ values: {}, text: args }) : undefined;
    if (number) return withNumber(turn, number);
    return ask('list', {}, /^sd-/i.test(args.trim()) ? turn.words.cases.unknown(args.trim()) : undefined);
  },
  questions: {
    list: {
      kind: 'list',
      data: list,
      heading: (words) => words.cases.title,
      async show({ context, world }) {
        return casesCard(context, await world.cases.recent(listed));
      },
      async answer(turn, answer) {
        const recent = await turn.world.cases.recent(listed);
        const reference = readChoice(turn.words, 'case', caseChoices(turn.words, recent), answer);
        return openCase(turn, { ...turn.data, reference });
      },
    },
    ...caseQuestions<Steps>(caseData),
  },
});

/** A request number typed without a question belongs to the one ticket of theirs that waits for it; else they choose. */
async function withNumber(turn: FirstTurn, number: string): Promise<Reply<Steps>> {
  const { world, who } = turn;
  const waiting = (await world.cases.recent(listed)).filter(isHandOver);
  const mine = waiting.filter(({ requesterId }) => requesterId === who.id);
  const [only, ...others] = mine.length > 0 ? mine : waiting;
  if (!only || others.length > 0) return ask('list', { number });
  return openCase(turn, { reference: only.reference, number });
}
