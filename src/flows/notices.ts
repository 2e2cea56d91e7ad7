import { approvalCard } from '../cards/approval.ts';
import type { Card } from '../cards/card.ts';
import { caseCard } from '../cards/case-status.ts';
import { leakCard } from '../cards/leak.ts';
import { orderCard } from '../cards/purchase.ts';
import { reminderDecidedCard } from '../cards/reminder.ts';
import type { CardContext } from '../cards/render.ts';
import { storyOf } from '../domain/cancellations/case-steps.ts';
import { noticesOfClosed } from '../domain/cancellations/move-case.ts';
import { DeliveryError } from '../domain/errors.ts';
import { decisionOf } from '../domain/notices/decide-reminder.ts';
import { isOfApproval, isOfCase, type NewNotice, type Notice } from '../domain/notices/notice.ts';
import type { Notify } from '../domain/notices/notify.ts';
import { lastReminderAt } from '../domain/notices/reminder-hours.ts';
import { noticesOf } from '../domain/orders/place-order.ts';
import type { ReadAt } from '../domain/people/languages.ts';
import type { References } from '../domain/people/references.ts';
import type { World } from '../domain/world.ts';
import { digestOf, gatherNotices, mayGather } from './digest.ts';
import type { Log } from './engine/engine.ts';
import type { Flow } from './engine/flow.ts';
import { contextAt } from './engine/languages.ts';
import type { Messenger } from './engine/messenger.ts';
import { createEscalation, type Sent } from './escalate.ts';
import { noticeCard } from './notice-cards.ts';
import { isInOwnChat, onlyForOf, requestersOf } from './notice-people.ts';
import { orderNumbersOf } from './order-numbers.ts';

export interface NoticeParts {
  readonly world: () => World;
  readonly messenger: Messenger;
  readonly references: References;
  readonly flows: readonly Flow[];
  readonly log: Log;
}

export interface Notifier extends Notify {
  /** Sends one notice that is due. `again`: not delivered, certainly; try once more after so many seconds. */
  send(noticeId: string): Promise<Sent>;
}

/** In seconds, after each try that failed: one refusal proves nothing, and minutes of them do. */
const pauses = [2, 8, 30, 60, 120];

/** Where it may have arrived: whoever did read it should not read it many times. */
const pausesOfUnsure = [30, 120];

