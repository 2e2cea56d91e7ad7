import type { Customer } from '../customers/customer.ts';
import { demand } from '../people/demand.ts';
import type { Person } from '../people/staff.ts';
import type { World } from '../world.ts';

interface Exported {
  readonly customer?: Pick<Customer, 'id' | 'name'> | undefined;
  readonly since?: Date | undefined;
  readonly before?: Date | undefined;
}

/** Writes down who takes the log away, before the file is made. Refuses `not-allowed` and `too-many`. */
export async function recordExport(world: World, who: Person, { customer, since, before }: Exported): Promise<void> {
  await demand(world, who, 'audit.read');
  const exported = {
    at: world.clock.now(),
    personId: who.id,
    personName: who.name,
    ...(customer && { customer: { id: customer.id, name: customer.name } }),
    ...(since && { since }),
    ...(before && { before }),
  };
  await world.audit.recordExport(exported, world.policy.limits.exports);
}
