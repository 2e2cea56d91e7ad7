import assert from 'node:assert/strict';
import type { Draft } from '../../src/domain/drafts/draft.ts';
import { DeliveryError } from '../../src/domain/errors.ts';
import { checkReminders } from '../../src/domain/notices/check-reminders.ts';
import type { NoticeFacts, NoticeKind, NoticeTarget } from '../../src/domain/notices/notice.ts';
import { finishOrderLater } from '../../src/domain/orders/finish-order-later.ts';
import { finishOrder, submitOrder } from '../../src/domain/orders/place-order.ts';
import type { Languages } from '../../src/domain/people/languages.ts';
import type { Messenger } from '../../src/flows/engine/messenger.ts';
import { createFlows } from '../../src/flows/index.ts';
import { createNotifier, type Notifier } from '../../src/flows/notices.ts';
import { type CardView, viewOf } from '../support/card-view.ts';
import {
  aCase,
  aDraft,
  aLeak,
  anApproval,
  anOrder,
  anOrderSubmission,
  aPerson,
  startAt,
} from '../support/fakes/samples.ts';
import { createFakeWorld, type FakeWorld, hourMs } from '../support/fakes/world.ts';

interface Told {
  readonly placeId: string;
  readonly onlyFor?: string;
  readonly view: CardView;
  readonly summary: string;
}

interface Post {
  readonly world: FakeWorld;
  readonly notifier: Notifier;
  readonly edited: CardView[];
  readonly told: Told[];
  /** Sends all that is due. */
  deliver(): Promise<void>;
  /** From here on no card can be edited; or none of this message. */
  loseEdits(messageId?: string): void;
  /** The next messages end like this. */
  refuse(...errors: DeliveryError[]): void;
}

/** How a message fails; `isDone`: it arrived all the same. */
interface Trouble {
  readonly error: DeliveryError;
  readonly isDone: boolean;
}

/** The notifier on fakes, and what came of it. */
function openPost({
  trouble,
  ownChat,
}: {
  readonly trouble?: (placeId: string) => Trouble | undefined;
  /** Of whoever asked. */
  readonly ownChat?: string;
} = {}): Post {
  const edited: CardView[] = [];
  const told: Told[] = [];
  let isLosing: true | string | undefined;
  const refusals: DeliveryError[] = [];
  const refuseIfSo = (): void => {
    const refusal = refusals.shift();
    if (refusal) throw refusal;
  };
  const silent = () => undefined;
  const world = createFakeWorld();
  const post: Messenger['send'] = async (placeId, { content, summary }, { onlyFor } = {}) => {
    const failure = trouble?.(placeId);
    if (failure && !failure.isDone) throw failure.error;
    told.push({ placeId, onlyFor, view: viewOf(content), summary });
    if (failure) throw failure.error;
    return { placeId, messageId: String(told.length), onlyFor };
  };
  const notifier = createNotifier({
    world: () => world,
    messenger: {
      async send(placeId, card, options) {
        refuseIfSo();
        return post(placeId, card, options);
      },
      async update({ messageId }, { content }) {
        if (isLosing === true || isLosing === messageId) throw new DeliveryError('later', {});
        edited.push(viewOf(content));
      },
      updateIfThere: async () => false,
      delete: async () => undefined,
      async sendDirect(personId, card) {
        refuseIfSo();
        return post(`chat of ${personId}`, card);
      },
      sendTargeted: async () => undefined,
      updateTargeted: async () => undefined,
      typing: async () => undefined,
    },
    references: {
      putPlace: async () => undefined,
      place: async (placeId) =>
        placeId === ownChat
          ? {
              place: { kind: 'personal', id: placeId },
              ...{ serviceUrl: '', tenantId: 't-1', bot: { id: '28:bot', name: 'Software Desk' } },
              personId: aCase().requesterId,
            }
          : undefined,
      forgetPlace: async () => undefined,
      putPerson: async () => undefined,
      person: async () => undefined,
    },
    flows: createFlows({ keys: { seconds: 60, isDialog: false }, hasPages: false }),
    log: { info: silent, warn: silent, error: silent },
  });
  Object.assign(world.notify, { caseChanged: notifier.caseChanged, orderChanged: notifier.orderChanged });
  return {
    world,
    notifier,
    edited,
    told,
    async deliver() {
      for (const { id } of await world.notices.due(100)) await notifier.send(id);
    },
    loseEdits(messageId) {
      isLosing = messageId ?? true;
    },
    refuse: (...errors) => void refusals.push(...errors),
  };
}

