import type { HistoryEvent } from '../events.ts';
import type { HistoryIndex } from '../history-index.ts';

/** An invariant that does not hold, in a sentence, with the events that prove it. */
export interface Broken {
  readonly invariant: string;
  readonly sentence: string;
  readonly events: readonly HistoryEvent[];
}

export interface Limits {
  /** Within which an activity is answered. */
  readonly answerMs: number;
  /** How long a key may be seen, and how much longer it may take to hide it. */
  readonly keyMs: number;
  readonly keyGraceMs: number;
  /** A card whose id nobody knows, as after a crash, may keep its buttons if whoever presses them sees how it ended. */
  readonly arePressesEnough: boolean;
  /** It was quiet for so long that nothing may still wait for its next try. */
  readonly isAllOver: boolean;
}

export const defaultLimits: Limits = {
  ...{ answerMs: 3_000, keyMs: 60_000, keyGraceMs: 10_000 },
  ...{ arePressesEnough: false, isAllOver: false },
};

export type Invariant = (index: HistoryIndex, limits: Limits) => Omit<Broken, 'invariant'>[];
