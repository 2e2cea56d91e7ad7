import { billingProfileOf } from '../commerce/billing-profile.ts';
import type { Customer } from '../customers.ts';
import { guidFrom, numberFrom } from '../hash.ts';
import { link } from '../http/wire.ts';
import type { World } from '../store.ts';

/** A customer as lists show it. */
export function showListedCustomer(customer: Customer) {
  return {
    id: customer.id,
    companyProfile: showCompanyProfile(customer),
    relationshipToPartner: customer.relationship,
    links: { self: link(`/customers/${customer.id}`) },
    attributes: { objectType: 'Customer' },
  };
}

/** A customer as the single get shows it. Without delegated access address, e-mail and domains are left out. */
export function showCustomer(world: World, customer: Customer) {
  const { id, companyProfile, relationshipToPartner, links, attributes } = showListedCustomer(customer);
  const { attributes: profileAttributes, links: profileLinks, ...profile } = companyProfile;
  const isOpen = customer.allowDelegatedAccess;
  return {
    id,
    commerceId: customer.commerceId,
    companyProfile: {
      ...profile,
      ...(isOpen ? { address: companyAddress(customer), email: customer.contact.email } : {}),
      links: profileLinks,
      attributes: profileAttributes,
    },
    billingProfile: showBillingProfile(world, customer),
    relationshipToPartner,
    allowDelegatedAccess: isOpen,
    ...(isOpen ? { customDomains: customer.customDomains } : {}),
    enableGDAPByDefault: false,
    links,
    attributes,
  };
}

export function showBillingProfile(world: World, customer: Customer) {
  const { version, ...profile } = billingProfileOf(world, customer);
  return {
    ...profile,
    id: guidFrom('billing profile', customer.id),
    links: { self: link(`/v1/customers/${customer.id}/profiles/billing`) },
    attributes: { etag: billingEtag(customer, version), objectType: 'CustomerBillingProfile' },
  };
}

function showCompanyProfile(customer: Customer) {
  return {
    tenantId: customer.id,
    domain: customer.domain,
    companyName: customer.companyName,
    links: { self: link(`/customers/${customer.id}/profiles/company`) },
    attributes: { objectType: 'CustomerCompanyProfile' },
  };
}

/** A negative number, as billing profiles have it; another one after every change. */
export function billingEtag(customer: Customer, version: number): string {
  return `-${numberFrom(2 ** 31, 'etag', customer.id, version)}`;
}

function companyAddress({ address, contact }: Customer) {
  const { state, ...rest } = address;
  return { ...rest, ...(state === undefined ? {} : { region: state }), phoneNumber: contact.phoneNumber };
}
