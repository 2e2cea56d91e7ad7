import type { Case } from '../domain/cancellations/case.ts';
import type { Eligibility } from '../domain/cancellations/eligibility.ts';
import type { Money } from '../domain/money.ts';
import type { ReminderDecision } from '../domain/notices/reminders.ts';
import { commandButton } from './buttons.ts';
import { progressOf, windowBadge } from './cancel.ts';
import type { Button, Card } from './card.ts';
import { clip } from './inputs.ts';
import { messageCard } from './message.ts';
import { type CardContext, type CardModel, draw } from './render.ts';

interface Closing {
  readonly orderNumber: string;
  readonly closesAt: Date;
  readonly now: Date;
}

interface Reminded extends Closing {
  /** What cancelling would mean; absent where that could not be read. */
  readonly eligibility?: Eligibility;
  /** Whose cancellation is a draft. */
  readonly draftOwner?: string;
  readonly mayCancel: boolean;
  /** There are reminders to come that could be put off to the last day. */
  readonly canWait: boolean;
}

/** A cancellation window is about to close: of what, for whom, how much comes back, until when, and what can be done. */
export function reminderCard(
  context: CardContext,
  { orderNumber, closesAt, now, eligibility, draftOwner, mayCancel, canWait }: Reminded,
): Card {
  const { words } = context;
  const about = eligibility && {
    customer: eligibility.customer.name,
    item: eligibility.lines.map((line) => words.software.line(line.quantity, line.title)).join('; '),
    amount: eligibility.refund?.amount,
    note: words.reminders.comesBack,
  };
  return draw(context, {
    ...closingModel(context, { orderNumber, closesAt }, about),
    badge: eligibility && windowBadge(words, eligibility, now),
    progress: eligibility && progressOf(words, eligibility, now),
    lines: draftOwner === undefined ? [] : [words.notices.stillDraft(draftOwner)],
    notes: [words.notices.why],
    buttons: [
      ...(mayCancel ? [cancelButton(context, orderNumber)] : []),
      commandButton(context, `remind keep ${orderNumber}`, { title: words.buttons.keepIt, isInPlace: true }),
      ...(canWait
        ? [commandButton(context, `remind last ${orderNumber}`, { title: words.buttons.lastDay, isInPlace: true })]
        : []),
    ],
  });
}

/** The same of a case whose ticket a person has still to file: that is what can be done about it. */
export function fileReminderCard(context: CardContext, found: Case, closing: Omit<Closing, 'now'>): Card {
  const { words } = context;
  const { reference, content } = found;
  const { customerName: customer, item, amount } = content;
  return draw(context, {
    ...closingModel(context, closing, { customer, item, amount, note: words.caseCard.asked(item) }),
    lines: [words.notices.stillHandOver(reference), words.cancel.stillToFile(reference)],
    notes: [words.notices.why],
    buttons: [commandButton(context, `cases ${reference}`, { title: words.cases.open(reference), style: 'positive' })],
  });
}

interface About {
  readonly customer: string;
  readonly item: string;
  readonly amount?: Money;
  readonly note: string;
}

function closingModel(
  { words, timeZone }: CardContext,
  { orderNumber, closesAt }: Omit<Closing, 'now'>,
  about: About | undefined,
): CardModel {
  const title = words.notices.closing(orderNumber, closesAt, timeZone);
  const amount = about?.amount && words.money(about.amount);
  return {
    icon: 'Clock',
    title,
    subtitle: about && words.cancel.about(about.customer, about.item),
    amount: about && amount !== undefined ? { text: amount, note: about.note } : undefined,
    summary: [title, ...(about ? [about.customer, clip(about.item, 100)] : []), ...(amount ? [amount] : [])].join(
      ' · ',
    ),
  };
}

function cancelButton(context: CardContext, orderNumber: string): Button {
  const title = context.words.reminders.cancel;
  return commandButton(context, `cancel ${orderNumber}`, { title, style: 'destructive' });
}

/** What was decided about the reminders of an order. `nextAt`: when the last one comes, if one does. */
export function reminderDecidedCard(shown: CardContext, decision: ReminderDecision, nextAt: Date | undefined): Card {
  const context = { ...shown, draft: undefined };
  const { words, timeZone } = context;
  const { orderNumber, personName, customerName, closesAt } = decision;
  const { kept, lastDay } = words.reminders;
  const isKept = decision.choice === 'keep';
  return messageCard(context, {
    title: isKept ? kept(personName, orderNumber, customerName) : lastDay(personName, orderNumber, customerName),
    lines: [
      ...(isKept ? [words.reminders.noMore] : nextAt ? [words.reminders.lastAt(nextAt, timeZone)] : []),
      words.reminders.stillUntil(closesAt, timeZone),
      words.reminders.again(orderNumber),
    ],
  });
}

/** Somebody presses what is not theirs, or types it of an order of which they are not reminded. */
export function notRemindedCard(shown: CardContext, orderNumber: string): Card {
  const { notSet, notYours } = shown.words.reminders;
  const lines = [notYours(orderNumber)];
  return messageCard({ ...shown, draft: undefined }, { title: notSet(orderNumber), lines });
}
