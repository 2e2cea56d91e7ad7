import { z } from 'zod';
import { purchasesCard, readPurchase } from '../cards/purchases.ts';
import { Refusal } from '../domain/errors.ts';
import { type Purchase, purchasesOf } from '../domain/orders/purchases.ts';
import type { Words } from '../words/words.ts';
import { chosenCustomerData, customerData, customerNamed, customerQuestion, profileOf } from './choose-customer.ts';
import { askIn, type Flow, flow, start, type Turn } from './engine/flow.ts';

const data = { customer: z.object(customerData), list: z.object(chosenCustomerData) };

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
  const purchases = async ({ facts, data }: Turn<Data>): Promise<Purchase[]> => {
    const customer = await profileOf(facts, data.customerId);
    return (await purchasesOf(facts, customer)).filter(keeps);
  };
  return flow<Steps>({
    name,
    right: 'look',
    isOpen: true,
    async begin(turn, args) {
      if (!args) return ask('customer', {});
      const named = await customerNamed(turn, args);
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
