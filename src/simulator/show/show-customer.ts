import { countryOf } from '../countries.ts';
import type { Customer } from '../customers.ts';
import { guidFrom, numberFrom } from '../hash.ts';
import { link } from '../http/wire.ts';

/** A customer as lists show it. */
export function showListedCustomer(customer: Customer) {
  const self = `/customers/${customer.id}`;
  return {
    id: customer.id,
    companyProfile: companyProfile(customer),
    relationshipToPartner: customer.relationship,
    links: { self: link(self) },
    attributes: { objectType: 'Customer' },
  };
}

/** A customer as the single get shows it. Without delegated access address, e-mail and domains are left out. */
export function showCustomer(customer: Customer) {
  const { id, companyProfile: profile, relationshipToPartner, links, attributes } = showListedCustomer(customer);
  const { attributes: profileAttributes, links: profileLinks, ...rest } = profile;
  const open = customer.allowDelegatedAccess;
  return {
    id,
    commerceId: customer.commerceId,
    companyProfile: {
      ...rest,
      ...(open ? { address: companyAddress(customer), email: customer.contact.email } : {}),
      links: profileLinks,
      attributes: profileAttributes,
    },
    billingProfile: billingProfile(customer),
    relationshipToPartner,
    allowDelegatedAccess: open,
    ...(open ? { customDomains: customer.customDomains } : {}),
    enableGDAPByDefault: false,
    links,
    attributes,
  };
}

export function billingProfile(customer: Customer) {
  const { address, contact } = customer;
  const culture = countryOf(address.country).cultures[0] ?? 'en-US';
  return {
    id: guidFrom('billing profile', customer.id),
    firstName: contact.firstName,
    lastName: contact.lastName,
    email: contact.email,
    culture,
    language: culture.slice(0, 2),
    companyName: customer.companyName,
    defaultAddress: {
      ...address,
      firstName: contact.firstName,
      lastName: contact.lastName,
      phoneNumber: contact.phoneNumber,
    },
    links: { self: link(`/v1/customers/${customer.id}/profiles/billing`) },
    attributes: { etag: `-${numberFrom(2 ** 31, 'etag', customer.id)}`, objectType: 'CustomerBillingProfile' },
  };
}

export function companyProfile(customer: Customer) {
  return {
    tenantId: customer.id,
    domain: customer.domain,
    companyName: customer.companyName,
    links: { self: link(`/customers/${customer.id}/profiles/company`) },
    attributes: { objectType: 'CustomerCompanyProfile' },
  };
}

function companyAddress({ address, contact }: Customer) {
  const { state, ...rest } = address;
  return { ...rest, ...(state === undefined ? {} : { region: state }), phoneNumber: contact.phoneNumber };
}
