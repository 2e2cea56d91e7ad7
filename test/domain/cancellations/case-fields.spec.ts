import assert from 'node:assert/strict';
import {
  type CaseAnswers,
  type CaseField,
  caseFields,
  type FieldFacts,
  type FieldProblem,
  fieldsLeft,
  isAsked,
  problemOf,
  typedContent,
} from '../../../src/domain/cancellations/case-fields.ts';
import { aCustomer, anOrder, eur } from '../../support/fakes/samples.ts';

const facts: FieldFacts = { customer: aCustomer(), order: anOrder(), paid: eur(1000) };
const good: CaseAnswers = {
  tenant: 'contoso.com',
  named: '1a2b3c4d5e6f',
  reason: 'Ordered by mistake',
  amount: '1000',
  impact: 'minimal',
  title: 'Refund for Contoso',
  contactName: 'Ada Nowak',
  contactEmail: 'ada@partner.example',
  contactPhone: '+48 22 555 01 00',
};

const answers: Record<CaseField, { good: string[]; bad: [string, FieldProblem][] }> = {
  tenant: {
    good: ['contoso.com', 'CONTOSO.onmicrosoft.com', aCustomer().id.toUpperCase(), ' contoso.com '],
    bad: [
      ['', 'not-this'],
      ['fabrikam.com', 'not-this'],
      ['contoso', 'not-this'],
    ],
  },
  named: {
    good: ['1a2b3c4d5e6f', ' 1A2B3C4D5E6F', anOrder().id],
    bad: [
      ['', 'not-this'],
      ['another', 'not-this'],
    ],
  },
  reason: {
    good: ['0123456789', 'x'.repeat(1000), 'Zażółć gęślą jaźń'],
    bad: [
      ['', 'length'],
      ['123456789', 'length'],
      [`${' '.repeat(20)}short`, 'length'],
      ['x'.repeat(1001), 'length'],
    ],
  },
  amount: {
    good: ['1000', '1.000,00', '0.01', '999,99 EUR', '1 000 €'],
    bad: [
      ['', 'no-amount'],
      ['all of it', 'no-amount'],
      ['1000 USD', 'no-amount'],
      ['-1', 'no-amount'],
      ['0', 'nothing'],
      ['0,00', 'nothing'],
      ['1000.01', 'too-much'],
    ],
  },
  amountNote: { good: [''], bad: [] },
  impact: {
    good: ['critical', 'moderate', 'minimal'],
    bad: [
      ['', 'missing'],
      ['Critical', 'missing'],
      ['none', 'missing'],
    ],
  },
  title: {
    good: ['Title', 'x'.repeat(255)],
    bad: [
      ['', 'length'],
      ['Four', 'length'],
      ['x'.repeat(256), 'length'],
    ],
  },
  contactName: {
    good: ['Ada Nowak', 'Józef  de la Cruz', 'Żaneta Łęcka-Śmigły'],
    bad: [
      ['', 'form'],
      ['Ada', 'form'],
      [`Ada ${'x'.repeat(100)}`, 'form'],
    ],
  },
  contactEmail: {
    good: ['ada@partner.example', 'a.b+c@sub.partner.co.uk'],
    bad: [
      ['', 'form'],
      ['ada', 'form'],
      ['ada@partner', 'form'],
      ['ada partner@x.example', 'form'],
      ['a@b.example, c@d.example', 'form'],
      ['<ada@partner.example>', 'form'],
      ['mailto:ada@partner.example', 'form'],
      [`${'x'.repeat(250)}@partner.example`, 'form'],
    ],
  },
  contactPhone: {
    good: ['+48 22 555 01 00', '(030) 1234-567', '225550100'],
    bad: [
      ['', 'form'],
      ['12345', 'form'],
      ['call me', 'form'],
      ['+48 22 555 01 00 ext. five', 'form'],
      ['() () () () ()', 'form'],
      ['1'.repeat(40), 'form'],
    ],
  },
};

