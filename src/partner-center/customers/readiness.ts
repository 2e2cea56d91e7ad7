import type { OrderChecks } from '../../domain/customers/readiness.ts';
import { undefinedOn } from '../client/errors.ts';
import type { Api, Call } from '../client/request.ts';
import { shape, text } from '../client/wire.ts';
import { confirmationsCall, isDirectlySigned, toConfirmations } from './agreements.ts';
import { type Qualifications, segmentsFor } from './qualifications.ts';

/** Source: *Retrieve validation status*; the others in the files of their resources. */
const validationStatus = shape({ status: text });

export function toAccountStatus(body: unknown): string {
  return validationStatus.parse(body).status;
}

export function createReadiness(
  api: Api,
  qualifications: Qualifications,
): (customerId: string) => Promise<OrderChecks> {
  function readAccount(customerId: string): Promise<string | undefined> {
    const path = `/v1/customers/${encodeURIComponent(customerId)}/validationStatus`;
    const call: Call = {
      operation: 'getAccountStatus',
      method: 'GET',
      path,
      query: { type: 'account' },
      token: 'user',
    };
    return api.read(call, toAccountStatus).catch(undefinedWhereMissing);
  }

  /** Whether the customer signed itself is asked only where the partner did not confirm. */
  async function readAgreement(customerId: string): Promise<OrderChecks['agreement']> {
    const confirmed = await api.read(confirmationsCall(customerId), toConfirmations).catch(undefinedWhereMissing);
    if (confirmed && confirmed.length > 0) return 'confirmed';
    const path = `/v1/customers/${encodeURIComponent(customerId)}/directSignedMicrosoftCustomerAgreementStatus`;
    const call: Call = { operation: 'getDirectSignStatus', method: 'GET', path, token: 'user' };
    return agreementOf(confirmed, await api.read(call, isDirectlySigned).catch(undefinedWhereMissing));
  }

  return async (customerId) => {
    const [account, agreement, { qualified, vetting }] = await Promise.all([
      readAccount(customerId),
      readAgreement(customerId),
      qualifications.read(customerId),
    ]);
    return {
      ...{ account, agreement, qualifications: qualified, segments: segmentsFor(qualified) },
      ...(vetting.length > 0 ? { vetting } : {}),
    };
  };
}

const undefinedWhereMissing = undefinedOn('not-found', 'not-offered');

/**
 * Both calls exist in the public cloud only. Where neither is there, nothing is held against the customer and Partner
 * Center's own refusal (13605) decides.
 */
function agreementOf(
  confirmed: readonly unknown[] | undefined,
  isSigned: boolean | undefined,
): OrderChecks['agreement'] {
  if (isSigned) return 'signed';
  return confirmed === undefined && isSigned === undefined ? 'confirmed' : 'missing';
}
