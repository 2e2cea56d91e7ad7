import type { PostalAddress } from '../../domain/customers/billing-profile.ts';
import { maybe, shape, text } from '../client/wire.ts';

/** An address as profiles and the address check write it. */
export const addressShape = shape({
  addressLine1: maybe(text),
  addressLine2: maybe(text),
  city: maybe(text),
  state: maybe(text),
  postalCode: maybe(text),
  country: maybe(text),
});

/** `undefined` where there is no street or no country: that is no address yet. */
export function addressOf(wire: ReturnType<typeof addressShape.parse> | undefined): PostalAddress | undefined {
  if (!wire?.addressLine1 || !wire.country) return undefined;
  return {
    line1: wire.addressLine1,
    ...(wire.addressLine2 ? { line2: wire.addressLine2 } : {}),
    city: wire.city ?? '',
    ...(wire.state ? { state: wire.state } : {}),
    ...(wire.postalCode ? { postalCode: wire.postalCode } : {}),
    country: wire.country,
  };
}

export function fromAddress({ line1, line2, city, state, postalCode, country }: PostalAddress) {
  return {
    addressLine1: line1,
    ...(line2 ? { addressLine2: line2 } : {}),
    city,
    ...(state ? { state } : {}),
    ...(postalCode ? { postalCode } : {}),
    country,
  };
}
