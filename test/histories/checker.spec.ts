import assert from 'node:assert/strict';
import { type InvariantName, invariants, judge } from './checker.ts';
import type { Answered, CardSummary, HistoryEvent, Recorded, Sent, Shown, Telling, Took } from './events.ts';

const eur = (minor: number) => ({ minor, currency: 'EUR' });
const [thread, ada, bert, chat] = ['19:thread', 'ada', 'bert', 'a:ada'];

function card(fields: Partial<CardSummary> = {}): CardSummary {
  return { title: 'A card', text: '', buttons: [], hasSecret: false, isAgain: false, ...fields };
}

const tells = (of: Telling['of'], state: string, ids: readonly string[], isNotice = false): CardSummary =>
  card({ title: `${of} ${state}`, tells: { of, state, ids, isNotice } });

const press = (at: number, delivery: string, what: Partial<Extract<Sent['what'], { kind: 'press' }>>): Sent => ({
  ...{ kind: 'sent', at, delivery, activityId: delivery, person: ada, place: thread },
  what: { kind: 'press', doing: 'confirm', ...what },
});

const answer = (at: number, delivery: string, fields: Partial<Answered> = {}): Answered => ({
  ...{ kind: 'answered', at, delivery, status: 200, ms: 100 },
  ...fields,
});

const shown = (at: number, message: string, summary: CardSummary, fields: Partial<Shown> = {}): Shown => ({
  ...{ kind: 'shown', at, how: 'posted', place: thread, message, card: summary },
  ...fields,
});

const took = (at: number, operation: Took['operation'], fields: Partial<Took>): Took => ({
  ...{ kind: 'took', at, operation, requestId: `r${at}`, about: '', made: [], answered: 'ok' },
  ...fields,
});

const order: Recorded['orders'][number] = {
  ...{ submission: 'S1', state: 'ordered', person: ada, preparer: bert, place: thread, isPrivate: false, card: 'm1' },
  ...{ cart: 'C1', orders: ['O1'], requestIds: ['r20', 'r21'], content: '2 servers', money: eur(200) },
};

const cancellation: Recorded['cases'][number] = {
  ...{ submission: 'S2', reference: 'SD-AAAAAA', state: 'completed', isAccepted: true, person: ada, place: thread },
  ...{ isPrivate: false, card: 'm2', order: 'O7', isWholeOrder: true, ticket: 'T1', timesTakenUp: 0 },
  ...{ requestIds: ['r40'], money: eur(500) },
};

const end: Recorded = {
  ...{ kind: 'recorded', at: 200_000, isQuiet: true, orders: [order], cases: [cancellation], notices: [], drafts: [] },
  ...{ visibleKeys: [], jobs: [], reveals: [{ person: ada, order: 'O1' }] },
  outside: {
    orders: [
      { id: 'O1', isCancelled: false },
      { id: 'O7', isCancelled: true },
    ],
    tickets: [{ id: 'T1', reference: 'SD-AAAAAA' }],
  },
};

const confirmButton = { title: 'Confirm', doing: 'confirm', draft: 'D1', step: 'review', submission: 'S1' };

/** Somebody buys what a colleague prepared, pressing twice; cancels by ticket; and looks at a key. All is well. */
const history: readonly HistoryEvent[] = [
  { kind: 'time', at: 0, what: 'started', process: 'one' },
  shown(5, 'm1', card({ buttons: [confirmButton], money: eur(200) })),
  press(10, 'd1', { submission: 'S1', content: '2 servers' }),
  press(11, 'd2', { submission: 'S1', content: '2 servers' }),
  took(20, 'cart', { about: 'contoso', made: ['C1'], content: '2 servers' }),
  took(21, 'checkout', { about: 'C1', made: ['O1'], money: eur(200) }),
  took(22, 'checkout', { about: 'C1' }),
  shown(23, 'm1', tells('order', 'ordered', ['O1']), { how: 'edited' }),
  answer(24, 'd1', { card: tells('order', 'ordered', ['O1']) }),
  answer(25, 'd2', { card: tells('order', 'ordered', ['O1']) }),
  shown(26, 'n1', tells('order', 'ordered', ['O1']), { place: 'a:bert', onlyFor: bert }),
  press(30, 'd3', { doing: 'submit', submission: 'S2' }),
  took(40, 'ticket', { about: 'SD-AAAAAA', made: ['T1'], money: eur(500) }),
  shown(41, 'm2', tells('case', 'filed', ['SD-AAAAAA']), { how: 'edited' }),
  answer(42, 'd3', { card: tells('case', 'filed', ['SD-AAAAAA']) }),
  shown(50, 'm2', tells('case', 'completed', ['SD-AAAAAA']), { how: 'edited' }),
  shown(51, 'n2', tells('case', 'completed', ['SD-AAAAAA'], true)),
  shown(52, 'n3', tells('case', 'completed', ['SD-AAAAAA'], true), { place: chat, onlyFor: ada }),
  shown(60, 'k1', card({ hasSecret: true }), { onlyFor: ada }),
  shown(60_060, 'k1', card(), { onlyFor: ada, how: 'deleted' }),
  end,
];

