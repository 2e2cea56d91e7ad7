import type { Ticket, TicketContent, TicketPages, Tickets } from '../../domain/cancellations/tickets.ts';
import { createCache } from '../../microsoft/cache.ts';
import type { Log } from '../../microsoft/log.ts';
import type { Timer } from '../../microsoft/timer.ts';
import { remedies } from '../../words/operators.ts';
import { isKind, PartnerCenterError, undefinedOn, undefinedWhereItAlone } from '../client/errors.ts';
import { nextCall, readAll } from '../client/paging.ts';
import { foreignText } from '../client/plain-text.ts';
import type { Api, Call } from '../client/request.ts';
import {
  amount,
  collection,
  enumeration,
  id,
  instant,
  listOf,
  many,
  maybe,
  type ReportSkipped,
  shape,
  text,
} from '../client/wire.ts';
import { fileLink, fromFile, toAttachedFile } from './file-links.ts';

/** Sources: *Service request resources*, *Get all service requests*. */
const serviceRequest = shape({
  id,
  title: maybe(text),
  description: maybe(text),
  status: maybe(enumeration(['none', 'open', 'closed', 'attention_needed'])),
  createdDate: maybe(instant),
  lastModifiedDate: maybe(instant),
  lastClosedDate: maybe(instant),
  notes: maybe(many(shape({ text: maybe(text), createdDate: maybe(instant) }))),
  fileLinks: maybe(many(fileLink)),
});
/** As documented; what is filed under another id could not be followed. */
const filed = serviceRequest.refine(({ id }) => /^(\d{1,10}|\d{15}|\d{16}|\d-\d{13})$/.test(id), { path: ['id'] });
const serviceRequestList = collection(serviceRequest);
const total = shape({ totalCount: maybe(amount) });
const topicList = listOf(shape({ id, name: maybe(text) }));

const root = '/v1/servicerequests';
const statuses = ['none', 'open', 'closed', 'attention_needed'] as const;
const statusesOfWork = ['open', 'none', 'attention_needed'] as const;
const pageSize = 100;
const pagesAtMost = 100;
const locale = 'en-US';
const longestTitle = 255;
const topicsOperation = 'listSupportTopics';
const topicsMs = 10 * 60_000;
/** What a ticket says changes only with the date of its last change; one without any is read again soon. */
const ticketsAtMost = 2_000;
const ticketMs = 60 * 60_000;
const undatedMs = 60_000;
/** 20 MB on a slow line. */
const attachMs = 60_000;

/** A role that was given may need an hour to be known. */
const ownMs = 10 * 60_000;

export function toTicket(body: unknown): Ticket {
  return ticketOf(serviceRequest.parse(body));
}

function toFiledTicket(body: unknown): Ticket {
  return ticketOf(filed.parse(body));
}

/** Items of a list may lack what the ticket says, or have it after all. */
function toTickets(body: unknown): Ticket[] {
  return serviceRequestList
    .parse(body)
    .map((wire) => ({ ...ticketOf(wire), ...(wire.description === undefined ? { isSummary: true } : {}) }));
}

function ticketOf(wire: ReturnType<typeof serviceRequest.parse>): Ticket {
  const { id, title, description, status, createdDate, lastModifiedDate, lastClosedDate, notes, fileLinks } = wire;
  const byDate = [...(notes ?? [])].sort((a, b) => (a.createdDate?.getTime() ?? 0) - (b.createdDate?.getTime() ?? 0));
  const lastNote = byDate.at(-1)?.text;
  return {
    id,
    status: statuses.find((known) => known === status) ?? 'unknown',
    title: foreignText(title ?? ''),
    description: foreignText(description ?? ''),
    ...(createdDate ? { createdAt: createdDate } : {}),
    ...(lastModifiedDate ? { changedAt: lastModifiedDate } : {}),
    ...(lastClosedDate ? { closedAt: lastClosedDate } : {}),
    ...(fileLinks?.length ? { files: fileLinks.map(toAttachedFile) } : {}),
    ...(lastNote ? { lastNote: foreignText(lastNote) } : {}),
  };
}

