import type { ZodType } from 'zod';
import { z } from 'zod';
import { chooseCard, searchCard } from '../cards/choose.ts';
import { readChoice } from '../cards/inputs.ts';
import type { Customer, CustomerProfile } from '../domain/customers/customer.ts';
import { Refusal } from '../domain/errors.ts';
import type { World } from '../domain/world.ts';
import { fold } from '../words/commands.ts';
import type { Answer, FirstTurn, MaybePromise, Question, Reply, StepData, Turn } from './engine/flow.ts';

/** More customers than this are searched, not listed. */
const listed = 100;

/** What a conversation keeps of the customer it is about. */
export const customerData = {
  search: z.string().optional(),
  customerId: z.string().optional(),
  customerName: z.string().optional(),
  /** Which of what the customer has is meant, in the words of a sentence. */
  bought: z.string().optional(),
};

/**
 * The customer that was meant, as it stood in the list: what only the customer itself says is read where it is needed. Or
 * what to search for, and why that has to be asked.
 */
export type NamedCustomer = { readonly customer: Customer } | { readonly search: string; readonly problem?: string };

interface WithSearch {
  /** What was searched for: the list shows what matches it. */
  readonly search?: string;
  /** The one chosen before. */
  readonly customerId?: string;
}

interface CustomerQuestion<Steps extends StepData, Data> {
  readonly data: ZodType<Data>;
  title(turn: Turn<Data>): string;
  readonly canKeep: boolean;
  /** Several or none fit what was typed: the list to choose from. */
  onSearch(turn: Turn<Data>, search: string, problem?: string): Reply<Steps>;
  onCustomer(turn: Turn<Data>, customer: Customer): MaybePromise<Reply<Steps>>;
}

/** Which customer? A list with a typeahead, or a search where there are too many. */
export function customerQuestion<Steps extends StepData, Data extends WithSearch>({
  data,
  title,
  canKeep,
  onSearch,
  onCustomer,
}: CustomerQuestion<Steps, Data>): Question<Steps, Data> {
  return {
    kind: 'input',
    data,
    heading: (words) => words.inputs.customer,
    async show(turn) {
      const { found, more } = await turn.facts.customers.search(turn.data.search ?? '', listed);
      if (more && !turn.data.search) return searchCard(turn.context, title(turn), canKeep);
      return chooseCard(turn.context, 'customer', found.map(choiceOf), {
        title: title(turn),
        canKeep,
        value: turn.entered.customer ?? turn.data.customerId,
      });
    },
    async answer(turn, answer) {
      const found = await chooseCustomer(turn, answer);
      return 'customer' in found ? onCustomer(turn, found.customer) : onSearch(turn, found.search, found.problem);
    },
  };
}

/** `buy contoso`: the one customer that the words name, or what to search for. */
export async function customerNamed(turn: Pick<FirstTurn, 'facts' | 'words'>, text: string): Promise<NamedCustomer> {
  return (await searchCustomer(turn.facts, text)) ?? refuseUnknown(turn, text);
}

/** The one that is found, or, of several, what to search for; `undefined` where there is none. */
export async function searchCustomer(world: World, text: string): Promise<NamedCustomer | undefined> {
  const { found, more } = await world.customers.search(text, listed);
  const named = exactOr(found, text);
  const [only, ...others] = named;
  // Of several that contain the text, only this one may have been looked at: then the person picks it.
  const isCertain = !more || named !== found;
  if (only && others.length === 0 && isCertain) return { customer: only };
  if (only) return { search: text };
  const profile = /[.@-]/.test(text) ? await world.customers.find(text) : undefined;
  if (profile) return { customer: profile };
  return more || /\d/.test(text) ? undefined : findWithoutAccents(world, text);
}

/** `zolw` for Żółw: Partner Center compares letters as they are. */
async function findWithoutAccents({ customers }: World, text: string): Promise<NamedCustomer | undefined> {
  const all = await customers.search('', listed);
  const wanted = fold(text.trim());
  const found = all.more ? [] : all.found.filter(({ name, domain }) => fold(`${name} ${domain}`).includes(wanted));
  const [only, ...others] = found;
  // What is searched for must be found again on the card.
  return only && others.length === 0 ? { customer: only } : undefined;
}

/** Why nobody is found, with those that are similar. */
export async function refuseUnknown(
  { facts: world, words }: Pick<FirstTurn, 'facts' | 'words'>,
  text: string,
): Promise<{ readonly search: string; readonly problem: string }> {
  const begin = text.trim().slice(0, 3);
  const { more } = await world.customers.search(text, listed);
  const suggestions = begin.length < 2 ? [] : (await world.customers.search(begin, 3)).found.map(({ name }) => name);
  const problem = words.refusals['customer-unknown']({ text, suggestions, ...(more ? { more } : {}) });
  // All are listed where that can be; else those that are similar.
  return { search: more && suggestions.length > 0 ? begin : '', problem };
}

export async function profileOf(world: World, customerId: string): Promise<CustomerProfile> {
  const customer = await world.customers.find(customerId);
  if (!customer) throw new Refusal('customer-unknown', { text: customerId, suggestions: [] });
  return customer;
}

async function chooseCustomer<Data extends WithSearch>(turn: Turn<Data>, answer: Answer): Promise<NamedCustomer> {
  const { facts: world, words, data } = turn;
  const sent = answer.values.customer ?? answer.text ?? '';
  const { found, more } = await world.customers.search(data.search ?? '', listed);
  const picked = found.find((customer) => customer.id === sent);
  if (picked) return { customer: picked };
  if (more || answer.text) return customerNamed(turn, sent);
  const id = readChoice(words, 'customer', found.map(choiceOf), answer);
  const chosen = found.find((customer) => customer.id === id);
  return { customer: chosen ?? (await profileOf(world, id)) };
}

function choiceOf({ id, name, domain }: Customer): { title: string; value: string } {
  return { title: `${name} (${domain})`, value: id };
}

/** A name or domain typed in full means that customer, even if others contain it. */
function exactOr(found: readonly Customer[], text: string): readonly Customer[] {
  const wanted = text.trim().toLowerCase();
  const exact = found.filter(({ name, domain, id }) =>
    [name, domain, id].some((known) => known.toLowerCase() === wanted),
  );
  return exact.length === 1 ? exact : found;
}
