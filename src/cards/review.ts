import type { LeakMoved, ReviewedLook } from '../domain/audit/audit.ts';
import type { Review } from '../domain/audit/review.ts';
import type { Words } from '../words/words.ts';
import { commandButton } from './buttons.ts';
import type { Button, Card, Row } from './card.ts';
import { clip } from './inputs.ts';
import { messageCard } from './message.ts';
import { drawPage } from './pages.ts';
import type { CardContext } from './render.ts';

interface Shown {
  readonly title: string;
  readonly review: Review;
  /** What is typed to see it: its pages and its file are asked for by it. */
  readonly command: string;
  readonly from: number;
}

/** Who saw which keys and downloads of one customer, how often and when, and the leaks of that time. */
export function reviewCard(shown: CardContext, { title, review, command, from }: Shown): Card {
  const context: CardContext = { ...shown, draft: undefined };
  const { words } = context;
  if (isEmpty(review)) return messageCard(context, { title, lines: [words.review.nothing] });
  const leaks = review.leaks.map((one) => leakRow(context, one));
  const looks = review.looks.map((look) => lookRow(context, look));
  const model = { title, icon: 'Key', lines: [words.review.about], notes: notesOf(words, review) } as const;
  const buttons = [fileButton(context, command)];
  return drawPage(context, { ...model, buttons }, { command, rows: [...leaks, ...looks], from });
}

function lookRow({ words, timeZone }: CardContext, look: ReviewedLook): Row {
  const who = clip(look.name, 60);
  return {
    heading: look.orderNumber ? words.review.look(who, look.orderNumber) : who,
    details: [clip(words.leaks.look(look), 160), words.leaks.looked(look, timeZone)],
  };
}

function leakRow({ words, timeZone }: CardContext, entry: LeakMoved): Row {
  const { who = '', at } = entry;
  const about = [clip(who, 60), words.moment(at, timeZone)].filter(Boolean).join(' · ');
  return { heading: words.leaks.tell(entry), details: [about, ...(entry.text ? [clip(entry.text, 160)] : [])] };
}

interface OfCustomer {
  readonly id: string;
  readonly name: string;
  readonly looks: ReviewedLook[];
  readonly leaks: Set<string>;
}

/**
 * The customers of whom something was shown, or has leaked: each opens its own list. `commandOf`: what is typed for it. What a
 * record of Partner Center tells of no customer is of none of those lists, and stands below them.
 */
export function reviewsCard(
  shown: CardContext,
  { title, review, command, from, commandOf }: Shown & { readonly commandOf: (customerId: string) => string },
): Card {
  const context: CardContext = { ...shown, draft: undefined };
  const { words } = context;
  if (isEmpty(review)) return messageCard(context, { title, lines: [words.review.nothing] });
  const customers = customersIn(review).map(
    ({ id, name, looks, leaks }): Row => ({
      heading: clip(name, 80),
      details: [
        words.review.counts({
          people: new Set(looks.map((one) => one.name)).size,
          looks: looks.reduce((sum, { times }) => sum + times, 0),
          leaks: leaks.size,
        }),
      ],
      action: commandButton(context, commandOf(id), { title: words.buttons.open }),
    }),
  );
  const model = { title, icon: 'Key', lines: [words.review.perCustomer], notes: notesOf(words, review) } as const;
  const buttons = [fileButton(context, command)];
  const unassigned = review.looks.filter((look) => !look.customerId).map((look) => lookRow(context, look));
  return drawPage(context, { ...model, buttons }, { command, rows: [...customers, ...unassigned], from });
}

function customersIn({ looks, leaks }: Review): OfCustomer[] {
  const found = new Map<string, OfCustomer>();
  const of = ({ customerId, customerName = customerId }: Pick<ReviewedLook, 'customerId' | 'customerName'>) => {
    const id = customerId.toLowerCase();
    const one = found.get(id) ?? { id, name: customerName, looks: [], leaks: new Set() };
    found.set(id, one);
    return one;
  };
  for (const leak of leaks) of(leak).leaks.add(leak.reference);
  for (const look of looks) if (look.customerId) of(look).looks.push(look);
  return [...found.values()];
}

function isEmpty({ looks, leaks }: Review): boolean {
  return looks.length === 0 && leaks.length === 0;
}

function notesOf(words: Words, { isCut }: Review): string[] {
  return isCut ? [words.review.cut] : [];
}

function fileButton(context: CardContext, command: string): Button {
  return commandButton(context, `${command} csv`, { title: context.words.buttons.exportFile, mode: 'secondary' });
}
