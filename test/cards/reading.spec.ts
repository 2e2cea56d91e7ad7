import assert from 'node:assert/strict';
import { chooseLinesCard, readLines } from '../../src/cards/cancel.ts';
import { readRequestNumber } from '../../src/cards/case.ts';
import { fieldCard, fieldProblem, formCard, readField, readForm } from '../../src/cards/case-fields.ts';
import { chooseCard } from '../../src/cards/choose.ts';
import { readChoice } from '../../src/cards/inputs.ts';
import { itemCard, readTerms, type TermChoices, termChoices } from '../../src/cards/purchase-item.ts';
import { readPurchase } from '../../src/cards/purchases.ts';
import type { CardContext } from '../../src/cards/render.ts';
import { caseFields, type FieldProblem } from '../../src/domain/cancellations/case-fields.ts';
import { Refusal } from '../../src/domain/errors.ts';
import type { Purchase } from '../../src/domain/orders/purchases.ts';
import { en } from '../../src/words/en.ts';
import { explain } from '../../src/words/words.ts';
import { aCustomer, aLine, anAvailability, anOrder, aSku, eur } from '../support/fakes/samples.ts';
import { inputsOf, sent } from './parse.ts';

const context: CardContext = {
  words: en,
  timeZone: 'UTC',
  isSimulated: false,
  draft: { id: 'd', step: 's', canGoBack: false },
};

function refusalOf(work: () => unknown): Refusal {
  try {
    work();
  } catch (error) {
    if (error instanceof Refusal) return error;
  }
  return assert.fail('it was not refused');
}

const isInvalid = (error: unknown): boolean => error instanceof Refusal && error.code === 'invalid';

describe('picking from a list', () => {
  const choices = [
    { title: 'Contoso (contoso.com)', value: 'id-1' },
    { title: 'Contoso Poland (contoso.pl)', value: 'id-2' },
    { title: 'Łódź (elsewhere.pl)', value: 'id-3' },
  ];
  const read = (values: Record<string, string>, text?: string) => readChoice(en, 'customer', choices, { values, text });

  it('reads what the card sends', () => {
    const { content } = chooseCard(context, 'customer', choices, { title: 'Which?', canKeep: false, value: 'id-2' });

    assert.equal(read(sent(content)), 'id-2');
    assert.equal(read(sent(content, { customer: 'id-3' })), 'id-3');
  });

  const typed: [string, string][] = [
    ['id-1', 'id-1'],
    ['contoso (CONTOSO.com)', 'id-1'],
    ['contoso p', 'id-2'],
    ['.pl)', 'id-2, id-3'],
    ['ŁÓDŹ', 'id-3'],
    ['`contoso p`', 'id-2'],
    ['"Contoso Poland"', 'id-2'],
    ['• łódź', 'id-3'],
    ['lodz', 'id-3'],
    [' 3 ', 'id-3'],
    ['contoso', 'id-1, id-2'],
    ['fabrikam', ''],
    ['', ''],
    ['4', ''],
  ];
  for (const [text, found] of typed) {
    const values = found.split(', ');
    it(`reads "${text}" as ${found || 'nothing'}`, () => {
      if (values.length === 1 && found) return assert.equal(read({}, text), found);
      assert.throws(() => read({}, text), isInvalid);
    });
  }

  it('names what fits when several do', () => {
    assert.throws(
      () => read({}, 'contoso'),
      (error) =>
        error instanceof Refusal &&
        /Contoso \(contoso\.com\) · Contoso Poland/.test((error.facts as { why: string }).why),
    );
  });

  it('refuses a forged value', () => {
    assert.throws(() => read({ customer: 'id-4' }), isInvalid);
    assert.throws(() => read({}), isInvalid);
  });

  it('draws few choices in view, more behind a click, many with a typeahead', () => {
    const style = (n: number) => {
      const many = Array.from({ length: n }, (_, index) => ({ title: `Title ${index}`, value: `${index}` }));
      return inputsOf(chooseCard(context, 'customer', many, { title: 'Which?', canKeep: false }).content)[0]?.style;
    };

    assert.deepEqual(
      [style(2), style(5), style(6), style(9), style(10)],
      ['expanded', 'expanded', 'compact', 'compact', 'filtered'],
    );
  });

  it('can choose from the list even what no longer fitted onto the card', () => {
    const many = Array.from({ length: 400 }, (_, index) => ({
      title: `${'long '.repeat(20)}${index}`,
      value: `value-${index}`,
    }));
    const { content } = chooseCard(context, 'customer', many, { title: 'Which?', canKeep: false });
    const shown = inputsOf(content)[0]?.choices as unknown[];

    assert.ok(shown.length < 400 && shown.length > 100, String(shown.length));
    assert.equal(readChoice(en, 'customer', many, { values: {}, text: 'value-399' }), 'value-399');
  });
});

