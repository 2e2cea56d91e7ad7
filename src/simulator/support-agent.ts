import { z } from 'zod';
import { cancelLines, isNeverCancellable } from './cancellations.ts';
import type { Contact, Customer } from './customers.ts';
import { findCancelledAt, type Order } from './orders.ts';
import type { World } from './world.ts';
import { deriveGuid, type IdGenerator } from './world.ts';

export const SEVERITIES = ['unknown', 'critical', 'moderate', 'minimal'] as const;
export const STATUSES = ['none', 'open', 'closed', 'attention_needed'] as const;
export type TicketStatus = (typeof STATUSES)[number];

/** A step in the life of a ticket, known in advance and shown from `at` on. */
export interface TicketStep {
  at: number;
  status: TicketStatus;
  note?: string;
  by: string;
}

export interface FileLink {
  id: string;
  fileNameWithoutExtension: string;
  fileExtension: string;
  fileSize: number;
  comment?: string | undefined;
}

/** A ticket: what Partner Center calls a service request. */
export interface ServiceRequest {
  id: string;
  customerId?: string;
  title: string;
  description: string;
  severity: (typeof SEVERITIES)[number];
  supportTopicId: string;
  supportTopicName?: string | undefined;
  countryCode: string;
  primaryContact: Contact;
  fileLinks: FileLink[];
  createdAt: number;
  steps: TicketStep[];
}

declare module './world.ts' {
  interface World {
    serviceRequests: Collection<ServiceRequest>;
  }
}

/** Who answers tickets. */
export const AGENT = 'Microsoft Support (simulated)';

/** The portal's "issue type" for refunds. Its real topic id is not published; this one is invented. */
export const REFUND_TOPIC = { id: '32444690', name: 'CSP purchase/refund on behalf of customers' };

export const SUPPORT_TOPICS = [
  {
    id: 32444667,
    name: 'Partner Center Issues',
    description: 'Office 365 questions from the CSP (Cloud Solution Provider) partners using Partner Center',
  },
  {
    id: 32444671,
    name: 'Cannot manage my profile',
    description: 'Issues that are related to errors or problems with managing a profile',
  },
  {
    id: Number(REFUND_TOPIC.id),
    name: REFUND_TOPIC.name,
    description: 'Refunds and cancellations of purchases made for customers',
  },
];

/** Enumerations are words in snake_case or PascalCase, or numbers. */
function createWordSchema<const T extends readonly string[]>(words: T) {
  return z
    .union([z.string(), z.number()])
    .transform((value) => (typeof value === 'number' ? words[value] : toSnakeCase(value)))
    .pipe(z.enum(words));
}

function toSnakeCase(text: string): string {
  return text.replaceAll(/([a-z])([A-Z])/g, '$1_$2').toLowerCase();
}

const contactSchema = z.object({
  firstName: z.string().nullish(),
  lastName: z.string().nullish(),
  email: z.string().nullish(),
  phoneNumber: z.string().nullish(),
});

const fileLinkSchema = z.object({
  id: z.string(),
  fileNameWithoutExtension: z.string(),
  fileExtension: z.string(),
  fileSize: z.number(),
  comment: z.string().optional(),
});

export const newTicketSchema = z.object({
  title: z.string().min(1).max(255),
  description: z.string().min(1),
  severity: createWordSchema(SEVERITIES),
  supportTopicId: z.union([z.string().min(1), z.number().transform(String)]),
  supportTopicName: z.string().nullish(),
  countryCode: z.string().nullish(),
  primaryContact: contactSchema.nullish(),
  fileLinks: z.array(fileLinkSchema).nullish(),
});

/** Invented: files could never be added by API, only in the portal. What is in them is not kept. */
export const newFileSchema = z.object({
  fileNameWithoutExtension: z.string().min(1).max(200),
  fileExtension: z.string().max(20),
  fileSize: z.number().int().positive(),
  comment: z.string().nullish(),
  content: z.base64(),
});

type NewTicket = z.infer<typeof newTicketSchema>;

export const ticketUpdateSchema = z.object({
  status: createWordSchema(STATUSES).nullish(),
  newNote: z.object({ text: z.string().nullish() }).nullish(),
});

