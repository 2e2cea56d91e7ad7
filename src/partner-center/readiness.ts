import type { Readiness } from '../domain/customer.ts';
import { toCustomerProfile } from './customers.ts';
import { PartnerCenterError } from './errors.ts';
import { readQualifications } from './qualifications.ts';
import type { Api, Call } from './request.ts';
import { collection, flag, maybe, shape, text } from './wire.ts';

/** Sources: *Retrieve validation status*, *Get confirmation of customer agreement*, *Get direct sign status* (§11). */
const validationStatus = shape({ status: text });
const agreements = collection(shape({ type: maybe(text) }));
const directSigned = shape({ isSigned: maybe(flag) });
const customerAgreement = 'MicrosoftCustomerAgreement';

export function toAccountStatus(body: unknown): string {
  return validationStatus.parse(body).status;
}

/** Without the type in a confirmation it is what was asked for. */
export function hasConfirmedAgreement(body: unknown): boolean {
  const wanted = customerAgreement.toLowerCase();
  return agreements.parse(body).some(({ type }) => (type ?? wanted).toLowerCase() === wanted);
}

export function isDirectlySigned(body: unknown): boolean {
  return directSigned.parse(body).isSigned ?? false;
}

export function createReadiness(api: Api): (customerId: string) => Promise<Readiness> {
  return async (customerId) => {
    const below = (operation: string, rest: string, query?: Call['query']): Call => ({
      operation,
      method: 'GET',
      path: `/v1/customers/${encodeURIComponent(customerId)}${rest}`,
      token: 'user',
      ...(query ? { query } : {}),
    });
    const customer: Call = { ...below('getCustomer', ''), token: 'either' };
    const account = below('getAccountStatus', '/validationStatus', { type: 'account' });
    const confirmed = below('listAgreements', '/agreements', { agreementType: customerAgreement });
    const signed = below('getDirectSignStatus', '/directSignedMicrosoftCustomerAgreementStatus');

    const [profile, status, isConfirmed, isSigned, qualifications] = await Promise.all([
      api.read(customer, toCustomerProfile),
      api.read(account, toAccountStatus).catch(undefinedWhereMissing),
      api.read(confirmed, hasConfirmedAgreement).catch(undefinedWhereMissing),
      api.read(signed, isDirectlySigned).catch(undefinedWhereMissing),
      readQualifications(api, customerId),
    ]);
    return {
      relationship: profile.relationship,
      account: status,
      agreement: agreementOf(isConfirmed, isSigned),
      qualifications,
    };
  };
}

/**
 * Both calls exist in the public cloud only. Where neither is there, nothing is held against the customer and Partner
 * Center's own refusal (13605) decides.
 */
function agreementOf(isConfirmed: boolean | undefined, isSigned: boolean | undefined): Readiness['agreement'] {
  if (isConfirmed) return 'confirmed';
  if (isSigned) return 'signed';
  return isConfirmed === undefined && isSigned === undefined ? 'confirmed' : 'missing';
}

function undefinedWhereMissing(error: unknown): undefined {
  const isMissing = error instanceof PartnerCenterError && ['not-found', 'not-offered'].includes(error.kind);
  if (!isMissing) throw error;
}