describe('how an order ended', () => {
  async function confirmed(): Promise<Post> {
    const post = openPost();
    const card = { placeId: '19:thread', messageId: 'the card' };
    await submitOrder(post.world, aPerson(), anOrderSubmission({ card }));
    return post;
  }

  it('is shown by the card while somebody waits for the answer, and by nothing else', async () => {
    const { world, edited, told, deliver } = await confirmed();

    await finishOrder(world, 'submission-1');
    await finishOrderLater(world, 'submission-1');
    await deliver();

    assert.deepEqual(
      edited.map(({ text }) => /Ordered: 2 ×/.test(text)),
      [true],
    );
    assert.deepEqual(told, []);
  });

  it('is told in a message when the card could not be changed', async () => {
    const { world, told, deliver, loseEdits } = await confirmed();
    loseEdits();

    await finishOrder(world, 'submission-1');
    await finishOrderLater(world, 'submission-1');
    await deliver();
    await finishOrderLater(world, 'submission-1');
    await deliver();

    assert.equal(told.length, 1);
    assert.match(told[0]?.view.text ?? '', /Ordered: 2 ×/);
  });

  it('is shown by the card and told in a message when nobody waits any more', async () => {
    const { world, edited, told, deliver } = await confirmed();

    await finishOrderLater(world, 'submission-1');
    await deliver();

    assert.equal(edited.length, 1);
    assert.equal(told.length, 1);
  });
});

describe('the reminder of a cancellation that is still a draft', () => {
  const closesAt = new Date('2026-04-09T23:59:00Z');

  async function due(overrides: Partial<Draft> = {}): Promise<Post & { readonly draft: Draft }> {
    const post = openPost();
    const data = { orderId: anOrder().id, orderNumber: anOrder().number };
    const closing = {
      orderNumber: anOrder().number,
      closesAt: closesAt.toISOString(),
      askedAt: startAt.toISOString(),
    };
    const draft = aDraft({ flow: 'cancel', step: 'how', data, closing, ...overrides });
    post.world.kept.set(draft.id, draft);
    post.world.setTime(new Date(closesAt.getTime() - 20 * hourMs));
    await checkReminders(post.world);
    return { ...post, draft };
  }

  it('says whose it is, that nothing was submitted, and how to go on', async () => {
    const { told, deliver } = await due();

    await deliver();

    const [notice] = told;
    assert.deepEqual([told.length, notice?.placeId, notice?.onlyFor], [1, '19:thread', undefined]);
    assert.match(notice?.view.text ?? '', /Order 1a2b3c4d5e6f can be cancelled only until .*9 Apr.* 2026/);
    assert.match(notice?.view.text ?? '', /that Ada Nowak began is still a draft: nothing has been submitted/);
    assert.deepEqual(notice?.view.buttons, ['Cancel …', 'Keep it']);
  });

  it('of one that was begun in private is for its owner alone', async () => {
    const { told, deliver } = await due({ isPrivate: true });

    await deliver();

    assert.deepEqual(
      told.map(({ placeId, onlyFor }) => [placeId, onlyFor]),
      [['19:thread', aPerson().id]],
    );
  });

  it('is not sent late, when the draft was discarded or submitted before it could be delivered', async () => {
    const discarded = await due();
    discarded.world.kept.set(discarded.draft.id, { ...discarded.draft, settled: { content: {}, summary: '' } });
    await discarded.deliver();
    const submitted = await due();
    submitted.world.written.cases.set('SD-7K2M9Q', aCase({ state: 'filed' }));
    await submitted.deliver();

    for (const { world, told } of [discarded, submitted]) {
      assert.deepEqual(told, []);
      assert.deepEqual(await world.notices.due(10), []);
    }
  });
});