/** Who files a ticket, and when. */
interface Filing {
  now: number;
  caller: { userName: string };
}

/** A ticket comes in and gets its agent, who opens it after a while. Returns it as it is at first. */
export function fileTicket(world: World, filing: Filing, sent: NewTicket): ServiceRequest {
  const ticket = createTicket(world.ids, filing, sent);
  const openedAt = filing.now + world.options.delayMs / 5;
  const opened = addStep(ticket, { at: openedAt, status: 'open', by: AGENT });
  world.serviceRequests.put(answerTicket(world, opened, filing.now));
  return ticket;
}

/** A ticket as it was filed; the contact is completed from the person who signed in. */
function createTicket(ids: IdGenerator, { now, caller }: Filing, sent: NewTicket): ServiceRequest {
  const topic = SUPPORT_TOPICS.find(({ id }) => String(id) === sent.supportTopicId);
  return {
    // Sixteen digits that begin with the date, as the portal numbers requests.
    id: new Date(now).toISOString().slice(2, 10).replaceAll('-', '') + ids.digits(10),
    title: sent.title,
    description: sent.description,
    severity: sent.severity,
    supportTopicId: sent.supportTopicId,
    supportTopicName: sent.supportTopicName ?? topic?.name,
    countryCode: sent.countryCode ?? 'US',
    primaryContact: completeContact(sent.primaryContact ?? {}, caller.userName),
    fileLinks: sent.fileLinks ?? [],
    createdAt: now,
    steps: [{ at: now, status: 'none', by: caller.userName }],
  };
}

function completeContact(sent: z.infer<typeof contactSchema>, userName: string): Contact {
  return {
    firstName: sent.firstName ?? '',
    lastName: sent.lastName ?? 'Account',
    email: sent.email ?? userName,
    phoneNumber: sent.phoneNumber ?? '5555550100',
  };
}

/** Steps stay in the order of time. */
export function addStep(ticket: ServiceRequest, step: TicketStep): ServiceRequest {
  return { ...ticket, steps: [...ticket.steps, step].sort((one, other) => one.at - other.at) };
}

/**
 * The simulated agent reads a ticket and decides at once what will have happened when the delay has passed: the order
 * it names is cancelled, window or not, and the ticket closed; or the agent asks back. Returns the ticket with those steps.
 */
export function answerTicket(world: World, ticket: ServiceRequest, now: number): ServiceRequest {
  const notes = ticket.steps.filter(({ by }) => by !== AGENT).map(({ note }) => note ?? '');
  const text = [ticket.title, ticket.description, ...notes].join('\n');
  const doneAt = now + world.options.delayMs;
  const named = findNamedOrder(world, text);
  const customers = findNamedCustomers(world, text);
  const customer = customers.find(({ id }) => id === named?.order.customerId) ?? customers[0];
  const known = customer === undefined ? ticket : { ...ticket, customerId: customer.id };
  const close = (note: string, at = doneAt) => addStep(known, { status: 'closed', note, at, by: AGENT });
  const askBack = (note: string) => addStep(known, { status: 'attention_needed', note, at: doneAt, by: AGENT });

  if (named === undefined) return askBack('Please tell us the order ID or the subscription ID.');
  if (customer === undefined) return askBack('Please tell us the tenant ID or the domain of the customer.');
  const { order, lines } = named;
  if (order.customerId !== customer.id) return askBack(`Order ID ${order.id} is not one of this customer.`);
  const chosen = order.lines.filter(({ lineItemNumber }) => lines.includes(lineItemNumber));
  if (chosen.length === 0) return askBack(`Order ID ${order.id} has no such line.`);
  if (chosen.some((line) => line.kind === 'other' || isNeverCancellable(world, line))) {
    return close(`Order ${order.id} cannot be cancelled: it is not refundable.`);
  }
  if (chosen.every(({ lineItemNumber }) => findCancelledAt(order, lineItemNumber) !== undefined)) {
    return close(`Order ${order.id} was cancelled before.`);
  }
  const effectiveAt = Math.max(doneAt, order.completedAt);
  const whole = lines.length === order.lines.length;
  cancelLines(world, order, {
    lines,
    whole,
    by: 'ticket',
    ticketId: ticket.id,
    requestedAt: effectiveAt,
    effectiveAt,
    caller: { userName: AGENT, clientId: 'Microsoft Support' },
    correlationId: createCorrelationId(ticket),
  });
  const what = whole ? '' : ` for lines ${lines.join(', ')}`;
  const note = `The refund was approved. Order ${order.id} is cancelled${what} and its product keys are revoked.`;
  return close(note, effectiveAt);
}

