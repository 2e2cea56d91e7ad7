import { z } from 'zod';
import { purchasesCard, readPurchase } from '../cards/purchases.ts';
import { Refusal } from '../domain/errors.ts';
import type { FoundOrder } from '../domain/orders/find-order.ts';
import { isSameId } from '../domain/orders/order.ts';
import { type Purchase, purchasesOf } from '../domain/orders/purchases.ts';
import { readDetails } from '../words/details.ts';
import type { Words } from '../words/words.ts';
import { chosenCustomerData, customerData, customerQuestion, searchCustomer } from './choose-customer.ts';
import { askIn, type Flow, flow, type Reply, start, type Turn } from './engine/flow.ts';
import { findKnownOrder } from './known-order.ts';
import { customerOfList } from './understand.ts';

const data = {
  customer: z.object(customerData),
  /** `orderId`: nothing but what was bought with this order. */
  list: z.object({ ...chosenCustomerData, orderId: z.string().optional() }),
};

type Steps = { [Step in keyof typeof data]: z.infer<(typeof data)[Step]> };
type Data = Steps['list'];

const ask = askIn<Steps>();

interface Listing {
  readonly name: string;
  readonly title: (words: Words, customer: string) => string;
  readonly nothing: (words: Words, customer: string) => string;
  readonly keeps: (purchase: Purchase) => boolean;
}

/**
 *   staff   software contoso
 *   bot     Software of Contoso: … (Keys, Cancel, Remind me)   → list
 *   staff   Keys
 *   bot     (the conversation about keys begins below)
 */
function listing({ name, title, nothing, keeps }: Listing): Flow {
  const purchases = async ({ facts, data }: Turn<Data>): Promise<Purchase[]> =>
    (await purchasesOf(facts, { id: data.customerId })).filter((one) =>
      data.orderId === undefined ? keeps(one) : isSameId(one.order.id, data.orderId),
    );
  return flow<Steps>({
    name,
    right: 'look',
    isOpen: true,
    async begin(turn, args) {
      if (!args) return ask('customer', {});
      const { number } = readDetails(args);
      // A customer may be named by an id, too.
      const known = number && (await searchCustomer(turn.facts, number));
      if (number && !known) return ofOrder(await findKnownOrder(turn.facts, number));
      const named = known || (await customerOfList(turn, args));
      if ('search' in named) return ask('customer', { search: named.search }, named.problem);
      return ask('list', { customerId: named.customer.id, customerName: named.customer.name });
    },
    questions: {
      customer: customerQuestion<Steps, Steps['customer']>({
        data: data.customer,
        title: ({ words, data: { search } }) =>
          search ? words.software.several(search) : words.software.whichCustomer,
        canKeep: false,
        onSearch: (turn, search, problem) => ask('customer', { ...turn.data, search }, problem),
        onCustomer: (_turn, customer) => ask('list', { customerId: customer.id, customerName: customer.name }),
      }),
      list: {
        kind: 'list',
        data: data.list,
        heading: (words, { customerName }) => title(words, customerName),
        async show(turn) {
          const customer = turn.data.customerName;
          const shown = { title: title(turn.words, customer), nothing: nothing(turn.words, customer) };
          return purchasesCard(turn.context, {
            ...shown,
            purchases: await purchases(turn),
            now: turn.world.clock.now(),
            chosen: turn.entered.named,
          });
        },
        async answer(turn, answer) {
          const purchase = readPurchase(turn.words, await purchases(turn), answer);
          if (!purchase) throw new Refusal('invalid', { field: 'named', why: turn.words.common.chooseOne });
          const { order, line } = purchase;
          if (answer.do === 'keys') return start('keys', `${order.id} ${line.number}`);
          if (answer.do === 'cancel') return start('cancel', order.id);
          if (answer.do === 'remindMe') return start('remind', order.id);
          throw new Refusal('invalid', { field: 'named', why: turn.words.software.pick });
        },
      },
    },
  });
}

function ofOrder({ customer, order }: FoundOrder): Reply<Steps> {
  return ask('list', { customerId: customer.id, customerName: customer.name, orderId: order.id });
}

export const software = listing({
  name: 'software',
  title: (words, customer) => words.software.softwareOf(customer),
  nothing: (words, customer) => words.software.nothing(customer),
  keeps: ({ isSoftware }) => isSoftware,
});

export const orders = listing({
  name: 'orders',
  title: (words, customer) => words.software.ordersOf(customer),
  nothing: (words, customer) => words.software.noOrders(customer),
  keeps: () => true,
});
