import { z } from 'zod';
import { purchasesCard } from '../cards/purchases.ts';
import type { Customer } from '../domain/customers/customer.ts';
import { isSameId, type Order } from '../domain/orders/order.ts';
import { type Purchase, purchasesOf } from '../domain/orders/purchases.ts';
import { mayDo, type Right } from '../domain/people/staff.ts';
import { readDetails } from '../words/details.ts';
import type { Words } from '../words/words.ts';
import { customerData, customerQuestion, searchCustomer } from './choose-customer.ts';
import { askIn, done, type FirstTurn, type Flow, flow, type Reply } from './engine/flow.ts';
import { findKnownOrder } from './known-order.ts';
import { customerOfList } from './understand.ts';

type Steps = { readonly customer: z.infer<typeof data> };
const data = z.object(customerData);

const ask = askIn<Steps>();

interface Listing {
  readonly name: 'software' | 'orders';
  readonly title: (words: Words, customer: string) => string;
  readonly nothing: (words: Words, customer: string) => string;
  readonly keeps: (purchase: Purchase) => boolean;
}

/** `order`: nothing but what was bought with this one. */
interface About {
  readonly customer: Pick<Customer, 'id' | 'name'>;
  readonly order?: Pick<Order, 'id' | 'number'>;
}

/**
 *   staff   software contoso
 *   bot     Software of Contoso: … (each row with its Keys, Cancel, Remind me)
 *   staff   Keys
 *   bot     (the conversation about keys begins below)
 */
function createListing({ name, title, nothing, keeps }: Listing): Flow {
  async function list(turn: FirstTurn, { customer, order }: About): Promise<Reply<Steps>> {
    const {
      facts,
      world,
      words,
      context,
      who,
      page: { from },
    } = turn;
    const [roles, all] = await Promise.all([world.staff.rolesOf(who.id), purchasesOf(facts, customer)]);
    const may = (right: Right): boolean => mayDo(roles, right);
    const card = purchasesCard(context, {
      title: title(words, customer.name),
      nothing: nothing(words, customer.name),
      customer: customer.name,
      purchases: all.filter((one) => (order ? isSameId(one.order.id, order.id) : keeps(one))),
      now: world.clock.now(),
      may: { keys: may('keys.reveal'), cancel: may('cancel.prepare'), buy: may('buy.prepare') },
      command: `${name} ${order?.number ?? customer.id}`,
      from,
    });
    return done(card);
  }
  return flow<Steps>({
    name,
    right: 'look',
    isOpen: true,
    async begin(turn, args) {
      if (!args) return ask('customer', {});
      const { number } = readDetails(args);
      // A customer may be named by an id, too; what is known to be an order's number is none.
      const isOrder = number !== undefined && (await turn.facts.customerRecords.find(number)) !== undefined;
      const known = number && !isOrder ? await searchCustomer(turn.facts, number) : undefined;
      if (number && !known) return list(turn, await findKnownOrder(turn.facts, number));
      const named = known || (await customerOfList(turn, args));
      return 'search' in named ? ask('customer', { search: named.search }, named.problem) : list(turn, named);
    },
    questions: {
      customer: customerQuestion<Steps, Steps['customer']>({
        data,
        title: ({ words, data: { search } }) =>
          search ? words.software.several(search) : words.software.whichCustomer,
        canKeep: false,
        onSearch: (turn, search, problem) => ask('customer', { ...turn.data, search }, problem),
        onCustomer: (turn, customer) => list(turn, { customer }),
      }),
    },
  });
}

export const software = createListing({
  name: 'software',
  title: (words, customer) => words.software.softwareOf(customer),
  nothing: (words, customer) => words.software.nothing(customer),
  keeps: ({ isSoftware }) => isSoftware,
});

export const orders = createListing({
  name: 'orders',
  title: (words, customer) => words.software.ordersOf(customer),
  nothing: (words, customer) => words.software.noOrders(customer),
  keeps: () => true,
});
