import { DAY_MS } from '../clock.ts';
import { AGREEMENT_TEMPLATE, AGREEMENT_TYPE } from '../commerce/agreement-template.ts';
import type { CustomerDirectory } from '../customers.ts';
import type { Agreement } from '../entities.ts';
import { guidFrom, numberFrom } from '../hash.ts';
import type { Partner } from '../sign-in/partner.ts';
import { CUSTOMER_SKETCHES } from './customer-sketches.ts';
import { customerIdOf } from './seed-customers.ts';

interface Ground {
  seed: number;
  seededAt: number;
  customers: CustomerDirectory;
  partner: Partner;
}

/** The confirmations the partner gave for the known customers. */
export function seedAgreements({ seed, seededAt, customers, partner }: Ground): Agreement[] {
  return CUSTOMER_SKETCHES.filter(({ withoutAgreement }) => withoutAgreement !== true).flatMap(({ tenant }) => {
    const customer = customers.get(customerIdOf(seed, tenant));
    if (customer === undefined) return [];
    return [
      {
        id: guidFrom(seed, 'agreement', tenant),
        customerId: customer.id,
        userId: partner.userId,
        primaryContact: customer.contact,
        templateId: AGREEMENT_TEMPLATE,
        agreedAt: Math.round(seededAt - (30 + numberFrom(1500, seed, 'agreed', tenant)) * DAY_MS),
        type: AGREEMENT_TYPE,
      },
    ];
  });
}
