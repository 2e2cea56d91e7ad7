import { type Case, closingOf, isHandOver } from '../cancellations/case.ts';
import { type Draft, draftVersion } from '../drafts/draft.ts';
import type { World } from '../world.ts';
import { isAskedSince } from './decide-reminder.ts';
import type { WindowNotice } from './notice.ts';
import { hourMs, hoursFor } from './reminder-hours.ts';
import type { DraftReminder, Reminder, ReminderDecision } from './reminders.ts';

/**
 * Owes a notice for each reminder whose next time has come: 7 days, 1 day and 1 hour before the window closes, as the
 * policy says. Only those are read whose time has come since the last sweep. A sweep that runs twice tells nobody twice;
 * times that passed while nobody looked are told once, by the latest.
 */
export async function checkReminders(world: World): Promise<void> {
  const now = world.clock.now();
  const last = await lastSweep(world, now);
  const ranges = rangesDue(world, now, last);
  const asked = await readDue(ranges, (from, until) => world.reminders.closing(from, until));
  const ofDrafts = await readDue(ranges, (from, until) => world.drafts.closing(from, until));
  const decisions = await world.reminders.decisions([...asked, ...ofDrafts].map(({ orderNumber }) => orderNumber));
  const context: SweepContext = {
    now,
    last: last ?? now,
    asked: new Set(asked.map(({ placeId, ...about }) => `${keyOf(about)} ${placeId}`)),
    decisions: new Map(decisions.map((one) => [keyOf(one), one])),
  };
  for (const reminder of asked) {
    const { orderNumber, personId, placeId, isPrivate, closesAt, askedAt } = reminder;
    const decision = context.decisions.get(keyOf(reminder));
    const isOver = decision === undefined || isAskedSince(askedAt, decision);
    const hours = hoursDue(world, reminder, { ...context, decision: isOver ? undefined : decision });
    if (hours !== undefined) await addNotice(world, { orderNumber, personId, closesAt, hours, isPrivate }, placeId);
  }
  for (const reminder of ofDrafts) await remindOfDraft(world, reminder, context);
  for (const found of await readDue(ranges, (from, until) => world.cases.toFileByHand(from, until)))
    await remindOfHandOver(world, found, context);
  await world.tracking.recordReminders(now);
}

/** What was read for all reminders of one sweep. */
interface SweepContext {
  readonly now: Date;
  /** When the sweep before this one began. */
  readonly last: Date;
  /** Order, person and place of the reminders that were asked for. */
  readonly asked: ReadonlySet<string>;
  /** By order and person. */
  readonly decisions: ReadonlyMap<string, ReminderDecision>;
}

function keyOf({ orderNumber, personId }: Pick<Reminder, 'orderNumber' | 'personId'>): string {
  return `${orderNumber} ${personId}`;
}

interface ClosingRange {
  readonly after: Date;
  readonly until: Date;
}

/** Nothing where it was later than now: then a clock was put back. */
async function lastSweep({ tracking }: World, now: Date): Promise<Date | undefined> {
  const before = await tracking.lastReminders();
  return before && before <= now ? before : undefined;
}

/** When the windows close of which one of the times before has come since the last sweep; each moment once. */
function rangesDue({ policy }: World, now: Date, lastAt: Date | undefined): ClosingRange[] {
  const last = lastAt?.getTime() ?? Number.NEGATIVE_INFINITY;
  const ranges: ClosingRange[] = [];
  let reached = now.getTime();
  for (const hours of policy.reminderHours.toSorted((a, b) => a - b)) {
    const after = Math.max(reached, last + hours * hourMs);
    const until = now.getTime() + hours * hourMs;
    if (after < until) ranges.push({ after: new Date(after), until: new Date(until) });
    reached = Math.max(reached, until);
  }
  return ranges;
}

async function readDue<T>(
  ranges: readonly ClosingRange[],
  read: (after: Date, until: Date) => Promise<readonly T[]>,
): Promise<T[]> {
  const found: T[] = [];
  for (const { after, until } of ranges) found.push(...(await read(after, until)));
  return found;
}

