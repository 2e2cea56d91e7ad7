import { checkCases } from './domain/cancellations/check-cases.ts';
import { checkReminders } from './domain/notices/check-reminders.ts';
import type { World } from './domain/world.ts';

/** The recurring work, in this order. Each may run twice at once, and may be cut off at any point. */
const recurring: readonly ((world: World) => Promise<void>)[] = [checkCases, checkReminders];

/** Does the recurring work once. All of it is tried, whatever fails; the first failure is thrown at the end. */
export async function sweep(world: World): Promise<void> {
  const failures: unknown[] = [];
  for (const check of recurring) await check(world).catch((error) => failures.push(error));
  if (failures.length > 0) throw failures[0];
}
