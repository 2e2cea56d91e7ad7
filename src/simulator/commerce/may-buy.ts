import type { Customer } from '../customers.ts';
import { refusal } from '../http/errors.ts';
import type { World } from '../store.ts';

/** The refusals that meet an order before anything in it is looked at, in the order of the reference, section 11. */
export function checkMayBuy(world: World, customer: Customer): void {
  if (customer.account === 'UnderReview') throw refusal(403, 800073, 'The customer account is under review.');
  if (customer.account === 'NotAllowed' || customer.account === 'Unknown') {
    throw refusal(403, 800075, 'The customer account is not approved.');
  }
  const isConfirmed = world.agreements.filter(({ customerId }) => customerId === customer.id).length > 0;
  if (isConfirmed || customer.signedDirectly) return;
  throw refusal(403, 13605, 'The Microsoft Customer Agreement has not been confirmed or signed for this customer.');
}
