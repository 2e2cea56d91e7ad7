import type { Case } from './case.ts';
import type { OutsideLook } from './changes.ts';

/** How far the audit records are read: what is told from `readBackTo` until `readUntil` is known. */
export interface ReadPosition {
  readonly readUntil?: Date;
  readonly readBackTo?: Date;
  readonly subscriptionsReadUntil?: Date;
}

export interface SweepStart extends ReadPosition {
  /** How many sweeps there were before. */
  readonly sweeps: number;
  /** Some case is watched; some that is watched has a ticket; some whose ticket's number nobody knows is due. */
  readonly hasCases: boolean;
  readonly hasTickets: boolean;
  readonly isTicketSought: boolean;
}

export interface TrackedCase {
  readonly found: Case;
  /** Its ticket was among those that are not closed when the lists were last read. */
  readonly isTicketListed: boolean;
  /** How often in a row the look at it has failed. */
  readonly failedLooks: number;
}

/** What the lists of tickets tell. */
export interface TicketsSeen {
  /** Of all that are not closed. */
  readonly listed: readonly string[];
  /** Those among them that wait for an answer. */
  readonly waiting: readonly string[];
  /** Our references that stand in them. */
  readonly references: readonly string[];
  /** The lists were read to their end: what is not in them is closed. */
  readonly isWhole: boolean;
}

export interface Look {
  readonly reference: string;
  readonly nextAt: Date;
  /** The look failed: the case has not been seen. */
  readonly isFailed: boolean;
}

/** Which open cases are looked at when. Watched are those that are filed, cancelling, or need a person. */
export interface Tracking {
  beginSweep(now: Date): Promise<SweepStart>;
  recordRead(position: ReadPosition): Promise<void>;
  /**
   * These orders or subscriptions changed: their watched cases come first at the next look, unless looks at them fail, or
   * they were looked at since and only a little time has passed. Letters' case is ignored.
   */
  noteChanges(changes: readonly { readonly name: string; readonly at: Date }[], now: Date): Promise<void>;
  /** The same of those whose ticket asks, is gone from the lists, was answered, or bears their reference. */
  noteTickets(seen: TicketsSeen, now: Date): Promise<void>;
  /** Those whose time has come: first what changed, then what was not looked at for longest. */
  due(now: Date, limit: number): Promise<TrackedCase[]>;
  recordLooks(looks: readonly Look[], at: Date): Promise<void>;
  /** When reminders were checked for the last time. */
  lastReminders(): Promise<Date | undefined>;
  recordReminders(at: Date): Promise<void>;
  /** When it was asked for the last time who looked at keys at Partner Center itself, and when it told so. */
  lastOutsideLooks(): Promise<OutsideLooksRead>;
  /** `told`: of these it did. */
  recordOutsideLooks(at: Date, told: readonly OutsideLook['what'][]): Promise<void>;
}

interface OutsideLooksRead {
  readonly triedAt?: Date;
  readonly toldUntil: Readonly<Partial<Record<OutsideLook['what'], Date>>>;
}
