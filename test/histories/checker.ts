import type { HistoryEvent } from './events.ts';
import { indexOf } from './history-index.ts';
import { isOneForEach, isOwned, isPaidAsReviewed, isRepeatedAsItself, isSameContent } from './invariants/done-once.ts';
import { type Broken, defaultLimits, type Invariant, type Limits } from './invariants/invariant.ts';
import { isFinished, isKept, isToldOnce, isToldToAll } from './invariants/nothing-lost.ts';
import { isAnsweredInTime, isKeyHidden, isSettled, isTwinAnswered } from './invariants/on-screen.ts';
import { isBegunOnce, isNotOverwritten, isSentByHolder } from './invariants/one-at-a-time.ts';

export type { Broken, Limits } from './invariants/invariant.ts';

/** Each with its name, as it is printed. */
export const invariants = {
  'one order, one cancellation, one ticket for each submission': isOneForEach,
  'a request that was not answered is repeated under its own id': isRepeatedAsItself,
  'nothing is done that nobody submitted': isOwned,
  'one message begins one conversation': isBegunOnce,
  'no turn writes over what another has written': isNotOverwritten,
  'whoever sends a request holds the work': isSentByHolder,
  'the same id with other content is refused': isSameContent,
  'the money of the review is the money of the order': isPaidAsReviewed,
  'nothing is acknowledged and lost': isKept,
  'no order and no case is stuck': isFinished,
  'each end is told to everybody it is owed to': isToldToAll,
  'nothing is told twice without saying so': isToldOnce,
  'a second press while the first is under way shows where it stands': isTwinAnswered,
  'no settled card has a button that decides': isSettled,
  'no key is on a screen after its time': isKeyHidden,
  'every activity is answered in time': isAnsweredInTime,
} as const satisfies Readonly<Record<string, Invariant>>;

export type InvariantName = keyof typeof invariants;

/** Everything in the history that must not be; nothing where all is well. */
export function judge(history: readonly HistoryEvent[], limits: Partial<Limits> = {}): Broken[] {
  const index = indexOf(history);
  return Object.entries(invariants).flatMap(([invariant, check]) =>
    check(index, { ...defaultLimits, ...limits }).map((found) => ({ invariant, ...found })),
  );
}
