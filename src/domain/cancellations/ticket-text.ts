import { toDecimal } from '../money.ts';
import { allShown } from '../shown-text.ts';
import type { Case, CaseContent } from './case.ts';
import type { Ticket, TicketContent } from './tickets.ts';

/** The portal's issue type for a refund, as its form names it (procedure, step 3). */
export const refundTopic = 'CSP purchase/refund on behalf of customers';

/** As Partner Center's form takes it. */
const longestTitle = 255;

/** Less of an item would name nothing; the description names all of it. */
const shortestItem = 20;

/** The line of a ticket by which we know it as ours. */
const ownLine = (reference: string): string => `Our reference: ${reference}`;

/** Lists show titles only, so the title ends with the reference too. */
const inTitle = (reference: string): string => ` [${reference}]`;

export function referenceInTitle({ title }: Pick<Ticket, 'title'>): string | undefined {
  return title.match(/\[(SD-[A-Z0-9]+)\]\s*$/i)?.[1]?.toUpperCase();
}

/**
 * Our line is the last of its kind: what somebody typed as a reason stands before it. Line breaks may be lost. Where there
 * is no such line, or the text is not shown, the title tells.
 */
export function referenceIn(ticket: Pick<Ticket, 'title' | 'description'>): string | undefined {
  const last = [...ticket.description.matchAll(/Our reference:\s*(SD-[A-Z0-9]+)/gi)].at(-1)?.[1]?.toUpperCase();
  return last ?? referenceInTitle(ticket);
}

export function bearsReference(ticket: Pick<Ticket, 'title' | 'description'>, reference: string): boolean {
  return referenceIn(ticket) === reference.toUpperCase();
}

/** Does the ticket say one of these anywhere? */
export function isAbout(
  { title, description }: Pick<Ticket, 'title' | 'description'>,
  names: readonly (string | undefined)[],
): boolean {
  const text = `${title}\n${description}`.toLowerCase();
  return names.some((name) => name && text.includes(name.toLowerCase()));
}

/** The title that is proposed for a ticket: in English like all of it, whatever language the person reads. */
export function proposedTitle(order: string, customer: string): string {
  return `Refund for order ${order}, ${customer}`;
}

/** The finished ticket: Microsoft reads it, so it is English and keeps the portal's order of facts. */
export function ticketContent({ reference, content }: Case, fileNames: readonly string[] = []): TicketContent {
  const note = content.amountNote ? ` (${oneLine(content.amountNote)})` : '';
  // What people typed was cleaned when it came in, names of customers and products were not.
  return allShown({
    title: `${titleOf(content, longestTitle - inTitle(reference).length)}${inTitle(reference)}`,
    description: [
      `Customer tenant GUID or domain name: ${content.customerTenant}`,
      `Order ID or subscription ID: ${content.named} (${partOf(content)})`,
      `Reason for the refund: ${oneLine(content.reason)}`,
      `Requested amount: ${toDecimal(content.amount)} ${content.amount.currency}${note}`,
      ...(fileNames.length > 0 ? [`Files: ${fileNames.join(', ')}`] : []),
      '',
      ownLine(reference),
    ].join('\n'),
    impact: content.impact,
    topic: refundTopic,
    contact: { name: content.contactName, email: content.contactEmail, phone: content.contactPhone },
  });
}

/** A number alone would be taken for the line above it by everybody who counts from 1. */
function partOf({ wholeOrder, lineNumbers, item }: CaseContent): string {
  if (wholeOrder) return 'the whole order';
  const numbers = `line item number${lineNumbers.length > 1 ? 's' : ''} ${lineNumbers.join(', ')}, counted from 0`;
  return `only these items of the order: ${oneLine(item)} – ${numbers}`;
}

function titleOf({ title, wholeOrder, item }: CaseContent, most: number): string {
  const isNamed = wholeOrder || title.includes(item);
  if (isNamed) return shorten(title, most);
  const room = most - title.length - ' (only )'.length;
  return room < shortestItem
    ? `${shorten(title, most - ' (in part)'.length)} (in part)`
    : `${title} (only ${shorten(oneLine(item), room)})`;
}

/** Ends with a whole word, and shows that there was more. */
function shorten(text: string, most: number): string {
  if (text.length <= most) return text;
  const cut = text.slice(0, most - 1);
  const end = text[most - 1] === ' ' ? cut.length : cut.lastIndexOf(' ');
  return `${(end > most / 2 ? cut.slice(0, end) : cut).trimEnd()}…`;
}

function oneLine(text: string): string {
  return text.replace(/\s*[\r\n]+\s*/g, ' ');
}
