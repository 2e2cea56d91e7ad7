import { daysLeft, isOpen } from '../domain/cancellations/cancellation-window.ts';
import type { Purchase } from '../domain/orders/purchases.ts';
import type { Words } from '../words/words.ts';
import { button } from './buttons.ts';
import type { Card } from './card.ts';
import { type Choice, choiceInput, readChoice } from './inputs.ts';
import { messageCard } from './message.ts';
import { type CardContext, draw } from './render.ts';

/** So many are described on the card; all of them can be chosen. */
const maxDescribed = 10;
const maxChoices = 100;

interface Listing {
  readonly title: string;
  readonly nothing: string;
  readonly purchases: readonly Purchase[];
  readonly now: Date;
  readonly chosen?: string;
}

/** What a customer has, newest first, with *Keys*, *Cancel* and *Remind me* for the one chosen. */
export function purchasesCard(context: CardContext, { title, nothing, purchases, now, chosen }: Listing): Card {
  const { words } = context;
  if (purchases.length === 0) return messageCard({ ...context, draft: undefined }, { title, lines: [nothing] });
  const choices = purchaseChoices(words, purchases);
  const hidden = purchases.length - maxDescribed;
  return draw(context, {
    title,
    items: purchases.slice(0, maxDescribed).map((purchase) => ({
      heading: words.software.line(purchase.line.quantity || 1, purchase.line.title),
      details: detailsOf(words, purchase, now),
    })),
    inputs: choices.length > 1 ? [choiceInput(words, 'named', choices, { value: chosen ?? choices[0]?.value })] : [],
    notes: hidden > 0 ? [words.software.more(hidden)] : [],
    buttons: [
      button(context, 'keys', { withInputs: true }),
      button(context, 'cancel', { withInputs: true }),
      button(context, 'remindMe', { withInputs: true }),
    ],
  });
}

function detailsOf(words: Words, { order, state, window, neverTakenBackBy }: Purchase, now: Date): string[] {
  const about = [
    words.software.bought(order.createdAt),
    words.software.orderNumber(order.number),
    words.software.state(state),
  ];
  if (state === 'cancelled') return [about.join(' · ')];
  if (neverTakenBackBy) return [about.join(' · '), words.software.neverTakenBack(neverTakenBackBy)];
  const left = window
    ? isOpen(window, now)
      ? words.software.daysLeft(daysLeft(window, now), window.closesAt)
      : words.software.windowOver(window.closesAt)
    : words.software.noWindow;
  return [about.join(' · '), left];
}

function purchaseChoices(words: Words, purchases: readonly Purchase[]): Choice[] {
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

/** One pick among purchases, as a question of its own. */
export { purchaseChoices };
