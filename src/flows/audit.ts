import { z } from 'zod';
import { auditCard, entriesPerPage } from '../cards/audit.ts';
import { messageCard } from '../cards/message.ts';
import { type AuditEntry, type AuditScope, isCursor } from '../domain/audit/audit.ts';
import { isAuditSubject } from '../domain/audit/audit-subject.ts';
import type { Customer } from '../domain/customers/customer.ts';
import { DeliveryError, OutsideError } from '../domain/errors.ts';
import { findOrder } from '../domain/orders/find-order.ts';
import type { World } from '../domain/world.ts';
import { readDays, spanOf } from '../words/periods.ts';
import { sizeOfAuditFile } from './audit-file.ts';
import { afterReview, lastQuarter, reviewTitle, reviewTold } from './audit-review.ts';
import { customerData, customerNamed, customerQuestion, type NamedCustomer } from './choose-customer.ts';
import { differencesTold, isDifferences } from './differences.ts';
import { askIn, done, type FirstTurn, flow, type Reply } from './engine/flow.ts';
import { isOrderNumber } from './known-order.ts';
import { narrowAudit } from './narrow-audit.ts';

const data = z.object({
  ...customerData,
  /** Only what was done on these days of the person's zone. */
  days: z.object({ first: z.string(), last: z.string() }).optional(),
  /** It is wanted as a file. */
  isFile: z.boolean().optional(),
  /** Only what somebody of that name did, or what is of this kind. */
  person: z.string().optional(),
  subject: z.string().refine(isAuditSubject).optional(),
  /** Only who was shown what, and leaks. */
  isReview: z.boolean().optional(),
});

type Steps = { readonly customer: z.infer<typeof data> };

interface Scope extends Omit<Steps['customer'], 'search' | 'customers'> {
  readonly orderId?: string;
  readonly orderNumber?: string;
  /** Whom or what it is about, in a form that leads to the same again whatever else is recorded by then. */
  readonly named?: string;
}

const ask = askIn<Steps>();

/** The same word in every language. */
const asFile = /(?:^|\s)csv(?=\s|$)/i;

const guid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/**
 *   staff   audit contoso     (or `audit last week`, `audit contoso since 3 Nov`)
 *   bot     Audit log of Contoso: …
 *   staff   audit keys contoso by Ada last week     (what it is about, of whom, who did it, when: each may be left out)
 *   bot     (…)
 *   staff   audit differences
 *   bot     (what Partner Center's records and ours tell differently)
 *   staff   audit review contoso     (or `audit review`: of which customers there is something to review)
 *   bot     (who saw which keys and downloads in the last quarter, and leaks)
 *   staff   Next: older
 *   bot     (the entries before, in place of these; Back: newer)
 *   staff   Export as CSV     (or `audit contoso csv`)
 *   bot     (asks in the personal chat whether the file may be put into their OneDrive)
 *
 * What has to be known for another page is in its button: looking at the log writes nothing.
 */
export const audit = flow<Steps>({
  name: 'audit',
  right: 'audit.read',
  async begin(turn, args) {
    const { words, place, context } = turn;
    if (place.kind !== 'personal')
      return done(messageCard(context, { title: words.audit.title, lines: [words.audit.elsewhere] }));
    if (isDifferences(args)) return done(await differencesTold(turn.world, context, turn.page.from));
    const isFile = asFile.test(args);
    const asked = args.replace(asFile, ' ').trim();
    const reviewed = afterReview(asked);
    const isReview = reviewed !== undefined;
    const { rest, days: named } = readDays(reviewed ?? asked, turn.world.clock.now(), context.timeZone);
    const days = isReview ? (named ?? lastQuarter(turn.world)) : named;
    const { text, person, subject } = isReview ? { text: rest } : await narrowAudit(turn, rest);
    const scope = text ? await scopeOf(turn, text) : {};
    const more = { days, isFile, isReview, person, subject };
    if ('search' in scope) return ask('customer', { search: scope.search, ...more }, scope.problem);
    return show(turn, { ...scope, ...more });
  },
  questions: {
    customer: customerQuestion<Steps, Steps['customer']>({
      data,
      title: ({ words, data: { search } }) => (search ? words.software.several(search) : words.software.whichCustomer),
      canKeep: false,
      onSearch: (turn, search, problem) => ask('customer', { ...turn.data, search }, problem),
      onCustomer: (turn, customer) => {
        const { days, isFile, isReview, person, subject } = turn.data;
        return show(turn, { days, isFile, isReview, person, subject, ...ofCustomer(customer) });
      },
    }),
  },
});

async function show(turn: FirstTurn, scope: Scope): Promise<Reply<Steps>> {
  if (scope.isFile) return offerFile(turn, scope);
  const { customerId: id, customerName: name = '', orderId, days, isReview } = scope;
  if (!isReview || !days || orderId !== undefined) return showPage(turn, scope);
  const customer = id === undefined ? undefined : { id, name };
  return done(await reviewTold(turn.world, turn.context, { customer, days, from: turn.page.from }));
}

