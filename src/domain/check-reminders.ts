import type { Reminder } from './notice.ts';
import type { World } from './ports.ts';

const atOnce = 500;
const hourMs = 3600 * 1000;

/**
 * Owes a notice for each reminder whose next time has come: 7 days, 1 day and 1 hour before the window closes, as the
 * policy says. A notice is unique by its subject, which names the time, so a sweep that runs twice tells nobody twice;
 * times that passed while nobody looked are told once, by the latest.
 */
export async function checkReminders(world: World): Promise<void> {
  const now = world.clock.now();
  for (const reminder of await world.reminders.open(now, atOnce)) {
    const hours = hoursDue(world.policy.reminderHours, reminder, now);
    if (hours === undefined) continue;
    const subject = reminderSubject(reminder, hours);
    await world.notices.add([{ kind: 'window-closing', subject, target: { to: 'place', id: reminder.placeId } }], now);
  }
}

function hoursDue(reminderHours: readonly number[], { closesAt, askedAt }: Reminder, now: Date): number | undefined {
  const passed = reminderHours.filter((hours) => {
    const at = closesAt.getTime() - hours * hourMs;
    return at <= now.getTime() && at >= askedAt.getTime();
  });
  return passed.length > 0 ? Math.min(...passed) : undefined;
}

/** `order|person|hours|closing time`: everything the notice needs, so that it outlives the reminder. */
export function reminderSubject({ orderNumber, personId, closesAt }: Reminder, hours: number): string {
  return [orderNumber, personId, hours, closesAt.toISOString()].join('|');
}

export function readReminderSubject(subject: string): { orderNumber: string; closesAt: Date } {
  const [orderNumber = '', , , closesAt = ''] = subject.split('|');
  return { orderNumber, closesAt: new Date(closesAt) };
}
