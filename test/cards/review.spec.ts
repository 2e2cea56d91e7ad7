import assert from 'node:assert/strict';
import { reviewsCard } from '../../src/cards/review.ts';
import type { ReviewedLook } from '../../src/domain/audit/audit.ts';
import { en } from '../../src/words/en.ts';
import { nodesOf } from './parse.ts';

const at = new Date('2026-08-03T10:00:00Z');
const look: ReviewedLook = {
  ...{ customerId: 'c-1', customerName: 'Contoso', orderNumber: '1a2b3c4d5e6f', name: 'Ada Nowak' },
  ...{ what: 'key', item: 'Windows Server 2022', times: 1, firstAt: at, lastAt: at },
};

describe('the list of customers to review', () => {
  it('has what is of no known customer itself, as there is no list that it could open', () => {
    const outside = { ...look, customerId: '', customerName: undefined, orderNumber: '', name: 'eve@partner.example' };
    const { content } = reviewsCard(
      { words: en, timeZone: 'UTC', isSimulated: false },
      {
        title: 'Review of keys',
        review: { looks: [look, { ...outside, isOutside: true }], leaks: [], isCut: false },
        ...{ command: 'audit review', from: 0, commandOf: (id) => `audit review ${id}` },
      },
    );

    const texts = [...nodesOf(content)].flatMap(({ text }) => (typeof text === 'string' ? [text] : []));
    assert.ok(texts.includes('Contoso'), texts.join('\n'));
    assert.ok(texts.includes('eve@partner.example'), texts.join('\n'));
    assert.ok(texts.includes('Product key (at Partner Center): Windows Server 2022'), texts.join('\n'));
    assert.equal(JSON.stringify(content).split('audit review c-1').length, 2);
    assert.doesNotMatch(JSON.stringify(content), /audit review "/);
  });
});