export function toTopics(body: unknown, reportSkipped?: ReportSkipped): { id: string; name: string }[] {
  return topicList(body, reportSkipped).map(({ id, name }) => ({ id, name: name ?? '' }));
}

/** The portal form's fields in the resource's; impact and severity have the same three values. */
export function fromTicket(ticket: TicketContent, topicId: string) {
  const words = ticket.contact.name.trim().split(/\s+/);
  const lastName = words.at(-1) ?? '';
  return {
    title: ticket.title.slice(0, longestTitle),
    description: ticket.description,
    severity: ticket.impact,
    supportTopicId: topicId,
    supportTopicName: ticket.topic,
    primaryContact: {
      firstName: words.slice(0, -1).join(' '),
      lastName,
      email: ticket.contact.email,
      phoneNumber: ticket.contact.phone,
    },
  };
}

const listCall: Call = { operation: 'listServiceRequests', method: 'GET', path: root, token: 'user', isList: true };

export interface SupportTopics {
  /** Issue types; throws `not-offered` where the call is gone. */
  topics(): Promise<{ id: string; name: string }[]>;
}

/** The SDK knows the operator `not_equals`; nothing tells whether the service does. What it does not know it may ignore. */
class FilterIgnored extends Error {}

export type TicketStatus = Parameters<Tickets['list']>[0];

