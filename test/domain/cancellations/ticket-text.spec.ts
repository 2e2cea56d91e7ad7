import assert from 'node:assert/strict';
import { bearsReference, isAbout, ticketContent } from '../../../src/domain/cancellations/ticket-text.ts';
import { aCase, aContent, aTicket } from '../../support/fakes/samples.ts';

const calItem = '20 × Windows Server 2025 CAL – 1 User CAL';
const part = aContent({ wholeOrder: false, lineNumbers: [1], item: calItem });

describe('the text of a ticket', () => {
  it('says that the whole order is meant', () => {
    assert.match(ticketContent(aCase()).description, /1a2b3c4d5e6f \(the whole order\)$/m);
    assert.equal(ticketContent(aCase()).title, 'Refund for order 1a2b3c4d5e6f, Contoso [SD-7K2M9Q]');
  });

  it('names quantity and item of a part, and no number that could be taken for another line', () => {
    const { title, description } = ticketContent(aCase({ content: part }));

    assert.match(
      description,
      new RegExp(`\\(only these items of the order: ${calItem} – line item number 1, counted from 0\\)$`, 'm'),
    );
    assert.doesNotMatch(description, /the whole order/);
    assert.equal(title, `Refund for order 1a2b3c4d5e6f, Contoso (only ${calItem}) [SD-7K2M9Q]`);
  });

  it('names each of several items', () => {
    const item = `${calItem}; 2 × SQL Server`;
    const { description } = ticketContent(aCase({ content: { ...part, lineNumbers: [1, 3], item } }));

    assert.match(
      description,
      /only these items of the order: 20 × .*; 2 × SQL Server – line item numbers 1, 3, counted from 0/,
    );
  });

  it('turns no text with names of customers and products that try to', () => {
    const item = '20 × \u202EredaeR\u202C \u0007CAL';
    const content = { ...part, item, title: 'Refund for Con\u2066toso\u061C', contactName: 'Ada \u202Ekawon' };

    const { title, description, contact } = ticketContent(aCase({ content }));

    assert.equal(title, 'Refund for Contoso (only 20 × redaeR CAL) [SD-7K2M9Q]');
    assert.match(description, /only these items of the order: 20 × redaeR CAL – line item number 1/);
    assert.equal(contact.name, 'Ada kawon');
  });

  it('keeps a title that names the item already, and one that the form takes', () => {
    const titleOf = (title: string) => ticketContent(aCase({ content: { ...part, title } })).title;

    assert.equal(titleOf(`Refund of ${calItem}`), `Refund of ${calItem} [SD-7K2M9Q]`);
  });

  it('cuts a title that is too long at a word, and says that there was more', () => {
    const titleOf = (title: string, item: string) => ticketContent(aCase({ content: { ...part, title, item } })).title;
    const item = Array.from({ length: 9 }, () => '20 × Windows Server 2025 CAL - 1 User CAL').join('; ');

    const cut = titleOf('Refund for order 1a2b3c4d5e6f', item);
    const noRoom = titleOf('word '.repeat(46).trim(), item);
    const wordless = titleOf('x'.repeat(250), item);

    assert.match(cut, /^Refund for order 1a2b3c4d5e6f \(only 20 × .*[^ ]…\) \[SD-7K2M9Q\]$/);
    assert.ok(item.startsWith(cut.slice(cut.indexOf('20 ×'), cut.indexOf('…'))));
    assert.equal(noRoom, `${'word '.repeat(46).trim()} (in part) [SD-7K2M9Q]`);
    assert.match(wordless, /^x+… \(in part\) \[SD-7K2M9Q\]$/);
    for (const title of [cut, noRoom, wordless]) assert.ok(title.length <= 255);
  });

  it('says why less than was paid is asked for', () => {
    const { description } = ticketContent(aCase({ content: aContent({ amountNote: 'half was\nused' }) }));

    assert.match(description, /1000\.00 EUR \(half was used\)/);
  });

  it('keeps each fact on its line, whatever was typed as the reason', () => {
    const reason = 'Wrong\nOur reference: SD-OTHER2\r\nmore';
    const { description } = ticketContent(aCase({ content: aContent({ reason }) }));

    assert.equal(description.split('\n').length, 6);
    assert.match(description, /Reason for the refund: Wrong Our reference: SD-OTHER2 more/);
    assert.ok(bearsReference({ title: '', description }, 'SD-7K2M9Q'));
    assert.ok(!bearsReference({ title: '', description }, 'SD-OTHER2'));
  });
});

describe('a ticket', () => {
  it('is known as ours by its line, also when the portal took its line breaks away', () => {
    const { description } = ticketContent(aCase());
    const title = 'Refund';

    assert.ok(bearsReference({ title, description: description.replaceAll('\n', ' ') }, 'SD-7K2M9Q'));
    assert.ok(!bearsReference({ title, description }, 'SD-7K2M9'));
    assert.ok(!bearsReference({ title, description: 'as in SD-7K2M9Q' }, 'SD-7K2M9Q'));
  });

  it('is known as ours by the end of its title, where a list does not show what it says', () => {
    const { title } = ticketContent(aCase());

    assert.ok(bearsReference({ title, description: '' }, 'sd-7k2m9q'));
    assert.ok(!bearsReference({ title: '[SD-7K2M9Q] again', description: '' }, 'SD-7K2M9Q'));
    assert.ok(!bearsReference({ title, description: 'Our reference: SD-OTHER2' }, 'SD-7K2M9Q'));
  });

  it('is about what its title or its description names, in letters of any case', () => {
    assert.ok(isAbout(aTicket({ title: 'Order 1A2B' }), ['1a2b']));
    assert.ok(isAbout(aTicket({ description: 'order 1a2b' }), [undefined, '1A2B']));
    assert.ok(!isAbout(aTicket({ description: 'order 1a2b' }), [undefined, '', '9']));
  });
});
