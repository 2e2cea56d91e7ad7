import type { OrderChecks } from '../../domain/customers/readiness.ts';
import { isKind, undefinedWhereItAlone } from '../client/errors.ts';
import { readAll } from '../client/paging.ts';
import type { Api, Call } from '../client/request.ts';
import { shape, text } from '../client/wire.ts';
import { confirmationsCall, isDirectlySigned, toConfirmations } from './agreements.ts';
import { allSegments, type Qualifications, type Standing, segmentsFor } from './qualifications.ts';

/** Source: *Retrieve validation status*; the others in the files of their resources. */
const validationStatus = shape({ status: text });

export function toAccountStatus(body: unknown): string {
  return validationStatus.parse(body).status;
}

/**
 * What one question alone does not answer is held against nobody, whether the call is not there (both about the agreement
 * exist in the public cloud only), is refused or fails: Partner Center's own refusal of an order (13605) decides.
 */
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
    return api.read(call, toAccountStatus).catch(undefinedWhereItAlone);
  }

  /** Whether the customer signed itself is asked only where the partner did not confirm, and is enough by itself. */
  async function readAgreement(customerId: string): Promise<OrderChecks['agreement']> {
    const asked = readAll(api, confirmationsCall(customerId), toConfirmations);
    const [confirmed] = await Promise.allSettled([asked.catch(undefinedWhereItAlone)]);
    if (confirmed.status === 'fulfilled' && confirmed.value?.length) return 'confirmed';
    // A missing right for one of them is none for the other; what stops every call stops here.
    if (confirmed.status === 'rejected' && !isKind(confirmed.reason, 'forbidden')) throw confirmed.reason;
    const path = `/v1/customers/${encodeURIComponent(customerId)}/directSignedMicrosoftCustomerAgreementStatus`;
    const call: Call = { operation: 'getDirectSignStatus', method: 'GET', path, token: 'user' };
    const isSigned = await api.read(call, isDirectlySigned).catch(undefinedWhereItAlone);
    if (isSigned) return 'signed';
    if (confirmed.status === 'rejected') throw confirmed.reason;
    return confirmed.value === undefined || isSigned === undefined ? 'confirmed' : 'missing';
  }

  /** Unknown, it is held against no segment. */
  async function readStanding(customerId: string): Promise<Standing & Pick<OrderChecks, 'segments'>> {
    const read = await qualifications.read(customerId).catch(undefinedWhereItAlone);
    return read
      ? { ...read, segments: segmentsFor(read.qualified) }
      : { qualified: [], vetting: [], segments: [...allSegments] };
  }

  return async (customerId) => {
    const [account, agreement, { qualified, vetting, segments }] = await Promise.all([
      readAccount(customerId),
      readAgreement(customerId),
      readStanding(customerId),
    ]);
    return {
      ...{ account, agreement, qualifications: qualified, segments },
      ...(vetting.length > 0 ? { vetting } : {}),
    };
  };
}
