import type { Case } from './case.ts';
import { toDecimal } from './money.ts';
import type { TicketContent } from './ports.ts';

/** The portal's issue type for a refund, as its form names it (procedure, step 3). */
export const refundTopic = 'CSP purchase/refund on behalf of customers';

/** The line of a ticket by which we know it as ours. */
export const ownLine = (reference: string): string => `Our reference: ${reference}`;

/** The finished ticket: Microsoft reads it, so it is English and keeps the portal's order of facts. */
export function ticketContent({ reference, content }: Case): TicketContent {
  const lines = content.wholeOrder ? '' : ` (lines ${content.lineNumbers.join(', ')})`;
  const note = content.amountNote ? ` (${content.amountNote})` : '';
  return {
    title: content.title,
    description: [
      `Customer tenant GUID or domain name: ${content.customerTenant}`,
      `Order ID or subscription ID: ${content.named}${lines}`,
      `Reason for the refund: ${content.reason.replace(/\s*[\r\n]+\s*/g, ' ')}`,
      `Requested amount: ${toDecimal(content.amount)} ${content.amount.currency}${note}`,
      '',
      ownLine(reference),
    ].join('\n'),
    impact: content.impact,
    topic: refundTopic,
    contact: { name: content.contactName, email: content.contactEmail, phone: content.contactPhone },
  };
}
