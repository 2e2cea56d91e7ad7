import { z } from 'zod';
import { checkAddress, type PostalAddress } from '../commerce/address-check.ts';
import { findCountry } from '../countries.ts';
import { type Answer, type Call, ok, type Route } from '../http/call.ts';
import { refusal } from '../http/errors.ts';
import { readBody } from '../http/read-body.ts';

export const validationRoutes: Route[] = [
  { method: 'POST', path: '/v1/validations/address', access: 'any', handle: validateAddress },
  { method: 'GET', path: '/v1/countryvalidationrules/:country', access: 'any', handle: countryRules },
];

const addressSchema = z.object({
  addressLine1: z.string().nullish(),
  addressLine2: z.string().nullish(),
  city: z.string().nullish(),
  state: z.string().nullish(),
  postalCode: z.string().nullish(),
  country: z.string().length(2),
});

/** A bad address is not an error: the answer is 200 and its status tells. */
function validateAddress(call: Call): Answer {
  const { country, ...sent } = readBody(call, addressSchema);
  const known = findCountry(country);
  if (known === undefined) throw refusal(400, 2000, `The country ${country} is not supported.`);
  const texts = Object.entries({ ...sent, country }).filter(([, value]) => typeof value === 'string');
  const originalAddress: PostalAddress = { country, ...Object.fromEntries(texts) };
  const { status, suggestions = [], message } = checkAddress(originalAddress, known);
  return ok({
    originalAddress,
    suggestedAddresses: suggestions,
    status,
    ...(message === undefined ? {} : { validationMessage: message }),
  });
}

function countryRules(call: Call): Answer {
  const country = findCountry(call.params.country ?? '');
  if (country === undefined) throw refusal(404, 1000, `There are no rules for ${call.params.country}.`);
  return ok({
    iso2Code: country.code,
    defaultCulture: country.cultures[0],
    isStateRequired: country.states !== undefined,
    supportedStatesList: country.states ?? [],
    supportedLanguagesList: [...new Set(country.cultures.map((culture) => culture.slice(0, 2)))],
    supportedCulturesList: country.cultures,
    isPostalCodeRequired: true,
    postalCodeRegex: country.postalCode,
    isCityRequired: true,
    isVatIdSupported: country.states === undefined,
    phoneNumberRegex: country.phone,
    isTaxIdSupported: true,
    isTaxIdOptional: true,
    countryCallingCodesList: [country.callingCode],
    attributes: { objectType: 'CountryValidationRules' },
  });
}
