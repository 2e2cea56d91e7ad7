import type { Answered, CardSummary, Recorded, RecordedCase, RecordedOrder, Sent, Shown } from '../events.ts';
import { type HistoryIndex, listIn, tellingsOf, tellsOf } from '../history-index.ts';
import { checkoutsOf } from './done-once.ts';
import type { Broken, Invariant } from './invariant.ts';

type Found = Omit<Broken, 'invariant'>;

/** What somebody has read. */
type Read = (Shown | Answered) & { readonly card: CardSummary };

function readsOf({ shown, answerTo }: HistoryIndex): Read[] {
  return [...shown, ...answerTo.values()].filter((one): one is Read => one.card !== undefined);
}

export const isKept: Invariant = (index) => {
  const { presses, answerTo, took, orderOf, caseOf, end } = index;
  if (!end) return [];
  const made = new Set(took.flatMap((one) => (one.operation === 'checkout' ? one.made : [])));
  const outside = end.outside && new Set(end.outside.orders.map(({ id }) => id));
  const isThere = (id: string): boolean => made.has(id) || (outside?.has(id) ?? false);
  const submissions = new Set([...orderOf.keys(), ...end.cases.map(({ submission }) => submission)]);
  const submissionOf = new Map(end.drafts.map(({ id, submission }) => [id, submission]));
  const unwritten = [...presses].flatMap(([submission, all]) =>
    all.flatMap((press): Found[] => {
      const answer = answerTo.get(press.delivery);
      // An old card of the same conversation: what became of the newer one is shown, and nothing else.
      const newer = submissionOf.get(press.what.draft ?? '');
      const isOld = newer !== undefined && newer !== submission && submissions.has(newer);
      if (isOld && isAbout(index, newer, answer?.card)) return [];
      if (tellsOfOthers(index, submission, answer?.card)) return [];
      const isTaken = answer?.card?.tells !== undefined && !answer.isRefused && press.what.doing !== 'cancelNow';
      return answer && isTaken && !submissions.has(submission) && ['confirm', 'submit'].includes(press.what.doing)
        ? [{ sentence: `${submission} was acknowledged and is not recorded`, events: [press, answer] }]
        : [];
    }),
  );
  const told = new Map<string, Found>();
  for (const read of readsOf(index)) {
    const { of, ids, state } = read.card.tells ?? { of: 'order', ids: [], state: '' };
    const isClaimed = of === 'case' || state === 'ordered';
    for (const id of isClaimed ? ids.filter((one) => !(of === 'case' ? caseOf.has(one) : isThere(one))) : [])
      told.set(id, { sentence: `the ${of} ${id} was told as ${state} and is not there`, events: [read] });
  }
  const recorded = end.orders.flatMap(({ submission, state, orders }): Found[] =>
    state === 'ordered' && (orders.length === 0 || orders.some((id) => !isThere(id)))
      ? [{ sentence: `${submission} is recorded as ordered, and Partner Center has no such order`, events: [end] }]
      : [],
  );
  const otherCart = [...checkoutsOf(index)].flatMap(([{ submission, cart }, events]): Found[] =>
    cart !== undefined && events.every(({ about }) => about !== cart)
      ? [{ sentence: `${submission} is recorded with the cart ${cart}, and another one was ordered`, events }]
      : [],
  );
  const uncancelled = end.cases.flatMap(({ reference, state, isWholeOrder, order }): Found[] => {
    const there = end.outside?.orders.find(({ id }) => id === order);
    return state === 'completed' && isWholeOrder && there && !there.isCancelled
      ? [{ sentence: `${reference} has completed, and the order ${order} is not cancelled`, events: [end] }]
      : [];
  });
  return [...unwritten, ...told.values(), ...recorded, ...otherCart, ...uncancelled, ...toldTooSoon(index)];
};

/** That it is cancelled is said when Partner Center has cancelled it. */
function toldTooSoon(index: HistoryIndex): Found[] {
  const cancelledAt = new Map(index.end?.outside?.orders.map((one) => [one.id, one.cancelledAt]));
  return readsOf(index).flatMap((read): Found[] =>
    tellingsOf(read.card).flatMap(({ of, ids, state }) => {
      const found = of === 'case' && state === 'completed' ? index.caseOf.get(ids[0] ?? '') : undefined;
      const since = found?.isWholeOrder ? cancelledAt.get(found.order) : undefined;
      return found && since !== undefined && read.at < since
        ? [{ sentence: `${found.reference} was told as completed before its order was cancelled`, events: [read] }]
        : [];
    }),
  );
}

/** Does this card tell of what was submitted under this id? */
function isAbout({ orderOf, end }: HistoryIndex, submission: string, card: CardSummary | undefined): boolean {
  const references = end?.cases.filter((one) => one.submission === submission).map(({ reference }) => reference) ?? [];
  const known = [...(orderOf.get(submission)?.orders ?? []), ...references];
  return card?.tells?.ids.every((id) => known.includes(id)) ?? true;
}

