import { stateOf } from '../cards/cases.ts';
import type { FoundOrder } from '../cards/found.ts';
import { lineTexts } from '../cards/found.ts';
import type { Case } from '../domain/cancellations/case.ts';
import type { Customer } from '../domain/customers/customer.ts';
import { Refusal } from '../domain/errors.ts';
import { findOrder, orderOf } from '../domain/orders/find-order.ts';
import { type CustomerOrder, orderState, ordersOf } from '../domain/orders/purchases.ts';
import { linesOf, type OrderSubmission } from '../domain/orders/submission.ts';
import type { Person } from '../domain/people/staff.ts';
import type { World } from '../domain/world.ts';
import { fold } from '../words/commands.ts';
import { isCaseNumber, isNumber, isReference, readDetails } from '../words/details.ts';
import type { Words } from '../words/words.ts';
import { searchCustomer } from './choose-customer.ts';
import { findNamed } from './find-named.ts';

/** Who asks, and what they are answered with. */
export interface Asking {
  readonly world: World;
  /** As `Turn.facts`. */
  readonly facts: World;
  readonly who: Person;
  /** Their own. */
  readonly words: Words;
  /** Of the conversation that the card is for. */
  readonly shared: Words;
}

/** The row that whoever asks sees, and what its card is about. */
export type Found = { readonly title: string; readonly text: string } & (
  | { readonly order: FoundOrder }
  | { readonly case: Case }
  | { readonly customer: Customer }
);

/** `none`: what there is to say where nothing was found; otherwise that. */
interface Findings {
  readonly found: readonly Found[];
  readonly none?: string;
}

/** So many of a person's latest orders are looked through, and so many of the newest cases. */
const lookedAt = 25;
/** Each costs a call: of more customers with that in their name, the first ones. */
const customersAtOnce = 3;
/** Of the words that were typed. */
const mostReadings = 3;

/** Without a text, what this person has ordered here; else the order with this number, or those of the customer. */
export async function findOrders(asking: Asking, text: string): Promise<Findings> {
  const { world, facts, words } = asking;
  if (text === '') return { found: await ownOrders(asking), none: words.extension.noOrders };
  const { number } = readDetails(text);
  const named = number && !isCaseNumber(number) ? await orderNamed(facts, number) : undefined;
  if (named) return { found: [toOrder(words, named.order, named.customerName, named.state)] };
  const { customers, product } = await customersNamed(asking, text);
  const lists = await Promise.all(
    customers.map(async ({ id, name }) => {
      const orders = await ordersOf(world, { id });
      return orders.map((one) => ({ ...one, customerName: name }));
    }),
  );
  const all = lists.flat();
  const wanted = product === '' ? all : findNamed(all, titlesOf, product).found;
  const newest = wanted.toSorted((one, other) => other.order.createdAt.getTime() - one.order.createdAt.getTime());
  return { found: newest.map(({ order, customerName, state }) => toOrder(words, order, customerName, state)) };
}

/** Without a text the newest cases, this person's own first; what was submitted in private is in no list. */
export async function findCases(asking: Asking, text: string): Promise<Findings> {
  const { world, facts, who, words } = asking;
  const { number } = readDetails(text);
  const recent = await world.cases.recent(lookedAt);
  const wanted = fold(text);
  const fitting = recent.filter((one) => textsOf(one).some((known) => fold(known).includes(wanted)));
  const found = fitting.length > 0 ? fitting : number ? await casesNamed(facts, number) : await casesOfCustomers();
  const shown = found.filter(({ isPrivate }) => !isPrivate);
  const [hidden] = found;
  const isOwn = ({ requesterId }: Case): boolean => requesterId === who.id;
  const ordered = [...shown.filter(isOwn), ...shown.filter((one) => !isOwn(one))];
  return {
    found: ordered.map((one) => toCase(words, one)),
    ...(text === '' && { none: words.extension.noCases }),
    ...(text !== '' && hidden && { none: words.extension.private(hidden.reference) }),
  };

  async function casesOfCustomers(): Promise<Case[]> {
    const { customers } = await customersNamed(asking, text);
    return world.cases.recent(
      lookedAt,
      customers.map(({ id }) => id),
    );
  }
}

/** Without a text those that this person has ordered for last, and then all by name. */
export async function findCustomers(asking: Asking, text: string, limit: number): Promise<Findings> {
  const { facts, words, who, world } = asking;
  const [{ found }, placed] = await Promise.all([
    facts.customers.search(text, limit),
    text === '' ? world.orderSubmissions.newestBy(who.id, lookedAt) : [],
  ]);
  const lately = [...new Set(placed.map(({ content }) => content.customerId))].flatMap(
    (id) => found.find((one) => one.id === id) ?? [],
  );
  const others = found.filter((one) => !lately.includes(one));
  const all = [...lately, ...others];
  const customers = all.length > 0 || text === '' ? all : (await customersNamed(asking, text)).customers;
  return {
    found: customers.map((customer) => ({ title: customer.name, text: customer.domain, customer })),
    ...(text === '' && { none: words.extension.noCustomers }),
  };
}

