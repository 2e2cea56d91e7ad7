import { z } from 'zod';
import type { AddressGap, PostalAddress } from '../../domain/customers/billing-profile.ts';
import type { AddressVerdict } from '../../domain/customers/readiness.ts';
import { createCache } from '../../microsoft/cache.ts';
import type { Timer } from '../../microsoft/timer.ts';
import { undefinedWhereFailed } from '../client/errors.ts';
import type { Api } from '../client/request.ts';
import { maybe, shape, text } from '../client/wire.ts';
import type { CustomerResource } from '../customers/customer-resource.ts';
import {
  type AddressCheck,
  addressCheckCall,
  type CountryRules,
  rulesCall,
  toAddressCheck,
  toCountryRules,
  unverifiedWhereDeclined,
} from './addresses.ts';
import { toBillingProfile } from './billing-profile.ts';
import { addressShape } from './postal-address.ts';

/** The single customer carries both profiles. */
const customer = shape({
  companyProfile: maybe(shape({ organizationRegistrationNumber: maybe(text) })),
  billingProfile: z.unknown().optional(),
});
const withAddress = shape({ defaultAddress: maybe(addressShape) });

interface Profile {
  readonly address: Partial<PostalAddress>;
  readonly phoneNumber?: string;
  readonly registrationNumber?: string;
}

/** `undefined` where the answer shows no address at all, not even an empty one: that says nothing about it. */
function toProfile(body: unknown): Profile | undefined {
  const { companyProfile, billingProfile } = customer.parse(body);
  const wire = billingProfile ? withAddress.parse(billingProfile).defaultAddress : undefined;
  if (!wire) return undefined;
  const { addressLine1: line1, addressLine2: line2, city, state, postalCode, country } = wire;
  const { phoneNumber } = toBillingProfile(billingProfile).contact;
  const address = Object.fromEntries(
    Object.entries({ line1, line2, city, state, postalCode, country }).filter(([, value]) => value),
  );
  return { address, phoneNumber, registrationNumber: companyProfile?.organizationRegistrationNumber };
}

/** The check and the rules are for an advice: each is asked for once, and not for long. */
const timeoutMs = 3_000;
const rulesMs = 24 * 60 * 60_000;
const countriesAtMost = 300;
/** The same address gets the same answer. */
const checkMs = 60 * 60_000;
const addressesAtMost = 1_000;

/** What an order could be declined for in the billing address of a customer. */
export function createAddressCheck(
  api: Api,
  { resource, timer }: { readonly resource: CustomerResource; readonly timer: Timer },
): (customerId: string) => Promise<AddressVerdict> {
  const knownRules = createCache<CountryRules>({ timer, size: countriesAtMost, keepMs: () => rulesMs });
  const knownChecks = createCache<AddressCheck>({ timer, size: addressesAtMost, keepMs: () => checkMs });

  function readRules(country: string): Promise<CountryRules | undefined> {
    const call = { ...rulesCall(country), isRead: false, timeoutMs };
    return knownRules.get(country, () => api.read(call, toCountryRules)).catch(undefinedWhereFailed);
  }

  function check(address: PostalAddress): Promise<AddressCheck | undefined> {
    const call = { ...addressCheckCall(address), isRead: false, timeoutMs };
    const ask = () => api.read(call, toAddressCheck).catch(unverifiedWhereDeclined);
    return knownChecks.get(JSON.stringify(call.body), ask).catch(undefinedWhereFailed);
  }

  return async (customerId) => {
    const profile = toProfile((await resource.known(customerId)).body);
    if (!profile) return undefined;
    const { address } = profile;
    const country = address.country?.toUpperCase() ?? '';
    const [checked, rules] = await Promise.all([
      isWhole(address) ? check(address) : undefined,
      /^[A-Z]{2}$/.test(country) ? readRules(country) : undefined,
    ]);
    const lacks = findGaps(profile, country, rules);
    const isUnverified = checked ? !checked.isVerified : !isWhole(address);
    if (!isUnverified && lacks.length === 0) return checked && 'verified';
    const [suggestion] = isUnverified ? (checked?.suggestions ?? []) : [];
    const message = isUnverified ? checked?.message : undefined;
    return { isUnverified, lacks, ...(suggestion ? { suggestion } : {}), ...(message ? { message } : {}) };
  };
}

/** Less than this Partner Center cannot be asked about. */
function isWhole(address: Partial<PostalAddress>): address is PostalAddress {
  return Boolean(address.line1 && address.city && address.country);
}

/** Here an organisation must have a registration number and a telephone (else 600049–600051, 600002). */
const registering = new Set(['AM', 'AZ', 'BY', 'HU', 'KG', 'KZ', 'MD', 'RU', 'TJ', 'UA', 'UZ']);

function findGaps({ address, phoneNumber, registrationNumber }: Profile, country: string, rules?: CountryRules) {
  const isRegistering = registering.has(country);
  const needsState = rules?.isStateRequired === true;
  const gaps: Record<AddressGap, boolean> = {
    street: !address.line1,
    city: !address.city,
    state: needsState && !isState(rules, address.state),
    'postal-code': rules !== undefined && !isPostalCode(rules, address.postalCode),
    'registration-number': isRegistering && !registrationNumber,
    phone: isRegistering && !phoneNumber,
  };
  return (Object.keys(gaps) as AddressGap[]).filter((gap) => gaps[gap]);
}

function isState({ states }: CountryRules, state: string | undefined): boolean {
  if (!state) return false;
  return states.length === 0 || states.some((one) => one.toUpperCase() === state.toUpperCase());
}

/** No code is longer; a pattern of somebody else's must not be given more to think about. */
const longestCode = 20;

function isPostalCode({ isPostalCodeRequired, postalCodePattern }: CountryRules, code: string | undefined): boolean {
  if (!code) return !isPostalCodeRequired;
  if (!postalCodePattern) return true;
  try {
    return new RegExp(postalCodePattern, 'i').test(code.slice(0, longestCode));
  } catch {
    return true;
  }
}
