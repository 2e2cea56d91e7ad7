import { commandButton } from '../cards/buttons.ts';
import type { Button, Card } from '../cards/card.ts';
import { type DigestRow, digestCard, mostInDigest } from '../cards/digest.ts';
import type { CardContext } from '../cards/render.ts';
import { isOfCase, type Notice } from '../domain/notices/notice.ts';
import type { World } from '../domain/world.ts';

/** So many for one place within a minute come one by one. */
const mostAlone = 5;
const withinMs = 60_000;

/** So long the others are waited for. */
const gatherMs = 10_000;

const looked = 100;

export type Gathering =
  | { readonly kind: 'alone' }
  | { readonly kind: 'wait'; readonly seconds: number }
  /** With the one that asked. */
  | { readonly kind: 'digest'; readonly notices: readonly Notice[] };

/** Does it go out alone, or with the others that are due at the same place? What failed before goes alone. */
export async function gatherNotices(world: World, notice: Notice): Promise<Gathering> {
  if (!mayGather(notice)) return { kind: 'alone' };
  const now = world.clock.now().getTime();
  const near = await world.notices.toTarget(notice.target, new Date(now - withinMs), looked);
  if (near.length <= mostAlone) return { kind: 'alone' };
  // Those that were there first are alone, or on their way.
  if (near.slice(0, mostAlone).some(({ id }) => id === notice.id)) return { kind: 'alone' };
  const waiting = near.slice(mostAlone).filter((one) => one.state === 'due' && mayGather(one));
  const waitedMs = now - (waiting[0]?.createdAt.getTime() ?? now);
  // Below zero where the clock was put back.
  if (waitedMs >= 0 && waitedMs < gatherMs && waiting.length < mostInDigest)
    return { kind: 'wait', seconds: Math.ceil((gatherMs - waitedMs) / 1000) };
  const others = waiting.filter(({ id }) => id !== notice.id);
  return { kind: 'digest', notices: [notice, ...others].slice(0, mostInDigest) };
}

/** News of cases and orders that nobody may have read yet; reminders have buttons of their own. */
export function mayGather(notice: Notice): boolean {
  const isOfOrder = notice.kind === 'order-placed' || notice.kind === 'order-declined';
  return (isOfCase(notice) || isOfOrder) && notice.attempts === 0 && !notice.isMaybeTold;
}

/** `cards`: what each would be told by alone. */
export async function digestOf(
  world: World,
  context: CardContext,
  cards: readonly { readonly notice: Notice; readonly card: Card }[],
): Promise<Card> {
  const rows = await Promise.all(
    cards.map(
      async ({ notice, card }): Promise<DigestRow> => ({
        text: card.summary,
        open: await openButton(world, context, notice),
      }),
    ),
  );
  return digestCard(context, rows);
}

async function openButton(world: World, shown: CardContext, notice: Notice): Promise<Button> {
  const context = { ...shown, draft: undefined };
  const { cases, differences } = context.words;
  if (isOfCase(notice))
    return commandButton(context, `cases ${notice.reference}`, { title: cases.open(notice.reference) });
  const submission = 'submissionId' in notice ? await world.orderSubmissions.get(notice.submissionId) : undefined;
  return commandButton(context, `orders ${submission?.content.customerId ?? ''}`.trim(), { title: differences.orders });
}
