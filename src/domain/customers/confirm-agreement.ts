import { OutsideError, Refusal } from '../errors.ts';
import { demand } from '../people/demand.ts';
import type { Person } from '../people/staff.ts';
import type { World } from '../world.ts';
import type { AgreementContact } from './agreement.ts';
import type { Customer } from './customer.ts';

export interface Acceptance {
  readonly submissionId: string;
  readonly customer: Pick<Customer, 'id' | 'name'>;
  /** Who at the customer accepted the agreement. */
  readonly contact: AgreementContact;
  readonly agreedAt: Date;
}

/**
 * Tells Partner Center that the customer accepted the Microsoft Customer Agreement. Who told it is
 * written down first. Can be repeated after any failure: what Partner Center has already is not sent again; the same
 * contact there is our own earlier try, another one (`there-already`) is not what this person declared. Refuses
 * `not-allowed` and, while somebody else is doing the same, `still-working`.
 */
export async function confirmAgreement(
  world: World,
  who: Person,
  acceptance: Acceptance,
): Promise<'taken' | 'there-already'> {
  await demand(world, who, 'agreement.confirm');
  const { submissionId, customer, contact, agreedAt } = acceptance;
  await world.agreementConfirmations.add({
    submissionId,
    customerId: customer.id,
    customerName: customer.name,
    contact,
    agreedAt,
    personId: who.id,
    personName: who.name,
    at: world.clock.now(),
  });
  const outcome = await world.leases.hold(`agreement:${customer.id}`, 1_500, async () => {
    const there = await contactsThere(world, customer.id);
    if (there.length === 0) {
      await world.leases.demandHeld();
      await world.agreements.confirm(customer.id, { contact, agreedAt });
    }
    return there.length === 0 || there.some((one) => isSame(one, contact)) ? 'taken' : 'there-already';
  });
  if (!outcome) throw new Refusal('still-working', {});
  if (outcome === 'taken') await world.agreementConfirmations.recordTaken(submissionId, world.clock.now());
  return outcome;
}

function isSame(one: AgreementContact, other: AgreementContact): boolean {
  return one.email.trim().toLowerCase() === other.email.trim().toLowerCase();
}

/** A customer that never had an agreement may be unknown there. */
async function contactsThere(world: World, customerId: string): Promise<AgreementContact[]> {
  try {
    return (await world.agreements.confirmations(customerId)).map(({ contact }) => contact);
  } catch (error) {
    if (error instanceof OutsideError && error.kind === 'not-found') return [];
    throw error;
  }
}
