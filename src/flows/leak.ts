import { clip } from '../cards/inputs.ts';
import { leakCard, leakNotReportedCard, leakQuestionCard, leaksCard, maxRemark, readLeaked } from '../cards/leak.ts';
import { Refusal } from '../domain/errors.ts';
import type { KeyReveal } from '../domain/keys/key-reveals.ts';
import type { Leak } from '../domain/leaks/leak.ts';
import { leakOf, liftLeak, reportLeak } from '../domain/leaks/report-leak.ts';
import { findOrder } from '../domain/orders/find-order.ts';
import { explain, onOneLine } from '../words/words.ts';
import { type Card, done, type FirstTurn, flow } from './engine/flow.ts';

const listed = 50;
const named = /^(LK-[0-9A-Z]{6})(?:\s+(lift))?$/i;
const ofOrder = /^(\S+)(?:\s+(report|keep))?/i;

/**
 *   staff   leak 1a2b3c4d5e6f
 *   bot     What leaked? Nothing of the order is shown any more once this is reported: Report a leak
 *   staff   Report a leak
 *   bot     Leak LK-7K2M9Q: … (who saw what, and when; told to the other admin agents too)
 *   another Lift
 *
 *   staff   leak          (those that are not lifted)
 */
export const leak = flow({
  name: 'leak',
  right: 'leak.report',
  async begin(turn, args) {
    const [, reference, lift] = args.match(named) ?? [];
    if (reference !== undefined) {
      const wanted = reference.toUpperCase();
      return done(await (lift ? liftIt(turn, wanted) : open(turn, await leakOf(turn.world, wanted))));
    }
    const [, order, pressed] = args.match(ofOrder) ?? [];
    if (order === undefined) return done(leaksCard(turn.context, await turn.world.leaks.open(listed), turn.page.from));
    if (pressed?.toLowerCase() === 'keep') return done(leakNotReportedCard(turn.context, order));
    return done(await ask(turn, order, pressed !== undefined));
  },
  questions: {},
});

/** `isConfirmed`: the button was pressed. Without what leaked it is asked again, so nobody reports anything by typing alone. */
async function ask(turn: FirstTurn, text: string, isConfirmed: boolean): Promise<Card> {
  const { world, facts, who, words, context, entered } = turn;
  const { customer, order } = await findOrder(facts, text);
  const known = await world.leaks.openOf(order.id);
  if (known) return open(turn, known);
  const leaked = isConfirmed ? readLeaked(entered.leaked) : undefined;
  const remark = clip((entered.comment ?? '').trim(), maxRemark);
  if (leaked) {
    const about = {
      customerId: customer.id,
      customerName: customer.name,
      orderId: order.id,
      orderNumber: order.number,
    };
    return open(turn, await reportLeak(world, who, { ...about, leaked, ...(remark && { remark }) }));
  }
  const { orderNumber, customerName } = { orderNumber: order.number, customerName: customer.name };
  const problem = isConfirmed ? words.common.chooseOne : undefined;
  const keyReveals = await looksAt(turn, order.id);
  return leakQuestionCard({ ...context, problem }, { customerName, orderNumber, keyReveals, entered });
}

async function open(turn: FirstTurn, found: Leak, problem?: string): Promise<Card> {
  const keyReveals = await looksAt(turn, found.orderId);
  const entered = problem && turn.entered.comment;
  const isReporters = isForOneOnly(turn) && found.reporter.id.toLowerCase() === turn.who.id.toLowerCase();
  return leakCard({ ...turn.context, problem }, found, { keyReveals, entered, isReporters });
}

/** Who looked is told where others read along only if the policy says so. */
async function looksAt(turn: FirstTurn, orderId: string): Promise<KeyReveal[] | undefined> {
  const { policy, keyReveals } = turn.world;
  return policy.announceReveals || isForOneOnly(turn) ? keyReveals.ofOrder(orderId) : undefined;
}

function isForOneOnly({ place, isPrivate }: FirstTurn): boolean {
  return place.kind === 'personal' || isPrivate;
}

async function liftIt(turn: FirstTurn, reference: string): Promise<Card> {
  const { world, who, words, entered } = turn;
  try {
    const reason = clip((entered.comment ?? '').trim(), maxRemark);
    return await open(turn, await liftLeak(world, who, reference, reason));
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'reason-short') throw error;
    return open(turn, await leakOf(world, reference), onOneLine(explain(words, error)));
  }
}
