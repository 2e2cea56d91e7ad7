import { z } from 'zod';
import { caseChoices, casesCard, readRequestNumber } from '../cards/case.ts';
import { readChoice } from '../cards/inputs.ts';
import { isHandOver } from '../domain/cancellations/case.ts';
import { readDetails } from '../words/details.ts';
import { type CaseSteps, caseData, caseQuestions, openCase } from './case.ts';
import { askIn, type FirstTurn, flow, type Reply } from './engine/flow.ts';
import { customerOfList } from './understand.ts';

const listed = 50;

/** `customerId`: only the cases of this one are listed. */
const list = z.object({
  number: z.string().optional(),
  customerId: z.string().optional(),
  customerName: z.string().optional(),
});

type Steps = CaseSteps & { list: z.infer<typeof list> };

const ask = askIn<Steps>();

/**
 *   staff   cases
 *   bot     SD-7K2M9Q: waiting for Microsoft · …     → list
 *   staff   (chooses one, Next; `cases contoso`: of that customer)
 *   bot     where it stands, and what can be done about it; or the ticket's text and a field for its number
 */
export const cases = flow<Steps>({
  name: 'cases',
  right: 'look',
  isOpen: true,
  async begin(turn, args) {
    const { number: named = args } = readDetails(args);
    const found = named ? await turn.world.cases.get(named.trim().toUpperCase()) : undefined;
    if (found) return openCase(turn, { reference: found.reference });
    const number = named ? readRequestNumber({ values: {}, text: named }) : undefined;
    if (number) return withNumber(turn, number);
    if (/^sd-/i.test(named.trim())) return ask('list', {}, turn.words.cases.unknown(named.trim()));
    return args ? ofCustomer(turn, args) : ask('list', {});
  },
  questions: {
    list: {
      kind: 'list',
      data: list,
      heading: (words) => words.cases.title,
      async show({ context, world, data: { customerId, customerName } }) {
        return casesCard(context, await world.cases.recent(listed, customerId), customerName);
      },
      async answer(turn, answer) {
        const recent = await turn.world.cases.recent(listed, turn.data.customerId);
        const reference = readChoice(turn.words, 'case', caseChoices(turn.words, recent), answer);
        return openCase(turn, { ...turn.data, reference });
      },
    },
    ...caseQuestions<Steps>(caseData),
  },
});

/** `cases contoso`: those of the customer that is meant; where it is not clear who that is, everybody's, and why. */
async function ofCustomer(turn: FirstTurn, args: string): Promise<Reply<Steps>> {
  const named = await customerOfList(turn, args);
  if ('search' in named) return ask('list', {}, named.problem ?? turn.words.cases.severalCustomers(args));
  return ask('list', { customerId: named.customer.id, customerName: named.customer.name });
}

/** A request number typed without a question belongs to the one ticket of theirs that waits for it; else they choose. */
async function withNumber(turn: FirstTurn, number: string): Promise<Reply<Steps>> {
  const { world, who } = turn;
  const waiting = (await world.cases.recent(listed)).filter(isHandOver);
  const mine = waiting.filter(({ requesterId }) => requesterId === who.id);
  const [only, ...others] = mine.length > 0 ? mine : waiting;
  if (!only || others.length > 0) return ask('list', { number });
  return openCase(turn, { reference: only.reference, number });
}
