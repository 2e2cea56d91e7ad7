import { readRequestNumber } from '../cards/case.ts';
import { casesCard } from '../cards/cases.ts';
import { isHandOver } from '../domain/cancellations/case.ts';
import { readDetails } from '../words/details.ts';
import { type CaseSteps, caseData, caseQuestions, openCase } from './case.ts';
import { done, type FirstTurn, flow, type Reply } from './engine/flow.ts';
import { customerOfList } from './understand.ts';

const listed = 50;

type Steps = CaseSteps;

/**
 *   staff   cases              (`cases contoso`: of that customer)
 *   bot     Contoso · 1,000.00 EUR: waiting for Microsoft · …
 *   staff   (opens one)
 *   bot     where it stands, and what can be done about it; or the ticket's text and a field for its number
 */
export const cases = flow<Steps>({
  name: 'cases',
  right: 'look',
  isOpen: true,
  async begin(turn, args) {
    const [first = '', ...rest] = args.trim().split(' ');
    const { number: named = first } = readDetails(args);
    const found = named ? await turn.world.cases.get(named.trim().toUpperCase()) : undefined;
    if (found) {
      const number = readRequestNumber({ values: {}, text: rest.join(' ') });
      return openCase(turn, { reference: found.reference, ...(number && { number }) });
    }
    const number = args ? readRequestNumber({ values: {}, text: readDetails(args).number ?? args }) : undefined;
    if (number) return withNumber(turn, number);
    if (/^sd-/i.test(named.trim())) return list(turn, { problem: turn.words.cases.unknown(named.trim()) });
    return args ? ofCustomer(turn, args) : list(turn);
  },
  questions: caseQuestions<Steps>(caseData),
});

interface About {
  readonly customer?: { readonly id: string; readonly name: string };
  /** A request number that was typed, for the case that is opened. */
  readonly number?: string;
  readonly problem?: string;
}

/** A list of one is that one. */
async function list(turn: FirstTurn, { customer, number, problem }: About = {}): Promise<Reply<Steps>> {
  const { context, world, page: from } = turn;
  const found = await world.cases.recent(listed, customer?.id);
  const [only, ...others] = found;
  if (only && others.length === 0 && !problem)
    return openCase(turn, { reference: only.reference, ...(number && { number }) });
  const command = ['cases', customer?.id ?? number].filter(Boolean).join(' ');
  const about = { cases: found, customer: customer?.name, number, command, from };
  return done(casesCard({ ...context, problem }, about));
}

/** `cases contoso`: those of the customer that is meant; where it is not clear who that is, everybody's, and why. */
async function ofCustomer(turn: FirstTurn, args: string): Promise<Reply<Steps>> {
  const named = await customerOfList(turn, args);
  if ('search' in named) return list(turn, { problem: named.problem ?? turn.words.cases.severalCustomers(args) });
  return list(turn, { customer: named.customer });
}

/** A request number typed without a question belongs to the one ticket of theirs that waits for it; else they choose. */
async function withNumber(turn: FirstTurn, number: string): Promise<Reply<Steps>> {
  const { world, who } = turn;
  const waiting = (await world.cases.recent(listed)).filter(isHandOver);
  const mine = waiting.filter(({ requesterId }) => requesterId === who.id);
  const [only, ...others] = mine.length > 0 ? mine : waiting;
  if (!only || others.length > 0) return list(turn, { number });
  return openCase(turn, { reference: only.reference, number });
}
