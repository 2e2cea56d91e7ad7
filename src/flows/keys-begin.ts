import type { CustomerProfile } from '../domain/customers/customer.ts';
import type { FoundOrder } from '../domain/orders/find-order.ts';
import type { Details } from '../words/details.ts';
import { profileOf } from './choose-customer.ts';
import type { FirstTurn } from './engine/flow.ts';
import { entitlementsOf } from './keys-data.ts';
import { findKnownOrder } from './known-order.ts';
import { customerIn, numberIn } from './understand.ts';

type Found =
  | FoundOrder
  | { readonly customer: CustomerProfile; readonly bought: string }
  | { readonly search?: string; readonly problem?: string };

/** `keys windows server for contoso` as well as `keys 1a2b3c4d5e6f`. */
export async function orderOrCustomer(turn: FirstTurn, details: Details): Promise<Found> {
  const { facts } = turn;
  const number = numberIn(details);
  if (number) {
    // What was bought is asked for at the same time as the order.
    const askForBought = ({ customerId, orderId, number }: { customerId: string; orderId: string; number: string }) => {
      entitlementsOf(facts, { customerId, orderId, orderNumber: number }).catch(() => undefined);
    };
    return findKnownOrder(facts, number, askForBought, turn.who.id);
  }
  const named = await customerIn(turn, details);
  if (!named || !('customer' in named)) return named ?? {};
  return { customer: await profileOf(facts, named.customer.id), bought: named.product };
}
