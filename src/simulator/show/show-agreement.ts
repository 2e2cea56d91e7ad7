import { AGREEMENT_LINK } from '../commerce/agreement-template.ts';
import type { Agreement } from '../entities.ts';

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
