import type { Segment } from '../catalogue.ts';
import type { Customer, Qualification } from '../customers.ts';

/** Who owns the customer opens no prices: Microsoft's samples show it beside a qualification that does. */
const QUALIFICATIONS: Record<Segment, Qualification['qualification'][]> = {
  commercial: [],
  education: ['Education'],
  government: ['GovernmentCommunityCloud'],
  nonprofit: ['Nonprofit'],
};

/** May the customer buy at the prices of the segment? Everybody may at commercial ones. */
export function isQualifiedFor(customer: Customer, segment: Segment): boolean {
  if (segment === 'commercial') return true;
  return customer.qualifications.some(
    ({ qualification, vettingStatus }) =>
      QUALIFICATIONS[segment].includes(qualification) && vettingStatus === 'Approved',
  );
}
