import type { OutsideMeaning } from '../errors.ts';
import type { Segment } from '../orders/catalog.ts';
import type { AddressFlaws } from './billing-profile.ts';

/** A qualification that was asked for and is not (yet) there. */
export interface Vetting {
  readonly qualification: string;
  readonly status: 'in-review' | 'denied' | 'unknown';
  readonly reason?: string;
  readonly since?: Date;
}

/** What Partner Center is asked, beside the customer itself, before an order for it. */
export interface OrderChecks {
  /** `Allowed` is good; `UnderReview`, `NotAllowed`, `Unknown` are not; `undefined` was never assessed. */
  readonly account: string | undefined;
  readonly agreement: 'confirmed' | 'signed' | 'missing';
  readonly qualifications: readonly string[];
  /** Whose prices these qualifications open; everybody may buy commercial. */
  readonly segments: readonly Segment[];
  /** Absent when nothing is pending or denied. */
  readonly vetting?: readonly Vetting[];
}

/** What decides whether an order for the customer can go through. */
export interface Readiness extends OrderChecks {
  readonly relationship: string;
  readonly address?: AddressVerdict;
}

/** The billing address; absent where there is none, or where it could not be checked now. An advice, no obstacle. */
export type AddressVerdict = 'verified' | AddressFlaws | undefined;

/**
 * A point of the checks before an order that is not as it should be, with what the remedy needs.
 * The first three stand in the way of any order, the fourth in the way of the one that is wanted; the others are advice.
 */
export type ReadinessProblem =
  | { readonly point: 'relationship' }
  /** Without a status where Partner Center did not tell it. */
  | { readonly point: 'account'; readonly status?: string }
  | { readonly point: 'agreement' }
  | { readonly point: 'segment'; readonly segment: string }
  | {
      readonly point: 'qualification';
      readonly name: string;
      readonly status: Vetting['status'];
      readonly reason?: string;
    }
  | ({ readonly point: 'address' } & AddressFlaws);

/**
 * Everything that is missing, in Partner Center's own order of checking; empty when all is well. `segment`: whose prices
 * are wanted, where that is known.
 */
export function readinessProblems(readiness: Readiness, segment?: string): ReadinessProblem[] {
  const { relationship, account, agreement, segments, address, vetting = [] } = readiness;
  const missing: ReadinessProblem[] = [];
  if (relationship !== 'reseller') missing.push({ point: 'relationship' });
  if (account !== undefined && account.toLowerCase() !== 'allowed') missing.push({ point: 'account', status: account });
  if (agreement === 'missing') missing.push({ point: 'agreement' });
  if (segment !== undefined && !segments.some((one) => one === segment)) missing.push({ point: 'segment', segment });
  for (const { qualification, status, reason } of vetting)
    missing.push({ point: 'qualification', name: qualification, status, reason });
  if (typeof address === 'object') missing.push({ point: 'address', ...address });
  return missing;
}

/** Would Partner Center refuse the order because of it? */
export function isObstacle({ point }: ReadinessProblem): boolean {
  return point !== 'qualification' && point !== 'address';
}

/** What was missing where Partner Center refused an order with that meaning. */
export function problemMeant(meaning: OutsideMeaning | undefined, segment: string): ReadinessProblem | undefined {
  if (meaning === 'no-relationship') return { point: 'relationship' };
  if (meaning === 'account-blocked') return { point: 'account' };
  if (meaning === 'agreement-missing') return { point: 'agreement' };
  return meaning === 'not-qualified' ? { point: 'segment', segment } : undefined;
}