describe('the terms of an order', () => {
  const terms = [
    { duration: 'P1Y', billingCycle: 'annual' },
    { duration: 'P3Y', billingCycle: 'triennial' },
    { billingCycle: 'one_time' },
  ];
  const all = termChoices(aSku({ minimumQuantity: 8, maximumQuantity: 16, needsAttestation: true }), [
    anAvailability({ terms }),
    anAvailability({ segment: 'education', terms }),
  ]);
  const one = termChoices(aSku(), [anAvailability()]);
  const termsCard = (of: typeof context, terms: TermChoices, entered: Readonly<Record<string, string>>) =>
    itemCard(of, { customer: 'Contoso', lines: [], earlier: [], products: [], product: 'id', terms, entered });

  it('are read as the card sends them', () => {
    const { content } = termsCard(context, all, {
      attestation: 'true',
      term: 'P3Y',
      billing: 'triennial',
      segment: 'education',
      quantity: '9',
    });

    assert.deepEqual(readTerms(en, all, { values: sent(content) }), {
      segment: 'education',
      quantity: 9,
      termDuration: 'P3Y',
      billingCycle: 'triennial',
      isAttested: true,
    });
  });

  it('of perpetual software have no duration', () => {
    const { content } = termsCard(context, all, {
      attestation: 'true',
      term: 'perpetual',
      billing: 'one_time',
    });

    assert.equal(readTerms(en, all, { values: sent(content) }).termDuration, undefined);
  });

  it('of which there is one each are not asked; typed in chat, the answer is the quantity', () => {
    const { content } = termsCard(context, one, {});

    assert.deepEqual(
      inputsOf(content).map((input) => input.id),
      ['product', 'quantity'],
    );
    const expected = {
      segment: 'commercial',
      quantity: 3,
      termDuration: undefined,
      billingCycle: 'one_time',
      isAttested: false,
    };
    assert.deepEqual(readTerms(en, one, { values: {}, text: ' 3 ' }), expected);
    assert.equal(readTerms(en, one, { values: sent(content) }).quantity, 1);
  });

  for (const quantity of ['9', ' 9 ', '9,0', '9.0', '9.00', '9.', '９']) {
    it(`are read for a quantity written ${quantity}`, () => {
      assert.equal(readTerms(en, one, { values: { quantity } }).quantity, 9);
    });
  }

  for (const [quantity, shownAgain] of [
    ['3', 3],
    ['0', 0],
    ['2,5', 2.5],
    ['99999999999', 99_999_999_999],
    ['2 pieces', undefined],
    ['1.000', undefined],
  ] as const) {
    it(`say the range, and bring back what was entered: ${quantity}`, () => {
      const answer = { values: { quantity, attestation: 'true' } };
      const refusal = refusalOf(() => readTerms(en, all, answer));
      const { content } = termsCard({ ...context, problem: explain(en, refusal) }, all, answer.values);
      const input = inputsOf(content).find(({ id }) => id === 'quantity');

      assert.equal(input?.value, shownAgain);
      assert.equal(input?.errorMessage, 'The quantity must be a whole number from 8 to 16.');
      assert.match(explain(en, refusal), new RegExp(`from 8 to 16\\. You entered: ${quantity}$`));
    });
  }

  for (const quantity of ['7', '17', '0', '-8', '8.5', '8,5', '1e1', '9999999999', 'eight', '', '0x9', '9.000']) {
    it(`are refused for a quantity of "${quantity}"`, () => {
      assert.throws(
        () => readTerms(en, all, { values: { quantity, attestation: 'true' } }),
        (error) => error instanceof Refusal && error.code === 'quantity-out-of-range',
      );
    });
  }

  it('are refused without the attestation, with what it says and what to do', () => {
    assert.throws(
      () => readTerms(en, all, { values: { quantity: '9', attestation: 'false' } }),
      (error) => error instanceof Refusal && /conditions .*tick that/.test((error.facts as { why: string }).why),
    );
  });

  it('are refused with a forged segment, term or billing', () => {
    const good = { quantity: '9', attestation: 'true', segment: 'education', term: 'P1Y', billing: 'annual' };
    for (const forged of [{ segment: 'government' }, { term: 'P9Y' }, { billing: 'never' }]) {
      assert.throws(() => readTerms(en, all, { values: { ...good, ...forged } }), isInvalid);
    }
  });
});