/** A colleague's case about the same order is shown in place of one that would be the second. */
function tellsOfOthers({ caseOf }: HistoryIndex, submission: string, card: CardSummary | undefined): boolean {
  const { of, ids = [] } = card?.tells ?? {};
  const cases = of === 'case' ? ids.flatMap((id) => caseOf.get(id) ?? []) : [];
  return cases.length > 0 && cases.every((one) => one.submission !== submission);
}

export const isFinished: Invariant = (index, { isAllOver }) => {
  const { end, looks } = index;
  if (!end?.isQuiet) return [];
  const stuck = (sentence: string): Found[] => [{ sentence, events: [end] }];
  const cancelled = new Set(end.outside?.orders.filter((one) => one.isCancelled).map(({ id }) => id));
  const reads = readsOf(index);
  const orders = end.orders.flatMap((one) => {
    if (one.state === 'needs_person' && !toldOrder(index, one, one.state).some(isRead))
      return stuck(`the order ${one.submission} needs a person, and nobody was told`);
    return [];
  });
  const cases = end.cases.flatMap((one) => {
    const { reference, state, isWholeOrder, order } = one;
    const isTold = reads.some(({ card }) => tellsOf(card, 'case', reference)?.state === 'needs_person');
    if (state === 'needs_person' && !isTold) return stuck(`the case ${reference} needs a person, and nobody was told`);
    const isOpen = state !== 'completed' && state !== 'refused';
    return isOpen && isWholeOrder && cancelled.has(order)
      ? stuck(`the order of ${reference} is cancelled, and the case is still ${state}`)
      : [];
  });
  const left = isAllOver ? unfinishedIn(end).flatMap(({ what }) => stuck(`${what} when all was over`)) : [];
  return [
    ...new Map(looks.flatMap(withoutJob).map((one) => [one.sentence, one])).values(),
    ...orders,
    ...cases,
    ...left,
  ];
};

/** What is to be done has a job whenever one looks: both are written in one transaction. */
function withoutJob(look: Recorded): Found[] {
  const jobs = new Set(look.jobs);
  return unfinishedIn(look)
    .filter(({ id }) => !jobs.has(id))
    .map(({ what }) => ({ sentence: `${what} and has no job`, events: [look] }));
}

function unfinishedIn({ orders, cases, notices }: Recorded): { readonly id: string; readonly what: string }[] {
  const isWorked = ({ state, isAccepted }: RecordedCase) =>
    state === 'submitted' || state === 'filing' || (state === 'cancelling' && !isAccepted);
  return [
    ...orders
      .filter(({ state }) => state === 'accepted')
      .map(({ submission: id }) => ({ id, what: `the order ${id} is accepted` })),
    ...cases.filter(isWorked).map(({ reference: id, state }) => ({ id, what: `the case ${id} is ${state}` })),
    ...notices
      .filter(({ state }) => state === 'due')
      .map(({ id, kind }) => ({ id, what: `the notice ${id} (${kind}) is due` })),
  ];
}

const isRead = (one: Shown | Answered): boolean => one.kind === 'shown' || one.status === 200;

/** Where it was told how an order stands: by its numbers, on its own card, or in the answer to its press. */
function toldOrder(index: HistoryIndex, order: RecordedOrder, state: string): (Shown | Answered)[] {
  const answers = (index.presses.get(order.submission) ?? []).flatMap(
    ({ delivery }) => index.answerTo.get(delivery) ?? [],
  );
  const isIts = (one: Shown): boolean =>
    one.message === order.card ||
    one.how === 'posted' ||
    one.card?.tells?.ids.some((id) => order.orders.includes(id)) === true;
  const fits = ({ card }: Shown | Answered): boolean =>
    card?.tells?.of === 'order' &&
    card.tells.state === state &&
    (order.orders.length === 0 || card.tells.ids.some((id) => order.orders.includes(id)));
  return [...index.shown.filter((one) => isIts(one) && fits(one)), ...answers.filter(fits)];
}

/** Who reads a message: those in the place, or one. */
const isFor = ({ onlyFor }: Shown, person: string): boolean => onlyFor === person;

export const isToldToAll: Invariant = (index, { answerMs }) => {
  const { end } = index;
  if (!end?.isQuiet) return [];
  return [
    ...end.orders.flatMap((one) => untoldOfOrder(index, one)),
    ...end.cases.flatMap((one) => untoldOfCase(index, one, answerMs)),
  ];
};

function untoldOfOrder(index: HistoryIndex, order: RecordedOrder): Found[] {
  const { submission, state, place, person, preparer, isPrivate } = order;
  if (state !== 'ordered') return [];
  const told = toldOrder(index, order, state).filter((one) => one.kind === 'shown');
  const inPlace = told.some((one) => one.place === place && (isPrivate ? isFor(one, person) : true));
  const toPreparer = preparer === undefined || preparer === person || told.some((one) => isFor(one, preparer));
  return missing(index, {
    what: `the order ${submission}`,
    about: submission,
    isTold: told.length > 0,
    rungs: [
      { name: 'the thread', target: place, isTold: inPlace },
      { name: 'whoever prepared it', target: preparer ?? '', isTold: toPreparer },
    ],
  });
}

