import { daysLeft, daysOf, urgentDays } from '../domain/cancellations/cancellation-window.ts';
import type { CaseContent, CaseEnding } from '../domain/cancellations/case.ts';
import type { Eligibility } from '../domain/cancellations/eligibility.ts';
import type { TicketFile } from '../domain/cancellations/ticket-file.ts';
import type { OpenDraft } from '../domain/drafts/drafts.ts';
import type { KeyViewer } from '../domain/keys/key-reveals.ts';
import type { Order, OrderLine } from '../domain/orders/order.ts';
import type { Words } from '../words/words.ts';
import { button, questionButtons } from './buttons.ts';
import type { Badge, Button, Card } from './card.ts';
import { filesFact } from './files.ts';
import { type Choice, choiceInput, type Input, readChoices, textInput } from './inputs.ts';
import { type CardContext, type CardModel, draw, type Fact } from './render.ts';

/** The facts that are shown before the first question and again at the end. */
export function eligibilityFacts(
  context: CardContext,
  { customer, order, lines, window, isInWindow, refund }: Eligibility,
  now: Date,
): Fact[] {
  const { words, timeZone } = context;
  const { facts } = words.cancel;
  const cancellable = window
    ? isInWindow
      ? words.cancel.until(window.closesAt, daysLeft(window, now), timeZone)
      : words.cancel.closed(window.closesAt, timeZone)
    : words.cancel.noWindow;
  const back = refund ? words.cancel.refund(refund) : words.cancel.unknownRefund;
  return [
    { title: facts.customer, value: customer.name },
    { title: facts.order, value: `${order.number} (${words.day(order.createdAt)})` },
    { title: facts.item, value: lines.map((line) => words.software.line(line.quantity, line.title)).join('; ') },
    { title: facts.window, value: cancellable },
    { title: facts.refund, value: refund && !isInWindow ? words.cancel.ifGranted(back) : back },
  ];
}

export interface CancelOffer {
  readonly eligibility: Eligibility;
  readonly now: Date;
  /** Who looked at keys or downloads of the order. */
  readonly seenBy: readonly KeyViewer[];
  readonly maySubmit: boolean;
  readonly preparedBy?: string;
  /** Somebody else has begun the same. */
  readonly begun?: Pick<OpenDraft, 'ownerName' | 'changedAt'>;
  /** What is filled in. */
  readonly entered: { readonly why?: string; readonly reason?: string };
}

/**
 * Opens the form of the ticket in a dialog, where files are added beside it; only where there are pages. Without the inputs:
 * with them a client would ask for what is missing first.
 */
export function pageButtons(context: CardContext, hasPages: boolean): Button[] {
  return hasPages ? [button(context, 'ticketPage', { asDialog: true })] : [];
}

/** What cancelling means and brings back, the reason, and how to go on: all that is asked where it is cancelled at once. */
export function cancelCard(
  context: CardContext,
  { eligibility, now, seenBy, maySubmit, preparedBy, begun, entered }: CancelOffer,
): Card {
  const { words, problem } = context;
  const { cancel, software } = words;
  const { customer, order, lines, refund, endings, refused, isInWindow, window } = eligibility;
  const isNow = endings.includes('cancel-now');
  const back = isInWindow ? refund?.amount : undefined;
  const days = isInWindow && window ? daysLeft(window, now) : undefined;
  // Said as the problem, where it happened just now.
  const isToldOf = refused !== undefined && !problem;
  return draw(context, {
    icon: 'History',
    title: cancel.title(order.number),
    subtitle: cancel.about(customer.name, lines.map((line) => software.line(line.quantity, line.title)).join('; ')),
    badge: windowBadge(words, eligibility, now),
    amount: amountOf(context, eligibility),
    progress: progressOf(words, eligibility, now),
    lines: [
      ...(preparedBy ? [words.common.handedOver(preparedBy)] : []),
      ...(begun ? [cancel.begunBy(begun.ownerName, begun.changedAt, context.timeZone)] : []),
      ...(isToldOf ? [cancel.refusedAtOnce(refused.at, words.caseChange(refused.change))] : []),
      ...adviceLines(words, eligibility),
      cancel.key(seenBy.map((one) => cancel.viewer(one, context.timeZone))),
      ...(maySubmit ? [] : [cancel.mayNotSubmit]),
    ],
    inputs: reasonInputs(words, entered),
    buttons: [
      ...(isNow && maySubmit
        ? [button(context, 'cancelNow', { title: cancel.cancelNow(back), style: 'destructive', withInputs: true })]
        : []),
      ...(maySubmit ? [] : [button(context, 'handOver', { style: 'positive', withInputs: true })]),
      button(context, 'byTicket', {
        title: cancel.byTicket,
        style: maySubmit && !isNow ? 'positive' : 'default',
        withInputs: true,
      }),
      ...(isNow ? [] : [button(context, 'stepByStep', { mode: 'secondary', withInputs: true })]),
      ...(isInWindow ? [button(context, 'remindMe', { title: cancel.remindMe, mode: 'secondary' })] : []),
      ...(maySubmit && !preparedBy ? [button(context, 'handOver', { mode: 'secondary', withInputs: true })] : []),
      button(context, 'later', { mode: 'secondary', withInputs: true }),
      button(context, 'discard', { mode: 'secondary' }),
    ],
    summary: cancel.summary(order.number, customer.name, back, days),
  });
}