/** A ticket that a person has still to file: Microsoft knows nothing of the cancellation yet. */
async function remindOfHandOver(world: World, found: Case, context: SweepContext): Promise<void> {
  const { reference, content, requesterId: personId, placeId, changedAt: askedAt } = found;
  const { orderNumber } = content;
  const closesAt = closingOf(found);
  if (!closesAt) return;
  const hours = hoursDue(world, { closesAt, askedAt }, context);
  if (hours === undefined || isAskedFor(context.asked, { orderNumber, personId, placeId })) return;
  await addNotice(world, { orderNumber, personId, closesAt, hours, reference }, placeId);
}

/** The case whose ticket is still to be filed; asked again when the notice is sent. */
export async function handOverToRemind({ cases }: World, reference: string): Promise<Case | undefined> {
  const found = await cases.get(reference);
  return found && isHandOver(found) ? found : undefined;
}

/** Whoever owns the draft by now is told where it is by now; and that this time has been told, wherever the draft goes next. */
async function remindOfDraft(world: World, reminder: DraftReminder, context: SweepContext): Promise<void> {
  const { draftId, orderNumber, closesAt } = reminder;
  const { now, last, asked, decisions } = context;
  if (hoursDue(world, reminder, { now, last }) === undefined) return;
  const draft = await openDraft(world, draftId);
  if (!draft || !(await isStillToSubmit(world, draft, orderNumber))) return;
  const { ownerId: personId, place } = draft;
  const hours = hoursDue(world, reminder, { now, last, decision: decisions.get(keyOf({ orderNumber, personId })) });
  if (hours !== undefined && !isAskedFor(asked, { orderNumber, personId, placeId: place.id }))
    await addNotice(world, { orderNumber, personId, closesAt, hours, draftId }, place.id);
  await world.drafts.reminded(draftId, new Date(world.clock.now().getTime() + 1));
}

/** The draft whose owner is still to be reminded of this order; asked again when the notice is sent. */
export async function draftToRemind(
  world: World,
  { draftId, orderNumber }: Pick<DraftReminder, 'draftId' | 'orderNumber'>,
): Promise<Draft | undefined> {
  const draft = await openDraft(world, draftId);
  return draft && (await isStillToSubmit(world, draft, orderNumber)) ? draft : undefined;
}

/** The same person is reminded of the order in the same place anyway. */
function isAskedFor(
  asked: SweepContext['asked'],
  { placeId, ...about }: Pick<Reminder, 'orderNumber' | 'personId' | 'placeId'>,
): boolean {
  return asked.has(`${keyOf(about)} ${placeId}`);
}

async function openDraft({ drafts }: World, draftId: string): Promise<Draft | undefined> {
  const draft = await drafts.get(draftId);
  return draft && !draft.settled && draft.version === draftVersion ? draft : undefined;
}

/** A draft that was submitted stays open for a moment, or for good where the process died. */
async function isStillToSubmit({ cases }: World, { data, submissionId }: Draft, orderNumber: string): Promise<boolean> {
  const { orderId } = data;
  if (typeof orderId !== 'string' || data.orderNumber !== orderNumber) return false;
  if (submissionId !== undefined && (await cases.bySubmission(submissionId))) return false;
  if (await cases.openForOrder(orderId)) return false;
  return !(await cases.completedForOrder(orderId))?.content.wholeOrder;
}

async function addNotice(world: World, window: Omit<WindowNotice, 'kind'>, placeId: string): Promise<void> {
  const target = { to: 'place', id: placeId } as const;
  await world.notices.add([{ kind: 'window-closing', ...window, target }], world.clock.now());
}

function hoursDue(
  { policy }: World,
  { closesAt, askedAt }: Pick<Reminder, 'closesAt' | 'askedAt'>,
  { now, last, decision }: Pick<SweepContext, 'now' | 'last'> & { readonly decision?: ReminderDecision },
): number | undefined {
  // A clock that was ahead has asked for it: what comes from now on is told.
  const since = askedAt > now ? last : askedAt;
  const passed = hoursFor(policy.reminderHours, closesAt, decision).filter((hours) => {
    const at = closesAt.getTime() - hours * hourMs;
    return at <= now.getTime() && at >= since.getTime();
  });
  return passed.length > 0 ? Math.min(...passed) : undefined;
}
