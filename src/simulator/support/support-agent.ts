import type { z } from 'zod';
import { cancelLines, isNeverCancellable } from '../commerce/cancel-order.ts';
import { cancelledAt } from '../commerce/order-state.ts';
import type { Order, ServiceRequest, TicketStep } from '../entities.ts';
import { guidFrom } from '../hash.ts';
import type { World } from '../store.ts';
import { type Filing, newTicket, type newTicketSchema } from './new-ticket.ts';
import { AGENT } from './support.ts';
import { customersNamed, orderNamed } from './ticket-text.ts';

/** A ticket comes in and gets its agent, who opens it after a while. Returns it as it is at first. */
export function fileTicket(world: World, filing: Filing, sent: z.infer<typeof newTicketSchema>): ServiceRequest {
  const fresh = newTicket(world.ids, filing, sent);
  const openedAt = filing.now + world.options.delayMs / 5;
  const opened = withStep(fresh, { at: openedAt, status: 'open', by: AGENT });
  world.serviceRequests.put(lookAt(world, opened, filing.now));
  return fresh;
}

/**
 * The simulated agent reads a ticket and decides at once what will have happened when the delay has passed: the order
 * named is cancelled, window or not, and the ticket closed; or the agent asks back. Returns the ticket with those steps.
 */
export function lookAt(world: World, ticket: ServiceRequest, now: number): ServiceRequest {
  const notes = ticket.steps.filter(({ by }) => by !== AGENT).map(({ note }) => note ?? '');
  const text = [ticket.title, ticket.description, ...notes].join('\n');
  const doneAt = now + world.options.delayMs;
  const named = orderNamed(world, text);
  const customers = customersNamed(world, text);
  const customer = customers.find(({ id }) => id === named?.order.customerId) ?? customers[0];
  const known = customer === undefined ? ticket : { ...ticket, customerId: customer.id };
  const next = (step: Omit<TicketStep, 'by' | 'at'>, at = doneAt) => withStep(known, { ...step, at, by: AGENT });

  if (named === undefined) return next(askBack('Please tell us the order ID or the subscription ID.'));
  if (customer === undefined) return next(askBack('Please tell us the tenant ID or the domain of the customer.'));
  const { order, lines } = named;
  if (order.customerId !== customer.id) return next(askBack(`Order ID ${order.id} is not one of this customer.`));
  const chosen = order.lines.filter(({ lineItemNumber }) => lines.includes(lineItemNumber));
  if (chosen.length === 0) return next(askBack(`Order ID ${order.id} has no such line.`));
  if (chosen.some((line) => line.kind === 'other' || isNeverCancellable(world, line))) {
    return next({ status: 'closed', note: `Order ${order.id} cannot be cancelled: it is not refundable.` });
  }
  if (chosen.every(({ lineItemNumber }) => cancelledAt(order, lineItemNumber) !== undefined)) {
    return next({ status: 'closed', note: `Order ${order.id} was cancelled before.` });
  }
  const effectiveAt = Math.max(doneAt, order.completedAt);
  cancelLines(world, order, {
    lines,
    whole: lines.length === order.lines.length,
    by: 'ticket',
    ticketId: ticket.id,
    requestedAt: effectiveAt,
    effectiveAt,
    caller: { userName: AGENT, clientId: 'Microsoft Support' },
    correlationId: ticketCorrelation(ticket),
  });
  const note = `The refund was approved. Order ${order.id} is cancelled${naming(order, lines)} and its product keys are revoked.`;
  return next({ status: 'closed', note }, effectiveAt);
}

/** The partner closed the ticket: what the agent had not done yet is not done any more. */
export function withdraw(world: World, ticket: ServiceRequest, now: number): ServiceRequest {
  for (const order of world.orders.filter(({ adjustments }) =>
    adjustments.some(({ ticketId }) => ticketId === ticket.id),
  )) {
    const adjustments = order.adjustments.filter((one) => one.ticketId !== ticket.id || one.effectiveAt <= now);
    world.orders.put({ ...order, adjustments });
  }
  const correlation = ticketCorrelation(ticket);
  for (const record of world.auditRecords.filter(({ correlationId }) => correlationId === correlation)) {
    if (record.operationAt > now) world.auditRecords.remove(record.id);
  }
  return { ...ticket, steps: ticket.steps.filter(({ at }) => at <= now) };
}

/** Steps stay in the order of time. */
export function withStep(ticket: ServiceRequest, step: TicketStep): ServiceRequest {
  return { ...ticket, steps: [...ticket.steps, step].sort((one, other) => one.at - other.at) };
}

function askBack(note: string): Omit<TicketStep, 'by' | 'at'> {
  return { status: 'attention_needed', note };
}

function naming(order: Order, lines: number[]): string {
  return lines.length === order.lines.length ? '' : ` for lines ${lines.join(', ')}`;
}

function ticketCorrelation(ticket: ServiceRequest): string {
  return guidFrom('ticket', ticket.id);
}
