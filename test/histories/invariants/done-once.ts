import type { Amount, RecordedOrder, Shown, Took } from '../events.ts';
import { type HistoryIndex, listIn } from '../history-index.ts';
import type { Broken, Invariant } from './invariant.ts';
import { casesAtOnce } from './one-at-a-time.ts';

type Found = Omit<Broken, 'invariant'>;

const hasMade = ({ made }: Took): boolean => made.length > 0;

/** Of a submission: which requests made orders. */
export function checkoutsOf({ took, orderOfCart }: HistoryIndex): Map<RecordedOrder, Took[]> {
  const found = new Map<RecordedOrder, Took[]>();
  const lists = new Map<string, Took[]>();
  for (const one of took) {
    const order = one.operation === 'checkout' && hasMade(one) ? orderOfCart.get(one.about) : undefined;
    if (!order) continue;
    const list = listIn(lists, order.submission);
    list.push(one);
    found.set(order, list);
  }
  return found;
}

export const isOneForEach: Invariant = (index) => {
  const { took, caseOf, end } = index;
  const twice = [...checkoutsOf(index)].flatMap(([{ submission }, events]) =>
    events.length > 1 ? [{ sentence: `the submission ${submission} was ordered ${events.length} times`, events }] : [],
  );
  const cancels = new Map<string, Took[]>();
  const tickets = new Map<string, Took[]>();
  for (const one of took) {
    if (one.operation === 'cancel' || one.operation === 'subscription')
      for (const id of one.made) listIn(cancels, id).push(one);
    if (one.operation === 'ticket' && hasMade(one)) listIn(tickets, one.about).push(one);
  }
  const cancelled = [...cancels].flatMap(([id, events]) =>
    events.length > 1 ? [{ sentence: `${id} was cancelled ${events.length} times`, events }] : [],
  );
  const filed = [...tickets].flatMap(([reference, events]) => {
    const allowed = 1 + (caseOf.get(reference)?.timesTakenUp ?? 0);
    return events.length > allowed ? [{ sentence: `the case ${reference} has ${events.length} tickets`, events }] : [];
  });
  return [...twice, ...cancelled, ...filed, ...casesAtOnce(end)];
};

/** Under another id Partner Center may do it twice. An answer that refuses ends an attempt, and so does a person who takes it up again. */
export const isRepeatedAsItself: Invariant = ({ took, end }) =>
  [...(end?.orders ?? []), ...(end?.cases ?? [])].flatMap((one): Found[] => {
    const own = took.filter(({ requestId }) => one.requestIds.includes(requestId));
    const allowed = 1 + ('timesTakenUp' in one ? one.timesTakenUp : 0);
    return [...Map.groupBy(own, ({ operation }) => operation)].flatMap(([operation, events]) => {
      const ids = new Set(events.map(({ requestId }) => requestId));
      const refused = new Set(events.flatMap(({ answered, requestId }) => (answered === 'refused' ? [requestId] : [])));
      // Where the answer was lost, the refusal may have come with a repetition.
      const mayBeRefused = events.some(({ answered, made }) => answered === 'lost' && made.length === 0);
      return ids.size - refused.size > allowed && !mayBeRefused
        ? [{ sentence: `${operation} of ${one.submission} was asked for under ${ids.size} request ids`, events }]
        : [];
    });
  });

export const isOwned: Invariant = ({ took, end, orderOfCart, caseOf }) => {
  if (!end) return [];
  const ordersOfCases = new Set(end.cases.map(({ order }) => order));
  return took.filter(hasMade).flatMap((one) => {
    const isKnown =
      one.operation === 'checkout'
        ? orderOfCart.has(one.about)
        : one.operation === 'ticket'
          ? caseOf.has(one.about)
          : one.operation === 'cancel' || one.operation === 'subscription'
            ? ordersOfCases.has(one.about)
            : true;
    return isKnown
      ? []
      : [
          {
            sentence: `${one.operation} of ${one.about} was done, and no submission is recorded for it`,
            events: [one],
          },
        ];
  });
};

export const isSameContent: Invariant = ({ presses, answerTo, took, orderOf, orderOfCart, end }) => {
  const recorded = new Map([...orderOf.values(), ...(end?.cases ?? [])].map((one) => [one.submission, one]));
  const pressed = [...presses].flatMap(([submission, all]): Found[] => {
    const known = recorded.get(submission);
    if (!known) return [];
    const theirs = all.filter(({ person }) => person === known.person);
    if (theirs.length === 0)
      return [{ sentence: `${submission} is recorded for ${known.person}, who did not press it`, events: all }];
    const first = theirs.find(({ what }) => what.content !== undefined)?.what.content;
    return all.flatMap((press): Found[] => {
      const { content } = press.what;
      const answer = answerTo.get(press.delivery);
      if (content === undefined || content === first || !answer || answer.status === 0 || answer.isRefused) return [];
      return [{ sentence: `${submission} was sent with other content, and was not refused`, events: [press, answer] }];
    });
  });
  const bought = took.flatMap((one) => {
    const [cart] = one.operation === 'cart' ? one.made : [];
    const order = cart === undefined ? undefined : orderOfCart.get(cart);
    return order && one.content !== undefined && one.content !== order.content
      ? [
          {
            sentence: `${order.submission} was confirmed as ${order.content} and asked for as ${one.content}`,
            events: [one],
          },
        ]
      : [];
  });
  return [...pressed, ...bought];
};

const isSame = (one: Amount, other: Amount): boolean => one.minor === other.minor && one.currency === other.currency;

export const isPaidAsReviewed: Invariant = (index) => {
  const { shown, orderOf, took, end } = index;
  const reviews = new Map<string, Shown>();
  for (const one of shown)
    for (const { submission } of one.card?.buttons ?? [])
      if (submission !== undefined && one.card?.money) reviews.set(submission, one);
  const wrong = [...orderOf.values(), ...(end?.cases ?? [])].flatMap(({ submission, money }) => {
    const review = reviews.get(submission);
    return review?.card?.money && !isSame(review.card.money, money)
      ? [
          {
            sentence: `${submission} is recorded with ${text(money)}; the card said ${text(review.card.money)}`,
            events: [review],
          },
        ]
      : [];
  });
  const paid = [...checkoutsOf(index)].flatMap(([{ submission, money }, events]) =>
    events.flatMap((one) =>
      one.money && !isSame(one.money, money)
        ? [{ sentence: `${submission} was confirmed for ${text(money)} and costs ${text(one.money)}`, events: [one] }]
        : [],
    ),
  );
  const asked = took.flatMap((one) => {
    const found = one.operation === 'ticket' ? index.caseOf.get(one.about) : undefined;
    return found && one.money && !isSame(one.money, found.money)
      ? [
          {
            sentence: `the ticket of ${one.about} asks for ${text(one.money)} instead of ${text(found.money)}`,
            events: [one],
          },
        ]
      : [];
  });
  return [...wrong, ...paid, ...asked];
};

const text = ({ minor, currency }: Amount): string => `${minor} ${currency} (minor units)`;
