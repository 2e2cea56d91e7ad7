import { z } from 'zod';
import { auditCard, entriesPerPage } from '../cards/audit.ts';
import { messageCard } from '../cards/message.ts';
import type { AuditEntry, AuditScope } from '../domain/audit/audit.ts';
import type { Customer } from '../domain/customers/customer.ts';
import { OutsideError } from '../domain/errors.ts';
import { findOrder } from '../domain/orders/find-order.ts';
import type { World } from '../domain/world.ts';
import { readDays, spanOf } from '../words/periods.ts';
import { customerData, customerNamed, customerQuestion } from './choose-customer.ts';
import { askIn, done, type FirstTurn, flow, type Reply, type Turn } from './engine/flow.ts';
import { isOrderNumber } from './known-order.ts';

const scope = {
  ...customerData,
  orderId: z.string().optional(),
  orderNumber: z.string().optional(),
  /** Only what was done on these days of the person's zone. */
  days: z.object({ first: z.string(), last: z.string() }).optional(),
};
const data = {
  customer: z.object(scope),
  list: z.object({
    ...scope,
    /** The first entry of each page, from the newest one to the one that is shown: so a page stays what it was. */
    pages: z.array(z.string()),
  }),
};

type Scope = z.infer<typeof data.customer>;
type Data = z.infer<typeof data.list>;
type Steps = { customer: Scope; list: Data };

const ask = askIn<Steps>();

const guid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/**
 *   staff   audit contoso     (or `audit last week`, `audit contoso since 3 Nov`)
 *   bot     Audit log of Contoso: …      → list
 *   staff   Next: older
 *   bot     (the entries before; Back: newer)
 */
export const audit = flow<Steps>({
  name: 'audit',
  right: 'audit.read',
  async begin(turn, args) {
    const { words, place, context } = turn;
    if (place.kind !== 'personal')
      return done(
        messageCard({ ...context, draft: undefined }, { title: words.audit.title, lines: [words.audit.elsewhere] }),
      );
    const { rest, days } = readDays(args, turn.world.clock.now(), context.timeZone);
    const { problem, ...named } = rest ? await scopeOf(turn, rest) : ({} as NamedScope);
    const scope = { ...named, ...(days && { days }) };
    return scope.search === undefined ? showNewest(turn, scope) : ask('customer', scope, problem);
  },
  questions: {
    customer: customerQuestion<Steps, Scope>({
      data: data.customer,
      title: ({ words, data: { search } }) => (search ? words.software.several(search) : words.software.whichCustomer),
      canKeep: false,
      onSearch: (turn, search, problem) => ask('customer', { ...turn.data, search }, problem),
      onCustomer: (turn, customer) => showNewest(turn, { days: turn.data.days, ...ofCustomer(customer) }),
    }),
    list: {
      kind: 'list',
      data: data.list,
      heading: (words) => words.audit.title,
      // A second click on the same button does not turn two pages: each drawing counts once.
      async show(turn) {
        const { context, data } = turn;
        const { entries, next } = await pageOf(turn);
        const before = (data.pages.length - 1) * entriesPerPage;
        return auditCard(context, { title: titleOf(turn, data), entries, before, isEnd: next === undefined });
      },
      async answer(turn, answer) {
        const { data } = turn;
        const { pages } = data;
        if (answer.do === 'newer' && pages.length > 1) return ask('list', { ...data, pages: pages.slice(0, -1) });
        const { next } = await pageOf(turn);
        return ask('list', answer.do === 'next' && next ? { ...data, pages: [...pages, next] } : data);
      },
    },
  },
});

type NamedScope = Scope & { readonly problem?: string };

/** `audit 1a2b3c4d5e6f`, `audit SD-7K2M9Q`, `audit contoso`. An order's id has digits and no blanks. */
async function scopeOf(turn: FirstTurn, args: string): Promise<NamedScope> {
  const { facts: world } = turn;
  const [first = ''] = args.split(' ');
  const cancellation = await world.cases.get(first.toUpperCase());
  if (cancellation) {
    const { customerName, orderId, orderNumber } = cancellation.content;
    return { customerName, orderId, orderNumber };
  }
  // A subscription's id looks like a customer's.
  const customer = guid.test(first) ? await world.customers.find(first).catch(undefinedWhereDenied) : undefined;
  if (customer) return ofCustomer(customer);
  if (isOrderNumber(first)) {
    const { customer, order } = await findOrder(world, first);
    return { customerName: customer.name, orderId: order.id, orderNumber: order.number };
  }
  const named = await customerNamed(turn, args);
  return 'search' in named ? named : ofCustomer(named.customer);
}

/** Partner Center may refuse an id that is no customer's as it refuses one that is not ours. */
function undefinedWhereDenied(error: unknown): undefined {
  if (!(error instanceof OutsideError) || error.kind !== 'forbidden') throw error;
}

function ofCustomer({ id, name }: Customer): Scope {
  return { customerId: id, customerName: name };
}

async function showNewest(turn: FirstTurn, scope: Scope): Promise<Reply<Steps>> {
  const { world, words, context } = turn;
  const [newest] = await world.audit.entries(asked(turn, scope), undefined, 1);
  if (newest) return ask('list', { ...scope, pages: [newest.cursor] });
  const card = messageCard(
    { ...context, draft: undefined },
    { title: titleOf(turn, scope), lines: [scope.days ? words.audit.nothingThen : words.audit.nothing] },
  );
  return done(card);
}

function titleOf({ words }: Pick<FirstTurn, 'words'>, { customerName = '', orderNumber, ...scope }: Scope): string {
  const { title, of, ofOrder, on } = words.audit;
  const about = scope.customerId === undefined ? title : of(customerName);
  const named = orderNumber === undefined ? about : ofOrder(orderNumber, customerName);
  return scope.days ? on(named, new Date(scope.days.first), new Date(scope.days.last)) : named;
}

function asked({ context }: Pick<FirstTurn, 'context'>, { customerId, orderId, days }: Scope): AuditScope {
  return { customerId, orderId, ...(days && spanOf(days, context.timeZone)) };
}

/** What is shown, and where the next page begins. */
async function pageOf(turn: Turn<Data>): Promise<{ entries: AuditEntry[]; next?: string }> {
  const { world, data } = turn;
  const found = await world.audit.entries(asked(turn, data), data.pages.at(-1), entriesPerPage + 1);
  const entries = found.slice(0, entriesPerPage);
  return { entries: await withNames(world, data.customerName, entries), next: found[entriesPerPage]?.cursor };
}

/** The record of a key that was shown knows its customer by id only. */
async function withNames(
  world: World,
  known: string | undefined,
  entries: readonly AuditEntry[],
): Promise<AuditEntry[]> {
  const unnamed = new Set(entries.flatMap(({ customerId, customerName }) => (customerName ? [] : [customerId])));
  const names = new Map<string, string | undefined>();
  await Promise.all(
    [...unnamed].map(async (customerId) => names.set(customerId, known ?? (await nameOf(world, customerId)))),
  );
  return entries.map((entry) => ({ ...entry, customerName: entry.customerName ?? names.get(entry.customerId) }));
}

/** The log is there although Partner Center is not. */
async function nameOf(world: World, customerId: string): Promise<string | undefined> {
  try {
    return (await world.customers.find(customerId))?.name;
  } catch (error) {
    if (error instanceof OutsideError) return undefined;
    throw error;
  }
}
