export interface Country {
  code: string;
  currency: string;
  symbol: string;
  /** Units of the currency for one US dollar, and how many decimals prices have. */
  rate: number;
  decimals: number;
  cultures: string[];
  callingCode: string;
  postalCode: string;
  phone: string;
  states?: string[];
}

const US_STATES =
  'AK AL AR AZ CA CO CT DC DE FL GA HI IA ID IL IN KS KY LA MA MD ME MI MN MO MS MT NC ND NE NH NJ NM NV NY OH OK OR PA RI SC SD TN TX UT VA VT WA WI WV WY';
const CA_STATES = 'AB BC MB NB NL NS NT NU ON PE QC SK YT';
const NORTH_AMERICAN_PHONE = '^(1[ \\-\\/\\.]?)?(\\((\\d{3})\\)|(\\d{3}))[ \\-\\/\\.]?(\\d{3})[ \\-\\/\\.]?(\\d{4})$';

const EURO = { currency: 'EUR', symbol: '€', rate: 0.92, decimals: 2 };

const COUNTRIES: Country[] = [
  {
    code: 'US',
    currency: 'USD',
    symbol: '$',
    rate: 1,
    decimals: 2,
    cultures: ['en-US', 'es-US'],
    callingCode: '1',
    postalCode: '^\\d{5}(-\\d{4})?$',
    phone: NORTH_AMERICAN_PHONE,
    states: US_STATES.split(' '),
  },
  {
    code: 'CA',
    currency: 'CAD',
    symbol: '$',
    rate: 1.37,
    decimals: 2,
    cultures: ['en-CA', 'fr-CA'],
    callingCode: '1',
    postalCode: '^[A-Z]\\d[A-Z] ?\\d[A-Z]\\d$',
    phone: NORTH_AMERICAN_PHONE,
    states: CA_STATES.split(' '),
  },
  european('DE', EURO, ['de-DE'], '49', '^\\d{5}$'),
  european('FR', EURO, ['fr-FR'], '33', '^\\d{5}$'),
  european('NL', EURO, ['nl-NL'], '31', '^\\d{4} ?[A-Z]{2}$'),
  european('IT', EURO, ['it-IT'], '39', '^\\d{5}$'),
  european('ES', EURO, ['es-ES'], '34', '^\\d{5}$'),
  european('PL', { currency: 'PLN', symbol: 'zł', rate: 3.95, decimals: 2 }, ['pl-PL'], '48', '^\\d{2}-\\d{3}$'),
  european('CZ', { currency: 'CZK', symbol: 'Kč', rate: 23.1, decimals: 2 }, ['cs-CZ'], '420', '^\\d{3} ?\\d{2}$'),
  european('SE', { currency: 'SEK', symbol: 'kr', rate: 10.5, decimals: 2 }, ['sv-SE'], '46', '^\\d{3} ?\\d{2}$'),
  european(
    'GB',
    { currency: 'GBP', symbol: '£', rate: 0.79, decimals: 2 },
    ['en-GB'],
    '44',
    '^[A-Z]{1,2}\\d[A-Z\\d]? ?\\d[A-Z]{2}$',
  ),
  european(
    'CH',
    { currency: 'CHF', symbol: 'CHF', rate: 0.88, decimals: 2 },
    ['de-CH', 'fr-CH', 'it-CH'],
    '41',
    '^\\d{4}$',
  ),
  european('JP', { currency: 'JPY', symbol: '¥', rate: 149, decimals: 0 }, ['ja-JP'], '81', '^\\d{3}-?\\d{4}$'),
];

const BY_CODE = new Map(COUNTRIES.map((country) => [country.code, country]));

/** The country with this two-letter code, in any case. */
export function findCountry(code: string): Country | undefined {
  return BY_CODE.get(code.toUpperCase());
}

/** For countries that are known to exist, because the seed put them there. */
export function countryOf(code: string): Country {
  const country = findCountry(code);
  if (country === undefined) throw new Error(`The seed names a country it does not describe: ${code}`);
  return country;
}

function european(
  code: string,
  money: Pick<Country, 'currency' | 'symbol' | 'rate' | 'decimals'>,
  cultures: string[],
  callingCode: string,
  postalCode: string,
): Country {
  return { code, ...money, cultures, callingCode, postalCode, phone: '^[0-9][0-9 \\-\\/\\.]{5,14}$' };
}
