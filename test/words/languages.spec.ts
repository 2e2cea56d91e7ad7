import assert from 'node:assert/strict';
import { formCard } from '../../src/cards/case-fields.ts';
import { moneyOf, parseMoney } from '../../src/domain/money.ts';
import { type Language, languages } from '../../src/domain/people/languages.ts';
import { type Command, readCommand, spellings } from '../../src/words/commands.ts';
import { wordsFor } from '../../src/words/index.ts';
import { nativeNames, readLanguage } from '../../src/words/languages.ts';
import { commandWord } from '../../src/words/spellings.ts';
import { inputsOf } from '../cards/parse.ts';
import { aCustomer, anOrder, eur } from '../support/fakes/samples.ts';

const contextIn = (language: Language) => ({ words: wordsFor(language), timeZone: 'UTC', isSimulated: false });
const until = new Date('2026-04-04T23:59:00Z');
const pl = wordsFor('pl');
/** `Intl` writes blanks that do not break. */
const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ');

describe('every language', () => {
  for (const language of languages) {
    const words = wordsFor(language);

    it(`${language}: has no text that is empty, unfinished, or has two blanks`, () => {
      for (const [where, text] of textsIn(words, language)) {
        assert.notEqual(text.trim(), '', where);
        assert.doesNotMatch(text, /undefined|\[object|\bTODO\b|\$\{|\s{2}|~/, where);
      }
    });

    it(`${language}: shows commands that are understood`, () => {
      for (const command of Object.keys(spellings) as Command[])
        assert.equal(readCommand(commandWord(command, language))?.command, command, commandWord(command, language));
    });

    it(`${language}: tells people to type only what is understood`, () => {
      const quoted = textsIn(words, language).flatMap(([where, text]) =>
        [...text.matchAll(/[„“"«]\s?([\p{Ll}][\p{L} ]*?( contoso)?)\s?["”“»]/gu)].map(
          ([, typed = '']) => [where, typed] as const,
        ),
      );
      const notTyped = /^(drafts|sql|visio|server|yes|tak|ja|oui|sí)/;

      assert.ok(quoted.length > 5, String(quoted.length));
      for (const [where, typed] of quoted)
        if (!notTyped.test(typed)) assert.ok(readCommand(typed), `${where}: ${typed}`);
    });

    it(`${language}: is found by its own name, in a sentence, and by its tag`, () => {
      for (const typed of [nativeNames[language], `(${nativeNames[language].toUpperCase()})`, `${language}-XX`])
        assert.equal(readLanguage(typed), language, typed);
    });
  }

  it('says in Polish that nothing was done in the case that the verb wants', () => {
    const { approvals, purchase } = pl;
    assert.match(approvals.nowUse('order', until, 'UTC'), /^Niczego jeszcze nie zamówiono/);
    assert.match(approvals.nowUse('cancellation', until, 'UTC'), /^Niczego jeszcze nie anulowano/);
    assert.match(purchase.leaveOut('Visio'), /^Niczego jeszcze nie wybrano/);
  });

  it('names a case in German and French where the card is headed by a cancellation', () => {
    assert.match(wordsFor('de').cases.following.over, /^Der Fall ist abgeschlossen/);
    assert.match(wordsFor('fr').cases.following.over, /^Le dossier est terminé/);
  });

  it('is found by the name that others have for it', () => {
    const typed: [string, Language | undefined][] = [
      ['po polsku', 'pl'],
      ['na niemiecki', 'de'],
      ['auf Französisch', 'fr'],
      ['in Spanish', 'es'],
      ['en español', 'es'],
      ['klingon', undefined],
      ['', undefined],
    ];
    for (const [text, language] of typed) assert.equal(readLanguage(text), language, text);
  });
});

describe('numbers of things', () => {
  it('have the forms of Polish', () => {
    const left = [1, 2, 5, 12, 22, 25].map((days) => pl.software.daysLeft(days, until).match(/\d+ \p{L}+/u)?.[0]);
    assert.deepEqual(left, ['1 dzień', '2 dni', '5 dni', '12 dni', '22 dni', '25 dni']);

    const lines = [1, 3, 5, 13, 24].map((count) => pl.software.all(count, 0));
    assert.deepEqual(lines, ['1 pozycja', '3 pozycje', '5 pozycji', '13 pozycji', '24 pozycje']);
    assert.match(pl.keys.hiddenAfter(2, until, 'UTC'), /2 sekundy/);
    assert.match(pl.keys.hiddenAfter(60, until, 'UTC'), /60 sekund[,. ]/);
  });

  it('have one form for one and another for more in German, French and Spanish', () => {
    const of = (language: Language) =>
      [1, 2].map(
        (days) =>
          wordsFor(language)
            .software.daysLeft(days, until)
            .match(/\d+ \p{L}+/u)?.[0],
      );

    assert.deepEqual(of('de'), ['1 Tag', '2 Tage']);
    assert.deepEqual(of('fr'), ['1 jour', '2 jours']);
    assert.deepEqual(of('es'), ['1 día', '2 días']);
  });
});

describe('amounts and days', () => {
  const shown: Readonly<Record<Language, readonly [string, string]>> = {
    en: ['12,345.60 EUR', '4 Apr 2026'],
    pl: ['12 345,60 EUR', '4 kwi 2026'],
    de: ['12.345,60 EUR', '04.04.2026'],
    fr: ['12 345,60 EUR', '4 avr. 2026'],
    es: ['12.345,60 EUR', '4 abr 2026'],
  };
  for (const language of languages) {
    it(`are written as in ${language}`, () => {
      const words = wordsFor(language);

      assert.deepEqual([words.money(eur(12_345.6)), words.day(until)].map(plain), shown[language]);
    });
  }
});

describe('an amount that is filled in', () => {
  const filledIn: Readonly<Record<Language, string>> = {
    en: '1,234.50',
    pl: '1 234,50',
    de: '1.234,50',
    fr: '1 234,50',
    es: '1.234,50',
  };
  for (const language of languages) {
    it(`is written as in ${language}, with the quantities, and is read back as it is`, () => {
      const words = wordsFor(language);
      const item = words.software.line(12_345, 'Windows Server');

      assert.equal(plain(words.amount(eur(1234.5))), filledIn[language]);
      assert.match(words.cancel.problems.amount('EUR'), new RegExp(words.amount(eur(1234.5))));
      assert.match(plain(item), /^12[., ]345 × Windows Server$/);
      for (const [amount, currency] of [
        [0.5, 'EUR'],
        [1234.5, 'PLN'],
        [1_234_567.89, 'USD'],
        [1234, 'JPY'],
        [1_234_567, 'JPY'],
        [1.5, 'KWD'],
        [1234.567, 'KWD'],
      ] as const) {
        const money = moneyOf(amount, currency);
        assert.deepEqual(parseMoney(words.amount(money), currency), money, words.amount(money));
        assert.deepEqual(parseMoney(words.money(money), currency), money, words.money(money));
      }
    });
  }

  it('is in the reader’s form on the card, and as it was typed where it is refused', () => {
    const order = anOrder();
    const facts = { customer: aCustomer(), order, paid: eur(2000) };
    const shown = (language: Language, amount: string) =>
      formCard(contextIn(language), {
        answers: { amount },
        missing: [],
        facts,
        customerName: 'Contoso',
        hasPages: false,
      }).content;
    const amountOn = (language: Language, amount: string) =>
      plain(String(inputsOf(shown(language, amount)).find(({ id }) => id === 'amount')?.value));

    assert.equal(amountOn('de', '1234.50'), '1.234,50');
    assert.equal(amountOn('en', '1.234,50'), '1,234.50');
    assert.equal(amountOn('pl', '99 999,9'), '99 999,9');
    assert.equal(amountOn('pl', '1e9'), '1e9');
  });
});

/** All constant texts, with where they stand. */
function textsIn(node: unknown, path: string): [string, string][] {
  if (typeof node === 'string') return [[path, node]];
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, value]) => textsIn(value, `${path}.${key}`));
}
