import type { Said } from '../errors.ts';
import type { CaseNotice, NewNotice } from '../notices/notice.ts';
import type { Person } from '../people/staff.ts';
import type { EndedAttempt } from '../work/attempts.ts';
import type { World } from '../world.ts';
import type { Case, CaseState } from './case.ts';
import type { CaseChange } from './case-event.ts';
import type { CaseReason } from './case-reason.ts';
import type { CaseMove } from './cases.ts';

type Move = Omit<CaseMove, 'reference' | 'from' | 'at'>;

/** Everything the move changes, in one transaction. `undefined` = somebody else was faster. */
export function moveCase(world: World, { reference, state: from }: Case, move: Move): Promise<Case | undefined> {
  return world.cases.advance({ ...move, reference, from, at: world.clock.now() });
}

/** The same where it may stand there already. */
export async function moveTo(world: World, found: Case, to: CaseState, change: CaseChange): Promise<Case | undefined> {
  return found.state === to ? found : moveCase(world, found, { to, change });
}

/** What belongs to the end of a case besides the end itself. */
interface Ending {
  /** What it was refused for can be put right. */
  readonly mayChange?: boolean;
  readonly isShown?: () => boolean;
  /** The request whose answer ended it. */
  readonly ended?: EndedAttempt;
}

/** The order, or the lines of the case, are cancelled: the end of the case, and the notices that must go out. */
export async function completeCase(
  world: World,
  found: Case,
  { ended, isShown = () => false }: Ending = {},
): Promise<Case | undefined> {
  const { orderId, wholeOrder, item } = found.content;
  if (wholeOrder) await world.reminders.removeForOrder(orderId);
  const toFollowers = { kind: 'case-completed', reference: found.reference } as const;
  return moveCase(world, found, {
    to: 'completed',
    change: { kind: 'completed', ...(!wholeOrder && { item }) },
    reason: null,
    notices: noticesOfEnd(found, toFollowers, isShown),
    toFollowers,
    ended,
  });
}

/** Partner Center said no, and nothing can be done about it. */
export async function endRefused(
  world: World,
  found: Case,
  said: Said | undefined,
  { ended, mayChange = false, isShown = () => false }: Ending = {},
): Promise<Case | undefined> {
  const reason = { kind: 'declined', said, ...(mayChange && { mayChange }) } as const;
  const toFollowers = { kind: 'case-refused', reference: found.reference } as const;
  const notices = noticesOfEnd(found, toFollowers, isShown);
  return moveCase(world, found, { to: 'refused', change: reason, reason, notices, toFollowers, ended });
}

/** `isShown`: the card that somebody waits for shows it where it was submitted. */
function noticesOfEnd(found: Case, facts: CaseNotice, isShown: () => boolean): NewNotice[] {
  const told = noticesFor(found, facts);
  return isShown() ? told.filter(({ target }) => isToOther(target, found)) : told;
}

function isToOther({ to, id }: NewNotice['target'], { requesterId, placeId }: Case): boolean {
  return id !== (to === 'person' ? requesterId : placeId);
}

/** What must be known of the end of a closed case where its card does not show it. */
export function noticesOfClosed(found: Case): NewNotice[] {
  const { state, reference } = found;
  if (state !== 'completed' && state !== 'refused') return [];
  return noticesFor(found, { kind: state === 'completed' ? 'case-completed' : 'case-refused', reference });
}

/** One of us closes it: told as a no is, but its reason says by whom. */
export async function endGivenUp(world: World, found: Case, { id, name }: Person): Promise<void> {
  const reason = { kind: 'given-up', by: name } as const;
  const toFollowers = { kind: 'case-refused', reference: found.reference } as const;
  const notices = noticesFor(found, toFollowers);
  await moveCase(world, found, { to: 'refused', by: { id, name }, change: reason, reason, notices, toFollowers });
}

/** Only a person can go on. It may happen to a case several times: each time is told, unless they see it anyway. */
export async function handToPerson(
  world: World,
  found: Case,
  reason: CaseReason,
  { isToldOf = true, ended }: { readonly isToldOf?: boolean } & Ending = {},
): Promise<Case | undefined> {
  const { reference, timesWaiting } = found;
  const toFollowers = { kind: 'case-needs-person', reference, time: timesWaiting + 1 } as const;
  const notices = isToldOf ? noticesFor(found, toFollowers) : [];
  return moveCase(world, found, { to: 'needs_person', change: reason, reason, notices, toFollowers, ended });
}

/**
 * The place where it was submitted is told, and the people: who submitted it, who prepared it, and `others`; how it ended,
 * also where others saw it begin.
 */
export function noticesFor(
  { placeId, requesterId, content, isPrivate }: Case,
  facts: CaseNotice,
  others: readonly string[] = [],
): NewNotice[] {
  const people = new Set([requesterId, ...(content.preparer ? [content.preparer.id] : []), ...others]);
  const isEnd = facts.kind !== 'case-needs-person';
  const places = new Set([placeId, ...(isEnd && !isPrivate && content.begunIn ? [content.begunIn] : [])]);
  return [
    ...[...places].map((id): NewNotice => ({ ...facts, target: { to: 'place', id } })),
    ...[...people].map((id): NewNotice => ({ ...facts, target: { to: 'person', id } })),
  ];
}
