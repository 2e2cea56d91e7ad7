import type { Customer } from './customer.ts';
import { OutsideError, Refusal } from './errors.ts';
import type { AgreementContact, World } from './ports.ts';
import { demand, type Person } from './staff.ts';

export interface Acceptance {
  readonly submissionId: string;
  readonly customer: Pick<Customer, 'id' | 'name'>;
  /** Who at the customer accepted the agreement. */
  readonly contact: AgreementContact;
  readonly agreedAt: Date;
}

/**
 * Tells Partner Center that the customer accepted the Microsoft Customer Agreement (reference §11.3). Who told it is
 * written down first. Can be repeated after any failure: what Partner Center has already is not sent again. Refuses
 * `not-allowed` and, while somebody else is doing the same, `still-working`.
 */
export async function confirmAgreement(world: World, who: Person, acceptance: Acceptance): Promise<void> {
  await demand(world, who, 'agreement.confirm');
  const { submissionId, customer, contact, agreedAt } = acceptance;
  await world.declarations.add({
    submissionId,
    customerId: customer.id,
    customerName: customer.name,
    contact,
    agreedAt,
    personId: who.id,
    personName: who.name,
    at: world.clock.now(),
  });
  const isDone = await world.leases.hold(`agreement:${customer.id}`, 1_500, async () => {
    if (!(await isConfirmed(world, customer.id))) await world.agreements.confirm(customer.id, { contact, agreedAt });
    return true;
  });
  if (!isDone) throw new Refusal('still-working', {});
  await world.declarations.taken(submissionId, world.clock.now());
}

/** A customer that never had an agreement may be unknown there. */
async function isConfirmed(world: World, customerId: string): Promise<boolean> {
  try {
    return (await world.agreements.confirmations(customerId)).length > 0;
  } catch (error) {
    if (error instanceof OutsideError && error.kind === 'not-found') return false;
    throw error;
  }
}