describe('what is to be cancelled', () => {
  const lines = [aLine({ title: 'First' }), aLine({ number: 4, title: 'Second' })];
  const order = anOrder({ lines });

  it('is the whole order, or a line by its number', () => {
    const { content } = chooseLinesCard(context, order, lines);

    assert.deepEqual(readLines(en, lines, { values: sent(content, { lines: 'all' }) }), [0, 4]);
    assert.deepEqual(readLines(en, lines, { values: sent(content, { lines: '4' }) }), [4]);
    assert.deepEqual(readLines(en, lines, { values: {}, text: 'second' }), [4]);
    assert.deepEqual(readLines(en, lines, { values: {}, text: 'the whole order' }), [0, 4]);
  });

  it('is several lines, as the card sends them and as they are typed', () => {
    const three = [...lines, aLine({ number: 7, title: 'Third, with a comma' })];
    const { content } = chooseLinesCard(context, order, three);
    const read = (values: Record<string, string>, text?: string) => readLines(en, three, { values, text });

    assert.deepEqual(read(sent(content, { lines: '7,0' })), [0, 7]);
    assert.deepEqual(read(sent(content, { lines: '4,all' })), [0, 4, 7]);
    assert.deepEqual(read({}, 'first and second'), [0, 4]);
    assert.deepEqual(read({}, 'second, first'), [0, 4]);
    assert.deepEqual(read({}, 'third, with a comma'), [7]);
    assert.throws(() => read(sent(content, { lines: '0,9' })), isInvalid);
  });

  it('is nothing before something is chosen', () => {
    const { content } = chooseLinesCard(context, order, lines);

    assert.throws(() => readLines(en, lines, { values: sent(content) }), isInvalid);
    assert.throws(() => readLines(en, lines, { values: { lines: '7' } }), isInvalid);
  });
});

describe('a purchase chosen from the list', () => {
  const purchases = [0, 1, 2].map(
    (n): Purchase => ({
      order: anOrder({ id: `order-${n}`, number: `number-${n}` }),
      line: aLine({ number: n }),
      state: 'active',
      isSoftware: true,
    }),
  );
  it('is read as the card sends it, or by its number as typed', () => {
    assert.equal(readPurchase(en, purchases, { values: { named: 'order-2:2' } }), purchases[2]);
    assert.equal(readPurchase(en, purchases, { values: {}, text: 'number-1' }), purchases[1]);
    assert.throws(() => readPurchase(en, purchases, { values: { named: 'order-9:0' } }), isInvalid);
  });

  it('is not asked for when there is one', () => {
    assert.equal(readPurchase(en, purchases.slice(0, 1), { values: {} }), purchases[0]);
  });
});

