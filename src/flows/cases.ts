import { z } from 'zod';
import { caseCard, caseChoices, casesCard, handOverCard } from '../cards/case.ts';
import { readChoice } from '../cards/inputs.ts';
import { numberBrought } from './cancel.ts';
import { ask, done, flow, type Reply, type Turn } from './flow.ts';
import { need } from './need.ts';

const listed = 50;

const data = z.object({ reference: z.string().optional() });

type Data = z.infer<typeof data>;

/**
 *   staff   cases
 *   bot     SD-7K2M9Q: waiting for Microsoft · …     → list
 *   staff   (chooses one, Next)
 *   bot     where it stands; or the ticket's text and a field for its number  → handOver
 */
export const cases = flow<Data>({
  name: 'cases',
  right: 'look',
  isOpen: true,
  data,
  async begin(turn, args) {
    const found = args ? await turn.world.cases.get(args.trim().toUpperCase()) : undefined;
    return found ? opened(turn, found.reference) : ask('list', {});
  },
  questions: {
    list: {
      heading: (words) => words.cases.title,
      isPressed: true,
      async show({ pen, world }) {
        return casesCard(pen, await world.cases.recent(listed));
      },
      async answered(turn, answer) {
        const recent = await turn.world.cases.recent(listed);
        return opened(turn, readChoice(turn.words, 'case', caseChoices(turn.words, recent), answer));
      },
    },
    handOver: {
      heading: (words) => words.cancel.handOver.title,
      async show({ pen, world, data }) {
        return handOverCard(pen, need(await world.cases.get(need(data.reference))));
      },
      answered: (turn, answer) => numberBrought(turn, answer, need(turn.data.reference)),
    },
  },
});

async function opened({ world, pen }: Turn<unknown>, reference: string): Promise<Reply<Data>> {
  const found = need(await world.cases.get(reference));
  if (found.state === 'needs_person' && found.note === 'hand-over') return ask('handOver', { reference });
  return done(caseCard(pen, found, await world.exposures.ofOrder(found.content.orderId)));
}
