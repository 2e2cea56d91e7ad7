import { type Country, countries } from './seed/load.ts';

export type { Country } from './seed/load.ts';

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
