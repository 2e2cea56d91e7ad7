import assert from 'node:assert/strict';
import type { Draft } from '../../src/domain/drafts/draft.ts';
import { DeliveryError } from '../../src/domain/errors.ts';
import { anOrderSubmission, aPerson } from '../support/fakes/samples.ts';
import { waitUntil } from '../support/wait-until.ts';
import { type FakeConversation, startFakeConversation } from './fake-conversation.ts';

const ada = aPerson();
const bert = aPerson({ id: '22222222-2222-4222-8222-222222222222', name: 'Bert Lis' });
const carl = aPerson({ id: '33333333-3333-4333-8333-333333333333', name: 'Carl Wilk' });

async function handedOver(): Promise<FakeConversation> {
  const played = startFakeConversation();
  for (const one of [bert, carl]) played.world.roles.set(one.id, ['admin-agent']);
  played.world.roles.set(ada.id, ['sales-agent']);
  await played.says('buy contoso');
  await played.presses('Review order', { product: 'DG7GMGF0D5RK' });
  await played.presses('Review order', { quantity: '2' });
  await played.presses('Hand over');
  return played;
}

async function draftOf({ world }: FakeConversation): Promise<Draft | undefined> {
  return [...world.kept.values()].find(({ flow }) => flow === 'buy');
}

