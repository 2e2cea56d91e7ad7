import type { Case } from './case.ts';
import type { CaseEvent } from './case-event.ts';

/** What was asked back and what was credited in one month (UTC), in the smallest unit of the currency. */
export interface MonthOfMoney {
  /** `2026-11` */
  readonly month: string;
  readonly currency: string;
  readonly asked: number;
  readonly credited: number;
}

/** What all cases together tell; nothing here takes longer because there are more of them. */
export interface CaseOverview {
  /** The newest open ones; `next` leads to those after them. */
  open(from: string | undefined, limit: number): Promise<{ readonly cases: readonly Case[]; readonly next?: string }>;
  /** Those that need a person, waiting for the longest time first. */
  needPerson(limit: number): Promise<Case[]>;
  /** Counted up to 1000. */
  counts(): Promise<{ readonly open: number; readonly waiting: number }>;
  histories(references: readonly string[]): Promise<ReadonlyMap<string, readonly CaseEvent[]>>;
  /** Oldest month first. */
  moneySince(month: string): Promise<MonthOfMoney[]>;
}
