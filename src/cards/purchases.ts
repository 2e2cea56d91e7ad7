import { daysLeft, isOpen, urgentDays } from '../domain/cancellations/cancellation-window.ts';
import type { Purchase } from '../domain/orders/purchases.ts';
import type { Words } from '../words/words.ts';
import { commandButton } from './buttons.ts';
import type { Badge, Button, Card, Row } from './card.ts';
import { type Choice, readChoice } from './inputs.ts';
import { messageCard } from './message.ts';
import { drawPage } from './pages.ts';
import type { CardContext } from './render.ts';

const maxChoices = 100;

interface Listing {
  readonly title: string;
  readonly nothing: string;
  readonly customer: string;
  readonly purchases: readonly Purchase[];
  readonly now: Date;
  /** What whoever asked may do. */
  readonly may: { readonly keys: boolean; readonly cancel: boolean; readonly buy: boolean };
  /** What is typed to see it, and its first row. */
  readonly command: string;
  readonly from: number;
}

/** What a customer has, what is urgent first; each row has its own buttons, and the only one shows them. */
export function purchasesCard(shown: CardContext, listing: Listing): Card {
  const { title, nothing, customer, purchases, now, may, command, from } = listing;
  const context = { ...shown, draft: undefined };
  const { words } = context;
  const buy = may.buy
    ? [commandButton(context, `buy ${customer}`, { title: words.software.buyFor(customer), mode: 'secondary' })]
    : [];
  if (purchases.length === 0) return messageCard(context, { title, lines: [nothing], buttons: buy });
  const left = purchases.flatMap((purchase) => daysToCancel(purchase, now) ?? []);
  const soonest = left.length > 0 ? Math.min(...left) : undefined;
  const isUrgent = soonest !== undefined && soonest <= urgentDays;
  const sorted = sortByUrgency(purchases, now);
  return drawPage(
    context,
    {
      title,
      subtitle: words.software.all(purchases.length, left.length),
      icon: 'Server',
      summary: words.software.summary(title, purchases.length, isUrgent ? soonest : undefined),
      buttons: buy,
    },
    { command, from, rows: sorted.map((purchase, at) => rowOf(context, purchase, { now, may, isOpen: at === from })) },
  );
}

function rowOf(
  context: CardContext,
  purchase: Purchase,
  { now, may, isOpen: isShown }: Pick<Listing, 'now' | 'may'> & { readonly isOpen: boolean },
): Row {
  const { words } = context;
  const { line } = purchase;
  return {
    heading: words.software.line(line.quantity || 1, line.title),
    details: detailsOf(words, purchase, now),
    badge: badgeOf(words, purchase, now),
    buttons: buttonsOf(context, purchase, { now, may }),
    isOpen: isShown,
  };
}

function detailsOf(words: Words, purchase: Purchase, now: Date): string[] {
  const { order, line, window, neverTakenBackBy, state, openCase } = purchase;
  const { bought, orderNumber, inCase, neverTakenBack, noWindow, daysLeft: left, windowOver } = words.software;
  const price = line.total ? [words.money(line.total)] : [];
  const about = [bought(order.createdAt), orderNumber(order.number), words.software.state(state), ...price].join(' · ');
  if (state === 'cancelled') return [about];
  if (openCase) return [about, inCase(openCase.reference)];
  if (neverTakenBackBy) return [about, neverTakenBack(neverTakenBackBy)];
  if (!window) return [about, noWindow];
  return [about, isOpen(window, now) ? left(daysLeft(window, now), window.closesAt) : windowOver(window.closesAt)];
}

function badgeOf(words: Words, purchase: Purchase, now: Date): Badge {
  const { state, neverTakenBackBy, window } = purchase;
  const text = words.software.state(state);
  if (state === 'cancelled') return { text, style: 'subtle', icon: 'DismissCircle' };
  if (state === 'cancelling') return { text, style: 'accent', icon: 'Clock' };
  if (state === 'pending') return { text, style: 'informative', icon: 'Clock' };
  const days = daysToCancel(purchase, now);
  if (days !== undefined)
    return {
      text: words.software.shortly(days, days <= urgentDays),
      style: days === 0 ? 'attention' : days <= urgentDays ? 'warning' : 'informative',
      icon: 'Clock',
    };
  if (neverTakenBackBy) return { text: words.software.noRefund, style: 'subtle' };
  return { text: window ? words.software.windowClosed : text, style: 'subtle' };
}

/** Those that make sense in its state and that whoever asked may press. */
function buttonsOf(
  context: CardContext,
  purchase: Purchase,
  { now, may }: Pick<Listing, 'now' | 'may'>,
): readonly Button[] {
  const { words } = context;
  const { order, line, state, isSoftware, openCase, neverTakenBackBy } = purchase;
  if (state === 'cancelled') return [];
  const canCancel = may.cancel && isSoftware && !openCase && !neverTakenBackBy && state === 'active';
  const canRemind = !openCase && daysToCancel(purchase, now) !== undefined;
  return [
    ...(may.keys && isSoftware
      ? [commandButton(context, `keys ${order.id} ${line.number}`, { title: words.buttons.keys, style: 'positive' })]
      : []),
    ...(canCancel ? [commandButton(context, `cancel ${order.id}`, { title: words.buttons.cancel })] : []),
    ...(openCase ? [commandButton(context, `cases ${openCase.reference}`, { title: words.buttons.open })] : []),
    ...(canRemind ? [commandButton(context, `remind ${order.id}`, { title: words.buttons.remindMe })] : []),
  ];
}

/** Whole days for which it can still be cancelled; nothing where it cannot. */
function daysToCancel({ state, window, neverTakenBackBy }: Purchase, now: Date): number | undefined {
  if (state === 'cancelled' || state === 'cancelling' || neverTakenBackBy) return undefined;
  return window && isOpen(window, now) ? daysLeft(window, now) : undefined;
}

/** Windows that close soon first, the soonest of them at the top; the rest stays newest first. */
function sortByUrgency(purchases: readonly Purchase[], now: Date): Purchase[] {
  const urgency = (purchase: Purchase): number => {
    const days = daysToCancel(purchase, now);
    return days !== undefined && days <= urgentDays ? days : urgentDays + 1;
  };
  return purchases.toSorted((one, other) => urgency(one) - urgency(other));
}

/** One pick among purchases, as a question of its own. */
export function purchaseChoices(words: Words, purchases: readonly Purchase[]): Choice[] {
  return purchases.slice(0, maxChoices).map(({ order, line, state }) => ({
    title: `${order.number} · ${line.title} · ${words.day(order.createdAt)} · ${words.software.state(state)}`,
    value: `${order.id}:${line.number}`,
  }));
}

/** The purchase that was chosen; with only one there is nothing to choose. */
export function readPurchase(
  words: Words,
  purchases: readonly Purchase[],
  answer: { readonly values: Readonly<Record<string, string>>; readonly text?: string },
): Purchase | undefined {
  const [only, ...others] = purchases;
  if (only && others.length === 0) return only;
  const value = readChoice(words, 'named', purchaseChoices(words, purchases), answer);
  return purchases.find(({ order, line }) => `${order.id}:${line.number}` === value);
}