describe('a draft that was handed over', () => {
  it('remembers who prepared it once somebody else goes on with it', async () => {
    const played = await handedOver();
    const before = await draftOf(played);

    await played.presses('Edit', {}, { who: bert });

    const after = await draftOf(played);
    assert.equal(before?.preparer, undefined);
    assert.deepEqual([after?.ownerId, after?.preparer], [bert.id, { id: ada.id, name: ada.name }]);
  });

  it('remembers the first one, however often it is handed over', async () => {
    const played = await handedOver();
    played.world.roles.set(bert.id, ['sales-agent']);
    await played.presses('Edit', {}, { who: bert });
    await played.presses('Review order', { quantity: '3' }, { who: bert });
    await played.presses('Hand over', {}, { who: bert });

    await played.presses('Confirm', {}, { who: carl });

    const [submission] = played.world.written.orderSubmissions.values();
    assert.deepEqual([submission?.personId, submission?.content.preparer], [carl.id, { id: ada.id, name: ada.name }]);
    assert.match(played.last().view.text, /Ordered by: Carl Wilk\nPrepared by: Ada Nowak/);
  });

  it('names no preparer where who prepared it confirms it in the end', async () => {
    const played = await handedOver();
    played.world.roles.set(bert.id, ['sales-agent']);
    await played.presses('Edit', {}, { who: bert });
    await played.presses('Review order', { quantity: '3' }, { who: bert });
    await played.presses('Hand over', {}, { who: bert });
    played.world.roles.set(ada.id, ['admin-agent']);

    await played.presses('Confirm', {}, { who: ada });

    const [submission] = played.world.written.orderSubmissions.values();
    assert.equal(submission?.content.preparer, undefined);
    assert.doesNotMatch(played.last().view.text, /Prepared by/);
  });

  /** Another process goes on with the draft, so that what this one is about to write comes too late. */
  function overtake(
    { world }: FakeConversation,
    isNow: (changes: { draft: Draft }) => boolean,
    goOn: Partial<Draft>,
    times = 1,
  ): void {
    const { sessions, kept } = world;
    const { close } = sessions;
    let left = times;
    Object.assign(sessions, {
      async close(changes: Parameters<typeof close>[0]) {
        const before = kept.get(changes.draft.id);
        if (before && left > 0 && isNow(changes)) {
          left -= 1;
          kept.set(before.id, { ...before, ...goOn, revision: before.revision + 1 });
        }
        return close(changes);
      },
    });
  }

  it('leaves nothing to press on a card that was sent while another process went on', async () => {
    const discarded: Partial<Draft> = { settled: { content: {}, summary: 'Discarded', isDiscarded: true } };
    for (const goOn of [{}, discarded]) {
      const played = startFakeConversation();
      played.world.roles.set(bert.id, ['admin-agent']);
      await played.says('help', bert);
      played.world.roles.set(ada.id, ['sales-agent']);
      played.world.people.set(bert.id, {
        ...{ personId: bert.id, name: bert.name, channelUserId: '29:bert', serviceUrl: 'https://teams.example' },
        ...{ tenantId: 'tenant', bot: { id: '28:bot', name: 'Software Desk' } },
      });
      await played.says('buy contoso');
      await played.presses('Review order', { product: 'DG7GMGF0D5RK' });
      await played.presses('Review order', { quantity: '2' });
      const asked = played.last();
      overtake(played, ({ draft }) => draft.isHandedOver && draft.card?.messageId !== asked.messageId, goOn);

      await played.presses('Hand over');
      await played.idle();

      const sent = played.last();
      assert.notEqual(sent.messageId, asked.messageId);
      assert.match(sent.view.text, 'settled' in goOn ? /Discarded: Buy/ : /the other card counts/);
      assert.deepEqual(sent.view.buttons, []);
    }
  });

  for (const isOvertaken of [false, true])
    it(`shows on all cards how it ended where Teams did not say that it had taken one${isOvertaken ? ', and another process was faster' : ''}`, async () => {
      const played = startFakeConversation();
      played.world.roles.set(bert.id, ['admin-agent']);
      played.world.roles.set(ada.id, ['sales-agent']);
      played.world.people.set(bert.id, {
        ...{ personId: bert.id, name: bert.name, channelUserId: '29:bert', serviceUrl: 'https://teams.example' },
        ...{ tenantId: 'tenant', bot: { id: '28:bot', name: 'Software Desk' } },
      });
      await played.says('buy 2 windows server 2022 standard 16 core for contoso');
      const asked = played.last();
      played.plan(new DeliveryError('unsure', { status: 502 }));
      if (isOvertaken) overtake(played, ({ draft }) => draft.hasUnknownCard === true, {});
      await played.presses('Hand over');
      await played.idle();
      const lost = played.last();
      assert.notEqual(lost.messageId, asked.messageId);

      await played.presses('Confirm', {}, { who: bert, on: lost });

      for (const { view } of played.messages) {
        assert.match(view.text, /^Ordered: 2 ×/);
        assert.deepEqual(view.buttons, []);
      }
    });

  it('shows how it ended also where another process was faster and others press before that is read', async () => {
    const played = await handedOver();
    const { ordering, sessions } = played.world;
    const isAnswered = Promise.withResolvers<void>();
    const isTold = Promise.withResolvers<void>();
    const { open } = sessions;
    Object.assign(sessions, {
      async open(query: Parameters<typeof open>[0]) {
        if (query.personId === carl.id) await isTold.promise;
        return open(query);
      },
    });
    const { checkout } = ordering;
    Object.assign(ordering, {
      async checkout(...asked: Parameters<typeof checkout>) {
        await isAnswered.promise;
        return checkout(...asked);
      },
    });
    const review = played.last();
    const theirs = { ...review, messageId: 'theirs' };
    played.messages.push(theirs);
    const { placeId, messageId } = theirs;
    overtake(played, ({ draft }) => draft.ownerId === bert.id, { card: { placeId, messageId } });

    const answered = await played.presses('Confirm', {}, { who: bert, on: review });
    const other = played.presses('Confirm', {}, { who: carl, on: review });
    isAnswered.resolve();
    await waitUntil(() => /still being worked on/.test(played.last().view.text), 'that others are at it');
    isTold.resolve();
    await other;
    await played.idle();

    assert.match(answered.kind === 'text' ? answered.text : '', /Still working/);
    for (const id of [review.messageId, messageId]) {
      const now = played.messages.find((one) => one.messageId === id);
      assert.match(now?.view.text ?? '', /^Ordered: 2 ×/, id);
    }
  });

  it('shows how it ended on a card that was sent while another process ordered it, which writes once more', async () => {
    const played = startFakeConversation();
    const { world } = played;
    world.roles.set(ada.id, ['sales-agent']);
    world.roles.set(bert.id, ['admin-agent']);
    world.people.set(bert.id, {
      ...{ personId: bert.id, name: bert.name, channelUserId: '29:bert', serviceUrl: 'https://teams.example' },
      ...{ tenantId: 'tenant', bot: { id: '28:bot', name: 'Software Desk' } },
    });
    await played.says('buy 2 windows server 2022 standard 16 core for contoso');
    const asked = played.last();
    const isSent = ({ draft }: { draft: Draft }): boolean => draft.card?.messageId !== asked.messageId;
    overtake(played, (changes) => isSent(changes) || changes.draft.settled !== undefined, {}, 2);
    const { close } = world.sessions;
    let isOrdered = false;
    Object.assign(world.sessions, {
      async close(changes: Parameters<typeof close>[0]) {
        if (isSent(changes) && !isOrdered) {
          isOrdered = true;
          const { submissionId = '' } = changes.draft;
          await world.orderSubmissions.insertOnce(anOrderSubmission({ submissionId, personId: bert.id }));
        }
        return close(changes);
      },
    });

    await played.presses('Hand over');
    await played.idle();

    const sent = played.last();
    assert.notEqual(sent.messageId, asked.messageId);
    assert.match(sent.view.text, /The order is being placed/);
    assert.deepEqual(played.log, []);
  });

  it('leaves nothing to press on the card of another process that was faster with what was typed', async () => {
    const played = startFakeConversation();
    await played.says('buy contoso');
    await played.presses('Review order', { product: 'DG7GMGF0D5RK' });
    const asked = played.last();
    const theirs = { ...asked, messageId: 'theirs' };
    played.messages.push(theirs);
    overtake(played, () => true, { card: { placeId: theirs.placeId, messageId: theirs.messageId } });

    await played.says('2');
    await played.idle();

    const now = played.messages.find(({ messageId }) => messageId === theirs.messageId);
    assert.notDeepEqual(theirs.view.buttons, []);
    assert.match(now?.view.text ?? '', /the other card counts/);
    assert.deepEqual(now?.view.buttons, []);
    assert.notDeepEqual(played.last().view.buttons, []);
  });

  it('has one card to press where another process was faster once more while that was shown', async () => {
    const played = startFakeConversation();
    await played.says('buy contoso');
    await played.presses('Review order', { product: 'DG7GMGF0D5RK' });
    overtake(played, () => true, {}, 2);

    await played.says('2');
    await played.idle();

    const [draft] = played.world.kept.values();
    const withButtons = played.messages.filter(({ view }) => view.buttons.length > 0);
    assert.deepEqual(played.log, []);
    assert.deepEqual(
      withButtons.map(({ messageId }) => messageId),
      [draft?.card?.messageId],
    );
  });

  it('says nothing of what goes on in private on an older card that everybody sees', async () => {
    const played = startFakeConversation();
    await played.says('buy contoso');
    const everybodys = played.last();
    const draft = await draftOf(played);
    if (!draft) throw new Error('nothing was begun');
    assert.match(draft.title ?? '', /Contoso/);
    const own = { ...everybodys, messageId: 'own', onlyFor: ada.id };
    played.messages.push(own);
    const { placeId, messageId } = everybodys;
    played.world.kept.set(draft.id, {
      ...{ ...draft, isPrivate: true, card: { placeId, messageId: own.messageId, onlyFor: ada.id } },
      formerCards: [{ placeId, messageId }],
    });

    await played.presses('Discard', {}, { on: own });
    await played.idle();

    const now = played.messages.find((one) => one.messageId === messageId);
    assert.deepEqual(now?.view.buttons, []);
    assert.doesNotMatch(now?.view.text ?? '', /Contoso/);
  });

  it('leaves nothing to press on the card that was sent for it, where it was confirmed in the same moment', async () => {
    const played = await handedOver();
    played.world.roles.set(ada.id, ['admin-agent']);
    const asked = played.last();
    const theirs = { ...asked, messageId: 'theirs' };
    played.messages.push(theirs);
    overtake(played, () => true, { card: { placeId: theirs.placeId, messageId: theirs.messageId } });

    await played.presses('Confirm', {}, { who: ada, on: asked });
    await played.idle();

    const now = played.messages.find(({ messageId }) => messageId === theirs.messageId);
    assert.equal(played.world.written.orderSubmissions.size, 1);
    assert.deepEqual(
      now?.view.buttons.filter((title) => /^Confirm/.test(title)),
      [],
    );
    assert.match(now?.view.text ?? '', /Ordered: /);
  });

  it('tells whoever has confirmed it what has become of it, though somebody else took it up elsewhere in that moment', async () => {
    const played = await handedOver();
    const carls: Partial<Draft> = {
      ...{ ownerId: carl.id, ownerName: carl.name, isHandedOver: false, submissionId: 'another' },
      ...{ place: { id: 'elsewhere', kind: 'group' }, card: { placeId: 'elsewhere', messageId: 'theirs' } },
    };
    overtake(played, ({ draft }) => draft.settled !== undefined, carls);

    const answer = await played.presses('Confirm', {}, { who: bert });
    await played.idle();

    assert.equal(played.world.written.orderSubmissions.size, 1);
    assert.match(JSON.stringify(answer), /Ordered: /);
    assert.doesNotMatch(JSON.stringify(answer), /goes on with this/);
    assert.match(played.last().view.text, /Ordered: /);
    assert.deepEqual(played.log, []);
  });

  it('is not touched by what its former owner types while somebody else takes it over', async () => {
    const played = await handedOver();
    await played.presses('Edit', {}, { who: ada });
    const { sessions, kept } = played.world;
    const { close } = sessions;
    const draft = await draftOf(played);
    let isTaken = false;
    Object.assign(sessions, {
      async close(changes: Parameters<typeof close>[0]) {
        if (draft && !isTaken) {
          const { revision } = draft;
          const bertsNow = { ownerId: bert.id, ownerName: bert.name, isHandedOver: false, revision: revision + 1 };
          kept.set(draft.id, { ...draft, ...bertsNow });
        }
        isTaken = true;
        return close(changes);
      },
    });

    await played.says('discard', ada);

    const after = await draftOf(played);
    assert.equal(after?.settled, undefined);
    assert.equal(after?.ownerId, bert.id);
    assert.match(played.last().view.text, /This belongs to Bert Lis/);
  });

  it('is still read where it was stored before preparers were remembered', async () => {
    const played = await handedOver();
    const stored = await draftOf(played);
    assert.ok(stored && !('preparer' in stored));

    await played.presses('Confirm', {}, { who: bert });

    assert.match(played.last().view.text, /Ordered by: Bert Lis\nPrepared by: Ada Nowak/);
  });

  it('says who goes on with it, where somebody else resumes it', async () => {
    const played = await handedOver();
    const before = played.last();

    await played.says('drafts', bert);
    await played.presses('Resume', {}, { who: bert });

    const old = played.messages.find(({ messageId }) => messageId === before.messageId);
    assert.match(old?.view.text ?? '', /Bert Lis goes on with it\./);
  });

  it('in a personal chat is told to each admin agent by a notice, once, however often the press arrives', async () => {
    const played = startFakeConversation();
    played.world.roles.set(bert.id, ['admin-agent']);
    played.world.roles.set(ada.id, ['sales-agent']);
    Object.assign(played.place, { kind: 'personal' });
    await played.says('buy contoso');
    await played.presses('Review order', { product: 'DG7GMGF0D5RK' });
    await played.presses('Review order', { quantity: '2' });
    const { sessions } = played.world;
    const { close } = sessions;
    // The process dies once the notices are written.
    Object.assign(sessions, {
      close: (changes: Parameters<typeof close>[0]) =>
        changes.draft.isTold ? Promise.reject(new Error('killed')) : close(changes),
    });
    const review = played.last();
    await played.presses('Hand over');
    Object.assign(sessions, { close });

    await played.presses('Hand over', {}, { on: review });

    assert.deepEqual(
      played.world.written.notices.map(({ kind, target, state }) => [kind, target.id, state]),
      [['draft-handed-over', bert.id, 'due']],
    );
    assert.match(played.last().view.text, /Handed over: Buy .*[\s\S]*I tell them/);
  });

  it('in a channel is told to each admin agent too, once', async () => {
    const played = startFakeConversation();
    for (const one of [bert, carl]) played.world.roles.set(one.id, ['admin-agent']);
    played.world.roles.set(ada.id, ['sales-agent']);
    await played.says('buy contoso');
    await played.presses('Review order', { product: 'DG7GMGF0D5RK' });
    await played.presses('Review order', { quantity: '2' });
    const review = played.last();

    await played.presses('Hand over');
    await played.presses('Hand over', {}, { on: review });

    assert.deepEqual(
      played.world.written.notices.map(({ kind, target }) => [kind, target.id]),
      [bert, carl].map(({ id }) => ['draft-handed-over', id]),
    );
  });

  it('names in a channel those who have written to the bot, and no Markdown of theirs', async () => {
    const played = startFakeConversation();
    for (const one of [bert, carl]) played.world.roles.set(one.id, ['admin-agent']);
    played.world.roles.set(ada.id, ['sales-agent']);
    const ways = { serviceUrl: 'https://smba.example/', tenantId: 't-1', bot: { id: '28:bot', name: 'Software Desk' } };
    const reference = {
      ...ways,
      personId: bert.id,
      channelUserId: '29:bert',
      name: 'Bert [Lis](https://x.example) <at>',
    };
    played.world.people.set(bert.id, reference);
    await played.says('buy contoso');
    await played.presses('Review order', { product: 'DG7GMGF0D5RK' });
    await played.presses('Review order', { quantity: '2' });
    const review = played.last();

    await played.presses('Hand over');
    await played.presses('Hand over', {}, { on: review });

    const name = 'Bert Lis (https://x.example) at';
    const { view } = played.last();
    assert.equal(played.messages.length, 2);
    assert.match(view.text, /^<at>Bert Lis \(https:\/\/x\.example\) at<\/at>: Ada Nowak has handed this over/);
    assert.deepEqual((view.json.msteams as { entities: unknown }).entities, [
      { type: 'mention', text: `<at>${name}</at>`, mentioned: { id: '29:bert', name } },
    ]);
    const left = played.messages.find(({ messageId }) => messageId === review.messageId);
    assert.match(left?.view.text ?? '', /Handed over: Buy .*[\s\S]*I tell them\./);
    assert.deepEqual(left?.view.buttons, []);
  });

  it('is told once more to the one who is asked by name, and to nobody else', async () => {
    const played = startFakeConversation();
    for (const one of [bert, carl]) {
      played.world.roles.set(one.id, ['admin-agent']);
      const ways = {
        serviceUrl: 'https://smba.example/',
        tenantId: 't-1',
        bot: { id: '28:bot', name: 'Software Desk' },
      };
      played.world.people.set(one.id, { ...ways, personId: one.id, channelUserId: `29:${one.id}`, name: one.name });
    }
    played.world.roles.set(ada.id, ['sales-agent']);
    Object.assign(played.place, { kind: 'personal' });
    await played.says('buy contoso');
    await played.presses('Review order', { product: 'DG7GMGF0D5RK' });
    await played.presses('Review order', { quantity: '2' });
    await played.presses('Hand over');
    const before = played.world.written.notices.length;
    const choices = played
      .last()
      .view.input('Who')
      .choices.map(({ title }) => title);
    const handed = played.last();

    await played.presses('Hand over: to this person', { who: carl.id });
    await played.presses('Hand over: to this person', { who: carl.id }, { on: handed });

    assert.deepEqual(choices, [bert.name, carl.name]);
    assert.deepEqual(
      played.world.written.notices
        .slice(before)
        .map((notice) => [notice.target.id, 'askedId' in notice && notice.askedId]),
      [[carl.id, carl.id]],
    );
    assert.match(played.last().view.text, /I ask Carl Wilk to go on with it\./);
  });

  it('says in the place where it began how it ended, and there what is pressed on an old card leads nowhere else', async () => {
    const played = await handedOver();
    const [channel, chat] = [{ ...played.place }, { id: 'a:bert', kind: 'personal' }];
    const began = played.last();
    Object.assign(played.place, chat);
    await played.says('drafts', bert);
    await played.presses('Resume', {}, { who: bert });
    const resumed = played.last();
    Object.assign(played.place, channel);

    const byOther = await played.presses('Edit', {}, { who: carl, on: began });
    const byOwner = await played.presses('Edit', {}, { who: bert, on: began });
    Object.assign(played.place, chat);
    await played.presses('Confirm', {}, { who: bert, on: resumed });
    Object.assign(played.place, channel);
    const whenOver = await played.presses('Edit', {}, { on: began });
    const whenOverByOther = await played.presses('Edit', {}, { who: carl, on: began });

    const said = (answer: Awaited<ReturnType<FakeConversation['presses']>>) =>
      answer.kind === 'text' ? answer.text : '';
    assert.match(said(byOther), /Bert Lis goes on with this somewhere else\. Please ask Bert Lis/);
    assert.match(said(byOwner), /goes on in your chat with me\. Please answer there/);
    const left = played.messages.find(({ messageId }) => messageId === began.messageId);
    assert.match(left?.view.text ?? '', /Bert Lis has brought it to its end: .*Ordered/);
    assert.deepEqual(left?.view.buttons, []);
    assert.match(said(whenOver), /is over: .*Ordered[\s\S]* nothing has to be begun again/);
    assert.doesNotMatch(said(whenOverByOther), /Ordered|Windows/);
  });

  for (const [ending, told, said] of [
    ['Confirm', /Zakończone przez: Bert Lis\. Wynik: Zamówiono: 2 × /, /jest już zakończone: Zamówiono: 2 × /],
    ['Discard', /Zakończone przez: Bert Lis\. Wynik: Odrzucono: /, /jest już zakończone: Odrzucono: /],
  ] as const)
    it(`says how it ended in the language of the place where it began: ${ending}`, async () => {
      const played = await handedOver();
      const [channel, chat] = [{ ...played.place }, { id: 'a:bert', kind: 'personal' }];
      const began = played.last();
      Object.assign(played.place, chat);
      await played.says('drafts', bert);
      await played.presses('Resume', {}, { who: bert });
      Object.assign(played.world.languages, { reader: async () => ({ language: 'pl', timeZone: 'UTC' }) });

      await played.presses(ending, {}, { who: bert });
      Object.assign(played.place, channel);
      played.spoken.language = 'pl';
      const pressed = await played.presses('Edit', {}, { who: aPerson({ ...bert, language: 'pl' }), on: began });

      const left = played.messages.find(({ messageId }) => messageId === began.messageId);
      assert.match(left?.view.text ?? '', told);
      assert.match(pressed.kind === 'text' ? pressed.text : '', said);
      assert.doesNotMatch(`${left?.view.text} ${JSON.stringify(pressed)}`, /Ordered|Discarded/);
    });

  it('is shown in a channel with the buttons of whoever may go on', async () => {
    const played = await handedOver();

    assert.match(played.last().view.text, /Prepared by Ada Nowak/);
    assert.ok(played.last().view.buttons.some((title) => title.startsWith('Confirm')));
  });
});
