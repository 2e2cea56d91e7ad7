import type { Customer } from '../domain/customers/customer.ts';
import type { Purchase } from '../domain/orders/purchases.ts';
import { fold } from '../words/commands.ts';
import { type Details, type Reading, readDetails } from '../words/details.ts';
import { type NamedCustomer, refuseUnknown, searchCustomer } from './choose-customer.ts';
import type { FirstTurn } from './engine/flow.ts';
import { findNamed } from './find-named.ts';

/** The customer of a sentence, and what else was named in it. */
export type Understood = NamedCustomer & { readonly product: string };

/** Of an order: digits that stand alone are one, too short as they may be, and neither a product nor a quantity. */
export function numberIn({ number, readings, product }: Details): string | undefined {
  return number ?? (readings.length === 0 && /^\d+$/.test(product) ? product : undefined);
}

/**
 * Which customer a sentence is about. `undefined`: it names none. Its readings are looked up one after the other; where
 * nobody is found, the likeliest tells whom to ask for.
 */
export async function customerIn(turn: FirstTurn, { readings, product }: Details): Promise<Understood | undefined> {
  for (const reading of readings) {
    const named = await searchCustomer(turn.facts, reading.customer);
    if (named && isMeant(reading, named)) return { ...named, product: reading.product };
  }
  const [likeliest] = readings;
  if (!likeliest) return undefined;
  const refused = await refuseUnknown(turn, likeliest.customer);
  // Words that look like a customer's name are not looked for among the products as well.
  const isName = refused.isSimilar && fold(product) === fold(likeliest.customer);
  return { ...refused, product: likeliest.product || (isName ? '' : product) };
}

/** The same for a list, where nothing but a customer is to be named: all of the words may be the name. */
export async function customerOfList(turn: FirstTurn, args: string): Promise<NamedCustomer> {
  const { readings } = readDetails(args);
  const whole = await searchCustomer(turn.facts, args);
  if (whole) return whole;
  const others = readings.filter(({ customer, isGuess }) => !isGuess && fold(customer) !== fold(args));
  const found = others.length > 0 && (await customerIn(turn, { readings: others, product: '', isMine: false }));
  return found && !('problem' in found) ? found : refuseUnknown(turn, args);
}

/** Those purchases whose titles fit the words. `isCertain`: they are one, and every word fits. */
export function purchasesNamed(
  purchases: readonly Purchase[],
  text: string | undefined,
): { readonly found: readonly Purchase[]; readonly isCertain: boolean } {
  const { found, isCertain } = findNamed(purchases, ({ line }) => line.title, text ?? '');
  return { found, isCertain: isCertain && found.length === 1 };
}

/** The same for a list that is shown: all of them where none fits. */
export function narrowPurchases(purchases: readonly Purchase[], text: string | undefined): readonly Purchase[] {
  const { found } = purchasesNamed(purchases, text);
  return found.length > 0 ? found : purchases;
}

/** One word of several is the customer's only where a name begins with it, or has a word that does. */
function isMeant({ customer, isGuess }: Reading, named: NamedCustomer): boolean {
  if (!isGuess) return true;
  return 'customer' in named && wordsOf(named.customer).some((word) => word.startsWith(fold(customer)));
}

function wordsOf({ name, domain }: Customer): string[] {
  return fold(`${name} ${domain}`).split(/[^\p{L}\p{N}]+/u);
}