describe('the reminder of an order', () => {
  const target = { to: 'place', id: '19:thread' } as const;
  const closesAt = new Date('2026-04-09T23:59:00Z');
  const facts = { kind: 'window-closing', orderNumber: anOrder().number, personId: aPerson().id } as const;
  const hoursBefore = (hours: number) => new Date(closesAt.getTime() - hours * hourMs);

  async function dueAt(hoursLeft: number, ...owed: number[]): Promise<Post> {
    const post = openPost();
    const notices = owed.map((hours) => ({ ...facts, hours, closesAt, target }));
    await post.world.notices.add(notices, hoursBefore(owed[0] ?? 0));
    post.world.setTime(hoursBefore(hoursLeft));
    return post;
  }

  it('that could not be sent until the window had closed says that, and offers no cancelling', async () => {
    const { told, deliver } = await dueAt(-1, 1);

    await deliver();

    assert.equal(told.length, 1);
    assert.match(told[0]?.view.text ?? '', /^Order 1a2b3c4d5e6f could be cancelled until 9 Apr 2026/);
    assert.deepEqual(told[0]?.view.buttons, []);
  });

  it('that could not be sent until the next one was due is left to that one', async () => {
    const { world, told, deliver } = await dueAt(0.5, 168, 24, 1);

    await deliver();

    assert.equal(told.length, 1);
    assert.deepEqual(await world.notices.due(9), []);
  });

  it('comes again, and says so, where the process died between taking and sending it', async () => {
    const { world, told, deliver } = await dueAt(24, 24);
    const [notice] = await world.notices.due(1);
    await world.notices.take(notice?.id ?? '');

    await deliver();
    await deliver();

    assert.equal(told.length, 1);
    assert.match(told[0]?.summary ?? '', /^Again: Order 1a2b3c4d5e6f can be cancelled only until/);
  });

  it('names a moment that nobody can take for another in the night in which the reader’s clock is changed', async () => {
    const nights = [
      ['2026-10-25T00:30:00Z', '25 Oct 2026, 00:30 UTC (25 Oct 2026, 02:30 Warsaw)'],
      ['2026-10-25T01:30:00Z', '25 Oct 2026, 01:30 UTC (25 Oct 2026, 02:30 Warsaw)'],
      ['2027-03-28T00:59:00Z', '28 Mar 2027, 00:59 UTC (28 Mar 2027, 01:59 Warsaw)'],
      ['2027-03-28T01:00:00Z', '28 Mar 2027, 01:00 UTC (28 Mar 2027, 03:00 Warsaw)'],
    ] as const;
    for (const [closing, said] of nights) {
      const { world, told, deliver } = openPost();
      Object.assign(world.languages, { reader: async () => ({ language: 'en', timeZone: 'Europe/Warsaw' }) });
      const ends = new Date(closing);
      world.setTime(new Date(ends.getTime() - hourMs));
      await world.notices.add([{ ...facts, hours: 1, closesAt: ends, target }], world.clock.now());

      await deliver();

      assert.ok(told[0]?.view.text.includes(`can be cancelled only until ${said}`), told[0]?.view.text);
    }
  });
});

describe('a notice that Teams refuses', () => {
  const refused = (hasReason: boolean) => new DeliveryError('refused', { status: 403, hasReason });

  async function due(): Promise<Post> {
    const post = openPost();
    post.world.written.cases.set('SD-7K2M9Q', aCase({ state: 'completed' }));
    const target = { to: 'place', id: '19:thread' } as const;
    await post.world.notices.add([{ kind: 'case-completed', reference: 'SD-7K2M9Q', target }], startAt);
    return post;
  }

  it('is tried again for minutes before it is passed on', async () => {
    const { world, notifier, told, refuse } = await due();
    const [notice] = await world.notices.due(1);
    refuse(...Array.from({ length: 6 }, () => refused(false)));

    let waited = 0;
    for (;;) {
      const outcome = await notifier.send(notice?.id ?? '');
      if (outcome === 'done') break;
      waited += outcome.againInSeconds;
    }

    assert.ok(waited >= 180, `${waited} s`);
    assert.deepEqual(told, []);
    assert.deepEqual(
      (await world.notices.due(9)).map(({ target }) => target.to),
      ['person'],
    );
  });

  const rungs = ['19:thread', `chat of ${aCase().requesterId}`, 'chat of bert'] as const;

  /** Until all is quiet, where what is refused is refused at these rungs. */
  async function tellAll(answerAt: (placeId: string, tries: number) => DeliveryError | undefined) {
    const tries = new Map<string, number>();
    const post = openPost({
      trouble(placeId) {
        const count = (tries.get(placeId) ?? 0) + 1;
        tries.set(placeId, count);
        const error = answerAt(placeId, count);
        return error && { error, isDone: false };
      },
    });
    const { world, notifier, told } = post;
    world.roles.set('bert', ['admin-agent']);
    world.roles.delete(aPerson().id);
    world.written.cases.set('SD-7K2M9Q', aCase({ state: 'completed', placeId: rungs[0] }));
    const target = { to: 'place', id: rungs[0] } as const;
    await world.notices.add([{ kind: 'case-completed', reference: 'SD-7K2M9Q', target }], startAt);
    for (let due = await world.notices.due(9); due.length > 0; due = await world.notices.due(9))
      for (const { id } of due) await notifier.send(id);
    return { tries, told: told.map(({ placeId }) => placeId) };
  }

  for (const [at, rung] of rungs.entries())
    for (const status of [403, 404]) {
      const refusal = (hasReason: boolean) => new DeliveryError('refused', { status, hasReason });
      const below: readonly string[] = rungs.slice(0, at);
      const isBelow = (placeId: string) => below.includes(placeId);

      it(`reaches rung ${at + 1} (${rung}) though single messages there are answered with ${status}`, async () => {
        const { told } = await tellAll((placeId, tries) =>
          isBelow(placeId) ? refusal(true) : placeId === rung && tries <= 5 ? refusal(false) : undefined,
        );

        assert.deepEqual(told, [rung]);
      });

      it(`leaves rung ${at + 1} (${rung}) after six answers of ${status} without a reason, and at once with one`, async () => {
        for (const [hasReason, most] of [
          [false, 6],
          [true, 1],
        ] as const) {
          const { told, tries } = await tellAll((placeId, count) =>
            isBelow(placeId) || placeId === rung
              ? refusal(placeId === rung && count < 60 ? hasReason : true)
              : undefined,
          );
          const next = rungs[at + 1];
          if (next) assert.deepEqual([told, tries.get(rung)], [[next], most]);
          // Nobody is left: it is tried on, every hour for two days, and then it is given up aloud.
          else assert.deepEqual([told, tries.get(rung)], [[], 48]);
        }
      });
    }

  it('arrives where it was refused once', async () => {
    const { told, refuse, deliver } = await due();
    refuse(refused(false));

    await deliver();
    await deliver();

    assert.deepEqual(
      told.map(({ placeId }) => placeId),
      ['19:thread'],
    );
  });

  it('is passed on at once where Teams says that the app was removed', async () => {
    const { told, refuse, deliver } = await due();
    refuse(refused(true));

    await deliver();
    await deliver();

    assert.deepEqual(
      told.map(({ placeId }) => placeId),
      [`chat of ${aCase().requesterId}`],
    );
  });
});

