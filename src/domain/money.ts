/** An amount in the smallest unit of its currency (cents; whole yen), so that sums are exact. */
export interface Money {
  readonly minor: number;
  readonly currency: string;
}

/** How many decimals the currency has: 2 for EUR, 0 for JPY. */
export function decimalsOf(currency: string): number {
  const options = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions();
  return options.maximumFractionDigits ?? 2;
}

/** 12.34 EUR → 1234 cents. Rounds half away from zero to the currency's own decimals. */
export function moneyOf(amount: number, currency: string): Money {
  const scaled = Math.abs(amount) * 10 ** decimalsOf(currency);
  return { minor: Math.sign(amount) * Math.round(scaled + 1e-9), currency };
}

export function times(price: Money, quantity: number): Money {
  return { minor: price.minor * quantity, currency: price.currency };
}

/** The amount as a plain decimal, `1234.50`, as Partner Center and forms write it. */
export function toDecimal({ minor, currency }: Money): string {
  const decimals = decimalsOf(currency);
  return (minor / 10 ** decimals).toFixed(decimals);
}

/**
 * What a person typed as an amount: `1,234.50`, `1.234,50`, `1 234.5 EUR`. `undefined` when it is no amount,
 * is negative, has more decimals than the currency, or names another currency.
 */
export function parseMoney(text: string, currency: string): Money | undefined {
  const named = text.match(/[A-Za-z]{3}/)?.[0];
  if (named && named.toUpperCase() !== currency) return undefined;
  const digits = text.replace(/[A-Za-z\s\u00a0\u202f'€$£¥]|zł|Kč/g, '');
  const decimals = decimalsOf(currency);
  const match = digits.match(/^(\d{1,3}(?:([.,])\d{3})*|\d+)(?:([.,])(\d{1,3}))?$/);
  if (!match) return undefined;
  const [, whole = '', group, point, fraction = ''] = match;
  if (point && point === group) return undefined;
  if (fraction.length > decimals) return undefined;
  return moneyOf(Number(`${whole.replace(/[.,]/g, '')}.${fraction || '0'}`), currency);
}
