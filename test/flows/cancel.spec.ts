import assert from 'node:assert/strict';
import { Refusal } from '../../src/domain/errors.ts';
import { checkReminders } from '../../src/domain/notices/check-reminders.ts';
import { viewOf } from '../support/card-view.ts';
import { aCustomer, aLine, anOrder, aPerson, aSubscriptionLine, outside } from '../support/fakes/samples.ts';
import { createFakeWorld, dayMs, type FakeWorld } from '../support/fakes/world.ts';
import { type FakeConversation, startFakeConversation } from './fake-conversation.ts';

async function begun(
  order: Parameters<typeof anOrder>[0] = {},
  world: FakeWorld = createFakeWorld(),
): Promise<FakeConversation> {
  world.partnerCenter.orders = [anOrder(order)];
  const played = startFakeConversation(world);
  await played.says('cancel 1a2b3c4d5e6f');
  return played;
}

const remindersOf = ({ drafts, clock }: FakeWorld) =>
  drafts.closing(clock.now(), new Date(clock.now().getTime() + 100 * dayMs));

async function toReason(): Promise<FakeConversation> {
  const played = await begun();
  await played.says('step by step');
  await played.presses('Next', { tenant: aCustomer().domain });
  await played.presses('Next', { named: '1a2b3c4d5e6f' });
  assert.match(played.last().view.text, /Why is it returned/);
  return played;
}

describe('a press that is refused', () => {
  it('is told on a card with what was asked for it, and nothing older', async () => {
    const played = await begun();
    const { world } = played;
    assert.match(played.last().view.text, /Nobody here has looked at it/);
    const seen = { name: 'Bert Lis', keys: 1, downloads: 0, lastAt: world.clock.now() };
    world.keyReveals.viewersOf = async () => [seen];
    world.cases.insertOnce = () => Promise.reject(new Refusal('not-recorded', {}));
    const asked = world.partnerCenter.count('order');

    await played.presses('Cancel now', { why: 'twice' });

    const { text } = played.last().view;
    assert.match(text, /could not be recorded/);
    assert.match(text, /looked at here by Bert Lis/);
    assert.equal(world.partnerCenter.count('order'), asked + 1, 'the order is asked for once more, and not twice');
  });

  it('is told on the card as it was where Partner Center cannot be reached', async () => {
    const played = await begun();
    played.world.partnerCenter.fail('order', outside('unreachable'));

    await played.presses('Cancel now', { why: 'twice' });

    const { text, buttons } = played.last().view;
    assert.match(text, /Partner Center does not answer/);
    assert.ok(buttons.some((title) => title.startsWith('Cancel now')));
  });
});

describe('a question that waits for free text', () => {
  it('takes words that begin like a command for the answer, and offers the command as a button', async () => {
    const played = await toReason();

    await played.says('order too many for them');
    const question = played.messages.at(-2);
    const next = played.last().view;

    assert.match(next.text, /Which amount/);
    assert.match(question?.view.text ?? '', /order too many for them/);
    assert.match(question?.view.text ?? '', /meant as a command/);
    assert.deepEqual(question?.view.buttons, ['order too many for them']);
  });

  it('may be the form, as long as what is missing first on it is free text', async () => {
    const played = await begun();
    await played.presses('By ticket');

    await played.says('order too many for them');
    assert.match(played.messages.at(-2)?.view.text ?? '', /order too many for them.*meant as a command/s);
    assert.match(played.last().view.text, /At which e-mail address/);
    await played.says('cases');

    assert.match(played.last().view.text, /cancellation cases/i);
  });

  it('goes on with its answer, and begins the command beside it when its button is pressed', async () => {
    const played = await toReason();
    await played.says('buy contoso because we need it');
    const [question, asked] = [played.messages.at(-2), played.last()];

    const answered = await played.presses('buy contoso because we need it', {}, { on: question });
    const begun = played.last().view;
    await played.presses('Next', { amount: '100' }, { on: asked });

    assert.equal(answered.kind, 'text');
    assert.match(begun.text, /contoso because we need it/);
    assert.match(played.messages.map(({ view }) => view.text).join(), /Why less/);
  });

  it('says what is wrong with a command that is no answer, and offers it all the same', async () => {
    const played = await toReason();

    await played.says('cases');

    assert.match(played.last().view.text, /⚠/);
    assert.deepEqual(played.messages.at(-2)?.view.buttons, ['cases']);
  });

  it('leaves help as it is', async () => {
    const played = await toReason();

    await played.says('help');

    assert.match(played.last().view.text, /Ada/);
    assert.doesNotMatch(played.messages.at(-2)?.view.text ?? '', /help/);
  });
});

