import { type ApiResponse, answerCreated, type Call, ok, type Route } from './http/call.ts';
import { type ApiError, createError, createProblem, createValidationProblem } from './http/errors.ts';
import { formatInstant, takeIndexPage, toCollection, UNSET_DATE } from './http/format.ts';
import { readBody, readFilter } from './http/read-call.ts';
import type { Partner } from './partner.ts';
import {
  addStep,
  answerTicket,
  type FileLink,
  fileTicket,
  newFileSchema,
  newTicketSchema,
  SEVERITIES,
  type ServiceRequest,
  STATUSES,
  SUPPORT_TOPICS,
  type TicketStatus,
  type TicketStep,
  ticketUpdateSchema,
  withdrawAnswer,
} from './support-agent.ts';
import { deriveGuid } from './world.ts';

export const serviceRequestRoutes: Route[] = [
  { method: 'GET', path: '/v1/servicerequests', access: 'user', handle: listTickets },
  { method: 'GET', path: '/v1/servicerequests/supporttopics', access: 'user', extendedOnly: true, handle: listTopics },
  { method: 'GET', path: '/v1/servicerequests/:ticketId', access: 'user', handle: getVisibleTicket },
  { method: 'PATCH', path: '/v1/servicerequests/:ticketId', access: 'user', handle: updateTicket },
  // Withdrawn on 2020-08-31. The last segment is the locale of the agent.
  { method: 'POST', path: '/v1/servicerequests/:locale', access: 'user', extendedOnly: true, handle: createTicket },
  {
    // Invented: see "Files of a ticket" in docs/simulator.md.
    method: 'POST',
    path: '/v1/servicerequests/:ticketId/filelinks',
    access: 'user',
    extendedOnly: true,
    handle: attachFile,
  },
];

const LARGEST_FILE = 20 * 1024 * 1024;

function listTickets(call: Call): ApiResponse {
  const isListed = readStatusFilter(call);
  const isVisible = createVisibilityCheck(call);
  const tickets = call.world.serviceRequests
    .filter(isVisible)
    .filter((ticket) => isListed(getTicketStatus(ticket, call.now)))
    .sort((one, other) => other.createdAt - one.createdAt)
    .map((ticket) => showListedTicket(ticket, call.world.partner, call.now));
  return ok(takeIndexPage(call, tickets, '/servicerequests'));
}

/** With the header the organisation's, to those who have the role for it; without, the caller's own. */
function createVisibilityCheck({ headers, world, caller }: Call): (ticket: ServiceRequest) => boolean {
  if (headers.includeorganizationrequests?.toLowerCase() !== 'true') {
    return ({ steps }) => steps[0]?.by === caller.userName;
  }
  if (world.options.supportRequestAdmin) return () => true;
  const text = 'The role Support request admin is required to see the requests of the organization.';
  throw createError(403, 900308, text);
}

/**
 * Two ways to ask, `Field`/`Value`/`Operator` and the SDK's `filter`; `Status` is the only field; names or numbers. Of
 * the SDK's operators those that make sense for it.
 */
function readStatusFilter(call: Call): (status: TicketStatus) => boolean {
  const filter = readFilter(call);
  const field = filter?.field ?? call.query.get('Field');
  const value = filter?.value ?? call.query.get('Value');
  if (field === undefined || value === undefined) return () => true;
  const operator = (filter?.operator ?? call.query.get('Operator') ?? 'equals').toLowerCase().replace('_', '');
  const status = STATUSES.find(
    (name, number) => name.replace('_', '') === value.toLowerCase().replace('_', '') || String(number) === value,
  );
  const isKnown = field.toLowerCase() === 'status' && status !== undefined;
  if (isKnown && operator === 'equals') return (one) => one === status;
  if (isKnown && operator === 'notequals') return (one) => one !== status;
  const detail = `Service requests cannot be filtered by ${field} ${operator} ${value}.`;
  throw createProblem(400, 'Bad Request', detail, call.path);
}

function listTopics(): ApiResponse {
  return ok(toCollection(SUPPORT_TOPICS.map((topic) => ({ ...topic, attributes: { objectType: 'SupportTopic' } }))));
}

function getVisibleTicket(call: Call): ApiResponse {
  const isVisible = createVisibilityCheck(call);
  const ticket = getTicket(call);
  if (!isVisible(ticket)) throw createNotFoundError(call);
  return ok(showTicket(ticket, call.world.partner, call.now));
}

function createTicket(call: Call): ApiResponse {
  const ticket = fileTicket(call.world, call, readBody(call, newTicketSchema));
  return answerCreated(showTicket(ticket, call.world.partner, call.now));
}

