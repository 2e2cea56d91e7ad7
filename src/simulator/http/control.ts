import { z } from 'zod';
import { showAgreement } from '../agreements.ts';
import { showAuditRecord } from '../audit-records.ts';
import { showCart } from '../carts.ts';
import { showCustomer } from '../customers.ts';
import { showOrder } from '../orders.ts';
import { COLLEAGUE } from '../partner.ts';
import { showTicket } from '../service-requests.ts';
import { findSubscribedLine, showSubscription } from '../subscriptions.ts';
import { fileTicket, newTicketSchema, REFUND_TOPIC } from '../support-agent.ts';
import type { SeedOptions, World } from '../world.ts';
import { type ApiResponse, type Call, ok } from './call.ts';
import { faultSchema } from './faults.ts';
import type { Context } from './handle.ts';
import { parseOrUndefined } from './read-call.ts';

/** The control API, for tests: on the same port, under `/__simulator/` (docs/simulator.md, "Control API"). */
export interface ControlRoute {
  method: 'GET' | 'POST' | 'DELETE';
  path: string;
  handle(context: Context, request: ControlRequest): ApiResponse;
}

type ControlRequest = Pick<Call, 'query' | 'text'>;

export const controlRoutes: ControlRoute[] = [
  { method: 'GET', path: '/__simulator/state', handle: showWorld },
  { method: 'GET', path: '/__simulator/requests', handle: listRequests },
  { method: 'POST', path: '/__simulator/clock', handle: moveClock },
  { method: 'GET', path: '/__simulator/faults', handle: ({ faults }) => ok(faults.list()) },
  { method: 'POST', path: '/__simulator/faults', handle: addFaults },
  { method: 'DELETE', path: '/__simulator/faults', handle: clearFaults },
  { method: 'POST', path: '/__simulator/orders', handle: undoCancellation },
  { method: 'DELETE', path: '/__simulator/orders', handle: forgetOrder },
  { method: 'POST', path: '/__simulator/tickets', handle: filePortalTicket },
  { method: 'DELETE', path: '/__simulator/tickets', handle: forgetTicket },
  { method: 'POST', path: '/__simulator/reset', handle: reset },
];

/**
 * Every API call so far, `?after=n` those behind the first n, or `?by=turn` how many there were under each
 * MS-CorrelationId, and in how many rounds.
 */
function listRequests({ log }: Context, { query }: ControlRequest): ApiResponse {
  const by = query.get('by');
  const after = query.get('after') ?? '0';
  if (!/^\d+$/.test(after)) return createBadRequest(`after must be a number of calls, not ${after}.`);
  if (by === undefined) return ok(log.list(Number(after)));
  return by === 'turn' ? ok(log.countByTurn()) : createBadRequest(`by can only be turn, not ${by}.`);
}

const clockSchema = z.union([
  z.strictObject({ now: z.iso.datetime({ offset: true }) }),
  z.strictObject({ advanceSeconds: z.number() }),
]);

function moveClock(context: Context, { text }: ControlRequest): ApiResponse {
  return parseAndRun(clockSchema, text, (wanted) => {
    const { clock } = context.store.world();
    if ('now' in wanted) clock.setTo(Date.parse(wanted.now));
    else clock.advance(wanted.advanceSeconds * 1000);
    context.store.markChanged();
    context.store.saveIfChanged();
    context.onHandled();
    return { now: formatNow(context.store.world()) };
  });
}

/** One or a list. Not a union of the two, which would not tell what is wrong. */
const faultsSchema = z.preprocess((sent) => (Array.isArray(sent) ? sent : [sent]), z.array(faultSchema));

function addFaults({ faults }: Context, { text }: ControlRequest): ApiResponse {
  return parseAndRun(faultsSchema, text, (wanted) => {
    faults.add(wanted);
    return faults.list();
  });
}

function clearFaults({ faults }: Context): ApiResponse {
  faults.clear();
  return ok([]);
}

/** As the portal's form for refunds sends it; the rest can be given as in the API's own call. */
const portalTicketSchema = newTicketSchema.extend({
  severity: newTicketSchema.shape.severity.default('minimal'),
  supportTopicId: newTicketSchema.shape.supportTopicId.default(REFUND_TOPIC.id),
  /** A colleague's ticket is one of the organisation's, and not the service account's own. */
  filedBy: z.enum(['colleague', 'service-account']).default('colleague'),
});

/** Somebody files a ticket in the portal: in mode `today` the only way there is. */
function filePortalTicket({ store }: Context, { text }: ControlRequest): ApiResponse {
  return parseAndRun(portalTicketSchema, text, ({ filedBy, ...wanted }) => {
    const world = store.world();
    const now = world.clock.now();
    const userName = filedBy === 'colleague' ? COLLEAGUE : world.partner.userName;
    const ticket = fileTicket(world, { now, caller: { userName } }, wanted);
    store.markChanged();
    store.saveIfChanged();
    return showTicket(ticket, world.partner, now);
  });
}

const undoSchema = z.strictObject({ id: z.string(), undoCancellation: z.literal(true) });