describe('a domain of the customer that Partner Center does not show', () => {
  const hidden = (): FakeWorld => {
    const world = createFakeWorld();
    world.partnerCenter.customers = [aCustomer({ customDomains: [] })];
    world.partnerCenter.hiddenDomains = { [aCustomer().id]: ['bakery.example'], other: ['other.example'] };
    return world;
  };
  const asked = 'Customer tenant (GUID or domain)';

  it('is taken in the question, and stands in the ticket', async () => {
    const played = await begun({}, hidden());
    await played.says('step by step');
    const before = played.world.partnerCenter.count('findCustomer');

    await played.presses('Next', { tenant: 'Other.example' });
    assert.match(played.last().view.text, /That is not/);
    await played.presses('Next', { tenant: 'Bakery.Example' });

    assert.match(played.last().view.text, /Which order or subscription/);
    assert.equal(played.world.partnerCenter.count('findCustomer'), before + 2);
  });

  it('is taken on the form and survives what is looked at anew before it is submitted', async () => {
    const played = await begun({}, hidden());
    await played.presses('By ticket');
    const answers = { tenant: 'bakery.example', reason: 'Ordered twice by mistake', amount: '1000', impact: 'minimal' };
    const contact = {
      contactName: 'Ada Lovelace',
      contactEmail: 'ada@partner.example',
      contactPhone: '+48 22 123 45 67',
    };

    await played.presses('Review ticket', { ...answers, ...contact });
    assert.match(played.last().view.text, /bakery\.example/);
    await played.presses('Submit');

    const [created] = played.world.partnerCenter.created;
    assert.match(created?.description ?? '', /^Customer tenant GUID or domain name: bakery\.example/);
  });

  it('is asked for where it is needed only', async () => {
    const played = await begun({}, hidden());
    await played.says('step by step');
    const before = played.world.partnerCenter.count('findCustomer');

    await played.presses('Next', { tenant: aCustomer().domain });

    assert.equal(played.world.partnerCenter.count('findCustomer'), before);
    assert.doesNotMatch(played.last().view.text, new RegExp(asked.slice(0, 15)));
  });
});

describe('a cancellation that was begun', () => {
  it('has its window watched', async () => {
    const { world } = await begun();

    const [draft] = [...world.kept.values()];
    assert.deepEqual(await remindersOf(world), [
      {
        draftId: draft?.id,
        orderNumber: '1a2b3c4d5e6f',
        closesAt: new Date('2026-04-04T23:59:00Z'),
        askedAt: world.clock.now(),
      },
    ]);
  });

  it('has its window watched while its lines are still to be chosen', async () => {
    const played = await begun({ lines: [aLine(), aLine({ number: 1 })] });

    assert.match(played.last().view.text, /What is to be cancelled/);
    assert.equal((await remindersOf(played.world)).length, 1);
    await played.presses('Next', { lines: '1' });
    assert.equal((await remindersOf(played.world)).length, 1);
  });

  it('has nothing to watch when no window is open', async () => {
    const late = createFakeWorld();
    late.pass(60 * dayMs);
    const unknown = createFakeWorld({ policy: { windows: [] } });

    for (const world of [late, unknown]) assert.deepEqual(await remindersOf((await begun({}, world)).world), []);
  });

  it('is reminded of once in its place, by the one draft that a second one resumes', async () => {
    const played = await begun();
    await played.says('cancel 1a2b3c4d5e6f', aPerson());

    played.world.setTime('2026-04-04T01:00:00Z');
    await checkReminders(played.world);
    await checkReminders(played.world);

    assert.equal([...played.world.kept.values()].length, 1);
    assert.equal(played.world.written.notices.length, 1);
    assert.equal((await remindersOf(played.world)).length, 1);
  });
});

