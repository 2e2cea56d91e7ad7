import type { Country } from '../countries.ts';
import { PLACES } from '../seed/places.ts';

export interface PostalAddress {
  addressLine1?: string;
  addressLine2?: string;
  city?: string;
  state?: string;
  postalCode?: string;
  country: string;
}

/** The first and `StreetPartial` were seen on the wire; the spelling of the others is inferred (reference §11). */
export type AddressStatus =
  | 'VerifiedShippable'
  | 'Verified'
  | 'InteractionRequired'
  | 'StreetPartial'
  | 'PremisesPartial'
  | 'Multiple'
  | 'None'
  | 'NotValidated';

export interface AddressCheck {
  status: AddressStatus;
  suggestions?: PostalAddress[];
  message?: string;
}

const PO_BOX = /\b(p\.? ?o\.? ?box|postfach|skr(ytka|\.) poczt(owa|\.))\s*\d/i;
const HOUSE_NUMBERS = /(\d+)\s*-\s*(\d+)/;
const SUITE_WITHOUT_NUMBER = /^(suite|ste\.?|apartment|apt\.?|unit|floor)$/i;

/** Which address is which is read from its text alone, as somebody would who knows the place. */
export function checkAddress(sent: PostalAddress, country: Country): AddressCheck {
  const problem = problemOf(sent, country);
  if (problem !== undefined) return { status: 'NotValidated', message: problem };
  const { addressLine1 = '', addressLine2 = '', postalCode = '' } = sent;
  if (!/[1-9A-Z]/i.test(postalCode)) return { status: 'None', message: 'There is no such address.' };
  if (!/\d/.test(addressLine1)) return { status: 'StreetPartial', message: 'The house number is missing.' };
  if (SUITE_WITHOUT_NUMBER.test(addressLine2.trim())) {
    return { status: 'PremisesPartial', message: 'The number of the suite or apartment is missing.' };
  }
  const place = PLACES[country.code]?.cities.find((known) => known.postalCode === postalCode);
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
  const suggestion = { ...sent, postalCode: fullPostalCode(country, postalCode) };
  return { status: PO_BOX.test(addressLine1) ? 'Verified' : 'VerifiedShippable', suggestions: [suggestion] };
}

function fullPostalCode({ code }: Country, postalCode: string): string {
  return code === 'US' && postalCode.length === 5 ? `${postalCode}-8300` : postalCode;
}

function problemOf(sent: PostalAddress, country: Country): string | undefined {
  if (!sent.addressLine1 || !sent.city) return 'Street and city are required.';
  if (!new RegExp(country.postalCode, 'i').test(sent.postalCode ?? '')) return 'The postal code is not valid.';
  if (country.states !== undefined && !country.states.includes((sent.state ?? '').toUpperCase())) {
    return 'The state is not valid.';
  }
  return undefined;
}