/** Which card a business event becomes, and where it goes; see docs/reliability.md, "Notices". */
export function createNotifier({ world: theWorld, messenger, references, flows, log }: NoticeParts): Notifier {
  async function redraw(work: (world: World) => Promise<void>): Promise<void> {
    try {
      await work(theWorld());
    } catch (error) {
      if (error instanceof DeliveryError && error.isWithheld) return;
      log.warn({ err: error }, 'a card could not be brought up to date');
    }
  }

  /** One that cannot be edited any more leaves none of the others as it was. */
  async function redrawEach(
    world: World,
    about: Parameters<World['notices']['messagesAbout']>,
    zoneOf: string,
    draw: (context: CardContext) => Card,
  ): Promise<void> {
    for (const message of await world.notices.messagesAbout(...about))
      await redraw(async () => messenger.update(message, draw(await contextFor(world, message, zoneOf))));
  }

  const escalate = createEscalation(references, log);

  const nameOf = async (personId: string): Promise<string | undefined> => (await references.person(personId))?.name;

  /** Of a message in a place. Where several people read it, its times are in the zone of whom it is about. */
  async function contextFor(world: World, message: ReadAt, zoneOf: string | undefined): Promise<CardContext> {
    const { placeId, onlyFor } = message;
    const [context, place] = await Promise.all([
      contextAt(world, { placeId, onlyFor, ...(zoneOf !== undefined && { zoneOf }) }),
      onlyFor === undefined ? undefined : references.place(placeId),
    ]);
    return { ...context, isPrivate: onlyFor !== undefined && place?.place.kind !== 'personal' };
  }

  /** Where the conversation began in the requester's own chat, the notice to that place has reached them. */
  async function isToldAlready(world: World, notice: Notice): Promise<boolean> {
    if (notice.target.to !== 'person' || !isOfCase(notice)) return false;
    const found = await world.cases.get(notice.reference);
    return found?.requesterId === notice.target.id && (await isInOwnChat(references, found));
  }

  /** What it says where it is told, and to whom alone; no card where there is nothing to be told any more. */
  async function drawNotice(world: World, notice: Notice) {
    const { target } = notice;
    const onlyFor = target.to === 'place' ? await onlyForOf(world, notice) : undefined;
    const context =
      target.to === 'place'
        ? await contextFor(world, { placeId: target.id, onlyFor }, (await requestersOf(world, notice))[0])
        : await contextAt(world, { personId: target.id });
    const isTold = await isToldAlready(world, notice);
    const drawing = { context: { ...context, isAgain: notice.isMaybeTold }, flows, nameOf };
    return { onlyFor, context, card: isTold ? undefined : await noticeCard(world, notice, drawing) };
  }

  const post = ({ to, id }: NewNotice['target'], card: Card, onlyFor?: string) =>
    to === 'place'
      ? messenger.send(id, card, { onlyFor, isNotice: true })
      : messenger.sendDirect(id, card, { isNotice: true });

  async function sendAlone(world: World, noticeId: string): Promise<Sent> {
    const notice = await world.notices.take(noticeId);
    return notice ? sendTaken(world, notice) : 'done';
  }

  async function isFirstOfLifting(world: World, { id, step, target }: Extract<Notice, { kind: 'leak-told' }>) {
    if (step !== 'lifted') return false;
    return (await world.notices.toOthers(id)).every((other) => target.id <= other.target.id);
  }

  async function sendTaken(world: World, notice: Notice): Promise<Sent> {
    const { onlyFor, card } = await drawNotice(world, notice);
    if (!card) {
      await world.notices.settle(notice.id, 'sent');
      return 'done';
    }
    // Whoever lifted it may have died before the cards showed it: one notice of the lifting draws them.
    if (notice.kind === 'leak-told' && notice.attempts === 0 && (await isFirstOfLifting(world, notice)))
      await leakLifted(notice.reference);
    try {
      await world.notices.settle(notice.id, 'sent', await post(notice.target, card, onlyFor));
      // It may have moved on while its card was on its way; and whoever moved it may have died before the cards showed it.
      if (isOfApproval(notice)) await approvalChanged(notice.reference);
      if (notice.kind === 'leak-told' && notice.step === 'reported') await leakLifted(notice.reference);
      return 'done';
    } catch (error) {
      return afterFailure(world, notice, error);
    }
  }

  /** All that are due there, each in a row; each keeps a state of its own. */
  async function sendGathered(world: World, noticeId: string): Promise<Sent> {
    const notice = await world.notices.get(noticeId);
    if (notice?.state !== 'due') return 'done';
    const gathering = await gatherNotices(world, notice);
    if (gathering.kind === 'alone') return sendAlone(world, noticeId);
    if (gathering.kind === 'wait') return { againInSeconds: gathering.seconds };
    const shown: { readonly notice: Notice; readonly card: Card }[] = [];
    let context: CardContext | undefined;
    for (const { id } of gathering.notices) {
      const one = await world.notices.take(id);
      if (!one) continue;
      const looked = await drawNotice(world, one);
      // What is for one person alone is no row among what all read.
      if (looked.onlyFor !== undefined) {
        if (one.id !== noticeId) await world.notices.giveBack(one.id);
        continue;
      }
      context ??= looked.context;
      if (looked.card) shown.push({ notice: one, card: looked.card });
      else await world.notices.settle(one.id, 'sent');
    }
    const own = shown.find((one) => one.notice.id === noticeId);
    if (!context || !own || shown.length < 2) {
      for (const one of shown) if (one !== own) await world.notices.giveBack(one.notice.id);
      const still = own?.notice ?? (await world.notices.get(noticeId));
      return still?.state === 'due' ? sendTaken(world, still) : 'done';
    }
    try {
      const message = await post(notice.target, await digestOf(world, context, shown));
      for (const one of shown) await world.notices.settle(one.notice.id, 'sent', message);
      return 'done';
    } catch (error) {
      const isUnsure = error instanceof DeliveryError && error.kind === 'unsure';
      // They may have been told of all of them: what comes next says so.
      for (const one of shown) {
        if (one === own) continue;
        if (isUnsure) await world.notices.countFailure(one.notice.id, true);
        else await world.notices.giveBack(one.notice.id);
      }
      return afterFailure(world, own.notice, error);
    }
  }

  async function afterFailure(world: World, notice: Notice, error: unknown): Promise<Sent> {
    if (!(error instanceof DeliveryError)) throw error;
    if (error.isWithoutRoom) {
      await world.notices.giveBack(notice.id);
      return { againInSeconds: (error.retryAfterMs ?? 0) / 1000 };
    }
    const isUnsure = error.kind === 'unsure';
    const attempts = await world.notices.countFailure(notice.id, isUnsure);
    const pause = (isUnsure ? pausesOfUnsure : pauses)[attempts - 1];
    const mayPass = isUnsure || error.kind === 'later' || (error.kind === 'refused' && !error.hasReason);
    if (mayPass && pause !== undefined) return { againInSeconds: Math.max(pause, (error.retryAfterMs ?? 0) / 1000) };
    return escalate(world, { ...notice, attempts }, error);
  }

  const approvalChanged: Notify['approvalChanged'] = (reference) =>
    redraw(async (world) => {
      const approval = await world.approvals.get(reference);
      if (!approval) return;
      await redrawEach(world, ['approval-asked', reference], approval.requester.id, (context) =>
        approvalCard(context, approval),
      );
    });

  const leakLifted: Notify['leakLifted'] = (reference) =>
    redraw(async (world) => {
      const leak = await world.leaks.get(reference);
      if (!leak?.lifted) return;
      const keyReveals = await world.keyReveals.ofOrder(leak.orderId);
      await redrawEach(world, ['leak-told', reference], leak.reporter.id, (context) =>
        leakCard(context, leak, { keyReveals }),
      );
    });

  return {
    approvalChanged,
    leakLifted,

    caseChanged: (reference, now) =>
      redraw(async (world) => {
        const found = now ?? (await world.cases.get(reference));
        if (!found?.card) return;
        const context = await contextFor(world, found.card, found.requesterId);
        await messenger.update(found.card, caseCard(context, found, await storyOf(world, found)));
        const shown = noticesOfClosed(found);
        if (shown.length > 0) await world.notices.recordShown(shown, world.clock.now());
      }),

    orderChanged: (submissionId, now) =>
      redraw(async (world) => {
        const submission = now?.submission ?? (await world.orderSubmissions.get(submissionId));
        if (!submission?.card) return;
        const numbers = await orderNumbersOf(world, { submission, orders: now?.orders ?? [] });
        const context = await contextFor(world, submission.card, submission.personId);
        await messenger.update(submission.card, orderCard(context, submission, numbers));
        if (submission.state !== 'accepted') await world.notices.recordShown(noticesOf(submission), world.clock.now());
      }),

    reminderDecided: (orderNumber, personId) =>
      redraw(async (world) => {
        const decision = await decisionOf(world, personId, orderNumber);
        if (!decision) return;
        const nextAt = lastReminderAt(world.policy.reminderHours, decision);
        for (const message of await world.notices.windowMessages(orderNumber, personId)) {
          const context = await contextFor(world, message, personId);
          await messenger.update(message, reminderDecidedCard(context, decision, nextAt));
        }
      }),

    async send(noticeId) {
      const world = theWorld();
      const notice = await world.notices.get(noticeId);
      if (notice?.state !== 'due') return 'done';
      if (!mayGather(notice)) return sendAlone(world, noticeId);
      // One at a time: a message that tells of several must not tell of one that goes out by itself meanwhile.
      const { to, id } = notice.target;
      const sent = await world.leases.hold<Sent>(`notices:${to}:${id}`, 1_000, () => sendGathered(world, noticeId));
      return sent ?? { againInSeconds: 2 };
    },
  };
}
