import type { AddressFlaws, AddressGap, PostalAddress } from '../../domain/customers/billing-profile.ts';
import type { ReadinessProblem } from '../../domain/customers/readiness.ts';
import { day, withoutFullStop } from './common.ts';

const onOneLine = ({ line1, line2, postalCode, city, state, country }: PostalAddress): string =>
  [line1, line2, [postalCode, city].filter(Boolean).join(' '), state, country].filter(Boolean).join(', ');

const qualifications: Record<string, string> = {
  education: 'education',
  government_community_cloud: 'government',
  governmentcommunitycloud: 'government',
  nonprofit: 'nonprofit',
};
const pricesOf = (name: string): string => qualifications[name.toLowerCase()] ?? name;

/** Somebody else's sentence may be long. */
const clip = (text: string): string => (text.length > 120 ? `${text.slice(0, 119).trimEnd()}…` : text);

function tellUnverified(customer: string, { isUnverified, suggestion, message }: AddressFlaws): string {
  if (!isUnverified) return '';
  const why = message ? ` (${clip(withoutFullStop(message))})` : '';
  const better = suggestion ? `; it suggests: ${onOneLine(suggestion)}` : '';
  return `Microsoft cannot verify the billing address of ${customer}${why}${better}.`;
}

const gaps: Record<AddressGap, string> = {
  street: 'a street',
  city: 'a city',
  state: 'a state that Microsoft knows',
  'postal-code': 'a postal code as its country writes it',
  phone: 'a telephone number',
  'registration-number': 'the organization’s registration number',
};

function tellLacking(customer: string, { lacks }: AddressFlaws): string {
  if (lacks.length === 0) return '';
  const [last, ...others] = lacks.map((gap) => gaps[gap]).toReversed();
  return `The profile of ${customer} lacks ${[others.toReversed().join(', '), last].filter(Boolean).join(' and ')}.`;
}

/** What is missing, and how to correct it. */
type Sentence = { readonly what: string; readonly remedy: string };
type OfPoint<P extends ReadinessProblem['point']> = Extract<ReadinessProblem, { point: P }>;

const points: { [P in ReadinessProblem['point']]: (customer: string, missing: OfPoint<P>) => Sentence } = {
  relationship: (customer) => ({
    what: `${customer} has no reseller relationship with you, so nothing can be ordered.`,
    remedy: 'Send them a relationship request in Partner Center (Customers → Request a reseller relationship).',
  }),
  account: (customer, { status }) => ({
    what: `Microsoft does not allow orders for ${customer} at the moment${status ? ` (account status: ${status})` : ''}.`,
    remedy: /review/i.test(status ?? '')
      ? 'Microsoft reviews the account, which ends by itself, mostly within some days. Check again then.'
      : 'Look at the customer’s account in Partner Center, and ask Microsoft’s support there what they need.',
  }),
  agreement: (customer) => ({
    what: `${customer} has not accepted the Microsoft Customer Agreement.`,
    remedy:
      'Let the customer read and accept it. Then tell Microsoft here or in Partner Center who accepted it and when; or the customer signs it in the Microsoft 365 admin center.',
  }),
  segment: (customer, { segment }) => ({
    what:
      segment === 'commercial'
        ? `${customer} lacks a qualification that Microsoft asks for with this item.`
        : `${customer} does not qualify for ${segment} prices.`,
    remedy:
      'Choose another edition or product next; or apply for the qualification in Partner Center (Customers → the customer → Account).',
  }),
  qualification: (customer, { name, status, reason }) => ({
    what: {
      denied: `Microsoft denied ${customer} the ${pricesOf(name)} prices${reason ? ` (${withoutFullStop(reason)})` : ''}.`,
      'in-review': `Microsoft still reviews whether ${customer} qualifies for ${pricesOf(name)} prices.`,
      unknown: `Whether ${customer} qualifies for ${pricesOf(name)} prices is not decided.`,
    }[status],
    remedy:
      status === 'denied'
        ? 'Other prices can be ordered. If that is wrong, apply again in Partner Center (Customers → the customer → Account).'
        : 'Other prices can be ordered now; these appear here when Microsoft has approved them.',
  }),
  address: (customer, flaws) => ({
    what: [tellLacking(customer, flaws), tellUnverified(customer, flaws)].filter(Boolean).join(' '),
    remedy:
      'The order can go on, but may be declined. Correct the address in Partner Center (Customers → the customer → Account).',
  }),
};

export const readiness = {
  title: (customer: string) => `Before you can order for ${customer}`,
  sentence: (customer: string, missing: ReadinessProblem): Sentence =>
    (points[missing.point] as (customer: string, missing: ReadinessProblem) => Sentence)(customer, missing),
  checkAgain: 'Next: check again',
  otherCustomer: 'Edit: another customer',
  notAllowed: 'An admin agent can confirm the agreement here: press Hand over to leave it for them.',
  agreement: {
    question: 'Who accepted the Microsoft Customer Agreement?',
    text: (customer: string, filledIn: 'from-profile' | 'nothing' | undefined) =>
      [
        `Fill in who at ${customer} accepted it, and when.`,
        filledIn === 'from-profile' ? 'The contact of the billing profile is filled in: please check it.' : '',
        filledIn === 'nothing' ? 'No contact of the billing profile could be read, so none is filled in.' : '',
      ]
        .filter(Boolean)
        .join(' '),
    read: 'Open the agreement',
    review: 'Please check what Microsoft will be told',
    facts: { customer: 'Customer', contact: 'Accepted by', email: 'E-mail', phone: 'Phone', on: 'Accepted on' },
    binding:
      'With Confirm you declare to Microsoft, in the name of your company, that this person accepted the Microsoft Customer Agreement for the customer. Your name and the time are kept.',
    confirm: (name: string, on: Date) => `Confirm: ${name} accepted it on ${day(on)}`,
    thereAlready:
      'Microsoft had somebody else’s confirmation for this customer already, so yours was not sent. Nothing is missing.',
    notShownYet:
      'Microsoft has taken the confirmation, but does not show it yet. Please press “Next: check again” in a minute.',
    problems: {
      firstName: 'Please give the first name of the person who accepted, in 1 to 50 characters.',
      lastName: 'Please give the last name of the person who accepted, in 1 to 50 characters.',
      email: 'Please give the e-mail address of the person who accepted, such as anna@contoso.com.',
      phone: 'That is not a phone number. Digits, blanks, and + - ( ) are fine; it may be left out.',
      agreedOn: 'Please give the day of acceptance as year-month-day, such as 2026-01-31.',
      tooEarly:
        'Before 2019 there was no Microsoft Customer Agreement. Please give the day on which this agreement was accepted.',
      future: 'The agreement cannot be accepted in the future. Please give the day on which it was accepted.',
    },
  },
};
