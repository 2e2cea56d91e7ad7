import type { ZodType } from 'zod';
import { z } from 'zod';
import { chooseCard } from '../cards/choose.ts';
import { datasetOf, shownAtMost } from '../cards/search.ts';
import { type Customer, type CustomerProfile, findExactly } from '../domain/customers/customer.ts';
import { Refusal } from '../domain/errors.ts';
import type { World } from '../domain/world.ts';
import { fold } from '../words/commands.ts';
import type { Answer, FirstTurn, MaybePromise, Question, Reply, StepData, Turn } from './engine/flow.ts';
import { customerChoice, customersFor, likelyCustomers } from './suggestions.ts';

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

/** Which customer? The likeliest, or those that fit what was typed, and a search among all of them while one types. */
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
      const { context, data, entered, words } = turn;
      const { choices, more } = data.search ? await findMatching(turn, data.search) : await likelyCustomers(turn);
      const value = entered.customer ?? data.customerId;
      const chosen = choices.some((one) => one.value === value) ? [] : findChosenBefore(turn, value);
      const isAll = !data.search && !more;
      return chooseCard(context, 'customer', [...chosen, ...choices], {
        title: title(turn),
        canKeep,
        value: chosen.length > 0 || choices.some((one) => one.value === value) ? value : undefined,
        ...(!isAll && { dataset: datasetOf(context, 'customer'), placeholder: words.purchase.searchCustomer }),
        candidates: data.search && !more ? choices : [],
      });
    },
    suggest: (turn, searched, text) => (searched === 'customer' ? customersFor(turn, text) : []),
    async answer(turn, answer) {
      const found = await chooseCustomer(turn, answer);
      if (!('customer' in found)) return onSearch(turn, found.search, found.problem);
      const { id, name } = found.customer;
      turn.world.favourites.note({ personId: turn.who.id, customer: { id, name }, items: [] });
      return onCustomer(turn, found.customer);
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
  const named = findExactly(found, text);
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
): Promise<{ readonly search: string; readonly problem: string; readonly isSimilar: boolean }> {
  const begin = text.trim().slice(0, 3);
  const { more } = await world.customers.search(text, listed);
  const suggestions = begin.length < 2 ? [] : (await world.customers.search(begin, 3)).found.map(({ name }) => name);
  const problem = words.refusals['customer-unknown']({ text, suggestions, ...(more ? { more } : {}) });
  // All are listed where that can be; else those that are similar.
  const isSimilar = suggestions.length > 0;
  return { search: more && isSimilar ? begin : '', problem, isSimilar };
}

export async function profileOf(world: World, customerId: string): Promise<CustomerProfile> {
  const customer = await world.customers.find(customerId);
  if (!customer) throw new Refusal('customer-unknown', { text: customerId, suggestions: [] });
  return customer;
}

async function findMatching({ facts }: FirstTurn, text: string) {
  const { found, more } = await facts.customers.search(text, listed);
  return { choices: found.slice(0, shownAtMost).map(customerChoice), more: more || found.length > shownAtMost };
}

function findChosenBefore({ world }: FirstTurn, customerId: string | undefined) {
  const known = customerId === undefined ? undefined : world.customers.known(customerId);
  return known ? [customerChoice(known)] : [];
}

/** Picked, or typed: in chat, or into the list by a client that does not search. */
async function chooseCustomer(turn: FirstTurn, { values, text }: Answer): Promise<NamedCustomer> {
  const { facts: world, words } = turn;
  const sent = (values.picked ?? values.customer ?? text ?? '').trim();
  if (sent === '') throw new Refusal('invalid', { field: 'customer', why: words.common.chooseOne });
  const known = text === undefined ? world.customers.known(sent) : undefined;
  return known ? { customer: known } : customerNamed(turn, sent);
}
