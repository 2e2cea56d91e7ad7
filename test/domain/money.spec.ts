import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decimalsOf, type Money, moneyOf, parseMoney, times, toDecimal } from '../../src/domain/money.ts';

const anyMoney = fc.record(
  {
    minor: fc.integer({ min: 0, max: 10 ** 12 }),
    currency: fc.constantFrom('EUR', 'USD', 'PLN', 'JPY', 'KRW', 'KWD', 'BHD', 'HUF'),
  },
  { noNullPrototype: true },
);

describe('money', () => {
  it('knows how many decimals a currency has, and takes two for what is no currency', () => {
    assert.equal(decimalsOf('EUR'), 2);
    assert.equal(decimalsOf('JPY'), 0);
    assert.equal(decimalsOf('KWD'), 3);
    assert.equal(decimalsOf(''), 2);
    assert.equal(decimalsOf('nonsense'), 2);
  });

  it('is kept in the smallest unit, so that sums and products are exact', () => {
    assert.deepEqual(moneyOf(1234.5, 'EUR'), { minor: 123450, currency: 'EUR' });
    assert.deepEqual(moneyOf(1234, 'JPY'), { minor: 1234, currency: 'JPY' });
    assert.deepEqual(moneyOf(1.005, 'EUR'), { minor: 101, currency: 'EUR' });
    assert.deepEqual(moneyOf(-1.005, 'EUR'), { minor: -101, currency: 'EUR' });
    assert.deepEqual(moneyOf(0.1 + 0.2, 'EUR'), { minor: 30, currency: 'EUR' });
    assert.deepEqual(times(moneyOf(0.07, 'EUR'), 3), { minor: 21, currency: 'EUR' });
  });

  it('is written as a plain decimal with the decimals of its currency', () => {
    assert.equal(toDecimal({ minor: 123450, currency: 'EUR' }), '1234.50');
    assert.equal(toDecimal({ minor: 1234, currency: 'JPY' }), '1234');
    assert.equal(toDecimal({ minor: 1500, currency: 'KWD' }), '1.500');
  });

  it('is read back as it is written, in every currency', () => {
    fc.assert(
      fc.property(anyMoney, (money) => {
        assert.deepEqual(parseMoney(toDecimal(money), money.currency), money);
      }),
    );
  });

  it('is read as every locale writes it', () => {
    const locales = [
      'en-US',
      'en-GB',
      'de-DE',
      'de-CH',
      'de-AT',
      'fr-FR',
      'pl-PL',
      'cs-CZ',
      'sv-SE',
      'pt-BR',
      'ja-JP',
      'nl-NL',
    ];
    fc.assert(
      fc.property(anyMoney, fc.constantFrom(...locales), fc.boolean(), (money, locale, isNamed) => {
        const decimals = decimalsOf(money.currency);
        const options = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
        const number = new Intl.NumberFormat(locale, options).format(money.minor / 10 ** decimals);

        const read = parseMoney(isNamed ? `${number} ${money.currency}` : number, money.currency);

        assert.deepEqual(read, money);
      }),
    );
  });

  const good: [string, Money['currency'], number][] = [
    ['1,234.50', 'EUR', 123450],
    ['1.234,50', 'EUR', 123450],
    ['1 234,5', 'PLN', 123450],
    ['1 234,50 zł', 'PLN', 123450],
    ['1234,50zl', 'PLN', 123450],
    ['2 500 Kč', 'CZK', 250000],
    ["1'234.50 CHF", 'CHF', 123450],
    ['1’234.50', 'CHF', 123450],
    ['€ 99', 'EUR', 9900],
    ['99.9€', 'EUR', 9990],
    ['eur 12', 'EUR', 1200],
    ['$1,000', 'USD', 100000],
    ['$1,000', 'AUD', 100000],
    ['£0.99', 'GBP', 99],
    ['¥1,200', 'JPY', 1200],
    ['1.234', 'EUR', 123400],
    ['1,234', 'JPY', 1234],
    ['1234567.89', 'EUR', 123456789],
    ['1.234.567', 'EUR', 123456700],
    ['0,50', 'EUR', 50],
    ['007', 'EUR', 700],
    ['0.500', 'KWD', 500],
    [' 12.30 ', 'EUR', 1230],
    ['0', 'EUR', 0],
  ];
  for (const [text, currency, minor] of good) {
    it(`is read from "${text}" in ${currency}`, () => {
      assert.deepEqual(parseMoney(text, currency), { minor, currency });
    });
  }

  const bad: [string, string, string][] = [
    ['', 'EUR', 'nothing'],
    ['all of it', 'EUR', 'words'],
    ['-5', 'EUR', 'less than nothing'],
    ['10 USD', 'EUR', 'another currency'],
    ['$10', 'EUR', 'the sign of another currency'],
    ['10 zł', 'EUR', 'the sign of another currency'],
    ['€10', 'PLN', 'the sign of another currency'],
    ['10.5', 'JPY', 'decimals that the currency has not'],
    ['1234.567', 'EUR', 'too many decimals'],
    ['0.500', 'EUR', 'thousands that begin with nothing'],
    ['1.234.50', 'EUR', 'a group of two'],
    ['1.234,567.89', 'EUR', 'two kinds of groups'],
    ['1,23,456', 'EUR', 'groups that are not of three'],
    ['10k', 'EUR', 'an abbreviation'],
    ['1e3', 'EUR', 'an exponent'],
    ['1a2', 'EUR', 'letters between digits'],
    ['12 34', 'EUR', 'two numbers'],
    ['1/2', 'EUR', 'a fraction'],
    ['10%', 'EUR', 'a part'],
    ['99999999999999999999', 'EUR', 'more than can be counted exactly'],
  ];
  for (const [text, currency, why] of bad) {
    it(`is not read from "${text}" in ${currency}: ${why}`, () => {
      assert.equal(parseMoney(text, currency), undefined);
    });
  }

  it('is never read from nonsense, and reading never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const read = parseMoney(text, 'EUR');
        assert.ok(read === undefined || (Number.isSafeInteger(read.minor) && read.minor >= 0));
      }),
    );
  });
});