/** The history with some of its events changed or left out. */
function without(leave: (event: HistoryEvent) => boolean, ...instead: readonly HistoryEvent[]): HistoryEvent[] {
  return [...history.filter((event) => !leave(event) && event.kind !== 'recorded'), ...instead, end].toSorted(
    (one, other) => one.at - other.at,
  );
}

const endingWith = (fields: Partial<Recorded>): HistoryEvent[] => [...history.slice(0, -1), { ...end, ...fields }];

const also = (...events: readonly HistoryEvent[]): HistoryEvent[] => without(() => false, ...events);

const isShown = (message: string, at?: number) => (event: HistoryEvent) =>
  event.kind === 'shown' && event.message === message && (at === undefined || event.at === at);

const says = (at: number, delivery: string, place: string = thread): Sent => ({
  ...{ kind: 'sent', at, delivery, activityId: delivery, person: ada, place, what: { kind: 'text', text: 'cases' } },
});

interface Sample {
  readonly broken: Readonly<Record<string, readonly HistoryEvent[]>>;
  readonly fine: Readonly<Record<string, readonly HistoryEvent[]>>;
  /** After crashes, a press that shows how it ended is enough. */
  readonly fineAfterCrashes?: Readonly<Record<string, readonly HistoryEvent[]>>;
  readonly brokenAfterCrashes?: Readonly<Record<string, readonly HistoryEvent[]>>;
  /** It was quiet for longer than anything waits. */
  readonly brokenWhenAllIsOver?: Readonly<Record<string, readonly HistoryEvent[]>>;
}

const closing = (events: readonly HistoryEvent[], fields: Partial<Recorded>): HistoryEvent[] => [
  ...events.slice(0, -1),
  { ...end, ...fields },
];
const ended = { id: 'D1', owner: ada, place: thread, step: 'review', submission: 'S1', isOver: true };
const dueNotice: Recorded['notices'][number] = {
  ...{ id: 'n', kind: 'case-completed', about: 'SD-AAAAAA', target: { to: 'place', id: thread }, state: 'due' },
};
const begunTwice = { ...ended, begunBy: 't1' };
const cancelledAt = (at: number): NonNullable<Recorded['outside']> => ({
  orders: [
    { id: 'O1', isCancelled: false },
    { id: 'O7', isCancelled: true, cancelledAt: at },
  ],
  tickets: [],
});
const needingPerson: Partial<Recorded> = {
  cases: [{ ...cancellation, state: 'needs_person' }],
  outside: { orders: [{ id: 'O1', isCancelled: false }], tickets: [] },
};
const oldCard = { ...confirmButton, submission: 'S0' };

