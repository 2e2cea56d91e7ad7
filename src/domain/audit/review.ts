import type { NewNotice } from '../notices/notice.ts';
import type { World } from '../world.ts';
import type { AuditScope, LeakMoved, ReviewedLook } from './audit.ts';

/** More than this are in the file only. */
const mostLooks = 500;
const mostLeaks = 100;

/** What was shown to whom within a time, and which leaks were reported or lifted. */
export interface Review {
  readonly looks: readonly ReviewedLook[];
  readonly leaks: readonly LeakMoved[];
  readonly isCut: boolean;
}

export async function reviewOf({ audit }: Pick<World, 'audit'>, scope: AuditScope): Promise<Review> {
  const [looks, entries] = await Promise.all([
    audit.looks(scope, mostLooks + 1),
    audit.entries({ ...scope, kinds: ['leak'] }, undefined, mostLeaks + 1),
  ]);
  const leaks = entries.filter((one) => one.kind === 'leak');
  return {
    looks: looks.slice(0, mostLooks),
    leaks: leaks.slice(0, mostLeaks),
    isCut: looks.length > mostLooks || leaks.length > mostLeaks,
  };
}

interface Quarter {
  /** `2026-Q3` */
  readonly name: string;
  /** UTC days, both meant: `2026-07-01`. */
  readonly first: string;
  readonly last: string;
}

/** The whole quarter before this moment's; `name`: that of the wanted one. */
export function quarterBefore(now: Date): Quarter {
  const month = Math.floor(now.getUTCMonth() / 3) * 3 - 3;
  return quarterFrom(new Date(Date.UTC(now.getUTCFullYear(), month, 1)));
}

/** Of a notice: `2026-Q3`. */
export function quarterNamed(name: string): Quarter {
  const [year, number] = name.split('-Q').map(Number);
  return quarterFrom(new Date(Date.UTC(year ?? 0, ((number ?? 1) - 1) * 3, 1)));
}

/** Number and year of the quarter that these days are, or with which they begin and have not ended yet; else nothing. */
export function quarterOf({ first, last }: Pick<Quarter, 'first' | 'last'>): readonly [number, number] | undefined {
  const begun = new Date(first);
  const quarter = quarterFrom(new Date(Date.UTC(begun.getUTCFullYear(), Math.floor(begun.getUTCMonth() / 3) * 3, 1)));
  if (quarter.first !== first || last > quarter.last) return undefined;
  return [Math.floor(begun.getUTCMonth() / 3) + 1, begun.getUTCFullYear()];
}

function quarterFrom(first: Date): Quarter {
  const month = first.getUTCMonth();
  const last = new Date(Date.UTC(first.getUTCFullYear(), month + 3, 0));
  const dayOf = (at: Date) => at.toISOString().slice(0, 10);
  return { name: `${first.getUTCFullYear()}-Q${month / 3 + 1}`, first: dayOf(first), last: dayOf(last) };
}

/**
 * Once a quarter, the admin agents are told that the last one can be reviewed; where nothing was shown in it, they are not. May
 * run twice at once: a notice that was added is not added again.
 */
export async function checkReviews(world: World): Promise<void> {
  if (!world.policy.reviewReminders) return;
  const now = world.clock.now();
  const { name, first, last } = quarterBefore(now);
  if (await world.notices.isReviewTold(name)) return;
  const scope = { since: new Date(first), before: new Date(Date.parse(last) + 86_400_000) };
  const [any] = await world.audit.entries({ ...scope, kinds: ['secret', 'outside', 'leak'] }, undefined, 1);
  if (!any) return;
  const admins = await world.staff.adminAgents();
  const toAll = admins.map((id): NewNotice => ({ kind: 'review-due', quarter: name, target: { to: 'person', id } }));
  await world.notices.add(toAll, now);
}
