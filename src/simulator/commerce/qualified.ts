import type { Segment } from '../catalogue.ts';
import type { Customer, Qualification } from '../customers.ts';
import type { World } from '../store.ts';

/** Who owns the customer opens no prices: Microsoft's samples show it beside a qualification that does. */
const QUALIFICATIONS: Record<Segment, Qualification['qualification'][]> = {
  commercial: [],
  education: ['Education'],
  government: ['GovernmentCommunityCloud'],
  nonprofit: ['Nonprofit'],
};

/** Taken on the partner's word: not vetted, and shown without a vetting status. */
export const NOT_VETTED: Qualification['qualification'][] = ['None', 'StateOwnedEntity'];

/** The customer's qualifications: the seed's, then those set through the API, vetted after the delay. */
export function qualificationsOf(world: World, customer: Customer): Qualification[] {
  const set = world.qualifications.filter(({ customerId }) => customerId === customer.id);
  const added = set.map(({ qualification, setAt }): Qualification => {
    if (NOT_VETTED.includes(qualification)) return { qualification };
    const isVetted = world.clock.now() >= setAt + world.options.delayMs;
    const vettingCreatedDate = new Date(setAt).toISOString();
    return { qualification, vettingStatus: isVetted ? 'Approved' : 'InReview', vettingCreatedDate };
  });
  return [...customer.qualifications, ...added];
}

/** May the customer buy at the prices of the segment? Everybody may at commercial ones. */
export function isQualifiedFor(world: World, customer: Customer, segment: Segment): boolean {
  if (segment === 'commercial') return true;
  return qualificationsOf(world, customer).some(
    ({ qualification, vettingStatus }) =>
      QUALIFICATIONS[segment].includes(qualification) && vettingStatus === 'Approved',
  );
}