describe('the end of a case from the own chat of whoever asked', () => {
  it('is told to an admin agent where that chat cannot be reached', async () => {
    const ownChat = 'a:own';
    const gone = { error: new DeliveryError('refused', { status: 403, hasReason: true }), isDone: false };
    const post = openPost({ ownChat, trouble: (placeId) => (placeId === ownChat ? gone : undefined) });
    const found = aCase({ state: 'completed', placeId: ownChat });
    const facts = { kind: 'case-completed', reference: found.reference } as const;
    post.world.written.cases.set(found.reference, found);
    post.world.roles.set('p-9', ['admin-agent']);
    await post.world.notices.add(
      [
        { ...facts, target: { to: 'person', id: found.requesterId } },
        { ...facts, target: { to: 'place', id: ownChat } },
      ],
      startAt,
    );

    for (let times = 0; times < 3; times += 1) await post.deliver();

    assert.deepEqual(
      post.told.map(({ placeId }) => placeId),
      ['chat of p-9'],
    );
  });
});

describe('many notices for one place', () => {
  const target = { to: 'place', id: '19:thread' } as const;

  async function due(count: number, trouble?: () => Trouble | undefined): Promise<Post> {
    const post = openPost({ trouble });
    for (let n = 0; n < count; n += 1) {
      const reference = `SD-00000${n}`;
      post.world.written.cases.set(reference, aCase({ reference, state: 'completed', placeId: '19:thread' }));
      await post.world.notices.add([{ kind: 'case-completed', reference, target }], post.world.clock.now());
      post.world.pass(100);
    }
    return post;
  }

  it('within a minute are told together, but for the first five, and each by its row', async () => {
    const { world, told, deliver } = await due(9);

    await deliver();
    assert.equal(told.length, 5);
    world.pass(10_000);
    await deliver();

    assert.equal(told.length, 6);
    const { view, summary } = told[5] ?? assert.fail();
    assert.match(summary, /^4 pieces of news about cancellations and orders/);
    for (const n of [5, 6, 7, 8]) {
      assert.match(view.text, new RegExp(`Cancellation SD-00000${n} has completed: order`));
      assert.match(JSON.stringify(view.json), new RegExp(`"text":"cases SD-00000${n}"`));
    }
    assert.ok(world.written.notices.every(({ state }) => state === 'sent'));
  });

  it('are told at once where the clock was put back while they waited', async () => {
    const { world, told, deliver } = await due(9);
    await deliver();
    world.pass(-48 * hourMs);

    await deliver();

    assert.equal(told.length, 6);
    assert.deepEqual(await world.notices.due(9), []);
  });

  it('that find no room are no failure, and do not say that they come again', async () => {
    const { world, told, refuse, deliver } = await due(1);
    refuse(DeliveryError.noRoom(7000));

    await deliver();
    await deliver();

    assert.equal(told.length, 1);
    assert.match(told[0]?.summary ?? '', /^Cancellation SD-000000 has completed/);
    assert.equal(world.written.notices[0]?.attempts, 0);
  });

  it('come one by one where there are five', async () => {
    const { told, deliver } = await due(5);

    await deliver();

    assert.equal(told.length, 5);
  });

  it('are told one by one, and say that they come again, where nobody knows whether they arrived together', async () => {
    let isLost = false;
    const trouble = () => (isLost ? { error: new DeliveryError('unsure', { status: 502 }), isDone: true } : undefined);
    const { world, told, deliver } = await due(8, trouble);
    await deliver();
    world.pass(10_000);
    isLost = true;
    const [first] = await world.notices.due(1);
    await deliver();
    isLost = false;
    const before = told.length;
    while ((await world.notices.due(9)).length > 0) await deliver();

    assert.ok(first);
    assert.ok(told.slice(before).length > 0);
    assert.ok(told.slice(before).every(({ summary }) => summary.startsWith('Again: ')));
    assert.ok(world.written.notices.every(({ state }) => state === 'sent'));
  });
});