/** What was cancelled is active again, and was never recorded as cancelled: Partner Center then denies what it confirmed. */
function undoCancellation({ store }: Context, { text }: ControlRequest): ApiResponse {
  return parseAndRun(undoSchema, text, ({ id }) => {
    const world = store.world();
    const order = world.orders.get(id);
    if (order === undefined) return { isFound: false };
    world.orders.put({ ...order, adjustments: [] });
    removeRecords(world, id, ['update_order']);
    store.saveIfChanged();
    return { isFound: true };
  });
}

/** `?id=`: there never was such an order, nor a record of it. */
function forgetOrder({ store }: Context, { query }: ControlRequest): ApiResponse {
  const world = store.world();
  const id = query.get('id') ?? '';
  const isFound = world.orders.get(id) !== undefined;
  world.orders.remove(id);
  removeRecords(world, id, ['create_order', 'update_order']);
  store.saveIfChanged();
  return ok({ isFound });
}

function removeRecords({ auditRecords }: World, orderId: string, types: readonly string[]): void {
  for (const { id } of auditRecords.filter((one) => one.orderId === orderId && types.includes(one.operationType)))
    auditRecords.remove(id);
}

/** `?id=`: there never was such a ticket. */
function forgetTicket({ store }: Context, { query }: ControlRequest): ApiResponse {
  const { serviceRequests } = store.world();
  const id = query.get('id') ?? '';
  const isFound = serviceRequests.get(id) !== undefined;
  serviceRequests.remove(id);
  store.saveIfChanged();
  return ok({ isFound });
}

const MOST_CUSTOMERS = 50_000;
const MOST_SKUS = 100_000;

/** Another world for the same partner: what is left out is as at the start. */
const seedOptionsSchema = z.strictObject({
  customers: z.number().int().min(1).max(MOST_CUSTOMERS).optional(),
  skus: z.number().int().min(0).max(MOST_SKUS).optional(),
  seed: z.number().int().optional(),
});

function reset(context: Context, { text }: ControlRequest): ApiResponse {
  return parseAndRun(seedOptionsSchema, text.trim() === '' ? '{}' : text, (wanted) => {
    resetAll(context, wanted);
    return { now: formatNow(context.store.world()) };
  });
}

/** Back to the seed: the world, the clock, and what tests asked for. */
export function resetAll(context: Context, wanted: Partial<SeedOptions> = {}): void {
  context.store.reset(wanted);
  context.faults.clear();
  context.log.clear();
  context.throttle.reset();
  context.onHandled();
}

function parseAndRun<T>(schema: z.ZodType<T>, text: string, run: (wanted: T) => unknown): ApiResponse {
  const parsed = schema.safeParse(parseOrUndefined(text));
  return parsed.success ? ok(run(parsed.data)) : createBadRequest(z.prettifyError(parsed.error));
}

function createBadRequest(error: string): ApiResponse {
  return { status: 400, body: { error } };
}

function formatNow({ clock }: World): string {
  return new Date(clock.now()).toISOString();
}

/** The whole world as the API would show it now, or `?only=orders,carts` a part of it: all of it takes its time. */
function showWorld({ store }: Context, { query }: ControlRequest): ApiResponse {
  const world = store.world();
  const now = world.clock.now();
  const only = query.get('only')?.split(',').filter(Boolean) ?? Object.keys(lists);
  const unknown = only.filter((name) => !Object.hasOwn(lists, name));
  if (unknown.length > 0)
    return createBadRequest(`only can be ${Object.keys(lists).join(', ')}; not ${unknown.join(', ')}.`);
  const shown = Object.entries(lists).flatMap(([name, list]) =>
    only.includes(name) ? [[name, list(world, now)]] : [],
  );
  return ok({ now: new Date(now).toISOString(), ...Object.fromEntries(shown) });
}

/** What the world consists of. Subscriptions and audit records of the future are left out. */
const lists: Readonly<Record<string, (world: World, now: number) => unknown[]>> = {
  customers: ({ customers }) => customers.all().map((customer) => showCustomer(customer, { isNamed: true })),
  carts: ({ carts }) =>
    carts.values().map((cart) => ({ ...showCart(cart), customerId: cart.customerId, orderIds: cart.orderIds })),
  orders: ({ orders }, now) =>
    orders.values().map((order) => ({
      ...showOrder(order, { at: now, prices: true, withStoredIds: true }),
      isListed: order.listedAt <= now,
    })),
  subscriptions: (world, now) =>
    world.subscriptions
      .values()
      .map((subscription) => findSubscribedLine(world, subscription))
      .filter((subscribed) => subscribed !== undefined)
      .filter(({ order }) => order.subscribedAt <= now)
      .map((subscribed) => ({
        ...showSubscription(world, subscribed, now),
        customerId: subscribed.order.customerId,
      })),
  serviceRequests: ({ serviceRequests, partner }, now) =>
    serviceRequests.values().map((ticket) => ({ ...showTicket(ticket, partner, now), customerId: ticket.customerId })),
  agreements: ({ agreements }) =>
    agreements.values().map((agreement) => ({ ...showAgreement(agreement), customerId: agreement.customerId })),
  auditRecords: (world, now) =>
    world.auditRecords.filter(({ operationAt }) => operationAt <= now).map((record) => showAuditRecord(world, record)),
};