describe('the card of a cancellation', () => {
  const sara = aPerson({ id: 'sara', name: 'Sara Wilk' });
  const casesOf = ({ world }: FakeConversation) => [...world.written.cases.values()];
  const cancelled = ({ world }: FakeConversation) => world.partnerCenter.count('cancel');

  it('is submitted by one press, with the reason that was picked and what was typed to it', async () => {
    const played = await begun();

    await played.presses('Cancel now', { why: 'twice', reason: 'Once in May, once in June.' });

    const [found, ...others] = casesOf(played);
    assert.equal(others.length, 0);
    assert.equal(found?.ending, 'cancel-now');
    assert.equal(found?.content.reason, 'The same order was placed twice by mistake. Once in May, once in June.');
    assert.equal(cancelled(played), 1);
  });

  it('is submitted once, however often and on whichever drawing of it somebody presses', async () => {
    const played = await begun();
    const first = played.last();
    await played.says('Ordered by mistake, says the customer.');
    const second = played.last();

    await played.presses('Cancel now', { why: 'twice' }, { on: first });
    assert.equal(cancelled(played), 0);
    const current = played.last();
    assert.match(current.view.text, /Cancel order/);
    await Promise.all([
      played.presses('Cancel now', { why: 'twice' }, { on: second }),
      played.presses('Cancel now', { why: 'twice' }, { on: second }),
    ]);
    await played.presses('Cancel now', { why: 'twice' }, { on: first });

    assert.equal(cancelled(played), 1);
    assert.equal(casesOf(played).length, 1);
  });

  it('is shown again instead where what comes back has changed since', async () => {
    const createdAt = new Date('2026-03-04T13:00:00Z');
    const played = await begun({ lines: [aSubscriptionLine()], createdAt });
    const [before] = played.last().view.buttons;
    played.world.pass(dayMs);

    await played.presses('Cancel now', { why: 'twice' });
    const shown = played.last().view;
    assert.equal(cancelled(played), 0);
    await played.presses('Cancel now', { reason: 'The same order was placed twice by mistake.' });

    assert.match(shown.text, /⚠ Nothing is cancelled yet: what comes back has changed from [\d,.]+ EUR to [\d,.]+ EUR/);
    assert.notEqual(shown.buttons[0], before);
    assert.equal(cancelled(played), 1);
    assert.match(shown.input('Reason for the refund').value, /placed twice/);
  });

  it('offers the ticket where the window has closed since', async () => {
    const played = await begun();
    played.world.setTime('2026-04-05T00:00:00Z');

    await played.presses('Cancel now', { why: 'twice' });

    assert.equal(cancelled(played), 0);
    assert.match(played.last().view.text, /can no longer be cancelled at once/);
    assert.equal(played.last().view.buttons[0], 'By ticket …');
  });

  it('asks for the reason where there is none, and takes one that is typed', async () => {
    const played = await begun();

    await played.presses('Cancel now');
    const asked = played.last().view;
    await played.says('back');
    await played.says('ok');
    const unclear = played.last().view;
    await played.says('Ordered by mistake, says the customer.');

    assert.match(asked.text, /Why is it returned/);
    assert.match(unclear.text, /⚠/);
    assert.equal(played.last().view.input('Reason for the refund').value, 'Ordered by mistake, says the customer.');
    assert.equal(cancelled(played), 0);
  });

  it('is prepared by those who may not submit it, and keeps the reason when it is handed over', async () => {
    const world = createFakeWorld();
    world.partnerCenter.orders = [anOrder()];
    world.roles.set(sara.id, ['sales-agent']);
    const played = startFakeConversation(world);
    await played.says('cancel 1a2b3c4d5e6f', sara);
    const prepared = played.last().view;

    await played.presses('Hand over', { why: 'quantity' }, { who: sara });
    const handed = played.last().view;
    await played.presses('Cancel now', { reason: handed.input('Reason for the refund').value });

    assert.ok(!prepared.buttons.some((title) => title.startsWith('Cancel now')));
    assert.match(handed.text, /Prepared by Sara Wilk/);
    assert.equal(casesOf(played)[0]?.content.reason, 'The wrong quantity was ordered.');
    assert.equal(casesOf(played)[0]?.content.preparer?.name, 'Sara Wilk');
  });

  it('keeps what was filled in when it is saved for later', async () => {
    const played = await begun();

    await played.presses('Save for later', { why: 'other', reason: 'Half of a sen' });
    await played.presses('Resume');

    assert.equal(played.last().view.input('Reason for the refund').value, 'Half of a sen');
  });

  it('leads to a reminder that stands beside it', async () => {
    const played = await begun();

    await played.presses('Remind me');

    assert.equal(played.world.written.reminders.length, 1);
    assert.match(played.messages[0]?.view.text ?? '', /Cancel order/);
  });

  it('says who looked at the key', async () => {
    const world = createFakeWorld();
    const { id: orderId, customerId } = anOrder();
    for (const personName of ['Bert Lis', 'Ada Nowak', 'Bert Lis']) {
      const reveal = { personId: 'p', personName, customerId, orderId, what: 'key', item: 'Windows' } as const;
      await world.keyReveals.add([{ ...reveal, at: world.clock.now() }]);
    }

    const played = await begun({}, world);

    assert.match(
      played.last().view.text,
      /looked at here by Bert Lis: 2 × key, last on [^;]+; Ada Nowak: 1 × key, last on [^;]+\. The customer/,
    );
  });
});