/** The partner closed the ticket: what the agent had not done yet is not done any more. */
export function withdrawAnswer(world: World, ticket: ServiceRequest, now: number): ServiceRequest {
  const isOfTicket = ({ adjustments }: Order) => adjustments.some(({ ticketId }) => ticketId === ticket.id);
  for (const order of world.orders.filter(isOfTicket)) {
    const adjustments = order.adjustments.filter((one) => one.ticketId !== ticket.id || one.effectiveAt <= now);
    world.orders.put({ ...order, adjustments });
  }
  const id = createCorrelationId(ticket);
  for (const record of world.auditRecords.filter(({ correlationId }) => correlationId === id)) {
    if (record.operationAt > now) world.auditRecords.remove(record.id);
  }
  return { ...ticket, steps: ticket.steps.filter(({ at }) => at <= now) };
}

function createCorrelationId(ticket: ServiceRequest): string {
  return deriveGuid('ticket', ticket.id);
}

const GUIDS = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;
const DOMAINS = /[\p{L}\d-]+(\.[\p{L}\d-]+)+/giu;
const LINES = /\blines?\b[^\d\n]{0,20}(\d+(?:\s*(?:,|&|and)\s*\d+)*)/i;
/** How far behind the order id its line numbers may stand, and the names of its items on the same line of text. */
const LINES_WITHIN = 120;
const ITEMS_WITHIN = 2000;

/** The customers a text names by tenant id or domain, in the order in which it does. */
function findNamedCustomers(world: World, text: string): Customer[] {
  const byId = (text.match(GUIDS) ?? []).map((guid) => world.customers.get(guid));
  const byDomain = (text.match(DOMAINS) ?? []).map((domain) => world.customers.byDomain(domain));
  return [...byId, ...byDomain].filter((customer) => customer !== undefined);
}

interface NamedOrder {
  order: Order;
  lines: number[];
}

/** The last order a text names by order or subscription id, so that a later note corrects an earlier one. */
function findNamedOrder(world: World, text: string): NamedOrder | undefined {
  let found: NamedOrder | undefined;
  let foundAt = -1;
  const lowerCase = text.toLowerCase();
  for (const order of world.orders.values()) {
    for (const id of new Set([order.id, order.alternateId])) {
      const index = text.lastIndexOf(id);
      if (index > foundAt) {
        foundAt = index;
        const behind = text.slice(index + id.length, index + id.length + ITEMS_WITHIN);
        found = { order, lines: findNamedLines(order, behind) };
      }
    }
    for (const { subscriptionId, lineItemNumber } of order.lines) {
      const index = subscriptionId === undefined ? -1 : lowerCase.lastIndexOf(subscriptionId);
      if (index > foundAt) {
        foundAt = index;
        found = { order, lines: [lineItemNumber] };
      }
    }
  }
  return found;
}

/** "only 20 × Windows Server CAL" or "lines 0, 2" behind the id chooses lines; else the whole order is meant. */
function findNamedLines(order: Order, behind: string): number[] {
  const [sameLine = ''] = behind.split('\n');
  const only = /\bonly\b(.*)/i.exec(sameLine)?.[1]?.toLowerCase();
  const named = order.lines.filter(({ friendlyName }) => only?.includes(friendlyName.toLowerCase()));
  if (named.length > 0) return named.map(({ lineItemNumber }) => lineItemNumber);
  const numbers = LINES.exec(behind.slice(0, LINES_WITHIN))?.[1]?.match(/\d+/g)?.map(Number);
  const all = order.lines.map(({ lineItemNumber }) => lineItemNumber);
  return numbers === undefined ? all : all.filter((number) => numbers.includes(number));
}