const samples: Readonly<Record<InvariantName, Sample>> = {
  'one order, one cancellation, one ticket for each submission': {
    broken: {
      'a second cart of the same submission is checked out': also(
        took(21.2, 'cart', { requestId: 'r20', about: 'contoso', made: ['C2'], content: '2 servers' }),
        took(21.5, 'checkout', { about: 'C2', made: ['O2'] }),
      ),
      'a second ticket has the same reference': also(took(43, 'ticket', { about: 'SD-AAAAAA', made: ['T2'] })),
      'an order is cancelled twice': also(
        took(43, 'cancel', { about: 'O7', made: ['O7'] }),
        took(44, 'cancel', { about: 'O7', made: ['O7'] }),
      ),
      'two cases were open at the same time, though both have ended': endingWith({
        cases: [
          { ...cancellation, state: 'refused', order: 'O9', openedAt: 30, closedAt: 60 },
          { ...cancellation, reference: 'SD-CCCCCC', state: 'refused', order: 'O9', openedAt: 59, closedAt: 70 },
        ],
      }),
      'two open cases are about one order': endingWith({
        cases: [
          { ...cancellation, submission: 'S3', reference: 'SD-BBBBBB', state: 'filed', order: 'O9' },
          { ...cancellation, submission: 'S4', reference: 'SD-CCCCCC', state: 'filed', order: 'O9' },
        ],
      }),
    },
    fine: {
      'one case ended before the next was opened': endingWith({
        cases: [
          { ...cancellation, openedAt: 30, closedAt: 60 },
          {
            ...cancellation,
            submission: 'S4',
            reference: 'SD-CCCCCC',
            state: 'filed',
            isWholeOrder: false,
            openedAt: 60,
          },
        ],
      }),
      'a second cart is made and never checked out': also(
        took(21.2, 'cart', { requestId: 'r20', about: 'contoso', made: ['C2'], content: '2 servers' }),
      ),
      'somebody has the ticket filed once more': [
        ...also(took(43, 'ticket', { about: 'SD-AAAAAA', made: ['T2'] })).slice(0, -1),
        { ...end, cases: [{ ...cancellation, timesTakenUp: 1 }] },
      ],
    },
  },
  'a request that was not answered is repeated under its own id': {
    broken: {
      'a cart is asked for again under another id': closing(
        also(took(20.5, 'cart', { requestId: 'r99', about: 'contoso', made: ['C2'], content: '2 servers' })),
        { orders: [{ ...order, requestIds: ['r20', 'r21', 'r99'] }] },
      ),
    },
    fine: {
      'the same request is repeated': closing(
        also(took(20.5, 'cart', { requestId: 'r20', about: 'contoso', content: '2 servers' })),
        {},
      ),
      'the first request was refused': closing(
        also(took(19, 'cart', { requestId: 'r99', about: 'contoso', content: '2 servers', answered: 'refused' })),
        { orders: [{ ...order, requestIds: ['r20', 'r21', 'r99'] }] },
      ),
    },
  },
  'nothing is done that nobody submitted': {
    broken: {
      'a cart is checked out that belongs to nobody': also(took(21.5, 'checkout', { about: 'C9', made: ['O9'] })),
      'an order is cancelled without a case': also(took(45, 'cancel', { about: 'O8', made: ['O8'] })),
    },
    fine: {
      'the first answer of the cart was lost': without((one) => one.kind === 'took' && one.operation === 'cart'),
    },
  },
  'one message begins one conversation': {
    broken: {
      'a message that came twice has begun two': endingWith({ drafts: [begunTwice, { ...begunTwice, id: 'D2' }] }),
    },
    fine: {
      'two messages have': endingWith({ drafts: [begunTwice, { ...begunTwice, id: 'D2', begunBy: 't2' }] }),
      'nobody knows by what they began': endingWith({ drafts: [ended, { ...ended, id: 'D2' }] }),
    },
  },
  'no turn writes over what another has written': {
    broken: {
      'two turns have written the same revision': endingWith({ drafts: [{ ...ended, revision: 3, writes: 4 }] }),
    },
    fine: {
      'each write counted up': endingWith({ drafts: [{ ...ended, revision: 4, writes: 4 }] }),
    },
  },
  'whoever sends a request holds the work': {
    broken: {
      'another process holds it by then': also(took(22.5, 'checkout', { about: 'C1', process: 'one', holder: 'two' })),
      'nobody holds it': also(took(22.5, 'checkout', { about: 'C1', process: 'one', holder: 'nobody' })),
    },
    fine: {
      'the sender holds it': also(took(22.5, 'checkout', { about: 'C1', process: 'one', holder: 'one' })),
      'nobody knows who does': also(took(22.5, 'checkout', { about: 'C1', process: 'one' })),
    },
  },
  'the same id with other content is refused': {
    broken: {
      'other content is answered with the order': also(
        press(27, 'd9', { submission: 'S1', content: '3 servers' }),
        answer(28, 'd9', { card: tells('order', 'ordered', ['O1']) }),
      ),
      'what was asked for is not what was confirmed': without(
        (one) => one.kind === 'took' && one.operation === 'cart',
        took(20, 'cart', { about: 'contoso', made: ['C1'], content: '20 servers' }),
      ),
    },
    fine: {
      'other content is refused': also(
        press(27, 'd9', { submission: 'S1', content: '3 servers' }),
        answer(28, 'd9', { isRefused: true }),
      ),
    },
  },
  'the money of the review is the money of the order': {
    broken: {
      'the card said another amount': without(
        isShown('m1', 5),
        shown(5, 'm1', card({ buttons: [confirmButton], money: eur(199) })),
      ),
      'the ticket asks for more': without(
        (one) => one.kind === 'took' && one.operation === 'ticket',
        took(40, 'ticket', { about: 'SD-AAAAAA', made: ['T1'], money: eur(501) }),
      ),
    },
    fine: {
      'an earlier card had another amount under another submission': also(
        shown(4, 'm0', card({ buttons: [{ ...confirmButton, submission: 'S0' }], money: eur(199) })),
      ),
    },
  },
  'nothing is acknowledged and lost': {
    broken: {
      'an order number is told that Partner Center does not have': also(
        shown(29, 'm1', tells('order', 'ordered', ['O5']), { how: 'edited' }),
      ),
      'a case is told that is not recorded': endingWith({ cases: [] }),
      'another cart was ordered than the one that is recorded': endingWith({ orders: [{ ...order, cart: 'C2' }] }),
      'it was told as completed before Partner Center had cancelled the order': endingWith({
        outside: cancelledAt(50.5),
      }),
      'a case is completed whose order is not cancelled': endingWith({
        outside: {
          orders: [
            { id: 'O1', isCancelled: false },
            { id: 'O7', isCancelled: false },
          ],
          tickets: [],
        },
      }),
      'an old card is pressed, and an order is told that is not the newer one': closing(
        also(
          press(29, 'd9', { submission: 'S9', draft: 'D1' }),
          answer(30, 'd9', { card: tells('order', 'ordered', ['O2']) }),
        ),
        {
          drafts: [ended],
          outside: {
            orders: [
              { id: 'O1', isCancelled: false },
              { id: 'O2', isCancelled: false },
            ],
            tickets: [],
          },
        },
      ),
      'an answer shows a case that nobody knows of': also(
        press(43, 'd9', { doing: 'submit', submission: 'S9' }),
        answer(44, 'd9', { card: tells('case', 'filed', ['SD-XXXXXX']) }),
      ),
      'an answer says that the order is being placed, and nobody knows of it': also(
        press(29, 'd9', { submission: 'S9' }),
        answer(30, 'd9', { card: tells('order', 'accepted', []) }),
      ),
    },
    fine: {
      "a colleague's case about the same order is shown in place of a second one": also(
        { ...press(43, 'd9', { doing: 'submit', submission: 'S9' }), person: bert },
        answer(44, 'd9', { card: tells('case', 'filed', ['SD-AAAAAA']) }),
      ),
      'it was told as completed once Partner Center had cancelled the order': endingWith({ outside: cancelledAt(49) }),
      'an old card is pressed, and what became of the newer one is shown': [
        ...history.slice(0, -1),
        press(29, 'd9', { submission: 'S9', draft: 'D1' }),
        answer(30, 'd9', { card: tells('order', 'ordered', ['O1']) }),
        { ...end, drafts: [{ id: 'D1', owner: ada, place: thread, step: 'review', submission: 'S1', isOver: true }] },
      ],
      'a press is answered with the question again': also(
        press(29, 'd9', { submission: 'S9' }),
        answer(30, 'd9', { card: card({ title: 'Please check the order' }) }),
      ),
    },
  },
  'no order and no case is stuck': {
    broken: {
      'an accepted order has no job': endingWith({
        orders: [order, { ...order, submission: 'S8', state: 'accepted' }],
      }),
      'a case that is being filed has no job': endingWith({
        cases: [cancellation, { ...cancellation, reference: 'SD-BBBBBB', state: 'filing' }],
      }),
      'nobody was told that a case needs a person': endingWith({
        cases: [cancellation, { ...cancellation, reference: 'SD-BBBBBB', state: 'needs_person', order: 'O1' }],
      }),
      'a notice that was due had no job when somebody looked in between': [
        ...history.slice(0, 1),
        { ...end, at: 1, isQuiet: false, notices: [dueNotice] },
        ...history.slice(1),
      ],
      'an order is cancelled and its case has not noticed': endingWith({
        cases: [{ ...cancellation, state: 'filed' }],
      }),
    },
    brokenWhenAllIsOver: {
      'an accepted order still has its job': endingWith({
        orders: [order, { ...order, submission: 'S8', state: 'accepted' }],
        jobs: ['S8'],
      }),
    },
    fine: {
      'a notice that was due had its job when somebody looked in between': [
        ...history.slice(0, 1),
        { ...end, at: 1, isQuiet: false, notices: [dueNotice], jobs: ['n'] },
        ...history.slice(1),
      ],
      'an accepted order has its job': endingWith({
        orders: [order, { ...order, submission: 'S8', state: 'accepted' }],
        jobs: ['S8'],
      }),
      'Microsoft decides on a ticket': endingWith({
        cases: [cancellation, { ...cancellation, reference: 'SD-BBBBBB', state: 'filed', order: 'O1' }],
      }),
    },
  },
  'each end is told to everybody it is owed to': {
    broken: {
      'the thread hears nothing of an end that came later': without(isShown('n2')),
      'whoever submitted it hears nothing': without(isShown('n3')),
      'whoever prepared the order hears nothing': without(isShown('n1')),
      'a card says that a case needs a person, and no message does': closing(
        without(
          (one) => isShown('n2')(one) || isShown('n3')(one) || isShown('m2', 50)(one),
          shown(50, 'm2', tells('case', 'needs_person', ['SD-AAAAAA']), { how: 'edited' }),
        ),
        needingPerson,
      ),
      'a press got no answer, and its card showed the end too late': without(
        isShown('n2'),
        press(31, 'd9', { doing: 'submit', submission: 'S2' }),
        { kind: 'time', at: 40, what: 'crashed', process: 'one' },
        answer(15_031, 'd9', { status: 0, ms: 15_000 }),
        shown(3_032, 'm2', tells('case', 'filed', ['SD-AAAAAA']), { how: 'edited' }),
        shown(3_033, 'm2', tells('case', 'completed', ['SD-AAAAAA']), { how: 'edited' }),
      ).filter((one) => !isShown('m2', 50)(one)),
    },
    fine: {
      'the process died before its answer was out, and the card showed the end': without(
        (one) => isShown('n2')(one) || isShown('n3')(one),
        press(31, 'd9', { doing: 'submit', submission: 'S2' }),
        { kind: 'time', at: 55, what: 'crashed', process: 'one' },
        answer(15_031, 'd9', { status: 0, ms: 15_000 }),
      ),
      'the answer said that it was being worked on when its card showed the end already': without(
        (one) => isShown('n2')(one) || isShown('n3')(one),
        press(31, 'd9', { doing: 'submit', submission: 'S2' }),
        answer(2_331, 'd9', { isWorking: true, ms: 2_300 }),
      ),
      'the answer itself told the end': without(
        (one) => isShown('n2')(one) || isShown('n3')(one) || (one.kind === 'answered' && one.delivery === 'd3'),
        answer(53, 'd3', { card: tells('case', 'completed', ['SD-AAAAAA']) }),
      ),
      'messages say that a case needs a person': closing(
        without(
          (one) => isShown('n2')(one) || isShown('n3')(one) || isShown('m2', 50)(one),
          shown(51, 'n2', tells('case', 'needs_person', ['SD-AAAAAA'], true)),
          shown(52, 'n3', tells('case', 'needs_person', ['SD-AAAAAA'], true), { place: chat, onlyFor: ada }),
        ),
        needingPerson,
      ),
      'one could not be reached, and another was told': [
        ...without(isShown('n2')).slice(0, -1),
        {
          ...end,
          notices: [
            {
              id: 'n',
              kind: 'case-completed',
              about: 'SD-AAAAAA',
              target: { to: 'place', id: thread },
              state: 'escalated',
            },
          ],
        },
      ],
    },
  },
  'nothing is told twice without saying so': {
    broken: {
      'a second message tells the same': also(shown(53, 'n9', tells('case', 'completed', ['SD-AAAAAA'], true))),
      'words are answered with the order, and it is told twice besides': also(
        says(70, 'd8'),
        answer(74, 'd8'),
        ...[71, 72, 73].map((at) => shown(at, `o${at}`, tells('order', 'ordered', ['O1']))),
      ),
      'somebody typed words in another place': also(
        says(70, 'd8', chat),
        answer(74, 'd8'),
        ...[71, 72].map((at) => shown(at, `o${at}`, tells('order', 'ordered', ['O1']))),
      ),
    },
    fine: {
      'each of two words is answered with the order': also(
        ...[says(70, 'd8'), answer(72, 'd8'), says(80, 'd9'), answer(82, 'd9')],
        ...[71, 81].map((at) => shown(at, `o${at}`, tells('order', 'ordered', ['O1']))),
      ),
      'a button that is a command is answered with the order': also(
        { ...says(70, 'd8'), what: { kind: 'press', doing: 'command', message: 'm1' } },
        ...[answer(72, 'd8'), says(80, 'd9'), answer(82, 'd9')],
        ...[71, 81].map((at) => shown(at, `o${at}`, tells('order', 'ordered', ['O1']))),
      ),
      'the message that says so overtakes the first': also(
        shown(50.5, 'n9', { ...tells('case', 'completed', ['SD-AAAAAA'], true), isAgain: true }),
      ),
      'the second message says that it comes again': also(
        shown(53, 'n9', { ...tells('case', 'completed', ['SD-AAAAAA'], true), isAgain: true }),
      ),
      'the card is edited once more': also(
        shown(53, 'm2', tells('case', 'completed', ['SD-AAAAAA']), { how: 'edited' }),
      ),
    },
  },
  'a second press while the first is under way shows where it stands': {
    broken: {
      'the second press fails': without(
        (one) => one.kind === 'answered' && one.delivery === 'd2',
        answer(25, 'd2', { status: 500 }),
      ),
      'the second press brings the same question': without(
        (one) => one.kind === 'answered' && one.delivery === 'd2',
        answer(25, 'd2', { card: card({ buttons: [confirmButton] }) }),
      ),
    },
    fine: {
      'the second press fails before Partner Center was asked for anything': without(
        (one) => one.kind === 'answered' && one.delivery === 'd2',
        answer(19, 'd2', { card: card({ buttons: [confirmButton] }) }),
      ),
      'the second press fails while the database is away': [
        ...without((one) => one.kind === 'answered' && one.delivery === 'd2', answer(25, 'd2', { status: 200 })),
        { kind: 'time', at: 24, what: 'fault', note: 'the database is away' },
      ],
      'the second press hears that it is still being worked on': without(
        (one) => one.kind === 'answered' && one.delivery === 'd2',
        answer(25, 'd2', { said: 'Still working on it.', isWorking: true }),
      ),
    },
  },
  'no settled card has a button that decides': {
    broken: {
      'the card of an order is not edited': without((one) => isShown('m1')(one) && one.at > 5),
      'a card that was left behind in another place keeps its button': closing(
        also(shown(6, 'm0', card({ buttons: [oldCard] }), { place: chat })),
        { drafts: [ended] },
      ),
      'an older card of a conversation that is over keeps its button': [
        ...also(shown(6, 'm0', card({ buttons: [{ ...confirmButton, submission: 'S0', draft: 'D1' }] }))).slice(0, -1),
        { ...end, drafts: [{ id: 'D1', owner: ada, place: thread, step: 'review', isOver: true }] },
      ],
    },
    fine: {
      'the card of an order is deleted': also(shown(29, 'm1', card(), { how: 'deleted' })),
      'a card was left behind and says where it goes on': closing(
        also(
          shown(6, 'm0', card({ buttons: [oldCard] }), { place: chat }),
          shown(7, 'm0', card(), { place: chat, how: 'edited' }),
        ),
        { drafts: [ended] },
      ),
      'a conversation that goes on has its button': also(
        shown(6, 'm0', card({ buttons: [{ ...confirmButton, submission: 'S0', draft: 'D0' }] })),
      ),
    },
    fineAfterCrashes: {
      'whoever presses what a crash has left is shown how it ended': closing(
        also(
          shown(6, 'm0', card({ buttons: [oldCard] })),
          press(70, 'd9', { doing: 'confirm', submission: 'S0', draft: 'D1', message: 'm0' }),
          answer(71, 'd9', { card: tells('order', 'ordered', ['O1']) }),
        ),
        { drafts: [ended] },
      ),
    },
    brokenAfterCrashes: {
      'nobody has pressed what a crash has left': closing(also(shown(6, 'm0', card({ buttons: [oldCard] }))), {
        drafts: [ended],
      }),
      'a press on it is asked the same again': closing(
        also(
          shown(6, 'm0', card({ buttons: [oldCard] })),
          press(70, 'd9', { doing: 'confirm', submission: 'S0', draft: 'D1', message: 'm0' }),
          answer(71, 'd9', { card: card({ buttons: [oldCard] }) }),
        ),
        { drafts: [ended] },
      ),
      'a message with the same id in another place was pressed': closing(
        also(
          shown(6, 'm0', card({ buttons: [oldCard] })),
          { ...press(70, 'd9', { doing: 'confirm', submission: 'S0', draft: 'D1', message: 'm0' }), place: chat },
          answer(71, 'd9', { card: tells('order', 'ordered', ['O1']) }),
        ),
        { drafts: [ended] },
      ),
    },
  },
  'no key is on a screen after its time': {
    broken: {
      'a key is never taken away': without(isShown('k1', 60_060)),
      'a key is taken away late': without(
        isShown('k1', 60_060),
        shown(71_000, 'k1', card(), { onlyFor: ada, how: 'deleted' }),
      ),
      'the same edit shows a key for longer': also(
        shown(40_000, 'k1', card({ hasSecret: true }), { onlyFor: ada, how: 'edited' }),
      ).map((one) => (isShown('k1', 60_060)(one) ? { ...one, at: 90_000 } : one)),
      'everybody sees a key': also(
        shown(70, 'k2', card({ hasSecret: true })),
        shown(71, 'k2', card(), { how: 'deleted' }),
      ),
      'a key in an answer is never taken away': also(
        press(70, 'd9', { doing: 'getKey', message: 'm9' }),
        answer(71, 'd9', { card: card({ hasSecret: true }) }),
      ),
    },
    fine: {
      'somebody presses again and has another look at the same message': also(
        press(39_999, 'd9', { doing: 'getKey', message: 'k1' }),
        answer(40_001, 'd9'),
        shown(40_000, 'k1', card({ hasSecret: true }), { onlyFor: ada, how: 'edited' }),
      ).map((one) => (isShown('k1', 60_060)(one) ? { ...one, at: 90_000 } : one)),
      'a key in an answer is hidden by the edit of its message': also(
        press(70, 'd9', { doing: 'getKey', message: 'm9' }),
        answer(71, 'd9', { card: card({ hasSecret: true }) }),
        shown(60_071, 'm9', card(), { how: 'edited' }),
      ),
    },
  },
  'every activity is answered in time': {
    broken: {
      'an activity is never answered': also(press(70, 'd9', { doing: 'next' })),
      'an activity is answered late': also(press(70, 'd9', { doing: 'next' }), answer(3_170, 'd9', { ms: 3_100 })),
      'an activity is answered with an error': also(
        press(70, 'd9', { doing: 'next' }),
        answer(80, 'd9', { status: 500 }),
      ),
    },
    fine: {
      'its process was killed': also(press(70, 'd9', { doing: 'next' }), {
        ...{ kind: 'time', at: 75, what: 'crashed', process: 'one' },
      }),
    },
  },
};