describe('the fields of a cancellation', () => {
  for (const field of caseFields) {
    for (const text of answers[field].good) {
      it(`${field}: takes "${text.slice(0, 40)}"`, () => {
        assert.equal(problemOf(field, { ...good, [field]: text }, facts), undefined);
      });
    }
    for (const [text, problem] of answers[field].bad) {
      it(`${field}: refuses "${text.slice(0, 40)}" (${problem})`, () => {
        assert.equal(problemOf(field, { ...good, [field]: text }, facts), problem);
      });
    }
  }

  it('amount: has no upper limit that we know of where Partner Center shows no price', () => {
    assert.equal(problemOf('amount', { amount: '5000' }, { ...facts, paid: undefined }), undefined);
  });

  it('amountNote: is needed when less than was paid is asked for, in a few words', () => {
    const less = { ...good, amount: '500' };

    assert.equal(problemOf('amountNote', less, facts), 'missing');
    assert.equal(problemOf('amountNote', { ...less, amountNote: ' x ' }, facts), 'missing');
    assert.equal(problemOf('amountNote', { ...less, amountNote: 'half' }, facts), undefined);
    assert.equal(problemOf('amountNote', { ...less, amountNote: 'x'.repeat(256) }, facts), 'length');
    assert.equal(problemOf('amountNote', { ...good, amountNote: 'x'.repeat(256) }, facts), 'length');
  });

  it('amountNote: is asked only then, and not for the computed refund of a prorated window', () => {
    const asked = (amount: string, refund = eur(1000)) => isAsked('amountNote', { ...good, amount }, facts, refund);

    assert.ok(!asked('1000'));
    assert.ok(asked('500'));
    assert.ok(!asked('900', eur(900)));
    assert.ok(asked('899', eur(900)));
    assert.ok(!asked('nonsense'));
    for (const field of caseFields) assert.equal(isAsked(field, good, facts, undefined), field !== 'amountNote');
  });

  it('are asked until each has a good answer, in their order', () => {
    assert.deepEqual(fieldsLeft(good, facts, eur(1000)), []);
    assert.deepEqual(
      fieldsLeft({}, facts, eur(1000)),
      caseFields.filter((field) => field !== 'amountNote'),
    );
    assert.deepEqual(fieldsLeft({ ...good, contactPhone: 'x', reason: '' }, facts, undefined), [
      'reason',
      'contactPhone',
    ]);
    assert.deepEqual(fieldsLeft({ ...good, amount: '500' }, facts, eur(1000)), ['amountNote']);
  });

  it('become the content of a case when all are good, tidied, and nothing before', () => {
    const content = typedContent({ ...good, contactName: ' Ada   Nowak ', amount: '1.000,00' }, facts, undefined);

    assert.deepEqual(content, {
      customerTenant: 'contoso.com',
      named: '1a2b3c4d5e6f',
      reason: 'Ordered by mistake',
      amount: eur(1000),
      amountNote: undefined,
      impact: 'minimal',
      title: 'Refund for Contoso',
      contactName: 'Ada Nowak',
      contactEmail: 'ada@partner.example',
      contactPhone: '+48 22 555 01 00',
    });
    assert.equal(typedContent({ ...good, contactPhone: '' }, facts, undefined), undefined);
  });

  it('keep the note only where it says why less is asked for', () => {
    const less = { ...good, amount: '500', amountNote: 'half was used' };

    assert.equal(typedContent(less, facts, undefined)?.amountNote, 'half was used');
    assert.equal(typedContent({ ...less, amount: '1000' }, facts, undefined)?.amountNote, undefined);
  });

  it('take an amount of an order without a currency for what it is, without failing', () => {
    const order = anOrder({ currency: '' });

    assert.equal(problemOf('amount', { amount: '12.50' }, { ...facts, order, paid: undefined }), undefined);
  });
});
