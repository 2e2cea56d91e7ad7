import assert from 'node:assert/strict';
import type { Customer } from '../../src/domain/customers/customer.ts';
import { customerNamed } from '../../src/flows/choose-customer.ts';
import { en } from '../../src/words/en.ts';
import { aCase, aContent, aCustomer } from '../support/fakes/samples.ts';
import { createFakeWorld } from '../support/fakes/world.ts';
import { startFakeConversation } from './fake-conversation.ts';

/** A partner with too many customers to look inside every name. */
function worldOf(found: readonly Customer[]) {
  const world = createFakeWorld();
  const customers = { ...world.customers, search: async () => ({ found: [...found], more: true }) };
  return { facts: { ...world, customers }, words: en };
}

describe('a customer named among too many', () => {
  const one = aCustomer();

  it('is picked by the person where others may contain the text too', async () => {
    assert.deepEqual(await customerNamed(worldOf([one]), one.name.slice(1)), { search: one.name.slice(1) });
  });

  it('is that customer where the name is typed in full', async () => {
    const { facts, words } = worldOf([one]);

    assert.deepEqual(
      await customerNamed(
        { facts: { ...facts, customers: { ...facts.customers, find: async () => one } }, words },
        one.name,
      ),
      { customer: one },
    );
  });

  it('is not called unknown without saying that not all were looked at', async () => {
    const named = await customerNamed(worldOf([]), 'nobody');

    assert.match(
      ('problem' in named && named.problem) || '',
      /begins with "nobody", and there are too many to look inside/,
    );
  });
});

describe('a customer that nobody knows', () => {
  for (const command of ['buy', 'software', 'orders', 'keys', 'cancel'])
    it(`is asked for by ${command} with what is similar, and its name is understood there`, async () => {
      const played = startFakeConversation();
      await played.says(`${command} contosso`);
      const asked = played.last().view.text;

      await played.says('Contoso');

      assert.match(asked, /No customer matches "contosso"\. Similar: Contoso\. Type one of them/);
      assert.doesNotMatch(played.last().view.text, /contosso|did not understand/);
      assert.match(played.last().view.text, /Contoso/);
    });
});

describe('the cases of a customer', () => {
  const played = () => {
    const world = createFakeWorld();
    world.written.cases.set('SD-MINE11', aCase({ reference: 'SD-MINE11', content: aContent() }));
    world.written.cases.set('SD-MINE22', aCase({ reference: 'SD-MINE22', content: aContent() }));
    const ofAnother = aContent({ customerId: 'another', customerName: 'Fabrikam' });
    world.written.cases.set('SD-THEIRS', aCase({ reference: 'SD-THEIRS', content: ofAnother }));
    return startFakeConversation(world);
  };

  it('are listed alone where the customer is named', async () => {
    const talk = played();

    await talk.says('cases contoso');

    assert.match(talk.last().view.text, /Cancellation cases of Contoso[\s\S]*SD-MINE11/);
    const opened = talk.last().view.buttons.map((title) => title.slice(0, 'Open: SD-MINE11'.length));
    assert.deepEqual(opened.toSorted(), ['Open: SD-MINE11', 'Open: SD-MINE22']);
    assert.doesNotMatch(talk.last().view.text, /SD-THEIRS/);
  });

  it('are that one, where there is one', async () => {
    const talk = played();
    talk.world.written.cases.delete('SD-MINE22');

    await talk.says('cases contoso');

    assert.match(talk.last().view.text, /^Cancellation SD-MINE11\n/);
  });

  it('are those of all, with the reason, where nobody is called so', async () => {
    const talk = played();

    await talk.says('cases nobody at all');

    assert.match(talk.last().view.text, /⚠ No customer matches "nobody at all"[\s\S]*SD-THEIRS/);
  });
});