export function createServiceRequests(
  api: Api,
  { timer, log }: { readonly timer: Timer; readonly log: Log },
): Tickets & SupportTopics {
  const knownTopics = createCache<{ id: string; name: string }[]>({ timer, size: 1, keepMs: () => topicsMs });
  const knownTickets = createCache<Ticket | undefined>({
    timer,
    size: ticketsAtMost,
    keepMs: (ticket) => (ticket?.changedAt ? ticketMs : undatedMs),
  });
  let ownUntil = Number.NEGATIVE_INFINITY;
  let isLogged = false;
  let isFilterTaken = true;

  /**
   * With the header the whole organisation's tickets are shown, also those a person filed in the portal, to an account
   * that has the Support request admin role; one without it sees its own, and is not asked for more for a while.
   */
  async function readAsOrganisation<T>(call: Call, to: (body: unknown) => T): Promise<T> {
    if (timer.now() < ownUntil) return api.read(call, to);
    try {
      const headers = { ...call.headers, IncludeOrganizationRequests: 'true' };
      return await api.read({ ...call, headers, expects: 'forbidden' }, to);
    } catch (error) {
      if (!isKind(error, 'forbidden')) throw error;
      const own = await api.read(call, to);
      ownUntil = timer.now() + ownMs;
      if (!isLogged) log.info({ remedy: remedies.lacksSupportRole }, 'only the service account’s own tickets are seen');
      isLogged = true;
      return own;
    }
  }

  function topics(): Promise<{ id: string; name: string }[]> {
    const call: Call = { operation: topicsOperation, method: 'GET', path: `${root}/supporttopics`, token: 'user' };
    return knownTopics.get(topicsOperation, () => readAll(api, call, toTopics).catch(throwNotOffered));
  }

  async function topicId(name: string): Promise<string> {
    const wanted = name.trim().toLowerCase();
    const topic = (await topics()).find((one) => one.name.trim().toLowerCase() === wanted);
    if (topic) return topic.id;
    throw new PartnerCenterError({ operation: topicsOperation, kind: 'not-offered' });
  }

  /** `operator`: the status is this one, or is any other. */
  async function listFirst(
    status: TicketStatus,
    { operator = 'equals', maxPages = pagesAtMost }: { operator?: 'equals' | 'not_equals'; maxPages?: number } = {},
  ): Promise<TicketPages> {
    const found = new Map<string, Ticket>();
    const query = { Field: 'Status', Value: status, Operator: operator, size: pageSize };
    let offset = 0;
    let calls = 0;
    let call: Call | undefined = { ...listCall, query: { ...query, offset } };
    while (call && calls < maxPages) {
      const current: Call = call;
      const { tickets, count, next } = await readAsOrganisation(current, (body) => ({
        tickets: toTickets(body),
        count: total.safeParse(body).data?.totalCount ?? 0,
        next: nextCall(current, body),
      }));
      const isNew = tickets.some(({ id }) => !found.has(id));
      for (const ticket of tickets) found.set(ticket.id, ticket);
      offset += tickets.length;
      calls += 1;
      // Without a link, a full page or the number of all of them tells that there are more.
      const isMore = tickets.length >= pageSize || count > offset;
      call = !isNew ? undefined : (next ?? (isMore ? { ...listCall, query: { ...query, offset } } : undefined));
    }
    const all = [...found.values()];
    if (operator === 'not_equals' && all.some((ticket) => ticket.status === status)) throw new FilterIgnored();
    const tickets = operator === 'equals' ? all.filter((ticket) => ticket.status === status) : all;
    return { tickets, isWhole: call === undefined, calls };
  }

  const list = async (status: TicketStatus): Promise<Ticket[]> => [...(await listFirst(status)).tickets];

  async function notClosed(): Promise<Ticket[]> {
    if (isFilterTaken) {
      try {
        return [...(await listFirst('closed', { operator: 'not_equals' })).tickets];
      } catch (error) {
        if (!(error instanceof FilterIgnored) && !isKind(error, 'declined')) throw error;
        isFilterTaken = false;
      }
    }
    return (await Promise.all(statusesOfWork.map(list))).flat();
  }

  async function get(ticketId: string): Promise<Ticket | undefined> {
    const path = `${root}/${encodeURIComponent(ticketId)}`;
    const call: Call = { operation: 'getServiceRequest', method: 'GET', path, token: 'user' };
    const wereOwn = timer.now() < ownUntil;
    const found = await readAsOrganisation(call, toTicket).catch(undefinedOn('not-found'));
    if (found || !wereOwn) return found;
    // What is none of our own may be a colleague's: the role may be there by now, or was only seemingly lacking.
    ownUntil = Number.NEGATIVE_INFINITY;
    return readAsOrganisation(call, toTicket).catch(undefinedOn('not-found'));
  }

  /** One that cannot be read by itself keeps what the list shows of it. */
  const readWhole = (tickets: readonly Ticket[]): Promise<Ticket[]> =>
    Promise.all(
      tickets.map(async (ticket) => {
        if (!ticket.isSummary) return ticket;
        const name = `${ticket.id} ${ticket.status} ${ticket.changedAt?.getTime() ?? 0}`;
        const read = () => get(ticket.id).catch(undefinedWhereItAlone);
        return (await knownTickets.get(name, read)) ?? ticket;
      }),
    );

  return {
    topics,
    prepare: () =>
      topics().then(
        () => undefined,
        () => undefined,
      ),

    listFirst: (status, maxPages) => listFirst(status, { maxPages }),
    list,
    notClosed,
    get,
    readWhole,

    async create(ticket, requestId) {
      const call: Call = {
        operation: 'createServiceRequest',
        method: 'POST',
        path: `${root}/${locale}`,
        body: fromTicket(ticket, await topicId(ticket.topic)),
        token: 'user',
        requestId,
      };
      return api.read(call, toFiledTicket).catch(throwNotOffered);
    },

    async attach(ticketId, file, requestId) {
      const call: Call = {
        operation: 'attachFile',
        method: 'POST',
        path: `${root}/${encodeURIComponent(ticketId)}/filelinks`,
        body: fromFile(file),
        token: 'user',
        requestId,
        timeoutMs: attachMs,
      };
      await api.send(call).catch(throwNotOffered);
    },
  };
}

/** Where the withdrawn calls are gone: 404, 405 or 410. */
function throwNotOffered(error: unknown): never {
  if (!isKind(error, 'not-found', 'not-offered')) throw error;
  const { operation, status, code, correlationId } = error;
  throw new PartnerCenterError({ operation, kind: 'not-offered', status, code, correlationId, cause: error });
}
