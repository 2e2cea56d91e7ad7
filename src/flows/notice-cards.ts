import { approvalCard, approvalStepCard, untoldCard } from '../cards/approval.ts';
import { commandButton } from '../cards/buttons.ts';
import type { Card } from '../cards/card.ts';
import { caseNoticeCard } from '../cards/case-notice.ts';
import { leakCard } from '../cards/leak.ts';
import { messageCard, textCard } from '../cards/message.ts';
import { orderCard } from '../cards/purchase.ts';
import { fileReminderCard, reminderCard } from '../cards/reminder.ts';
import type { CardContext } from '../cards/render.ts';
import { storyOf } from '../domain/cancellations/case-steps.ts';
import { type Eligibility, eligibilityOf } from '../domain/cancellations/eligibility.ts';
import { OutsideError, Refusal } from '../domain/errors.ts';
import { draftToRemind, handOverToRemind } from '../domain/notices/check-reminders.ts';
import { decisionOf } from '../domain/notices/decide-reminder.ts';
import type {
  ApprovalNotice,
  CaseNotice,
  DraftNotice,
  LeakNotice,
  Notice,
  TokenNotice,
  WindowNotice,
} from '../domain/notices/notice.ts';
import { hourMs, hoursFor, isMoreThanLastToCome } from '../domain/notices/reminder-hours.ts';
import type { ReminderDecision } from '../domain/notices/reminders.ts';
import { findOrder } from '../domain/orders/find-order.ts';
import { mayDo } from '../domain/people/staff.ts';
import type { Policy } from '../domain/policy.ts';
import type { World } from '../domain/world.ts';
import { reviewNews } from './audit-review.ts';
import { todaysCard } from './daily.ts';
import { differencesNews } from './differences.ts';
import type { Flow } from './engine/flow.ts';
import { titleIn } from './engine/languages.ts';
import { orderNumbersOf } from './order-numbers.ts';

/** With what the card of a notice is drawn. */
interface Drawing {
  readonly context: CardContext;
  readonly flows: readonly Flow[];
  /** What a person is called, where they are known. */
  nameOf(personId: string): Promise<string | undefined>;
}

/** The card of a notice as things stand when it is sent; nothing where there is nothing to be told any more. */
export async function noticeCard(world: World, notice: Notice, drawing: Drawing): Promise<Card | undefined> {
  const { context } = drawing;
  switch (notice.kind) {
    case 'window-closing':
      return windowCard(world, notice, context);
    case 'order-placed':
    case 'order-declined': {
      const submission = await world.orderSubmissions.get(notice.submissionId);
      if (!submission) return undefined;
      return orderCard(context, submission, await orderNumbersOf(world, { submission, orders: [] }));
    }
    case 'draft-handed-over':
    case 'draft-untold':
    case 'draft-discarded':
      return draftCard(world, notice, drawing);
    case 'differences-found':
      return differencesNews(world, context, notice.comparedAt);
    case 'daily-digest':
      return todaysCard(world, notice, drawing);
    case 'token-misused':
      return tokenCard(notice, drawing);
    case 'review-due':
      return reviewNews(world, context, notice.quarter);
    case 'leak-told':
      return leakNews(world, notice, context);
    case 'approval-asked':
    case 'approval-untold':
    case 'approval-told':
      return approvalNews(world, notice, context);
    default:
      return caseCardOf(world, notice, context);
  }
}

async function windowCard(world: World, notice: WindowNotice, context: CardContext): Promise<Card | undefined> {
  const { orderNumber, closesAt, draftId, reference, personId } = notice;
  const now = world.clock.now();
  if (reference !== undefined) {
    const found = await handOverToRemind(world, reference);
    if (!found || isOvertaken(world.policy, notice, now)) return undefined;
    return closesAt <= now ? closedCard(context, notice) : fileReminderCard(context, found, { orderNumber, closesAt });
  }
  const draft = draftId === undefined ? undefined : await draftToRemind(world, { draftId, orderNumber });
  if (draftId !== undefined && !draft) return undefined;
  const decision = await decisionOf(world, personId, orderNumber);
  const isAsked = (await world.reminders.of(personId, orderNumber)) !== undefined;
  if (decision?.choice === 'keep' && !isAsked) return undefined;
  if (isOvertaken(world.policy, notice, now, decision)) return undefined;
  const eligibility = await eligibilityNow(world, orderNumber);
  if (eligibility === 'over') return undefined;
  if (closesAt <= now) return closedCard(context, notice);
  return reminderCard(context, {
    ...{ orderNumber, closesAt, now, eligibility },
    draftOwner: draft?.ownerName,
    mayCancel: await mayCancel(world, personId),
    canWait: decision?.choice !== 'last-day' && isMoreThanLastToCome(world.policy.reminderHours, closesAt, now),
  });
}

