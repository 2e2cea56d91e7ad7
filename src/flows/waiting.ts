import type { Waiting } from '../cards/welcome.ts';
import { dayMs, urgentDays } from '../domain/cancellations/cancellation-window.ts';
import type { Case } from '../domain/cancellations/case.ts';
import { type Draft, draftVersion, isShared } from '../domain/drafts/draft.ts';
import { channelOf } from '../domain/notices/daily-digests.ts';
import { mayDo, type Right, type Role } from '../domain/people/staff.ts';
import type { World } from '../domain/world.ts';
import type { Flow } from './engine/flow.ts';

const listed = 50;

interface Reader {
  readonly personId: string;
  readonly roles: readonly Role[];
  readonly jobs: readonly Flow[];
  /** Those that need a person. */
  readonly cases: readonly Case[];
  titleOf(draft: Draft): string | undefined;
}

/** What needs this person: cases that they may go on with, drafts of theirs or for them, windows of which they are reminded. */
export async function findWaitingFor(
  world: World,
  { personId, roles, jobs, cases, titleOf }: Reader,
): Promise<Waiting> {
  const now = world.clock.now();
  const [drafts, reminders] = await Promise.all([
    world.drafts.listFor(personId, listed),
    world.reminders.closingFor(personId, now, soonAfter(now), listed),
  ]);
  const may = (right: Right | undefined) => right === undefined || mayDo(roles, right, world.policy.salesMayConfirm);
  // Somebody else's waits for those who may bring it to its end; what a draft has become a case of is told by the case.
  const isForThem = ({ version, data, ownerId, isHandedOver, flow: name }: Draft): boolean => {
    if (version !== draftVersion || data.reference !== undefined) return false;
    if (ownerId === personId) return !isHandedOver;
    const job = jobs.find((one) => one.name === name);
    return may(job?.finishRight ?? job?.right);
  };
  const theirs = drafts.filter(isForThem).map((draft) => ({ ...draft, title: titleOf(draft) }));
  const inDrafts = new Set(theirs.map(({ closing }) => closing?.orderNumber));
  return {
    cases: cases.filter(() => may('cancel.submit')),
    drafts: theirs,
    reminders: reminders.filter(({ orderNumber }) => !inDrafts.has(orderNumber)),
    now,
  };
}

/** The same for everybody in a place: only what all of them could read there. */
export async function findWaitingIn(
  world: World,
  { placeId, cases, titleOf }: Pick<Reader, 'cases' | 'titleOf'> & { readonly placeId: string },
): Promise<Waiting> {
  const now = world.clock.now();
  const channel = channelOf(placeId);
  const [handedOver, reminders] = await Promise.all([
    world.drafts.listFor('', listed),
    world.dailyDigests.closingIn(placeId, now, soonAfter(now), listed),
  ]);
  const isTheirs = (draft: Draft): boolean =>
    isShared(draft) &&
    draft.version === draftVersion &&
    draft.data.reference === undefined &&
    channelOf(draft.place.id) === channel;
  const drafts = handedOver.filter(isTheirs).map((draft) => ({ ...draft, title: titleOf(draft) }));
  const byOrder = new Map(reminders.map((one) => [one.orderNumber, one]));
  return { cases, drafts, reminders: [...byOrder.values()], now };
}

function soonAfter(now: Date): Date {
  return new Date(now.getTime() + urgentDays * dayMs);
}
