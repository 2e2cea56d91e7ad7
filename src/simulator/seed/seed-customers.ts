import type { Customer } from '../customers.ts';
import { guidFrom, numberFrom } from '../hash.ts';
import { CUSTOMER_SKETCHES, type CustomerSketch } from './customer-sketches.ts';
import { PLACES } from './places.ts';

const FIRST_WORDS =
  'Alder Amber Aspen Birch Bluebird Cedar Copper Coral Crimson Delta Falcon Golden Granite Harbor Indigo Juniper Lakeside Maple Meridian Northern Orchid Pioneer Quartz River Silver Summit Sunrise Timber Valley Willow'.split(
    ' ',
  );
const SECOND_WORDS =
  'Analytics Bakery Builders Clinic Consulting Dairy Design Electronics Energy Engineering Farms Foods Freight Insurance Laboratories Logistics Manufacturing Media Optics Outfitters Pharmacy Publishing Robotics Shipping Software Studio Textiles Travel Ventures Works'.split(
    ' ',
  );

/** The known customers, forty and two more, then invented ones until there are `count`. */
export function seedCustomers(seed: number, count: number): Customer[] {
  const customers = CUSTOMER_SKETCHES.slice(0, count).map((sketch) => completed(seed, sketch));
  for (let index = customers.length; index < count; index += 1) customers.push(completed(seed, invented(seed, index)));
  return customers;
}

/** The tenant id of the customer with this initial domain (`contoso` for contoso.onmicrosoft.com). */
export function customerIdOf(seed: number, tenant: string): string {
  return guidFrom(seed, 'customer', tenant);
}

function invented(seed: number, index: number): CustomerSketch {
  const first = FIRST_WORDS[numberFrom(FIRST_WORDS.length, seed, 'first', index)] ?? 'Alder';
  const second = SECOND_WORDS[numberFrom(SECOND_WORDS.length, seed, 'second', index)] ?? 'Works';
  const countries = Object.keys(PLACES);
  return {
    companyName: `${first} ${second} ${index}`,
    tenant: `${first}${second}${index}`.toLowerCase(),
    country: countries[index % countries.length] ?? 'US',
    signedDirectly: true,
  };
}

function completed(seed: number, sketch: CustomerSketch): Customer {
  const place = PLACES[sketch.country];
  if (place === undefined) throw new Error(`The seed knows no place in ${sketch.country}`);
  const pick = <T>(list: T[], what: string): T | undefined => list[numberFrom(list.length, seed, what, sketch.tenant)];
  const city = pick(place.cities, 'city') ?? { city: '', postalCode: '' };
  const [firstName = '', lastName = ''] = (pick(place.people, 'person') ?? '').split(' ');
  const { tenant } = sketch;
  return {
    id: customerIdOf(seed, tenant),
    commerceId: guidFrom(seed, 'commerce', tenant),
    companyName: sketch.companyName,
    domain: `${tenant}.onmicrosoft.com`,
    customDomains: [`${tenant}.onmicrosoft.com`, ...(sketch.customDomains ?? [])],
    address: {
      country: sketch.country,
      ...city,
      addressLine1: `${place.street} ${1 + numberFrom(120, seed, 'house', tenant)}`,
      ...sketch.address,
    },
    contact: {
      firstName,
      lastName,
      email: `it@${sketch.customDomains?.[0] ?? `${tenant}.example`}`,
      phoneNumber: place.phone,
    },
    relationship: sketch.relationship ?? 'reseller',
    allowDelegatedAccess: sketch.allowDelegatedAccess ?? true,
    ...(sketch.account === null ? {} : { account: sketch.account ?? 'Allowed' }),
    signedDirectly: sketch.signedDirectly ?? false,
    qualifications: sketch.qualifications ?? [],
  };
}
