import type { PostalAddress } from '../../domain/customers/billing-profile.ts';
import { PartnerCenterError } from '../client/errors.ts';
import { foreignText } from '../client/plain-text.ts';
import type { Call } from '../client/request.ts';
import { flag, many, maybe, shape, text, toSnakeCase } from '../client/wire.ts';
import { addressOf, addressShape, fromAddress } from './postal-address.ts';

/** Sources: *Validate an address*, *Get address formatting rules by market*. */
const validation = shape({
  suggestedAddresses: many(addressShape),
  status: maybe(text),
  validationMessage: maybe(text),
});

/** What Partner Center thinks of an address. */
export interface AddressCheck {
  readonly isVerified: boolean;
  readonly suggestions: readonly PostalAddress[];
  /** Microsoft's own sentence. */
  readonly message?: string;
}

/** What a country asks of an address. The pattern is a regular expression as Partner Center writes it. */
export interface CountryRules {
  readonly isStateRequired: boolean;
  readonly states: readonly string[];
  readonly isPostalCodeRequired: boolean;
  readonly postalCodePattern?: string;
}

/** One of them is a recorded value, the other a described label; every other value is "not verified". */
const verified = new Set(['verified_shippable', 'verified']);

export function toAddressCheck(body: unknown): AddressCheck {
  const { suggestedAddresses, status, validationMessage } = validation.parse(body);
  return {
    isVerified: verified.has(toSnakeCase(status ?? '')),
    suggestions: suggestedAddresses.map(addressOf).filter((address) => address !== undefined),
    ...(validationMessage ? { message: foreignText(validationMessage) } : {}),
  };
}

/** Recorded as flat `supportedStatesList`, published as `states: { value: [] }`. */
const countryRules = shape({
  isStateRequired: maybe(flag),
  supportedStatesList: maybe(many(text)),
  states: maybe(shape({ value: maybe(many(text)) })),
  isPostalCodeRequired: maybe(flag),
  postalCodeRegex: maybe(text),
});

export function toCountryRules(body: unknown): CountryRules {
  const wire = countryRules.parse(body);
  return {
    isStateRequired: wire.isStateRequired ?? false,
    states: wire.supportedStatesList ?? wire.states?.value ?? [],
    isPostalCodeRequired: wire.isPostalCodeRequired ?? false,
    ...(wire.postalCodeRegex ? { postalCodePattern: wire.postalCodeRegex } : {}),
  };
}

export function addressCheckCall(address: PostalAddress): Call {
  return {
    operation: 'validateAddress',
    method: 'POST',
    path: '/v1/validations/address',
    body: fromAddress(address),
    token: 'either',
    isRead: true,
  };
}

export function rulesCall(country: string): Call {
  const path = `/v1/countryvalidationrules/${country.toUpperCase()}`;
  return { operation: 'getCountryRules', method: 'GET', path, token: 'either' };
}

/** Before 2021 a bad address was a 400. */
export function unverifiedWhereDeclined(error: unknown): AddressCheck {
  if (!(error instanceof PartnerCenterError) || error.kind !== 'declined') throw error;
  const message = error.description ? { message: error.description } : {};
  return { isVerified: false, suggestions: [], ...message };
}