describe('a notice that may have arrived', () => {
  const unsure = () => new DeliveryError('unsure', { status: 502 });
  const gone = () => new DeliveryError('refused', { status: 403, hasReason: true });
  const facts = { kind: 'case-completed', reference: 'SD-7K2M9Q' } as const;

  async function due(...targets: NoticeTarget[]): Promise<Post> {
    const post = openPost();
    post.world.written.cases.set(facts.reference, aCase({ state: 'completed', placeId: '19:thread' }));
    await post.world.notices.add(
      targets.map((target) => ({ ...facts, target })),
      startAt,
    );
    return post;
  }

  const toPlace = { to: 'place', id: '19:thread' } as const;
  const toRequester = { to: 'person', id: aCase().requesterId } as const;

  async function states({ world }: Post): Promise<string[]> {
    return world.written.notices.map(({ target, state }) => `${target.id} ${state}`);
  }

  it('is sent again, and says so', async () => {
    const { told, refuse, deliver } = await due(toPlace);
    refuse(unsure());

    await deliver();
    await deliver();

    assert.equal(told.length, 1);
    assert.match(told[0]?.view.text ?? '', /Sent again: it is not certain/);
    assert.match(told[0]?.summary ?? '', /^Again: Cancellation SD-7K2M9Q has completed/);
  });

  it('is sent again, and says so, where the process that sent it died before it could write that down', async () => {
    const { world, told, deliver } = await due(toPlace);
    const [notice] = await world.notices.due(1);
    await world.notices.take(notice?.id ?? '');

    await deliver();

    assert.match(told[0]?.view.text ?? '', /Sent again: it is not certain/);
  });

  it('is told to the person behind it too, where that goes on', async () => {
    const post = await due(toPlace);
    const { told, refuse, deliver } = post;
    refuse(unsure(), unsure(), unsure());

    for (let time = 0; time < 4; time += 1) await deliver();

    assert.deepEqual(await states(post), ['19:thread unsure', `${toRequester.id} sent`]);
    assert.equal(told.length, 1);
    assert.doesNotMatch(told[0]?.view.text ?? '', /Sent again/);
  });

  it('counts on no other one that fails at the same time', async () => {
    const post = await due(toPlace, toRequester);
    const { world, notifier, refuse } = post;
    world.roles.set('bert', ['admin-agent']);
    // Whoever has to wait for the other tries once more first.
    refuse(gone(), gone(), gone());

    const sendAll = async () => Promise.all((await world.notices.due(9)).map(({ id }) => notifier.send(id)));
    await sendAll();
    while ((await world.notices.due(9)).length > 0) await sendAll();

    assert.deepEqual((await states(post)).slice(0, 2), ['19:thread escalated', `${toRequester.id} escalated`]);
    assert.deepEqual(
      post.told.map(({ placeId }) => placeId),
      ['chat of bert'],
    );
  });

  it('waits for no other one that fails at the same time, where somebody has been told', async () => {
    const people = Array.from({ length: 12 }, (_, n): NoticeTarget => ({ to: 'person', id: `admin-${n}` }));
    const post = await due(toPlace, ...people);
    const { world, notifier, refuse } = post;
    await notifier.send((await world.notices.due(1))[0]?.id ?? '');
    refuse(...people.map(() => gone()));

    await Promise.all((await world.notices.due(99)).map(({ id }) => notifier.send(id)));

    assert.deepEqual(await states(post), ['19:thread sent', ...people.map(({ id }) => `${id} escalated`)]);
  });

  it('ends nowhere in silence, and comes twice only where it says so, while Teams fails three times in ten', async () => {
    let state = 11;
    const random = () => {
      state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
      return state / 4_294_967_296;
    };
    const count = 200;
    const post = openPost({
      trouble() {
        if (random() >= 0.3) return undefined;
        const [kind, status] = (
          [
            ['later', 429],
            ['later', 412],
            ['refused', 403],
            ['refused', 404],
            ['unsure', 500],
            ['unsure', 503],
            ['unsure', 504],
            ['unsure', undefined],
          ] as const
        )[Math.floor(random() * 8)] ?? ['later', 429];
        // What may have arrived did so every second time.
        return { error: new DeliveryError(kind, { status }), isDone: kind === 'unsure' && random() < 0.5 };
      },
    });
    const { world, notifier, told } = post;
    for (const id of ['bert', 'cleo']) world.roles.set(id, ['admin-agent']);
    const references = Array.from({ length: count }, (_, n) => `SD-${String(n).padStart(6, '0')}`);
    for (const [n, reference] of references.entries()) {
      const requesterId = `requester-${n}`;
      world.written.cases.set(reference, aCase({ reference, state: 'completed', placeId: `19:${n}`, requesterId }));
      await world.notices.add(
        [
          { kind: 'case-completed', reference, target: { to: 'place', id: `19:${n}` } },
          { kind: 'case-completed', reference, target: { to: 'person', id: requesterId } },
        ],
        startAt,
      );
    }

    for (let due = await world.notices.due(1000); due.length > 0; due = await world.notices.due(1000))
      for (const { id } of due) await notifier.send(id);

    const ends = world.written.notices.map((notice) => notice.state);
    assert.ok(
      ends.every((end) => end === 'sent' || end === 'unsure' || end === 'escalated'),
      ends.join(),
    );
    for (const reference of references) {
      const arrived = told.filter(({ summary }) => summary.includes(reference));
      assert.ok(arrived.length > 0, `${reference} was told to nobody`);
      const ofPlaces = Map.groupBy(arrived, ({ placeId }) => placeId);
      for (const [, [, ...repeated]] of ofPlaces)
        assert.ok(repeated.every(({ summary }) => summary.startsWith('Again: ')));
    }
    assert.ok(ends.filter((end) => end !== 'sent').length < count / 10, ends.join());
  });

  it('goes on being sent every hour where nobody can be reached, for two days', async () => {
    const post = await due(toRequester);
    const { world, notifier, refuse } = post;
    refuse(...Array.from({ length: 60 }, gone));

    let waited = 0;
    for (let last: string | undefined; ; ) {
      const [notice] = await world.notices.due(1);
      if (!notice) break;
      last = notice.id;
      const outcome = await notifier.send(last);
      if (outcome !== 'done') waited += outcome.againInSeconds;
    }

    assert.ok(waited >= 46 * 3600 && waited < 50 * 3600, `${waited} s`);
    assert.deepEqual((await states(post)).at(-1)?.split(' ')[1], 'untold');
  });

  it('reaches whoever comes back within that time', async () => {
    const { told, refuse, deliver } = await due(toRequester);
    refuse(...Array.from({ length: 5 }, gone));

    for (let hour = 0; hour < 6; hour += 1) await deliver();

    assert.equal(told.length, 1);
  });
});

