import { z } from 'zod';
import { createAuditRecord } from './audit-records.ts';
import { type Contact, getCustomer } from './customers.ts';
import { type ApiResponse, answerCreated, type Call, ok, type Route } from './http/call.ts';
import { createNamedError } from './http/errors.ts';
import { toCollection } from './http/format.ts';
import { readBody } from './http/read-call.ts';

/** An agreement of a customer, as the partner confirmed it. */
export interface Agreement {
  id: string;
  customerId: string;
  userId: string;
  primaryContact: Contact;
  templateId: string;
  agreedAt: number;
  type: string;
}

declare module './world.ts' {
  interface World {
    agreements: Collection<Agreement>;
  }
}

/** The one template of the Microsoft Customer Agreement. */
export const AGREEMENT_TEMPLATE = '117a77b0-9360-443b-8795-c6dedc750cf9';
export const AGREEMENT_TYPE = 'MicrosoftCustomerAgreement';
const AGREEMENT_LINK = 'https://aka.ms/customeragreement';

const OF_CUSTOMER = '/v1/customers/:customerId/agreements';

export const agreementRoutes: Route[] = [
  { method: 'GET', path: '/v1/agreements', access: 'user', handle: listTemplates },
  { method: 'GET', path: OF_CUSTOMER, access: 'user', handle: listConfirmations },
  { method: 'POST', path: OF_CUSTOMER, access: 'user', handle: confirmAgreement },
  {
    method: 'GET',
    path: '/v1/customers/:customerId/directSignedMicrosoftCustomerAgreementStatus',
    access: 'user',
    handle: (call) => ok({ isSigned: getCustomer(call).signedDirectly }),
  },
];

function listTemplates(call: Call): ApiResponse {
  const template = {
    templateId: AGREEMENT_TEMPLATE,
    agreementType: AGREEMENT_TYPE,
    agreementLink: AGREEMENT_LINK,
    versionRank: 0,
  };
  return ok(toCollection(asksForCustomerAgreement(call) ? [template] : []));
}

function listConfirmations(call: Call): ApiResponse {
  const customer = getCustomer(call);
  const agreements = call.world.agreements.filter(({ customerId }) => customerId === customer.id);
  const { totalCount, items } = toCollection(asksForCustomerAgreement(call) ? agreements.map(showAgreement) : []);
  return ok({ totalCount, items });
}

/** Without the parameter only the old Microsoft Cloud Agreement is meant, of which there are none. */
function asksForCustomerAgreement(call: Call): boolean {
  return call.query.get('agreementType')?.toLowerCase() === AGREEMENT_TYPE.toLowerCase();
}

const confirmationSchema = z.object({
  primaryContact: z.object({
    firstName: z.string().min(1),
    lastName: z.string().min(1),
    email: z.email(),
    phoneNumber: z.string().nullish(),
  }),
  templateId: z.string(),
  dateAgreed: z.string(),
  type: z.literal(AGREEMENT_TYPE),
});

function confirmAgreement(call: Call): ApiResponse {
  const customer = getCustomer(call);
  const { primaryContact, templateId, dateAgreed, type } = readBody(call, confirmationSchema);
  const agreedAt = Date.parse(dateAgreed);
  if (templateId !== AGREEMENT_TEMPLATE || Number.isNaN(agreedAt)) {
    throw createNamedError(400, 600062, 'InvalidAgreement', 'The template or the date of the agreement is not valid.');
  }
  const { phoneNumber, ...contact } = primaryContact;
  const isKnown = call.world.agreements
    .filter(({ customerId }) => customerId === customer.id)
    .some((agreement) => agreement.primaryContact.email.toLowerCase() === contact.email.toLowerCase());
  if (isKnown) {
    const message = 'A partner confirmed agreement already exists for the customer.';
    throw createNamedError(400, 600061, 'PartnerConfirmedAgreementAlreadyExists', message);
  }
  const agreement = call.world.agreements.put({
    id: call.world.ids.guid(),
    customerId: customer.id,
    userId: call.caller.userId,
    templateId,
    agreedAt,
    type,
    primaryContact: typeof phoneNumber === 'string' ? { ...contact, phoneNumber } : contact,
  });
  call.world.auditRecords.put(
    createAuditRecord({
      id: call.world.ids.guid(),
      type: 'create_agreement',
      resourceType: 'agreement',
      at: call.now,
      customer,
      caller: call.caller,
      correlationId: call.correlationId,
      after: showAgreement(agreement),
    }),
  );
  const { agreementLink: _, ...shown } = showAgreement(agreement);
  return answerCreated(shown);
}

/** A confirmation as the API shows it. */
export function showAgreement(agreement: Agreement) {
  return {
    userId: agreement.userId,
    primaryContact: agreement.primaryContact,
    templateId: agreement.templateId,
    dateAgreed: new Date(agreement.agreedAt).toISOString(),
    type: agreement.type,
    agreementLink: AGREEMENT_LINK,
  };
}
