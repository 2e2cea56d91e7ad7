import { checkCases } from './domain/cancellations/check-cases.ts';
import { checkReminders } from './domain/notices/check-reminders.ts';
import type { World } from './domain/world.ts';

/** What is looked at again and again, in this order; each is a domain action that may run twice or be cut off anywhere. */
const recurring: readonly ((world: World) => Promise<void>)[] = [checkCases, checkReminders];

/** One round. What fails does not keep the rest from being done; the first failure is thrown at the end. */
export async function sweep(world: World): Promise<void> {
  let failure: unknown;
  for (const check of recurring) {
    await check(world).catch((error) => {
      failure ??= error;
    });
  }
  if (failure) throw failure;
}