describe('a leak that is lifted', () => {
  it('is shown on each card that told of it, also where one cannot be edited or whoever lifted it was killed', async () => {
    const { world, edited, told, deliver, loseEdits } = openPost();
    const leak = aLeak();
    const of = (step: 'reported' | 'lifted') =>
      ['a', 'b', 'c'].map((id) => ({
        kind: 'leak-told' as const,
        reference: leak.reference,
        step,
        target: { to: 'person' as const, id },
      }));
    await world.leaks.report(leak, of('reported'));
    await deliver();
    assert.deepEqual([told.length, edited.length], [3, 0]);
    loseEdits('1');

    const lifted = { by: { id: 'a', name: 'Bert Lis' }, at: startAt, reason: 'A new key has come.' };
    await world.leaks.lift(leak.reference, lifted, of('lifted'));
    await deliver();

    assert.equal(told.length, 6);
    assert.deepEqual(
      edited.map(({ text }) => /Lifted by Bert Lis/.test(text)),
      [true, true],
    );
  });
});

describe('a draft that was handed over', () => {
  const gone = () => new DeliveryError('refused', { status: 403, hasReason: true });

  /** Whom its owner has left it to, of whom the first so many cannot be reached; and what is said in the end. */
  async function toldOf(people: readonly string[], unreachable: number, askedId?: string): Promise<string[]> {
    const { world, told, deliver, refuse } = openPost();
    const draft = aDraft({ isHandedOver: true, ownerId: 'owner' });
    world.kept.set(draft.id, draft);
    const facts = { kind: 'draft-handed-over', draftId: draft.id, occasion: 'owner', askedId } as const;
    await world.notices.add(
      people.map((id) => ({ ...facts, target: { to: 'person', id } })),
      startAt,
    );
    refuse(...Array.from({ length: unreachable }, gone));
    await deliver();
    await deliver();
    return told.map(({ placeId, view }) => `${placeId}: ${view.text.split('\n')[0]}`);
  }

  it('is told to those who can be reached, and its owner reads nothing of the others', async () => {
    const told = await toldOf(['a', 'b', 'c'], 2);

    assert.deepEqual(told.length, 1);
    assert.match(told[0] ?? '', /^chat of c: Ada Nowak handed over: /);
  });

  it('is told back to its owner once, where nobody could be reached', async () => {
    const told = await toldOf(['a', 'b', 'c'], 3);

    assert.deepEqual(told.length, 1);
    assert.match(told[0] ?? '', /^chat of owner: Nobody could be told: /);
  });

  it('is told back to its owner, where the one who was asked by name could not be reached', async () => {
    const told = await toldOf(['a'], 1, 'a');

    assert.match(told.join(), /^chat of owner: Nobody could be told: /);
  });
});

