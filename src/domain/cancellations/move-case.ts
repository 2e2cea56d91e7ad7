import type { OutsideError } from '../errors.ts';
import { caseSubject, type NewNotice } from '../notices/notice.ts';
import type { Person } from '../people/staff.ts';
import type { World } from '../world.ts';
import { type Case, type CaseState, givenUpNote } from './case.ts';
import type { CaseMove } from './cases.ts';

type Move = Pick<CaseMove, 'to' | 'why'> & Partial<Omit<CaseMove, 'reference' | 'from' | 'at'>>;

/**
 * Everything the move changes, in one transaction; by the Software Desk, unless it says by whom. `undefined` = somebody
 * else was faster.
 */
export async function moveCase(world: World, found: Case, move: Move): Promise<Case | undefined> {
  const { reference, state: from } = found;
  const at = world.clock.now();
  const isMoved = await world.cases.advance({ who: 'Software Desk', ...move, reference, from, at });
  return isMoved ? world.cases.get(reference) : undefined;
}

export async function moveTo(world: World, found: Case, to: CaseState, why: string): Promise<Case> {
  if (found.state === to) return found;
  return (await moveCase(world, found, { to, why })) ?? found;
}

/** The order, or the lines of the case, are cancelled: the end of the case, and the notices that must go out. */
export async function completeCase(world: World, found: Case): Promise<void> {
  const { orderId, wholeOrder, item } = found.content;
  if (wholeOrder) await world.reminders.removeForOrder(orderId);
  const what = wholeOrder ? 'the order is cancelled' : `cancelled: ${item}`;
  const notices = noticesFor(found, 'case-completed');
  await moveCase(world, found, { to: 'completed', why: `${what}; keys are revoked`, note: null, notices });
}

/** Partner Center said no, and nothing can be done about it. */
export async function endRefused(world: World, found: Case, why: string): Promise<void> {
  await moveCase(world, found, { to: 'refused', why, note: why, notices: noticesFor(found, 'case-refused') });
}

/** One of us closes it: told as a no is, but its note says by whom. */
export async function endGivenUp(world: World, found: Case, { name }: Person): Promise<void> {
  const notices = noticesFor(found, 'case-refused');
  await moveCase(world, found, {
    to: 'refused',
    why: `given up by ${name}`,
    who: name,
    note: givenUpNote(name),
    notices,
  });
}

/** Only a person can go on. It may happen to a case several times: each time is told, unless they see it anyway. */
export async function handToPerson(
  world: World,
  found: Case,
  why: string,
  { note = why, isToldOf = true }: { readonly note?: string; readonly isToldOf?: boolean } = {},
): Promise<void> {
  const subject = caseSubject(found.reference, (await timesWaiting(world, found)) + 1);
  const notices = isToldOf ? noticesFor(found, 'case-needs-person', subject) : [];
  await moveCase(world, found, { to: 'needs_person', why, note, notices });
}

/** How often a person has been waited for, the present time included. */
export async function timesWaiting(world: World, { reference }: Case): Promise<number> {
  return (await world.cases.history(reference)).filter(({ to }) => to === 'needs_person').length;
}

/** The place where it began is told, and the people: who submitted it, and who prepared it. */
export function noticesFor(found: Case, kind: NewNotice['kind'], subject: string = found.reference): NewNotice[] {
  const { placeId, requesterId, content } = found;
  const people = new Set([requesterId, ...(content.preparer ? [content.preparer.id] : [])]);
  return [
    { kind, subject, target: { to: 'place', id: placeId } },
    ...[...people].map((id): NewNotice => ({ kind, subject, target: { to: 'person', id } })),
  ];
}

/** Partner Center's own sentence and code. */
export function saidIn({ description, code, message }: OutsideError): string {
  if (!description) return message;
  return code ? `${description} (${code})` : description;
}