/** Adds a note or sets the status. The agent reads the ticket again where it waited for an answer. */
function updateTicket(call: Call): ApiResponse {
  const ticket = getTicket(call);
  const sent = readBody(call, ticketUpdateSchema);
  const before = getTicketStatus(ticket, call.now);
  // `none` is what an update that only adds a note sends.
  const wanted = sent.status === undefined || sent.status === null || sent.status === 'none' ? before : sent.status;
  const note = sent.newNote?.text ?? undefined;
  const isClosing = wanted === 'closed' && before !== 'closed';
  const remaining = isClosing ? withdrawAnswer(call.world, ticket, call.now) : ticket;
  const isAnswer = before === 'attention_needed' && note !== undefined && !isClosing;
  const status = isAnswer ? 'open' : wanted;
  const by = call.caller.userName;
  const updated = addStep(remaining, { at: call.now, status, by, ...(note === undefined ? {} : { note }) });
  const stored = call.world.serviceRequests.put(isAnswer ? answerTicket(call.world, updated, call.now) : updated);
  // Microsoft’s article of that time answers with the resource, the current documentation with nothing.
  if (call.world.options.mode === 'today') return { status: 204 };
  return ok(showTicket(stored, call.world.partner, call.now));
}

/** Any number of files may have the same name. A closed request takes none, as in the portal. */
function attachFile(call: Call): ApiResponse {
  const ticket = getTicket(call);
  const { content, comment, ...sent } = readBody(call, newFileSchema);
  const size = Buffer.from(content, 'base64').byteLength;
  const problems: Record<string, string[]> = {
    ...(size !== sent.fileSize && { fileSize: [`The file has ${size} bytes.`] }),
    ...(size > LARGEST_FILE && { content: ['The file is larger than 20 MB.'] }),
    ...(getTicketStatus(ticket, call.now) === 'closed' && { status: ['The service request is closed.'] }),
  };
  if (Object.keys(problems).length > 0) throw createValidationProblem(problems);
  const id = deriveGuid('file', `${ticket.id} ${ticket.fileLinks.length}`);
  const link: FileLink = { id, ...sent, ...(comment ? { comment } : {}) };
  call.world.serviceRequests.put({ ...ticket, fileLinks: [...ticket.fileLinks, link] });
  return answerCreated({ ...link, attributes: { objectType: 'FileInfo' } });
}

function getTicket(call: Call): ServiceRequest {
  const ticket = call.world.serviceRequests.get(call.params.ticketId ?? '');
  if (ticket === undefined) throw createNotFoundError(call);
  return ticket;
}

function createNotFoundError(call: Call): ApiError {
  return createProblem(404, 'Not Found', `Service request ${call.params.ticketId} was not found.`, call.path);
}

function getTicketStatus(ticket: ServiceRequest, at: number): TicketStatus {
  return ticket.steps.findLast((step) => step.at <= at)?.status ?? 'none';
}

/** Of the product a request is about: the sample's, whose name is not told. */
const PRODUCT_ID = '15960';

/** A service request as the single get shows it. A fresh one has no dates. */
export function showTicket(ticket: ServiceRequest, partner: Partner, at: number) {
  const steps = ticket.steps.filter((step) => step.at <= at);
  const last = steps.at(-1);
  const isFresh = last === undefined || last.status === 'none';
  const closed = last?.status === 'closed' ? steps.findLast(({ status }) => status === 'closed') : undefined;
  const organization = { id: partner.tenantId, name: partner.name, phoneNumber: '5555550100' };
  const contactId = deriveGuid('contact', ticket.primaryContact.email);
  const notes = steps.filter(({ note }) => note !== undefined).map((step) => showNote(ticket, step));
  return {
    title: ticket.title,
    description: ticket.description,
    severity: ticket.severity,
    supportTopicId: ticket.supportTopicId,
    supportTopicName: ticket.supportTopicName,
    id: ticket.id,
    status: last?.status ?? 'none',
    organization,
    primaryContact: { organization, contactId, ...ticket.primaryContact },
    lastUpdatedBy: last === undefined ? undefined : { organization, lastName: last.by },
    productId: isFresh ? undefined : PRODUCT_ID,
    createdDate: isFresh ? UNSET_DATE : formatInstant(ticket.createdAt, ticket.id),
    lastModifiedDate: isFresh ? UNSET_DATE : formatInstant(last.at, ticket.id),
    lastClosedDate: closed === undefined ? UNSET_DATE : formatInstant(closed.at, ticket.id),
    notes: notes.length > 0 ? notes : undefined,
    countryCode: ticket.countryCode,
    fileLinks: ticket.fileLinks.length > 0 ? ticket.fileLinks : undefined,
    attributes: { objectType: 'ServiceRequest' },
  };
}

function showNote(ticket: ServiceRequest, { by, at, note }: TicketStep) {
  return { createdByName: by, createdDate: formatInstant(at, ticket.id).slice(0, -5), text: note };
}

/** The list is shorter than the single request (no description, notes or topic), and writes enumerations as numbers. */
function showListedTicket(ticket: ServiceRequest, partner: Partner, at: number) {
  const {
    description: _,
    notes: __,
    supportTopicId: ___,
    supportTopicName: ____,
    ...shown
  } = showTicket(ticket, partner, at);
  return { ...shown, severity: SEVERITIES.indexOf(shown.severity), status: STATUSES.indexOf(shown.status) };
}