/** It could not be sent for so long that the next one is due: that one tells the same. */
function isOvertaken(
  { reminderHours }: Policy,
  { closesAt, hours }: WindowNotice,
  now: Date,
  decision?: ReminderDecision,
): boolean {
  return hoursFor(reminderHours, closesAt, decision).some(
    (next) => next < hours && closesAt.getTime() - next * hourMs <= now.getTime(),
  );
}

/** It could not be sent before the window closed. */
function closedCard(context: CardContext, { orderNumber, closesAt }: WindowNotice): Card {
  const said = context.words.refusals['window-closed']({ order: orderNumber, closedAt: closesAt });
  return textCard(context, said, { notes: [context.words.notices.why] });
}

/** `over`: it is cancelled, or being cancelled; nothing where it cannot be told now what cancelling would mean. */
async function eligibilityNow(world: World, orderNumber: string): Promise<Eligibility | 'over' | undefined> {
  try {
    return await eligibilityOf(world, await findOrder(world, orderNumber));
  } catch (error) {
    if (error instanceof OutsideError) return undefined;
    if (!(error instanceof Refusal)) throw error;
    return error.code === 'already-cancelled' || error.code === 'case-open' ? 'over' : undefined;
  }
}

/** Where nobody can tell now, it is asked again when the button is pressed. */
async function mayCancel({ staff }: World, personId: string): Promise<boolean> {
  try {
    return mayDo(await staff.rolesOf(personId), 'cancel.prepare');
  } catch (error) {
    if (error instanceof Refusal) return true;
    throw error;
  }
}

async function caseCardOf(
  world: World,
  { kind, reference }: CaseNotice,
  context: CardContext,
): Promise<Card | undefined> {
  const found = await world.cases.get(reference);
  // It may have gone on meanwhile.
  if (!found || (kind === 'case-needs-person' && found.state !== 'needs_person')) return undefined;
  return caseNoticeCard(context, found, { kind, story: await storyOf(world, found), now: world.clock.now() });
}

async function draftCard(
  world: World,
  notice: DraftNotice,
  { context, flows, nameOf }: Drawing,
): Promise<Card | undefined> {
  const { kind, draftId } = notice;
  const { words } = context;
  const draft = await world.drafts.get(draftId);
  if (!draft) return undefined;
  const about = titleIn(words, flows, draft) ?? words.help.title;
  if (kind === 'draft-discarded') {
    const title = words.notices.discarded(draft.ownerName, about);
    return messageCard(context, { title, lines: [words.notices.discardedText] });
  }
  // Somebody goes on with it by now, or it is over.
  if (!draft.isHandedOver || draft.settled) return undefined;
  const { untold, toTakeOver } = words.common;
  const askedId = 'askedId' in notice ? notice.askedId : undefined;
  const { title, text } =
    kind === 'draft-untold'
      ? untold(about, askedId === undefined ? undefined : await nameOf(askedId))
      : toTakeOver(draft.ownerName, about, askedId !== undefined);
  const open = commandButton(context, `drafts ${draftId}`, { title: words.buttons.open, style: 'positive' });
  return messageCard(context, { title, lines: [text], buttons: [open] });
}

/** Nothing for approvers, or about them, where it is decided by now. */
async function approvalNews(
  world: World,
  { kind, reference, time }: ApprovalNotice,
  context: CardContext,
): Promise<Card | undefined> {
  const approval = await world.approvals.get(reference);
  if (!approval) return undefined;
  if (kind === 'approval-told') return approvalStepCard(context, approval, approval.steps[time - 1]);
  if (approval.state !== 'waiting') return undefined;
  return kind === 'approval-asked'
    ? approvalCard(context, approval, { isReminder: time > 1 })
    : untoldCard(context, approval);
}

/** In their own chat; that it was reported, not any more where it is lifted by now. */
async function leakNews(
  world: World,
  { reference, step }: LeakNotice,
  context: CardContext,
): Promise<Card | undefined> {
  const leak = await world.leaks.get(reference);
  if (!leak || (leak.lifted && step === 'reported')) return undefined;
  return leakCard(context, leak, { keyReveals: await world.keyReveals.ofOrder(leak.orderId) });
}

async function tokenCard({ orderNumber, personId }: TokenNotice, { context, nameOf }: Drawing): Promise<Card> {
  const { title, text } = context.words.keys.tokenMisused((await nameOf(personId)) ?? personId, orderNumber);
  const open = commandButton(context, `audit ${orderNumber}`, { title: context.words.audit.title });
  return messageCard(context, { title, lines: [text], buttons: [open] });
}
