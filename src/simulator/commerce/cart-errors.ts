import type { CartLineError } from '../entities.ts';

/** Errors of a cart line as the service writes them: words for most, a number for the outdated item. */
const LINE_ERRORS = {
  currency: ['currency_is_not_supported', 'The currency is not supported for this item.'],
  outdated: [10001, 'The catalog item id is not valid. Get the availability again.'],
  soldOut: ['inventory_not_available', 'There is no inventory for this item.'],
  participants: ['participants_is_not_supported_for_partner', 'Participants are for indirect providers only.'],
  term: ['invalid_input', 'The term duration is not valid for this item.'],
  attestation: ['attestation_not_accepted', 'The attestation of this item has not been accepted.'],
  billing: ['billing_plan_not_supported', 'The billing cycle is not supported for this item.'],
} as const;

export function lineError(kind: keyof typeof LINE_ERRORS, additionalInformation?: string): CartLineError {
  const [errorCode, errorDescription] = LINE_ERRORS[kind];
  return { errorCode, errorDescription, ...(additionalInformation === undefined ? {} : { additionalInformation }) };
}
