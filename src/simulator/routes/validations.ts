import { z } from 'zod';
import { type Country, findCountry } from '../countries.ts';
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

type SentAddress = z.infer<typeof addressSchema>;

/** A bad address is not an error: the answer is 200 and its status tells. */
function validateAddress(call: Call): Answer {
  const sent = readBody(call, addressSchema);
  const country = findCountry(sent.country);
  if (country === undefined) throw refusal(400, 2000, `The country ${sent.country} is not supported.`);
  const originalAddress = Object.fromEntries(Object.entries(sent).filter(([, value]) => typeof value === 'string'));
  const problem = problemOf(sent, country);
  if (problem !== undefined) {
    return ok({ originalAddress, suggestedAddresses: [], status: 'NotValidated', validationMessage: problem });
  }
  if (!/\d/.test(sent.addressLine1 ?? '')) {
    const validationMessage = 'The house number is missing.';
    return ok({ originalAddress, suggestedAddresses: [], status: 'StreetPartial', validationMessage });
  }
  const suggestion =
    country.code === 'US' && sent.postalCode?.length === 5 ? `${sent.postalCode}-8300` : sent.postalCode;
  const suggestedAddresses = [{ ...originalAddress, postalCode: suggestion }];
  return ok({ originalAddress, suggestedAddresses, status: 'VerifiedShippable' });
}

function problemOf(sent: SentAddress, country: Country): string | undefined {
  if (!sent.addressLine1 || !sent.city) return 'Street and city are required.';
  if (!new RegExp(country.postalCode, 'i').test(sent.postalCode ?? '')) return 'The postal code is not valid.';
  if (country.states !== undefined && !country.states.includes((sent.state ?? '').toUpperCase())) {
    return 'The state is not valid.';
  }
  return undefined;
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
