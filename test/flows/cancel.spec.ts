import assert from 'node:assert/strict';
import { checkReminders } from '../../src/domain/notices/check-reminders.ts';
import { aCustomer, aLine, anOrder, aPerson } from '../support/fakes/samples.ts';
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
  await played.presses('Step by step');
  await played.presses('Next', { tenant: aCustomer().domain });
  await played.presses('Next', { named: '1a2b3c4d5e6f' });
  assert.match(played.last().view.text, /Why is it returned/);
  return played;
}

describe('a question that waits for free text', () => {
  it('takes words that begin like a command for the answer, and offers the command as a button', async () => {
    const played = await toReason();

    await played.says('order by mistake');
    const question = played.messages.at(-2);
    const next = played.last().view;

    assert.match(next.text, /Which amount/);
    assert.match(question?.view.text ?? '', /order by mistake/);
    assert.match(question?.view.text ?? '', /meant as a command/);
    assert.deepEqual(question?.view.buttons, ['order by mistake']);
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
    await played.presses('Step by step');
    const before = played.world.partnerCenter.count('findCustomer');

    await played.presses('Next', { tenant: 'Other.example' });
    assert.match(played.last().view.text, /That is not/);
    await played.presses('Next', { tenant: 'Bakery.Example' });

    assert.match(played.last().view.text, /Which order or subscription/);
    assert.equal(played.world.partnerCenter.count('findCustomer'), before + 2);
  });

  it('is taken on the form and survives what is looked at anew before it is submitted', async () => {
    const played = await begun({}, hidden());
    await played.presses('One form');
    const answers = { tenant: 'bakery.example', reason: 'Ordered twice by mistake', amount: '1000', impact: 'minimal' };
    const contact = {
      contactName: 'Ada Lovelace',
      contactEmail: 'ada@partner.example',
      contactPhone: '+48 22 123 45 67',
    };

    await played.presses('Next', { ...answers, ...contact });
    assert.match(played.last().view.text, /bakery\.example/);
    await played.presses('Submit');

    const [created] = played.world.partnerCenter.created;
    assert.match(created?.description ?? '', /^Customer tenant GUID or domain name: bakery\.example/);
  });

  it('is asked for where it is needed only', async () => {
    const played = await begun({}, hidden());
    await played.presses('Step by step');
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