describe('by ticket', () => {
  const contact = { contactEmail: 'ada@partner.example', contactPhone: '+48 22 123 45 67' };

  it('asks for what is not known only, and for nothing where all is', async () => {
    const played = await begun();
    await played.presses('By ticket', { why: 'twice' });
    const form = played.last().view;
    await played.presses('Review ticket', contact);
    await played.presses('Submit');
    played.world.partnerCenter.orders = [anOrder({ id: 'another', number: 'a1b2c3d4e5f6' })];

    await played.says('cancel a1b2c3d4e5f6');
    await played.presses('By ticket', { why: 'twice' });

    assert.match(form.text, /Two things are missing; the rest is filled in\./);
    assert.deepEqual(
      form.inputs.slice(0, 2).map(({ label }) => label),
      ['Contact e-mail', 'Contact phone'],
    );
    assert.match(played.last().view.text, /Please check the cancellation/);
  });

  it('takes a typed answer for the first thing that is missing, and asks for the next', async () => {
    const played = await begun();
    await played.presses('By ticket');

    await played.says('The customer ordered the wrong edition.');
    const email = played.last().view;
    await played.says('ada@partner.example');
    const phone = played.last().view;
    await played.says('+48 22 123 45 67');

    assert.match(email.text, /At which e-mail address/);
    assert.match(phone.text, /At which telephone number/);
    assert.match(played.last().view.text, /Please check the cancellation/);
    assert.match(played.last().view.text, /wrong edition/);
  });

  it('takes amounts as people write them, and gives a refused one back as it was typed', async () => {
    const played = await begun();
    await played.presses('By ticket', { why: 'twice' });

    await played.presses('Review ticket', { ...contact, amount: '1.2345,00' });
    const refused = played.last().view;
    await played.presses('Review ticket', { ...contact, amount: '1.000,00' });

    assert.equal(refused.input('Requested amount').value, '1.2345,00');
    assert.match(played.last().view.text, /Requested amount: 1,000\.00 EUR/);
  });

  it('is what is left after a refusal that its card shows, and only others are told of that', async () => {
    const played = await begun();
    played.world.partnerCenter.fail('cancel', outside('declined', { code: '3025', description: 'Too late.' }));

    await played.presses('Cancel now', { why: 'twice' });

    assert.match(
      played.last().view.text,
      /⚠ Partner Center did not cancel it at once\. .*Partner Center said: “Too late\. \(3025\)”/,
    );
    assert.equal(played.last().view.buttons[0], 'By ticket …');
    assert.equal(played.world.written.notices.length, 0);
  });
});