describe('a notice of each kind', () => {
  const closesAt = new Date('2026-04-09T23:59:00Z');
  const target = { to: 'person', id: aPerson().id } as const;
  const reason = { kind: 'declined', said: { code: '800099', text: 'No refund' } } as const;
  const handedOver = { kind: 'hand-over', said: [{ text: 'The window has passed.' }] } as const;
  const reference = 'SD-7K2M9Q';
  const draft = aDraft({
    isHandedOver: true,
    data: { itemTitle: 'Windows Server 2022 Standard', customerName: 'Contoso' },
  });
  const closing = { orderNumber: '1a2b3c4d5e6f', personId: aPerson().id, hours: 1, closesAt };

  /** What it is about, what stands written then, and what it says; the compiler insists on every kind. */
  const kinds: Readonly<Record<NoticeKind, readonly [NoticeFacts, (world: FakeWorld) => unknown, RegExp]>> = {
    'case-completed': [
      { kind: 'case-completed', reference },
      ({ written }) => written.cases.set(reference, aCase({ state: 'completed' })),
      /Cancellation SD-7K2M9Q has completed: order 1a2b3c4d5e6f/,
    ],
    'case-refused': [
      { kind: 'case-refused', reference },
      ({ written }) => written.cases.set(reference, aCase({ state: 'refused', reason })),
      /is NOT cancelled[\s\S]*No refund \(800099\)/,
    ],
    'case-needs-person': [
      { kind: 'case-needs-person', reference, time: 2, days: 8 },
      ({ written }) => written.cases.set(reference, aCase({ state: 'needs_person', reason: handedOver })),
      /needs you: order 1a2b3c4d5e6f[\s\S]*Partner Center refused\. .*said: “The window has passed”\.[\s\S]*type.* "cases SD-7K2M9Q"/,
    ],
    'order-placed': [
      { kind: 'order-placed', submissionId: 'submission-1' },
      ({ written }) =>
        written.orderSubmissions.set('submission-1', anOrderSubmission({ state: 'ordered', orderIds: ['o-1'] })),
      /Ordered: 2 × Windows Server 2022 Standard/,
    ],
    'order-declined': [
      { kind: 'order-declined', submissionId: 'submission-1' },
      ({ written }) =>
        written.orderSubmissions.set(
          'submission-1',
          anOrderSubmission({
            state: 'declined',
            reason: { kind: 'declined', said: [{ code: '800002', text: 'No credit' }] },
          }),
        ),
      /Partner Center declined the order[\s\S]*No credit \(800002\)/,
    ],
    'window-closing': [
      { kind: 'window-closing', ...closing },
      () => undefined,
      /Order 1a2b3c4d5e6f can be cancelled only until/,
    ],
    'draft-handed-over': [
      { kind: 'draft-handed-over', draftId: draft.id, occasion: 'submission-1' },
      ({ kept }) => kept.set(draft.id, draft),
      /Ada Nowak handed over: Buy Windows Server/,
    ],
    'draft-untold': [
      { kind: 'draft-untold', draftId: draft.id, occasion: 'submission-1' },
      ({ kept }) => kept.set(draft.id, draft),
      /Nobody could be told: Buy Windows Server/,
    ],
    'draft-discarded': [
      { kind: 'draft-discarded', draftId: draft.id },
      ({ kept }) => kept.set(draft.id, draft),
      /Ada Nowak has discarded: Buy Windows Server/,
    ],
    'differences-found': [
      { kind: 'differences-found', comparedAt: new Date('2026-03-02T08:00:00.000Z') },
      async ({ differences }) => {
        const begunAt = new Date('2026-03-02T08:00:00.000Z');
        const comparison = { begunAt, since: begunAt, step: 'tell', failures: 0 } as const;
        const found = { kind: 'ticket-without-case', reference: 'SD-AAAAAA', ticketId: '2611' } as const;
        await differences.record(comparison, comparison, { found: [found], settled: [] }, begunAt);
        await differences.tell(comparison, [], begunAt);
      },
      /differ: 1 difference[\s\S]*Ticket 2611 bears our reference SD-AAAAAA, but no case follows it/,
    ],
    'review-due': [
      { kind: 'review-due', quarter: '2025-Q4' },
      async ({ keyReveals }) => {
        const about = {
          customerId: 'c-1',
          customerName: 'Contoso',
          orderId: 'o-1',
          what: 'key',
          item: 'Office',
        } as const;
        const at = new Date('2025-11-03T10:00:00.000Z');
        await keyReveals.add([{ personId: 'p-1', personName: 'Ada Nowak', at, ...about }]);
      },
      /Review of keys, Q4 2025, 1 Oct 2025 to 31 Dec 2025[\s\S]*Contoso\nPeople: 1 · looks: 1 · leaks: 0/,
    ],
    'leak-told': [
      { kind: 'leak-told', reference: 'LK-7K2M9Q', step: 'reported' },
      ({ leaks }) => leaks.report(aLeak(), []),
      /Leak LK-7K2M9Q: order 1a2b3c4d5e6f[\s\S]*not shown to anybody[\s\S]*Reported by: Ada Nowak/,
    ],
    'approval-asked': [
      { kind: 'approval-asked', reference: 'AP-7K2M9Q', time: 1 },
      ({ approvals }) => approvals.ask(anApproval(), []),
      /Approval AP-7K2M9Q: order[\s\S]*only if a second admin agent approves it[\s\S]*Asked for by: Ada Nowak/,
    ],
    'approval-untold': [
      { kind: 'approval-untold', reference: 'AP-7K2M9Q', time: 1 },
      ({ approvals }) => approvals.ask(anApproval(), []),
      /Nobody could be told: Approval AP-7K2M9Q/,
    ],
    'approval-told': [
      { kind: 'approval-told', reference: 'AP-7K2M9Q', time: 2 },
      async ({ approvals }) => {
        await approvals.ask(anApproval(), []);
        const { steps } = anApproval();
        const by = { id: 'p-2', name: 'Bert Lis' };
        const step = { step: 'rejected', at: startAt.toISOString(), by, text: 'Too many.' } as const;
        const rejected = anApproval({ revision: 2, state: 'rejected', steps: [...steps, step] });
        await approvals.change({ approval: rejected, notices: [] });
      },
      /Rejected by Bert Lis[\s\S]*"Too many\."[\s\S]*Nothing was done/,
    ],
    'daily-digest': [
      { kind: 'daily-digest', day: '2026-03-02' },
      async ({ dailyDigests, written, clock }) => {
        const now = clock.now();
        await dailyDigests.put({ target, time: 480, timeZone: 'UTC', askedBy: 'p-1', nextAt: now });
        written.cases.set(reference, aCase({ state: 'filed' }));
      },
      /Today, [^\n]+ 2026\nNothing ends within 24 hours\./,
    ],
    'token-misused': [
      { kind: 'token-misused', orderNumber: '1a2b3c4d5e6f', personId: 'p-9', tokenHash: 'hash' },
      () => undefined,
      /request for a key was refused[\s\S]*order 1a2b3c4d5e6f came a second time[\s\S]*from p-9, and nothing was shown/,
    ],
  };

  for (const [kind, [facts, prepare, said]] of Object.entries(kinds)) {
    it(`is told in whole sentences (${kind})`, async () => {
      const { world, told, deliver } = openPost();
      await prepare(world);
      await world.notices.add([{ ...facts, target }], world.clock.now());

      await deliver();

      assert.equal(told.length, 1);
      assert.match(told[0]?.view.text ?? '', said);
      assert.doesNotMatch(told[0]?.view.text ?? '', /undefined|\[object/);
    });
  }

  it('is in the language, and has the time, of whoever gets it', async () => {
    const { world, told, deliver } = openPost();
    Object.assign(world.languages, {
      reader: async (to: object) =>
        'personId' in to ? { language: 'pl', timeZone: 'Europe/Warsaw' } : { language: 'de', timeZone: 'UTC' },
    } satisfies Partial<Languages>);
    const place = { to: 'place', id: '19:thread' } as const;
    await world.notices.add(
      [target, place].map((to) => ({ kind: 'window-closing', ...closing, target: to }) as const),
      world.clock.now(),
    );

    await deliver();

    const [toPerson = '', toPlace = ''] = told.map(({ view }) => view.text);
    assert.match(toPerson, /można anulować tylko do [^\n]+ UTC \([^\n]+Warsaw\)/);
    assert.match(toPlace, /kann nur noch bis [^\n(]+ UTC storniert werden/);
  });

  it('names a draft in the language of whoever gets it', async () => {
    const { world, told, deliver } = openPost();
    Object.assign(world.languages, { reader: async () => ({ language: 'pl', timeZone: 'UTC' }) });
    world.kept.set(draft.id, draft);
    await world.notices.add([{ kind: 'draft-discarded', draftId: draft.id, target }], world.clock.now());

    await deliver();

    assert.match(told[0]?.view.text ?? '', /^Ada Nowak odrzuca: Zakup: Windows Server 2022 Standard dla Contoso/);
  });
});
