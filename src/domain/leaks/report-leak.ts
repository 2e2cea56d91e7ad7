import { Refusal } from '../errors.ts';
import { readOutsideLooksNow } from '../keys/outside-looks.ts';
import type { LeakNotice, NewNotice } from '../notices/notice.ts';
import { demand } from '../people/demand.ts';
import type { Person } from '../people/staff.ts';
import { withoutSecrets } from '../secret-texts.ts';
import { inTime } from '../work/in-time.ts';
import { newReference } from '../work/new-reference.ts';
import type { World } from '../world.ts';
import type { Leak, OpenLeak } from './leak.ts';

/** As much as the reason of a cancellation must say. */
const shortestReason = 10;

const patienceMs = 1_000;

/** What is said of it by whoever reports it. */
export type Reported = Pick<Leak, 'customerId' | 'customerName' | 'orderId' | 'orderNumber' | 'leaked' | 'remark'>;

/**
 * From now on nothing of the order is shown, until another admin agent lifts it. Of two that report it at once, one does, and the
 * other is given the same. The other admin agents are told. Throws `not-allowed`, `roles-unknown`.
 */
export async function reportLeak(world: World, who: Person, reported: Reported): Promise<Leak> {
  await demand(world, who, 'leak.report');
  const reporter = { id: who.id, name: who.name };
  const { remark, ...about } = reported;
  const leak = {
    ...about,
    // Whoever says that a key is known may paste it.
    ...(remark && { remark: withoutSecrets(remark) }),
    ...{ reference: newReference('LK'), reporter, reportedAt: world.clock.now() },
  };
  const notices = await noticesToOthers(world, who, leak.reference, 'reported');
  const reportedFirst = (await world.leaks.report(leak, notices)).leak;
  // Nothing is shown any more; who else may have looked is told with what Partner Center knows now.
  await readOutsideLooksNow(world);
  return reportedFirst;
}

/**
 * Shown again from now on. Never by whoever reported it: one person alone, or whoever uses their sign-in, neither hides a leak
 * nor ends it. Throws `not-allowed`, `leak-unknown`, `own-leak`, `reason-short`.
 */
export async function liftLeak(world: World, who: Person, reference: string, reason: string): Promise<Leak> {
  await demand(world, who, 'leak.report');
  const found = await leakOf(world, reference);
  if (found.lifted) return found;
  if (found.reporter.id.toLowerCase() === who.id.toLowerCase()) throw new Refusal('own-leak', { reference });
  if (reason.length < shortestReason) throw new Refusal('reason-short', { atLeast: shortestReason });
  const lifted = { by: { id: who.id, name: who.name }, at: world.clock.now(), reason: withoutSecrets(reason) };
  await world.leaks.lift(reference, lifted, await noticesToOthers(world, who, reference, 'lifted'));
  // The edits go on without whoever lifted it: their own card says so already.
  await inTime(world.notify.leakLifted(reference), patienceMs, 'showing that a leak was lifted').catch(() => undefined);
  return leakOf(world, reference);
}

/** Throws `leak-unknown`. */
export async function leakOf({ leaks }: Pick<World, 'leaks'>, reference: string): Promise<Leak> {
  const found = await leaks.get(reference);
  if (!found) throw new Refusal('leak-unknown', { reference });
  return found;
}

/** Throws `leak-reported`. That nothing is shown, `KeyReveals.add` sees to. */
export async function demandNoLeak({ leaks }: Pick<World, 'leaks'>, orderId: string): Promise<void> {
  const found = await leaks.openOf(orderId);
  if (found) throw new Refusal('leak-reported', asOpen(found));
}

export function asOpen({ reference, orderNumber: order, reporter, reportedAt: at, ...leak }: Leak): OpenLeak {
  const { customerId, customerName, orderId } = leak;
  return { reference, order, by: reporter.name, at, customerId, customerName, orderId };
}

/** Whom the directory cannot name now is not told; the leak is reported and lifted all the same. */
async function noticesToOthers(
  { staff }: World,
  who: Person,
  reference: string,
  step: LeakNotice['step'],
): Promise<NewNotice[]> {
  const admins = await staff.adminAgents().catch((error: unknown) => {
    if (error instanceof Refusal && error.code === 'roles-unknown') return [];
    throw error;
  });
  const others = admins.filter((id) => id.toLowerCase() !== who.id.toLowerCase());
  return others.map((id) => ({ kind: 'leak-told', reference, step, target: { to: 'person', id } }));
}
