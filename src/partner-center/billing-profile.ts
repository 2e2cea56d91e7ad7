import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { BillingProfile, BillingProfiles, PostalAddress } from '../domain/customers/billing-profile.ts';
import { PartnerCenterError } from './errors.ts';
import { addressOf, addressShape, fromAddress } from './postal-address.ts';
import type { Api, Call } from './request.ts';
import { maybe, shape, text } from './wire.ts';

/** Sources: *Get a customer's billing profile*, *Update a customer's billing profile* (reference §2). */
const contact = { firstName: maybe(text), lastName: maybe(text), phoneNumber: maybe(text) };
const billingProfile = shape({
  ...contact,
  email: maybe(text),
  companyName: maybe(text),
  defaultAddress: maybe(addressShape),
  attributes: maybe(shape({ etag: maybe(text) })),
});
const contactInAddress = shape({ defaultAddress: maybe(shape(contact)) });
/** What is written back must at least be of its kind: a broken answer must not become the profile. */
const sound = shape({
  firstName: z.string().nullish(),
  lastName: z.string().nullish(),
  email: z.string().nullish(),
  companyName: z.string().nullish(),
  defaultAddress: z.record(z.string(), z.unknown()).nullish(),
});
const resource = z.record(z.string(), z.unknown());

/** The contact's name stands beside the address, inside it, or both; the telephone inside only. */
export function toBillingProfile(body: unknown): BillingProfile {
  const wire = billingProfile.parse(body);
  const inside = contactInAddress.parse(body).defaultAddress;
  const phoneNumber = wire.phoneNumber ?? inside?.phoneNumber;
  const address = addressOf(wire.defaultAddress);
  const etag = wire.attributes?.etag?.replace(/^"|"$/g, '');
  return {
    companyName: wire.companyName ?? '',
    contact: {
      firstName: wire.firstName ?? inside?.firstName ?? '',
      lastName: wire.lastName ?? inside?.lastName ?? '',
      email: wire.email ?? '',
      ...(phoneNumber ? { phoneNumber } : {}),
    },
    ...(address ? { address } : {}),
    ...(etag ? { etag } : {}),
  };
}

/** The whole profile with another address; whatever else stands in it (names, telephone) is kept. */
export function fromCorrection(body: unknown, address: PostalAddress): Record<string, unknown> {
  sound.parse(body);
  const gone = ['addressline1', 'addressline2', 'city', 'state', 'postalcode', 'country'];
  const [rest, old] = without(resource.parse(body), ['defaultaddress']);
  const [kept] = without(resource.safeParse(old).data ?? {}, gone);
  return { ...rest, defaultAddress: { ...kept, ...fromAddress(address) } };
}

/** The fields without those named (in lower case), and the last of what was left out. */
function without(fields: Record<string, unknown>, names: readonly string[]): [Record<string, unknown>, unknown] {
  const isNamed = (name: string) => names.includes(name.toLowerCase());
  const entries = Object.entries(fields);
  const out = entries.filter(([name]) => isNamed(name));
  return [Object.fromEntries(entries.filter(([name]) => !isNamed(name))), out.at(-1)?.[1]];
}

const staleEtag = '2055';

export function createBillingProfiles(api: Api): BillingProfiles {
  const getCall = (customerId: string): Call => ({
    operation: 'getBillingProfile',
    method: 'GET',
    path: `/v1/customers/${encodeURIComponent(customerId)}/profiles/billing`,
    token: 'either',
  });

  async function correct(customerId: string, address: PostalAddress, requestId: string): Promise<BillingProfile> {
    const call = getCall(customerId);
    const { etag, content } = await api.read(call, (body) => ({
      etag: toBillingProfile(body).etag,
      content: fromCorrection(body, address),
    }));
    const put: Call = {
      ...call,
      operation: 'updateBillingProfile',
      method: 'PUT',
      body: content,
      requestId,
      ...(etag ? { headers: { 'If-Match': `"${etag}"` } } : {}),
    };
    const answered = await api.read(put, (body) => (body === undefined ? undefined : toBillingProfile(body)));
    return answered ?? api.read(call, toBillingProfile);
  }

  return {
    of: (customerId) => api.read(getCall(customerId), toBillingProfile),
    correctAddress: (customerId, address, requestId) =>
      correct(customerId, address, requestId).catch((error) => {
        if (!(error instanceof PartnerCenterError) || error.code !== staleEtag) throw error;
        // Another request id: under the first one the refusal would only be repeated.
        return correct(customerId, address, randomUUID());
      }),
  };
}
