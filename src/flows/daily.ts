import type { Card } from '../cards/card.ts';
import { dailyCard, dailyChoiceCard, dailyEndedCard } from '../cards/daily.ts';
import type { CardContext } from '../cards/render.ts';
import type { DeliveryError } from '../domain/errors.ts';
import { askForDigest } from '../domain/notices/daily-digest.ts';
import type { Notice, NoticeTarget } from '../domain/notices/notice.ts';
import { mayDo } from '../domain/people/staff.ts';
import type { World } from '../domain/world.ts';
import { isOff, readTimeOfDay } from '../words/time-of-day.ts';
import type { Log } from './engine/engine.ts';
import { done, type FirstTurn, type Flow, flow } from './engine/flow.ts';
import { titleIn } from './engine/languages.ts';
import { findWaitingFor, findWaitingIn } from './waiting.ts';

/**
 *   staff   daily
 *   bot     You get no daily message here. (a button for each of some times)
 *   staff   daily 7:30
 *   bot     Every day at 07:30 (Warsaw)        (with *Turn off*, as each of the messages)
 *
 * In private it is the person's own, in their own chat; elsewhere it is for everybody there, in this thread.
 */
export const daily = flow({
  name: 'daily',
  right: 'look',
  async begin(turn, args) {
    const { world, who, words, context, ownContext } = turn;
    const target = targetOf(turn);
    const isShared = target.to === 'place';
    const typed = args.trim();
    if (isOff(typed)) {
      await world.dailyDigests.remove(target);
      return done(dailyEndedCard(context));
    }
    const time = readTimeOfDay(typed);
    if (time === undefined) {
      const problem = typed === '' ? undefined : words.daily.notRead(typed.slice(0, 100));
      return done(dailyChoiceCard({ ...context, problem }, { digest: await world.dailyDigests.of(target), isShared }));
    }
    const { timeZone } = ownContext;
    const digest = await askForDigest(world, { target, time, timeZone, askedBy: who.id });
    return done(dailyChoiceCard(context, { digest, isShared, isNew: true }));
  },
  questions: {},
});

function targetOf({ place, isPrivate, who }: FirstTurn): NoticeTarget {
  if (place.kind === 'personal' || isPrivate) return { to: 'person', id: who.id };
  return { to: 'place', id: place.id };
}

/** So late the next one is near, which tells the same. */
const staleMs = 20 * 3_600_000;
const listed = 50;

/** What there is to say today; nothing where it was turned off meanwhile, or whoever it is for may no longer look. */
export async function todaysCard(
  world: World,
  { target, createdAt }: Pick<Notice, 'target' | 'createdAt'>,
  { context, flows }: { readonly context: CardContext; readonly flows: readonly Flow[] },
): Promise<Card | undefined> {
  const digest = await world.dailyDigests.of(target);
  if (!digest || world.clock.now().getTime() - createdAt.getTime() > staleMs) return undefined;
  const there = { ...context, timeZone: digest.timeZone };
  const titleOf = (draft: Parameters<typeof titleIn>[2]) => titleIn(context.words, flows, draft);
  if (target.to === 'place') {
    const { byState, needPerson: cases } = await world.dailyDigests.openCases(target.id, listed);
    return dailyCard(there, { byState, waiting: await findWaitingIn(world, { placeId: target.id, cases, titleOf }) });
  }
  const roles = await world.staff.rolesOf(target.id);
  if (!mayDo(roles, 'look')) return undefined;
  const { byState, needPerson: cases } = await world.dailyDigests.openCases(undefined, listed);
  const waiting = await findWaitingFor(world, { personId: target.id, roles, jobs: flows, cases, titleOf });
  return dailyCard(there, { byState, waiting });
}

/** Tomorrow's message tells it anew; where Teams says that it takes no more there, there is none. */
export async function leaveToTomorrow(
  world: World,
  log: Log,
  { notice, error }: { readonly notice: Notice; readonly error: DeliveryError },
): Promise<'done'> {
  const isUnsure = error.kind === 'unsure';
  if (!isUnsure && error.hasReason && !error.isWithheld) await world.dailyDigests.remove(notice.target);
  await world.notices.settle(notice.id, isUnsure ? 'unsure' : 'untold');
  log.warn({ noticeId: notice.id, kind: notice.kind }, 'the message of a day could not be delivered');
  return 'done';
}
