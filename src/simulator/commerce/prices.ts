import type { Segment, Sku } from '../catalogue.ts';
import { countryOf } from '../countries.ts';

const SEGMENT_FACTORS: Record<Segment, number> = { commercial: 1, education: 0.35, government: 0.88, nonprofit: 0.6 };
const RETAIL_FACTOR = 1.18;

export interface Price {
  currency: string;
  symbol: string;
  /** What the partner pays for one, and the estimated retail price. */
  unit: number;
  retail: number;
}

/** The price of one item in a market, rounded as the currency is written. */
export function priceOf(sku: Sku, country: string, segment: Segment): Price {
  const { currency, symbol, rate, decimals } = countryOf(country);
  const amount = sku.priceUsd * SEGMENT_FACTORS[segment] * rate;
  return { currency, symbol, unit: rounded(amount, decimals), retail: rounded(amount * RETAIL_FACTOR, decimals) };
}

/** A sum in a country's currency without the noise of binary fractions. */
export function sumIn(country: string, amounts: number[]): number {
  let sum = 0;
  for (const amount of amounts) sum += amount;
  return rounded(sum, countryOf(country).decimals);
}

export function toUsd(country: string, amount: number): number {
  return amount / countryOf(country).rate;
}

function rounded(amount: number, decimals: number): number {
  return Number(amount.toFixed(decimals));
}
