/** An amount in the smallest unit of its currency (cents; whole yen), so that sums are exact. */
export interface Money {
  readonly minor: number;
  readonly currency: string;
}

/** How many decimals the currency has: 2 for EUR, 0 for JPY; 2 for what is no currency code (an order without one). */
export function decimalsOf(currency: string): number {
  const known = decimals.get(currency);
  if (known !== undefined) return known;
  if (!/^[A-Za-z]{3}$/.test(currency)) return 2;
  const options = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions();
  const digits = options.maximumFractionDigits ?? 2;
  decimals.set(currency, digits);
  return digits;
}

/** By currency code: asking `Intl` takes longer than all else that is done with an amount. */
const decimals = new Map<string, number>();

/** 12.34 EUR → 1234 cents. Rounds half away from zero to the currency's own decimals. */
export function moneyOf(amount: number, currency: string, decimals = decimalsOf(currency)): Money {
  const scaled = Math.abs(amount) * 10 ** decimals;
  return { minor: Math.sign(amount) * Math.round(scaled + 1e-9), currency };
}

export function times(price: Money, quantity: number): Money {
  return { minor: price.minor * quantity, currency: price.currency };
}

/** All in one currency: a customer is billed in one. */
export function sumOf(amounts: readonly Money[]): Money {
  const [first] = amounts;
  return { minor: amounts.reduce((sum, { minor }) => sum + minor, 0), currency: first?.currency ?? '' };
}

export function isSameMoney(one: Money, other: Money): boolean {
  return one.minor === other.minor && one.currency === other.currency;
}

/** The amount as a plain decimal, `1234.50`, as Partner Center and forms write it. */
export function toDecimal({ minor, currency }: Money): string {
  const decimals = decimalsOf(currency);
  return (minor / 10 ** decimals).toFixed(decimals);
}

/** The limit that the amount is above; limits are in whole units, by currency code. */
export function limitBelow(amount: Money, limits: Readonly<Record<string, number>>): Money | undefined {
  const units = limits[amount.currency];
  const limit = units === undefined ? undefined : moneyOf(units, amount.currency);
  return limit && amount.minor > limit.minor ? limit : undefined;
}

/** What people write before or behind a number instead of the currency's code. */
const signs: readonly (readonly [RegExp, RegExp])[] = [
  [/^(€|euros?)$/, /^EUR$/],
  [/^£$/, /^GBP$/],
  [/^(r\$|\$)$/, /D$|^(MXN|CLP|COP|ARS|UYU|BRL)$/],
  [/^[¥￥]$/, /^(JPY|CNY)$/],
  [/^z[łl]$/, /^PLN$/],
  [/^k[čc]$/, /^CZK$/],
  [/^kr$/, /^(SEK|NOK|DKK|ISK)$/],
  [/^ft$/, /^HUF$/],
  [/^lei$/, /^RON$/],
  [/^₹$/, /^INR$/],
];

/**
 * What a person typed as an amount: `1,234.50`, `1.234,50`, `1 234.5 EUR`, `€ 99`. `undefined` when it is no amount,
 * is negative, has more decimals than the currency, or names another currency. A lone separator is the decimal one
 * where the currency has so many decimals (`1.500` dinars), else it parts the thousands (`1.500` euros).
 */
export function parseMoney(text: string, currency: string): Money | undefined {
  const tidy = text.trim().replace(/\s+/g, ' ').replaceAll('’', "'");
  const [, before = '', number = '', after = ''] = tidy.match(/^([^\d .,'+-]*) ?(\d[\d .,']*?) ?([^\d .,']*)$/) ?? [];
  const isOurs = [before, after].every((name) => name === '' || isNameOf(currency, name));
  if (number === '' || !isOurs) return undefined;
  const decimals = decimalsOf(currency);
  const [, units, cents = ''] = number.match(/^(\d+)(?:[.,](\d+))?$/) ?? [];
  if (units !== undefined && cents.length <= decimals) return exactly(units, cents, currency);
  const parts = number.match(/^([1-9]\d{0,2}([.,' ])\d{3}(?:\2\d{3})*)(?:([.,])(\d+))?$/);
  const [, thousands = '', group, point, fraction = ''] = parts ?? [];
  if (thousands === '' || point === group || fraction.length > decimals) return undefined;
  return exactly(thousands.replace(/\D/g, ''), fraction, currency);
}

function isNameOf(currency: string, name: string): boolean {
  const sign = name.toLowerCase();
  return (
    name.toUpperCase() === currency || signs.some(([written, codes]) => written.test(sign) && codes.test(currency))
  );
}

function exactly(units: string, fraction: string, currency: string): Money | undefined {
  const minor = Number(units + fraction.padEnd(decimalsOf(currency), '0'));
  return Number.isSafeInteger(minor) ? { minor, currency } : undefined;
}