function untoldOfCase(index: HistoryIndex, found: RecordedCase, answerMs: number): Found[] {
  const { reference, submission, state, place, person, preparer, isPrivate, timesTakenUp } = found;
  // Whoever takes a case up again sees in the answer that it needs them once more.
  const isOwed = state === 'completed' || state === 'refused' || (state === 'needs_person' && timesTakenUp === 0);
  if (!isOwed) return [];
  const tellsEnd = (card: CardSummary | undefined): boolean => tellsOf(card, 'case', reference)?.state === state;
  const told = index.shown.filter(({ card }) => tellsEnd(card));
  const posted = told.filter(({ how }) => how === 'posted');
  const answers = (index.presses.get(submission) ?? []).flatMap(({ person: who, delivery, at: sentAt }) => {
    const answer = index.answerTo.get(delivery);
    return answer && who === person && tellsOf(answer.card, 'case', reference) ? [{ ...answer, sentAt }] : [];
  });
  const firstAt = Math.min(...answers.map(({ at }) => at));
  // It ended after whoever submitted it, by a press or several at once, had been answered: then it is told in messages of
  // their own.
  const isAnswered = answers.some(({ sentAt, card }) => sentAt <= firstAt && tellsEnd(card));
  // Their press got no answer, as its process died, or "still working on it" when the end was there already, and the card
  // that they looked at showed the end in its place.
  const isOnCard = (index.presses.get(submission) ?? []).some(
    ({ person: who, delivery, at }) =>
      who === person &&
      isWithoutEnd(index.answerTo.get(delivery)) &&
      told.some((one) => one.how === 'edited' && one.place === place && one.at >= at && one.at < at + answerMs),
  );
  // That it needs a person comes long after the press, and is never left to the card alone.
  const isLater = (answers.length > 0 || state === 'needs_person') && !isAnswered && !isOnCard;
  const shownInPlace = (isLater ? posted : told).some(
    (one) => one.place === place && (isPrivate ? isFor(one, person) : true),
  );
  const isOwn = told.some((one) => one.place === place && isFor(one, person));
  return missing(index, {
    what: `the end of ${reference}`,
    about: reference,
    isTold: told.length > 0,
    rungs: [
      { name: 'the thread', target: place, isTold: shownInPlace },
      {
        name: 'whoever submitted it',
        target: person,
        isTold: !isLater || isOwn || posted.some((one) => isFor(one, person)),
      },
      {
        name: 'whoever prepared it',
        target: preparer ?? '',
        isTold: preparer === undefined || preparer === person || posted.some((one) => isFor(one, preparer)),
      },
    ],
  });
}

const isWithoutEnd = (answer: Answered | undefined): boolean => answer?.status === 0 || answer?.isWorking === true;

interface Owed {
  readonly what: string;
  readonly about: string;
  /** Somebody was told. */
  readonly isTold: boolean;
  readonly rungs: readonly { readonly name: string; readonly target: string; readonly isTold: boolean }[];
}

/** One who could not be reached is told by others, which their notice says. */
function missing({ end }: HistoryIndex, { what, about, isTold, rungs }: Owed): Found[] {
  const isPassedOn = (target: string): boolean =>
    end?.notices.some(
      (one) => one.about === about && one.target.id === target && (one.state === 'escalated' || one.state === 'unsure'),
    ) ?? false;
  return rungs.flatMap(({ name, target, isTold: isRungTold }) =>
    isRungTold || (isPassedOn(target) && isTold) || !end
      ? []
      : [{ sentence: `${what} was not told to ${name}`, events: [end] }],
  );
}

/** Somebody typed words there shortly before: how their order stands is what they are answered with, once. */
const answeredMs = 120_000;

export const isToldOnce: Invariant = ({ shown, sent, orderOf }) => {
  const isAsking = ({ what }: Sent) => what.kind === 'text' || (what.kind === 'press' && what.doing === 'command');
  const words = sent.filter(isAsking);
  const answered = new Set<string>();
  const isAnswer = ({ at, place }: Shown): boolean => {
    const asked = words.findLast(
      (one) => one.place === place && one.at <= at && at - one.at < answeredMs && !answered.has(one.activityId),
    );
    if (asked) answered.add(asked.activityId);
    return asked !== undefined;
  };
  const cards = new Set([...orderOf.values()].flatMap(({ card }) => card ?? []));
  const told = new Map<string, Shown[]>();
  for (const one of shown) {
    const { how, place, onlyFor = '', message, card } = one;
    if (how !== 'posted') continue;
    for (const { of, ids, state, isNotice } of tellingsOf(card)) {
      const isOther = of === 'case' ? !isNotice || state === 'needs_person' : state !== 'ordered';
      if (isOther || (of === 'order' && (cards.has(message) || isAnswer(one)))) continue;
      listIn(told, [of, ids.join(), state, place, onlyFor].join(' ')).push(one);
    }
  }
  return [...told.values()].flatMap((messages) => {
    // What stood still on its way may come after the one that says so.
    return messages.filter(({ card }) => !card?.isAgain).length > 1
      ? [{ sentence: `it was told ${messages.length} times: ${messages[0]?.card?.title}`, events: messages }]
      : [];
  });
};
