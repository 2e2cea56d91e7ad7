import type { ServiceRequest, TicketStatus } from '../entities.ts';
import { type Answer, type Call, created, ok, type Route } from '../http/call.ts';
import { customerOf } from '../http/customer-of-call.ts';
import { type ApiError, problem, refusal } from '../http/errors.ts';
import { readFilter } from '../http/filter.ts';
import { indexPage } from '../http/paging.ts';
import { readBody } from '../http/read-body.ts';
import { collectionOf } from '../http/wire.ts';
import { showListedServiceRequest, showServiceRequest, ticketStatus } from '../show/show-service-request.ts';
import { newTicketSchema, ticketUpdateSchema } from '../support/new-ticket.ts';
import { SUPPORT_TOPICS } from '../support/support.ts';
import { fileTicket, lookAt, withdraw, withStep } from '../support/support-agent.ts';

const OF_CUSTOMER = '/v1/customers/:customerId/servicerequests';

export const serviceRequestRoutes: Route[] = [
  { method: 'GET', path: '/v1/servicerequests', access: 'user', handle: listTickets },
  { method: 'GET', path: OF_CUSTOMER, access: 'user', handle: listTickets },
  { method: 'GET', path: '/v1/servicerequests/supporttopics', access: 'user', extendedOnly: true, handle: listTopics },
  { method: 'GET', path: '/v1/servicerequests/:ticketId', access: 'user', handle: getTicket },
  { method: 'GET', path: `${OF_CUSTOMER}/:ticketId`, access: 'user', handle: getTicket },
  { method: 'PATCH', path: '/v1/servicerequests/:ticketId', access: 'user', handle: updateTicket },
  // Decommissioned on 2020-08-31. The last segment is the locale of the agent.
  { method: 'POST', path: '/v1/servicerequests/:locale', access: 'user', extendedOnly: true, handle: createTicket },
];

const STATUSES = ['none', 'open', 'closed', 'attention_needed'];

function listTickets(call: Call): Answer {
  const customerId = call.params.customerId === undefined ? undefined : customerOf(call).id;
  const status = wantedStatus(call);
  const isVisible = visibleTo(call);
  const tickets = call.world.serviceRequests
    .filter(isVisible)
    .filter((ticket) => customerId === undefined || ticket.customerId === customerId)
    .filter((ticket) => status === undefined || ticketStatus(ticket, call.now) === status)
    .sort((one, other) => other.createdAt - one.createdAt)
    .map((ticket) => showListedServiceRequest(ticket, call.world.partner, call.now));
  return ok(indexPage(call, tickets, '/servicerequests'));
}

/** Reference §1.4: with the header the organisation's, to those who have the role for it; without, the caller's own. */
function visibleTo({ headers, world, caller }: Call): (ticket: ServiceRequest) => boolean {
  if (headers.includeorganizationrequests?.toLowerCase() !== 'true') {
    return ({ steps }) => steps[0]?.by === caller.userName;
  }
  if (world.options.supportRequestAdmin) return () => true;
  throw refusal(403, 900308, 'The role Support request admin is required to see the requests of the organization.');
}

/** Two ways to ask, `Field`/`Value` and the SDK's `filter`; `Status` is the only field; names or numbers. */
function wantedStatus(call: Call): string | undefined {
  const filter = readFilter(call);
  const field = filter?.field ?? call.query.get('Field');
  const value = filter?.value ?? call.query.get('Value');
  if (field === undefined || value === undefined) return undefined;
  const status = STATUSES.find(
    (name, number) => name.replace('_', '') === value.toLowerCase().replace('_', '') || String(number) === value,
  );
  if (field.toLowerCase() === 'status' && status !== undefined) return status;
  throw problem(400, 'Bad Request', `Service requests cannot be filtered by ${field} ${value}.`, call.path);
}

function listTopics(): Answer {
  return ok(collectionOf(SUPPORT_TOPICS.map((topic) => ({ ...topic, attributes: { objectType: 'SupportTopic' } }))));
}

function getTicket(call: Call): Answer {
  const isVisible = visibleTo(call);
  const ticket = ticketOf(call);
  if (!isVisible(ticket)) throw notFound(call);
  return ok(showServiceRequest(ticket, call.world.partner, call.now));
}

function createTicket(call: Call): Answer {
  const fresh = fileTicket(call.world, call, readBody(call, newTicketSchema));
  return created(showServiceRequest(fresh, call.world.partner, call.now));
}

/** Adds a note or sets the status. The agent looks again at what waited for an answer. */
function updateTicket(call: Call): Answer {
  const ticket = ticketOf(call);
  const sent = readBody(call, ticketUpdateSchema);
  const before = ticketStatus(ticket, call.now);
  const wanted = wantedUpdate(sent.status, before);
  const note = sent.newNote?.text;
  const closes = wanted === 'closed' && before !== 'closed';
  const standing = closes ? withdraw(call.world, ticket, call.now) : ticket;
  const answers = before === 'attention_needed' && typeof note === 'string' && !closes;
  const status = answers ? 'open' : wanted;
  const by = call.caller.userName;
  const updated = withStep(standing, { at: call.now, status, by, ...(typeof note === 'string' ? { note } : {}) });
  const stored = call.world.serviceRequests.put(answers ? lookAt(call.world, updated, call.now) : updated);
  // The article of old answers with the resource, the current reference with nothing.
  if (call.world.options.mode === 'today') return { status: 204 };
  return ok(showServiceRequest(stored, call.world.partner, call.now));
}

/** `none` is what an update that only adds a note sends. */
function wantedUpdate(sent: TicketStatus | null | undefined, before: TicketStatus): TicketStatus {
  return sent === null || sent === undefined || sent === 'none' ? before : sent;
}

function ticketOf(call: Call): ServiceRequest {
  const ticket = call.world.serviceRequests.get(call.params.ticketId ?? '');
  const isOther = call.params.customerId !== undefined && ticket?.customerId !== customerOf(call).id;
  if (ticket === undefined || isOther) throw notFound(call);
  return ticket;
}

function notFound(call: Call): ApiError {
  return problem(404, 'Not Found', `Service request ${call.params.ticketId} was not found.`, call.path);
}
