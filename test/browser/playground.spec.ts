import assert from 'node:assert/strict';
import { findPerson } from '../playground/people.ts';
import { openPlayground, type Playground } from '../support/browser/playground.ts';
import { type Activity, type StubBot, startStubBot } from '../support/browser/stub-bot.ts';

const customers = Array.from({ length: 40 }, (_, index) => ({
  title: `Customer ${index + 1}`,
  value: `c${index + 1}`,
}));

const form = {
  type: 'AdaptiveCard',
  version: '1.5',
  body: [
    { type: 'TextBlock', text: 'Buy software' },
    { type: 'Input.ChoiceSet', id: 'customer', label: 'Customer', style: 'filtered', choices: customers },
    {
      type: 'Input.ChoiceSet',
      id: 'edition',
      label: 'Edition',
      style: 'compact',
      value: 'std',
      choices: [
        { title: 'Standard', value: 'std' },
        { title: 'Datacenter', value: 'dc' },
      ],
    },
    {
      type: 'Input.ChoiceSet',
      id: 'segment',
      label: 'Segment',
      style: 'expanded',
      choices: [
        { title: 'Commercial', value: 'commercial' },
        { title: 'Education', value: 'education' },
      ],
    },
    {
      type: 'Input.ChoiceSet',
      id: 'lines',
      label: 'Lines',
      style: 'expanded',
      isMultiSelect: true,
      choices: [
        { title: 'Line 1', value: '1' },
        { title: 'Line 2', value: '2' },
      ],
    },
    {
      type: 'Input.Text',
      id: 'reason',
      label: 'Reason for the refund',
      isMultiline: true,
      isRequired: true,
      errorMessage: 'Say why',
    },
    { type: 'Input.Text', id: 'name', label: 'Contact name', value: 'Ada' },
    { type: 'Input.Number', id: 'quantity', label: 'Quantity', value: 1 },
    { type: 'Input.Toggle', id: 'sure', title: 'I am sure' },
  ],
  actions: [
    { type: 'Action.Execute', title: 'Next', verb: 'next', data: { draftId: 'd1' } },
    { type: 'Action.Execute', title: 'Confirm: buy 2 for 1,234.00 EUR', verb: 'confirm' },
    { type: 'Action.Submit', title: 'Done', data: { done: true } },
  ],
};

const text = (words: string) => ({ type: 'AdaptiveCard', version: '1.5', body: [{ type: 'TextBlock', text: words }] });

