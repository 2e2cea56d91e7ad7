import { z } from 'zod';
import type { AddressCheck, PostalAddress, Readiness } from '../domain/customer.ts';
import { addressCheckCall, toAddressCheck, unverifiedWhereDeclined } from './addresses.ts';
import { confirmationsCall, isDirectlySigned, toConfirmations } from './agreements.ts';
import { toBillingProfile } from './billing-profile.ts';
import { toCustomerProfile } from './customers.ts';
import { PartnerCenterError } from './errors.ts';
import { readStanding, segmentsFor } from './qualifications.ts';
import type { Api, Call } from './request.ts';
import { shape, text } from './wire.ts';

/** Source: *Retrieve validation status* (reference §11.2); the others in the files of their resources. */
const validationStatus = shape({ status: text });
const withBilling = shape({ billingProfile: z.unknown().optional() });

export function toAccountStatus(body: unknown): string {
  return validationStatus.parse(body).status;
}

/** The check of the address is an advice: it is asked for once, and not for long. */
const addressTimeoutMs = 3_000;

export function createReadiness(api: Api): (customerId: string) => Promise<Readiness> {
  async function customer(customerId: string): Promise<Pick<Readiness, 'relationship' | 'address'>> {
    const path = `/v1/customers/${encodeURIComponent(customerId)}`;
    const call: Call = { operation: 'getCustomer', method: 'GET', path, token: 'either' };
    const { relationship, address } = await api.read(call, (body) => ({
      relationship: toCustomerProfile(body).relationship,
      address: billingAddressOf(body),
    }));
    if (!address) return { relationship };
    const check = { ...addressCheckCall(address), isRead: false, timeoutMs: addressTimeoutMs };
    const checked = await api.read(check, toAddressCheck).catch(unverifiedWhereDeclined).catch(undefinedWhereAway);
    return { relationship, ...(checked ? { address: verdictOf(checked) } : {}) };
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
      api.read(account, toAccountStatus).catch(undefinedWhereMissing),
      api.read(confirmationsCall(customerId), toConfirmations).catch(undefinedWhereMissing),
      api.read(signed, isDirectlySigned).catch(undefinedWhereMissing),
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

/** The single customer carries its billing profile (reference §2). */
function billingAddressOf(body: unknown): PostalAddress | undefined {
  const { billingProfile } = withBilling.parse(body);
  return billingProfile ? toBillingProfile(billingProfile).address : undefined;
}

function verdictOf({ isVerified, suggestions: [suggestion] }: AddressCheck): NonNullable<Readiness['address']> {
  if (isVerified) return 'verified';
  return suggestion ? { suggestion } : 'unverified';
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

function undefinedWhereAway(error: unknown): undefined {
  if (!(error instanceof PartnerCenterError)) throw error;
}
