import type {
  Answered,
  CardSummary,
  HistoryEvent,
  Recorded,
  RecordedCase,
  RecordedOrder,
  Sent,
  SentPress,
  Shown,
  Telling,
  Time,
  Took,
} from './events.ts';

export type Press = Sent & { readonly what: SentPress };

/** A history, sorted by what the invariants ask for. */
export interface HistoryIndex {
  readonly sent: readonly Sent[];
  readonly answerTo: ReadonlyMap<string, Answered>;
  /** By submission id, in the order in which they were sent. */
  readonly presses: ReadonlyMap<string, readonly Press[]>;
  readonly took: readonly Took[];
  readonly shown: readonly Shown[];
  /** How each message stands at the end; deleted ones are left out. */
  readonly standing: ReadonlyMap<string, Shown>;
  readonly time: readonly Time[];
  /** All that was recorded in between and in the end. */
  readonly looks: readonly Recorded[];
  /** The last of them; absent where nobody looked. */
  readonly end?: Recorded;
  readonly orderOf: ReadonlyMap<string, RecordedOrder>;
  readonly caseOf: ReadonlyMap<string, RecordedCase>;
  /** By cart. */
  readonly orderOfCart: ReadonlyMap<string, RecordedOrder>;
}

export function indexOf(history: readonly HistoryEvent[]): HistoryIndex {
  const sent: Sent[] = [];
  const answerTo = new Map<string, Answered>();
  const presses = new Map<string, Press[]>();
  const took: Took[] = [];
  const shown: Shown[] = [];
  const standing = new Map<string, Shown>();
  const time: Time[] = [];
  const looks: Recorded[] = [];
  for (const event of history) {
    switch (event.kind) {
      case 'sent': {
        sent.push(event);
        const { what } = event;
        if (what.kind === 'press' && what.submission !== undefined && isDeciding(what.doing))
          listIn(presses, what.submission).push({ ...event, what });
        break;
      }
      case 'answered':
        answerTo.set(event.delivery, event);
        break;
      case 'took':
        took.push(event);
        break;
      case 'shown':
        shown.push(event);
        if (event.how === 'deleted') standing.delete(nameOf(event));
        else standing.set(nameOf(event), event);
        break;
      case 'recorded':
        looks.push(event);
        break;
      case 'time':
        time.push(event);
    }
  }
  const end = looks.at(-1);
  const orders = end?.orders ?? [];
  const orderOfCart = new Map<string, RecordedOrder>();
  const byRequest = new Map(orders.flatMap((one) => one.requestIds.map((id) => [id, one] as const)));
  for (const one of orders) if (one.cart !== undefined) orderOfCart.set(one.cart, one);
  for (const { operation, requestId, made } of took) {
    const owner = byRequest.get(requestId);
    if (operation === 'cart' && owner) for (const cart of made) orderOfCart.set(cart, owner);
  }
  return {
    ...{ sent, answerTo, presses, took, shown, standing, time, looks, end, orderOfCart },
    orderOf: new Map(orders.map((one) => [one.submission, one])),
    caseOf: new Map((end?.cases ?? []).map((one) => [one.reference, one])),
  };
}

/** A button that orders, cancels, files or ends something. */
export function isDeciding(doing: string): boolean {
  return ['confirm', 'submit', 'agreement', 'cancelNow', 'fileTicket', 'giveUp'].includes(doing);
}

/** Message ids are told apart within their place. */
const nameOf = ({ place, message }: Shown): string => `${place} ${message}`;

export function listIn<T>(lists: Map<string, T[]>, key: string): T[] {
  const list = lists.get(key) ?? [];
  lists.set(key, list);
  return list;
}

/** All that a card tells: a digest tells of several. */
export function tellingsOf(card: CardSummary | undefined): readonly Telling[] {
  return card?.digest ?? (card?.tells ? [card.tells] : []);
}

/** Does this card say so of this order or case? */
export function tellsOf(card: CardSummary | undefined, of: Telling['of'], id: string): Telling | undefined {
  return tellingsOf(card).find((tells) => tells.of === of && tells.ids.includes(id));
}