/** The days that are left, in a colour that repeats it. */
export function windowBadge(words: Words, { window, isInWindow }: Eligibility, now: Date): Badge {
  const { left, closed, unknown } = words.cancel.badge;
  if (!window) return { text: unknown, style: 'informative', icon: 'Info' };
  if (!isInWindow) return { text: closed, style: 'attention', icon: 'Warning' };
  const days = daysLeft(window, now);
  return { text: left(days), style: days > urgentDays ? 'good' : days > 0 ? 'warning' : 'attention', icon: 'Clock' };
}

function amountOf(
  { words, timeZone }: CardContext,
  { refund, paid, window, isInWindow }: Eligibility,
): CardModel['amount'] {
  const { back, unknownRefund } = words.cancel;
  if (!refund) return paid ? { text: words.money(paid), note: back.unknown } : { text: '–', note: unknownRefund };
  const text = words.money(refund.amount);
  if (!isInWindow || !window) return { text, note: back.granted(refund) };
  const isAll = refund.rule === 'full' && !refund.pieces;
  const note = isAll ? back.full(window.closesAt, timeZone) : back.prorated(refund, window.closesAt, timeZone);
  return { text, note };
}

export function progressOf(words: Words, { order, window, isInWindow }: Eligibility, now: Date): CardModel['progress'] {
  if (!window || !isInWindow) return undefined;
  const max = daysOf(window, window.renewedAt ?? order.createdAt);
  const value = Math.max(0, max - daysLeft(window, now));
  return { value, max, text: words.cancel.daysUsed(value, max) };
}

/** A reason that is picked, and what is typed to it or instead of it. */
function reasonInputs(words: Words, { why, reason }: CancelOffer['entered']): Input[] {
  const { reasons, choose, moreHint } = words.cancel;
  const choices = Object.entries(reasons).map(([value, title]) => ({ value, title }));
  return [
    choiceInput(words, 'why', choices, { value: why, placeholder: choose, isCompact: true, optional: true }),
    textInput(words, 'reason', {
      value: reason,
      multiline: true,
      maxLength: 1000,
      placeholder: moreHint,
      optional: true,
    }),
  ];
}

function adviceLines({ cancel }: Words, { ticket, unread }: Eligibility): string[] {
  return [...(ticket ? [cancel.ticketExists(ticket.id)] : []), ...unread.map((what) => cancel.unread[what])];
}

const wholeOrder = 'all';

export function chooseLinesCard(context: CardContext, order: Order, lines: readonly OrderLine[], value?: string): Card {
  const { words } = context;
  return draw(context, {
    title: words.cancel.whichLines,
    subtitle: words.cancel.title(order.number),
    about: words.cancel.title(order.number),
    lines: [words.cancel.linesHint],
    inputs: [choiceInput(words, 'lines', lineChoices(words, lines), { value, isMultiple: true })],
    buttons: questionButtons(context, { canKeep: true }),
  });
}