describe('the form of a ticket as a page', () => {
  const page = { tenantId: 't-1' };
  const answers = {
    reason: 'The customer ordered twice.',
    contactName: 'Ada Nowak',
    contactEmail: 'ada@partner.example',
    contactPhone: '+48 22 555 01 00',
  };
  async function withPages(): Promise<FakeConversation> {
    const world = createFakeWorld();
    world.partnerCenter.orders = [anOrder()];
    const played = startFakeConversation(world, { hasPages: true });
    await played.says('cancel 1a2b3c4d5e6f');
    await played.presses('By ticket');
    return played;
  }
  const openPage = (played: FakeConversation, who = aPerson()) =>
    played.presses('Form with files', {}, { opensDialog: true, who });

  it('is opened whatever is missing, and leaves the card as it is', async () => {
    const played = await withPages();
    const { edits } = played.last();

    const opened = await openPage(played);
    const shown = await played.presses('Form with files', {}, { isAutomatic: true, page });

    assert.ok(opened.kind === 'page');
    assert.match(opened.path, /^\/web\/ticket\?draft=[\w-]+$/);
    assert.equal(opened.title, 'Cancellation');
    assert.deepEqual([played.messages.length, played.last().edits], [1, edits]);
    assert.ok(shown.kind === 'card');
    assert.match(JSON.stringify(shown.card.content), /missing/);
    assert.equal(played.last().view.button('Form with files').associatedInputs, 'none');
  });

  it('goes on in the chat with what is pressed on the page, to its end', async () => {
    const played = await withPages();
    await openPage(played);

    await played.presses('Review ticket', answers, { page });
    const review = played.last().view;
    const opened = await openPage(played);
    await played.presses('Submit', {}, { page });

    assert.match(review.text, /Please check the cancellation/);
    assert.equal(opened.kind, 'page');
    assert.equal(played.messages.length, 1);
    assert.match(played.last().view.text, /SD-\w{6}/);
    assert.ok(!played.last().view.buttons.includes('Form with files'));
  });

  it('is opened to nobody but whose conversation it is', async () => {
    const played = await withPages();
    const other = { ...aPerson(), id: 'mia', name: 'Mia Meyer' };
    played.world.roles.set(other.id, ['admin-agent']);

    const opened = await openPage(played, other);

    assert.ok(opened.kind === 'text');
    assert.match(opened.text, /Ada Nowak/);
  });

  it('is the card where there are no pages, and where the press opens no dialog', async () => {
    const without = await begun();
    await without.presses('By ticket');
    assert.ok(!without.last().view.buttons.includes('Form with files'));
    const played = await withPages();

    const answered = await played.presses('Form with files');

    assert.equal(answered.kind, 'card');
    assert.match(played.last().view.text, /missing/);
  });
});

