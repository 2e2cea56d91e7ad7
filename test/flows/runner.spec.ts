import assert from 'node:assert/strict';
import { draftVersion } from '../../src/domain/drafts/draft.ts';
import { DeliveryError } from '../../src/domain/errors.ts';
import { anEntitlement, anOrder, aPerson, eur, outside } from '../support/fakes/samples.ts';
import { createFakeWorld } from '../support/fakes/world.ts';
import { type FakeConversation, startFakeConversation } from './fake-conversation.ts';

const ada = aPerson();

async function toReview(played: FakeConversation): Promise<void> {
  await played.says('buy contoso');
  await played.presses('Review order', { product: 'DG7GMGF0D5RK' });
  await played.presses('Review order', { quantity: '2' });
  assert.match(played.last().view.text, /Please check the order/);
}

describe('the runner', () => {
  it('does nothing for a card that a client refreshed by itself, and shows it as it is', async () => {
    const played = startFakeConversation();
    await toReview(played);
    const before = played.last();
    const [draft] = [...played.world.kept.values()];

    const answered = await played.presses('Confirm', {}, { isAutomatic: true });

    assert.equal(answered.kind, 'card');
    assert.deepEqual(played.last(), before);
    assert.deepEqual([...played.world.kept.values()], [draft]);
    assert.equal(played.world.partnerCenter.count('createCart'), 0);
  });

  it('says of a draft from before an update that it has to be begun again', async () => {
    const played = startFakeConversation();
    await toReview(played);
    for (const draft of [...played.world.kept.values()])
      played.world.kept.set(draft.id, { ...draft, version: draftVersion - 1 });

    const answered = await played.presses('Confirm');
    await played.says('2');

    assert.match(answered.kind === 'text' ? answered.text : '', /from before an update/);
    assert.match(played.last().view.text, /I did not understand "2"/);
    assert.equal(played.world.partnerCenter.count('createCart'), 0);
  });

  it('waits for the draft of a card that is pressed before another process has written it', async () => {
    const played = startFakeConversation();
    await toReview(played);
    const { kept, sessions } = played.world;
    const [draft] = [...kept.values()];
    const { open } = sessions;
    let looks = 0;
    if (draft) kept.delete(draft.id);
    Object.assign(sessions, {
      open(query: Parameters<typeof open>[0]) {
        looks += 1;
        if (looks === 2 && draft) kept.set(draft.id, draft);
        return open(query);
      },
    });

    const answered = await played.presses('Edit');

    assert.equal(answered.kind, 'card');
    assert.match(played.last().view.text, /how many, and how\?/);
  });

  it('begins once what two processes are handed at the same moment, and one card is left to press', async () => {
    const played = startFakeConversation();

    await Promise.all([played.sends({ text: 'buy contoso' }, 'one'), played.sends({ text: 'buy contoso' }, 'one')]);
    await played.idle();

    const cards = played.messages.map(({ view }) => view);
    const drafts = [...played.world.kept.values()];
    assert.equal(drafts.length, 1);
    assert.equal(cards.length, 2);
    assert.equal(cards.filter(({ buttons }) => buttons.includes('Review order')).length, 1);
    assert.match(cards.find(({ buttons }) => buttons.length === 0)?.text ?? '', /the other card counts/);
    await played.presses(
      'Review order',
      { product: 'DG7GMGF0D5RK' },
      { on: played.messages.find(({ view }) => view.buttons.includes('Review order')) },
    );
    assert.match(played.last().view.text, /how many, and how\?/);
  });

  it('does not say that anything is kept of a conversation that could not begin', async () => {
    const played = startFakeConversation();
    played.world.partnerCenter.fail('searchCustomers', outside('unreachable'));
    await played.says('buy contoso');
    const away = played.last().view.text;
    played.world.partnerCenter.fail('searchCustomers', new Error('a bug'));
    await played.says('buy contoso');
    const fault = played.last().view.text;

    assert.match(away, /Partner Center does not answer at the moment\nNothing was begun; please try again in a minute/);
    assert.match(fault, /Something went wrong on our side; nothing was begun\nPlease try again/);
    for (const text of [away, fault]) assert.doesNotMatch(text, /is kept/);
    assert.deepEqual([...played.world.kept.values()], []);
  });

  it('asks for the right at each answer, as it is now', async () => {
    const played = startFakeConversation();
    await toReview(played);
    played.world.roles.set(ada.id, ['helpdesk-agent']);

    const pressed = await played.presses('Edit');
    const shown = played.messages.length;
    await played.says('back');

    assert.match(pressed.kind === 'text' ? pressed.text : '', /You may not prepare an order/);
    assert.equal(played.messages.length, shown + 1);
    assert.match(played.last().view.text, /You may not prepare an order/);
  });

  it('keeps the question when its next one cannot be drawn', async () => {
    const played = startFakeConversation();
    await played.says('buy contoso');
    played.world.partnerCenter.fail('availabilities', new Error('a fault of ours'));

    await played.presses('Review order', { product: 'DG7GMGF0D5RK' });
    const told = played.last().view;
    await played.presses('Review order', { product: 'DG7GMGF0D5RK' });

    assert.match(told.text, /Buy for Contoso/);
    assert.match(told.text, /⚠ Something went wrong on our side/);
    assert.match(played.last().view.text, /how many, and how\?/);
  });

  it('gives the person a number under which the log has the reason', async () => {
    const played = startFakeConversation();
    await played.says('buy contoso');
    played.world.partnerCenter.fail('availabilities', new Error('a fault of ours'));

    await played.presses('Review order', { product: 'DG7GMGF0D5RK' });

    const [, number] = played.last().view.text.match(/reference: ([\w-]+)/) ?? [];
    const entry = played.log.find(({ level }) => level === 'error');
    assert.equal(entry?.facts.turnId, number);
    assert.match(String(entry?.facts.err), /a fault of ours/);
  });

  it('answers the one who pressed also when the card can no longer be edited', async () => {
    const played = startFakeConversation();
    await played.says('buy contoso');
    played.loseEdits();

    const answered = await played.presses('Review order', { product: 'DG7GMGF0D5RK' });

    assert.equal(answered.kind, 'card');
    assert.ok(played.log.some(({ text }) => text === 'a card could not be updated'));
  });

  it('sends the card anew where Teams takes no edits, and goes on with that one', async () => {
    const played = startFakeConversation();
    await played.says('buy contoso');
    const lost = played.last();
    played.loseEdits();

    await played.presses('Review order', { product: 'DG7GMGF0D5RK' });
    await played.idle();
    const sent = played.last();
    const [draft] = [...played.world.kept.values()];

    assert.notEqual(sent.messageId, lost.messageId);
    assert.match(sent.view.text, /how many, and how\?/);
    assert.equal(draft?.card?.messageId, sent.messageId);
    assert.equal(played.messages.length, 2);
  });

  it('says what is so where Teams did not tell whether it took the answer, and goes on', async () => {
    const played = startFakeConversation();
    played.plan(new DeliveryError('unsure', { status: 502 }));

    await played.says('buy contoso');
    const [question] = played.messages;
    const told = played.last().view.text;
    if (question) await played.presses('Review order', { product: 'DG7GMGF0D5RK' }, { on: question });

    assert.equal(played.messages.length, 2);
    assert.match(told, /did not tell me whether you can see my answer\. If you do not, please ask again/);
    assert.doesNotMatch(told, /went wrong|nothing was begun/);
    assert.match(played.messages[0]?.view.text ?? '', /how many, and how\?/);
    assert.deepEqual(played.log, []);
  });

  it('settles for everybody what stood there without an id that Teams told, when it is pressed after the end', async () => {
    const played = startFakeConversation();
    played.plan(new DeliveryError('unsure', { status: 502 }));
    await played.says('buy 2 windows server 2022 standard 16 core for contoso');
    const [lost] = played.messages;
    await played.says('edit');
    await played.presses('Review order', { quantity: '2' });
    await played.presses('Confirm');
    const shown = played.last().messageId;

    if (lost) await played.presses('Confirm', {}, { on: lost });

    assert.notEqual(shown, lost?.messageId);
    for (const at of [lost?.messageId, shown]) {
      const view = played.messages.find(({ messageId }) => messageId === at)?.view;
      assert.match(view?.text ?? '', /^Ordered: 2 ×/);
      assert.deepEqual(view?.buttons, []);
    }
    assert.equal(played.world.written.orderSubmissions.size, 1);
  });

  it('understands what is typed as the answer to a question that perhaps did not arrive', async () => {
    const played = startFakeConversation();
    played.plan(new DeliveryError('unsure', { status: 502 }));

    await played.says('buy contoso');
    await played.says('Windows Server 2022');

    assert.match(played.last().view.text, /how many, and how\?/);
  });

  it('brings up to date what stands there without an id that Teams told, also for a typed answer', async () => {
    const played = startFakeConversation();
    await played.says('buy contoso');
    played.plan('no-id');

    await played.says('Windows Server 2022');
    const [, terms] = played.messages;
    if (terms) await played.presses('Review order', { quantity: '2' }, { on: terms });

    assert.equal(played.messages.length, 2);
    assert.match(played.messages[1]?.view.text ?? '', /Please check the order/);
  });

  it('sends nothing after a message that the place does not take, and keeps the question', async () => {
    const played = startFakeConversation();
    const refused = new DeliveryError('refused', { status: 403, code: 'BotDisabledByAdmin', hasReason: true });
    played.plan(refused, refused);

    await played.says('help');
    await played.says('buy contoso');
    await played.says('Windows Server 2022');

    assert.equal(played.messages.length, 1);
    assert.match(played.last().view.text, /how many, and how\?/);
    assert.deepEqual(played.log, []);
  });

  it('says in a sentence that Teams did not take a card', async () => {
    const played = startFakeConversation();
    played.plan(new DeliveryError('final', { status: 413, code: 'MessageSizeTooBig' }));

    await played.says('help');

    assert.match(played.last().view.text, /Teams did not take my answer\nPlease try again/);
    assert.equal(played.messages.length, 1);
  });

  it('says that it cannot read a file, and does not take it for the answer to a question', async () => {
    const played = startFakeConversation();
    await played.says('buy contoso');
    const question = played.last();

    await played.sends({ unread: 'file' });
    const told = played.last().view.text;
    await played.presses('Review order', { product: 'DG7GMGF0D5RK' }, { on: question });

    assert.match(told, /I cannot read files\nPlease type what you want/);
    assert.match(played.messages[0]?.view.text ?? '', /how many, and how\?/);
  });

  it('acts on a message that was corrected, if it was not acted on before', async () => {
    const played = startFakeConversation();
    await played.sends({ text: 'byu contoso' }, 'the message');
    await played.sends({ text: 'buy contoso', isChanged: true }, 'the message');

    assert.match(played.last().view.text, /Buy for Contoso/);
  });

  it('does nothing twice when a message was changed, and says so', async () => {
    const played = startFakeConversation();
    await played.sends({ text: 'buy contoso' }, 'the message');
    await played.sends({ text: 'buy Contoso', isChanged: true }, 'the message');
    const told = played.last().view.text;
    await played.sends({ text: 'Windows Server 2022', isChanged: true }, 'another message');

    for (const text of [told, played.last().view.text]) assert.match(text, /Please type it again, as a new message/);
    assert.equal(played.world.kept.size, 1);
    assert.match(played.messages[0]?.view.text ?? '', /Buy for Contoso/);
  });

  it('writes over no card of another conversation, whatever message the client names', async () => {
    const played = startFakeConversation();
    await played.says('buy contoso');
    await played.says('Windows Server 2022');
    await played.says('orders contoso');
    const [question, , orders] = played.messages;
    if (!question || !orders) assert.fail('three cards were to be there');

    const outdated = { ...question, view: played.messages[1]?.view ?? question.view };
    await played.presses('Review order', { quantity: '2' }, { on: outdated, named: orders.messageId });
    await played.presses('Review order', { quantity: '2' }, { on: outdated, named: orders.messageId });

    const textOf = (id: string) => played.messages.find(({ messageId }) => messageId === id)?.view.text ?? '';
    assert.equal(textOf(orders.messageId), orders.view.text);
    assert.match(textOf(played.messages[1]?.messageId ?? ''), /Please check the order/);
  });

  it('leaves no button on older cards of a conversation that is over', async () => {
    const played = startFakeConversation();
    await played.says('buy contoso');
    await played.says('Windows Server 2022');
    await played.says('2');
    const review = played.last();
    await played.says('drafts');
    await played.says('back');
    await played.presses('Discard');
    await played.idle();

    const left = played.messages.filter(({ view }) => view.buttons.some((title) => title.startsWith('Confirm')));
    assert.match(review.view.text, /Please check the order/);
    assert.deepEqual(
      left.map(({ view }) => view.text),
      [],
    );
  });

  it('shows a key on the card that counts only, which is the one that is hidden', async () => {
    const world = createFakeWorld();
    world.partnerCenter.orders = [anOrder()];
    world.partnerCenter.entitlements = [anEntitlement()];
    const played = startFakeConversation(world);
    Object.assign(played.place, { kind: 'personal' });
    await played.says('keys 1a2b3c4d5e6f');
    const older = played.last();
    const [draft] = [...world.kept.values()];
    if (!draft?.card) assert.fail('there was to be a card');
    // As two deliveries of the same words at once leave it.
    world.kept.set(draft.id, { ...draft, card: { ...draft.card, messageId: 'newer' }, formerCards: [draft.card] });
    const notInChats = () => played.plan(new DeliveryError('final', { code: 'NotInChats' }));
    notInChats();
    const onOlder = await played.presses('Get key', {}, { on: older });
    notInChats();
    const onNewer = await played.presses('Get key', {}, { on: older, named: 'newer' });

    assert.deepEqual([onOlder.kind, onNewer.kind], ['text', 'secret']);
    assert.equal(world.partnerCenter.count('productKey'), 1);
  });

  it('sends the card anew where neither Teams nor the client says which message it is', async () => {
    const played = startFakeConversation();
    played.plan('no-id');
    await played.says('buy contoso');

    await played.presses('Review order', { product: 'DG7GMGF0D5RK' }, { named: null });
    await played.idle();

    assert.equal(played.messages.length, 2);
    assert.match(played.last().view.text, /how many, and how\?/);
    await played.presses('Review order', { quantity: '2' }, { named: null });
    assert.match(played.last().view.text, /Please check the order/);
  });

  it('lets nothing be changed about what was submitted before the process died', async () => {
    const played = startFakeConversation();
    await toReview(played);
    const [draft] = [...played.world.kept.values()];
    await played.world.orderSubmissions.insertOnce({
      submissionId: draft?.submissionId ?? '',
      state: 'accepted',
      content: {
        customerId: 'cccccccc-0000-4000-8000-000000000001',
        customerName: 'Contoso',
        item: {
          productId: 'DG7GMGF0D5RK',
          skuId: '0001',
          segment: 'commercial',
          quantity: 2,
          billingCycle: 'one_time',
        },
        itemTitle: 'Windows Server 2022',
        unitPrice: eur(500),
        total: eur(1000),
        isAttested: false,
      },
      personId: ada.id,
      personName: ada.name,
      placeId: played.place.id,
      isPrivate: false,
      orderIds: [],
      createdAt: played.world.clock.now(),
    });
    const review = played.last();

    await played.says('back');
    const typed = played.last().view;
    const answered = await played.presses('Edit', {}, { on: review });
    await played.says('drafts');

    assert.match(typed.text, /The order is being placed/);
    assert.equal(answered.kind, 'card');
    assert.match(
      played.messages.find(({ messageId }) => messageId === review.messageId)?.view.text ?? '',
      /The order is being placed/,
    );
    assert.match(played.last().view.text, /You have no drafts/);
  });

  it('tells the presser alone, in a message, what was refused after the answer had been due', async () => {
    const world = createFakeWorld();
    const played = startFakeConversation(world);
    await toReview(played);
    const card = played.last();
    const rolesOf = world.staff.rolesOf.bind(world.staff);
    const isAnswered = Promise.withResolvers<void>();
    Object.assign(world.staff, {
      rolesOf: async (...args: Parameters<typeof rolesOf>) => {
        await isAnswered.promise;
        world.roles.set(ada.id, []);
        return rolesOf(...args);
      },
    });

    const answered = await played.presses('Edit');
    isAnswered.resolve();
    await played.idle();

    assert.match(answered.kind === 'text' ? answered.text : '', /Still working/);
    assert.match(played.last().view.text, /You may not prepare an order/);
    assert.equal(played.last().onlyFor, ada.id);
    assert.deepEqual(
      played.messages.find(({ messageId }) => messageId === card.messageId),
      card,
    );
  });

  it('lets somebody take over what was handed over, once', async () => {
    const played = startFakeConversation();
    const bert = aPerson({ id: '22222222-2222-4222-8222-222222222222', name: 'Bert Lis' });
    const carl = aPerson({ id: '33333333-3333-4333-8333-333333333333', name: 'Carl Wilk' });
    for (const one of [bert, carl]) played.world.roles.set(one.id, ['admin-agent']);
    played.world.roles.set(ada.id, ['sales-agent']);
    await toReview(played);
    await played.presses('Hand over');

    await played.presses('Edit', {}, { who: bert });
    const answered = await played.presses('Review order', { quantity: '3' }, { who: carl });
    await played.says('4', bert);

    assert.match(answered.kind === 'text' ? answered.text : '', /This belongs to Bert Lis/);
    assert.match(played.last().view.text, /Quantity: 4/);
  });

  it('says that nothing was shown where the look could not be recorded, and leaves the reason in the log', async () => {
    const played = startFakeConversation();
    played.world.partnerCenter.orders.push(anOrder());
    played.world.partnerCenter.entitlements.push(anEntitlement());
    await played.says('keys 1a2b3c4d5e6f');
    const card = played.last();
    played.world.breakDown('keyReveals');

    await played.presses('Get key', {}, { on: card });

    const shown = played.messages.find(({ messageId }) => messageId === card.messageId)?.view;
    assert.match(shown?.text ?? '', /⚠ Nothing was shown: .* Every look is recorded first, so nothing was fetched/);
    assert.ok(shown?.buttons.includes('Get key'));
    assert.equal(played.world.partnerCenter.count('productKey'), 0);
    assert.match(String(played.log.find(({ level }) => level === 'error')?.facts.err), /the database is gone/);
  });

  describe('while the outside works', () => {
    const cardOf = (played: FakeConversation, { messageId }: { readonly messageId: string }) =>
      played.messages.find((one) => one.messageId === messageId)?.view ?? assert.fail('no such card');

    /** What the card shows when Partner Center is asked for the cart. */
    async function seenMeanwhile(
      played: FakeConversation,
      act: () => Promise<unknown>,
      failure?: Error,
    ): Promise<ReturnType<typeof cardOf>> {
      const card = played.last();
      const { createCart } = played.world.ordering;
      let seen: ReturnType<typeof cardOf> | undefined;
      Object.assign(played.world.ordering, {
        createCart: (...args: Parameters<typeof createCart>) => {
          seen = cardOf(played, card);
          return failure ? Promise.reject(failure) : createCart(...args);
        },
      });
      await act();
      return seen ?? assert.fail('Partner Center was not asked');
    }

    it('the card says what is under way and has nothing to press, and then how it ended', async () => {
      const played = startFakeConversation();
      await toReview(played);

      const busy = await seenMeanwhile(played, () => played.presses('Confirm'));

      assert.match(busy.text, /Working on it … Partner Center is asked to place the order/);
      assert.deepEqual(busy.buttons, []);
      assert.match(played.last().view.text, /Ordered: 2 ×/);
    });

    it('says that it goes on where it failed after it had been written down', async () => {
      const played = startFakeConversation();
      await toReview(played);

      const busy = await seenMeanwhile(played, () => played.presses('Confirm'), new Error('a fault of ours'));

      assert.deepEqual(busy.buttons, []);
      assert.match(played.last().view.text, /The order is being placed/);
      assert.deepEqual(
        played.log.map(({ text }) => text),
        ['a turn failed'],
      );
    });

    it('brings the buttons back, with the reason, where it failed before', async () => {
      const played = startFakeConversation();
      await toReview(played);
      played.world.breakDown('orderSubmissions');

      await played.presses('Confirm');

      assert.match(played.last().view.text, /⚠ Something went wrong on our side/);
      assert.ok(played.last().view.buttons.some((title) => title.startsWith('Confirm')));
    });

    it('leaves a way back on the card where the database stays away', async () => {
      const played = startFakeConversation();
      await toReview(played);
      const before = played.last();
      const { open } = played.world.sessions;
      let reads = 0;
      Object.assign(played.world.sessions, {
        open: (...asked: Parameters<typeof open>) => {
          reads += 1;
          return reads === 1 ? open(...asked) : Promise.reject(new Error('canceling statement due to lock timeout'));
        },
      });
      played.world.breakDown('orderSubmissions');

      await played.presses('Confirm');

      const { view } = played.last();
      assert.match(view.text, /Something went wrong on our side/);
      assert.deepEqual(view.buttons, ['Resume', 'Discard']);
      Object.assign(played.world.sessions, { open });
      await played.presses('Resume');
      assert.deepEqual(played.last().view.buttons, before.view.buttons);
    });

    it('brings the buttons back for whoever may, where the presser was told no', async () => {
      const played = startFakeConversation();
      const bert = aPerson({ id: '22222222-2222-4222-8222-222222222222', name: 'Bert Lis' });
      played.world.roles.set(bert.id, ['admin-agent']);
      played.world.roles.set(ada.id, ['sales-agent']);
      await toReview(played);
      await played.presses('Hand over');
      const before = played.last();
      Object.assign(played.world.catalog, { availabilities: async () => [] });

      const answered = await played.presses('Confirm', {}, { who: bert });

      assert.equal(answered.kind, 'text');
      assert.ok(played.last().edits > before.edits);
      assert.deepEqual(played.last().view.json, before.view.json);
    });
  });
});
