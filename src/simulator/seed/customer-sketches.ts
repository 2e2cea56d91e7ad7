import type { AccountStatus, Address, Customer, Qualification } from '../customers.ts';

/** How the seed writes a customer: a reseller customer in good standing, unless it says otherwise. */
export interface CustomerSketch {
  companyName: string;
  /** The first part of the initial domain. */
  tenant: string;
  country: string;
  customDomains?: string[];
  relationship?: Customer['relationship'];
  allowDelegatedAccess?: boolean;
  /** `null`: never assessed. */
  account?: AccountStatus | null;
  /** No agreement confirmed by the partner; the customer may have signed by itself. */
  withoutAgreement?: boolean;
  signedDirectly?: boolean;
  qualifications?: Qualification[];
  address?: Partial<Address>;
}

export const CUSTOMER_SKETCHES: CustomerSketch[] = [
  { companyName: 'Contoso Ltd', tenant: 'contoso', country: 'DE', customDomains: ['contoso.example'] },
  { companyName: 'Fabrikam Inc', tenant: 'fabrikam', country: 'US', customDomains: ['fabrikam.example'] },
  { companyName: 'Fabrikam Polska', tenant: 'fabrikampolska', country: 'PL' },
  { companyName: 'Fabrikam Residences', tenant: 'fabrikamresidences', country: 'GB' },
  { companyName: 'Tailspin Toys', tenant: 'tailspintoys', country: 'US', customDomains: ['tailspin.example'] },
  { companyName: 'Litware Sp. z o.o.', tenant: 'litware', country: 'PL', withoutAgreement: true },
  { companyName: 'Northwind Traders', tenant: 'northwindtraders', country: 'US', customDomains: ['northwind.example'] },
  { companyName: 'Adventure Works', tenant: 'adventureworks', country: 'US', customDomains: ['adventure.example'] },
  { companyName: 'Wide World Importers', tenant: 'wideworldimporters', country: 'GB' },
  { companyName: 'Proseware, Inc.', tenant: 'proseware', country: 'US', account: 'UnderReview' },
  { companyName: 'Woodgrove Bank', tenant: 'woodgrovebank', country: 'GB', allowDelegatedAccess: false },
  { companyName: 'Alpine Ski House', tenant: 'alpineskihouse', country: 'CH' },
  { companyName: 'Trey Research', tenant: 'treyresearch', country: 'NL', relationship: 'advisor' },
  { companyName: "Margie's Travel <b>& Co</b> [x](https://example.com)", tenant: 'margiestravel', country: 'FR' },
  {
    companyName: 'Bellows College',
    tenant: 'bellowscollege',
    country: 'US',
    qualifications: [{ qualification: 'Education', educationSegment: 'HigherEducation', vettingStatus: 'Approved' }],
  },
  {
    companyName: 'City Power & Light',
    tenant: 'citypowerlight',
    country: 'US',
    qualifications: [{ qualification: 'GovernmentCommunityCloud', vettingStatus: 'Approved' }],
  },
  {
    companyName: 'Fundacja Łąka',
    tenant: 'fundacjalaka',
    country: 'PL',
    qualifications: [{ qualification: 'Nonprofit', vettingStatus: 'InReview' }],
  },
  {
    companyName: 'Graphic Design Institute',
    tenant: 'graphicdesigninstitute',
    country: 'IT',
    qualifications: [
      {
        qualification: 'Education',
        vettingStatus: 'Denied',
        vettingReason: 'Not an Education Customer',
        vettingCreatedDate: '2020-12-03T10:37:38.885Z',
      },
    ],
  },
  { companyName: 'Humongous Insurance', tenant: 'humongousinsurance', country: 'DE' },
  { companyName: 'Lucerne Publishing', tenant: 'lucernepublishing', country: 'CH' },
  { companyName: 'Nod Publishers', tenant: 'nodpublishers', country: 'SE' },
  { companyName: 'Relecloud', tenant: 'relecloud', country: 'NL' },
  { companyName: 'VanArsdel, Ltd.', tenant: 'vanarsdel', country: 'US' },
  { companyName: 'Wingtip Toys', tenant: 'wingtiptoys', country: 'CZ' },
  { companyName: 'First Up Consultants', tenant: 'firstupconsultants', country: 'SE' },
  { companyName: "Munson's Pickles and Preserves Farm", tenant: 'munsonspickles', country: 'US' },
  { companyName: 'Best For You Organics Company', tenant: 'bestforyouorganics', country: 'IT' },
  { companyName: "Liberty's Delightful Sinful Bakery & Café", tenant: 'libertysbakery', country: 'FR' },
  { companyName: 'Lamna Healthcare Company', tenant: 'lamnahealthcare', country: 'ES' },
  { companyName: 'Southridge Video', tenant: 'southridgevideo', country: 'ES', account: null },
  { companyName: 'The Phone Company', tenant: 'thephonecompany', country: 'JP' },
  { companyName: 'Blue Yonder Airlines', tenant: 'blueyonderairlines', country: 'JP' },
  { companyName: 'Consolidated Messenger', tenant: 'consolidatedmessenger', country: 'CZ' },
  { companyName: 'Coho Vineyard', tenant: 'cohovineyard', country: 'FR' },
  { companyName: 'Fourth Coffee', tenant: 'fourthcoffee', country: 'IT' },
  { companyName: 'Zakłady Żółw Sp. z o.o.', tenant: 'zakladyzolw', country: 'PL' },
  { companyName: 'Gęślą Jaźń S.A.', tenant: 'geslajazn', country: 'PL' },
  { companyName: 'Drukarnia Świt', tenant: 'drukarniaswit', country: 'PL', account: 'NotAllowed' },
  {
    companyName: 'A. Datum Corporation',
    tenant: 'adatum',
    country: 'CA',
    address: { addressLine1: 'Unknown Road', postalCode: '00000' },
  },
  {
    companyName: 'Boulder Innovations',
    tenant: 'boulderinnovations',
    country: 'US',
    withoutAgreement: true,
    signedDirectly: true,
  },
  // From here on only where more than the usual forty are asked for.
  { companyName: 'Fincher Architects', tenant: 'fincherarchitects', country: 'US', account: 'Unknown' },
  { companyName: 'School of Fine Art', tenant: 'schooloffineart', country: 'GB', account: 'Not Ready' },
];
