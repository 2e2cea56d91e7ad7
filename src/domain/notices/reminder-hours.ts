import type { ReminderDecision } from './reminders.ts';

export const hourMs = 3600 * 1000;
const lastDayHours = 24;

/** How many hours before the window closes somebody is reminded: as the policy says, or as they have decided. */
export function hoursFor(
  reminderHours: readonly number[],
  closesAt: Date,
  decision: Pick<ReminderDecision, 'choice' | 'at'> | undefined,
): readonly number[] {
  if (decision?.choice === 'keep') return [];
  if (decision?.choice !== 'last-day') return reminderHours;
  const left = reminderHours.filter(
    (hours) => hours <= lastDayHours && closesAt.getTime() - hours * hourMs > decision.at.getTime(),
  );
  return left.length > 0 ? [Math.max(...left)] : [];
}

/** There are others to come before the one of the last day. */
export function isMoreThanLastToCome(reminderHours: readonly number[], closesAt: Date, now: Date): boolean {
  const left = reminderHours.filter((hours) => closesAt.getTime() - hours * hourMs > now.getTime());
  return left.length > 1 && hoursFor(left, closesAt, { choice: 'last-day', at: now }).length > 0;
}

/** When the last one comes, after *Last day*; absent where all have come. */
export function lastReminderAt(reminderHours: readonly number[], decision: ReminderDecision): Date | undefined {
  const [hours] = hoursFor(reminderHours, decision.closesAt, { ...decision, choice: 'last-day' });
  return hours === undefined ? undefined : new Date(decision.closesAt.getTime() - hours * hourMs);
}
