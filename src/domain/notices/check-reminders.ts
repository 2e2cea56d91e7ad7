import { type Case, closingOf, isHandOver } from '../cancellations/case.ts';
import { type Draft, draftVersion } from '../drafts/draft.ts';
import type { World } from '../world.ts';
import type { DraftReminder, Reminder } from './reminders.ts';

/** More cases than can be open at the same time. */
const allCases = 10_000;

const hourMs = 3600 * 1000;

/**
 * Owes a notice for each reminder whose next time has come: 7 days, 1 day and 1 hour before the window closes, as the
 * policy says. A notice is unique by its subject, which names the time, so a sweep that runs twice tells nobody twice;
 * times that passed while nobody looked are told once, by the latest.
 */
export async function checkReminders(world: World): Promise<void> {
  const now = world.clock.now();
  const earliestHours = Math.max(0, ...world.policy.reminderHours);
  const asked = await world.reminders.closing(now, new Date(now.getTime() + earliestHours * hourMs));
  for (const reminder of asked) {
    const hours = hoursDue(world.policy.reminderHours, reminder, now);
    if (hours !== undefined) await owe(world, reminderSubject(reminder, hours), reminder.placeId);
  }
  for (const reminder of await world.drafts.closing(now, new Date(now.getTime() + earliestHours * hourMs))) {
    const hours = hoursDue(world.policy.reminderHours, reminder, now);
    if (hours !== undefined) await remindOfDraft(world, reminder, hours, asked);
  }
  for (const found of await world.cases.open(allCases)) await remindOfHandOver(world, found, asked);
}

/** A ticket that a person has still to file: Microsoft knows nothing of the wish yet. */
async function remindOfHandOver(world: World, found: Case, asked: readonly Reminder[]): Promise<void> {
  const { reference, content, requesterId: personId, placeId, changedAt: askedAt } = found;
  const closesAt = closingOf(found);
  if (!isHandOver(found) || !closesAt || closesAt <= world.clock.now()) return;
  const hours = hoursDue(world.policy.reminderHours, { closesAt, askedAt }, world.clock.now());
  if (hours === undefined || isAskedFor(asked, { orderNumber: content.orderNumber, personId, placeId })) return;
  await owe(
    world,
    reminderSubject({ orderNumber: content.orderNumber, personId, closesAt, reference }, hours),
    placeId,
  );
}

/** The case whose ticket is still to be filed; asked again when the notice is sent. */
export async function handOverToRemind({ cases }: World, reference: string): Promise<Case | undefined> {
  const found = await cases.get(reference);
  return found && isHandOver(found) ? found : undefined;
}

/** Whoever owns the draft by now is told where it is by now; and that this time has been told, wherever the draft goes next. */
async function remindOfDraft(
  world: World,
  reminder: DraftReminder,
  hours: number,
  asked: readonly Reminder[],
): Promise<void> {
  const { draftId, orderNumber, closesAt } = reminder;
  const draft = await openDraft(world, draftId);
  if (!draft || !(await isStillToSubmit(world, draft, orderNumber))) return;
  const { ownerId: personId, place } = draft;
  if (!isAskedFor(asked, { orderNumber, personId, placeId: place.id }))
    await owe(world, reminderSubject({ orderNumber, personId, closesAt, draftId }, hours), place.id);
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
  asked: readonly Reminder[],
  { orderNumber, personId, placeId }: Pick<Reminder, 'orderNumber' | 'personId' | 'placeId'>,
): boolean {
  return asked.some((one) => one.orderNumber === orderNumber && one.personId === personId && one.placeId === placeId);
}

async function openDraft({ drafts }: World, draftId: string): Promise<Draft | undefined> {
  const draft = await drafts.get(draftId);
  return draft && !draft.settled && draft.version === draftVersion ? draft : undefined;
}

/** A draft whose wish was submitted stays open for a moment, or for good where the process died. */
async function isStillToSubmit({ cases }: World, { data, submissionId }: Draft, orderNumber: string): Promise<boolean> {
  const { orderId } = data;
  if (typeof orderId !== 'string' || data.orderNumber !== orderNumber) return false;
  if (submissionId !== undefined && (await cases.bySubmission(submissionId))) return false;
  if (await cases.openForOrder(orderId)) return false;
  return !(await cases.completedForOrder(orderId))?.content.wholeOrder;
}

async function owe(world: World, subject: string, placeId: string): Promise<void> {
  const notice = { kind: 'window-closing', subject, target: { to: 'place', id: placeId } } as const;
  await world.notices.add([notice], world.clock.now());
}

function hoursDue(
  reminderHours: readonly number[],
  { closesAt, askedAt }: Pick<Reminder, 'closesAt' | 'askedAt'>,
  now: Date,
): number | undefined {
  const passed = reminderHours.filter((hours) => {
    const at = closesAt.getTime() - hours * hourMs;
    return at <= now.getTime() && at >= askedAt.getTime();
  });
  return passed.length > 0 ? Math.min(...passed) : undefined;
}

interface ReminderSubject extends Pick<Reminder, 'orderNumber' | 'personId' | 'closesAt'> {
  readonly isPrivate?: boolean;
  /** Of a cancellation that is still a draft. */
  readonly draftId?: string;
  /** Of a case whose ticket is still to be filed. */
  readonly reference?: string;
}

/** `order|person|hours|closing time|draft|case|private`: everything the notice needs, so that it outlives the reminder. */
export function reminderSubject(subject: ReminderSubject, hours: number): string {
  const { orderNumber, personId, closesAt, draftId = '', reference = '', isPrivate = false } = subject;
  return [orderNumber, personId, hours, closesAt.toISOString(), draftId, reference, isPrivate ? 'private' : '']
    .join('|')
    .replace(/\|+$/, '');
}

export function readReminderSubject(subject: string): ReminderSubject {
  const [orderNumber = '', personId = '', , closesAt = '', draftId, reference, isPrivate] = subject.split('|');
  const about = { draftId: draftId || undefined, reference: reference || undefined };
  return { orderNumber, personId, closesAt: new Date(closesAt), isPrivate: isPrivate === 'private', ...about };
}
