import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** The seed data: the JSON files in this folder. What an entry leaves out is as usual; a wrong entry stops the start. */
function read<T>(file: string, schema: z.ZodType<T>): T {
  return schema.parse(JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8')));
}

const words = z.string().transform((text) => text.split(' '));

const countrySchema = z.strictObject({
  code: z.string(),
  currency: z.string(),
  symbol: z.string(),
  /** Units of the currency for one US dollar, and how many decimals prices have. */
  rate: z.number(),
  decimals: z.number(),
  cultures: z.array(z.string()),
  callingCode: z.string(),
  /** Regular expressions of the country's postal codes and telephone numbers. */
  postalCode: z.string(),
  phone: z.string(),
  states: words.optional(),
  /** Where the customers live: a street, some cities, some people, and a fictional telephone number. */
  street: z.string(),
  cities: z.array(z.strictObject({ city: z.string(), state: z.string().optional(), postalCode: z.string() })),
  people: z.array(z.string()),
  telephone: z.string(),
});

export type Country = z.infer<typeof countrySchema>;

const qualificationSchema = z.strictObject({
  qualification: z.enum(['None', 'Education', 'GovernmentCommunityCloud', 'StateOwnedEntity', 'Nonprofit']),
  educationSegment: z.string().optional(),
  vettingStatus: z.enum(['Approved', 'InReview', 'Denied']).optional(),
  vettingReason: z.string().optional(),
  vettingCreatedDate: z.string().optional(),
});

/** A reseller customer with an agreement and an approved account, unless the entry says otherwise. */
const customerSchema = z.strictObject({
  companyName: z.string(),
  /** The first part of the initial domain. */
  tenant: z.string(),
  country: z.string(),
  customDomains: z.array(z.string()).default([]),
  relationship: z.enum(['none', 'reseller', 'advisor']).default('reseller'),
  allowDelegatedAccess: z.boolean().default(true),
  /** `null`: never assessed. */
  account: z.enum(['Allowed', 'UnderReview', 'NotAllowed', 'Unknown', 'Not Ready']).nullable().default('Allowed'),
  /** No agreement confirmed by the partner; the customer may have signed one directly. */
  withoutAgreement: z.boolean().default(false),
  signedDirectly: z.boolean().default(false),
  qualifications: z.array(qualificationSchema).default([]),
  address: z.strictObject({ addressLine1: z.string(), postalCode: z.string() }).optional(),
  /** Gets no orders but those of `orders.json`. */
  onlyNamedOrders: z.boolean().default(false),
});

export type CustomerSeed = z.infer<typeof customerSchema>;

const customersSchema = z.strictObject({
  known: z.array(customerSchema),
  inventedNames: z.strictObject({ first: words, second: words }),
});

const segmentSchema = z.enum(['commercial', 'education', 'government', 'nonprofit']);

const skuSchema = z.strictObject({
  id: z.string(),
  title: z.string(),
  priceUsd: z.number(),
  segments: z.array(segmentSchema).optional(),
  minimumQuantity: z.number().optional(),
  maximumQuantity: z.number().optional(),
  /** Names in `catalogue/terms.json`; bought once and kept where there are none. */
  terms: z.array(z.string()).optional(),
  purchasePrerequisites: z.array(z.string()).optional(),
  attestationType: z.string().optional(),
  soldOut: z.boolean().optional(),
});

export type SkuSeed = z.infer<typeof skuSchema>;

const productTypeSchema = z.strictObject({ id: z.string(), displayName: z.string() });

const productSchema = z.strictObject({
  id: z.string(),
  title: z.string(),
  description: z.string(),
  kind: z.enum(['perpetual', 'software-subscription', 'other']).optional(),
  productType: productTypeSchema.extend({ subType: productTypeSchema.optional() }).optional(),
  publisherName: z.string().optional(),
  views: z.array(z.string()).optional(),
  onSale: z.boolean().optional(),
  notSoldIn: z.array(z.string()).optional(),
  cancellable: z.boolean().optional(),
  isUsageBased: z.boolean().optional(),
  includes: z.array(z.string()).optional(),
  hasKeys: z.boolean().optional(),
  media: z
    .strictObject({
      fileName: z.string(),
      megabytes: z.number(),
      bits: z.array(z.union([z.literal(32), z.literal(64)])).optional(),
      /** A list in `catalogue/languages.json`. */
      languages: z.enum(['all', 'fewer']).default('all'),
    })
    .optional(),
  skus: z.array(skuSchema),
});

export type ProductSeed = z.infer<typeof productSchema>;

const termSchema = z.strictObject({
  duration: z.string().optional(),
  billingCycle: z.string(),
  description: z.string(),
});

const orderSchema = z.strictObject({
  tenant: z.string(),
  /** The id is made from tenant and name, so it never changes. */
  name: z.string(),
  /** Its age when the simulator starts, or the instant at which it was made. */
  daysOld: z.number().optional(),
  madeAt: z.iso.datetime().optional(),
  lines: z.array(z.strictObject({ productId: z.string(), skuId: z.string(), quantity: z.number() })),
  /** Cancelled so many days before the start: the whole order, or chosen lines. */
  cancelled: z.strictObject({ daysAgo: z.number(), lines: z.array(z.number()).optional() }).optional(),
  /** The 33 character form with a short alternate id, or the GUID of the oldest orders; else the short form. */
  idForm: z.enum(['long', 'guid']).optional(),
  /** Still pending at the start, for so many days more. */
  pendingDays: z.number().optional(),
});

export type OrderSeed = z.infer<typeof orderSchema>;

const serviceRequestSchema = z.strictObject({
  tenant: z.string(),
  title: z.string(),
  description: z.string(),
  daysOld: z.number(),
  severity: z.enum(['critical', 'moderate', 'minimal']),
  end: z.enum(['closed', 'attention_needed']).optional(),
  note: z.string().optional(),
});

export type ServiceRequestSeed = z.infer<typeof serviceRequestSchema>;

export const countries = read('countries.json', z.array(countrySchema));
/** Forty customers, two that are there only where more are asked for, and words for the names of invented ones. */
export const customers = read('customers.json', customersSchema);
export const terms = read('catalogue/terms.json', z.record(z.string(), termSchema));
export const languages = read('catalogue/languages.json', z.record(z.enum(['all', 'fewer']), z.array(z.string())));
export const products = ['windows', 'sql-server', 'office', 'servers', 'subscriptions', 'other'].flatMap((family) =>
  read(`catalogue/${family}.json`, z.array(productSchema)),
);
/** Orders a tester can rely on, and the ages of the others. */
export const orders = read(
  'orders.json',
  z.strictObject({ ageDays: z.array(z.number()), named: z.array(orderSchema) }),
);
export const serviceRequests = read('service-requests.json', z.array(serviceRequestSchema));

const byCode = new Map(countries.map((country) => [country.code, country]));

/** The country with this two-letter code, in any case. */
export function findCountry(code: string): Country | undefined {
  return byCode.get(code.toUpperCase());
}

/** For countries that are known to exist, because the seed uses them. */
export function getCountry(code: string): Country {
  const country = findCountry(code);
  if (country === undefined) throw new Error(`The seed uses a country it does not describe: ${code}`);
  return country;
}