/** The file is made only when the person agrees, and goes to their own chat, wherever this is. */
async function offerFile(turn: FirstTurn, scope: Scope): Promise<Reply<Steps>> {
  const { world, who, words } = turn;
  const title = titleOf(turn, scope);
  const say = (text: string) => done(messageCard({ ...turn.context, draft: undefined }, { title, lines: [text] }));
  if (scope.orderId !== undefined) return say(words.audit.noFileOfOrder);
  const { orderId: _, ...asked } = spanIn(turn, scope);
  const wanted = { ...asked, ...(scope.isReview && { isReview: true }) };
  const name = `${scope.isReview ? 'review' : 'audit-log'}-${world.clock.now().toISOString().slice(0, 10)}.csv`;
  const sizeInBytes = await sizeOfAuditFile(world, words, wanted);
  try {
    await world.auditFileOffers.offer(who.id, { name, description: title, sizeInBytes, scope: wanted });
  } catch (error) {
    if (!(error instanceof DeliveryError)) throw error;
    return say(words.audit.notOffered);
  }
  return say(words.audit.offered);
}

/** `audit 1a2b3c4d5e6f`, `audit SD-7K2M9Q`, `audit contoso`. An order's id has digits and no blanks. */
async function scopeOf(turn: FirstTurn, args: string): Promise<Scope | Exclude<NamedCustomer, { customer: unknown }>> {
  const { facts: world } = turn;
  const [first = ''] = args.split(' ');
  const cancellation = /^sd-/i.test(first) ? await world.cases.get(first.toUpperCase()) : undefined;
  if (cancellation) {
    const { customerName, orderId, orderNumber } = cancellation.content;
    return { customerName, orderId, orderNumber, named: first };
  }
  // A subscription's id looks like a customer's.
  const customer = guid.test(first) ? await world.customers.find(first).catch(undefinedWhereDenied) : undefined;
  if (customer) return ofCustomer(customer);
  if (isOrderNumber(first)) {
    const { customer, order } = await findOrder(world, first);
    return { customerName: customer.name, orderId: order.id, orderNumber: order.number, named: first };
  }
  const named = await customerNamed(turn, args);
  return 'search' in named ? named : ofCustomer(named.customer);
}

/** Partner Center may refuse an id that is no customer's as it refuses one that is not ours. */
function undefinedWhereDenied(error: unknown): undefined {
  if (!(error instanceof OutsideError) || error.kind !== 'forbidden') throw error;
}

function ofCustomer({ id, name }: Customer): Scope {
  return { customerId: id, customerName: name, named: id };
}

async function showPage(turn: FirstTurn, scope: Scope): Promise<Reply<Steps>> {
  const { world, words } = turn;
  // No draft is kept of what is only looked at, so no button names one.
  const context = { ...turn.context, draft: undefined };
  const title = titleOf(turn, scope);
  const { top, from } = pageOf(turn);
  const read = (skip: number) => world.audit.entries(spanIn(turn, scope), top, entriesPerPage + 1, skip);
  // Where no entry is left at that number, there is still the first page.
  const there = await read(from);
  const isPage = there.length > 0 || from === 0;
  const found = isPage ? there : await read(0);
  const [first] = found;
  if (!first) {
    const { nothingOfThat, nothingThen, nothing } = words.audit;
    // What was not asked for is not said to be absent.
    const isNarrowed = scope.person !== undefined || scope.subject !== undefined;
    const line = isNarrowed ? nothingOfThat : scope.days ? nothingThen : nothing;
    return done(messageCard(context, { title, lines: [line] }));
  }
  return done(
    auditCard(context, {
      title,
      entries: await withNames(world, scope.customerName, found.slice(0, entriesPerPage)),
      before: isPage ? from : 0,
      isEnd: found.length <= entriesPerPage,
      command: commandOf(scope),
      top: top ?? first.cursor,
      canExport: scope.orderId === undefined,
    }),
  );
}

/** The pages are counted from the entry that was the first one; a number without it counts from nowhere. */
function pageOf({ page: { from, top } }: FirstTurn): { readonly from: number; readonly top?: string } {
  return top !== undefined && isCursor(top) ? { from, top } : { from: 0 };
}

function commandOf({ named, days, person, subject }: Scope): string {
  const span = days && `${days.first} to ${days.last}`;
  return ['audit', subject, named, person && `by ${person}`, span].filter(Boolean).join(' ');
}

function titleOf({ words, context }: FirstTurn, { customerName, orderNumber, ...scope }: Scope): string {
  if (scope.isReview && scope.days) return reviewTitle(context, customerName, scope.days);
  const { title, of, ofOrder, on, narrowed } = words.audit;
  const about = scope.customerId === undefined ? title : of(customerName ?? '');
  const ofWhat = orderNumber === undefined ? about : ofOrder(orderNumber, customerName ?? '');
  const named = narrowed(ofWhat, scope);
  return scope.days ? on(named, new Date(scope.days.first), new Date(scope.days.last)) : named;
}

function spanIn({ context }: FirstTurn, { customerId, orderId, person, subject, days }: Scope): AuditScope {
  const narrowed = { ...(person !== undefined && { person }), ...(subject && { subject }) };
  return { customerId, orderId, ...narrowed, ...(days && spanOf(days, context.timeZone)) };
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
