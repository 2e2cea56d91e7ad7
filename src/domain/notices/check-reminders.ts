import { type Case, closingOf, isHandOver } from '../cancellations/case.ts';
import { type Draft, draftVersion } from '../drafts/draft.ts';
import type { World } from '../world.ts';
import { isAskedSince } from './decide-reminder.ts';
import type { WindowNotice } from './notice.ts';
import { pageSize, pagesOf } from './pages.ts';
import { hourMs, hoursFor } from './reminder-hours.ts';
import type { DraftReminder, Reminder, ReminderDecision } from './reminders.ts';

/**
 * Owes a notice for each reminder whose next time has come: 7 days, 1 day and 1 hour before the window closes, as the
 * policy says. Only those are read whose time has come since the last sweep. A sweep that runs twice tells nobody twice;
 * times that passed while nobody looked are told once, by the latest. All are tried, whichever fails: the next sweep begins
 * with those that failed, and the first failure is thrown at the end.
 */
export async function checkReminders(world: World): Promise<void> {
  const { reminders, drafts, cases } = world;
  const now = world.clock.now();
  const last = await lastSweep(world, now);
  const ranges = rangesDue(world, now, last);
  const sweep: Sweep = { now, last: last ?? now, asked: new Set(), failures: [] };
  for await (const page of pagesDue<Reminder>(ranges, (from, until, past) => reminders.closing(from, until, past))) {
    const decisions = await readDecisions(world, page);
    for (const reminder of page) {
      sweep.asked.add(placeKeyOf(reminder));
      await attempt(world, sweep, reminder.closesAt, () => remindOfOrder(world, reminder, { ...sweep, decisions }));
    }
  }
  for await (const page of pagesDue<DraftReminder>(ranges, (from, until, past) => drafts.closing(from, until, past))) {
    const decisions = await readDecisions(world, page);
    for (const reminder of page)
      await attempt(world, sweep, reminder.closesAt, () => remindOfDraft(world, reminder, { ...sweep, decisions }));
  }
  const byHand = pagesDue<Case>(ranges, (from, until, past) => cases.toFileByHand(from, until, pageSize, past));
  for await (const page of byHand)
    for (const found of page)
      await attempt(world, sweep, closingOf(found), () => remindOfHandOver(world, found, sweep));
  const begins = sweep.failures.reduce((earliest, { dueAt }) => Math.min(earliest, dueAt - 1), now.getTime());
  await world.tracking.recordReminders(new Date(begins));
  if (sweep.failures[0]) throw sweep.failures[0].error;
}

/** One that fails is none of the others' business: it is noted with the time that it was due. */
async function attempt(
  { policy }: World,
  { now, failures }: Sweep,
  closesAt: Date | undefined,
  tell: () => Promise<void>,
): Promise<void> {
  await tell().catch((error: unknown) => {
    const times = policy.reminderHours.map((hours) => (closesAt ?? now).getTime() - hours * hourMs);
    failures.push({ error, dueAt: Math.max(...times.filter((at) => at <= now.getTime())) });
  });
}

/** What holds for all reminders of one sweep. */
interface Sweep {
  readonly now: Date;
  /** When the sweep before this one began. */
  readonly last: Date;
  /** Order, person and place of the reminders that were asked for. */
  readonly asked: Set<string>;
  /** What could not be told, and when it was due (ms). */
  readonly failures: { readonly error: unknown; readonly dueAt: number }[];
}

/** With what was decided, by order and person. */
interface PageContext extends Sweep {
  readonly decisions: ReadonlyMap<string, ReminderDecision>;
}

async function readDecisions(
  { reminders }: World,
  page: readonly Pick<Reminder, 'orderNumber'>[],
): Promise<PageContext['decisions']> {
  const decisions = await reminders.decisions(page.map(({ orderNumber }) => orderNumber));
  return new Map(decisions.map((one) => [keyOf(one), one]));
}

function keyOf({ orderNumber, personId }: Pick<Reminder, 'orderNumber' | 'personId'>): string {
  return `${orderNumber} ${personId}`;
}

function placeKeyOf({ placeId, ...about }: Pick<Reminder, 'orderNumber' | 'personId' | 'placeId'>): string {
  return `${keyOf(about)} ${placeId}`;
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

async function* pagesDue<T>(
  ranges: readonly ClosingRange[],
  read: (after: Date, until: Date, past?: T) => Promise<readonly T[]>,
): AsyncGenerator<readonly T[]> {
  for (const { after, until } of ranges) yield* pagesOf<T>((past) => read(after, until, past));
}

async function remindOfOrder(world: World, reminder: Reminder, context: PageContext): Promise<void> {
  const { orderNumber, personId, placeId, isPrivate, closesAt, askedAt } = reminder;
  const decision = context.decisions.get(keyOf(reminder));
  const isOver = decision === undefined || isAskedSince(askedAt, decision);
  const { now, last } = context;
  const hours = hoursDue(world, reminder, { now, last, decision: isOver ? undefined : decision });
  if (hours !== undefined) await addNotice(world, { orderNumber, personId, closesAt, hours, isPrivate }, placeId);
}

/** A ticket that a person has still to file: Microsoft knows nothing of the cancellation yet. */
async function remindOfHandOver(world: World, found: Case, context: Sweep): Promise<void> {
  const { reference, content, requesterId: personId, placeId, changedAt: askedAt } = found;
  const { orderNumber } = content;
  const closesAt = closingOf(found);
  if (!closesAt) return;
  const hours = hoursDue(world, { closesAt, askedAt }, context);
  if (hours === undefined || context.asked.has(placeKeyOf({ orderNumber, personId, placeId }))) return;
  await addNotice(world, { orderNumber, personId, closesAt, hours, reference }, placeId);
}

/** The case whose ticket is still to be filed; asked again when the notice is sent. */
export async function handOverToRemind({ cases }: World, reference: string): Promise<Case | undefined> {
  const found = await cases.get(reference);
  return found && isHandOver(found) ? found : undefined;
}

/** Whoever owns the draft by now is told where it is by now; and that this time has been told, wherever the draft goes next. */
async function remindOfDraft(world: World, reminder: DraftReminder, context: PageContext): Promise<void> {
  const { draftId, orderNumber, closesAt } = reminder;
  const { now, last, asked, decisions } = context;
  if (hoursDue(world, reminder, { now, last }) === undefined) return;
  const draft = await openDraft(world, draftId);
  if (!draft || !(await isStillToSubmit(world, draft, orderNumber))) return;
  const { ownerId: personId, place } = draft;
  const hours = hoursDue(world, reminder, { now, last, decision: decisions.get(keyOf({ orderNumber, personId })) });
  if (hours !== undefined && !asked.has(placeKeyOf({ orderNumber, personId, placeId: place.id })))
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
  { now, last, decision }: Pick<Sweep, 'now' | 'last'> & { readonly decision?: ReminderDecision },
): number | undefined {
  // A clock that was ahead has asked for it: what comes from now on is told.
  const since = askedAt > now ? last : askedAt;
  const passed = hoursFor(policy.reminderHours, closesAt, decision).filter((hours) => {
    const at = closesAt.getTime() - hours * hourMs;
    return at <= now.getTime() && at >= since.getTime();
  });
  return passed.length > 0 ? Math.min(...passed) : undefined;
}
