import type { Case } from '../domain/cancellations/case.ts';
import type { Customer } from '../domain/customers/customer.ts';
import type { PurchaseState } from '../domain/orders/purchases.ts';
import type { Words } from '../words/words.ts';
import type { Badge, Button, Card } from './card.ts';
import { caseBadge, stateOf } from './cases.ts';
import { type CardContext, draw } from './render.ts';

/** One order, as far as everybody in a conversation may read of it. */
export interface FoundOrder {
  readonly number: string;
  readonly customerName: string;
  readonly createdAt: Date;
  readonly lines: readonly { readonly quantity: number; readonly title: string }[];
  /** Where Partner Center was asked. */
  readonly state?: PurchaseState;
}

const looks: Readonly<Record<PurchaseState, Pick<Badge, 'style' | 'icon'>>> = {
  pending: { style: 'informative', icon: 'Clock' },
  active: { style: 'good', icon: 'CheckmarkCircle' },
  cancelling: { style: 'accent', icon: 'Clock' },
  cancelled: { style: 'subtle', icon: 'DismissCircle' },
};

/**
 * These cards stand in conversations in which anybody may be: no prices, contacts, reasons or keys. Whoever presses the button
 * gets what their own role allows.
 */
export function orderFoundCard(context: CardContext, found: FoundOrder, open: Button): Card {
  const { words } = context;
  const { number, customerName, createdAt, state } = found;
  return draw(context, {
    title: words.extension.order(number),
    subtitle: customerName,
    icon: 'Cart',
    ...(state && { badge: { text: words.software.state(state), ...looks[state] } }),
    lines: lineTexts(words, found),
    notes: [words.software.bought(createdAt)],
    summary: [words.extension.order(number), customerName].join(' · '),
    buttons: [open],
  });
}

export function caseFoundCard(context: CardContext, found: Case, open: Button): Card {
  const { words } = context;
  const { facts } = words.cancel;
  const { content, reference, requesterName } = found;
  return draw(context, {
    title: words.cancel.caseTitle(reference, stateOf(words, found)),
    subtitle: content.customerName,
    about: content.customerName,
    icon: 'History',
    badge: caseBadge(words, found),
    facts: [
      { title: facts.order, value: content.orderNumber },
      { title: facts.item, value: content.item },
      { title: facts.by, value: requesterName },
    ],
    buttons: [open],
  });
}

export function customerFoundCard(context: CardContext, { name, domain }: Customer, open: Button): Card {
  return draw(context, { title: name, subtitle: domain, icon: 'Person', buttons: [open] });
}

const mostLines = 10;

export function lineTexts(words: Words, { lines }: Pick<FoundOrder, 'lines'>): string[] {
  return lines.slice(0, mostLines).map(({ quantity, title }) => words.software.line(quantity || 1, title));
}