describe('a person in front of Agents Playground', function () {
  this.timeout(60_000);
  let bot: StubBot;
  let playground: Playground;
  let posted = '';
  let isDrawn: Promise<void> = Promise.resolve();

  before(async () => {
    bot = await startStubBot({
      onMessage: async (activity, self) => {
        const said = activity.text?.replace(/<at>.*?<\/at>/g, '').trim();
        await isDrawn;
        if (said === 'form') await self.post(activity, { card: form });
        else if (said === 'edit') posted = await self.post(activity, { text: 'Before' });
        else
          await self.post(activity, {
            text: said ? `You said: ${said}` : `You sent: ${JSON.stringify(activity.value)}`,
          });
      },
      answer: async ({ value }) => text(`${value?.action?.verb}: ${JSON.stringify(value?.action?.data)}`),
    });
    const opened = await openPlayground({ botUrl: bot.url });
    playground = { ...opened, say: onceDrawn(opened.say), post: onceDrawn(opened.post) };
  });
  after(async () => {
    await playground?.close();
    await bot?.close();
  });

  const last = (): Activity | undefined => bot.activities.at(-1);

  /** The Playground's page loses an answer that comes before the first message of its thread is drawn. */
  const onceDrawn = (send: (text: string) => Promise<void>) => async (text: string) => {
    const drawn = Promise.withResolvers<void>();
    isDrawn = drawn.promise;
    await send(text).finally(drawn.resolve);
  };

  for (const { where, type, open } of [
    { where: 'the personal chat', type: 'personal', open: () => playground.openPersonalChat() },
    { where: 'the group chat', type: 'groupChat', open: () => playground.openGroupChat() },
    { where: 'a channel', type: 'channel', open: () => playground.openTeamChannel() },
  ]) {
    describe(`in ${where}`, () => {
      beforeEach(() => open());

      it('writes to the bot and reads its answer', async () => {
        await playground.say('hello');

        await playground.waitForText('You said: hello');
        assert.equal(last()?.conversation.conversationType, type);
        assert.equal(last()?.from.aadObjectId, findPerson('ada').aadObjectId);
        // The Playground may draw the answer above what it answers.
        assert.ok((await playground.messages()).some((text) => /^Software Desk\n.*\nYou said: hello$/.test(text)));
      });

      it('fills in a card of every kind of input and sends it', async () => {
        await playground.say('form');
        await playground.fill('Customer', 'Customer 3');
        await playground.fill('Edition', 'Datacenter');
        await playground.fill('Segment', 'Education');
        await playground.fill('Lines', ['Line 2']);
        await playground.fill('Reason for the refund', 'Bought twice');
        await playground.fill('Quantity', 3);
        await playground.fill('I am sure', true);
        assert.equal(await playground.read('Edition'), 'Datacenter');
        assert.equal(await playground.read('Segment'), 'Education');
        assert.equal(await playground.read('Contact name'), 'Ada');
        await playground.press('Next');

        assert.deepEqual(last()?.value?.action?.data, {
          ...{ draftId: 'd1', customer: 'c3', edition: 'dc', segment: 'education', lines: '2', name: 'Ada' },
          ...{ reason: 'Bought twice', quantity: '3', sure: 'true' },
        });
        assert.match((await playground.cards()).at(-1) ?? '', /^next: \{/);
      });

      it('sees an edited message in place of what it was', async () => {
        await playground.say('edit');
        // The Playground's page loses a message that is edited before it was drawn.
        await playground.waitForText('Before');
        const said = last();
        assert.ok(said);
        await bot.edit(said, posted, { text: 'After' });

        await playground.waitForText('After');
        assert.ok((await playground.messages()).every((message) => !message.includes('Before')));
      });
    });
  }

  it('answers in the thread that it began, and begins another one when asked', async () => {
    await playground.openTeamChannel('Orders');
    await playground.say('first');
    await playground.waitForText('You said: first');
    const thread = last()?.conversation.id;
    await playground.say('second');
    await playground.waitForText('You said: second');
    assert.match(thread ?? '', /^19:orders@thread\.tacv2;messageid=\d+$/);
    assert.equal(last()?.conversation.id, thread);
    assert.equal((await playground.messages()).length, 4);

    await playground.post('third');
    await playground.waitForText('You said: third');
    assert.notEqual(last()?.conversation.id, thread);
    assert.equal((await playground.messages()).length, 2);
  });

  it('presses the newest button, or the one that is meant', async () => {
    await playground.openTeamChannel();
    await playground.post('form');
    await playground.cardWith('Buy software');
    await playground.say('form');
    await playground.waitForText(/Buy software.*Buy software/s);
    await playground.press('Confirm', { nth: 0, isAnswered: false });
    await playground.waitForText('Say why');
    await playground.fill('Reason for the refund', 'Bought twice');
    await playground.press('Confirm');

    assert.equal(last()?.value?.action?.verb, 'confirm');
    const [older = '', newer = ''] = await playground.cards();
    assert.match(older, /^Buy software.*Say why/s);
    assert.match(newer, /^confirm: /);
  });

  it('sends the old kind of button as a message with a value', async () => {
    await playground.openPersonalChat();
    await playground.say('form');
    await playground.fill('Reason for the refund', 'Bought twice');
    await playground.press('Done');

    await playground.waitForText('You sent: {"done":true');
    assert.equal(last()?.text, undefined);
  });

  it('shows what one can choose from', async () => {
    await playground.openPersonalChat();
    await playground.say('form');

    assert.equal((await playground.choices('Customer')).length, 40);
    assert.deepEqual(await playground.choices('Edition'), ['Standard', 'Datacenter']);
    assert.deepEqual(await playground.choices('Segment'), ['Commercial', 'Education']);
  });

  it('can be somebody else, at a narrow window', async () => {
    const other = await openPlayground({ botUrl: bot.url, as: 'hannah', viewport: { width: 400, height: 800 } });
    try {
      await other.say('form');
      await other.fill('Reason for the refund', 'Bought twice');
      await other.press('Next');

      assert.equal(last()?.from.aadObjectId, findPerson('hannah').aadObjectId);
      await other.screenshot('support-narrow');
    } finally {
      await other.close();
    }
  });
});
