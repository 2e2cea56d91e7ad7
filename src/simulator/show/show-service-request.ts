import type { ServiceRequest, TicketStatus } from '../entities.ts';
import { guidFrom } from '../hash.ts';
import { UNSET_DATE, wireDate } from '../http/wire.ts';
import type { Partner } from '../sign-in/partner.ts';

const SEVERITIES = ['unknown', 'critical', 'moderate', 'minimal'];
const STATUSES = ['none', 'open', 'closed', 'attention_needed'];

/** Of the product a request is about: the sample's, whose name is not told. */
const PRODUCT_ID = '15960';

export function ticketStatus(ticket: ServiceRequest, at: number): TicketStatus {
  return ticket.steps.findLast((step) => step.at <= at)?.status ?? 'none';
}

/** A service request as the single get shows it. A fresh one has no dates. */
export function showServiceRequest(ticket: ServiceRequest, partner: Partner, at: number) {
  const steps = ticket.steps.filter((step) => step.at <= at);
  const last = steps.at(-1);
  const isFresh = last === undefined || last.status === 'none';
  const closed = last?.status === 'closed' ? steps.findLast(({ status }) => status === 'closed') : undefined;
  const phoneNumber = '5555550100';
  const organization = { id: partner.tenantId, name: partner.name, phoneNumber };
  const notes = steps
    .filter(({ note }) => note !== undefined)
    .map(({ by, at: notedAt, note }) => ({
      createdByName: by,
      createdDate: wireDate(notedAt, ticket.id).slice(0, -5),
      text: note,
    }));
  return {
    title: ticket.title,
    description: ticket.description,
    severity: ticket.severity,
    supportTopicId: ticket.supportTopicId,
    ...(ticket.supportTopicName === undefined ? {} : { supportTopicName: ticket.supportTopicName }),
    id: ticket.id,
    status: last?.status ?? 'none',
    organization,
    primaryContact: {
      organization,
      contactId: guidFrom('contact', ticket.primaryContact.email),
      ...ticket.primaryContact,
    },
    ...(last === undefined ? {} : { lastUpdatedBy: { organization, lastName: last.by } }),
    ...(isFresh ? {} : { productId: PRODUCT_ID }),
    createdDate: isFresh ? UNSET_DATE : wireDate(ticket.createdAt, ticket.id),
    lastModifiedDate: isFresh ? UNSET_DATE : wireDate(last.at, ticket.id),
    lastClosedDate: closed === undefined ? UNSET_DATE : wireDate(closed.at, ticket.id),
    ...(notes.length > 0 ? { notes } : {}),
    countryCode: ticket.countryCode,
    ...(ticket.fileLinks.length > 0 ? { fileLinks: ticket.fileLinks } : {}),
    attributes: { objectType: 'ServiceRequest' },
  };
}

/** The list writes its enumerations as numbers. */
export function showListedServiceRequest(ticket: ServiceRequest, partner: Partner, at: number) {
  const shown = showServiceRequest(ticket, partner, at);
  return { ...shown, severity: SEVERITIES.indexOf(shown.severity), status: STATUSES.indexOf(shown.status) };
}
