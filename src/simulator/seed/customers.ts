import { AGREEMENT_TEMPLATE, AGREEMENT_TYPE, type Agreement } from '../agreements.ts';
import type { Customer, CustomerDirectory } from '../customers.ts';
import type { Partner } from '../partner.ts';
import type { ServiceRequest, TicketStep } from '../support-agent.ts';
import { AGENT, REFUND_TOPIC } from '../support-agent.ts';
import { DAY_MS, deriveGuid, deriveNumber, HOUR_MS } from '../world.ts';
import {
  type CustomerSeed,
  countries,
  customers,
  getCountry,
  type ServiceRequestSeed,
  serviceRequests,
} from './load.ts';

/** The known customers, forty and two more, then invented ones until there are `count`. */
export function seedCustomers(seed: number, count: number): Customer[] {
  const all = customers.known.slice(0, count).map((known) => completeCustomer(seed, known));
  for (let index = all.length; index < count; index += 1) all.push(completeCustomer(seed, inventCustomer(seed, index)));
  return all;
}

/** The tenant id of the customer with this initial domain (`contoso` for contoso.onmicrosoft.com). */
export function createCustomerId(seed: number, tenant: string): string {
  return deriveGuid(seed, 'customer', tenant);
}

function inventCustomer(seed: number, index: number): CustomerSeed {
  const { first, second } = customers.inventedNames;
  const one = first[deriveNumber(first.length, seed, 'first', index)];
  const other = second[deriveNumber(second.length, seed, 'second', index)];
  return {
    companyName: `${one} ${other} ${index}`,
    tenant: `${one}${other}${index}`.toLowerCase(),
    country: countries[index % countries.length]?.code ?? 'US',
    customDomains: [],
    relationship: 'reseller',
    allowDelegatedAccess: true,
    account: 'Allowed',
    withoutAgreement: true,
    signedDirectly: true,
    qualifications: [],
    onlyNamedOrders: true,
  };
}

function completeCustomer(seed: number, known: CustomerSeed): Customer {
  const { tenant, customDomains, account } = known;
  const { street, cities, people, telephone } = getCountry(known.country);
  const pick = <T>(list: T[], what: string): T | undefined => list[deriveNumber(list.length, seed, what, tenant)];
  const city = pick(cities, 'city') ?? { city: '', postalCode: '' };
  const [firstName = '', lastName = ''] = (pick(people, 'person') ?? '').split(' ');
  return {
    id: createCustomerId(seed, tenant),
    commerceId: deriveGuid(seed, 'commerce', tenant),
    companyName: known.companyName,
    domain: `${tenant}.onmicrosoft.com`,
    customDomains: [`${tenant}.onmicrosoft.com`, ...customDomains],
    address: {
      country: known.country,
      ...city,
      addressLine1: `${street} ${1 + deriveNumber(120, seed, 'house', tenant)}`,
      ...known.address,
    },
    contact: { firstName, lastName, email: `it@${customDomains[0] ?? `${tenant}.example`}`, phoneNumber: telephone },
    relationship: known.relationship,
    allowDelegatedAccess: known.allowDelegatedAccess,
    ...(account === null ? {} : { account }),
    signedDirectly: known.signedDirectly,
    qualifications: known.qualifications,
  };
}

/** What the seed's records are about. */
interface Base {
  seed: number;
  seededAt: number;
  customers: CustomerDirectory;
  partner: Partner;
}

/** The confirmations the partner gave for the known customers. */
export function seedAgreements({ seed, seededAt, partner, ...base }: Base): Agreement[] {
  return customers.known
    .filter(({ withoutAgreement }) => !withoutAgreement)
    .flatMap(({ tenant }) => {
      const customer = base.customers.get(createCustomerId(seed, tenant));
      if (customer === undefined) return [];
      return [
        {
          id: deriveGuid(seed, 'agreement', tenant),
          customerId: customer.id,
          userId: partner.userId,
          primaryContact: customer.contact,
          templateId: AGREEMENT_TEMPLATE,
          agreedAt: Math.round(seededAt - (30 + deriveNumber(1500, seed, 'agreed', tenant)) * DAY_MS),
          type: AGREEMENT_TYPE,
        },
      ];
    });
}

/** A few tickets with a history, none of them about an order. */
export function seedServiceRequests({ seed, seededAt, partner, ...base }: Base): ServiceRequest[] {
  return serviceRequests.flatMap((known) => {
    const customer = base.customers.get(createCustomerId(seed, known.tenant));
    if (customer === undefined) return [];
    const createdAt = Math.round(seededAt - known.daysOld * DAY_MS);
    return [
      {
        id: String(2_600_000_000_000_000 + deriveNumber(1_000_000_000, seed, 'ticket', known.tenant)),
        customerId: customer.id,
        title: known.title,
        description: known.description,
        severity: known.severity,
        supportTopicId: REFUND_TOPIC.id,
        supportTopicName: REFUND_TOPIC.name,
        countryCode: 'US',
        primaryContact: customer.contact,
        fileLinks: [],
        createdAt,
        steps: createSteps(known, createdAt, partner.userName),
      },
    ];
  });
}

function createSteps({ end, note }: ServiceRequestSeed, createdAt: number, userName: string): TicketStep[] {
  const steps: TicketStep[] = [
    { at: createdAt, status: 'none', by: userName },
    { at: createdAt + HOUR_MS, status: 'open', by: AGENT },
  ];
  if (end === undefined) return steps;
  return [...steps, { at: createdAt + 8 * HOUR_MS, status: end, by: AGENT, ...(note === undefined ? {} : { note }) }];
}
