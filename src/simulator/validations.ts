import { z } from 'zod';
import { getCustomer } from './customers.ts';
import { type ApiResponse, type Call, ok, type Route } from './http/call.ts';
import { createError, createNamedError } from './http/errors.ts';
import { readBody } from './http/read-call.ts';
import { type Country, findCountry } from './seed/load.ts';

/** What may be checked before an order: the customer's account, its qualifications, an address, a country's rules. */
export const validationRoutes: Route[] = [
  { method: 'GET', path: '/v1/customers/:customerId/validationStatus', access: 'user', handle: getAccountStatus },
  {
    method: 'GET',
    path: '/v1/customers/:customerId/qualifications',
    access: 'any',
    handle: (call) => ok(getCustomer(call).qualifications),
  },
  { method: 'POST', path: '/v1/validations/address', access: 'any', handle: validateAddress },
  { method: 'GET', path: '/v1/countryvalidationrules/:country', access: 'any', handle: getCountryRules },
];

function getAccountStatus(call: Call): ApiResponse {
  const customer = getCustomer(call);
  if (call.query.get('type')?.toLowerCase() !== 'account') throw createError(400, 2000, 'type must be account.');
  if (customer.account === undefined) {
    const message = 'There is no account status for the customer.';
    throw createNamedError(404, 600074, 'AccountStatusNotFound', message);
  }
  return ok({ type: 'account', status: customer.account, lastUpdateDateTime: '2021-07-14T18:02:00' });
}

const addressSchema = z.object({
  addressLine1: z.string().nullish(),
  addressLine2: z.string().nullish(),
  city: z.string().nullish(),
  state: z.string().nullish(),
  postalCode: z.string().nullish(),
  country: z.string().length(2),
});

interface PostalAddress {
  addressLine1?: string;
  addressLine2?: string;
  city?: string;
  state?: string;
  postalCode?: string;
  country: string;
}

/** The first and `StreetPartial` were seen in real responses; the spelling of the others is inferred. */
type AddressStatus =
  | 'VerifiedShippable'
  | 'Verified'
  | 'InteractionRequired'
  | 'StreetPartial'
  | 'PremisesPartial'
  | 'Multiple'
  | 'None'
  | 'NotValidated';

interface AddressCheck {
  status: AddressStatus;
  suggestions?: PostalAddress[];
  message?: string;
}

/** A bad address is not an error: the response is 200 and its status tells. */
function validateAddress(call: Call): ApiResponse {
  const { country, ...sent } = readBody(call, addressSchema);
  const known = findCountry(country);
  if (known === undefined) throw createError(400, 2000, `The country ${country} is not supported.`);
  const texts = Object.entries({ ...sent, country }).filter(([, value]) => typeof value === 'string');
  const originalAddress: PostalAddress = { country, ...Object.fromEntries(texts) };
  const { status, suggestions = [], message } = checkAddress(originalAddress, known);
  return ok({ originalAddress, suggestedAddresses: suggestions, status, validationMessage: message });
}

const PO_BOX = /\b(p\.? ?o\.? ?box|postfach|skr(ytka|\.) poczt(owa|\.))\s*\d/i;
const HOUSE_NUMBERS = /(\d+)\s*-\s*(\d+)/;
const SUITE_WITHOUT_NUMBER = /^(suite|ste\.?|apartment|apt\.?|unit|floor)$/i;

/** The status follows from the text of the address alone (docs/simulator.md, "Addresses"). */
function checkAddress(sent: PostalAddress, country: Country): AddressCheck {
  const problem = findProblem(sent, country);
  if (problem !== undefined) return { status: 'NotValidated', message: problem };
  const { addressLine1 = '', addressLine2 = '', postalCode = '' } = sent;
  if (!/[1-9A-Z]/i.test(postalCode)) return { status: 'None', message: 'There is no such address.' };
  if (!/\d/.test(addressLine1)) return { status: 'StreetPartial', message: 'The house number is missing.' };
  if (SUITE_WITHOUT_NUMBER.test(addressLine2.trim())) {
    return { status: 'PremisesPartial', message: 'The number of the suite or apartment is missing.' };
  }
  const place = country.cities.find((known) => known.postalCode === postalCode);
  if (place !== undefined && place.city.toLowerCase() !== sent.city?.trim().toLowerCase()) {
    const message = 'The city does not fit the postal code.';
    return { status: 'InteractionRequired', suggestions: [{ ...sent, city: place.city }], message };
  }
  const numbers = HOUSE_NUMBERS.exec(addressLine1)?.slice(1);
  if (numbers !== undefined) {
    const suggestions = numbers.map((number) => ({
      ...sent,
      addressLine1: addressLine1.replace(HOUSE_NUMBERS, number),
    }));
    return { status: 'Multiple', suggestions, message: 'Several addresses fit.' };
  }
  const suggestion = { ...sent, postalCode: completePostalCode(country, postalCode) };
  return { status: PO_BOX.test(addressLine1) ? 'Verified' : 'VerifiedShippable', suggestions: [suggestion] };
}

function completePostalCode({ code }: Country, postalCode: string): string {
  return code === 'US' && postalCode.length === 5 ? `${postalCode}-8300` : postalCode;
}

function findProblem(sent: PostalAddress, country: Country): string | undefined {
  if (!sent.addressLine1 || !sent.city) return 'Street and city are required.';
  if (!new RegExp(country.postalCode, 'i').test(sent.postalCode ?? '')) return 'The postal code is not valid.';
  if (country.states !== undefined && !country.states.includes((sent.state ?? '').toUpperCase())) {
    return 'The state is not valid.';
  }
  return undefined;
}

function getCountryRules(call: Call): ApiResponse {
  const country = findCountry(call.params.country ?? '');
  if (country === undefined) throw createError(404, 1000, `There are no rules for ${call.params.country}.`);
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