describe('the checker of histories', () => {
  it('finds nothing in a history in which all is well', () => {
    assert.deepEqual(judge(history), []);
  });

  for (const name of Object.keys(invariants) as InvariantName[]) {
    const { broken, fine, brokenAfterCrashes = {}, fineAfterCrashes = {}, brokenWhenAllIsOver = {} } = samples[name];
    for (const [what, events] of Object.entries(brokenWhenAllIsOver))
      it(`finds that ${what} when all is over: ${name}`, () => {
        assert.ok(judge(events, { isAllOver: true }).some(({ invariant }) => invariant === name));
      });
    const afterCrashes = { arePressesEnough: true };
    for (const [what, events] of Object.entries(brokenAfterCrashes))
      it(`finds that ${what}: ${name}`, () => {
        assert.ok(judge(events, afterCrashes).some(({ invariant }) => invariant === name));
      });
    for (const [what, events] of Object.entries(fineAfterCrashes))
      it(`finds no fault where ${what}: ${name}`, () => {
        assert.deepEqual(judge(events, afterCrashes), []);
      });
    for (const [what, events] of Object.entries(broken))
      it(`finds that ${what}: ${name}`, () => {
        const found = judge(events).filter(({ invariant }) => invariant === name);

        assert.ok(found.length > 0, JSON.stringify(judge(events), undefined, 1));
        assert.ok(found.every(({ sentence, events: proof }) => sentence !== '' && proof.length > 0));
      });
    for (const [what, events] of Object.entries(fine))
      it(`finds no fault where ${what}: ${name}`, () => {
        assert.deepEqual(judge(events), []);
      });
  }
});
