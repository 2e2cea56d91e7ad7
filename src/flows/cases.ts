import { readRequestNumber } from '../cards/case.ts';
import { customerTextCard } from '../cards/case-status.ts';
import { casesCard } from '../cards/cases.ts';
import { type Case, isHandOver } from '../domain/cancellations/case.ts';
import { followCase, unfollowCase } from '../domain/cancellations/follow-case.ts';
import { OutsideError } from '../domain/errors.ts';
import { languageOfCountry } from '../domain/people/languages.ts';
import type { World } from '../domain/world.ts';
import { readDetails } from '../words/details.ts';
import { wordsFor } from '../words/index.ts';
import { nativeNames } from '../words/languages.ts';
import { type CaseSteps, caseData, caseQuestions, followedCard, openCase } from './case.ts';
import { type Card, done, type FirstTurn, flow, type Reply } from './engine/flow.ts';
import { customerOfList } from './understand.ts';

const listed = 50;

type Steps = CaseSteps;

/**
 *   staff   cases              (`cases contoso`: of that customer)
 *   bot     Contoso · 1,000.00 EUR: waiting for Microsoft · …
 *   staff   (opens one)
 *   bot     where it stands, and what can be done about it; or the ticket's text and a field for its number
 *
 * `cases text SD-7K2M9Q`, which *Text for the customer* says: what the customer is told of one that has completed.
 */
export const cases = flow<Steps>({
  name: 'cases',
  right: 'look',
  isOpen: true,
  async begin(turn, args) {
    const [, ofText] = args.trim().match(/^text (sd-\w+)$/i) ?? [];
    const told = ofText ? await turn.world.cases.get(ofText.toUpperCase()) : undefined;
    if (told?.state === 'completed') return done(await textForCustomer(turn, told));
    const follow = await followAsked(turn, args);
    if (follow) return done(follow);
    const [first = '', ...rest] = (ofText ?? args).trim().split(' ');
    const { number: named = first } = readDetails(ofText ?? args);
    const found = named ? await turn.facts.cases.get(named.trim().toUpperCase()) : undefined;
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

/** `cases follow SD-7K2M9Q`, `cases unfollow SD-7K2M9Q`: what *Tell me too* and *Tell me no more* say. */
async function followAsked(turn: FirstTurn, args: string): Promise<Card | undefined> {
  const { world, who } = turn;
  const [, verb, reference = ''] = args.trim().match(/^(follow|unfollow) (sd-\w+)$/i) ?? [];
  const found = verb ? await world.cases.get(reference.toUpperCase()) : undefined;
  if (!found) return undefined;
  const change = verb?.toLowerCase() === 'follow' ? followCase : unfollowCase;
  return followedCard(turn, found, await change(world, who, found));
}

interface About {
  readonly customers?: readonly { readonly id: string }[];
  /** What they are called: by a name, or by what was typed. */
  readonly name?: string;
  /** A request number that was typed, for the case that is opened. */
  readonly number?: string;
  readonly problem?: string;
}

/** A list of one is that one. */
async function list(turn: FirstTurn, { customers, name, number, problem }: About = {}): Promise<Reply<Steps>> {
  const {
    context,
    world,
    page: { from },
  } = turn;
  const found = await world.cases.recent(
    listed,
    customers?.map(({ id }) => id),
  );
  const [only, ...others] = found;
  if (only && others.length === 0 && !problem)
    return openCase(turn, { reference: only.reference, ...(number && { number }) });
  const [customer, ...more] = customers ?? [];
  const command = ['cases', more.length > 0 ? name : (customer?.id ?? number)].filter(Boolean).join(' ');
  const most = found.length < listed ? undefined : listed;
  const about = { cases: found, most, customer: name, number, command, from };
  return done(casesCard({ ...context, problem }, about));
}

/** `cases contoso`: those of the customers that are meant; where nobody is, everybody's, and why. */
async function ofCustomer(turn: FirstTurn, args: string): Promise<Reply<Steps>> {
  const named = await customerOfList(turn, args);
  if ('customer' in named) return list(turn, { customers: [named.customer], name: named.customer.name });
  if (named.problem !== undefined) return list(turn, { problem: named.problem });
  const { found, more } = await turn.facts.customers.search(named.search, listed);
  // There are more of them than can be looked through: say more of the name.
  const problem = more ? turn.words.cases.severalCustomers(args) : undefined;
  return list(turn, { customers: found, name: named.search, problem });
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

/** In the language of the customer's country, where it is spoken here, and in that of the person. */
async function textForCustomer({ world, context, ownContext }: FirstTurn, found: Case): Promise<Card> {
  const country = await countryOf(world, found.content.customerId);
  const theirs = country === undefined ? undefined : languageOfCountry(country);
  const { words } = ownContext;
  const texts = [...new Set([theirs ?? words.language, words.language])].map((language) => ({
    name: nativeNames[language],
    words: wordsFor(language),
  }));
  return customerTextCard(context, found, texts);
}

/** The text is there although Partner Center is not. */
async function countryOf({ customers }: World, customerId: string): Promise<string | undefined> {
  try {
    return (await customers.find(customerId))?.country;
  } catch (error) {
    if (error instanceof OutsideError) return undefined;
    throw error;
  }
}
