import type { AddressCheck, Addresses, CountryRules, PostalAddress } from '../domain/customers/billing-profile.ts';
import { decodeEntities, PartnerCenterError } from './errors.ts';
import { addressOf, addressShape, fromAddress } from './postal-address.ts';
import type { Api, Call } from './request.ts';
import { flag, many, maybe, shape, snake, text } from './wire.ts';

/** Sources: *Validate an address*, *Get address formatting rules by market* (reference §11.5). */
const validation = shape({
  suggestedAddresses: many(addressShape),
  status: maybe(text),
  validationMessage: maybe(text),
});

/** One of them is a recorded value, the other a described label; every other value is "not verified". */
const verified = new Set(['verified_shippable', 'verified']);

export function toAddressCheck(body: unknown): AddressCheck {
  const { suggestedAddresses, status, validationMessage } = validation.parse(body);
  return {
    isVerified: verified.has(snake(status ?? '')),
    status: status ?? '',
    suggestions: suggestedAddresses.map(addressOf).filter((address) => address !== undefined),
    ...(validationMessage ? { message: decodeEntities(validationMessage) } : {}),
  };
}

/** Recorded as flat `supportedStatesList`, published as `states: { value: [] }`. */
const nested = maybe(shape({ value: maybe(many(text)) }));
const flat = maybe(many(text));
const countryRules = shape({
  iso2Code: maybe(text),
  isStateRequired: maybe(flag),
  supportedStatesList: flat,
  states: nested,
  isCityRequired: maybe(flag),
  isPostalCodeRequired: maybe(flag),
  postalCodeRegex: maybe(text),
  phoneNumberRegex: maybe(text),
  countryCallingCodesList: flat,
  supportedCulturesList: flat,
  supportedCultures: nested,
  supportedLanguagesList: flat,
  supportedLanguages: nested,
});

export function toCountryRules(body: unknown, country: string): CountryRules {
  const wire = countryRules.parse(body);
  return {
    country: wire.iso2Code ?? country,
    isStateRequired: wire.isStateRequired ?? false,
    states: wire.supportedStatesList ?? wire.states?.value ?? [],
    isCityRequired: wire.isCityRequired ?? false,
    isPostalCodeRequired: wire.isPostalCodeRequired ?? false,
    ...(wire.postalCodeRegex ? { postalCodePattern: wire.postalCodeRegex } : {}),
    ...(wire.phoneNumberRegex ? { phonePattern: wire.phoneNumberRegex } : {}),
    callingCodes: wire.countryCallingCodesList ?? [],
    cultures: wire.supportedCulturesList ?? wire.supportedCultures?.value ?? [],
    languages: wire.supportedLanguagesList ?? wire.supportedLanguages?.value ?? [],
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

export function createAddresses(api: Api): Addresses {
  return {
    /** Before 2021 a bad address was a 400. */
    check: (address) => api.read(addressCheckCall(address), toAddressCheck).catch(unverifiedWhereDeclined),

    async rules(country) {
      if (!/^[a-z]{2}$/i.test(country)) return undefined;
      try {
        return await api.read(rulesCall(country), (body) => toCountryRules(body, country.toUpperCase()));
      } catch (error) {
        if (error instanceof PartnerCenterError && error.kind === 'not-found') return undefined;
        throw error;
      }
    },
  };
}

export function unverifiedWhereDeclined(error: unknown): AddressCheck {
  if (!(error instanceof PartnerCenterError) || error.kind !== 'declined') throw error;
  const message = error.description ? { message: error.description } : {};
  return { isVerified: false, status: error.code ?? '', suggestions: [], ...message };
}
