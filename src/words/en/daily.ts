import { zoneName } from '../format.ts';
import { local } from './common.ts';

export const daily = {
  title: 'One message a day',
  off: 'You get no daily message here.',
  offShared: 'There is no daily message here.',
  what: 'It says what ends today, which cancellation windows close, and which cases and drafts wait. On a day with nothing to say there is none.',
  pick: 'Choose a time, or type it: "daily 7:30".',
  on: (time: string, zone: string) => `Every day at ${time} (${zoneName(zone)})`,
  first: (at: Date, zone: string) => `The first one comes on ${local(at, zone)}.`,
  next: (at: Date, zone: string) => `The next one comes on ${local(at, zone)}.`,
  shared: 'It names only what everybody here may read.',
  stopped: 'No daily message from now on',
  again: 'Type "daily" to get it again.',
  notRead: (text: string) => `"${text}" is no time of the day.`,
  today: (day: string) => `Today, ${day}`,
  ends: (windows: number) =>
    windows === 1 ? 'One window closes within 24 hours.' : `${windows} windows close within 24 hours.`,
  nothingEnds: 'Nothing ends within 24 hours.',
  open: 'Open cases',
};
