import type { Readiness } from '../../domain/customers/readiness.ts';
import type { Timer } from '../../microsoft/timer.ts';
import { createBillingAddress } from '../billing/address-check.ts';
import { undefinedOn } from '../client/errors.ts';
import type { Api, Call } from '../client/request.ts';
import { shape, text } from '../client/wire.ts';
import { confirmationsCall, isDirectlySigned, toConfirmations } from './agreements.ts';
import { toCustomerProfile } from './customers.ts';
import { readStanding, segmentsFor } from './qualifications.ts';

/** Source: *Retrieve validation status*; the others in the files of their resources. */
const validationStatus = shape({ status: text });

export function toAccountStatus(body: unknown): string {
  return validationStatus.parse(body).status;
}

export function createReadiness(api: Api, timer: Timer): (customerId: string) => Promise<Readiness> {
  const addressIn = createBillingAddress(api, timer);

  async function customer(customerId: string): Promise<Pick<Readiness, 'relationship' | 'address'>> {
    const path = `/v1/customers/${encodeURIComponent(customerId)}`;
    const call: Call = { operation: 'getCustomer', method: 'GET', path, token: 'either' };
    const { relationship, found } = await api.read(call, (body) => ({
      relationship: toCustomerProfile(body).relationship,
      found: body,
    }));
    const address = await addressIn(found);
    return { relationship, ...(address ? { address } : {}) };
  }

  return async (customerId) => {
    const below = (operation: string, rest: string, query?: Call['query']): Call => ({
      operation,
      method: 'GET',
      path: `/v1/customers/${encodeURIComponent(customerId)}${rest}`,
      token: 'user',
      ...(query ? { query } : {}),
    });
    const account = below('getAccountStatus', '/validationStatus', { type: 'account' });
    const signed = below('getDirectSignStatus', '/directSignedMicrosoftCustomerAgreementStatus');

    const [{ relationship, address }, status, confirmed, isSigned, { qualified, vetting }] = await Promise.all([
      customer(customerId),
      api.read(account, toAccountStatus).catch(undefinedOn('not-found', 'not-offered')),
      api.read(confirmationsCall(customerId), toConfirmations).catch(undefinedOn('not-found', 'not-offered')),
      api.read(signed, isDirectlySigned).catch(undefinedOn('not-found', 'not-offered')),
      readStanding(api, customerId),
    ]);
    return {
      relationship,
      account: status,
      agreement: agreementOf(confirmed && confirmed.length > 0, isSigned),
      qualifications: qualified,
      segments: segmentsFor(qualified),
      ...(address ? { address } : {}),
      ...(vetting.length > 0 ? { vetting } : {}),
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