describe('the fields of the ticket', () => {
  const answers = {
    tenant: 'contoso.com',
    named: '1a2b3c4d5e6f',
    reason: 'Ordered by mistake',
    amount: '500.00',
    amountNote: 'half was used',
    impact: 'moderate',
    title: 'Refund',
    contactName: 'Ada Nowak',
    contactEmail: 'ada@partner.example',
    contactPhone: '+48 22 555 01 00',
  };

  for (const field of caseFields) {
    it(`${field}: reads what its own card sends, and what is typed instead`, () => {
      const { content } = fieldCard(context, field, answers, {
        subtitle: 'S',
        step: '1',
        facts: { customer: aCustomer(), order: anOrder() },
      });

      assert.equal(readField(en, field, { values: sent(content) }), answers[field]);
      assert.equal(readField(en, field, { values: {}, text: ` ${answers[field]} ` }), answers[field]);
    });
  }

  it('are read from the form as from the single questions', () => {
    const facts = { customer: aCustomer(), order: anOrder(), paid: eur(1234.5) };
    for (const missing of [[], ['reason', 'contactPhone'], caseFields] as const) {
      const { content } = formCard(context, { answers, missing, facts, customerName: 'Contoso', hasPages: false });

      assert.deepEqual(readForm(en, {}, sent(content)), answers);
    }
  });

  it('that a form did not send keep their answer; those it sent empty lose it', () => {
    assert.deepEqual(readForm(en, answers, { reason: '', title: 'New title' }), {
      ...answers,
      reason: '',
      title: 'New title',
    });
  });

  it('e-mail: is understood as mail programs copy it', () => {
    for (const text of [
      'anna@partner.example',
      'Anna Admin <anna@partner.example>',
      'Anna Admin <mailto:anna@partner.example>',
      'mailto:anna@partner.example',
      'MAILTO:anna@partner.example?subject=x',
      '[anna@partner.example](mailto:anna@partner.example)',
      '[Anna](mailto:anna@partner.example)',
    ])
      assert.equal(readField(en, 'contactEmail', { values: {}, text }), 'anna@partner.example', text);
    assert.equal(readField(en, 'contactEmail', { values: {}, text: 'Anna Admin' }), 'Anna Admin');
  });

  it('order and tenant: are understood in brackets, quotes and code marks', () => {
    for (const text of ['(1a2b3c4d5e6f)', '`1a2b3c4d5e6f`', '"1a2b3c4d5e6f".'])
      assert.equal(readField(en, 'named', { values: {}, text }), '1a2b3c4d5e6f');
    assert.equal(readField(en, 'tenant', { values: { tenant: '<contoso.com>' } }), 'contoso.com');
  });

  it('title: is one line, and the reason keeps its lines', () => {
    assert.equal(readField(en, 'title', { values: {}, text: 'Refund\nfor us' }), 'Refund for us');
    assert.equal(readField(en, 'reason', { values: {}, text: 'Twice.\nSorry.' }), 'Twice.\nSorry.');
  });

  it('impact: may be typed by name, its beginning, or its number', () => {
    for (const text of ['critical', 'CRIT', 'c', '1', 'Critical: business stands still']) {
      assert.equal(readField(en, 'impact', { values: {}, text }), 'critical', text);
    }
    assert.equal(readField(en, 'impact', { values: {}, text: 'm' }), 'm', 'two of them begin so');
    assert.equal(readField(en, 'impact', { values: {}, text: 'terrible' }), 'terrible');
    assert.equal(readField(en, 'impact', { values: {}, text: '' }), '');
  });

  it('have a sentence for each problem, that says what is wanted', () => {
    const facts = { customer: aCustomer(), order: anOrder(), paid: eur(1000) };
    const problems: FieldProblem[] = ['not-this', 'length', 'no-amount', 'nothing', 'too-much', 'missing', 'form'];
    for (const field of caseFields) {
      for (const problem of problems) assert.match(fieldProblem(en, field, problem, facts), /\.$/);
    }
    assert.match(fieldProblem(en, 'amount', 'too-much', facts), /1,000\.00 EUR/);
    assert.match(fieldProblem(en, 'amount', 'no-amount', facts), /EUR/);
    assert.match(fieldProblem(en, 'tenant', 'not-this', facts), /Contoso/);
    assert.match(fieldProblem(en, 'named', 'not-this', facts), /1a2b3c4d5e6f/);
  });
});

describe('a request number', () => {
  for (const number of ['1', '123456789', '1234567890', '123456789012345', '1234567890123456', '1-1234567890123']) {
    it(`${number} is one, also with blanks and a sign before it`, () => {
      assert.equal(readRequestNumber({ values: { requestNumber: number } }), number);
      assert.equal(readRequestNumber({ values: {}, text: ` # ${number} ` }), number);
    });
  }
  for (const text of ['', 'abc', '12345678901', '12345678901234', '12-1234567890123', '1-123', '12345678901234567']) {
    it(`"${text}" is none`, () => {
      assert.equal(readRequestNumber({ values: { requestNumber: text } }), undefined);
    });
  }
});