/** What one of our own links leads to; nothing for every other address, and for what was submitted in private. */
export async function findByLink(asking: Asking, publicUrl: string, link: string): Promise<Found | undefined> {
  const { facts, words } = asking;
  const named = readLink(publicUrl, link);
  if (!named) return undefined;
  const { kind, id } = named;
  if (kind === 'case') {
    const found = await facts.cases.get(id.toUpperCase());
    return found && !found.isPrivate ? toCase(words, found) : undefined;
  }
  if (kind === 'order') {
    const found = await orderNamed(facts, id);
    return found && toOrder(words, found.order, found.customerName, found.state);
  }
  const customer = await facts.customers.find(id);
  return customer && { title: customer.name, text: customer.domain, customer };
}

/** `https://desk.example/case/SD-7K2M9Q`, below the address of ours. */
function readLink(publicUrl: string, link: string): { readonly kind: string; readonly id: string } | undefined {
  if (!URL.canParse(link)) return undefined;
  const [own, { origin, pathname }] = [new URL(publicUrl), new URL(link)];
  const base = own.pathname.replace(/\/$/, '');
  if (origin !== own.origin || !pathname.startsWith(`${base}/`)) return undefined;
  const [, kind, id] = /^\/(case|order|customer)\/([\w-]{1,80})\/?$/.exec(pathname.slice(base.length)) ?? [];
  return kind !== undefined && id !== undefined ? { kind, id } : undefined;
}

/** What was ordered in private is in no list. */
async function ownOrders({ world, who, words }: Asking): Promise<Found[]> {
  const isShown = ({ state, isPrivate }: OrderSubmission): boolean => state === 'ordered' && !isPrivate;
  const placed = (await world.orderSubmissions.newestBy(who.id, lookedAt)).filter(isShown);
  const numbers = await world.knownOrders.numbersOf(placed.flatMap(({ orderIds }) => orderIds));
  return placed.flatMap(({ content, orderIds, createdAt }) =>
    orderIds.map((id) => {
      const lines = linesOf(content).map(({ item, itemTitle }) => ({ quantity: item.quantity, title: itemTitle }));
      const { customerName } = content;
      return rowOf(words, { number: numbers.get(id) ?? id, customerName, createdAt, lines });
    }),
  );
}

/** Only a whole number is worth asking Partner Center about: this runs while somebody types. */
async function orderNamed(
  facts: World,
  number: string,
): Promise<(CustomerOrder & { readonly customerName: string }) | undefined> {
  const known = await facts.customerRecords.find(number);
  const byKnown = known && (await orderOf(facts, known.customerId, known.orderId));
  const found = byKnown ?? (isNumber(number) ? await findOrder(facts, number).catch(undefinedWhereUnknown) : undefined);
  if (!found) return undefined;
  const openCase = await facts.cases.openForOrder(found.order.id);
  return {
    order: found.order,
    customerName: found.customer.name,
    state: orderState(found.order, openCase !== undefined),
  };
}

function undefinedWhereUnknown(error: unknown): undefined {
  if (!(error instanceof Refusal) || error.code !== 'order-unknown') throw error;
}

async function casesNamed(facts: World, number: string): Promise<readonly Case[]> {
  if (isReference(number)) return toCases(await facts.cases.get(number.toUpperCase()));
  if (isCaseNumber(number)) return facts.cases.withTicket(number);
  const known = await facts.customerRecords.find(number);
  if (!known || known.openCase) return toCases(known?.openCase);
  return toCases(await facts.cases.completedForOrder(known.orderId));
}

function toCases(found: Case | undefined): readonly Case[] {
  return found ? [found] : [];
}

/** Those whose name begins with the text or contains it; else the one that a sentence names, with what was bought. */
async function customersNamed(
  { facts }: Asking,
  text: string,
): Promise<{ readonly customers: readonly Customer[]; readonly product: string }> {
  const readings = readDetails(text).readings.filter(({ isGuess }) => !isGuess);
  for (const { customer, product } of [{ customer: text, product: '' }, ...readings].slice(0, mostReadings)) {
    const { found } = await facts.customers.search(customer, customersAtOnce);
    if (found.length > 0) return { customers: found, product };
  }
  const named = await searchCustomer(facts, text);
  return { customers: named && 'customer' in named ? [named.customer] : [], product: '' };
}

function titlesOf({ order }: CustomerOrder): string {
  return order.lines.map(({ title }) => title).join(' ');
}

function textsOf({ reference, content, requesterName, ticketId = '' }: Case): string[] {
  return [reference, content.orderNumber, content.customerName, requesterName, ticketId];
}

function toOrder(
  words: Words,
  { number, createdAt, lines }: CustomerOrder['order'],
  customerName: string,
  state: CustomerOrder['state'],
): Found {
  return rowOf(words, { number, createdAt, customerName, state, lines });
}

function rowOf(words: Words, order: FoundOrder): Found {
  const { number, customerName, createdAt, state } = order;
  const about = [words.software.bought(createdAt), ...(state ? [words.software.state(state)] : [])];
  return { title: `${number} · ${customerName}`, text: [...lineTexts(words, order), ...about].join(' · '), order };
}

function toCase(words: Words, found: Case): Found {
  const { reference, content, requesterName } = found;
  const about = [stateOf(words, found), words.software.orderNumber(content.orderNumber), requesterName];
  return { title: `${reference} · ${content.customerName}`, text: about.join(' · '), case: found };
}