function lineChoices(words: Words, lines: readonly OrderLine[]): Choice[] {
  const one = lines.map((line) => ({
    title: words.software.line(line.quantity, line.title),
    value: String(line.number),
  }));
  return [{ title: words.cancel.wholeOrder, value: wholeOrder }, ...one];
}

export function readLines(
  words: Words,
  lines: readonly OrderLine[],
  answer: Parameters<typeof readChoices>[3],
): number[] {
  const picked = readChoices(words, 'lines', lineChoices(words, lines), answer);
  const numbers = lines.map((line) => line.number);
  return picked.includes(wholeOrder) ? numbers : numbers.filter((number) => picked.includes(String(number)));
}

interface Review {
  readonly eligibility: Eligibility;
  readonly content: Pick<CaseContent, 'reason' | 'amount' | 'amountNote'> & Partial<CaseContent>;
  readonly ending: CaseEnding;
  readonly now: Date;
  readonly maySubmit: boolean;
  readonly preparedBy?: string;
  readonly files: readonly TicketFile[];
  /** One person alone reads it. */
  readonly isForOne: boolean;
  /** It stands in the chat to which files are sent. */
  readonly isInOwnChat: boolean;
  readonly hasPages: boolean;
}

export function reviewCaseCard(
  context: CardContext,
  { eligibility, content, ending, now, maySubmit, preparedBy, files, isForOne, isInOwnChat, hasPages }: Review,
): Card {
  const { words } = context;
  const { cancel, inputs } = words;
  const other = eligibility.endings.find((one) => one !== ending);
  const submit = button(context, 'submit', {
    title: cancel.submit(ending),
    style: ending === 'ticket' ? 'positive' : 'destructive',
  });
  const changeEnding = other && button(context, other === 'ticket' ? 'fileTicket' : 'cancelNow');
  return draw(context, {
    icon: 'History',
    badge: windowBadge(words, eligibility, now),
    title: cancel.review,
    about: cancel.formAbout(eligibility.order.number, eligibility.customer.name, content.amount),
    subtitle: preparedBy && words.common.handedOver(preparedBy),
    facts: [
      ...eligibilityFacts(context, eligibility, now),
      { title: inputs.reason, value: content.reason },
      {
        title: inputs.amount,
        value: words.money(content.amount) + (content.amountNote ? ` (${content.amountNote})` : ''),
      },
      ...ticketFacts(words, content, ending),
      ...filesFact(words, files, isForOne),
      { title: cancel.facts.ending, value: words.ending(ending) },
    ],
    lines: [
      ...adviceLines(words, eligibility),
      maySubmit
        ? ending === 'ticket'
          ? cancel.willFile
          : cancel.willCancelNow(eligibility.isWholeOrder)
        : cancel.mayNotSubmit,
    ],
    notes: [cancel.effects, ...(ending === 'ticket' ? [words.files.hint] : [])],
    buttons: [
      ...(maySubmit
        ? [submit, ...(changeEnding ? [changeEnding] : [])]
        : preparedBy
          ? []
          : [button(context, 'handOver', { style: 'positive' })]),
      button(context, 'edit'),
      ...(ending === 'ticket' ? pageButtons(context, hasPages) : []),
      ...(context.draft?.canGoBack && !maySubmit ? [button(context, 'back', { mode: 'secondary' })] : []),
      ...(files.length > 0 && isInOwnChat && !hasPages ? [button(context, 'files', { mode: 'secondary' })] : []),
      button(context, 'later', { mode: 'secondary' }),
      button(context, 'discard', { mode: 'secondary' }),
    ],
  });
}

function ticketFacts(words: Words, content: Partial<CaseContent>, ending: CaseEnding): Fact[] {
  if (ending !== 'ticket') return [];
  const { inputs } = words;
  const facts: [string, string | undefined][] = [
    [inputs.tenant, content.customerTenant],
    [inputs.named, content.named],
    [inputs.impact, content.impact && words.impact(content.impact)],
    [inputs.title, content.title],
    [inputs.contactName, content.contactName],
    [inputs.contactEmail, content.contactEmail],
    [inputs.contactPhone, content.contactPhone],
  ];
  return facts.flatMap(([title, value]) => (value ? [{ title, value }] : []));
}