describe('a cancellation that another process has been asked for too', () => {
  it('is shown as it stands, where what was asked before it can no longer be met', async () => {
    const world = createFakeWorld();
    const played = await begun({}, world);
    const other = startFakeConversation(world);
    const question = played.last();
    const { order } = world.ordering;
    const reason = 'Ordered by mistake';
    let isPressed = false;
    Object.assign(world.ordering, {
      order: async (...asked: Parameters<typeof order>) => {
        // The twin is answered by the other process before this one reads the order.
        if (!isPressed) {
          isPressed = true;
          await other.presses('Cancel now', { reason }, { on: question });
        }
        return order(...asked);
      },
    });

    const answered = await played.presses('Cancel now', { reason }, { on: question });
    await played.idle();

    assert.equal(world.partnerCenter.count('cancel'), 1);
    const shown = viewOf(answered.kind === 'card' ? answered.card.content : {});
    assert.match(shown.text, /Cancellation SD-/);
    assert.equal(
      shown.buttons.some((title) => title.startsWith('Cancel now')),
      false,
    );
  });

  it('is told to whoever cancelled, where a colleague took the conversation up elsewhere in that moment', async () => {
    const world = createFakeWorld();
    const played = await begun({}, world);
    const question = played.last();
    const { sessions, kept } = world;
    const { close } = sessions;
    Object.assign(sessions, {
      async close(changes: Parameters<typeof close>[0]) {
        const before = kept.get(changes.draft.id);
        if (before && world.partnerCenter.count('cancel') > 0 && before.place.id !== 'elsewhere')
          kept.set(before.id, {
            ...{ ...before, ownerId: 'carl', ownerName: 'Carl Wilk', revision: before.revision + 1 },
            ...{ place: { id: 'elsewhere', kind: 'group' }, submissionId: 'another' },
            card: { placeId: 'elsewhere', messageId: 'theirs' },
          });
        return close(changes);
      },
    });

    const answered = await played.presses('Cancel now', { reason: 'Ordered by mistake' }, { on: question });
    await played.idle();

    assert.equal(world.partnerCenter.count('cancel'), 1);
    assert.match(viewOf(answered.kind === 'card' ? answered.card.content : {}).text, /Cancellation SD-/);
    assert.match(played.last().view.text, /Cancellation SD-/);
    assert.deepEqual(played.log, []);
  });

  it('is shown to a colleague who takes the conversation up in that moment, who gets no question any more', async () => {
    const world = createFakeWorld();
    const bert = aPerson({ id: '22222222-2222-4222-8222-222222222222', name: 'Bert Lis' });
    world.roles.set(bert.id, ['admin-agent']);
    const played = await begun({}, world);
    const question = played.last();
    await played.presses('Hand over');
    const inOtherProcess = startFakeConversation(world);
    const { sessions } = world;
    const { close } = sessions;
    let isCancelled = false;
    Object.assign(sessions, {
      async close(changes: Parameters<typeof close>[0]) {
        if (changes.draft.ownerId === bert.id && !isCancelled) {
          isCancelled = true;
          await inOtherProcess.presses('Cancel now', { reason: 'Ordered by mistake' }, { on: question });
        }
        return close(changes);
      },
    });
    await played.says('drafts', bert);

    await played.presses('Resume', {}, { who: bert });
    await Promise.all([played.idle(), inOtherProcess.idle()]);

    assert.equal(isCancelled, true);
    assert.equal(world.partnerCenter.count('cancel'), 1);
    assert.deepEqual(
      [...world.written.cases.values()].map(({ requesterId }) => requesterId),
      [aPerson().id],
    );
    const { view } = played.last();
    assert.match(view.text, /Cancellation SD-/);
    assert.deepEqual(
      view.buttons.filter((title) => /^(Cancel now|Submit)/.test(title)),
      [],
    );
    assert.deepEqual(played.log, []);
  });

  it('has one card to press, and no fault, where a button that begins it was pressed in two processes', async () => {
    const world = createFakeWorld();
    const played = await begun({}, world);
    await played.says('orders contoso');
    const list = played.last();
    const { sessions, kept } = world;
    const { close } = sessions;
    let isOvertaken = false;
    Object.assign(sessions, {
      async close(changes: Parameters<typeof close>[0]) {
        const before = kept.get(changes.draft.id);
        if (before && !isOvertaken) kept.set(before.id, { ...before, revision: before.revision + 1 });
        isOvertaken = true;
        return close(changes);
      },
    });

    const answered = await played.presses('Cancel', {}, { on: list });
    await played.idle();

    assert.doesNotMatch(JSON.stringify(answered), /went wrong/);
    assert.match(played.last().view.text, /^Cancel order 1a2b3c4d5e6f/);
    assert.equal([...kept.values()][0]?.card?.messageId, played.last().messageId);
  });

  it('keeps no button where it is discarded while an older press draws the question once more', async () => {
    const world = createFakeWorld();
    const played = await begun({}, world);
    const other = startFakeConversation(world);
    const older = played.last();
    await played.presses('By ticket', { reason: 'Ordered by mistake' });
    const question = played.last();
    const { open } = world.sessions;
    let isPressed = false;
    Object.assign(world.sessions, {
      async open(...asked: Parameters<typeof open>) {
        const found = await open(...asked);
        if (!isPressed) {
          isPressed = true;
          await other.presses('Discard', {}, { on: question });
        }
        return found;
      },
    });

    const answered = await played.presses('By ticket', {}, { on: older });
    await played.idle();

    const now = played.messages.find(({ messageId }) => messageId === question.messageId);
    assert.match(now?.view.text ?? '', /Discarded: /);
    assert.deepEqual(now?.view.buttons, []);
    assert.match(viewOf(answered.kind === 'card' ? answered.card.content : {}).text, /Discarded: /);
  });

  it('keeps no button where it ends while the question is drawn once more', async () => {
    const world = createFakeWorld();
    const played = await begun({}, world);
    const other = startFakeConversation(world);
    const question = played.last();
    const [{ order }, { open }] = [world.ordering, world.sessions];
    const reason = 'Ordered by mistake';
    let hasFailed = false;
    let isPressed = false;
    Object.assign(world.ordering, {
      async order(...asked: Parameters<typeof order>) {
        if (hasFailed) return order(...asked);
        hasFailed = true;
        throw outside('throttled');
      },
    });
    Object.assign(world.sessions, {
      async open(...asked: Parameters<typeof open>) {
        const found = await open(...asked);
        // Nobody was faster when this one looks; the other one is before it shows the question.
        if (hasFailed && !isPressed) {
          isPressed = true;
          await other.presses('Cancel now', { reason }, { on: question });
        }
        return found;
      },
    });

    const answered = await played.presses('Cancel now', { reason }, { on: question });
    await played.idle();

    const own = viewOf(answered.kind === 'card' ? answered.card.content : {});
    const now = played.messages.find(({ messageId }) => messageId === question.messageId);
    assert.equal(world.partnerCenter.count('cancel'), 1);
    for (const shown of [own, now?.view]) {
      assert.match(shown?.text ?? '', /Cancellation SD-/);
      assert.equal(
        shown?.buttons.some((title) => title.startsWith('Cancel now')),
        false,
      );
    }
  });
});
