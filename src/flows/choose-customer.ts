import type { ZodType } from 'zod';
import { z } from 'zod';
import { chooseCard, searchCard } from '../cards/choose.ts';
import { readChoice } from '../cards/inputs.ts';
import type { Customer, CustomerProfile } from '../domain/customers/customer.ts';
import { Refusal } from '../domain/errors.ts';
import type { World } from '../domain/world.ts';
import type { Answer, MaybePromise, Question, Reply, StepData, Turn } from './engine/flow.ts';

/** More customers than this are searched, not listed. */
const listed = 100;

/** What a conversation keeps of the customer it is about. */
export const customerData = {
  search: z.string().optional(),
  customerId: z.string().optional(),
  customerName: z.string().optional(),
};

/** The same, once a customer was chosen. */
export const chosenCustomerData = {
  search: z.string().optional(),
  customerId: z.string(),
  customerName: z.string(),
};

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
  /** Several fit what was typed: the list of them. */
  onSearch(turn: Turn<Data>, search: string): Reply<Steps>;
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
      return 'customer' in found ? onCustomer(turn, found.customer) : onSearch(turn, found.search);
    },
  };
}

/** As it stood in the list: what only the customer itself says is read where it is needed. */
type Chosen = { readonly customer: Customer } | { readonly search: string };

/** `buy contoso`: the one customer that the words name, or what to search for; throws `customer-unknown`. */
export async function customerNamed(world: World, text: string): Promise<Chosen> {
  const { found, more } = await world.customers.search(text, listed);
  const named = exactOr(found, text);
  const [only, ...others] = named;
  // Of several that contain the text, only this one may have been looked at: then the person picks it.
  const isCertain = !more || named !== found;
  if (only && others.length === 0 && isCertain) return { customer: only };
  if (only) return { search: text };
  const profile = /[.@-]/.test(text) ? await world.customers.find(text) : undefined;
  if (profile) return { customer: profile };
  throw new Refusal('customer-unknown', { text, suggestions: await similar(world, text), ...(more ? { more } : {}) });
}

export async function profileOf(world: World, customerId: string): Promise<CustomerProfile> {
  const customer = await world.customers.find(customerId);
  if (!customer) throw new Refusal('customer-unknown', { text: customerId, suggestions: [] });
  return customer;
}

async function chooseCustomer<Data extends WithSearch>(turn: Turn<Data>, answer: Answer): Promise<Chosen> {
  const { facts: world, words, data } = turn;
  const sent = answer.values.customer ?? answer.text ?? '';
  const { found, more } = await world.customers.search(data.search ?? '', listed);
  const picked = found.find((customer) => customer.id === sent);
  if (picked) return { customer: picked };
  if (more || answer.text) return customerNamed(world, sent);
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

/** Customers that share the beginning of a word with what was typed. */
async function similar(world: World, text: string): Promise<string[]> {
  const start = text.trim().slice(0, 3);
  if (start.length < 2) return [];
  return (await world.customers.search(start, 3)).found.map((customer) => customer.name);
}
