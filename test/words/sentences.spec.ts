import assert from 'node:assert/strict';
import { languages } from '../../src/domain/people/languages.ts';
import { createFlows } from '../../src/flows/index.ts';
import { nearestCommand, spellings } from '../../src/words/commands.ts';
import { en } from '../../src/words/en.ts';
import { formatMoment, formatMoney, formatTime } from '../../src/words/format.ts';
import { wordsFor } from '../../src/words/index.ts';
import { readSentence } from '../../src/words/sentences.ts';
import { eur } from '../support/fakes/samples.ts';

const names = createFlows({ keys: { seconds: 60, isDialog: false }, hasPages: false }).map((flow) => flow.name);

describe('every conversation', () => {
  // This one begins with a file that is sent.
  for (const name of names.filter((one) => one !== 'files')) {
    it(`${name}: can be begun by a word, and the menu tells it`, () => {
      assert.ok(name in spellings);
      assert.ok(['hi', 'thanks'].includes(name) || name in en.help.commands);
    });
  }

  it('of which the menu speaks exists', () => {
    for (const name of [...Object.keys(en.help.commands), ...Object.keys(spellings)])
      assert.ok(names.includes(name), name);
    assert.equal(nearestCommand('softwere'), 'software');
  });
});

for (const language of languages)
  describe(`what help says in ${language}`, () => {
    const { topics } = wordsFor(language).help;
    for (const [topic, { examples }] of Object.entries(topics))
      it(`${topic}: its examples are read as that command`, () => {
        assert.equal(examples.length, 2);
        for (const example of examples) assert.equal(readSentence(example)?.command, topic, example);
      });
  });

describe('the sentences', () => {
  const texts = [...allTexts(en)];

  it('are there, without blanks where a word is missing', () => {
    assert.ok(texts.length > 200, String(texts.length));
    for (const [where, text] of texts) {
      assert.notEqual(text.trim(), '', where);
      assert.doesNotMatch(text, /undefined|\[object|\bTODO\b|\$\{|\s{2}/, where);
    }
  });

  it('have the titles of buttons and inputs that people and scripts rely on', () => {
    const buttons =
      'Next, Back, Discard, Save for later, Edit, Confirm, Submit, Cancel now, By ticket, File the ticket, One form, Step by step, Software, Keys, Cancel, Get key, Download, Copy link, Hide, Done, Remind me, Resume, Hand over';
    const inputs =
      'Customer, Product, Edition, Segment, Quantity, Term, Billing, Version, Language, Architecture, Customer tenant (GUID or domain), Order or subscription ID, Reason for the refund, Requested amount, Impact, Title, Contact name, Contact e-mail, Contact phone';

    for (const title of buttons.split(', ')) assert.ok(Object.values(en.buttons).includes(title), title);
    for (const label of inputs.split(', ')) assert.ok(Object.values(en.inputs).includes(label), label);
  });

  it('count one and many', () => {
    const window = new Date('2026-04-04T23:59:00Z');

    assert.match(en.software.daysLeft(1, window), /^1 day left/);
    assert.match(en.software.daysLeft(2, window), /^2 days left/);
    assert.match(en.software.daysLeft(0, window), /last day/);
    assert.match(en.cancel.until(window, 0, 'UTC'), /less than a day left/);
    assert.match(en.cancel.until(window, 1, 'UTC'), /1 day left/);
  });

  it('show a refund with its formula', () => {
    const prorated = { amount: eur(3620), paid: eur(3650), rule: 'prorated' as const, termDays: 365, usedDays: 3 };

    assert.equal(en.cancel.refund(prorated), '3,620.00 EUR = 3,650.00 EUR × (365 − 3) / 365 days');
    const part = en.cancel.refund({ ...prorated, pieces: { refundable: 4, of: 10 } });
    assert.match(part, /365 days, for 4 of 10$/);
    assert.equal(en.cancel.refund({ amount: eur(1), paid: eur(1), rule: 'full' }), '1.00 EUR (full refund)');
    assert.equal(en.cancel.refund({ amount: eur(1), paid: eur(2), rule: 'prorated' }), '1.00 EUR (prorated by day)');
  });
});

describe('amounts and moments', () => {
  it('have the separators of the language and the decimals of the currency', () => {
    assert.equal(formatMoney(eur(1234.5), 'en-US'), '1,234.50 EUR');
    assert.equal(formatMoney(eur(1234.5), 'de-DE'), '1.234,50 EUR');
    assert.equal(formatMoney({ minor: 1234, currency: 'JPY' }, 'en-US'), '1,234 JPY');
    assert.equal(formatMoney({ minor: 1500, currency: 'KWD' }, 'en-US'), '1.500 KWD');
    assert.equal(formatMoney({ minor: 150, currency: '' }, 'en-US').trim(), '1.50');
  });

  it('are told in UTC, and in the person’s zone where that differs', () => {
    const at = new Date('2026-11-30T23:59:00Z');

    assert.equal(formatMoment(at, 'en-GB', 'Europe/Warsaw'), '30 Nov 2026, 23:59 UTC (1 Dec 2026, 00:59 Warsaw)');
    assert.equal(formatMoment(at, 'en-GB', 'America/New_York'), '30 Nov 2026, 23:59 UTC (30 Nov 2026, 18:59 New York)');
    assert.equal(formatMoment(at, 'en-GB', 'UTC'), '30 Nov 2026, 23:59 UTC');
    assert.equal(formatMoment(at, 'en-GB', 'no such zone'), '30 Nov 2026, 23:59 UTC');
    assert.equal(formatTime(at, 'en-GB', 'Europe/Warsaw'), '00:59:00');
    assert.equal(formatTime(at, 'en-GB', 'UTC'), '23:59:00 UTC');
    assert.equal(formatMoment(at, 'en-GB', ''), '30 Nov 2026, 23:59 UTC');
  });
});

/** All constant texts, with where they stand. */
function* allTexts(node: unknown, path = 'en'): Generator<[string, string]> {
  if (typeof node === 'string') yield [path, node];
  else if (typeof node === 'object' && node !== null)
    for (const [key, value] of Object.entries(node)) yield* allTexts(value, `${path}.${key}`);
}
