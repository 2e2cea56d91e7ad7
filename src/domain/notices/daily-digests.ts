import type { Case, CaseState } from '../cancellations/case.ts';
import type { NoticeTarget } from './notice.ts';
import type { Reminder } from './reminders.ts';
import type { TimeOfDay } from './time-of-day.ts';

/** Somebody wants one message a day: to themselves, or to everybody in a place. */
export interface DailyDigest {
  readonly target: NoticeTarget;
  readonly time: TimeOfDay;
  /** Whoever asked for it lives there. */
  readonly timeZone: string;
  readonly askedBy: string;
  readonly nextAt: Date;
}

export interface DailyDigests {
  of(target: NoticeTarget): Promise<DailyDigest | undefined>;
  /** One for each person and each channel or group: the new one counts. */
  put(digest: DailyDigest): Promise<void>;
  remove(target: NoticeTarget): Promise<void>;
  /** Those whose time has come, the longest waiting first; and those whose time is days ahead, which a clock that was put back leaves. */
  due(now: Date, limit: number): Promise<DailyDigest[]>;
  /** By state, counted up to a thousand; and those that need a person. `placeId`: only those of its channel that everybody there may read. */
  openCases(placeId: string | undefined, limit: number): Promise<OpenCases>;
  /** Whose window closes after `now` and not after `until`, asked for in the channel of that place for all to read; soonest first. */
  closingIn(placeId: string, now: Date, until: Date, limit: number): Promise<Reminder[]>;
  /** If it is still to come when it was to come, it comes then. */
  moveOn(digest: DailyDigest, nextAt: Date): Promise<void>;
}

export interface OpenCases {
  readonly byState: readonly { readonly state: CaseState; readonly count: number }[];
  readonly needPerson: readonly Case[];
}

/** All threads of a channel are of that channel. */
export function channelOf(placeId: string): string {
  return placeId.split(';')[0] ?? placeId;
}
