import type { FoundDifference } from '../domain/differences/difference.ts';
import { commandButton } from './buttons.ts';
import type { Button, Card, Row } from './card.ts';
import { clip } from './inputs.ts';
import { messageCard } from './message.ts';
import { drawPage } from './pages.ts';
import type { CardContext } from './render.ts';

interface Listing {
  readonly found: readonly FoundDifference[];
  /** When the last comparison ended; absent: there was none yet. */
  readonly comparedAt?: Date | undefined;
  /** By order id, where they are known. */
  readonly numbers: ReadonlyMap<string, string>;
  /** The first row of the page. */
  readonly from: number;
  /** Tells of them for the first time. */
  readonly isNews?: boolean;
}

/** What is typed to see all of them; the word is understood in every language. */
const differencesCommand = 'audit differences';

/** Each with what to do about it, and a way to the case or the orders. */
export function differencesCard(
  shown: CardContext,
  { found, comparedAt, numbers, from, isNews = false }: Listing,
): Card {
  const context = { ...shown, draft: undefined };
  const { title, found: news, text, none, notYet } = context.words.differences;
  if (found.length === 0)
    return messageCard(context, { title, lines: [comparedAt ? none(comparedAt, context.timeZone) : notYet, text] });
  const heading = isNews ? news(found.length) : title;
  const rows = found.map((one) => rowOf(context, one, numbers));
  const model = { title: heading, icon: 'Warning', lines: [text], summary: news(found.length) } as const;
  return drawPage(context, model, { command: differencesCommand, rows, from });
}

function rowOf(context: CardContext, one: FoundDifference, numbers: ReadonlyMap<string, string>): Row {
  const { tell, toDo, since } = context.words.differences;
  const orderId = 'orderId' in one ? one.orderId : undefined;
  const number = orderId === undefined ? undefined : (numbers.get(orderId) ?? orderId);
  const about = [one.customerName && clip(one.customerName, 60), since(one.foundAt)].filter(Boolean).join(' · ');
  const action = wayTo(context, one);
  return { heading: clip(tell(one, number), 200), details: [about, toDo(one.kind)], ...(action && { action }) };
}

function wayTo(context: CardContext, one: FoundDifference): Button | undefined {
  const { cases, differences } = context.words;
  if (one.kind === 'ticket-without-case') return undefined;
  if ('reference' in one) return commandButton(context, `cases ${one.reference}`, { title: cases.open(one.reference) });
  return commandButton(context, `orders ${one.customerId}`, { title: differences.orders });
}
