import { z } from 'zod';
import { chooseCard } from '../cards/choose.ts';
import { type Choice, readChoice } from '../cards/inputs.ts';
import { messageCard } from '../cards/message.ts';
import type { OrderSubmission } from '../domain/orders/submission.ts';
import { askIn, done, type FirstTurn, flow, start } from './engine/flow.ts';

/** So many of a person's latest orders are looked through. */
const lookedAt = 15;

const goals = ['orders', 'cancel', 'keys', 'remind'] as const;
/** What is wanted of the order that is chosen: the command that goes on with it. */
const pick = z.object({ goal: z.enum(goals) });

type Steps = { pick: z.infer<typeof pick> };
const ask = askIn<Steps>();

/**
 *   staff   cancel my order   (or `my orders`)
 *   bot     Which of your orders? (those this person has placed here, newest first)   → pick
 *   staff   2 × Windows Server 2022 Standard for Contoso
 *   bot     (goes on as `cancel 1a2b3c4d5e6f`, below)
 */
export const myOrders = flow<Steps>({
  name: 'mine',
  right: 'look',
  async begin(turn, args) {
    const goal = goals.find((one) => one === args) ?? 'orders';
    const [only, ...others] = await choicesOf(turn);
    if (only && others.length === 0) return start(goal, only.value);
    if (only) return ask('pick', { goal });
    // Then it is one that somebody else has placed, or was bought elsewhere.
    if (goal !== 'orders') return start(goal === 'remind' ? 'orders' : goal, '');
    const { context, words } = turn;
    const { none, noneText } = words.software.mine;
    return done(messageCard({ ...context, draft: undefined }, { title: none, lines: [noneText] }));
  },
  questions: {
    pick: {
      kind: 'input',
      data: pick,
      heading: (words) => words.software.mine.which,
      async show(turn) {
        const { context, words, entered } = turn;
        return chooseCard(context, 'named', await choicesOf(turn), {
          title: words.software.mine.which,
          canKeep: false,
          value: entered.named,
        });
      },
      async answer(turn, answer) {
        return start(turn.data.goal, readChoice(turn.words, 'named', await choicesOf(turn), answer));
      },
    },
  },
});

async function choicesOf(turn: FirstTurn): Promise<Choice[]> {
  const { world, words, who } = turn;
  const placed = (await world.orderSubmissions.newestBy(who.id, lookedAt)).filter((one) => isForHere(turn, one));
  const numbers = await world.knownOrders.numbersOf(placed.flatMap(({ orderIds }) => orderIds));
  return placed.flatMap(({ content, orderIds, createdAt }) =>
    orderIds.map((id): Choice => {
      const { item, itemTitle, customerName } = content;
      const what = words.software.line(item.quantity, itemTitle);
      return { title: [numbers.get(id) ?? id, what, customerName, words.day(createdAt)].join(' · '), value: id };
    }),
  );
}

/** What was ordered in private is not listed where others read. */
function isForHere({ place, isPrivate }: FirstTurn, order: OrderSubmission): boolean {
  return order.state === 'ordered' && (place.kind === 'personal' || isPrivate || !order.isPrivate);
}
