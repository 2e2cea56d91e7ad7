import { z } from 'zod';
import { AGREEMENT_LINK, AGREEMENT_TEMPLATE, AGREEMENT_TYPE } from '../commerce/agreement-template.ts';
import { auditRecord } from '../commerce/audit.ts';
import { type Answer, type Call, created, ok, type Route } from '../http/call.ts';
import { customerOf } from '../http/customer-of-call.ts';
import { newerRefusal } from '../http/errors.ts';
import { readBody } from '../http/read-body.ts';
import { collectionOf } from '../http/wire.ts';
import { showAgreement } from '../show/show-agreement.ts';

export const agreementRoutes: Route[] = [
  { method: 'GET', path: '/v1/agreements', access: 'user', handle: listTemplates },
  { method: 'GET', path: '/v1/customers/:customerId/agreements', access: 'user', handle: listConfirmations },
  { method: 'POST', path: '/v1/customers/:customerId/agreements', access: 'user', handle: confirm },
  {
    method: 'GET',
    path: '/v1/customers/:customerId/directSignedMicrosoftCustomerAgreementStatus',
    access: 'user',
    handle: (call) => ok({ isSigned: customerOf(call).signedDirectly }),
  },
];

function listTemplates(call: Call): Answer {
  const template = {
    templateId: AGREEMENT_TEMPLATE,
    agreementType: AGREEMENT_TYPE,
    agreementLink: AGREEMENT_LINK,
    versionRank: 0,
  };
  return ok(collectionOf(isCustomerAgreement(call) ? [template] : []));
}

/** Without the parameter only the old Microsoft Cloud Agreement is meant, of which there are none. */
function listConfirmations(call: Call): Answer {
  const customer = customerOf(call);
  const agreements = call.world.agreements.filter(({ customerId }) => customerId === customer.id);
  const { totalCount, items } = collectionOf(isCustomerAgreement(call) ? agreements.map(showAgreement) : []);
  return ok({ totalCount, items });
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

function confirm(call: Call): Answer {
  const customer = customerOf(call);
  const { primaryContact, templateId, dateAgreed, type } = readBody(call, confirmationSchema);
  const agreedAt = Date.parse(dateAgreed);
  if (templateId !== AGREEMENT_TEMPLATE || Number.isNaN(agreedAt)) {
    throw newerRefusal(400, 600062, 'InvalidAgreement', 'The template or the date of the agreement is not valid.');
  }
  const { phoneNumber, ...contact } = primaryContact;
  const isKnown = call.world.agreements
    .filter(({ customerId }) => customerId === customer.id)
    .some((agreement) => agreement.primaryContact.email.toLowerCase() === contact.email.toLowerCase());
  if (isKnown) {
    const message = 'A partner confirmed agreement already exists for the customer.';
    throw newerRefusal(400, 600061, 'PartnerConfirmedAgreementAlreadyExists', message);
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
  const { caller, correlationId } = call;
  call.world.auditRecords.put(
    auditRecord({
      id: call.world.ids.guid(),
      type: 'create_agreement',
      resourceType: 'agreement',
      at: call.now,
      customer,
      caller,
      correlationId,
      after: showAgreement(agreement),
    }),
  );
  const { agreementLink: _, ...answer } = showAgreement(agreement);
  return created(answer);
}

function isCustomerAgreement(call: Call): boolean {
  return call.query.get('agreementType')?.toLowerCase() === AGREEMENT_TYPE.toLowerCase();
}
